"""The SQL of feedback."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.feedback import rules
from prakarsa.feedback.model import CourseTotal, Ratable, Review, Stars
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)


def ratable(tx: Tx, card_id: int, purchase_id: int) -> Ratable | None:
    """A live purchase of this card."""
    return tx.row(Ratable, sql["ratable"], card_id=card_id, purchase_id=purchase_id)


def insert_rating(
    tx: Tx, purchase_id: int, course_id: int, person_id: int, stars: Stars, review: str, now: datetime
) -> None:
    """Keep a rating and add it to the course's totals."""
    tx.run(
        sql["insert_rating"],
        purchase_id=purchase_id,
        course_id=course_id,
        person_id=person_id,
        instructor=stars.instructor,
        facility=stars.facility,
        course=stars.course,
        review=review,
        now=now,
    )


def totals(tx: Tx, course_ids: Sequence[int]) -> dict[int, CourseTotal]:
    """The sums over courses' ratings; courses without any are left out."""
    return {total.course_id: total for total in tx.rows(CourseTotal, sql["totals"], course_ids=list(course_ids))}


def reviews(tx: Tx, course_id: int, before: int, limit: int) -> list[Review]:
    """One page of reviews, newest first, names masked."""
    return [
        Review(rating_id, rules.masked_name(name), Stars(instructor, facility, course), review, rated_at)
        for rating_id, name, instructor, facility, course, review, rated_at in tx.tuples(
            sql["reviews"], course_id=course_id, before=before, limit=limit
        )
    ]
