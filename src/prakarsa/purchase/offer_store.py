"""What offers are decided on, read in one go for a page of courses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from prakarsa.catalogue.choosing import Query
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx, queries
from prakarsa.kernel.refusal import Refusal
from prakarsa.purchase.model import Ask, Situation
from prakarsa.purchase.offer_refusals import NoClassPlanned

sql = queries(__file__)
_NOBODY: dict[str, Any] = {each.name: False if each.type is bool else None for each in fields(Situation)}
"""A buyer nobody knows: no card, no purchases, no account."""
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(9999, 12, 29)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A course with the class that stands for it and the platforms that list it."""

    course_id: int
    course_code: str
    title: str
    field: str
    mode: str
    hours: int
    price_idr: int
    state: str
    misses: int
    ratings: int
    rating_tenths: int
    institution_id: int
    institution_code: str
    institution_name: str
    institution_active: bool
    schedule_id: int | None
    schedule_code: str | None
    starts_at: datetime | None
    enrolment_closes_at: datetime | None
    class_seats_left: int | None
    next_starts_at: datetime | None
    seats_left: int
    seller_ids: list[int]
    seller_codes: list[str]
    seller_names: list[str]
    seller_active: list[bool]
    seller_apart: list[bool]

    @property
    def sellers(self) -> Iterator[tuple[str, str, bool, bool]]:
        """Each platform that lists the course: client code, name, whether it is active, whether it stands apart."""
        return zip(self.seller_codes, self.seller_names, self.seller_active, self.seller_apart, strict=True)

    @property
    def nothing_planned(self) -> Refusal | None:
        """What is told where the course is fine but no class of it is planned."""
        return NoClassPlanned(self.title) if self.schedule_id is None else None

    @property
    def ask(self) -> Ask:
        """A wish to buy the class that stands for the course."""
        return Ask(b"", None, None, self.course_code, self.schedule_code or "", None)

    def situation(
        self, now: datetime, platform_code: str | None = None, active: bool = False, apart: bool = False
    ) -> Situation:
        """What that wish meets on a platform, or where no platform lists the course."""
        later = now + timedelta(days=1)  # without a class, all but the class is looked at
        seen = _NOBODY | {
            "place": 1,
            "platform_code": platform_code,
            "platform_active": active,
            "listed": active,
            "listed_apart": active and apart,
            "schedule_id": self.schedule_id or 0,
            "schedule_course_code": self.course_code,
            "starts_at": self.starts_at or later,
            "enrolment_closes_at": self.enrolment_closes_at or later,
            "seats_left": 1 if self.class_seats_left is None else self.class_seats_left,
            "course_id": self.course_id,
            "course_title": self.title,
            "course_state": self.state,
            "course_mode": self.mode,
            "course_misses": self.misses,
            "price_idr": self.price_idr,
            "institution_id": self.institution_id,
            "institution_code": self.institution_code,
            "institution_active": self.institution_active,
        }
        return Situation(**seen)


def offers(
    tx: Tx, course_ids: Sequence[int], query: Query, held_schedules: Sequence[str], now: datetime
) -> list[OfferRow]:
    """These courses in the order given, each with the class that stands for it among those the query asks for."""
    return tx.rows(
        OfferRow,
        sql["offers"],
        course_ids=list(course_ids),
        held_schedules=list(held_schedules),
        province=query.province,
        starts_from=_midnight(query.starts_from),
        starts_before=_midnight(query.starts_to, timedelta(days=1)),
        now=now,
    )


def explained(tx: Tx, number_index: bytes, platform_id: int, now: datetime) -> int:
    """How often this platform has asked about this card within the hour, this time included; 0 for no card."""
    times = tx.value(sql["explained"], number_index=number_index, platform_id=platform_id, now=now)
    return int(times or 0)


def _midnight(on: date | None, later: timedelta = timedelta()) -> datetime | None:
    """The beginning of a day in Jakarta."""
    if on is None:
        return None
    return datetime.combine(min(max(on, _FIRST_DAY), _LAST_DAY) + later, time(), JAKARTA).astimezone(UTC)
