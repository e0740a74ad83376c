"""What attendance asks of an identity check: is the person before the camera the one who holds the card?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


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
