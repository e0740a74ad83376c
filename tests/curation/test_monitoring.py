"""Monitors write down what is not as promised; findings that add up open a review by themselves."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import NewSchedule
from prakarsa.catalogue.refusals import ScheduleUnknown
from prakarsa.curation import actions, audit, monitoring_rules, refusals
from prakarsa.curation.monitoring_model import (
    Aspect,
    Finding,
    NewFinding,
    NewObservation,
    ReviewCause,
    ReviewState,
    Severity,
    Suspension,
)
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Reason, Scope
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusals import BadField, EvidenceUnfit
from prakarsa.partner import actions as partners
from tests.conftest import NOW
from tests.curation.conftest import LP, Office

START = NOW + timedelta(days=10)
DURING = START + timedelta(hours=1)
LATER = START + timedelta(days=1)
RECORDING = Evidence(EvidenceKind.DOCUMENT, "cd" * 32, date(2020, 8, 26))
MAJOR = NewFinding(Aspect.INSTRUCTOR, Severity.MAJOR, "Bu Sari mengajar", "Rekaman diputar", (RECORDING,))
MINOR = replace(MAJOR, severity=Severity.MINOR)
CRITICAL = replace(MAJOR, severity=Severity.CRITICAL)
SUSPENSION = Suspension(
    legal_basis="Permenko 11/2020 art. 30(2)",
    basis_version="2020-08-01",
    public_words="Kelas tidak sesuai dengan yang dijanjikan.",
    public_words_en="Classes are not as promised.",
    proportionality="Hanya kursus ini; peserta yang sudah membeli tetap belajar.",
    review_at=LATER + timedelta(days=30),
)


@pytest.fixture
def classes(tx: Tx, office: Office) -> list[str]:
    """Four classes of the course, ten days from now."""
    meetings = {1: START, 2: START + timedelta(hours=12)}
    return [
        catalogue.add_schedule(
            tx, NewSchedule(f"kelas-{n}", "barista-1", START, START + timedelta(days=1), 10, meetings), now=NOW
        ).schedule_code
        for n in range(4)
    ]


def seen(tx: Tx, office: Office, code: str, *found: NewFinding, now: datetime = LATER) -> str | None:
    new = NewObservation(code, DURING, "Hadir dua jam di ruang daring.", found)
    return actions.observe(tx, new, office.monitor, now=now).review_code


def reviewed(tx: Tx, office: Office) -> str:
    code = seen(tx, office, "kelas-0", CRITICAL)
    assert code is not None
    return code


def test_findings_that_add_up_open_a_review_by_themselves(tx: Tx, office: Office, classes: list[str]) -> None:
    partners.set_contact(tx, LP, "lp@example.com", "id", now=NOW)
    assert seen(tx, office, classes[0], MAJOR, MINOR) is None
    assert seen(tx, office, classes[1]) is None
    assert seen(tx, office, classes[2], MAJOR) is None
    code = seen(tx, office, classes[3], MAJOR)

    assert code is not None
    found = actions.review(tx, code)
    assert (found.cause, found.state, found.course_code) == (ReviewCause.FINDINGS, ReviewState.OPEN, "barista-1")
    assert len(actions.findings_of(tx, code)) == 3
    assert [each.review_code for each in actions.observations(tx)] == [code, code, None, code]
    assert "curation.review_opened" in tx.values("SELECT template FROM journal.message")
    assert not any(invariant.exceptions(tx) for invariant in audit.INVARIANTS)


def test_old_findings_do_not_count(tx: Tx, office: Office, classes: list[str]) -> None:
    seen(tx, office, classes[0], MAJOR, MAJOR)
    assert seen(tx, office, classes[1], MAJOR, now=LATER + timedelta(days=91)) is None


def test_a_critical_finding_opens_a_review_alone_and_later_ones_join_it(
    tx: Tx, office: Office, classes: list[str]
) -> None:
    code = seen(tx, office, classes[0], CRITICAL)
    assert code is not None
    assert actions.review(tx, code).cause is ReviewCause.CRITICAL_FINDING
    assert seen(tx, office, classes[1], MAJOR) == code
    assert len(actions.findings_of(tx, code)) == 2


@given(
    st.lists(st.tuples(st.sampled_from(Severity), st.integers(0, 120), st.booleans()), max_size=12), st.integers(0, 5)
)
def test_a_review_is_due_exactly_when_the_rule_says(rows: list[tuple[Severity, int, bool]], threshold: int) -> None:
    findings = [
        Finding("F", "c", "s", "m", Aspect.TIMING, each, "p", "d", (), NOW, NOW - timedelta(days=age), tied or None)  # type: ignore[arg-type]  # any text ties it
        for each, age, tied in rows
    ]
    loose = [severity for severity, age, tied in rows if age < 90 and not tied]
    due = monitoring_rules.review_due(findings, threshold, NOW)
    if Severity.CRITICAL in loose:
        assert due is ReviewCause.CRITICAL_FINDING
    else:
        assert (due is ReviewCause.FINDINGS) == (0 < threshold <= loose.count(Severity.MAJOR))


def test_what_cannot_have_been_observed_is_refused(tx: Tx, office: Office, classes: list[str]) -> None:
    good = NewObservation(classes[0], DURING, "Hadir.", (MAJOR,))
    price = replace(RECORDING, kind=EvidenceKind.OUTSIDE_PRICE, reference="https://x.example", price_idr=1)
    for bad, refusal in (
        (replace(good, observed_at=NOW), refusals.NotObservable),
        (replace(good, observed_at=LATER + timedelta(days=9)), refusals.NotObservable),
        (replace(good, summary=" "), BadField),
        (replace(good, schedule_code="nobody"), ScheduleUnknown),
        (replace(good, findings=[replace(MAJOR, evidence=())]), BadField),
        (replace(good, findings=[replace(MAJOR, evidence=(price,))]), EvidenceUnfit),
        (replace(good, findings=[MAJOR] * 51), BadField),
    ):
        with pytest.raises(refusal):
            actions.observe(tx, bad, office.monitor, now=LATER)


def test_only_monitors_without_a_tie_observe(tx: Tx, office: Office, classes: list[str]) -> None:
    new = NewObservation(classes[0], DURING, "Hadir.")
    with pytest.raises(refusals.NotAnAssessor):
        actions.observe(tx, new, office.curator, now=LATER)
    actions.declare_interest(tx, office.monitor, LP, "saudara", by=office.monitor, now=NOW)
    with pytest.raises(refusals.ConflictOfInterest):
        actions.observe(tx, new, office.monitor, now=LATER)


def test_a_review_ends_with_nothing_or_with_an_improvement_by_a_day(tx: Tx, office: Office, classes: list[str]) -> None:
    code = reviewed(tx, office)
    with pytest.raises(refusals.BadDeadline):
        actions.ask_improvement(tx, code, words="Ganti", until=LATER, by=office.curator, now=LATER)
    until = LATER + timedelta(days=14)
    asked = actions.ask_improvement(
        tx, code, words="Pengajar sesuai silabus.", until=until, by=office.curator, now=LATER
    )
    assert (asked.state, asked.improve_by_at) == (ReviewState.IMPROVING, until)
    late = until + timedelta(seconds=1)
    assert [each.review_code for each in actions.reviews(tx, overdue_at=late)] == [code]
    done = actions.close_review(tx, code, words="Sudah diperbaiki.", by=office.curator, now=late)
    assert done.state is ReviewState.CLOSED
    assert actions.reviews(tx) == []
    with pytest.raises(refusals.ReviewMoveRefused):
        actions.close_review(tx, code, words="Lagi.", by=office.curator, now=late)


def test_a_held_course_is_held_with_its_findings_as_evidence(tx: Tx, office: Office, classes: list[str]) -> None:
    partners.set_contact(tx, LP, "lp@example.com", "id", now=NOW)
    code = reviewed(tx, office)
    held = actions.hold_course(tx, code, SUSPENSION, words="Tidak diajar.", by=office.curator, now=LATER)

    assert held.state is ReviewState.HELD
    assert held.hold_code is not None
    placed = holds.hold(tx, held.hold_code)
    assert (placed.scope, placed.target_code, placed.reason_code) == (
        Scope.COURSE,
        "barista-1",
        Reason.FAILED_MONITORING,
    )
    assert [row["kind"] for row in placed.evidence] == ["finding"]
    assert "curation.review_held" in tx.values("SELECT template FROM journal.message")


def test_a_curator_with_a_tie_does_not_decide_on_a_review(tx: Tx, office: Office, classes: list[str]) -> None:
    code = reviewed(tx, office)
    actions.declare_interest(tx, office.curator, LP, "saudara", by=office.curator, now=NOW)
    with pytest.raises(refusals.ConflictOfInterest):
        actions.close_review(tx, code, words="Tidak apa-apa.", by=office.curator, now=LATER)
    with pytest.raises(refusals.ConflictOfInterest):
        actions.hold_course(tx, code, SUSPENSION, words="Tidak.", by=office.curator, now=LATER)
