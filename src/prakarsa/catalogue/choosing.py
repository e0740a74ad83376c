"""Which courses a query means, which of them are on sale, and how many each narrower query would find. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from prakarsa.catalogue import rules
from prakarsa.catalogue.model import CourseMode
from prakarsa.catalogue.shelf import Mask, PartnerOnShelf, Shelf, Stock, union
from prakarsa.hold.model import Capability, Hold, Scope
from prakarsa.people.provinces import PROVINCES
from prakarsa.programme.model import Terms

EPOCH = date(1970, 1, 1)
PRICE_BANDS = ((0, 0), (1, 250_000), (250_001, 500_000), (500_001, 750_000), (750_001, 1_000_000), (1_000_001, None))
RATING_BANDS = (45, 40, 35, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody looks for. None is no wish.

    Every word of `text` begins a word of the title, the field or the institution's name, or has the same Indonesian
    stem. `platform` is a client code, `province` a two-digit code (classes that meet there); `starts_from` and
    `starts_to` are days in Jakarta, both included. `after` is the code of the last course of the page before.
    With `include_refused` what cannot be bought is found as well.
    """

    text: str = ""
    field: str | None = None
    mode: CourseMode | None = None
    min_price_idr: int | None = None
    max_price_idr: int | None = None
    platform: str | None = None
    province: str | None = None
    starts_from: date | None = None
    starts_to: date | None = None
    min_rating_tenths: int | None = None
    include_refused: bool = False
    after: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A narrower query: its value, the name people know it by, and how many courses it would find.

    The value of a price is its lowest and highest rupiah (`250001-500000`, open at the top: `1000001-`), the value of
    a rating the least tenths of stars.
    """

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Partners:
    """Who sells and who teaches: platforms and institutions by id, and the institutions that belong to a platform."""

    platforms: Mapping[int, PartnerOnShelf]
    institutions: Mapping[int, PartnerOnShelf]
    affiliated: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The shelf at a moment: courses of decreed institutions, classes with a seat, every class, partners, terms."""

    shelf: Shelf
    taught: Mask
    open: Stock
    planned: Stock
    partners: Partners
    terms: Terms


@dataclass(frozen=True, slots=True)
class Choice:
    """The courses a query means, and how many each narrower query would find."""

    mask: Mask
    facets: Mapping[str, tuple[FacetCount, ...]]


def choose(at: Standing, query: Query, stems: Mapping[str, str], holds: Iterable[Hold], now: datetime) -> Choice:
    """The courses that this query means at this moment, and what each narrower query would find.

    What is on sale is decided set by set as `purchase.rules` decides one payment; a test compares the two.
    """
    sellable = _sellable(at, holds, now)
    if query.include_refused:
        sellable = {platform_id: at.shelf.listed.get(platform_id, 0) for platform_id in sellable}
    by_platform = {at.partners.platforms[platform_id].client_code: mask for platform_id, mask in sellable.items()}
    asked = _asked(at, query, stems, by_platform)
    others = {name: _all_but(asked, name) for name in asked}
    return Choice(others["text"] & asked["text"], _facets(at, query, by_platform, others))


def _asked(at: Standing, query: Query, stems: Mapping[str, str], by_platform: Mapping[str, Mask]) -> Mapping[str, Mask]:
    """The courses that fulfil each wish of the query by itself."""
    shelf = at.shelf
    anybody = shelf.everything if query.include_refused else union(by_platform.values())
    return {
        "text": _of_words(shelf, query.text, stems),
        "field": shelf.everything if query.field is None else shelf.by_field.get(query.field, 0),
        "mode": shelf.everything if query.mode is None else shelf.by_mode.get(query.mode, 0),
        "price": shelf.by_price.between(query.min_price_idr, query.max_price_idr),
        "rating": shelf.by_rating.between(query.min_rating_tenths, None),
        "platform": anybody if query.platform is None else by_platform.get(query.platform, 0),
        "time": _within(at, query, None),
        "province": _within(at, query, query.province),
    }


def _within(at: Standing, query: Query, province: str | None) -> Mask:
    """Courses with a class at the time asked for, in this province; what cannot be bought may have none at all."""
    first, last = day_of(query.starts_from), day_of(query.starts_to)
    if not query.include_refused:
        return at.open.within(first, last, province)
    if first is None and last is None and province is None:
        return at.shelf.everything
    return at.planned.within(first, last, province)


