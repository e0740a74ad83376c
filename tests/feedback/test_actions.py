"""A completed course is rated once, by the one who took it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from prakarsa.feedback import actions
from prakarsa.feedback.model import Stars, SubjectRatings
from prakarsa.feedback.refusals import (
    AlreadyRated,
    CourseNotCompleted,
    NotYourPurchase,
    ReviewTooShort,
    StarsOutOfRange,
)
from prakarsa.kernel.db import Database, Tx
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Purchase
from tests.conftest import NOW
from tests.worlds import a_card, a_class, a_person, a_purchase, cancel, completed, deeds

DONE = NOW + timedelta(days=9)
REVIEW = "Pengajarnya sabar dan jelas."


def a_completed(tx: Tx, **changes: object) -> Purchase:
    purchase = a_purchase(tx, **changes)  # type: ignore[arg-type]  # passed on as given
    completed(tx, purchase, now=DONE)
    return purchase


def test_a_rating_counts_once_and_marks_the_purchase(tx: Tx) -> None:
    purchase = a_completed(tx)

    actions.rate(tx, purchase.person_id, purchase.purchase_id, Stars(5, 4, 3), f"  {REVIEW}\n", now=DONE)

    assert purchases.my_purchases(tx, purchase.person_id)[0].rated_at == DONE
    assert deeds(tx, purchase.person_id)[-1] == "feedback.rated"
    assert actions.course_rating(tx, purchase.course_id) == (30, 1)
    assert actions.subject_ratings(tx, purchase.course_id) == SubjectRatings(50, 40, 30, 1)
    with pytest.raises(AlreadyRated):
        actions.rate(tx, purchase.person_id, purchase.purchase_id, Stars(1, 1, 1), REVIEW, now=DONE)
    assert actions.course_rating(tx, purchase.course_id) == (30, 1)


def test_only_the_owner_of_a_completed_purchase_may_rate(tx: Tx) -> None:
    mine, theirs, unfinished, gone = a_completed(tx), a_completed(tx), a_purchase(tx), a_purchase(tx)
    cancel(tx, gone)

    def rate(person_id: int, purchase_id: int) -> None:
        actions.rate(tx, person_id, purchase_id, Stars(5, 5, 5), REVIEW, now=DONE)

    for person_id, purchase_id in (
        (mine.person_id, theirs.purchase_id),
        (mine.person_id, 2**62),
        (mine.person_id, -1),
        (gone.person_id, gone.purchase_id),
        (a_person(tx), mine.purchase_id),
        (2**62, mine.purchase_id),
    ):
        with pytest.raises(NotYourPurchase):
            rate(person_id, purchase_id)
    with pytest.raises(CourseNotCompleted):
        rate(unfinished.person_id, unfinished.purchase_id)


def test_a_refused_rating_leaves_nothing_behind(tx: Tx) -> None:
    purchase = a_completed(tx)
    before = deeds(tx, purchase.person_id)
    with pytest.raises(StarsOutOfRange):
        actions.rate(tx, purchase.person_id, purchase.purchase_id, Stars(5, 5, 6), REVIEW, now=DONE)
    with pytest.raises(ReviewTooShort):
        actions.rate(tx, purchase.person_id, purchase.purchase_id, Stars(5, 5, 5), "bagus", now=DONE)

    assert actions.course_rating(tx, purchase.course_id) == (0, 0)
    assert deeds(tx, purchase.person_id) == before


def test_reviews_are_paged_newest_first_with_masked_names(tx: Tx) -> None:
    of = a_class(tx)
    bought = [a_completed(tx, of=of, card=a_card(tx)) for _ in range(5)]
    for place, purchase in enumerate(bought):
        stars = Stars(place % 5 + 1, 5, 4)
        actions.rate(tx, purchase.person_id, purchase.purchase_id, stars, f"{REVIEW} {place}", now=DONE)

    first = actions.reviews(tx, bought[0].course_id, limit=2)
    second = actions.reviews(tx, bought[0].course_id, first[-1].rating_id, 2)
    third = actions.reviews(tx, bought[0].course_id, second[-1].rating_id, 2)

    assert [review.review[-1] for review in (*first, *second, *third)] == ["4", "3", "2", "1", "0"]
    assert first[0].masked_name == "S••• M••• P•••"
    assert first[0].stars == Stars(5, 5, 4)
    assert actions.subject_ratings(tx, bought[0].course_id) == SubjectRatings(30, 50, 40, 5)
    assert actions.course_ratings(tx, [bought[0].course_id, 2**40]) == {bought[0].course_id: (40, 5), 2**40: (0, 0)}


def test_a_rating_sent_many_times_at_once_counts_once(database: Database) -> None:
    with database.transaction("test") as tx:
        purchase = a_completed(tx)
    gate = Barrier(6)

    def rate(_: int) -> bool:
        gate.wait()
        try:
            with database.transaction("test") as tx:
                actions.rate(tx, purchase.person_id, purchase.purchase_id, Stars(5, 5, 5), REVIEW, now=DONE)
        except AlreadyRated:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(rate, range(6))) == 1

    with database.transaction("test") as tx:
        assert actions.course_rating(tx, purchase.course_id) == (50, 1)


def test_neighbours_who_rate_one_course_at_once_are_all_counted(database: Database) -> None:
    with database.transaction("test") as tx:
        of = a_class(tx)
        bought = [a_completed(tx, of=of) for _ in range(6)]
    gate = Barrier(6)

    def rate(purchase: Purchase) -> None:
        gate.wait()
        with database.transaction("test") as tx:
            actions.rate(tx, purchase.person_id, purchase.purchase_id, Stars(5, 4, 3), REVIEW, now=DONE)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(rate, bought))

    with database.transaction("test") as tx:
        assert actions.subject_ratings(tx, bought[0].course_id) == SubjectRatings(50, 40, 30, 6)
        assert tx.tuples(
            "SELECT sum(course_stars), count(*) FROM feedback.rating WHERE course_id = %(id)s", id=bought[0].course_id
        ) == [(18, 6)]
