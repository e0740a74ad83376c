"""Values of gap lists: what a partner still has to show before new rules begin, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prakarsa.kernel.evidence import Evidence
from prakarsa.kernel.refusal import msg
from prakarsa.rehearsal.model import Thing


class GapState(StrEnum):
    """Where one item of a gap list stands."""

    OPEN = "open"
    """The partner has not answered yet."""
    ANSWERED = "answered"
    """The partner's answer waits for a decision."""
    REJECTED = "rejected"
    """The answer was turned down, with words on what to mend; it may be answered again."""
    ACCEPTED = "accepted"
    """The answer was accepted, and the condition is met by it."""
    MET = "met"
    """The facts meet the condition without this list."""
    DROPPED = "dropped"
    """The thing left the programme, or the rules that ask for it will not come."""


STATE_WORDS = {
    GapState.OPEN: msg("not answered"),
    GapState.ANSWERED: msg("waits for a decision"),
    GapState.REJECTED: msg("turned down"),
    GapState.ACCEPTED: msg("accepted"),
    GapState.MET: msg("met meanwhile"),
    GapState.DROPPED: msg("no longer asked"),
}
CLOSED = frozenset({GapState.ACCEPTED, GapState.MET, GapState.DROPPED})
"""States in which nothing is left to do."""


class GapOutcome(StrEnum):
    """How an answer is decided."""

    ACCEPTED = "accepted"
    """The evidence shows it."""
    REJECTED = "rejected"
    """It does not, and the words say what to mend."""


@dataclass(frozen=True, slots=True)
class GapList:
    """What one partner still has to show under one dry run. Counts are of its items by state."""

    gap_list_id: int
    list_code: str
    dry_run_id: int
    run_code: str
    title: str
    partner_code: str
    partner_name: str
    due_at: datetime
    made_at: datetime
    told_at: datetime | None
    items: int
    open: int
    answered: int
    rejected: int
    closed: int

    def overdue(self, now: datetime) -> bool:
        """Whether something is still missing after the deadline."""
        return now > self.due_at and self.closed < self.items


@dataclass(frozen=True, slots=True)
class GapItem:
    """One condition that one thing misses. `facts` are those of the refusal `refusal_code`."""

    gap_item_id: int
    item_code: str
    gap_list_id: int
    list_code: str
    partner_code: str
    due_at: datetime
    thing: Thing
    thing_id: int
    thing_code: str
    thing_name: str
    condition: str
    bit: int
    refusal_code: str
    facts: Mapping[str, object]
    state: GapState
    closed_at: datetime | None

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in CLOSED

    def overdue(self, now: datetime) -> bool:
        """Whether it is still missing after the deadline."""
        return now > self.due_at and not self.closed


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """What a partner said to an item, and what was decided about it."""

    gap_answer_id: int
    gap_item_id: int
    words: str
    evidence: tuple[Evidence, ...]
    answered_at: datetime
    outcome: GapOutcome | None
    decision_words: str | None
    decided_by: str | None
    decided_at: datetime | None
