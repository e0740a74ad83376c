"""However many buy at once, no seat is sold twice and nobody waits for ever."""

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.catalogue import actions, refusals
from prakarsa.catalogue.model import Schedule
from prakarsa.kernel.db import Database
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme.model import Terms
from tests.catalogue.conftest import CLASS, COURSE, on_sale, scheduled, stage
from tests.conftest import NOW


@pytest.fixture
def class_of_ten(database: Database, terms: Terms) -> Schedule:
    """A committed class of ten seats with a code of its own."""
    with database.transaction("test") as tx:
        stage(tx)
        if "barista-1" not in {course.course_code for course in actions.courses(tx)}:
            on_sale(tx, COURSE, terms)
        return scheduled(tx, terms, replace(CLASS, schedule_code=None))


def sold(database: Database, schedule: Schedule) -> int:
    with database.transaction("test") as tx:
        return int(
            tx.value("SELECT seats_sold FROM catalogue.schedule WHERE schedule_id = %(id)s", id=schedule.schedule_id)
        )


def race(attempts: int, attempt: "Attempt") -> list[Refusal | None]:
    outcomes: list[Refusal | None] = []
    gate = threading.Barrier(attempts)

    def run(number: int) -> None:
        gate.wait()
        try:
            attempt(number)
            outcomes.append(None)
        except Refusal as refusal:
            outcomes.append(refusal)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


class Attempt:
    """Takes seats in a transaction of its own."""

    def __init__(self, database: Database, *wanted: dict[int, int]) -> None:
        self._database, self._wanted = database, wanted

    def __call__(self, number: int) -> None:
        with self._database.transaction("test") as tx:
            actions.take_seats(tx, self._wanted[number % len(self._wanted)])


def test_of_a_hundred_who_want_the_last_ten_seats_exactly_ten_get_one(
    database: Database, class_of_ten: Schedule
) -> None:
    outcomes = race(100, Attempt(database, {class_of_ten.schedule_id: 1}))

    assert outcomes.count(None) == 10
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert {type(refusal) for refusal in refused} == {refusals.SoldOut}
    assert refused[0].facts() == {"schedule_code": class_of_ten.schedule_code, "seats_left": 0}
    assert sold(database, class_of_ten) == 10


def test_buyers_of_two_classes_in_opposite_order_never_deadlock(
    database: Database, class_of_ten: Schedule, terms: Terms
) -> None:
    with database.transaction("test") as tx:
        other = scheduled(tx, terms, replace(CLASS, schedule_code=None))
    one, two = class_of_ten.schedule_id, other.schedule_id
    outcomes = race(40, Attempt(database, {one: 1, two: 1}, {two: 1, one: 1}))

    assert outcomes.count(None) == 10
    assert (sold(database, class_of_ten), sold(database, other)) == (10, 10)


@given(moves=st.lists(st.tuples(st.booleans(), st.integers(1, 12)), max_size=20))
def test_seats_sold_always_stay_between_none_and_all(
    database: Database, class_of_ten_id: int, moves: list[tuple[bool, int]]
) -> None:
    expected = 0
    with database.transaction("test") as tx:
        tx.run("UPDATE catalogue.schedule SET seats_sold = 0 WHERE schedule_id = %(id)s", id=class_of_ten_id)
        for buying, count in moves:
            after = expected + (count if buying else -count)
            change = actions.take_seats if buying else actions.give_back_seats
            if 0 <= after <= 10:
                change(tx, {class_of_ten_id: count})
                expected = after
            else:
                with pytest.raises((refusals.SoldOut, refusals.SeatsNotSold)):
                    change(tx, {class_of_ten_id: count})
        assert (
            tx.value("SELECT seats_sold FROM catalogue.schedule WHERE schedule_id = %(id)s", id=class_of_ten_id)
            == expected
        )


@pytest.fixture(scope="module")
def class_of_ten_id(database: Database, terms: Terms) -> int:
    """One committed class for all examples."""
    with database.transaction("test") as tx:
        stage(tx)
        actions.register_course(tx, replace(COURSE, course_code="barista-9"), now=NOW)
        return scheduled(tx, terms, replace(CLASS, schedule_code=None, course_code="barista-9")).schedule_id
