"""Values of the cut-over: rule sets, and where each course stands under each."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import msg
from prakarsa.rehearsal import rules


class Turn(StrEnum):
    """What a change of standing means for a course."""

    LEFT = "left"
    """It left sale for the cards that live by these rules."""
    RETURNED = "returned"
    """It is on sale again."""
    WILL_LEAVE = "will_leave"
    """It will leave sale on the day approved rules begin, unless something is mended."""
    WILL_STAY = "will_stay"
    """It was mended in time and stays on sale when they begin."""


TURN_WORDS = {
    Turn.LEFT: msg("off sale"),
    Turn.RETURNED: msg("on sale again"),
    Turn.WILL_LEAVE: msg("will leave sale"),
    Turn.WILL_STAY: msg("will stay on sale"),
}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One set of conditions that courses are held to. `begins_on` is set while it is still to come."""

    rule_set: str
    demanded: int
    modes: list[str]
    block_affiliated: bool
    allow_affiliated_free: bool
    waves: list[int]
    in_force: bool
    begins_on: date | None
    change_code: str | None
    first_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """Where a course stands under one rule set, since when. `missed` are bits of conditions."""

    rule_set: str
    waves: list[int]
    in_force: bool
    begins_on: date | None
    change_code: str | None
    missed: int
    since: datetime

    @property
    def meets(self) -> bool:
        """Whether nothing of the rule set keeps it off sale."""
        return self.missed == 0

    @property
    def conditions(self) -> list[str]:
        """The names of the conditions it misses."""
        return rules.names_of(self.missed)

    @property
    def begins_at(self) -> datetime | None:
        """The moment from which these rules decide: the first of their day in Jakarta."""
        return None if self.begins_on is None else datetime.combine(self.begins_on, time.min, JAKARTA)


@dataclass(frozen=True, slots=True)
class RuleSetCount:
    """How many courses meet and miss a rule set. `already` of those that miss it are off sale for its waves today."""

    rule_set: str
    waves: list[int]
    in_force: bool
    begins_on: date | None
    change_code: str | None
    meets: int
    misses: int
    already: int


@dataclass(frozen=True, slots=True)
class Leaver:
    """A course that misses something of a rule set; `already`: it is off sale for its waves today."""

    course_id: int
    course_code: str
    title: str
    institution_code: str
    missed: int
    since: datetime
    already: bool

    @property
    def conditions(self) -> list[str]:
        """The names of the conditions it misses."""
        return rules.names_of(self.missed)


@dataclass(frozen=True, slots=True)
class Turned:
    """A course whose standing changed, and how."""

    course_code: str
    turn: Turn
    missed: int
