"""Values of a hold."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prakarsa.kernel.refusal import msg


class Scope(StrEnum):
    """How far a hold reaches."""

    PROGRAMME = "programme"
    """Buying anywhere, by anybody."""
    PLATFORM = "platform"
    """Buying on one platform."""
    INSTITUTION = "institution"
    """Buying courses of one institution."""
    COURSE = "course"
    """Buying one course."""


class Reason(StrEnum):
    """The published list of reasons."""

    COMPLIANCE_REVIEW = "compliance_review"
    """Conditions of a regulation are being checked."""
    NOT_DELIVERED = "not_delivered"
    """What was promised was not delivered."""
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    """Seller and trainer belong together."""
    SECURITY = "security"
    """A key, an account or a system may be in wrong hands."""
    TECHNICAL = "technical"
    """A system cannot serve correctly."""
    PARTNER_REQUEST = "partner_request"
    """The partner asked for it."""


REASON_WORDS = {
    Reason.COMPLIANCE_REVIEW: msg("Conditions of a regulation are being checked"),
    Reason.NOT_DELIVERED: msg("What was promised was not delivered"),
    Reason.CONFLICT_OF_INTEREST: msg("Seller and trainer belong together"),
    Reason.SECURITY: msg("A key, an account or a system may be in wrong hands"),
    Reason.TECHNICAL: msg("A system cannot serve correctly"),
    Reason.PARTNER_REQUEST: msg("The partner asked for it"),
}


@dataclass(frozen=True, slots=True)
class NewHold:
    """A hold to be placed. `target_name` is the name the public knows the target by.

    `ends_at` ends it by itself; `review_at` promises a public word by then. One of them is mandatory.
    """

    scope: Scope
    reason: Reason
    legal_basis: str
    public_words: str
    notice_to: str
    notice_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    target_code: str | None = None
    target_name: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as placed, and how it ended if it has."""

    hold_id: int
    hold_code: str
    scope: str
    target_code: str | None
    target_name: str
    reason_code: str
    legal_basis: str
    public_words: str
    notice_to: str
    notice_at: datetime
    placed_by: str
    placed_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    lifted_at: datetime | None
    lifted_by: str | None
    lift_reason: str | None

    @property
    def over_at(self) -> datetime | None:
        """When it ended or will end by itself; None while only a review date stands."""
        ends = [moment for moment in (self.lifted_at, self.ends_at) if moment is not None]
        return min(ends) if ends else None

    @property
    def next_word_at(self) -> datetime:
        """By when people hear again: its review, or its end."""
        promised = [moment for moment in (self.review_at, self.ends_at) if moment is not None]
        return min(promised)

    def in_force(self, now: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.starts_at <= now and (self.over_at is None or now < self.over_at)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of time in which a clock does not run, and why. An open end means it still lasts."""

    starts_at: datetime
    ends_at: datetime | None
    cause: str
    words: str
