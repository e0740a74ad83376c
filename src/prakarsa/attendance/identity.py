"""What attendance asks of an identity check: is the person before the camera the one who holds the card?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from prakarsa.kernel.refusal import Kind, Refusal, msg


class IdentityOutcome(StrEnum):
    """Where an identity check stands."""

    PENDING = "pending"
    """The person has not finished at the provider."""

    MATCH = "match"
    """The provider saw a living face and it is the person's."""

    NO_MATCH = "no_match"
    """The provider saw no living face, or another person's."""


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """A check that has begun: the provider's id for it, and where the person's browser must go."""

    check_id: str
    url: str


class IdentityProvider(Protocol):
    """Whoever compares faces."""

    def begin(self, reference: str, return_url: str, subject: str | None = None) -> IdentityCheck:
        """Open a check; afterwards the provider sends the browser to `return_url` with `check=<check_id>` appended.

        `reference` is our name for the check. `subject` is the provider's name for the person whose face is expected,
        never a NIK; without it the reference is given. Raises IdentityUnavailable.
        """

    def result(self, check_id: str) -> IdentityOutcome:
        """How the check ended, asked server to server: the browser's word is no proof.

        Raises IdentityUnavailable, and IdentityCheckOver when it ran out undecided or the provider does not know it.
        """


@dataclass(eq=False)
class IdentityUnavailable(Refusal):
    """The identity provider did not answer, or not in a way that can be understood."""

    problem: str

    code = "attendance.identity_unavailable"
    kind = Kind.UNAVAILABLE
    title = msg("The identity check does not answer now: {problem}")
    next_step = msg("Wait a few minutes and try again. Nothing you have done is lost.")


@dataclass(eq=False)
class IdentityCheckOver(Refusal):
    """The check ran out before the person finished it."""

    check_id: str

    code = "attendance.identity_check_over"
    kind = Kind.CONFLICT
    title = msg("This identity check has run out")
    next_step = msg("Go back to the training institution's page and start the check again.")
