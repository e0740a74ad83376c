"""Verbs of the institution pipeline: steps in their order, each decided by a named person with reasons."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.refusals import NotAnInstitution
from prakarsa.curation import institution_store as store
from prakarsa.curation import rules, telling
from prakarsa.curation import store as shared
from prakarsa.curation.assessing import MOST_ROWS, START
from prakarsa.curation.model import (
    Application,
    ApplicationMove,
    Decision,
    Step,
    StepState,
)
from prakarsa.curation.people import check_no_conflict
from prakarsa.curation.refusals import ApplicationOpen, ApplicationUnknown, NoStepsAsked, StepsNotPassed
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import EvidenceKind
from prakarsa.kernel.ids import random_code
from prakarsa.partner import actions as partners
from prakarsa.partner import rules as partner_rules
from prakarsa.partner.model import Check, Partner, PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms

_CODE_LENGTH = 8
SHOWS_A_STEP = frozenset({EvidenceKind.DOCUMENT, EvidenceKind.WEB_PAGE, EvidenceKind.FINDING, EvidenceKind.JOURNAL})


def apply(
    tx: Tx, institution_code: str, *, in_person: bool, by: str, now: datetime, terms: Terms | None = None
) -> Application:
    """Open an application with the steps the terms ask for; rooms are looked at only where somebody teaches in them.

    An institution that is active already goes through the steps as well when the terms ask anew. It is due in
    `curation_sla_days`.
    Raises PartnerUnknown, NotAnInstitution, NoStepsAsked, ApplicationOpen, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    institution = _institution(tx, institution_code)
    steps = rules.steps_asked(terms.institution_pipeline, in_person)
    if not steps:
        raise NoStepsAsked(institution_code)
    shared.lock_institution(tx, institution.partner_id)
    last = store.newest(tx, [institution_code]).get(institution_code)
    if last is not None and last.ended_at is None:
        raise ApplicationOpen(institution_code, last.application_code)
    code = f"APP-{random_code(_CODE_LENGTH)}"
    application_id = store.insert_application(
        tx,
        code=code,
        institution_id=institution.partner_id,
        steps=steps,
        by=by,
        now=now,
        due_at=rules.due_at(now, terms.curation_sla_days),
    )
    store.insert_step(tx, application_id, steps[0], now)
    facts: Facts = {"institution": institution_code, "steps": [step.value for step in steps], "by": by}
    journal.record(tx, [_event("application_opened", code, facts)], now=now)
    return application(tx, code)


def pass_step(tx: Tx, application_code: str, step: Step, decision: Decision, *, by: str, now: datetime) -> Application:
    """A named person found nothing wanting in the open step; the next one opens, or the application is passed.

    Raises ApplicationUnknown, ApplicationMoveRefused, StepOutOfOrder, ConflictOfInterest, BadField, EvidenceUnfit.
    """
    found = _locked(tx, application_code)
    _check_decider(tx, found, step, by)
    following = rules.next_step(found, step)
    move = ApplicationMove.ACCEPT_LAST if following is None else ApplicationMove.ACCEPT_STEP
    state = rules.after_application(found, move)
    _decide(tx, found, StepState.PASSED, decision, by, now)
    if following is not None:
        store.insert_step(tx, found.application_id, following, now)
    ended_at = now if following is None else None
    store.set_state(tx, found.application_id, state, due_at=found.due_at, ended_at=ended_at)
    _record(tx, found, "step_passed", step, decision, by, now)
    telling.step_passed(tx, found, step, following, now)
    return application(tx, application_code)


def reject_step(
    tx: Tx, application_code: str, step: Step, decision: Decision, *, by: str, now: datetime
) -> Application:
    """A named person says item by item what to mend in the open step; the institution answers with `resubmit`.

    Raises ApplicationUnknown, ApplicationMoveRefused, StepOutOfOrder, ConflictOfInterest, NothingToMend, BadField,
    EvidenceUnfit.
    """
    found = _locked(tx, application_code)
    _check_decider(tx, found, step, by)
    state = rules.after_application(found, ApplicationMove.REJECT_STEP)
    items = rules.check_mends(application_code, decision.mends or {})
    step_id = _decide(tx, found, StepState.REJECTED, decision, by, now)
    shared.insert_mends(tx, step_id=step_id, items=items)
    store.set_state(tx, found.application_id, state, due_at=found.due_at, ended_at=None)
    _record(tx, found, "step_rejected", step, decision, by, now)
    telling.step_rejected(tx, found, step, decision.reason, list(items), now)
    return application(tx, application_code)


