"""What monitors saw in classes, and the reviews that follow."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.curation import actions as curation
from prakarsa.curation.monitoring_model import (
    ASPECT_WORDS,
    CAUSE_WORDS,
    REVIEW_WORDS,
    SEVERITY_WORDS,
    Aspect,
    NewFinding,
    NewObservation,
    Severity,
    Suspension,
)
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.people.model import Role
from prakarsa.web.plumbing.evidence import EVIDENCE_WORDS, read_pieces
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

SHOWN = 30
BESIDE = {
    "catalogue.schedule_unknown": "schedule_code",
    "curation.not_observable": "observed_at",
    "curation.conflict_of_interest": "schedule_code",
    "kernel.evidence_unfit": "evidence_1",
    "curation.bad_deadline": "until",
}


class Monitoring(Controller):
    """Observations and reviews."""

    path = "/console/curation"

    @show("/observations")
    def observations(self, visit: Here) -> Response[str]:
        """What was seen, newest first, and the form for one more."""
        return visit.page("console/curation_observations.html", **_observed(visit))

    @take("/observations")
    def observe(self, visit: Here) -> Response[str] | Redirect:
        """Write down one class, with one finding at a time or with none."""
        new = _read(visit)
        if new is not None:
            try:
                with visit.transaction() as tx:
                    kept = curation.observe(tx, new, visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE | ({"kernel.bad_field": "evidence_1"} if new.findings else {}))
            else:
                done = "review_opened" if kept.review_code else "observed"
                return visit.go(f"/console/curation/observations?done={done}")
        return visit.form_again("console/curation_observations.html", **_observed(visit))

    @show("/reviews/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One review with its findings, and what a curator may decide."""
        with visit.transaction() as tx:
            return visit.page("console/curation_review.html", **_review(tx, code))

    @take("/reviews/{code:str}/close")
    def close(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Nothing follows."""
        words = visit.form.text("words", longest=2_000)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    curation.close_review(tx, code, words=words, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                return visit.go(f"/console/curation/reviews/{code}?done=review_closed")
        return _again(visit, code)

    @take("/reviews/{code:str}/improve")
    def improve(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """To be put right by a day."""
        words, until = visit.form.text("improve_words", longest=2_000), visit.form.moment("until")
        if visit.form.sound and until is not None:
            try:
                with visit.transaction() as tx:
                    curation.ask_improvement(tx, code, words=words, until=until, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/curation/reviews/{code}?done=review_improving")
        return _again(visit, code)

    @take("/reviews/{code:str}/hold")
    def hold(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Hold the course with due process."""
        words = visit.form.text("hold_words", longest=2_000)
        suspension = _suspension(visit)
        if suspension is not None:
            try:
                with visit.transaction() as tx:
                    curation.hold_course(tx, code, suspension, words=words, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                field = getattr(refusal, "field", "")
                visit.form.refuse(refusal, {refusal.code: field} if field in visit.form.values else {})
            else:
                return visit.go(f"/console/curation/reviews/{code}?done=review_held")
        return _again(visit, code)


def _read(visit: Visit) -> NewObservation | None:
    """The observation as typed; None when something about the form is wrong."""
    form = visit.form
    schedule, observed_at = form.text("schedule_code", longest=64), form.moment("observed_at")
    summary = form.text("summary", longest=2_000)
    findings: list[NewFinding] = []
    if form.values.get("aspect"):
        aspect, severity = form.option("aspect", set(Aspect)), form.option("severity", set(Severity))
        promised, delivered = form.text("promised", longest=2_000), form.text("delivered", longest=2_000)
        evidence = read_pieces(visit)
        if form.sound:
            findings.append(NewFinding(Aspect(aspect), Severity(severity), promised, delivered, evidence))
    if not form.sound or observed_at is None:
        return None
    return NewObservation(schedule, observed_at, summary, findings)


def _suspension(visit: Visit) -> Suspension | None:
    form = visit.form
    names = ("legal_basis", "basis_version", "public_words", "public_words_en", "proportionality")
    texts = [form.text(name, longest=1_000) for name in names]
    review_at, ends_at = form.moment("review_at"), form.moment("ends_at", needed=False)
    if not form.sound or review_at is None:
        return None
    legal_basis, basis_version, public_words, public_words_en, proportionality = texts
    return Suspension(
        legal_basis=legal_basis,
        basis_version=basis_version,
        public_words=public_words,
        public_words_en=public_words_en,
        proportionality=proportionality,
        review_at=review_at,
        ends_at=ends_at,
    )


def _observed(visit: Visit) -> dict[str, Any]:
    own = visit.the_staff().role is Role.MONITOR
    with visit.transaction() as tx:
        found = curation.observations(tx, monitor=visit.actor if own else None, limit=SHOWN)
    return {
        "observations": found,
        "aspects": ASPECT_WORDS,
        "severities": SEVERITY_WORDS,
        "kinds": EVIDENCE_WORDS,
    }


def _review(tx: Tx, code: str) -> dict[str, Any]:
    return {
        "review": curation.review(tx, code),
        "findings": curation.findings_of(tx, code),
        "states": REVIEW_WORDS,
        "causes": CAUSE_WORDS,
        "aspects": ASPECT_WORDS,
        "severities": SEVERITY_WORDS,
        "kinds": EVIDENCE_WORDS,
    }


def _again(visit: Visit, code: str) -> Response[str]:
    with visit.transaction() as tx:
        return visit.form_again("console/curation_review.html", **_review(tx, code))
