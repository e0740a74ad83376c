"""Placing and lifting holds, with everything due process asks for."""

from dataclasses import replace
from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.catalogue import actions as catalogue
from prakarsa.hold import actions as holds
from prakarsa.hold.model import REASON_WORDS, NewHold, Reason, Scope
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.partner import actions as partners
from prakarsa.partner.model import PartnerKind
from prakarsa.web.plumbing.forms import Form
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

SCOPE_WORDS = {
    Scope.PROGRAMME: msg("Buying anywhere, by anybody"),
    Scope.PLATFORM: msg("Buying on one platform"),
    Scope.INSTITUTION: msg("Buying courses of one institution"),
    Scope.COURSE: msg("Buying one course"),
}
BESIDE = dict.fromkeys(("hold.target_unknown", "partner.unknown", "catalogue.course_unknown"), "target_code")


class Held(Controller):
    """Holds."""

    path = "/console/holds"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """Every hold, and the form for a new one."""
        return visit.page("console/holds.html", **_shown(visit))

    @take("/")
    def place(self, visit: Here) -> Response[str] | Redirect:
        """Place a hold."""
        new = _read(visit)
        if new is not None:
            try:
                with visit.transaction() as tx:
                    holds.place(tx, _with_course_title(tx, new), by=visit.actor, now=visit.now)
            except Refusal as refusal:
                _refuse(visit.form, refusal)
            else:
                return visit.go("/console/holds?done=held")
        return visit.form_again("console/holds.html", **_shown(visit))

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One hold, and the form to lift it."""
        with visit.transaction() as tx:
            return visit.page("console/hold.html", hold=holds.hold(tx, code), reasons=REASON_WORDS, scopes=SCOPE_WORDS)

    @take("/{code:str}/lift")
    def lift(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Lift a hold, saying why."""
        reason = visit.form.text("lift_reason", longest=500)
        if visit.form.sound:
            with visit.transaction() as tx:
                holds.lift(tx, code, reason=reason, by=visit.actor, now=visit.now)
            return visit.go(f"/console/holds/{code}?done=lifted")
        with visit.transaction() as tx:
            shown = {"hold": holds.hold(tx, code), "reasons": REASON_WORDS, "scopes": SCOPE_WORDS}
        return visit.form_again("console/hold.html", **shown)


def _shown(visit: Visit) -> dict[str, Any]:
    with visit.transaction() as tx:
        return {
            "holds": holds.all_holds(tx),
            "platforms": partners.partners(tx, PartnerKind.PLATFORM),
            "institutions": partners.partners(tx, PartnerKind.INSTITUTION),
            "reasons": REASON_WORDS,
            "scopes": SCOPE_WORDS,
        }


def _read(visit: Visit) -> NewHold | None:
    """The hold as typed; None when something about the form is wrong."""
    form = visit.form
    scope = form.option("scope", set(Scope))
    reason = form.option("reason", set(Reason))
    target_code = form.text("target_code", longest=64, needed=scope not in {"", Scope.PROGRAMME})
    texts = [form.text(name, longest=1_000) for name in ("legal_basis", "public_words", "notice_to")]
    starts_at = form.moment("starts_at", needed=False) or visit.now
    notice_at = form.moment("notice_at", needed=False) or min(visit.now, starts_at)
    ends_at, review_at = form.moment("ends_at", needed=False), form.moment("review_at", needed=False)
    if not form.problems and ends_at is None and review_at is None:
        form.problems["ends_at"] = form.problems["review_at"] = NEEDED_ONE
    if not form.sound:
        return None
    legal_basis, public_words, notice_to = texts
    return NewHold(
        scope=Scope(scope),
        reason=Reason(reason),
        legal_basis=legal_basis,
        public_words=public_words,
        notice_to=notice_to,
        notice_at=notice_at,
        starts_at=starts_at,
        ends_at=ends_at,
        review_at=review_at,
        target_code=target_code or None,
    )


NEEDED_ONE = msg("give an end, a review date, or both: no hold is open-ended")


def _refuse(form: Form, refusal: Refusal) -> None:
    field = getattr(refusal, "field", "")
    form.refuse(refusal, {**BESIDE, refusal.code: field} if field in form.values else BESIDE)


def _with_course_title(tx: Tx, new: NewHold) -> NewHold:
    """The public knows a course by its title, which the catalogue holds."""
    if new.scope is not Scope.COURSE or new.target_code is None:
        return new
    return replace(new, target_name=catalogue.course(tx, new.target_code).title)
