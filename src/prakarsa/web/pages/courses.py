"""The public catalogue, as pages and as JSON, and "can I buy this?" for a signed-in person."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Controller, Response

from prakarsa.card import actions as cards
from prakarsa.catalogue import actions as catalogue
from prakarsa.feedback import actions as feedback
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import BadField
from prakarsa.kernel.words import refusal_words, say
from prakarsa.partner import actions as partners
from prakarsa.people.provinces import PROVINCES
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.offers import Offer, Offers
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.web.pages.searching import MODE_WORDS, asked, check_parameters, groups
from prakarsa.web.plumbing.headers import file_headers
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.status import status_of
from prakarsa.web.plumbing.visit import Here, Named, Visit

REVIEWS = 10
Json = dict[str, Any]


class Courses(Controller):
    """What can be learned, where and when."""

    path = "/"

    @show("/courses")
    def search(self, visit: Here) -> Response[str]:
        """What can be bought now, with facets, one page after another; on request the rest as well, each with why."""
        query = asked(visit)
        with visit.transaction() as tx:
            found = purchases.purchasable(tx, query, now=visit.now)
        return visit.page(
            "courses.html",
            400 if visit.form.problems else 200,
            found=found,
            query=query,
            groups=groups(visit, found),
            modes={mode: say(words, visit.language) for mode, words in MODE_WORDS.items()},
        )

    @show("/courses.json")
    def search_json(self, visit: Here) -> Response[bytes]:
        """The same for programs: same parameters, same answers."""
        query = asked(visit)
        try:
            check_parameters(visit)
            for name, problem in visit.form.problems.items():
                raise problem if isinstance(problem, Refusal) else BadField(name, problem)
            with visit.transaction() as tx:
                found = purchases.purchasable(tx, query, now=visit.now)
        except Refusal as refusal:
            return _json(visit, {"refusal": _refusal(refusal, visit)}, status_of(refusal))
        return _json(visit, _offers(found, visit))

    @show("/courses/{code:str}")
    def course(self, visit: Here, code: Named) -> Response[str]:
        """One course: conditions, each class on each platform with whether it can be bought, what others say."""
        with visit.transaction() as tx:
            page = purchases.offer_page(tx, code, now=visit.now)
            return visit.page(
                "course.html",
                page=page,
                course=page.course.course,
                offer=page.offer,
                modes=MODE_WORDS,
                provinces=PROVINCES,
                rating=feedback.course_rating(tx, page.course.course.course_id),
                reviews=feedback.reviews(tx, page.course.course.course_id, limit=REVIEWS),
                standings=rehearsal.standings_of(tx, code),
            )

    @show("/courses/{code:str}/classes/{schedule:str}")
    def can_i_buy(self, visit: Here, code: Named, schedule: Named) -> Response[str]:
        """Every check of a payment for this card and class, on one platform or on any, by the rules that decide it."""
        platform = visit.query("platform")
        with visit.transaction() as tx:
            page = catalogue.course_page(tx, code, now=visit.now)
            seller = partners.partner(tx, platform) if platform else None
            number = cards.number_of(tx, visit.the_person().person_id)
            checks = purchases.explain(tx, number, schedule, platform or None, now=visit.now, course_code=code)
        return visit.page("can_i_buy.html", page=page, schedule_code=schedule, checks=checks, seller=seller)

    @show("/institutions/{code:str}")
    def institution(self, visit: Here, code: Named) -> Response[str]:
        """Who a training institution is: the address that certificates name it by."""
        with visit.transaction() as tx:
            return visit.page("institution.html", institution=partners.partner(tx, code))


def _offers(found: Offers, visit: Visit) -> Json:
    return {
        "total": found.total,
        "after": found.after,
        "everywhere": _refusal(found.everywhere, visit),
        "courses": [_offer(each, visit) for each in found.page],
        "facets": {
            name: [{"value": each.value, "name": each.name, "count": each.count} for each in counts]
            for name, counts in found.facets.items()
        },
    }


def _offer(offer: Offer, visit: Visit) -> Json:
    return {
        "course_code": offer.course_code,
        "title": offer.title,
        "field": offer.field,
        "mode": offer.mode.value,
        "hours": offer.hours,
        "price_idr": offer.price_idr,
        "institution": {"client_code": offer.institution_code, "name": offer.institution_name},
        "next_class": offer.schedule_code if offer.next_starts_at else None,
        "next_starts_at": _moment(offer.next_starts_at),
        "seats_left": offer.seats_left,
        "rating_tenths": offer.rating_tenths if offer.ratings else None,
        "ratings": offer.ratings,
        "refusal": _refusal(offer.refusal, visit),
        "sellers": [
            {"client_code": each.client_code, "name": each.name, "refusal": _refusal(each.refusal, visit)}
            for each in offer.sellers
        ],
    }


def _refusal(refusal: Refusal | None, visit: Visit) -> Json | None:
    if refusal is None:
        return None
    words = refusal_words(refusal, visit.language)
    told = {"code": refusal.code, "title": words.title, "next_step": words.next_step}
    return told | {"clock": words.clock, "deadline": refusal.clock.value}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def _json(visit: Visit, value: Json, status: int = 200) -> Response[bytes]:
    headers = file_headers(visit.runtime.settings) | {"Cache-Control": "no-store"}
    content = msgspec.json.encode(value)
    return Response(content, media_type="application/json", status_code=status, headers=headers)
