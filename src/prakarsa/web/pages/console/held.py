"""Placing holds with everything due process asks for; two people for wide ones; reviews, appeals, lifting."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.gateways import targets
from prakarsa.hold import actions as holds
from prakarsa.hold.hearing_model import DEED_WORDS, Outcome
from prakarsa.hold.model import CAPABILITY_WORDS, REASON_WORDS, SCOPE_WORDS, Capability, NewHold, Reason, Scope
from prakarsa.hold.refusals import AppealUnknown
from prakarsa.hold.rules import needs_two
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import from_json
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.web.plumbing.evidence import EVIDENCE_WORDS, read_pieces
from prakarsa.web.plumbing.forms import Form
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

BESIDE = dict.fromkeys(
    (
        "hold.target_unknown",
        "partner.unknown",
        "catalogue.course_unknown",
        "catalogue.schedule_unknown",
        "kernel.nothing_here",
    ),
    "target_code",
) | {"kernel.evidence_unfit": "evidence_1"}
OF_FIELD = {"target": "target_code", "party": "target_code", "evidence": "evidence_1"}
"""Names that the hold room has for fields of this form."""
OUTCOME_WORDS = {
    Outcome.UPHELD: msg("Upheld: the hold is lifted"),
    Outcome.DISMISSED: msg("Dismissed: the hold stays"),
}
NEEDED_ONE = msg("give an end, a review date, or both: no hold is open-ended")
PAGE = 50
TEXTS = ("legal_basis", "basis_version", "public_words", "notice_to")
MORE_TEXTS = ("public_words_en", "proportionality")


class Held(Controller):
    """Holds."""

    path = "/console/holds"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """What stands, what waits, what was decided, and the form for a new one."""
        return visit.page("console/holds.html", **_shown(visit))

    @take("/")
    def place(self, visit: Here) -> Response[str] | Redirect:
        """Place a hold, or propose it where two people have to answer for it."""
        typed = _read(visit)
        if typed is not None:
            try:
                with visit.transaction() as tx:
                    new = _aimed(tx, typed, visit)
                    if needs_two(new.scope, holds.due_process(tx, visit.now)):
                        waiting = holds.propose(tx, new, by=visit.actor, now=visit.now)
                        return visit.go(f"/console/holds/proposals/{waiting.proposal_code}?done=hold_proposed")
                    holds.place(tx, new, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                _refuse(visit.form, refusal)
            else:
                return visit.go("/console/holds?done=held")
        return visit.form_again("console/holds.html", **_shown(visit))

    @show("/people")
    def people(self, visit: Here) -> Response[str]:
        """Holds on cards and people, newest first, one page after another."""
        before = number_in(visit.query("before")) or holds.NEWEST
        with visit.transaction() as tx:
            found = holds.all_private(tx, before=before, limit=PAGE + 1)
        older = found[PAGE - 1].hold_id if len(found) > PAGE else None
        return visit.page("console/holds_on_people.html", holds=found[:PAGE], older=older, **_words())

    @show("/proposals/{code:str}")
    def proposal(self, visit: Here, code: Named) -> Response[str]:
        """A hold that waits for a second person."""
        return visit.page("console/hold_proposal.html", **_proposal(visit, code))

    @take("/proposals/{code:str}/confirm")
    def confirm(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Stand behind a hold that somebody else proposed."""
        with visit.transaction() as tx:
            placed = holds.confirm(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/holds/{placed.hold_code}?done=held")

    @take("/proposals/{code:str}/reject")
    def reject(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Take a proposed hold off the list, saying why."""
        reason = visit.form.text("reject_reason", longest=500)
        if visit.form.sound:
            with visit.transaction() as tx:
                holds.reject(tx, code, reason=reason, by=visit.actor, now=visit.now)
            return visit.go("/console/holds?done=hold_rejected")
        return visit.form_again("console/hold_proposal.html", **_proposal(visit, code))

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One hold with its history, and the forms to review and lift it."""
        return visit.page("console/hold.html", **_one(visit, code))

    @take("/{code:str}/lift")
    def lift(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Lift a hold, saying why."""
        reason = visit.form.text("lift_reason", longest=500)
        if visit.form.sound:
            with visit.transaction() as tx:
                holds.lift(tx, code, reason=reason, by=visit.actor, now=visit.now)
            return visit.go(f"/console/holds/{code}?done=lifted")
        return visit.form_again("console/hold.html", **_one(visit, code))

    @take("/{code:str}/review")
    def review(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Keep a hold, saying why and when the next word comes."""
        said = visit.form.text("review_words", longest=1_000)
        next_review_at = visit.form.moment("next_review_at")
        if visit.form.sound and next_review_at is not None:
            try:
                with visit.transaction() as tx:
                    holds.review(tx, code, words=said, next_review_at=next_review_at, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                return visit.go(f"/console/holds/{code}?done=reviewed")
        return visit.form_again("console/hold.html", **_one(visit, code))

    @show("/{code:str}/appeals/{appeal:str}")
    def appeal(self, visit: Here, code: Named, appeal: Named) -> Response[str]:
        """One appeal, and the form to decide it."""
        return visit.page("console/hold_appeal.html", **_appeal(visit, code, appeal))

    @take("/{code:str}/appeals/{appeal:str}")
    def decide(self, visit: Here, code: Named, appeal: Named) -> Response[str] | Redirect:
        """Decide an appeal; the words go to whoever made it."""
        outcome = visit.form.option("outcome", set(Outcome))
        said = visit.form.text("decision_words", longest=1_000)
        if visit.form.sound:
            with visit.transaction() as tx:
                holds.decide_appeal(tx, appeal, outcome=Outcome(outcome), words=said, by=visit.actor, now=visit.now)
            return visit.go(f"/console/holds/{code}?done=appeal_decided")
        return visit.form_again("console/hold_appeal.html", **_appeal(visit, code, appeal))


def _words() -> dict[str, Any]:
    return {
        "reasons": REASON_WORDS,
        "scopes": SCOPE_WORDS,
        "capabilities": CAPABILITY_WORDS,
        "kinds": EVIDENCE_WORDS,
        "deeds": DEED_WORDS,
    }


def _shown(visit: Visit) -> dict[str, Any]:
    before = number_in(visit.query("before")) or holds.NEWEST
    with visit.transaction() as tx:
        over = holds.over_holds(tx, visit.now, before=before, limit=PAGE + 1)
        return _words() | {
            "current": holds.standing_holds(tx, visit.now),
            "over": over[:PAGE],
            "older": over[PAGE - 1].hold_id if len(over) > PAGE else None,
            "proposals": holds.proposals(tx),
            "appeals": holds.open_appeals(tx, visit.now),
            "private": holds.counts_private(tx, visit.now),
            "process": holds.due_process(tx, visit.now),
        }


def _one(visit: Visit, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        hold = holds.hold(tx, code)
        return _words() | {
            "hold": hold,
            "evidence": from_json(hold.evidence),
            "history": holds.history(tx, code),
            "open_appeals": [said for said in holds.statements(tx, code) if said.is_open],
        }


def _proposal(visit: Visit, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        return _words() | {"proposal": holds.proposal(tx, code)}


def _appeal(visit: Visit, code: str, appeal: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        said = holds.statement(tx, appeal)
        if said.hold_code != code:
            raise AppealUnknown(appeal)
        return _words() | {
            "said": said,
            "evidence": from_json(said.evidence),
            "hold": holds.hold(tx, code),
            "outcomes": OUTCOME_WORDS,
        }


def _read(visit: Visit) -> NewHold | None:
    """The hold as typed, not yet aimed; None when something about the form is wrong."""
    form = visit.form
    scope, reason = form.option("scope", set(Scope)), form.option("reason", set(Reason))
    capability = form.option("capability", set(Capability))
    target_code = form.text("target_code", longest=64, needed=scope not in {"", Scope.PROGRAMME})
    texts = {name: form.text(name, longest=1_000) for name in TEXTS} | {
        name: form.text(name, longest=1_000, needed=False) for name in MORE_TEXTS
    }
    evidence = read_pieces(visit)
    starts_at = form.moment("starts_at", needed=False) or visit.now
    notice_at = form.moment("notice_at", needed=False) or min(visit.now, starts_at)
    answer_by_at = form.moment("answer_by_at", needed=False)
    ends_at, review_at = form.moment("ends_at", needed=False), form.moment("review_at", needed=False)
    if not form.problems and ends_at is None and review_at is None:
        form.problems["ends_at"] = form.problems["review_at"] = NEEDED_ONE
    if not form.sound:
        return None
    return NewHold(
        scope=Scope(scope),
        reason=Reason(reason),
        capability=Capability(capability),
        target_code=target_code or None,
        evidence=evidence,
        notice_at=notice_at,
        starts_at=starts_at,
        answer_by_at=answer_by_at,
        ends_at=ends_at,
        review_at=review_at,
        legal_basis=texts["legal_basis"],
        basis_version=texts["basis_version"],
        public_words=texts["public_words"],
        public_words_en=texts["public_words_en"],
        proportionality=texts["proportionality"],
        notice_to=texts["notice_to"],
    )


def _aimed(tx: Tx, typed: NewHold, visit: Visit) -> NewHold:
    """With its target looked up, and with the shortest time to answer that the rules allow where none was typed."""
    aimed = targets.aimed(tx, typed.scope, typed.target_code or "")
    days = holds.due_process(tx, visit.now).answer_days
    answer_by_at = typed.answer_by_at or (typed.notice_at + timedelta(days=days) if days else None)
    return replace(typed, target_code=aimed.code, target_name=aimed.name, party=aimed.party, answer_by_at=answer_by_at)


def _refuse(form: Form, refusal: Refusal) -> None:
    field = getattr(refusal, "field", "")
    named = OF_FIELD.get(field, field)
    form.refuse(refusal, BESIDE | {refusal.code: named} if named in form.values else BESIDE)
