"""What the shelf is filled from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prakarsa.catalogue.choosing import Partners
from prakarsa.catalogue.shelf import ClassOnShelf, CourseOnShelf, PartnerOnShelf
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)


@dataclass(frozen=True, slots=True)
class Edition:
    """How often catalogue and policy have changed, and whether the transaction that asks has written anything."""

    edition: int
    policy: int
    writes: bool


def edition(tx: Tx) -> Edition:
    """The edition this transaction sees."""
    found = tx.row(Edition, sql["edition"])
    assert found is not None
    return found


def courses(tx: Tx) -> list[CourseOnShelf]:
    """Every course that is or was on sale."""
    return [CourseOnShelf(*row) for row in tx.tuples(sql["shelf_courses"])]


def classes(tx: Tx, since: datetime) -> list[ClassOnShelf]:
    """Every class that begins after a moment."""
    return [ClassOnShelf(*row) for row in tx.tuples(sql["shelf_classes"], since=since)]


def listings(tx: Tx) -> list[tuple[int, int]]:
    """Every listing in force: course and platform."""
    return [(course_id, platform_id) for course_id, platform_id in tx.tuples(sql["shelf_listings"])]


def institution_words(tx: Tx) -> dict[int, Sequence[str]]:
    """What each institution's courses are found by besides their own words."""
    return dict(tx.tuples(sql["shelf_institution_words"]))


def full_classes(tx: Tx, since: datetime) -> frozenset[int]:
    """Classes after a moment of which every seat is sold."""
    return frozenset(tx.values(sql["full_classes"], since=since))


def partners(tx: Tx) -> Partners:
    """Platforms and institutions as they stand."""
    found = [PartnerOnShelf(*row) for row in tx.tuples(sql["shelf_partners"])]
    affiliated: dict[int, list[int]] = defaultdict(list)
    for platform_id, institution_id in tx.tuples(sql["shelf_affiliated"]):
        affiliated[platform_id].append(institution_id)
    return Partners(
        {each.partner_id: each for each in found if each.kind == "platform"},
        {each.partner_id: each for each in found if each.kind == "institution"},
        affiliated,
    )


def stems(tx: Tx, words: Sequence[str]) -> dict[str, str]:
    """The Indonesian stem of each word."""
    return dict(tx.tuples(sql["stems"], words=list(words)))


def title_of(tx: Tx, course_code: str) -> tuple[str, int] | None:
    """Title and id of a course, by which pages are ordered."""
    rows = tx.tuples(sql["title_of"], course_code=course_code)
    return rows[0] if rows else None


def rated(tx: Tx, course_id: int, stars: int) -> None:
    """One more rating of a course."""
    tx.run(sql["rated"], course_id=course_id, stars=stars)
