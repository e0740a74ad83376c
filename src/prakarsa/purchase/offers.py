"""What can be bought now, where, and why the rest cannot: the only source for catalogue, partners, portal and probes.

An offer is a course on a platform. Whether it can be bought is decided by the conditions that decide a payment, on
rows just read, for a buyer nobody knows yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue import shelving
from prakarsa.catalogue.choosing import FacetCount, Query
from prakarsa.catalogue.model import CourseMode, CoursePage, Schedule
from prakarsa.hold import actions as hold
from prakarsa.hold.model import Capability, Hold, Reach, Scope
from prakarsa.hold.rules import as_refusal, blocking
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.partner import actions as partner
from prakarsa.programme.model import Terms
from prakarsa.programme.refusals import NoWaveYet
from prakarsa.purchase import offer_store, rules, store
from prakarsa.purchase.model import Ask, Check, Verdict
from prakarsa.purchase.offer_store import OfferRow
from prakarsa.purchase.refusals import CardUnknown

__all__ = [
    "FacetCount",
    "Offer",
    "OfferPage",
    "Offers",
    "Query",
    "SellerOffer",
    "offer_checks",
    "offer_page",
    "purchasable",
]

_told = rules.first_refusal_of_offer
MOST_ROWS = 200
MOST_LISTS = 10
"""How many lists of candidates are looked through for one page, should their seats be sold at this very moment."""
MOST_CLASSES = 50
"""How many classes of one course are shown with their sellers."""


@dataclass(frozen=True, slots=True)
class SellerOffer:
    """A platform that lists the course; the refusal says why it cannot sell it now."""

    client_code: str
    name: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A course and who sells it. `refusal` says why nobody can buy it now; None means that somebody sells it.

    `next_starts_at` and `seats_left` speak of the classes asked for that have a seat, `schedule_code` of the next one.
    """

    course_code: str
    title: str
    field: str
    mode: CourseMode
    hours: int
    price_idr: int
    institution_code: str
    institution_name: str
    sellers: tuple[SellerOffer, ...]
    schedule_code: str | None
    next_starts_at: datetime | None
    seats_left: int
    rating_tenths: int
    ratings: int
    refusal: Refusal | None

    @property
    def sold_by(self) -> str:
        """The names of the platforms that can sell it now."""
        return ", ".join(seller.name for seller in self.sellers if seller.refusal is None)


