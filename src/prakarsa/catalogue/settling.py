"""Settling drafts of courses and classes with what is already kept: new, changed, the same, or refused. Set-based."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ParamSpec, TypeVar

from prakarsa.catalogue import attesting_store, rules, store, timetable
from prakarsa.catalogue.attesting_refusals import FactAttested
from prakarsa.catalogue.model import Course, NewCourse, NewSchedule, RowOutcome, Schedule, Settled
from prakarsa.catalogue.refusals import (
    CourseCodeTaken,
    CourseTakesNoSchedules,
    CourseUnknown,
    NotAnInstitution,
    ScheduleCodeTaken,
    ScheduleSold,
)
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.partner import actions as partners
from prakarsa.partner.model import Partner, PartnerKind
from prakarsa.partner.refusals import PartnerUnknown
from prakarsa.programme.model import Terms

Draft = TypeVar("Draft")
Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
Changes = dict[str, tuple[object, object]]
_CLASS_EVENTS: dict[object, str] = {RowOutcome.ADDED: "schedule_added", RowOutcome.UPDATED: "schedule_changed"}
_LONG_TEXTS = frozenset({"description"})


def settle_courses(tx: Tx, wanted: Sequence[NewCourse], *, revise: bool, now: datetime) -> list[Settled[Course]]:
    """Register courses in their order; with `revise`, content that differs replaces what may still change."""
    if len(wanted) > 1:
        store.lock_imports(tx)
    settled: list[Settled[Course]] = []
    for batch in _without_repeats(wanted, lambda new: new.course_code):
        settled += _settle_course_batch(tx, batch, revise, now)
    return settled


def settle_schedules(
    tx: Tx, wanted: Sequence[NewSchedule], terms: Terms, *, revise: bool, now: datetime
) -> list[Settled[Schedule]]:
    """Plan classes in their order; with `revise`, a class that differs replaces one of which no seat is sold."""
    if len(wanted) > 1:
        store.lock_imports(tx)
    courses = store.lock_courses(tx, sorted({new.course_code for new in wanted if rules.code_fits(new.course_code)}))
    checked = [_tried(_checked_class, new, courses) for new in wanted]
    sound = [new for new in checked if isinstance(new, NewSchedule)]
    settled: list[Settled[Schedule]] = []
    for batch in _without_repeats(sound, lambda new: str(new.schedule_code)):
        settled += _settle_class_batch(tx, batch, courses, terms, revise, now)
    remaining = iter(settled)
    return [_refused(new) if isinstance(new, Refusal) else next(remaining) for new in checked]


def _settle_course_batch(tx: Tx, batch: list[NewCourse], revise: bool, now: datetime) -> list[Settled[Course]]:
    institutions = partners.partners_of(tx, [new.institution_code for new in batch])
    checked = [_tried(_checked_course, new, institutions) for new in batch]
    pending = {new.course_code: new for new in checked if isinstance(new, NewCourse)}
    outcomes: dict[str, RowOutcome | Refusal] = {}
    events: list[Event] = []
    while pending:  # a second time only for codes that somebody else took meanwhile
        known = store.lock_courses(tx, list(pending))
        planned = store.with_schedules(tx, [course.course_id for course in known.values()])
        attested = attesting_store.attested_facts(tx, [course.course_id for course in known.values()])
        changed: list[NewCourse] = []
        for code, course in known.items():
            new = pending.pop(code)
            changes = rules.changes(course, new)
            has_schedules = course.course_id in planned
            shown = attested.get(course.course_id, frozenset())
            outcomes[code] = _tried(_course_outcome, course, new, changes, revise, has_schedules, shown)
            if outcomes[code] is RowOutcome.UPDATED:
                changed.append(new)
                events.append(_event("course_changed", f"course/{code}", _short(changes)))
        store.update_courses(tx, changed)
        for code in sorted(store.insert_courses(tx, list(pending.values()), now)):
            new = pending.pop(code)
            outcomes[code] = RowOutcome.ADDED
            facts: Facts = {"institution": new.institution_code, "price_idr": new.price_idr}
            events.append(_event("course_registered", f"course/{code}", facts))
    journal.record(tx, events, now=now)
    kept = store.courses_by_code(tx, list(outcomes))
    return [
        _refused(new) if isinstance(new, Refusal) else _settled(outcomes[new.course_code], kept[new.course_code])
        for new in checked
    ]


def _settle_class_batch(
    tx: Tx, batch: list[NewSchedule], courses: dict[str, Course], terms: Terms, revise: bool, now: datetime
) -> list[Settled[Schedule]]:
    pending = {str(new.schedule_code): new for new in batch}
    outcomes: dict[str, RowOutcome | Refusal] = {}
    events: list[Event] = []
    while pending:  # a second time only for codes that somebody else took meanwhile
        known = store.schedules_by_code(tx, list(pending))
        planned = {code: _planned(new, courses[new.course_code], terms) for code, new in pending.items()}
        for code, plan in planned.items():
            outcomes[code] = _tried(_class_outcome, known.get(code), plan, revise, now)
        changed = [plan for code, plan in planned.items() if outcomes[code] is RowOutcome.UPDATED]
        fresh = [plan for code, plan in planned.items() if outcomes[code] is RowOutcome.ADDED]
        unsold = store.update_schedules(tx, changed)
        added = store.insert_schedules(tx, fresh)
        for code in [code for code in pending if outcomes[code] is not RowOutcome.ADDED or code in added]:
            new = pending.pop(code)
            if outcomes[code] is RowOutcome.UPDATED and code not in unsold:
                outcomes[code] = ScheduleSold(code)
            if outcomes[code] in _CLASS_EVENTS:
                events.append(_class_event(new, _CLASS_EVENTS[outcomes[code]]))
    journal.record(tx, events, now=now)
    kept = store.schedules_by_code(tx, list(outcomes))
    return [_settled(outcomes[str(new.schedule_code)], kept.get(str(new.schedule_code))) for new in batch]


def _checked_course(new: NewCourse, institutions: dict[str, Partner]) -> NewCourse:
    institution = institutions.get(new.institution_code)
    if institution is None:
        raise PartnerUnknown(new.institution_code)
    if institution.kind is not PartnerKind.INSTITUTION:
        raise NotAnInstitution(new.institution_code)
    return rules.checked(new)


def _checked_class(new: NewSchedule, courses: dict[str, Course]) -> NewSchedule:
    course = courses.get(new.course_code)
    if course is None:
        raise CourseUnknown(new.course_code)
    if course.state not in rules.SCHEDULABLE:
        raise CourseTakesNoSchedules(new.course_code, course.state)
    sound = timetable.checked(new, course.mode, course.meetings)
    return sound if sound.schedule_code else replace(sound, schedule_code=timetable.derived_code(sound))


def _course_outcome(
    course: Course, new: NewCourse, changes: Changes, revise: bool, has_schedules: bool, attested: frozenset[str]
) -> RowOutcome:
    if not changes and course.institution_code == new.institution_code:
        return RowOutcome.UNCHANGED
    if not revise:
        raise CourseCodeTaken(course.course_code)
    rules.check_change(course, new, changes, has_schedules)
    if undone := sorted(attested & changes.keys()):
        raise FactAttested(course.course_code, undone[0])
    return RowOutcome.UPDATED


def _class_outcome(known: Schedule | None, plan: store.Plan, revise: bool, now: datetime) -> RowOutcome:
    if known is not None and timetable.same_class(known, plan.new):
        return RowOutcome.UNCHANGED
    if known is not None and (not revise or known.course_id != plan.course_id):
        raise ScheduleCodeTaken(known.schedule_code)
    if known is not None and known.seats_sold:
        raise ScheduleSold(known.schedule_code)
    timetable.check_ahead(plan.new, plan.enrolment_closes_at, now)
    return RowOutcome.ADDED if known is None else RowOutcome.UPDATED


def _planned(new: NewSchedule, course: Course, terms: Terms) -> store.Plan:
    return store.Plan(new, course.course_id, timetable.enrolment_closes_at(new.starts_at, course.mode, terms))


def _tried(decide: Callable[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs) -> Answer | Refusal:
    """The decision, or the refusal it raised: one bad draft never fails its neighbours."""
    try:
        return decide(*args, **kwargs)
    except Refusal as refusal:
        return refusal


def _without_repeats(drafts: Sequence[Draft], code: Callable[[Draft], str]) -> Iterator[list[Draft]]:
    """The drafts in order, cut before each that repeats a code, so that a later one meets the earlier as kept."""
    batch: list[Draft] = []
    seen: set[str] = set()
    for draft in drafts:
        if code(draft) in seen:
            yield batch
            batch, seen = [], set()
        batch.append(draft)
        seen.add(code(draft))
    if batch:
        yield batch


def _settled(outcome: RowOutcome | Refusal, kept: Draft | None) -> Settled[Draft]:
    if isinstance(outcome, Refusal):
        return _refused(outcome)
    assert kept is not None
    return Settled(kept, outcome)


def _refused(refusal: Refusal) -> Settled[Draft]:
    return Settled(refusal, RowOutcome.REFUSED)


def _event(action: str, subject: str, facts: Facts) -> Event:
    return Event(f"catalogue.{action}", subject, facts=facts)


def _class_event(new: NewSchedule, action: str) -> Event:
    facts: Facts = {"course": new.course_code, "starts_at": new.starts_at, "seats": new.seats}
    return _event(action, f"schedule/{new.schedule_code}", facts)


def _short(changes: Changes) -> Facts:
    """What changed, without the long texts themselves."""
    return {name: "changed" if name in _LONG_TEXTS else pair for name, pair in changes.items()}
