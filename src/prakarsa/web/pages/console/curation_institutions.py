"""Institutions on their way in: their steps, what was decided, what to mend, the decree."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.curation import actions as curation
from prakarsa.curation.model import APPLICATION_WORDS, STEP_STATE_WORDS, STEP_WORDS, Decision, Step
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.partner import actions as partners
from prakarsa.partner.model import LEGAL_FORM_WORDS
from prakarsa.web.pages.console.curation import programme_steps, read_items
from prakarsa.web.plumbing.evidence import EVIDENCE_WORDS, read_pieces
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

PASS, REJECT = "pass", "reject"
VERDICTS = {PASS: msg("Nothing is wanting: pass it"), REJECT: msg("Something has to be mended: reject it")}
BESIDE = {
    "kernel.evidence_unfit": "evidence_1",
    "curation.nothing_to_mend": "mend",
    "curation.mend_unanswered": "answers",
    "partner.unknown": "client_code",
    "curation.application_open": "client_code",
    "catalogue.not_an_institution": "client_code",
}


class CuratingInstitutions(Controller):
    """Institutions on their way in."""

    path = "/console/curation/applications"

    @take("/")
    def apply(self, visit: Here) -> Response[str] | Redirect:
        """Open an application with the steps the rules in force ask for."""
        code, in_person = visit.form.text("client_code", longest=40), visit.form.ticked("in_person")
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    opened = curation.apply(tx, code, in_person=in_person, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/curation/applications/{opened.application_code}?done=steps_opened")
        with visit.transaction() as tx:
            steps = programme_steps(tx, visit.now)
        return visit.form_again("console/curation_apply.html", steps=STEP_WORDS, steps_asked=steps)

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One application with every step it took."""
        with visit.transaction() as tx:
            return visit.page("console/curation_application.html", **_shown(tx, visit, code))

    @take("/{code:str}/decision")
    def decide(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Pass or reject the open step, with reasons, evidence, and what to mend."""
        step, verdict = visit.form.option("step", set(Step)), visit.form.option("verdict", set(VERDICTS))
        reason, mends = visit.form.text("reason", longest=2_000), read_items(visit, "mend")
        evidence = read_pieces(visit)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    decision = Decision(reason, evidence, mends)
                    verb = curation.pass_step if verdict == PASS else curation.reject_step
                    verb(tx, code, Step(step), decision, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                done = "step_passed" if verdict == PASS else "step_rejected"
                return visit.go(f"/console/curation/applications/{code}?done={done}")
        return _again(visit, code)

    @take("/{code:str}/answers")
    def resubmit(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Enter what the institution answered to each item; the step is looked at again."""
        with visit.transaction() as tx:
            found = curation.application(tx, code)
        mends = found.taken[-1].mends if found.taken else ()
        answers = {each.item: visit.form.text(f"answer_{each.item}", longest=2_000) for each in mends}
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    curation.resubmit(tx, code, answers, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                return visit.go(f"/console/curation/applications/{code}?done=step_answered")
        return _again(visit, code)

    @take("/{code:str}/decree")
    def decree(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """The decree is signed."""
        basis = visit.form.text("basis")
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    institution = curation.application(tx, code).institution_code
                    curation.decree(tx, institution, basis, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, {"partner.basis_missing": "basis"})
            else:
                return visit.go(f"/console/curation/applications/{code}?done=decreed_institution")
        return _again(visit, code)


def _shown(tx: Tx, visit: Visit, code: str) -> dict[str, Any]:
    found = curation.application(tx, code)
    return {
        "application": found,
        "institution": partners.partner(tx, found.institution_code),
        "profile": partners.profile(tx, found.institution_code),
        "legal_forms": LEGAL_FORM_WORDS,
        "conditions": curation.conditions_of(tx, found.institution_code, now=visit.now),
        "states": APPLICATION_WORDS,
        "steps": STEP_WORDS,
        "step_states": STEP_STATE_WORDS,
        "verdicts": VERDICTS,
        "kinds": EVIDENCE_WORDS,
        "conflict": curation.conflict(tx, visit.actor, found.institution_id, found.institution_code),
    }


def _again(visit: Visit, code: str) -> Response[str]:
    with visit.transaction() as tx:
        return visit.form_again("console/curation_application.html", **_shown(tx, visit, code))
