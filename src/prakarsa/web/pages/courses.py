"""The public catalogue, and "can I buy this?" for a signed-in person."""

from litestar import Controller, Response

from prakarsa.card import actions as cards
from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseMode, CoursePage
from prakarsa.feedback import actions as feedback
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Hold
from prakarsa.hold.rules import blocking
from prakarsa.kernel.refusal import msg
from prakarsa.partner import actions as partners
from prakarsa.partner.model import PartnerKind
from prakarsa.purchase import actions as purchases
from prakarsa.web.plumbing.forms import Form
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.visit import Here, Named, Visit

PAGE = 20
REVIEWS = 10
MODE_WORDS = {
    CourseMode.SELF_PACED: msg("Online, at your own pace"),
    CourseMode.WEBINAR: msg("Online, live with an instructor"),
    CourseMode.IN_PERSON: msg("In a classroom"),
}


class Courses(Controller):
    """What can be learned, where and when."""

    path = "/"

    @show("/courses")
    def search(self, visit: Here) -> Response[str]:
        """Courses on sale, by words, way of teaching, price and platform; one page after another."""
        visit.form = Form({name: visit.query(name) for name in ("text", "field", "mode", "max_price", "platform")})
        mode = visit.form.values["mode"]
        max_price_idr = visit.form.whole("max_price") if visit.form.values["max_price"] else None
        with visit.transaction() as tx:
            platforms = partners.partners(tx, PartnerKind.PLATFORM)
            found = catalogue.search(
                tx,
                text=visit.form.values["text"],
                field=visit.form.values["field"] or None,
                mode=CourseMode(mode) if mode in set(CourseMode) else None,
                max_price_idr=max_price_idr,
                platform=visit.form.values["platform"] or None,
                after=visit.query("after") or None,
                limit=PAGE + 1,
                now=visit.now,
            )
            standing = holds.in_force(tx, visit.now)
        return visit.page(
            "courses.html",
            400 if visit.form.problems else 200,
            courses=[
                (each, _hold_on(standing, each.institution_code, each.course_code, visit)) for each in found[:PAGE]
            ],
            after=found[PAGE - 1].course_code if len(found) > PAGE else None,
            platforms={platform.client_code: platform.name for platform in platforms},
            modes=MODE_WORDS,
            everywhere=_hold_on(standing, "", "", visit),
        )

    @show("/courses/{code:str}")
    def course(self, visit: Here, code: Named) -> Response[str]:
        """One course: conditions, classes with seats, who sells it, what others say, what is on hold."""
        with visit.transaction() as tx:
            page = catalogue.course_page(tx, code, now=visit.now)
            standing = holds.in_force(tx, visit.now)
            return visit.page(
                "course.html",
                page=page,
                modes=MODE_WORDS,
                hold=_hold_on(standing, page.course.institution_code, code, visit),
                held_sellers=_held_sellers(standing, page, visit),
                rating=feedback.course_rating(tx, page.course.course_id),
                reviews=feedback.reviews(tx, page.course.course_id, limit=REVIEWS),
            )

    @show("/courses/{code:str}/classes/{schedule:str}")
    def can_i_buy(self, visit: Here, code: Named, schedule: Named) -> Response[str]:
        """Every check of a payment for this card and class, by the rules that decide the payment."""
        with visit.transaction() as tx:
            page = catalogue.course_page(tx, code, now=visit.now)
            number = cards.number_of(tx, visit.the_person().person_id)
            checks = purchases.explain(tx, number, schedule, None, now=visit.now)
        return visit.page("can_i_buy.html", page=page, schedule_code=schedule, checks=checks)

    @show("/institutions/{code:str}")
    def institution(self, visit: Here, code: Named) -> Response[str]:
        """Who a training institution is: the address that certificates name it by."""
        with visit.transaction() as tx:
            return visit.page("institution.html", institution=partners.partner(tx, code))


def _hold_on(standing: list[Hold], institution: str, course: str, visit: Visit) -> Hold | None:
    """The widest hold that keeps everybody from this course, whatever the platform."""
    return blocking(standing, platform=None, institution=institution, course=course, now=visit.now)


def _held_sellers(standing: list[Hold], page: CoursePage, visit: Visit) -> dict[str, Hold]:
    found = {
        seller.client_code: blocking(
            standing,
            platform=seller.client_code,
            institution=page.course.institution_code,
            course=page.course.course_code,
            now=visit.now,
        )
        for seller in page.sellers
    }
    return {code: hold for code, hold in found.items() if hold is not None}
