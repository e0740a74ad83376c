"""Verbs of feedback: rate a completed course, read what others thought."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.card import actions as cards
from prakarsa.catalogue import actions as catalogue
from prakarsa.feedback import rules, store
from prakarsa.feedback.model import Review, Stars, SubjectRatings
from prakarsa.feedback.refusals import NotYourPurchase
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel import queue
from prakarsa.kernel.db import Tx
from prakarsa.purchase import actions as purchases


def rate(tx: Tx, person_id: int, purchase_id: int, stars: Stars, review: str, *, now: datetime) -> None:
    """Rate one's own completed course once, with a review (programme-rules 8); this unlocks incentive and next course.

    Raises NotYourPurchase, CourseNotCompleted, AlreadyRated, StarsOutOfRange, ReviewNotReadable, ReviewTooShort,
    ReviewTooLong.
    """
    card = cards.card_of_person(tx, person_id)
    if card is None:
        raise NotYourPurchase(purchase_id)
    cards.lock(tx, [card.card_id])
    found = store.ratable(tx, card.card_id, purchase_id)
    refusal = rules.refusal_to_rate(purchase_id, found, stars)
    if refusal is not None or found is None:
        raise refusal or NotYourPurchase(purchase_id)
    store.insert_rating(tx, purchase_id, found.course_id, person_id, stars, rules.read_review(review), now)
    purchases.mark_rated(tx, purchase_id, now=now)
    catalogue.rated(tx, found.course_id, stars.course)
    facts = {"instructor": stars.instructor, "facility": stars.facility, "course": stars.course}
    event = Event("feedback.rated", f"purchase/{found.transaction_code}", person_id, facts)
    journal.record(tx, [event], now=now)
    queue.defer(tx, "pay_incentives")


def course_rating(tx: Tx, course_id: int) -> tuple[int, int]:
    """The average of a course's own stars in tenths (45 is 4.5; 0 without ratings), and how many ratings there are."""
    return course_ratings(tx, [course_id])[course_id]


def course_ratings(tx: Tx, course_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The same for a page of courses, by course; every course asked for is there."""
    totals = store.totals(tx, course_ids)
    found = {course_id: rules.averages(totals.get(course_id)) for course_id in course_ids}
    return {course_id: (each.course_tenths, each.count) for course_id, each in found.items()}


def subject_ratings(tx: Tx, course_id: int) -> SubjectRatings:
    """A course's averages for instructor, facilities and course."""
    return rules.averages(store.totals(tx, [course_id]).get(course_id))


def reviews(tx: Tx, course_id: int, before: int = 2**62, limit: int = 20) -> list[Review]:
    """One page of reviews with masked names, newest first: those with a smaller `rating_id` than `before`."""
    return store.reviews(tx, course_id, before, limit)
