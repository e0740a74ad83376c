"""Verbs of the catalogue: register and curate courses, list them, plan classes, sell seats, search, import."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from prakarsa.catalogue import rules, sheet, shelf_store, store, timetable
from prakarsa.catalogue.attesting import (
    attest,
    attestation_history,
    attestations,
    end_affiliated_listings,
    sells_anything,
)
from prakarsa.catalogue.model import (
    DECISIONS,
    Assessed,
    Check,
    Course,
    CourseMove,
    CoursePage,
    CourseState,
    NewCourse,
    NewSchedule,
    RowReport,
    Schedule,
    Settled,
)
from prakarsa.catalogue.refusals import (
    ConditionsMissed,
    CourseUnknown,
    NotListed,
    ScheduleUnknown,
    SeatsNotSold,
    SoldOut,
)
from prakarsa.catalogue.relisting import relist_many, unlist_many
from prakarsa.catalogue.settling import settle_courses, settle_schedules
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.partner import actions as partners
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms

__all__ = [
    "add_schedule",
    "approve",
    "assess",
    "attest",
    "attestation_history",
    "attestations",
    "check_cursor",
    "conditions_of",
    "course",
    "course_page",
    "courses",
    "end_affiliated_listings",
    "give_back_seats",
    "import_course_rows",
    "import_courses",
    "import_schedule_rows",
    "import_schedules",
    "list_course",
    "rated",
    "register_course",
    "register_courses",
    "reject",
    "relist_many",
    "reopen",
    "revise_course",
    "schedule",
    "schedules",
    "sells_anything",
    "submit",
    "take_seats",
    "unlist",
    "unlist_many",
    "withdraw",
]

MOST_ROWS = 200
MOST_SCHEDULES = 500
_PUBLIC = frozenset({CourseState.APPROVED, CourseState.WITHDRAWN})
Kept = TypeVar("Kept")


def register_course(tx: Tx, new: NewCourse, *, now: datetime) -> Course:
    """Register a course as a draft; the same content again returns the course.

    Raises BadField, PartnerUnknown, NotAnInstitution, CourseCodeTaken.
    """
    return _one(settle_courses(tx, [new], revise=False, now=now))


def revise_course(tx: Tx, new: NewCourse, *, now: datetime) -> Course:
    """Register a course, or replace the content of one that is not yet decided on.

    Raises BadField, PartnerUnknown, NotAnInstitution, CourseCodeTaken, CourseNotEditable, SchedulesExist.
    """
    return _one(settle_courses(tx, [new], revise=True, now=now))


def register_courses(tx: Tx, wanted: Sequence[NewCourse], *, now: datetime) -> list[Course | Refusal]:
    """Register many at once, in order: each a course, or the refusal `register_course` would raise for it."""
    return [settled.result for settled in settle_courses(tx, wanted, revise=False, now=now)]


def submit(tx: Tx, course_code: str, by: str, *, now: datetime) -> Course:
    """Hand a draft in for assessment. Raises CourseUnknown, MoveRefused, BadField."""
    return _move(tx, course_code, CourseMove.SUBMIT, by, "", now)


def approve(tx: Tx, course_code: str, by: str, *, now: datetime, terms: Terms | None = None) -> Course:
    """A named person accepts a submitted course that meets every condition of Permenko 11/2020.

    Without `terms` those of the newest wave are asked for.
    Raises CourseUnknown, MoveRefused, BadField, ConditionsMissed, NoWaveYet.
    """
    course = _locked(tx, course_code)
    rules.after(course, CourseMove.APPROVE)
    missed = rules.missed(_checks(tx, [course], terms or programme.current_terms(tx, now))[0])
    if missed:
        raise ConditionsMissed(course_code, ", ".join(refusal.code for refusal in missed))
    return _move(tx, course_code, CourseMove.APPROVE, by, "", now)


def reject(tx: Tx, course_code: str, by: str, *, reason: str, now: datetime) -> Course:
    """A named person turns a submitted course down and says why. Raises CourseUnknown, MoveRefused, BadField."""
    return _move(tx, course_code, CourseMove.REJECT, by, rules.line("reason", reason), now)


def reopen(tx: Tx, course_code: str, by: str, *, now: datetime, reason: str = "") -> Course:
    """Back to draft for correction; until it is approved again it is not on sale.

    Raises CourseUnknown, MoveRefused, BadField.
    """
    return _move(tx, course_code, CourseMove.REOPEN, by, reason, now)


def withdraw(tx: Tx, course_code: str, by: str, *, now: datetime, reason: str = "") -> Course:
    """Take a course out for good; those who bought it still finish it. Raises CourseUnknown, MoveRefused, BadField."""
    return _move(tx, course_code, CourseMove.WITHDRAW, by, reason, now)


def list_course(
    tx: Tx, course_code: str, platform_client_code: str, *, now: datetime, terms: Terms | None = None
) -> None:
    """Put a course on sale at a platform; listing it again changes nothing.

    Raises CourseUnknown, PartnerUnknown, NotAPlatform, PlatformInactive, CommissionAboveCap, CourseNotApproved,
    InstitutionNotDecreed, Bundle, AffiliatedPlatform, NoWaveYet.
    """
    found = _locked(tx, course_code)
    platform = partners.partner(tx, platform_client_code)
    affiliated = partners.affiliated(tx, platform.partner_id, found.institution_id)
    rules.check_listing(found, platform, affiliated, terms or programme.current_terms(tx, now))
    if store.insert_listing(tx, found.course_id, platform.partner_id, now):
        journal.record(tx, [_event("listed", course_code, {"platform": platform_client_code})], now=now)


def unlist(tx: Tx, course_code: str, platform_client_code: str, *, now: datetime) -> None:
    """Take a course off a platform. Raises CourseUnknown, PartnerUnknown, NotListed."""
    found = _locked(tx, course_code)
    platform = partners.partner(tx, platform_client_code)
    if not store.end_listing(tx, found.course_id, platform.partner_id, now):
        raise NotListed(course_code, platform_client_code)
    journal.record(tx, [_event("unlisted", course_code, {"platform": platform_client_code})], now=now)


def add_schedule(tx: Tx, new: NewSchedule, *, now: datetime, terms: Terms | None = None) -> Schedule:
    """Plan a class; without a code, 16 hexadecimal digits are drawn. The same class again returns the first.

    Enrolment closes as the terms say (`timetable.enrolment_closes_at`).
    Raises BadField, CourseUnknown, CourseTakesNoSchedules, ScheduleImpossible, ScheduleCodeTaken, NoWaveYet.
    """
    named = new if new.schedule_code else replace(new, schedule_code=secrets.token_hex(8))
    terms = terms or programme.current_terms(tx, now)
    return _one(settle_schedules(tx, [named], terms, revise=False, now=now))


def take_seats(tx: Tx, seats: Mapping[int, int]) -> None:
    """Sell seats, by schedule id: all of them or none. Raises SoldOut, ScheduleUnknown, BadField."""
    if obstacles := store.take_seats(tx, _counted(seats)):
        schedule_id, code, left = obstacles[0]
        raise ScheduleUnknown(str(schedule_id)) if code is None else SoldOut(code, left)


def give_back_seats(tx: Tx, seats: Mapping[int, int]) -> None:
    """Seats of cancelled purchases can be sold again: all or none. Raises SeatsNotSold, ScheduleUnknown, BadField."""
    if obstacles := store.give_back_seats(tx, _counted(seats)):
        schedule_id, code, _ = obstacles[0]
        raise ScheduleUnknown(str(schedule_id)) if code is None else SeatsNotSold(code)


def course(tx: Tx, course_code: str) -> Course:
    """One course in any state. Raises CourseUnknown."""
    found = store.courses_by_code(tx, [course_code]) if rules.code_fits(course_code) else {}
    if course_code not in found:
        raise CourseUnknown(course_code)
    return found[course_code]


def courses(
    tx: Tx, *, state: CourseState | None = None, institution: str | None = None, after: str = "", limit: int = 50
) -> list[Course]:
    """One page of courses by code, for those who curate. Raises BadField for a cursor that is no code."""
    check_cursor(after)
    if institution is not None and not rules.code_fits(institution):
        return []
    return store.courses(tx, state, institution, after, _page(limit))


def conditions_of(tx: Tx, course_code: str, *, now: datetime, terms: Terms | None = None) -> list[Check]:
    """Every condition of a course under the terms in force, or under other terms. Raises CourseUnknown, NoWaveYet."""
    return _checks(tx, [course(tx, course_code)], terms or programme.current_terms(tx, now))[0]


def assess(
    tx: Tx, terms: Terms, *, state: CourseState | None = CourseState.APPROVED, after: str = "", limit: int = MOST_ROWS
) -> list[Assessed]:
    """One page of courses with their conditions under these terms: who would fall out if they applied, and why."""
    check_cursor(after)
    page = store.courses(tx, state, None, after, _page(limit))
    return [Assessed(each, tuple(checks)) for each, checks in zip(page, _checks(tx, page, terms), strict=True)]


def schedules(tx: Tx, course_code: str, *, open_at: datetime | None = None) -> list[Schedule]:
    """The classes of a course by start, 500 at most; with a moment, only those open then. Raises CourseUnknown."""
    return store.schedules(tx, course(tx, course_code).course_id, open_at, MOST_SCHEDULES)


def schedule(tx: Tx, schedule_code: str) -> Schedule:
    """One class by its code. Raises ScheduleUnknown."""
    found = store.schedules_by_code(tx, [schedule_code]) if rules.code_fits(schedule_code) else {}
    if schedule_code not in found:
        raise ScheduleUnknown(schedule_code)
    return found[schedule_code]


def rated(tx: Tx, course_id: int, stars: int) -> None:
    """A course was given stars (1 to 5): the search can filter by them within five minutes."""
    shelf_store.rated(tx, course_id, stars)


def course_page(tx: Tx, course_code: str, *, now: datetime) -> CoursePage:
    """What the public may know of a course that is or was on sale: open classes, sellers, conditions.

    Raises CourseUnknown, also for a course that was never approved; NoWaveYet.
    """
    found = course(tx, course_code)
    if found.state not in _PUBLIC:
        raise CourseUnknown(course_code)
    return CoursePage(
        course=found,
        schedules=tuple(store.schedules(tx, found.course_id, now, MOST_SCHEDULES)),
        sellers=tuple(seller for _, seller in store.sellers(tx, [found.course_id])[found.course_id]),
        conditions=tuple(_checks(tx, [found], programme.current_terms(tx, now))[0]),
    )


def import_courses(tx: Tx, csv_text: sheet.Source, *, now: datetime) -> list[RowReport]:
    """Import a sheet of courses (`sheet.COURSES`): good rows are kept, each bad one is reported with its refusal.

    Rows act in their order, and running it again is safe: known content is unchanged, other content replaces that of
    a course not yet decided on and is refused otherwise. For a long file a door calls `import_course_rows` for each
    of `sheet.chunks(sheet.read(file, sheet.COURSES))` in a transaction of its own: memory stays flat, and what is
    done stays done. Raises SheetNotUtf8, SheetEmpty, SheetDelimiter, SheetColumns.
    """
    chunks = sheet.chunks(sheet.read(csv_text, sheet.COURSES))
    return [report for chunk in chunks for report in import_course_rows(tx, chunk, now=now)]


def import_course_rows(tx: Tx, rows: Sequence[sheet.SheetRow], *, now: datetime) -> list[RowReport]:
    """Some rows of a sheet of courses; a report for each, in order."""
    drafts = [sheet.attempt(row, sheet.course_of) for row in rows]
    settled = settle_courses(tx, [draft for draft in drafts if isinstance(draft, NewCourse)], revise=True, now=now)
    return sheet.reports(rows, drafts, settled)


def import_schedules(tx: Tx, csv_text: sheet.Source, *, now: datetime, terms: Terms | None = None) -> list[RowReport]:
    """Import a sheet of schedules (`sheet.SCHEDULES`), as `import_courses` does courses.

    A class that differs from what is known replaces it while no seat is sold. Raises also NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    chunks = sheet.chunks(sheet.read(csv_text, sheet.SCHEDULES))
    return [report for chunk in chunks for report in import_schedule_rows(tx, chunk, terms, now=now)]


