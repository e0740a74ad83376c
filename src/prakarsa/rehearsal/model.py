"""Values of a rehearsal: a change of rules, what each thing meets under it, whom it would touch, what remains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.programme.model import Terms


class Thing(StrEnum):
    """What a rule can be about."""

    COURSE = "course"
    """A course, by course code."""
    INSTITUTION = "institution"
    """A training institution, by client code."""
    PLATFORM = "platform"
    """A platform, by client code."""


THING_WORDS = {
    Thing.COURSE: msg("course"),
    Thing.INSTITUTION: msg("institution"),
    Thing.PLATFORM: msg("platform"),
}


class Verdict(StrEnum):
    """How a thing stands to one condition of a rule set."""

    MET = "met"
    """Asked for, and met."""
    MISSED = "missed"
    """Asked for, and not met."""
    NOT_ASKED = "not_asked"
    """The rule set does not ask for it."""


VERDICT_WORDS = {
    Verdict.MET: msg("met"),
    Verdict.MISSED: msg("missed"),
    Verdict.NOT_ASKED: msg("not asked for"),
}


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change of rules as a dry run sees it: the terms of one wave before and after.

    `waves` are the waves whose terms it changes; `file_digest` is the SHA-256 of its file as written.
    """

    scheme: str
    title: str
    change_code: str | None
    file_digest: str
    wave_number: int
    waves: tuple[int, ...]
    effective_on: date
    before: Terms
    after: Terms


@dataclass(frozen=True, slots=True)
class Shown:
    """What a verdict rests on: a marked sentence and its facts."""

    words: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing under one condition of the new rule set. `newly`: the rules before did not make it miss this."""

    thing: Thing
    thing_id: int
    code: str
    name: str
    partner_code: str
    condition: str
    bit: int
    verdict: Verdict
    newly: bool
    refusal: Refusal | None
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What surrounds a course: its open seats, its next live meeting, who sells it, who of them belongs to its owner.

    `sellers` are client codes of active platforms that list it; `affiliated` are those of them that own its
    institution or are owned by it.
    """

    course_id: int
    seats_left: int
    next_live_code: str | None
    next_live_at: datetime | None
    sellers: list[str]
    affiliated: list[str]


@dataclass(frozen=True, slots=True)
class ConditionCount:
    """How many things of a kind miss a condition after the change, and how many of them did not before."""

    thing: Thing
    condition: str
    missed: int
    newly: int


@dataclass(frozen=True, slots=True)
class ThingCount:
    """How many things of a kind there are, and how many miss something after the change."""

    thing: Thing
    number: int
    missing: int


class Dimension(StrEnum):
    """By what the catalogue is divided."""

    FIELD = "field"
    """The field of learning."""
    PRICE = "price"
    """The price, in bands."""
    PLATFORM = "platform"
    """Where it is sold; a course may be sold on several."""
    MODE = "mode"
    """How it is taught."""


@dataclass(frozen=True, slots=True)
class Share:
    """One part of the catalogue: courses and their open seats on sale before the change, those of them that stay, and
    those on sale after it, with courses that only the change brings on sale.
    """

    dimension: Dimension
    part: str
    courses_before: int
    courses_kept: int
    courses_after: int
    seats_before: int
    seats_kept: int
    seats_after: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom and what a change would touch at the moment of the dry run.

    Cards are active ones with a balance, of the waves whose terms change. The other figures are about courses that
    would leave sale: seats nobody has bought in classes open for enrolment, people who have bought and not finished,
    and what was sold in the last 30 days.
    """

    cards: int = 0
    cards_idr: int = 0
    first_clocks: int = 0
    next_clocks: int = 0
    classes: int = 0
    unsold_seats: int = 0
    in_training: int = 0
    sales: int = 0
    sales_idr: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a dry run shows, without the findings one by one. `on_sale_before` and `on_sale_after` count courses that
    anybody could buy under the rules before and after, seats and holds aside.
    """

    things: tuple[ThingCount, ...]
    conditions: tuple[ConditionCount, ...]
    on_sale_before: int
    on_sale_after: int
    leaving: int
    joining: int
    shares: tuple[Share, ...]
    touched: Touched


@dataclass(frozen=True, slots=True)
class DryRun:
    """A dry run as kept."""

    dry_run_id: int
    run_code: str
    change: RuleChange
    summary: Summary
    ran_by: str
    ran_at: datetime
    gaps_due_at: datetime | None
    gaps_by: str | None
    gaps_made_at: datetime | None
