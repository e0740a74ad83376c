"""The search of the catalogue as addresses: query parameters in, links to narrower searches out."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField
from prakarsa.kernel.words import rupiah, say
from prakarsa.people.provinces import PROVINCES
from prakarsa.purchase.offers import FacetCount, Offers, Query
from prakarsa.web.plumbing.forms import Form
from prakarsa.web.plumbing.templates import tenths
from prakarsa.web.plumbing.visit import Visit

PAGE = 12
NAMES = ("text", "field", "mode", "platform", "province", "rating", "min_price", "max_price", "from", "to", "all")
"""The parameters a search is made of; `after` turns its pages."""
_PARAMETERS = frozenset({*NAMES, "after", "lang"})
MODE_WORDS = {
    CourseMode.SELF_PACED: msg("Online, at your own pace"),
    CourseMode.WEBINAR: msg("Online, live with an instructor"),
    CourseMode.IN_PERSON: msg("In a classroom"),
}
FACET_WORDS = {
    "field": msg("Field"),
    "mode": msg("Way of teaching"),
    "platform": msg("Platform"),
    "province": msg("Place"),
    "price": msg("Price"),
    "rating": msg("Rating"),
}
_BAND = re.compile(r"(\d+)-(\d*)")


@dataclass(frozen=True, slots=True)
class Link:
    """A narrower search, or with `chosen` the same search without this wish."""

    words: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The narrower searches by one property."""

    words: str
    links: Sequence[Link]

    @property
    def chosen(self) -> bool:
        """Whether one of them is the search itself."""
        return any(link.chosen for link in self.links)


def check_parameters(visit: Visit) -> None:
    """For programs: a parameter that does not exist, or is too long to be read, is no search for everything.

    Raises BadField.
    """
    for name, value in visit.request.query_params.items():
        if name not in _PARAMETERS:
            raise BadField(name[:100], msg("there is no such parameter"))
        if value and not visit.query(name):
            raise BadField(name, msg("it is longer than 200 characters"))


def asked(visit: Visit) -> Query:
    """The search in the address; what cannot be read is a problem of the visit's form."""
    form = visit.form = Form({name: visit.query(name) for name in NAMES})
    given = {name: value for name, value in form.values.items() if value}
    mode = _option(form, "mode", set(CourseMode))
    return Query(
        text=given.get("text", ""),
        field=given.get("field"),
        mode=CourseMode(mode) if mode else None,
        min_price_idr=form.whole("min_price") if "min_price" in given else None,
        max_price_idr=form.whole("max_price") if "max_price" in given else None,
        platform=given.get("platform"),
        province=_option(form, "province", PROVINCES),
        starts_from=_day(form, "from"),
        starts_to=_day(form, "to"),
        min_rating_tenths=form.whole("rating", most=50) if "rating" in given else None,
        include_refused=form.ticked("all"),
        after=visit.query("after") or None,
        limit=PAGE,
    )


def groups(visit: Visit, found: Offers) -> list[Group]:
    """The facets of a search as links."""
    wishes = {name: value for name, value in visit.form.values.items() if value}
    return [
        Group(say(words, visit.language), _links(visit, wishes, facet, found.facets.get(facet, ())))
        for facet, words in FACET_WORDS.items()
        if found.facets.get(facet)
    ]


def _links(visit: Visit, wishes: Mapping[str, str], facet: str, counts: Iterable[FacetCount]) -> list[Link]:
    names = ("min_price", "max_price") if facet == "price" else (facet,)
    rest = urlencode({name: value for name, value in wishes.items() if name not in names})
    links: list[Link] = []
    for each in counts:
        values = _band(each.value) if facet == "price" else {facet: each.value}
        chosen = all(wishes.get(name, "") == values.get(name, "") for name in names)
        added = "&".join(f"{name}={quote(value)}" for name, value in values.items())
        address = "&".join(part for part in (rest, "" if chosen else added) if part)
        links.append(Link(_words(facet, each, visit.language), each.count, f"/courses?{address}", chosen))
    return links


def _words(facet: str, each: FacetCount, language: str) -> str:
    if facet == "mode":
        return say(MODE_WORDS[CourseMode(each.value)], language)
    if facet == "rating":
        return say(msg("{stars} and better"), language, stars=tenths(int(each.value), language))
    if facet != "price":
        return each.name
    band = _band(each.value)
    if "max_price" not in band:
        return say(msg("from {price_idr}"), language, price_idr=int(band["min_price"]))
    if band["max_price"] == "0":
        return say(msg("free of charge"), language)
    if band["min_price"] in {"0", "1"}:
        return say(msg("up to {price_idr}"), language, price_idr=int(band["max_price"]))
    return f"{rupiah(int(band['min_price']), language)} – {rupiah(int(band['max_price']), language)}"


def _band(value: str) -> dict[str, str]:
    low, high = _BAND.fullmatch(value).groups()  # type: ignore[union-attr]  # our own values
    return {"min_price": low} | ({"max_price": high} if high else {})


def _option(form: Form, name: str, options: Collection[str]) -> str | None:
    """One of the options, if one was given; anything else is a problem of the form."""
    value = form.option(name, options) if form.values[name] else ""
    return value if value and name not in form.problems else None


def _day(form: Form, name: str) -> date | None:
    if not form.values[name]:
        return None
    day = form.day(name)
    return None if name in form.problems else day
