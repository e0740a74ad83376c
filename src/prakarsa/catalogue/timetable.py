"""Which classes are possible, and until when their seats are sold. Pure."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from prakarsa.catalogue.model import POST_TEST, CourseMode, NewSchedule, Schedule
from prakarsa.catalogue.refusals import ScheduleImpossible
from prakarsa.catalogue.rules import code_fits, line
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField
from prakarsa.people.provinces import PROVINCES
from prakarsa.programme.model import Terms

MOST_SEATS = 10_000_000
LONGEST = timedelta(days=366)
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
LATEST = datetime(2199, 12, 31, tzinfo=UTC)
FARTHEST_AHEAD = timedelta(days=731)
_LAST_SECOND = time(23, 59, 59)


def enrolment_closes_at(starts_at: datetime, mode: CourseMode, terms: Terms) -> datetime:
    """The last moment a seat is sold: the last second, in Jakarta, of the day some days before the class.

    The days are policy (programme-rules 7.1: online 1, in person 2). With 0 days it is the start itself.
    """
    days = terms.enrolment_close_days_online if mode.online else terms.enrolment_close_days_in_person
    last_day = starts_at.astimezone(JAKARTA).date() - timedelta(days=days)
    return min(datetime.combine(last_day, _LAST_SECOND, JAKARTA).astimezone(UTC), starts_at)


def checked(new: NewSchedule, mode: CourseMode, meetings: int) -> NewSchedule:
    """The class with its meetings complete, all moments in UTC. Raises BadField, ScheduleImpossible."""
    if new.schedule_code is not None and not code_fits(new.schedule_code):
        raise BadField("schedule_code", msg("use 1 to 64 letters, digits, dots, dashes or underscores"))
    if any(moment.tzinfo is None for moment in (new.starts_at, new.ends_at, *new.meetings.values())):
        raise ScheduleImpossible(msg("a moment has no time zone"))
    if not 1 <= new.seats <= MOST_SEATS:
        raise ScheduleImpossible(msg("the number of seats is out of range"))
    if not EARLIEST <= new.starts_at < new.ends_at <= LATEST:
        raise ScheduleImpossible(msg("it ends before it starts, or lies outside the years 2020 to 2199"))
    if new.ends_at - new.starts_at > LONGEST:
        raise ScheduleImpossible(msg("it lasts longer than a year"))
    return NewSchedule(
        new.schedule_code,
        new.course_code,
        new.starts_at.astimezone(UTC),
        new.ends_at.astimezone(UTC),
        new.seats,
        {sequence: at.astimezone(UTC) for sequence, at in sorted(_meetings(new, mode, meetings).items())},
        *_venue(new, mode),
    )


def check_ahead(new: NewSchedule, closes_at: datetime, now: datetime) -> None:
    """A class is planned while its seats can still be sold. Raises ScheduleImpossible."""
    if closes_at < now:
        raise ScheduleImpossible(msg("enrolment would already be closed"))
    if new.starts_at - now > FARTHEST_AHEAD:
        raise ScheduleImpossible(msg("it starts more than two years from now"))


def same_class(schedule: Schedule, new: NewSchedule) -> bool:
    """Whether a checked class says nothing that is not known of this schedule."""
    return (
        schedule.course_code == new.course_code
        and (schedule.starts_at, schedule.ends_at, schedule.seats) == (new.starts_at, new.ends_at, new.seats)
        and dict(schedule.meetings) == dict(new.meetings)
        and (schedule.province_code, schedule.place) == (new.province_code, new.place)
    )


def derived_code(new: NewSchedule) -> str:
    """A code for a class of a sheet that gives none: 16 lowercase hexadecimal digits from course and times.

    Derived, not drawn, so that importing the sheet again finds the same class.
    """
    named = f"{new.course_code}\n{new.starts_at.astimezone(UTC)}\n{new.ends_at.astimezone(UTC)}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def _venue(new: NewSchedule, mode: CourseMode) -> tuple[str | None, str | None]:
    """The province and the place a class meets in; online classes meet nowhere. Raises BadField, ScheduleImpossible."""
    if mode.online:
        if new.province_code or new.place:
            raise ScheduleImpossible(msg("a class online has no province and no place"))
        return None, None
    if new.province_code and new.province_code not in PROVINCES:
        raise BadField("province_code", msg("it is not the two-digit code of a province"))
    return new.province_code or None, line("place", new.place) if new.place else None


def _meetings(new: NewSchedule, mode: CourseMode, meetings: int) -> Mapping[int, datetime]:
    """The meetings of a class: none when everyone learns alone, else every sequence once, in order, within it."""
    if mode is CourseMode.SELF_PACED:
        if new.meetings:
            raise ScheduleImpossible(msg("a self-paced course has no meetings"))
        return {}
    given = dict(new.meetings) or ({1: new.starts_at} if meetings == 1 else {})
    if given.keys() - {POST_TEST} != set(range(1, meetings + 1)):
        raise ScheduleImpossible(msg("the meetings do not match those of the course"))
    times = [given[sequence] for sequence in sorted(given)]
    if any(later <= earlier for earlier, later in pairwise(times)):
        raise ScheduleImpossible(msg("the meetings are not in order"))
    if times[0] < new.starts_at or times[-1] > new.ends_at:
        raise ScheduleImpossible(msg("a meeting lies outside the class"))
    return given