def import_schedule_rows(tx: Tx, rows: Sequence[sheet.SheetRow], terms: Terms, *, now: datetime) -> list[RowReport]:
    """Some rows of a sheet of schedules; a report for each, in order."""
    drafts = [sheet.attempt(row, sheet.schedule_of) for row in rows]
    classes = [draft for draft in drafts if isinstance(draft, NewSchedule)]
    return sheet.reports(rows, drafts, settle_schedules(tx, classes, terms, revise=True, now=now))


def _move(tx: Tx, course_code: str, move: CourseMove, by: str, reason: str, now: datetime) -> Course:
    found = _locked(tx, course_code)
    state = rules.after(found, move)
    person = rules.line("by", by)
    why = rules.line("reason", reason) if reason else None
    if move in DECISIONS:
        store.decide(tx, found, state, person, why, now)
    else:
        store.set_state(tx, found, state)
    facts: Facts = {"from": found.state, "to": state, "by": person, "reason": why}
    journal.record(tx, [_event(f"course_{move}", course_code, facts)], now=now)
    return course(tx, course_code)


def _checks(tx: Tx, found: Sequence[Course], terms: Terms) -> list[list[Check]]:
    """The conditions of each of these courses, in order."""
    selling = store.sellers(tx, [each.course_id for each in found])
    related = partners.affiliated_pairs(
        tx, [(platform_id, each.institution_id) for each in found for platform_id, _ in selling[each.course_id]]
    )
    affiliated = {
        each.course_id: seller.client_code
        for each in found
        for platform_id, seller in selling[each.course_id]
        if (platform_id, each.institution_id) in related
    }
    return [rules.conditions(c, c.institution_status, affiliated.get(c.course_id), terms) for c in found]


def _locked(tx: Tx, course_code: str) -> Course:
    found = store.lock_courses(tx, [course_code]) if rules.code_fits(course_code) else {}
    if course_code not in found:
        raise CourseUnknown(course_code)
    return found[course_code]


def _counted(seats: Mapping[int, int]) -> Mapping[int, int]:
    if any(not 0 < count <= timetable.MOST_SEATS for count in seats.values()):
        raise BadField("seats", msg("the number is out of range"))
    return seats


def check_cursor(after: str) -> None:
    """Whether a page can be asked for behind this code; an empty one is the first page. Raises BadField."""
    if after and not rules.code_fits(after):
        raise BadField("after", msg("it is not the code of a course"))


def _page(limit: int) -> int:
    return max(1, min(limit, MOST_ROWS))


def _one(settled: Sequence[Settled[Kept]]) -> Kept:
    (only,) = settled
    if isinstance(only.result, Refusal):
        raise only.result
    return only.result


def _event(what: str, course_code: str, facts: Facts) -> Event:
    return Event(f"catalogue.{what}", f"course/{course_code}", facts=facts)
