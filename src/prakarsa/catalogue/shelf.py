"""What stands on the shelves, as sets of bits: a question of the search is a few operations on whole numbers.

Pure values. A course's place is its rank by title; bit n of a mask speaks for the course at place n, so that a page is
read off a mask from its lowest bit up. A shelf never changes; a new one is built when the catalogue has changed.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeVar

Mask = int
Value = TypeVar("Value")
_LAST_SIGN = "\U0010ffff"
_MOST_REMEMBERED = 2_048


class CourseOnShelf(NamedTuple):
    """A course as the search knows it; `words` as written and as stems."""

    course_id: int
    course_code: str
    title: str
    field: str
    mode: str
    price_idr: int
    misses: int
    approved: bool
    institution_id: int
    rating_tenths: int
    words: list[str]


class ClassOnShelf(NamedTuple):
    """A class: the day it begins on in Jakarta, and the last microsecond (since 1970) at which a seat is sold."""

    schedule_id: int
    schedule_code: str
    course_id: int
    day: int
    province_code: str | None
    last_sale_us: int


class PartnerOnShelf(NamedTuple):
    """A platform or an institution."""

    partner_id: int
    kind: str
    client_code: str
    name: str
    active: bool


@dataclass(frozen=True)
class Shelf:
    """Courses in the order of their titles, and the sets they belong to."""

    edition: int
    read_at: datetime
    titles: Sequence[tuple[str, int]]
    course_ids: Sequence[int]
    places: Mapping[str, int]
    approved: Mask
    free: Mask
    by_field: Mapping[str, Mask]
    by_mode: Mapping[str, Mask]
    by_institution: Mapping[int, Mask]
    by_misses: Mapping[int, Mask]
    listed: Mapping[int, Mask]
    by_price: "Ladder"
    by_rating: "Ladder"
    classes: Sequence[tuple[int, int, tuple[int, str], int]]
    """Each class: its id, the place of its course, (day, province) it begins on and in, its last sale."""
    schedule_ids: Mapping[str, int]
    vocabulary: Sequence[str]
    postings: Mapping[str, Sequence[int]]
    remembered: dict[tuple[str, str], Mask] = field(default_factory=dict)

    @property
    def everything(self) -> Mask:
        """Every course there is."""
        return (1 << len(self.course_ids)) - 1

    def begins_or_is(self, word: str, stem: str) -> Mask:
        """Courses with a word that begins with this one, or that has the same stem."""
        known = self.remembered.get((word, stem))
        if known is None:
            first, last = bisect_left(self.vocabulary, word), bisect_right(self.vocabulary, word + _LAST_SIGN)
            found = {place for term in self.vocabulary[first:last] for place in self.postings[term]}
            known = mask_of(found.union(self.postings.get(stem, ())))
            if len(self.remembered) < _MOST_REMEMBERED:
                self.remembered[word, stem] = known
        return known

    def missing(self, demanded: int) -> Mask:
        """Courses that miss one of the conditions of these bits."""
        return union(mask for misses, mask in self.by_misses.items() if misses & demanded)

    def after(self, title: str, course_id: int) -> int:
        """The first place behind a course, which need not be on the shelf any more."""
        return bisect_right(self.titles, (title, course_id))


@dataclass(frozen=True, slots=True)
class Ladder:
    """Courses by a number: those at or below each rung."""

    rungs: Sequence[int]
    up_to: Sequence[Mask]

    def between(self, least: int | None, most: int | None) -> Mask:
        """Courses whose number lies between two bounds, both included; None is no bound, and two of them everything."""
        if least is None and most is None:
            return -1
        top = len(self.rungs) if most is None else bisect_right(self.rungs, most)
        bottom = 0 if least is None else bisect_left(self.rungs, least)
        if top <= bottom:
            return 0
        return self.up_to[top - 1] & ~(self.up_to[bottom - 1] if bottom else 0)


@dataclass(frozen=True, slots=True)
class Stock:
    """Which courses have a class with a seat, by day and province (empty: none is named), for a stretch of time."""

    from_us: int
    until_us: int
    by_day: Mapping[int, Mapping[str, Mask]]
    days: Sequence[int]
    by_province: Mapping[str, Mask]
    anywhere: Mask

    def within(self, first_day: int | None, last_day: int | None, province: str | None) -> Mask:
        """Courses with such a class that begins between two days, both included, in this province."""
        if first_day is None and last_day is None:
            return self.anywhere if province is None else self.by_province.get(province, 0)
        return self.provinces(first_day, last_day).get(province, 0) if province else self._on(first_day, last_day)

    def provinces(self, first_day: int | None, last_day: int | None) -> Mapping[str, Mask]:
        """The same for every province."""
        if first_day is None and last_day is None:
            return self.by_province
        found: dict[str, Mask] = defaultdict(int)
        for day in self._days(first_day, last_day):
            for province, mask in self.by_day[day].items():
                found[province] |= mask
        return found

    def _on(self, first_day: int | None, last_day: int | None) -> Mask:
        return union(mask for day in self._days(first_day, last_day) for mask in self.by_day[day].values())

    def _days(self, first_day: int | None, last_day: int | None) -> Sequence[int]:
        first = 0 if first_day is None else bisect_left(self.days, first_day)
        return self.days[first : len(self.days) if last_day is None else bisect_right(self.days, last_day)]


def build(
    edition: int,
    read_at: datetime,
    courses: Sequence[CourseOnShelf],
    classes: Iterable[ClassOnShelf],
    listings: Iterable[tuple[int, int]],
    institution_words: Mapping[int, Sequence[str]],
) -> Shelf:
    """A shelf of these courses; `listings` are pairs of course and platform."""
    ordered = sorted(courses, key=lambda course: (course.title, course.course_id))
    place_of = {course.course_id: place for place, course in enumerate(ordered)}
    by_price = _grouped(course.price_idr for course in ordered)
    on_platform: dict[int, list[int]] = defaultdict(list)
    for course_id, platform_id in listings:
        if course_id in place_of:
            on_platform[platform_id].append(place_of[course_id])
    postings: dict[str, list[int]] = defaultdict(list)
    for place, course in enumerate(ordered):
        for word in {*course.words, *institution_words.get(course.institution_id, ())}:
            postings[word].append(place)
    known = [each for each in classes if each.course_id in place_of]
    keys: dict[tuple[int, str], tuple[int, str]] = {}  # one tuple per day and province, however many classes
    return Shelf(
        edition=edition,
        read_at=read_at,
        titles=[(course.title, course.course_id) for course in ordered],
        course_ids=[course.course_id for course in ordered],
        places={course.course_code: place for place, course in enumerate(ordered)},
        approved=mask_of(place for place, course in enumerate(ordered) if course.approved),
        free=mask_of(by_price.get(0, ())),
        by_field=_masks(_grouped(course.field for course in ordered)),
        by_mode=_masks(_grouped(course.mode for course in ordered)),
        by_institution=_masks(_grouped(course.institution_id for course in ordered)),
        by_misses=_masks(_grouped(course.misses for course in ordered)),
        listed=_masks(on_platform),
        by_price=_ladder(by_price),
        by_rating=_ladder(_grouped(course.rating_tenths for course in ordered)),
        classes=[
            (e.schedule_id, place_of[e.course_id], _one(keys, e.day, e.province_code), e.last_sale_us) for e in known
        ],
        schedule_ids={each.schedule_code: each.schedule_id for each in known},
        vocabulary=sorted(postings),
        # arrays, because the garbage collector need not look into them
        postings={word: array("I", places) for word, places in postings.items()},
    )


def stock(shelf: Shelf, shut: frozenset[int], at_us: int | None) -> Stock:
    """Classes that are open at a moment and not shut (full or on hold); without a moment, every class.

    The answer stands until the next class closes.
    """
    places: dict[tuple[int, str], list[int]] = defaultdict(list)
    begin, end = 0, 2**62
    for schedule_id, place, key, last_sale_us in shelf.classes:
        if at_us is not None and last_sale_us < at_us:
            begin = max(begin, last_sale_us)
        elif schedule_id not in shut:
            places[key].append(place)
            end = min(end, last_sale_us)
    by_day: dict[int, dict[str, Mask]] = defaultdict(dict)
    by_province: dict[str, Mask] = defaultdict(int)
    for (day, province), those in places.items():
        mask = mask_of(those)
        by_day[day][province] = mask
        by_province[province] |= mask
    return Stock(begin + 1, end, by_day, sorted(by_day), by_province, union(by_province.values()))


def mask_of(places: Iterable[int]) -> Mask:
    """The set of these places."""
    those = list(places)
    bits = bytearray((max(those, default=-1) >> 3) + 1)
    for place in those:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def places_in(mask: Mask, start: int = 0) -> Iterator[int]:
    """The places of a set in order, from a place on."""
    rest, base = mask >> start, start
    while rest:
        step = (rest & -rest).bit_length()
        yield base + step - 1
        rest >>= step
        base += step


def union(masks: Iterable[Mask]) -> Mask:
    """Courses in any of the sets."""
    return reduce(or_, masks, 0)


def _grouped(values: Iterable[Value]) -> dict[Value, list[int]]:
    """Places by the value that stands there."""
    found: dict[Value, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        found[value].append(place)
    return found


def _masks(groups: Mapping[Value, Sequence[int]]) -> dict[Value, Mask]:
    return {value: mask_of(places) for value, places in groups.items()}


def _ladder(groups: Mapping[int, Sequence[int]]) -> Ladder:
    rungs = sorted(groups)
    up_to: list[Mask] = []
    for rung in rungs:
        up_to.append(mask_of(groups[rung]) | (up_to[-1] if up_to else 0))
    return Ladder(rungs, up_to)


def _one(keys: dict[tuple[int, str], tuple[int, str]], day: int, province: str | None) -> tuple[int, str]:
    return keys.setdefault((day, province or ""), (day, province or ""))