def resubmit(
    tx: Tx,
    application_code: str,
    answers: Mapping[str, str],
    *,
    by: str,
    now: datetime,
    terms: Terms | None = None,
) -> Application:
    """The institution answers every item; the step is looked at again under a new clock.

    Raises ApplicationUnknown, ApplicationMoveRefused, MendUnanswered, BadField, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    found = _locked(tx, application_code)
    state = rules.after_application(found, ApplicationMove.RESUBMIT)
    last = found.taken[-1]
    said = rules.check_answers(application_code, last.mends, answers)
    shared.answer_mends(tx, step_id=last.step_id, answers=said, by=by, now=now)
    store.insert_step(tx, found.application_id, last.step, now)
    due_at = rules.due_at(now, terms.curation_sla_days)
    store.set_state(tx, found.application_id, state, due_at=due_at, ended_at=None)
    facts: Facts = {"step": last.step, "attempt": last.attempt + 1, "answered": sorted(said), "by": by}
    journal.record(tx, [_event("step_resubmitted", application_code, facts)], now=now)
    return application(tx, application_code)


def withdraw(tx: Tx, application_code: str, *, reason: str, by: str, now: datetime) -> Application:
    """The institution takes its application back. Raises ApplicationUnknown, ApplicationMoveRefused, BadField."""
    found = _locked(tx, application_code)
    state = rules.after_application(found, ApplicationMove.WITHDRAW)
    words = rules.text("reason", reason, 500)
    store.set_state(tx, found.application_id, state, due_at=found.due_at, ended_at=now)
    facts: Facts = {"reason": words, "by": by}
    journal.record(tx, [_event("application_withdrawn", application_code, facts)], now=now)
    return application(tx, application_code)


def decree(tx: Tx, institution_code: str, basis: str, *, by: str, now: datetime, terms: Terms | None = None) -> Partner:
    """The decree is signed: the institution becomes active, once every step is passed and every condition met.

    Raises PartnerUnknown, NotAnInstitution, StepsNotPassed, ConflictOfInterest, StatusMoveRefused, BasisMissing,
    BadField, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    institution = _institution(tx, institution_code)
    check_no_conflict(tx, by, institution.partner_id, institution_code)
    missing = [*_steps_missing(tx, institution_code, terms), *_unmet(tx, institution, terms, now)]
    if missing:
        raise StepsNotPassed(institution_code, ", ".join(missing))
    return partners.activate(tx, institution_code, basis, now=now)


def conditions_of(tx: Tx, institution_code: str, *, now: datetime, terms: Terms | None = None) -> list[Check]:
    """Every condition of an institution under the terms. Raises PartnerUnknown, NotAnInstitution, NoWaveYet."""
    institution = _institution(tx, institution_code)
    terms = terms or programme.current_terms(tx, now)
    profile = partners.profile(tx, institution_code)
    on, listed = now.astimezone(JAKARTA).date(), catalogue.sells_anything(tx, institution.partner_id)
    return partner_rules.institution_conditions(institution, profile, terms, on=on, listed=listed)


def application(tx: Tx, application_code: str) -> Application:
    """One application with every step it took. Raises ApplicationUnknown."""
    fits = application_code.isascii() and application_code.isprintable() and len(application_code) <= 40
    found = store.application(tx, application_code) if fits else None
    if found is None:
        raise ApplicationUnknown(application_code[:40])
    return found


def applications(
    tx: Tx,
    *,
    open_only: bool = True,
    overdue_at: datetime | None = None,
    after: tuple[datetime, int] = START,
    limit: int = 50,
) -> list[Application]:
    """One page of applications by the day they are due; those that a rejection left with the institution included."""
    page = max(1, min(limit, MOST_ROWS))
    return store.applications(tx, open_only=open_only, overdue_at=overdue_at, after=after, limit=page)


def steps_of(tx: Tx, institution_codes: Sequence[str]) -> dict[str, dict[str, str]]:
    """Where each step of the last application of these institutions stands; empty for those that never applied.

    Steps and states are the values of `Step` and `StepState`.
    """
    found = store.newest(tx, [code for code in institution_codes if partner_rules.client_code_fits(code)])
    states = {code: each.states() for code, each in found.items()}
    return {
        code: {step.value: state.value for step, state in states.get(code, {}).items()} for code in institution_codes
    }


def _check_decider(tx: Tx, found: Application, step: Step, by: str) -> None:
    rules.check_step(found, step)
    check_no_conflict(tx, by, found.institution_id, found.institution_code)


def _decide(tx: Tx, found: Application, outcome: StepState, decision: Decision, by: str, now: datetime) -> int:
    reason, today = rules.text("reason", decision.reason), now.astimezone(JAKARTA).date()
    shown = [evidences.check(piece, accepted=SHOWS_A_STEP, today=today) for piece in decision.evidence]
    return store.decide_step(tx, found.application_id, outcome, reason=reason, evidence=shown, by=by, now=now)


def _record(tx: Tx, found: Application, what: str, step: Step, decision: Decision, by: str, now: datetime) -> None:
    facts: Facts = {"step": step, "reason": decision.reason, "mends": sorted(decision.mends or ()), "by": by}
    journal.record(tx, [_event(what, found.application_code, facts)], now=now)


def _steps_missing(tx: Tx, institution_code: str, terms: Terms) -> list[str]:
    """The steps the terms ask for that the last application did not pass; rooms only if it asked for them."""
    last = store.newest(tx, [institution_code]).get(institution_code)
    asked = rules.steps_asked(terms.institution_pipeline, in_person=last is not None and Step.FACILITY in last.steps)
    states = {} if last is None else last.states()
    return [step.value for step in asked if states.get(step) is not StepState.PASSED]


def _unmet(tx: Tx, institution: Partner, terms: Terms, now: datetime) -> list[str]:
    """Codes of the conditions an institution misses, without the decree that is about to be given."""
    checks = conditions_of(tx, institution.client_code, now=now, terms=terms)
    return [each.refusal.code for each in checks if each.refusal and each.refusal.code != "partner.not_in_force"]


def _institution(tx: Tx, client_code: str) -> Partner:
    found = partners.partner(tx, client_code)
    if found.kind is not PartnerKind.INSTITUTION:
        raise NotAnInstitution(client_code)
    return found


def _locked(tx: Tx, application_code: str) -> Application:
    application(tx, application_code)
    found = store.lock_application(tx, application_code)
    assert found is not None
    return found


def _event(what: str, application_code: str, facts: Facts) -> Event:
    return Event(f"curation.{what}", f"application/{application_code}", facts=facts)
