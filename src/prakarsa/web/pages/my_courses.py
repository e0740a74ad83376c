"""My courses: redeem code, schedule, attendance, certificate, rating."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.attendance import actions as attendance
from prakarsa.catalogue import actions as catalogue
from prakarsa.certificate import actions as certificates
from prakarsa.certificate.rules import RequiredSequences
from prakarsa.feedback import actions as feedback
from prakarsa.feedback.model import Stars
from prakarsa.feedback.refusals import NotYourPurchase
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Purchase
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

Page = Response[str]
REVIEW_LONGEST = 2_000
BESIDE = {
    "feedback.review_too_short": "review",
    "feedback.review_too_long": "review",
    "feedback.review_not_readable": "review",
}


class MyCourses(Controller):
    """Courses of the signed-in person."""

    path = "/my-courses"

    @show("/")
    def mine(self, visit: Here) -> Page:
        """Every course bought."""
        with visit.transaction() as tx:
            return visit.page("my_courses.html", purchases=purchases.my_purchases(tx, visit.the_person().person_id))

    @show("/{purchase_id:str}")
    def course(self, visit: Here, purchase_id: Named) -> Page:
        """One course: where and when, what was attended, what is missing."""
        with visit.transaction() as tx:
            return visit.page("my_course.html", **_shown(tx, visit, _own(tx, visit, purchase_id)))

    @take("/{purchase_id:str}/rating")
    def rate(self, visit: Here, purchase_id: Named) -> Page | Redirect:
        """Rate the course."""
        stars = Stars(*(visit.form.whole(name, least=1, most=5) for name in ("instructor", "facility", "course")))
        review = visit.form.text("review", longest=REVIEW_LONGEST)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    own = _own(tx, visit, purchase_id)
                    feedback.rate(tx, own.person_id, own.purchase_id, stars, review, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/my-courses/{own.purchase_id}?done=rated")
        with visit.transaction() as tx:
            return visit.form_again("my_course.html", **_shown(tx, visit, _own(tx, visit, purchase_id)))


def _own(tx: Tx, visit: Visit, purchase_id: str) -> Purchase:
    """One of the person's own purchases. Raises NotYourPurchase."""
    wanted = number_in(purchase_id)
    for purchase in purchases.my_purchases(tx, visit.the_person().person_id):
        if purchase.purchase_id == wanted:
            return purchase
    raise NotYourPurchase(wanted)


def _shown(tx: Tx, visit: Visit, purchase: Purchase) -> dict[str, Any]:
    mine = certificates.my_certificates(tx, purchase.person_id)
    schedules = catalogue.schedules(tx, purchase.course_code)
    sequences = RequiredSequences(purchase.course_meetings).sequences
    return {
        "purchase": purchase,
        "sequences": sequences,
        "held": attendance.why_held(tx, purchase, now=visit.now) if not purchase.voided_at else None,
        "windows": attendance.deadlines(tx, purchase, sequences, now=visit.now),
        "attended": attendance.attended(tx, purchase.purchase_id),
        "schedule": next((s for s in schedules if s.schedule_id == purchase.schedule_id), None),
        "certificate": next((c for c in mine if c.purchase_id == purchase.purchase_id), None),
    }