def _facets(
    at: Standing, query: Query, by_platform: Mapping[str, Mask], others: Mapping[str, Mask]
) -> Mapping[str, tuple[FacetCount, ...]]:
    shelf, stock = at.shelf, at.planned if query.include_refused else at.open
    provinces = stock.provinces(day_of(query.starts_from), day_of(query.starts_to))
    platforms = sorted(at.partners.platforms.values(), key=lambda platform: (platform.name, platform.client_code))
    prices = ((f"{low}-{'' if high is None else high}", shelf.by_price.between(low, high)) for low, high in PRICE_BANDS)
    ratings = ((str(tenths), shelf.by_rating.between(tenths, None)) for tenths in RATING_BANDS)
    values: dict[str, Iterable[tuple[str, str, Mask]]] = {
        "field": ((field, field, mask) for field, mask in sorted(shelf.by_field.items())),
        "mode": ((mode.value, mode.value, shelf.by_mode.get(mode, 0)) for mode in CourseMode),
        "price": ((band, band, mask) for band, mask in prices),
        "rating": ((least, least, mask) for least, mask in ratings),
        "platform": ((each.client_code, each.name, by_platform[each.client_code]) for each in platforms),
        "province": ((code, PROVINCES[code], provinces[code]) for code in sorted(provinces) if code in PROVINCES),
    }
    return {name: _counted(others[name], of) for name, of in values.items()}


def day_of(on: date | None) -> int | None:
    """A day as the number of days since 1970."""
    return None if on is None else (on - EPOCH).days


def _sellable(at: Standing, holds: Iterable[Hold], now: datetime) -> Mapping[int, Mask]:
    """By platform what it can sell now: `purchase.rules` for every course at once."""
    held: dict[str, set[str | None]] = {scope.value: set() for scope in Scope}
    for hold in holds:
        if hold.capability == Capability.SELLING and hold.in_force(now):
            held[hold.scope].add(hold.target_code)
    if held[Scope.PROGRAMME]:
        return dict.fromkeys(at.partners.platforms, 0)
    shelf, partners, terms = at.shelf, at.partners, at.terms
    stopped = [
        shelf.by_institution.get(partner_id, 0)
        for partner_id, each in (partners.institutions.items() if held[Scope.INSTITUTION] else ())
        if each.client_code in held[Scope.INSTITUTION]
    ]
    offered = (
        shelf.approved
        & at.taught
        & at.open.anywhere
        & ~union(stopped)
        & union(shelf.by_mode.get(mode, 0) for mode in terms.course_delivery_modes)
        & ~shelf.missing(rules.demanded(terms))
        & ~union(1 << shelf.places[str(code)] for code in held[Scope.COURSE] if code in shelf.places)
    )
    return {
        platform_id: offered & shelf.listed.get(platform_id, 0) & ~_own(at, platform_id)
        if platform.active and platform.client_code not in held[Scope.PLATFORM]
        else 0
        for platform_id, platform in partners.platforms.items()
    }


def _own(at: Standing, platform_id: int) -> Mask:
    """Courses of the platform's own entity, which it may not sell (Permenko 11/2020 art. 36(5))."""
    if not at.terms.course_block_affiliated:
        return 0
    own = union(at.shelf.by_institution.get(of, 0) for of in at.partners.affiliated.get(platform_id, ()))
    return own & ~at.shelf.free if at.terms.course_allow_affiliated_free else own


def _of_words(shelf: Shelf, text: str, stems: Mapping[str, str]) -> Mask:
    found = shelf.everything
    for word in rules.search_words(text.lower()):
        found &= shelf.begins_or_is(word, stems.get(word, word))
    return found


def _all_but(sets: Mapping[str, Mask], name: str) -> Mask:
    found = -1
    for other, mask in sets.items():
        if other != name:
            found &= mask
    return found


def _counted(others: Mask, values: Iterable[tuple[str, str, Mask]]) -> tuple[FacetCount, ...]:
    counts = (FacetCount(value, name, (of & others).bit_count()) for value, name, of in values)
    return tuple(each for each in counts if each.count)
