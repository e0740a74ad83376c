"""An institution goes step by step, each decided by a named person with reasons; then it is decreed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prakarsa.catalogue.refusals import NotAnInstitution
from prakarsa.curation import actions, audit, refusals
from prakarsa.curation.model import Application, ApplicationState, Decision, Step, StepState
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusals import BadField, EvidenceUnfit
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind, PartnerStatus, Profile
from prakarsa.programme.model import Terms
from tests.conftest import NOW
from tests.curation.conftest import DP, LP, Office

NEW = "lp-baru"
DEED = Evidence(EvidenceKind.DOCUMENT, "ab" * 32, date(2020, 8, 15))
FOUND_WELL = Decision("Akta, pemilik, dan pajak sesuai.", [DEED])
WANTING = Decision("Belum lengkap.", [DEED], {"tax_number": "NPWP tidak terbaca", "owner": "Pemilik tidak jelas"})


@pytest.fixture
def asking(tx: Tx, terms: Terms) -> Terms:
    """Terms that ask for every step and every paper."""
    partners.register(tx, NewPartner(PartnerKind.INSTITUTION, NEW, "Lembaga Baru"), now=NOW)
    return replace(
        terms,
        institution_pipeline=tuple(Step),
        institution_min_age_years=1,
        institution_requires_platform_contract=True,
    )


def applied(tx: Tx, office: Office, terms: Terms, *, in_person: bool = False) -> Application:
    return actions.apply(tx, NEW, in_person=in_person, by=office.curator, now=NOW, terms=terms)


def passed(tx: Tx, office: Office, terms: Terms) -> Application:
    found = applied(tx, office, terms)
    for step in found.steps:
        found = actions.pass_step(tx, found.application_code, step, FOUND_WELL, by=office.curator, now=NOW)
    return found


def test_steps_open_one_after_another_and_the_last_one_ends_it(tx: Tx, office: Office, asking: Terms) -> None:
    found = applied(tx, office, asking)
    assert found.steps == (Step.DUE_DILIGENCE, Step.GOVERNANCE, Step.ASSESSMENT)
    assert actions.steps_of(tx, [NEW, LP]) == {
        NEW: {"due_diligence": "open", "governance": "waiting", "assessment": "waiting"},
        LP: {},
    }
    found = actions.pass_step(tx, found.application_code, Step.DUE_DILIGENCE, FOUND_WELL, by=office.curator, now=NOW)
    assert actions.steps_of(tx, [NEW])[NEW] == {
        "due_diligence": "passed",
        "governance": "open",
        "assessment": "waiting",
    }
    for step in (Step.GOVERNANCE, Step.ASSESSMENT):
        found = actions.pass_step(tx, found.application_code, step, FOUND_WELL, by=office.curator, now=NOW)
    assert found.state is ApplicationState.PASSED
    assert [each.evidence for each in found.taken] == [(DEED,)] * 3
    assert not any(invariant.exceptions(tx) for invariant in audit.INVARIANTS)


def test_rooms_are_looked_at_only_for_training_in_person(tx: Tx, office: Office, asking: Terms) -> None:
    assert applied(tx, office, asking, in_person=True).steps == tuple(Step)


@pytest.mark.parametrize("step", [Step.GOVERNANCE, Step.ASSESSMENT, Step.FACILITY])
def test_a_step_out_of_order_is_refused(tx: Tx, office: Office, asking: Terms, step: Step) -> None:
    found = applied(tx, office, asking)
    with pytest.raises(refusals.StepOutOfOrder) as refused:
        actions.pass_step(tx, found.application_code, step, FOUND_WELL, by=office.curator, now=NOW)
    assert refused.value.open_step == "Due diligence"


def test_a_rejection_says_item_by_item_what_to_mend_and_each_is_answered(tx: Tx, office: Office, asking: Terms) -> None:
    partners.set_contact(tx, NEW, "baru@example.com", "id", now=NOW)
    found = applied(tx, office, asking)
    code = found.application_code
    rejected = actions.reject_step(tx, code, Step.DUE_DILIGENCE, WANTING, by=office.curator, now=NOW)
    assert rejected.state is ApplicationState.MENDING
    assert [each.item for each in rejected.taken[0].mends] == ["tax_number", "owner"]
    with pytest.raises(refusals.ApplicationMoveRefused):
        actions.pass_step(tx, code, Step.DUE_DILIGENCE, FOUND_WELL, by=office.curator, now=NOW)
    with pytest.raises(refusals.MendUnanswered):
        actions.resubmit(tx, code, {"owner": "Dilampirkan."}, by=NEW, now=NOW, terms=asking)

    later = NOW + timedelta(days=30)
    answers = {"owner": "Dilampirkan.", "tax_number": "Dipindai ulang."}
    again = actions.resubmit(tx, code, answers, by=NEW, now=later, terms=asking)

    assert again.state is ApplicationState.OPEN
    assert again.due_at > later + timedelta(days=20)
    assert [(each.attempt, each.outcome) for each in again.taken] == [(1, StepState.REJECTED), (2, StepState.OPEN)]
    assert {each.item: each.answer for each in again.taken[0].mends} == answers
    done = actions.pass_step(tx, code, Step.DUE_DILIGENCE, FOUND_WELL, by=office.curator, now=later)
    assert done.states()[Step.DUE_DILIGENCE] is StepState.PASSED
    told = set(tx.values("SELECT template FROM journal.message"))
    assert {"curation.step_rejected", "curation.step_passed"} <= told
    assert not any(invariant.exceptions(tx) for invariant in audit.INVARIANTS)


def test_a_rejection_without_items_or_reason_and_evidence_of_the_wrong_type_are_refused(
    tx: Tx, office: Office, asking: Terms
) -> None:
    code = applied(tx, office, asking).application_code
    deed = replace(DEED, reference="deed.pdf")
    price = Evidence(EvidenceKind.OUTSIDE_PRICE, "https://toko.example", date(2020, 8, 15), price_idr=1)
    for verb, decision, refusal in (
        (actions.reject_step, Decision("Tidak."), refusals.NothingToMend),
        (actions.pass_step, Decision(" "), BadField),
        (actions.pass_step, Decision("Baik.", [deed]), EvidenceUnfit),
        (actions.pass_step, Decision("Baik.", [price]), EvidenceUnfit),
    ):
        with pytest.raises(refusal):
            verb(tx, code, Step.DUE_DILIGENCE, decision, by=office.curator, now=NOW)


def test_a_curator_does_not_decide_on_their_own_institution(tx: Tx, office: Office, asking: Terms) -> None:
    code = applied(tx, office, asking).application_code
    partners.record_ownership(tx, LP, NEW, date(2020, 1, 1), now=NOW)
    actions.declare_interest(tx, office.curator, LP, "pengurus", by=office.curator, now=NOW)
    with pytest.raises(refusals.ConflictOfInterest) as refused:
        actions.pass_step(tx, code, Step.DUE_DILIGENCE, FOUND_WELL, by=office.curator, now=NOW)
    assert (refused.value.institution, refused.value.partner) == (NEW, LP)


def test_a_decree_needs_every_step_and_every_paper(tx: Tx, office: Office, asking: Terms) -> None:
    with pytest.raises(refusals.StepsNotPassed) as refused:
        actions.decree(tx, NEW, "Decree 9", by=office.curator, now=NOW, terms=asking)
    assert refused.value.missed.startswith("due_diligence, governance, assessment, partner.no_platform_contract")
    passed(tx, office, asking)
    with pytest.raises(refusals.StepsNotPassed) as refused:
        actions.decree(tx, NEW, "Decree 9", by=office.curator, now=NOW, terms=asking)
    assert refused.value.missed == (
        "partner.no_platform_contract, partner.too_young, partner.no_business_number, partner.no_tax_number"
    )
    profile = Profile(
        founded_on=date(2018, 1, 1), business_number="912", tax_number="01", platform_contract="PKS/1/2020"
    )
    partners.set_profile(tx, NEW, profile, now=NOW)

    decreed = actions.decree(tx, NEW, "Decree 9", by=office.curator, now=NOW, terms=asking)

    assert decreed.status is PartnerStatus.ACTIVE
    assert all(check.passed for check in actions.conditions_of(tx, NEW, now=NOW, terms=asking))


def test_terms_that_ask_for_no_steps_take_no_application(tx: Tx, office: Office, terms: Terms) -> None:
    with pytest.raises(refusals.NoStepsAsked):
        actions.apply(tx, LP, in_person=True, by=office.curator, now=NOW, terms=replace(terms, institution_pipeline=()))
    with pytest.raises(NotAnInstitution):
        actions.apply(tx, DP, in_person=True, by=office.curator, now=NOW, terms=terms)


def test_one_application_at_a_time_and_a_withdrawn_one_makes_room(tx: Tx, office: Office, asking: Terms) -> None:
    first = applied(tx, office, asking)
    with pytest.raises(refusals.ApplicationOpen):
        applied(tx, office, asking)
    actions.withdraw(tx, first.application_code, reason="tahun depan saja", by=NEW, now=NOW)
    second = applied(tx, office, asking)
    assert second.application_code != first.application_code
    with pytest.raises(refusals.ApplicationMoveRefused):
        actions.withdraw(tx, first.application_code, reason="lagi", by=NEW, now=NOW)


def test_the_office_is_late_after_21_days_but_not_while_the_institution_mends(
    tx: Tx, office: Office, asking: Terms
) -> None:
    found = applied(tx, office, asking)
    late = NOW + timedelta(days=22)
    assert [each.application_code for each in actions.applications(tx, overdue_at=late)] == [found.application_code]
    assert found.overdue(late)
    mending = actions.reject_step(tx, found.application_code, Step.DUE_DILIGENCE, WANTING, by=office.curator, now=NOW)
    assert not mending.overdue(late)
    assert actions.applications(tx, overdue_at=late) == []
    assert [each.state for each in actions.applications(tx)] == [ApplicationState.MENDING]
