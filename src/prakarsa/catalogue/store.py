"""The catalogue's SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, LiteralString

import msgspec
from psycopg.errors import CheckViolation

from prakarsa.catalogue.model import (
    Course,
    CourseMode,
    CourseState,
    NewCourse,
    NewSchedule,
    Schedule,
    Seller,
)
from prakarsa.catalogue.refusals import SeatsNotSold, SoldOut
from prakarsa.kernel.db import Tx, queries
from prakarsa.partner.model import PartnerStatus

sql = queries(__file__)


def lock_imports(tx: Tx) -> None:
    """Until this transaction ends nobody else writes many courses or classes, so two imports cannot deadlock."""
    tx.run(sql["lock_imports"])


def insert_courses(tx: Tx, drafts: Sequence[NewCourse], now: datetime) -> set[str]:
    """Insert courses whose code is free, as drafts; the codes inserted."""
    return set(tx.values(sql["insert_courses"], rows=_json(drafts), now=now)) if drafts else set()


def update_courses(tx: Tx, drafts: Sequence[NewCourse]) -> None:
    """Replace the content of courses that were locked before."""
    if drafts:
        tx.run(sql["update_courses"], rows=_json(drafts))


def courses_by_code(tx: Tx, codes: Sequence[str]) -> dict[str, Course]:
    """The courses that have these codes, by code."""
    return _by_code(tx.tuples(sql["courses_by_code"], codes=list(codes)))


def lock_courses(tx: Tx, codes: Sequence[str]) -> dict[str, Course]:
    """The same, locked in one order, so that two changes queue instead of deadlocking."""
    tx.run(sql["lock_courses"], codes=list(codes))
    return courses_by_code(tx, codes)


def courses(tx: Tx, state: CourseState | None, institution: str | None, after: str, limit: int) -> list[Course]:
    """One page of courses in any state, by code."""
    rows = tx.tuples(sql["courses"], state=state, institution=institution, after=after, limit=limit)
    return [_course(row) for row in rows]


def with_schedules(tx: Tx, course_ids: Sequence[int]) -> set[int]:
    """Which of these courses have any schedule."""
    return set(tx.values(sql["with_schedules"], course_ids=list(course_ids)))


def set_state(tx: Tx, course: Course, state: CourseState) -> None:
    """Move a course without a decision; an earlier decision no longer stands."""
    tx.run(
        sql["set_state"], course_id=course.course_id, state=state.value, decided_at=None, decided_by=None, reason=None
    )


def decide(tx: Tx, course: Course, state: CourseState, by: str, reason: str | None, now: datetime) -> None:
    """Move a course by the decision of a named person."""
    tx.run(
        sql["set_state"], course_id=course.course_id, state=state.value, decided_at=now, decided_by=by, reason=reason
    )


def insert_listing(tx: Tx, course_id: int, platform_id: int, now: datetime) -> bool:
    """List a course on a platform, again if it was ended; whether anything changed."""
    return tx.run(sql["insert_listing"], course_id=course_id, platform_id=platform_id, now=now) == 1


def end_listing(tx: Tx, course_id: int, platform_id: int, now: datetime) -> bool:
    """End a listing; whether there was one in force."""
    return tx.run(sql["end_listing"], course_id=course_id, platform_id=platform_id, now=now) == 1


def sellers(tx: Tx, course_ids: Sequence[int]) -> dict[int, list[tuple[int, Seller]]]:
    """Per course the active platforms that list it, with their partner ids."""
    found: dict[int, list[tuple[int, Seller]]] = {course_id: [] for course_id in course_ids}
    for course_id, platform_id, client_code, name in tx.tuples(sql["sellers"], course_ids=list(course_ids)):
        found[course_id].append((platform_id, Seller(client_code, name)))
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """A class to write: its course, and the last moment a seat of it is sold."""

    new: NewSchedule
    course_id: int
    enrolment_closes_at: datetime


def insert_schedules(tx: Tx, plans: Sequence[Plan]) -> set[str]:
    """Insert classes whose code is free; the codes inserted."""
    return _write_classes(tx, sql["insert_schedules"], plans)


def update_schedules(tx: Tx, plans: Sequence[Plan]) -> set[str]:
    """Replace classes of which no seat is sold, meetings included; the codes replaced."""
    return _write_classes(tx, sql["update_schedules"], plans)


def schedules_by_code(tx: Tx, codes: Sequence[str]) -> dict[str, Schedule]:
    """The classes that have these codes, by code."""
    found = [_schedule(row) for row in tx.tuples(sql["schedules_by_code"], codes=list(codes))]
    return {schedule.schedule_code: schedule for schedule in found}


def schedules(tx: Tx, course_id: int, open_at: datetime | None, limit: int) -> list[Schedule]:
    """The classes of a course by start; only those still open for enrolment at a moment, if one is given."""
    rows = tx.tuples(sql["schedules"], course_id=course_id, open_at=open_at, limit=limit)
    return [_schedule(row) for row in rows]


def take_seats(tx: Tx, wanted: Mapping[int, int]) -> list[tuple[int, str | None, int]]:
    """Take seats in all of these classes or in none: what stands in the way, as (id, code, seats left).

    The database has the last word through `schedule_never_oversold`. Raises SoldOut.
    """
    try:
        return _change_seats(tx, wanted, 1)
    except CheckViolation as error:
        if error.diag.constraint_name != "schedule_never_oversold":
            raise
        raise SoldOut("", 0) from error


def give_back_seats(tx: Tx, returned: Mapping[int, int]) -> list[tuple[int, str | None, int]]:
    """Give seats back in all of these classes or in none: what stands in the way. Raises SeatsNotSold."""
    try:
        return _change_seats(tx, returned, -1)
    except CheckViolation as error:
        if error.diag.constraint_name != "schedule_never_oversold":
            raise
        raise SeatsNotSold("") from error


def _change_seats(tx: Tx, seats: Mapping[int, int], sign: int) -> list[tuple[int, str | None, int]]:
    rows = tx.tuples(sql["change_seats"], schedule_ids=list(seats), deltas=[sign * count for count in seats.values()])
    return [(schedule_id, code, left) for schedule_id, code, left in rows]


def _write_classes(tx: Tx, statement: LiteralString, plans: Sequence[Plan]) -> set[str]:
    if not plans:
        return set()
    written = set(
        tx.values(
            statement,
            codes=[plan.new.schedule_code for plan in plans],
            course_ids=[plan.course_id for plan in plans],
            starts=[plan.new.starts_at for plan in plans],
            ends=[plan.new.ends_at for plan in plans],
            closes=[plan.enrolment_closes_at for plan in plans],
            seats=[plan.new.seats for plan in plans],
            provinces=[plan.new.province_code for plan in plans],
            places=[plan.new.place for plan in plans],
        )
    )
    meetings = [
        (plan.new.schedule_code, sequence, at)
        for plan in plans
        for sequence, at in plan.new.meetings.items()
        if plan.new.schedule_code in written
    ]
    tx.run(sql["delete_meetings"], codes=list(written))
    tx.run(
        sql["insert_meetings"],
        codes=[code for code, _, _ in meetings],
        sequences=[sequence for _, sequence, _ in meetings],
        starts=[at for _, _, at in meetings],
    )
    return written


def _json(drafts: Sequence[NewCourse]) -> str:
    return msgspec.json.encode([asdict(draft) for draft in drafts]).decode()


def _by_code(rows: Sequence[tuple[Any, ...]]) -> dict[str, Course]:
    found = [_course(row) for row in rows]
    return {course.course_code: course for course in found}


def _course(row: tuple[Any, ...]) -> Course:
    values = dict(zip(_COURSE_COLUMNS, row, strict=True))
    values["mode"] = CourseMode(values["mode"])
    values["state"] = CourseState(values["state"])
    values["institution_status"] = PartnerStatus(values["institution_status"])
    return Course(**values)


def _schedule(row: tuple[Any, ...]) -> Schedule:
    schedule_id, code, course_id, course_code, starts_at, ends_at, closes_at, seats, sold, sequences, starts = row[:11]
    meetings = dict(zip(sequences, starts, strict=True))
    return Schedule(
        schedule_id, code, course_id, course_code, starts_at, ends_at, closes_at, seats, sold, meetings, *row[11:]
    )


_COURSE_COLUMNS = (
    "course_id",
    "course_code",
    "institution_id",
    "institution_code",
    "institution_name",
    "institution_status",
    "title",
    "field",
    "description",
    "mode",
    "hours",
    "meetings",
    "price_idr",
    "min_age_years",
    "max_age_years",
    "min_education",
    "has_live_session",
    "free_elsewhere",
    "outside_price_idr",
    "is_bundle",
    "tracks_completion",
    "has_curriculum",
    "has_evaluation",
    "has_presence_log",
    "expert_assessed",
    "state",
    "registered_at",
    "decided_at",
    "decided_by",
    "decision_reason",
)
"""The columns of every statement that reads courses, in their order."""
