"""Values of what happens around a hold: proposals, reviews, answers, appeals, its history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from prakarsa.hold.model import NewHold
from prakarsa.kernel.refusal import msg


@dataclass(frozen=True, slots=True)
class Proposal:
    """A hold that waits for a second person, or what became of it. Nothing is refused because of it."""

    proposal_id: int
    proposal_code: str
    wanted: NewHold
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    reject_reason: str | None
    hold_code: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """A review that took place and the next word it promised."""

    review_id: int
    reviewed_at: datetime
    reviewed_by: str
    words: str
    was_review_at: datetime | None
    next_review_at: datetime


class Outcome(StrEnum):
    """How an appeal ends."""

    UPHELD = "upheld"
    """It was right; the hold is lifted."""
    DISMISSED = "dismissed"
    """The hold stays."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody whom a hold hits said: an answer in the time to answer, or an appeal with its own clock."""

    statement_id: int
    statement_code: str
    hold_id: int
    hold_code: str
    kind: str
    party: str
    words: str
    evidence: list[dict[str, Any]]
    made_at: datetime
    due_at: datetime | None
    outcome: str | None
    decision_words: str | None
    decided_by: str | None
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it is an appeal that nobody has decided."""
        return self.due_at is not None and self.decided_at is None

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been decided by that moment."""
        return self.due_at is not None and self.decided_at is None and self.due_at < now


Appeal = Statement
"""An appeal is a statement with a day by which it is decided."""


class DeedKind(StrEnum):
    """What happened to a hold."""

    PROPOSED = "proposed"
    """One person asked for it."""
    PLACED = "placed"
    """It was placed."""
    NOTIFIED = "notified"
    """Those it hits were given notice."""
    STARTED = "started"
    """It began to hold."""
    ANSWERED = "answered"
    """Somebody it hits answered."""
    APPEALED = "appealed"
    """Somebody it hits appealed."""
    REVIEWED = "reviewed"
    """It was looked at again and stays."""
    UPHELD = "upheld"
    """An appeal was right."""
    DISMISSED = "dismissed"
    """An appeal changed nothing."""
    LIFTED = "lifted"
    """Somebody ended it."""
    OVER = "over"
    """It ends by itself."""


DEED_WORDS = {
    DeedKind.PROPOSED: msg("Proposed"),
    DeedKind.PLACED: msg("Placed"),
    DeedKind.NOTIFIED: msg("Notice given"),
    DeedKind.STARTED: msg("Begins"),
    DeedKind.ANSWERED: msg("Answer received"),
    DeedKind.APPEALED: msg("Appeal received"),
    DeedKind.REVIEWED: msg("Reviewed: it stays"),
    DeedKind.UPHELD: msg("Appeal upheld"),
    DeedKind.DISMISSED: msg("Appeal dismissed"),
    DeedKind.LIFTED: msg("Lifted"),
    DeedKind.OVER: msg("Ends by itself"),
}

OFFICE_DEEDS = frozenset({DeedKind.REVIEWED, DeedKind.UPHELD, DeedKind.DISMISSED, DeedKind.LIFTED})
"""Deeds whose words are the programme office's own and public; what a party writes is its own affair."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of a hold's history. `by` is a member of staff or a party; `words` are what was said."""

    at: datetime
    kind: DeedKind
    by: str
    words: str = ""
    code: str = ""