@dataclass(frozen=True, slots=True)
class Offers:
    """One page of offers; how many there are in all, and how many each narrower query would find.

    `everywhere` is what keeps everybody from buying anything: a hold, or that no wave has been announced. `after` goes
    on behind this page.
    """

    page: tuple[Offer, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    everywhere: Refusal | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ClassOffer:
    """One class of a course, and for each platform that lists the course why it cannot sell a place now."""

    schedule: Schedule
    sellers: tuple[SellerOffer, ...]


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Everything the public may know of one course, its classes and sellers; `offer` sums it up."""

    course: CoursePage
    offer: Offer
    classes: tuple[ClassOffer, ...]
    everywhere: Refusal | None


def purchasable(tx: Tx, query: Query, *, now: datetime, wave: int | None = None) -> Offers:
    """One page of what can be bought now under the terms of a wave (None: the newest that has opened), by title.

    With `query.include_refused` what cannot be bought is there as well, each with why. Counts are at most a second
    old; every row of the page was read and decided in this transaction.
    Before the first wave nothing can be bought anywhere.
    Raises BadField for a cursor that is no code, WaveUnknown, PolicyGap.
    """
    catalogue.check_cursor(query.after or "")
    limit = max(1, min(query.limit, MOST_ROWS))
    holds = hold.in_force(tx, now)
    try:
        at = shelving.standing(tx, holds, now=now, wave=wave)
    except NoWaveYet as nothing_yet:
        return Offers((), 0, {}, nothing_yet, None)
    choice = shelving.found(tx, at, query, holds, now=now)
    on = _ground(at.terms, holds, now)
    page: list[Offer] = []
    last: str | None = None
    more = False
    for looked, ids in enumerate(shelving.pages(tx, at, choice, query.after, limit + 1)):
        more = looked == MOST_LISTS
        if more:
            break
        for offer in _offers(tx, ids, query, on):
            more = len(page) == limit
            if more:
                break
            last = offer.course_code
            if query.include_refused or _sold_by(offer, query.platform):
                page.append(offer)
        if more:
            break
    return Offers(tuple(page), choice.mask.bit_count(), choice.facets, _everywhere(holds, now), last if more else None)


def offer_checks(
    tx: Tx, schedule_code: str, platform_code: str | None, *, now: datetime, wave: int | None = None
) -> list[Check]:
    """Every condition of buying a place of this class that does not depend on the card.

    Without a platform, the course counts as sold when any active platform may sell it.
    Raises PartnerUnknown, NoWaveYet, WaveUnknown, PolicyGap.
    """
    platform = partner.partner(tx, platform_code) if platform_code else None
    owner = store.quota(tx, schedule_code)
    asked = [Ask(b"", platform.partner_id if platform else None, None, owner[0] if owner else "", schedule_code, None)]
    [case] = _cases(tx, asked, shelving.terms(tx, now=now, wave=wave), hold.in_force(tx, now), now)
    return _without_card(rules.checks(case))


def offer_page(tx: Tx, course_code: str, *, now: datetime, wave: int | None = None) -> OfferPage:
    """One course that is or was on sale: each open class on each platform that lists it can be bought, or why not.

    Raises CourseUnknown, also for a course that was never approved; NoWaveYet.
    """
    page = catalogue.course_page(tx, course_code, now=now)
    holds = hold.in_force(tx, now)
    terms = shelving.terms(tx, now=now, wave=wave)
    [row] = offer_store.offers(tx, [page.course.course_id], Query(), _held(holds, Scope.SCHEDULE, now), now)
    shown = page.schedules[:MOST_CLASSES]
    asks = [
        Ask(b"", seller_id, None, course_code, schedule.schedule_code, None)
        for schedule in shown
        for seller_id in row.seller_ids
    ]
    refusals = iter([_told(case)[1] for case in _cases(tx, asks, terms, holds, now)])
    classes = tuple(
        ClassOffer(schedule, tuple(SellerOffer(code, name, next(refusals)) for code, name, _, _ in row.sellers))
        for schedule in shown
    )
    return OfferPage(page, _offer(row, _ground(terms, holds, now)), classes, _everywhere(holds, now))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every offer of an answer is decided on."""

    terms: Terms
    holds: Sequence[Hold]
    now: datetime
    held_platforms: frozenset[str]


def _ground(terms: Terms, holds: Sequence[Hold], now: datetime) -> _Ground:
    return _Ground(terms, holds, now, frozenset(_held(holds, Scope.PLATFORM, now)))


def _offers(tx: Tx, course_ids: Sequence[int], query: Query, on: _Ground) -> Iterator[Offer]:
    rows = offer_store.offers(tx, course_ids, query, _held(on.holds, Scope.SCHEDULE, on.now), on.now)
    return (_offer(row, on) for row in rows)


def _offer(row: OfferRow, on: _Ground) -> Offer:
    """The course as it stands: by the conditions of a payment, for each platform that lists it."""
    ask = row.ask
    known: dict[tuple[bool, bool, str | None], tuple[int, Refusal | None]] = {}
    sellers: list[SellerOffer] = []
    for code, name, active, apart in row.sellers:
        # platforms in good standing are told the same; one that is not is told its own name
        alike = (active, apart, None if active and code not in on.held_platforms else code)
        if alike not in known:
            seen = row.situation(on.now, code, active, apart)
            known[alike] = _told(rules.Case(ask, seen, on.terms, on.holds, (), on.now))
        sellers.append(SellerOffer(code, name, known[alike][1] or row.nothing_planned))
    # nobody lists it: what else stands in the way is told first, then that
    told = list(known.values()) or [_told(rules.Case(ask, row.situation(on.now), on.terms, on.holds, (), on.now))]
    # the platform that got furthest names what is nearest to being mended
    _, refusal = max(told, key=lambda each: each[0])
    return Offer(
        course_code=row.course_code,
        title=row.title,
        field=row.field,
        mode=CourseMode(row.mode),
        hours=row.hours,
        price_idr=row.price_idr,
        institution_code=row.institution_code,
        institution_name=row.institution_name,
        sellers=tuple(sellers),
        schedule_code=row.schedule_code,
        next_starts_at=row.next_starts_at,
        seats_left=row.seats_left,
        rating_tenths=row.rating_tenths,
        ratings=row.ratings,
        refusal=refusal or row.nothing_planned,
    )


def _cases(tx: Tx, asks: Sequence[Ask], terms: Terms, holds: Sequence[Hold], now: datetime) -> list[rules.Case]:
    """Each ask of a buyer nobody knows, with the situation it meets."""
    seen = store.situations(tx, asks) if asks else []
    return [rules.Case(ask, each, terms, holds, (), now) for ask, each in zip(asks, seen, strict=True)]


def _without_card(checks: Sequence[Check]) -> list[Check]:
    return [
        check
        for check in checks
        if check.verdict is not Verdict.NOT_CHECKED and not isinstance(check.refusal, CardUnknown)
    ]


def _sold_by(offer: Offer, platform: str | None) -> bool:
    if platform is None:
        return offer.refusal is None
    return any(seller.client_code == platform and seller.refusal is None for seller in offer.sellers)


def _held(holds: Sequence[Hold], scope: Scope, now: datetime) -> list[str]:
    """What of this scope may not be sold now."""
    return [
        str(each.target_code)
        for each in holds
        if each.scope == scope and each.capability == Capability.SELLING and each.in_force(now)
    ]


def _everywhere(holds: Sequence[Hold], now: datetime) -> Refusal | None:
    """The hold that keeps everybody from buying anything."""
    found = blocking(holds, Capability.SELLING, Reach(), now)
    return as_refusal(found) if found else None
