"""Which rule set a course is held to, what it misses under it, and how much of the catalogue remains. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prakarsa.catalogue import rules as catalogue
from prakarsa.catalogue.model import Course
from prakarsa.curation.model import Step, StepState
from prakarsa.curation.rules import steps_asked
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.partner.model import Check, Partner, PartnerKind
from prakarsa.programme.model import Terms
from prakarsa.rehearsal.model import (
    ConditionCount,
    CourseFacts,
    Dimension,
    Finding,
    Share,
    Summary,
    Thing,
    ThingCount,
    Touched,
    Verdict,
)
from prakarsa.rehearsal.refusals import GapDeadlineImpossible, StepsNotPassed

AFFILIATED_BIT, DECREED_BIT, MODE_BIT = 32, 128, 2048
"""Conditions that do not stand in `course.misses`: their places in programme-rules 6.1 are free there."""
_OTHER_BITS = (AFFILIATED_BIT, DECREED_BIT, MODE_BIT)
PRICE_BANDS_IDR = (0, 100_000, 250_000, 500_000, 1_000_000)
"""Where one band of prices ends, itself included; what costs more than the last is a band of its own."""
SHORTEST_TIME_TO_ANSWER = timedelta(days=3)
LONGEST_TIME_TO_ANSWER = timedelta(days=366)


def _numbered() -> tuple[tuple[int, catalogue.Condition], ...]:
    others = iter(_OTHER_BITS)
    return tuple((each.bit or next(others), each) for each in catalogue.CONDITIONS)


NUMBERED = _numbered()
"""Every condition of a course with a bit of its own, in the order of programme-rules 6.1."""
OWN_BITS = sum(condition.bit for condition in catalogue.CONDITIONS)
"""The bits of conditions that stand in the course's own row."""
BITS = {condition.name: bit for bit, condition in NUMBERED}


def rule_set_code(terms: Terms) -> str:
    """A short code that is the same for all terms that hold courses to the same conditions, and for no others."""
    asked = (
        catalogue.demanded(terms),
        sorted(terms.course_delivery_modes),
        terms.course_block_affiliated,
        terms.course_block_affiliated and terms.course_allow_affiliated_free,
    )
    return "RS-" + hashlib.sha256(repr(asked).encode()).hexdigest()[:8]


def names_of(bits: int) -> list[str]:
    """The names of the conditions behind these bits, in their order."""
    return [condition.name for bit, condition in NUMBERED if bit & bits]


def missed_bits(course: Course, blocked_everywhere: bool, terms: Terms) -> int:
    """What keeps everybody from buying a course under these terms, as bits; 0: it is on sale.

    `blocked_everywhere`: every platform that sells it belongs to its owner. One that is sold on another platform as
    well only leaves the affiliated one.
    """
    affiliated = "?" if blocked_everywhere else None
    checks = catalogue.conditions(course, course.institution_status, affiliated, terms)
    return sum(bit for (bit, _), check in zip(NUMBERED, checks, strict=True) if check.refusal)


def free_sellers(course: Course, facts: CourseFacts, terms: Terms) -> list[str]:
    """The platforms that may go on selling a course under these terms."""
    free = course.price_idr == 0 and terms.course_allow_affiliated_free
    if free or not terms.course_block_affiliated:
        return facts.sellers
    return [seller for seller in facts.sellers if seller not in facts.affiliated]


def course_findings(course: Course, facts: CourseFacts, before: Terms, after: Terms) -> Iterator[Finding]:
    """Every condition of a course under the new terms, in the order of programme-rules 6.1."""
    affiliated = facts.affiliated[0] if facts.affiliated else None
    then = catalogue.conditions(course, course.institution_status, affiliated, before)
    now = catalogue.conditions(course, course.institution_status, affiliated, after)
    for (bit, condition), earlier, later in zip(NUMBERED, then, now, strict=True):
        yield Finding(
            thing=Thing.COURSE,
            thing_id=course.course_id,
            code=course.course_code,
            name=course.title,
            partner_code=course.institution_code,
            condition=condition.name,
            bit=bit,
            verdict=_verdict(later.refusal, condition.demanded(after)),
            newly=later.refusal is not None and earlier.refusal is None,
            refusal=later.refusal,
        )


def partner_findings(partner: Partner, before: Iterable[Check], after: Iterable[Check]) -> Iterator[Finding]:
    """Every condition of a platform or institution under the new terms."""
    thing = Thing.PLATFORM if partner.kind is PartnerKind.PLATFORM else Thing.INSTITUTION
    for earlier, later in zip(before, after, strict=True):
        yield Finding(
            thing=thing,
            thing_id=partner.partner_id,
            code=partner.client_code,
            name=partner.name,
            partner_code=partner.client_code,
            condition=later.name,
            bit=0,
            verdict=_verdict(later.refusal, True),
            newly=later.refusal is not None and earlier.refusal is None,
            refusal=later.refusal,
        )


