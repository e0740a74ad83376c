"""Classes are possible, close when the terms say, and sell seats all together or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.catalogue import actions, refusals, timetable
from prakarsa.catalogue.model import POST_TEST, CourseMode, NewSchedule
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import BadField
from prakarsa.programme.model import Terms
from tests.catalogue.conftest import CLASS, COURSE, OFFICER, START, scheduled, stage
from tests.conftest import NOW

DAY = timedelta(days=1)
FIRST_START = datetime(2020, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mode", "closes"),
    [
        (CourseMode.WEBINAR, datetime(2020, 8, 31, 23, 59, 59, tzinfo=JAKARTA)),
        (CourseMode.SELF_PACED, datetime(2020, 8, 31, 23, 59, 59, tzinfo=JAKARTA)),
        (CourseMode.IN_PERSON, datetime(2020, 8, 30, 23, 59, 59, tzinfo=JAKARTA)),
    ],
)
def test_enrolment_closes_at_the_end_of_a_day_in_jakarta(mode: CourseMode, closes: datetime, terms: Terms) -> None:
    policy = replace(terms, enrolment_close_days_online=1, enrolment_close_days_in_person=2)
    for hour in (0, 9, 23):
        starts_at = datetime(2020, 9, 1, hour, 30, tzinfo=JAKARTA)
        assert timetable.enrolment_closes_at(starts_at, mode, policy) == closes


@given(
    starts_at=st.integers(0, 178 * 365 * 86_400).map(lambda seconds: FIRST_START + timedelta(seconds=seconds)),
    days=st.integers(0, 30),
    mode=st.sampled_from(CourseMode),
)
def test_enrolment_never_closes_after_the_start_and_never_a_day_too_early(
    starts_at: datetime, days: int, mode: CourseMode, terms: Terms
) -> None:
    policy = replace(terms, enrolment_close_days_online=days, enrolment_close_days_in_person=days)
    closes_at = timetable.enrolment_closes_at(starts_at, mode, policy)
    assert closes_at <= starts_at
    assert starts_at - closes_at < (days + 1) * DAY


IMPOSSIBLE: list[dict[str, object]] = [
    {"ends_at": START},
    {"ends_at": START - DAY},
    {"ends_at": START + timedelta(days=400)},
    {"starts_at": START.replace(tzinfo=None)},
    {"starts_at": NOW - DAY},
    {"starts_at": datetime(1, 1, 1, tzinfo=UTC)},
    {"starts_at": datetime.max.replace(tzinfo=UTC), "ends_at": datetime.max.replace(tzinfo=UTC)},
    {"starts_at": NOW + timedelta(days=740), "ends_at": NOW + timedelta(days=741), "meetings": {1: NOW, 2: NOW}},
    {"seats": 0},
    {"seats": -1},
    {"seats": 10**12},
    {"meetings": {}},
    {"meetings": {1: START}},
    {"meetings": {1: START, 2: START + DAY, 3: START + 2 * DAY}},
    {"meetings": {1: START, 3: START + DAY}},
    {"meetings": {1: START + DAY, 2: START}},
    {"meetings": {1: START, 2: START}},
    {"meetings": {1: START - DAY, 2: START}},
    {"meetings": {1: START, 2: START + timedelta(days=8)}},
    {"meetings": {1: START, 2: (START + DAY).replace(tzinfo=None)}},
    {"meetings": {0: START, 1: START, 2: START + DAY}},
]


@pytest.mark.parametrize("bent", IMPOSSIBLE)
def test_a_class_that_cannot_be_is_refused(tx: Tx, now: datetime, terms: Terms, bent: dict[str, object]) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    with pytest.raises(refusals.ScheduleImpossible):
        actions.add_schedule(tx, replace(CLASS, **bent), now=now, terms=terms)  # type: ignore[arg-type]  # bent fields


def test_enrolment_must_still_be_open(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, replace(COURSE, meetings=1), now=now)
    too_soon = NewSchedule(None, "barista-1", now + timedelta(hours=1), now + timedelta(hours=3), 5)
    with pytest.raises(refusals.ScheduleImpossible):
        actions.add_schedule(tx, too_soon, now=now, terms=terms)
    closing_tonight = replace(too_soon, starts_at=now + DAY, ends_at=now + 2 * DAY)
    assert actions.add_schedule(tx, closing_tonight, now=now, terms=terms).open_at(now)


def test_a_class_keeps_its_meetings_and_its_final_test(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    meetings = {**CLASS.meetings, POST_TEST: START + timedelta(days=7)}
    kept = scheduled(tx, terms, replace(CLASS, meetings=meetings))
    assert kept.meetings == meetings
    assert actions.schedules(tx, "barista-1", open_at=now) == [kept]
    assert actions.schedules(tx, "barista-1", open_at=kept.enrolment_closes_at + timedelta(seconds=1)) == []


def test_a_course_of_one_meeting_meets_when_the_class_starts(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, replace(COURSE, meetings=1), now=now)
    assert scheduled(tx, terms, replace(CLASS, meetings={})).meetings == {1: START}


def test_a_self_paced_course_has_no_meetings(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, replace(COURSE, mode=CourseMode.SELF_PACED), now=now)
    with pytest.raises(refusals.ScheduleImpossible):
        scheduled(tx, terms)
    assert scheduled(tx, terms, replace(CLASS, meetings={})).meetings == {}


def test_without_a_code_sixteen_hexadecimal_digits_are_drawn(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    first, second = (scheduled(tx, terms, replace(CLASS, schedule_code=None)) for _ in range(2))
    assert first.schedule_code != second.schedule_code
    assert len(first.schedule_code) == 16
    assert set(first.schedule_code) <= set("0123456789abcdef")


def test_a_class_is_added_once(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_courses(tx, [COURSE, replace(COURSE, course_code="barista-2")], now=now)
    first = scheduled(tx, terms)
    assert actions.add_schedule(tx, CLASS, now=now + timedelta(days=60), terms=terms) == first
    for bent in (replace(CLASS, seats=11), replace(CLASS, course_code="barista-2")):
        with pytest.raises(refusals.ScheduleCodeTaken):
            scheduled(tx, terms, bent)
    written = tx.values("SELECT action FROM journal.entry WHERE subject = 'schedule/barista-1-sep'")
    assert written == ["catalogue.schedule_added"]


def test_a_class_needs_a_course_that_can_still_be_sold(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    for code in ("nothing", "no\x00thing"):
        with pytest.raises(refusals.CourseUnknown):
            scheduled(tx, terms, replace(CLASS, course_code=code))
    actions.register_course(tx, COURSE, now=now)
    actions.withdraw(tx, "barista-1", OFFICER, now=now)
    with pytest.raises(refusals.CourseTakesNoSchedules):
        scheduled(tx, terms)
    with pytest.raises(BadField):
        actions.take_seats(tx, {1: 0})


def test_seats_are_taken_in_every_class_or_in_none(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    roomy, full = (scheduled(tx, terms, replace(CLASS, schedule_code=code)) for code in ("roomy", "full"))
    actions.take_seats(tx, {full.schedule_id: 9})

    with pytest.raises(refusals.SoldOut) as caught:
        actions.take_seats(tx, {roomy.schedule_id: 1, full.schedule_id: 2})
    assert (caught.value.schedule_code, caught.value.seats_left) == ("full", 1)
    with pytest.raises(refusals.ScheduleUnknown):
        actions.take_seats(tx, {roomy.schedule_id: 1, 10**15: 1})

    assert [s.seats_sold for s in actions.schedules(tx, "barista-1")] == [0, 9]
    actions.take_seats(tx, {})


def test_seats_given_back_can_be_sold_again_and_never_more_than_were_sold(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    only = scheduled(tx, terms).schedule_id
    actions.take_seats(tx, {only: 10})
    actions.give_back_seats(tx, {only: 4})
    actions.take_seats(tx, {only: 4})
    with pytest.raises(refusals.SeatsNotSold):
        actions.give_back_seats(tx, {only: 11})
    assert actions.schedules(tx, "barista-1")[0].seats_sold == 10
