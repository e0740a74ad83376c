"""Changes of many things at once: plan and preview, confirm by a second person, run with progress, undo."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.catalogue.rules import CONDITIONS
from prakarsa.gateways import rehearsal_rounds
from prakarsa.hold.model import REASON_WORDS, NewHold, Reason, Scope
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.mass_model import (
    ITEM_WORDS,
    KIND_WORDS,
    STATE_WORDS,
    MassKind,
    NewMassAction,
    Selection,
)
from prakarsa.rehearsal.rules import names_of
from prakarsa.web.plumbing.evidence import EVIDENCE_WORDS, read_pieces
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.patience import finished
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

PAGE = 20
ITEMS = 50
MISSING = {str(each.bit): each.name for each in CONDITIONS if each.bit}
BESIDE = {"rehearsal.selection_open": "institution", "rehearsal.selection_empty": "institution"}
TEXTS = ("legal_basis", "basis_version", "public_words", "notice_to")
MORE_TEXTS = ("public_words_en", "proportionality")
NEEDED_ONE = msg("give an end, a review date, or both: no hold is open-ended")


class MassActions(Controller):
    """Mass actions."""

    path = "/console/mass-actions"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """Every mass action, and the form for a new one."""
        return visit.page("console/mass_actions.html", **_shown(visit))

    @take("/")
    def plan(self, visit: Here) -> Response[str] | Redirect:
        """Fix the list; nothing changes."""
        new = _read(visit)
        if new is not None:
            try:
                with visit.transaction() as tx:
                    planned = rehearsal.plan_mass_action(tx, new, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/mass-actions/{planned.action_code}?done=mass_planned")
        return visit.form_again("console/mass_actions.html", **_shown(visit))

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One of them: the list, what became of each item, and what can be done next."""
        return visit.page("console/mass_action.html", **_one(visit, code))

    @take("/{code:str}/confirm")
    def confirm(self, visit: Here, code: Named) -> Redirect:
        """Stand behind somebody else's plan."""
        with visit.transaction() as tx:
            rehearsal.confirm_mass_action(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/mass-actions/{code}?done=mass_confirmed")

    @take("/{code:str}/withdraw")
    def withdraw(self, visit: Here, code: Named) -> Redirect:
        """Give a plan up."""
        with visit.transaction() as tx:
            rehearsal.withdraw_mass_action(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/mass-actions/{code}?done=mass_withdrawn")

    @take("/{code:str}/run")
    def run(self, visit: Here, code: Named) -> Redirect:
        """Run it, or go on, as far as a person waits for."""
        return visit.go(f"/console/mass-actions/{code}?done={'mass_run' if _run(visit, code) else 'mass_running'}")

    @take("/{code:str}/undo")
    def undo(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Put back what it changed, saying why; or go on putting back."""
        reason = visit.form.text("reason", longest=1_000)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    rehearsal.undo_mass_action(tx, code, reason=reason, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                done = _run(visit, code)
                return visit.go(f"/console/mass-actions/{code}?done={'mass_undone' if done else 'mass_undoing'}")
        return visit.form_again("console/mass_action.html", **_one(visit, code))


def _run(visit: Visit, code: str) -> bool:
    return finished(lambda tell: rehearsal_rounds.run_mass_action(visit.runtime, code, actor=visit.actor, tell=tell))


def _shown(visit: Visit) -> dict[str, Any]:
    before = number_in(visit.query("before")) or 2**62
    with visit.transaction() as tx:
        found = rehearsal.mass_actions(tx, before=before, limit=PAGE + 1)
    return {
        "actions": found[:PAGE],
        "older": found[PAGE - 1].mass_action_id if len(found) > PAGE else None,
        "kinds": KIND_WORDS,
        "states": STATE_WORDS,
        "missing": MISSING,
        "reasons": REASON_WORDS,
        "evidence_kinds": EVIDENCE_WORDS,
    }


def _one(visit: Visit, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        found = rehearsal.mass_action(tx, code)
        page = rehearsal.mass_items(tx, found, after=number_in(visit.query("after")), limit=ITEMS + 1)
    return {
        "found": found,
        "items": page[:ITEMS],
        "after": page[ITEMS - 1].place if len(page) > ITEMS else None,
        "kinds": KIND_WORDS,
        "states": STATE_WORDS,
        "item_words": ITEM_WORDS,
        "missed": names_of(found.selection.condition or 0),
    }


def _read(visit: Visit) -> NewMassAction | None:
    """The plan as typed; None when something about the form is wrong."""
    form = visit.form
    kind, reason = form.option("kind", set(MassKind)), form.text("reason", longest=1_000)
    texts = {name: form.text(name, longest=100, needed=False) or None for name in ("institution", "platform", "field")}
    condition = form.option("condition", MISSING) if form.values.get("condition") else ""
    hold = _read_hold(visit) if kind == MassKind.HOLD else None
    if not form.sound:
        return None
    selection = Selection(**texts, condition=int(condition) if condition else None)
    return NewMassAction(MassKind(kind), selection, reason, hold)


def _read_hold(visit: Visit) -> NewHold | None:
    """What due process asks for; the target is filled in for each course."""
    form = visit.form
    why = form.option("hold_reason", set(Reason))
    legal_basis, basis_version, public_words, notice_to = (form.text(name, longest=1_000) for name in TEXTS)
    english, proportionality = (form.text(name, longest=1_000, needed=False) for name in MORE_TEXTS)
    ends_at, review_at = form.moment("ends_at", needed=False), form.moment("review_at", needed=False)
    answer_by_at = form.moment("answer_by_at", needed=False)
    evidence = read_pieces(visit)
    if not form.problems and ends_at is None and review_at is None:
        form.problems["ends_at"] = NEEDED_ONE
    if not form.sound:
        return None
    return NewHold(
        scope=Scope.COURSE,
        reason=Reason(why),
        notice_at=visit.now,
        starts_at=visit.now,
        ends_at=ends_at,
        review_at=review_at,
        answer_by_at=answer_by_at,
        evidence=evidence,
        legal_basis=legal_basis,
        basis_version=basis_version,
        public_words=public_words,
        public_words_en=english,
        notice_to=notice_to,
        proportionality=proportionality,
    )