def steps_check(client_code: str, steps: Mapping[str, str], terms: Terms) -> Check:
    """Whether an institution has passed the steps of approval that the terms ask for (programme-rules 6.2).

    `steps` are those of its last application with their states. Rooms are looked at only where somebody teaches in one.
    """
    asked = steps_asked(terms.institution_pipeline, in_person=Step.FACILITY in steps)
    missing = [step.value for step in asked if steps.get(step) != StepState.PASSED]
    name = msg("It has passed every step of approval")
    return Check(name, StepsNotPassed(client_code, ", ".join(missing)) if missing else None)


def price_band(price_idr: int) -> int:
    """The upper end of the band a price is in; -1 for what costs more than the last."""
    return next((end for end in PRICE_BANDS_IDR if price_idr <= end), -1)


@dataclass(slots=True)
class Tally:
    """Counts findings and shares as they pass, so that nothing needs to be kept of them.

    `leaving` holds the ids of courses that would leave sale: numbers of one catalogue, not of a nation.
    """

    before: Terms
    after: Terms
    leaving: list[int] = field(default_factory=list)
    joining: int = 0
    on_sale_before: int = 0
    on_sale_after: int = 0
    _things: dict[Thing, list[int]] = field(default_factory=dict)
    _conditions: dict[tuple[Thing, str], list[int]] = field(default_factory=dict)
    _shares: dict[tuple[Dimension, str], list[int]] = field(default_factory=dict)

    def see(self, findings: Iterable[Finding]) -> None:
        """Count the findings of one thing."""
        missing, thing = False, None
        for finding in findings:
            thing = finding.thing
            counts = self._conditions.setdefault((thing, finding.condition), [0, 0])
            if finding.verdict is Verdict.MISSED:
                missing = True
                counts[0] += 1
                counts[1] += finding.newly
        if thing is not None:
            numbers = self._things.setdefault(thing, [0, 0])
            numbers[0] += 1
            numbers[1] += missing

    def see_course(self, course: Course, facts: CourseFacts) -> None:
        """Count a course into the parts of the catalogue before and after."""
        earlier = self._sellers(course, facts, self.before)
        later = self._sellers(course, facts, self.after)
        self.on_sale_before += bool(earlier)
        self.on_sale_after += bool(later)
        if earlier and not later:
            self.leaving.append(course.course_id)
        self.joining += bool(later and not earlier)
        for dimension, part in (
            (Dimension.FIELD, course.field),
            (Dimension.PRICE, str(price_band(course.price_idr))),
            (Dimension.MODE, course.mode.value),
        ):
            self._count(dimension, part, bool(earlier), bool(later), facts.seats_left)
        for platform in facts.sellers:
            self._count(Dimension.PLATFORM, platform, platform in earlier, platform in later, facts.seats_left)

    def summary(self, touched: Touched) -> Summary:
        """Everything counted so far."""
        return Summary(
            things=tuple(ThingCount(thing, *counts) for thing, counts in self._things.items()),
            conditions=tuple(ConditionCount(*key, *counts) for key, counts in self._conditions.items()),
            on_sale_before=self.on_sale_before,
            on_sale_after=self.on_sale_after,
            leaving=len(self.leaving),
            joining=self.joining,
            shares=tuple(
                Share(dimension, part, *counts)
                for (dimension, part), counts in sorted(self._shares.items(), key=_share_order)
            ),
            touched=touched,
        )

    def _sellers(self, course: Course, facts: CourseFacts, terms: Terms) -> list[str]:
        """Who could sell a course under these terms; nobody when it is not on sale at all."""
        sellers = free_sellers(course, facts, terms)
        return [] if not sellers or missed_bits(course, False, terms) else sellers

    def _count(self, dimension: Dimension, part: str, earlier: bool, later: bool, seats: int) -> None:
        counts = self._shares.setdefault((dimension, part), [0] * 6)
        for place, counted in enumerate((earlier, earlier and later, later)):
            counts[place] += counted
            counts[place + 3] += seats if counted else 0


def check_due(due_at: datetime, now: datetime) -> datetime:
    """A deadline that partners can keep. Raises GapDeadlineImpossible."""
    if due_at < now + SHORTEST_TIME_TO_ANSWER:
        raise GapDeadlineImpossible(due_at, msg("that is too soon"))
    if due_at > now + LONGEST_TIME_TO_ANSWER:
        raise GapDeadlineImpossible(due_at, msg("that is too far away"))
    return due_at


def _verdict(refusal: Refusal | None, asked: bool) -> Verdict:
    if refusal is not None:
        return Verdict.MISSED
    return Verdict.MET if asked else Verdict.NOT_ASKED


def _share_order(item: tuple[tuple[Dimension, str], list[int]]) -> tuple[int, int, str]:
    (dimension, part), counts = item
    if dimension is Dimension.PRICE:
        end = int(part)
        return (list(Dimension).index(dimension), end if end >= 0 else PRICE_BANDS_IDR[-1] + 1, part)
    return (list(Dimension).index(dimension), -counts[0], part)
