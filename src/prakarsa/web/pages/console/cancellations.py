"""Mass cancellation: plan with preview, confirm by a second person, run with progress."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.gateways import rounds
from prakarsa.hold.model import REASON_WORDS, Reason, Scope
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.evidence import EVIDENCE_WORDS, Evidence, EvidenceKind
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.purchase import cancelling
from prakarsa.purchase.cancelling_model import CancellationState, NewCancellation
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.patience import finished
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

SCOPE_WORDS = {
    Scope.SCHEDULE: msg("One class"),
    Scope.COURSE: msg("One course with all its classes"),
    Scope.INSTITUTION: msg("One institution with all its courses"),
}
STATE_WORDS = {
    CancellationState.PLANNED: msg("waits for a second person"),
    CancellationState.RUNNING: msg("being cancelled"),
    CancellationState.FINISHED: msg("finished"),
    CancellationState.WITHDRAWN: msg("withdrawn"),
}
BESIDE = {
    "hold.target_unknown": "target_code",
    "purchase.nothing_to_cancel": "target_code",
    "kernel.evidence_unfit": "evidence",
}
OF_FIELD = {"ends_at": "closed_until_at", "public_words": "words"}
"""Names that the hold has for fields of this form."""
PAGE = 30
KINDS = {kind: words for kind, words in EVIDENCE_WORDS.items() if kind is not EvidenceKind.OUTSIDE_PRICE}
"""An outside price is evidence about courses, not about a cancellation."""
NEEDED_TEXTS = ("legal_basis", "basis_version", "words", "next_step", "notice_to")
MORE_TEXTS = ("words_en", "next_step_en", "proportionality")
NEEDED_ONE = msg("give a day of reopening, a review date, or both: no sale stays closed without an end")


class Cancellations(Controller):
    """Mass cancellations."""

    path = "/console/cancellations"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """Every mass cancellation, and the form for a new one."""
        return visit.page("console/cancellations.html", **_shown(visit))

    @take("/")
    def plan(self, visit: Here) -> Response[str] | Redirect:
        """Plan one: it is counted, nothing changes."""
        new = _read(visit)
        if new is not None:
            try:
                with visit.transaction() as tx:
                    planned = cancelling.plan(tx, new, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                field = getattr(refusal, "field", "")
                visit.form.refuse(refusal, BESIDE | {refusal.code: OF_FIELD.get(field, field)} if field else BESIDE)
            else:
                return visit.go(f"/console/cancellations/{planned.cancellation_code}?done=cancellation_planned")
        return visit.form_again("console/cancellations.html", **_shown(visit))

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One of them: the preview, the words, how far it is."""
        with visit.transaction() as tx:
            return visit.page(
                "console/cancellation.html",
                found=cancelling.cancellation(tx, code),
                classes=cancelling.classes_of(tx, code),
                reasons=REASON_WORDS,
                scopes=SCOPE_WORDS,
                states=STATE_WORDS,
                kinds=EVIDENCE_WORDS,
            )

    @take("/{code:str}/confirm")
    def confirm(self, visit: Here, code: Named) -> Redirect:
        """Confirm somebody else's plan."""
        with visit.transaction() as tx:
            cancelling.confirm(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/cancellations/{code}?done=cancellation_confirmed")

    @take("/{code:str}/withdraw")
    def withdraw(self, visit: Here, code: Named) -> Redirect:
        """Give up a plan."""
        with visit.transaction() as tx:
            cancelling.withdraw(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/cancellations/{code}?done=cancellation_withdrawn")

    @take("/{code:str}/run")
    def run(self, visit: Here, code: Named) -> Redirect:
        """Go on cancelling, beside the worker."""
        done = finished(lambda tell: rounds.cancel_purchases(visit.runtime, code, actor=visit.actor, tell=tell))
        return visit.go(f"/console/cancellations/{code}?done={'cancelled' if done else 'cancelling'}")


def _shown(visit: Visit) -> dict[str, Any]:
    before = number_in(visit.query("before")) or 2**62
    with visit.transaction() as tx:
        found = cancelling.cancellations(tx, before=before, limit=PAGE + 1)
    return {
        "cancellations": found[:PAGE],
        "next_before": found[PAGE - 1].cancellation_id if len(found) > PAGE else None,
        "reasons": REASON_WORDS,
        "scopes": SCOPE_WORDS,
        "states": STATE_WORDS,
        "kinds": KINDS,
    }


def _read(visit: Visit) -> NewCancellation | None:
    """The plan as typed; None when something about the form is wrong."""
    form = visit.form
    scope, reason = form.option("scope", set(SCOPE_WORDS)), form.option("reason", set(Reason))
    target_code = form.text("target_code", longest=64)
    texts = {name: form.text(name, longest=1_000) for name in ("legal_basis", "words", "next_step", "notice_to")} | {
        name: form.text(name, longest=1_000, needed=False)
        for name in ("basis_version", "words_en", "next_step_en", "proportionality")
    }
    evidence = _read_evidence(visit)
    closed_until_at, review_at = form.moment("closed_until_at", needed=False), form.moment("review_at", needed=False)
    if not form.problems and closed_until_at is None and review_at is None:
        form.problems["closed_until_at"] = NEEDED_ONE
    if not form.sound:
        return None
    return NewCancellation(
        scope=Scope(scope),
        target_code=target_code,
        reason=Reason(reason),
        closed_until_at=closed_until_at,
        review_at=review_at,
        evidence=evidence,
        **texts,
    )


def _read_evidence(visit: Visit) -> tuple[Evidence, ...]:
    """One piece, seen today; the rules say where none is needed."""
    reference = visit.form.text("evidence", longest=500, needed=False)
    if not reference:
        return ()
    kind = visit.form.option("evidence_kind", set(KINDS))
    today = visit.now.astimezone(JAKARTA).date()
    return (Evidence(EvidenceKind(kind), reference, today),) if kind in KINDS else ()
