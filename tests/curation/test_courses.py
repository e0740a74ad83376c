"""A course is approved on two independent scores, and rejected with what to mend, item by item."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseState
from prakarsa.catalogue.refusals import ConditionsMissed, CourseUnknown
from prakarsa.curation import actions, audit, refusals
from prakarsa.curation.model import Mark, RoundState
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusals import BadField, SamePerson
from prakarsa.partner import actions as partners
from prakarsa.programme.model import Terms
from tests.conftest import NOW
from tests.curation.conftest import COURSE, DP, LP, OTHER_LP, Office, called, hired, marked, revised, scored


def unbroken(tx: Tx) -> bool:
    return not any(invariant.exceptions(tx) for invariant in audit.INVARIANTS)


def test_a_course_is_approved_on_the_mean_of_two_scores_and_counts_as_assessed_by_experts(
    tx: Tx, office: Office
) -> None:
    done = actions.approve(tx, scored_within_gap(tx, office), by=office.curator, now=NOW)

    course = catalogue.course(tx, done.course_code)
    assert course.state is CourseState.APPROVED
    assert course.expert_assessed
    said = catalogue.attestations(tx, [course.course_id])[course.course_id][0]
    assert [piece.reference for piece in said.evidence] == [f"{done.round_code}/1", f"{done.round_code}/2"]
    assert unbroken(tx)


def scored_within_gap(tx: Tx, office: Office) -> str:
    catalogue.register_course(tx, replace(COURSE, course_code="barista-2"), now=NOW)
    found = called(tx, office, course="barista-2")
    for assessor, marks in zip(office.assessors, (marked(tx, 4), marked(tx, 4, live=3)), strict=False):
        found = actions.score(tx, found.round_code, assessor, marks, now=NOW)
    assert found.state is RoundState.SCORED
    assert found.result_tenths == (1_000 + 985) // 2
    return found.round_code


def test_a_third_assessor_is_called_when_two_differ_and_the_two_closest_count(tx: Tx, office: Office) -> None:
    found = scored(tx, office, (4, 2))
    assert found.state is RoundState.DIFFERING
    with pytest.raises(refusals.RoundMoveRefused):
        actions.approve(tx, found.round_code, by=office.curator, now=NOW)

    found = actions.call(tx, found.round_code, office.assessors[2], by=office.curator, now=NOW)
    found = actions.score(tx, found.round_code, office.assessors[2], marked(tx, 4, live=3), now=NOW)

    assert (found.state, found.result_tenths) == (RoundState.SCORED, (1_000 + 985) // 2)
    with pytest.raises(refusals.RoundMoveRefused):
        actions.call(tx, found.round_code, office.assessors[3], by=office.curator, now=NOW)


def test_a_third_score_is_not_asked_for_while_two_agree(tx: Tx, office: Office) -> None:
    found = called(tx, office)
    with pytest.raises(refusals.RoundMoveRefused):
        actions.call(tx, found.round_code, office.assessors[2], by=office.curator, now=NOW)


def test_nobody_sees_the_marks_of_another_before_all_are_in(tx: Tx, office: Office) -> None:
    one, two = office.assessors[:2]
    found = called(tx, office)
    actions.score(tx, found.round_code, one, marked(tx, 4), now=NOW)

    for reader in (two, office.curator, "staff/999"):
        seen = actions.dossier(tx, found.round_code, reader)
        assert seen.marks == {} or list(seen.marks.values()) == [{}]
        assert [each.score_tenths for each in seen.assignments] == [None, None]
    own = actions.dossier(tx, found.round_code, one)
    assert [len(marks) for marks in own.marks.values()] == [24]

    actions.score(tx, found.round_code, two, marked(tx, 4), now=NOW)
    seen = actions.dossier(tx, found.round_code, two)
    assert [len(marks) for marks in seen.marks.values()] == [24, 24]


def test_only_assessors_who_were_called_score_and_only_once(tx: Tx, office: Office) -> None:
    found = called(tx, office)
    for stranger in (office.assessors[2], office.curator):
        with pytest.raises(refusals.NotCalled):
            actions.score(tx, found.round_code, stranger, marked(tx, 4), now=NOW)
    actions.score(tx, found.round_code, office.assessors[0], marked(tx, 4), now=NOW)
    with pytest.raises(refusals.NotCalled):
        actions.score(tx, found.round_code, office.assessors[0], marked(tx, 0), now=NOW)


def test_the_same_person_is_not_called_twice_and_a_curator_not_at_all(tx: Tx, office: Office) -> None:
    found = called(tx, office, 1)
    with pytest.raises(refusals.AlreadyCalled):
        actions.call(tx, found.round_code, "asesor0@example.com", by=office.curator, now=NOW)
    for who in (office.curator, "staff/999999", "nobody"):
        with pytest.raises(refusals.NotAnAssessor):
            actions.call(tx, found.round_code, who, by=office.curator, now=NOW)


def test_an_assessor_with_a_declared_tie_is_not_called_and_does_not_score(tx: Tx, office: Office) -> None:
    one, two = office.assessors[:2]
    actions.declare_interest(tx, one, LP, "mengajar di sana", by=one, now=NOW)
    opened = actions.submit(tx, "barista-1", by="partner", now=NOW)
    with pytest.raises(refusals.ConflictOfInterest) as refused:
        actions.call(tx, opened.round_code, one, by=office.curator, now=NOW)
    assert (refused.value.who, refused.value.partner, refused.value.words) == (one, LP, "mengajar di sana")

    actions.call(tx, opened.round_code, two, by=office.curator, now=NOW)
    actions.declare_interest(tx, two, LP, "saudara pemilik", by=two, now=NOW)
    with pytest.raises(refusals.ConflictOfInterest):
        actions.score(tx, opened.round_code, two, marked(tx, 4), now=NOW)
    actions.relieve(tx, opened.round_code, two, because="benturan kepentingan", by=office.curator, now=NOW)
    assert actions.one_round(tx, opened.round_code).state is RoundState.ASSIGNING


def test_a_tie_to_an_owner_at_any_depth_is_a_conflict(tx: Tx, office: Office) -> None:
    partners.record_ownership(tx, DP, OTHER_LP, date(2020, 1, 1), now=NOW)
    partners.record_ownership(tx, OTHER_LP, LP, date(2020, 1, 1), now=NOW)
    actions.declare_interest(tx, office.assessors[0], DP, "pemegang saham", by="staff/1", now=NOW)
    opened = actions.submit(tx, "barista-1", by="partner", now=NOW)
    with pytest.raises(refusals.ConflictOfInterest) as refused:
        actions.call(tx, opened.round_code, office.assessors[0], by=office.curator, now=NOW)
    assert (refused.value.institution, refused.value.partner) == (LP, DP)
    actions.end_interest(tx, office.assessors[0], DP, by="staff/1", now=NOW)
    actions.call(tx, opened.round_code, office.assessors[0], by=office.curator, now=NOW)


def test_a_curator_does_not_decide_on_their_own_institution(tx: Tx, office: Office) -> None:
    found = scored(tx, office)
    actions.declare_interest(tx, office.curator, LP, "dulu bekerja di sana", by=office.curator, now=NOW)
    with pytest.raises(refusals.ConflictOfInterest):
        actions.approve(tx, found.round_code, by=office.curator, now=NOW)
    with pytest.raises(refusals.ConflictOfInterest):
        actions.reject(tx, found.round_code, reason="tidak", by=office.curator, now=NOW, mends={"x": "y"})
    actions.approve(tx, found.round_code, by=office.other_curator, now=NOW)


def test_an_assessor_does_not_approve_on_their_own_score(tx: Tx, office: Office) -> None:
    found = scored(tx, office)
    with pytest.raises(SamePerson):
        actions.approve(tx, found.round_code, by=office.assessors[0], now=NOW)


def test_a_low_result_is_not_approved_and_its_rejection_lists_every_low_mark_with_its_note(
    tx: Tx, office: Office
) -> None:
    found = called(tx, office)
    low = marked(tx, 3, syllabus=1) | {"live": Mark(0, "tidak ada sesi langsung"), "not_free": Mark(2, "mirip gratis")}
    for assessor in office.assessors[:2]:
        found = actions.score(tx, found.round_code, assessor, low, now=NOW)
    with pytest.raises(refusals.ScoreTooLow) as refused:
        actions.approve(tx, found.round_code, by=office.curator, now=NOW)
    assert (refused.value.result_percent, refused.value.pass_percent) == ("66.5", 70)

    done = actions.reject(tx, found.round_code, reason="belum siap", by=office.curator, now=NOW)

    assert done.state is RoundState.REJECTED
    mends = {each.item: each.words for each in actions.dossier(tx, found.round_code, office.curator).mends}
    assert set(mends) == {"syllabus", "live", "not_free"}
    assert mends["live"].endswith("tidak ada sesi langsung / tidak ada sesi langsung")
    assert catalogue.course(tx, "barista-1").state is CourseState.REJECTED
    assert unbroken(tx)


def test_a_missed_condition_stops_the_approval_and_is_an_item_of_the_rejection(tx: Tx, office: Office) -> None:
    found = scored(tx, office)
    page = Evidence(EvidenceKind.WEB_PAGE, "https://gratis.example/barista", date(2020, 8, 15))
    catalogue.attest(tx, "barista-1", "free_elsewhere", True, [page], by=office.curator, now=NOW)
    with pytest.raises(ConditionsMissed), tx.savepoint():
        actions.approve(tx, found.round_code, by=office.curator, now=NOW)
    actions.reject(tx, found.round_code, reason="gratis di tempat lain", by=office.curator, now=NOW)
    mends = [each.item for each in actions.dossier(tx, found.round_code, office.curator).mends]
    assert mends == ["catalogue.free_elsewhere"]


def test_a_rejection_that_names_nothing_to_mend_is_refused(tx: Tx, office: Office) -> None:
    found = scored(tx, office)
    with pytest.raises(refusals.NothingToMend):
        actions.reject(tx, found.round_code, reason="kurang suka", by=office.curator, now=NOW)


def test_handing_in_again_answers_every_item_and_shows_what_changed(tx: Tx, office: Office) -> None:
    first = called(tx, office)
    for assessor in office.assessors[:2]:
        actions.score(tx, first.round_code, assessor, marked(tx, 4, live=0, syllabus=1), now=NOW)
    actions.reject(tx, first.round_code, reason="belum siap", by=office.curator, now=NOW)
    with pytest.raises(refusals.CourseNotSubmittable):
        actions.submit(tx, "barista-1", by="partner", now=NOW)
    catalogue.reopen(tx, "barista-1", "partner", now=NOW)
    revised(tx, title="Barista terampil", hours=15)
    with pytest.raises(refusals.MendUnanswered) as refused:
        actions.submit(tx, "barista-1", by="partner", now=NOW, answers={"live": "Sudah ada webinar."})
    assert refused.value.item == "syllabus"
    answers = {"live": "Sudah.", "syllabus": "Sudah.", "price": "?"}
    with pytest.raises(BadField):
        actions.submit(tx, "barista-1", by="partner", now=NOW, answers=answers)

    answers = {"live": "Sudah ada webinar.", "syllabus": "Disusun ulang."}
    second = actions.submit(tx, "barista-1", by="partner", now=NOW + timedelta(days=3), answers=answers)

    assert second.number == 2
    seen = actions.dossier(tx, second.round_code, office.curator)
    assert [(each.field, each.before, each.after) for each in seen.changes] == [
        ("title", "Barista dasar", "Barista terampil"),
        ("hours", 12, 15),
    ]
    assert {each.item: each.answer for each in seen.answers} == answers
    assert unbroken(tx)


def test_an_assessment_declared_by_the_institution_or_made_earlier_does_not_stand(tx: Tx, office: Office) -> None:
    catalogue.register_course(tx, replace(COURSE, course_code="barista-2", expert_assessed=True), now=NOW)
    actions.submit(tx, "barista-2", by="partner", now=NOW)
    assert not catalogue.course(tx, "barista-2").expert_assessed


def test_a_course_in_assessment_takes_no_second_round_and_no_decision_elsewhere(tx: Tx, office: Office) -> None:
    opened = actions.submit(tx, "barista-1", by="partner", now=NOW)
    for refused in (
        lambda: actions.submit(tx, "barista-1", by="partner", now=NOW),
        lambda: actions.check_not_in_round(tx, "barista-1"),
    ):
        with pytest.raises(refusals.RoundOpen) as found:
            refused()
        assert found.value.round_code == opened.round_code
    catalogue.reject(tx, "barista-1", office.curator, reason="di luar", now=NOW)
    assert not unbroken(tx)


def test_a_course_withdrawn_for_good_is_not_assessed(tx: Tx, office: Office) -> None:
    catalogue.withdraw(tx, "barista-1", "partner", now=NOW)
    with pytest.raises(refusals.CourseNotSubmittable):
        actions.submit(tx, "barista-1", by="partner", now=NOW)
    with pytest.raises(CourseUnknown):
        actions.submit(tx, "nobody-knows", by="partner", now=NOW)


def test_the_clock_of_21_days_puts_late_rounds_on_a_list(tx: Tx, office: Office, terms: Terms) -> None:
    opened = actions.submit(tx, "barista-1", by="partner", now=NOW)
    catalogue.register_course(tx, replace(COURSE, course_code="barista-2"), now=NOW)
    actions.submit(tx, "barista-2", by="partner", now=NOW + timedelta(days=5))
    late = NOW + timedelta(days=terms.curation_sla_days + 1)

    assert actions.rounds(tx, overdue_at=NOW + timedelta(days=20)) == []
    assert [each.round_code for each in actions.rounds(tx, overdue_at=late)] == [opened.round_code]
    page = actions.rounds(tx, limit=1)
    rest = actions.rounds(tx, after=(page[0].due_at, page[0].round_id))
    assert [each.course_code for each in (*page, *rest)] == ["barista-1", "barista-2"]


def test_an_assessor_sees_what_waits_for_them(tx: Tx, office: Office) -> None:
    found = called(tx, office)
    assert [each.round_code for each in actions.rounds(tx, assessor=office.assessors[0])] == [found.round_code]
    assert actions.rounds(tx, assessor=office.assessors[2]) == []
    actions.score(tx, found.round_code, office.assessors[0], marked(tx, 4), now=NOW)
    assert actions.rounds(tx, assessor=office.assessors[0]) == []


def test_scores_stay_bound_to_the_version_they_were_made_by(tx: Tx, office: Office, home: Path) -> None:
    found = called(tx, office)
    text = (Path(actions.__file__).parent / "indicator_sets" / "course.toml").read_text()
    file = home / "next.toml"
    file.write_text(text.replace("weight = 6", "weight = 7", 1).replace("weight = 5", "weight = 4", 1))
    with pytest.raises(refusals.IndicatorsConflict):
        actions.load_indicators(tx, str(file), by="staff/0", now=NOW)
    file.write_text(file.read_text().replace("version = 1", "version = 2"))
    assert actions.load_indicators(tx, str(file), by="staff/0", now=NOW).version == 2
    with pytest.raises(refusals.IndicatorsConflict):
        actions.load_indicators(tx, "course", by="staff/0", now=NOW)

    actions.score(tx, found.round_code, office.assessors[0], marked(tx, 4), now=NOW)
    assert actions.dossier(tx, found.round_code, office.curator).indicators.version == 1
    catalogue.register_course(tx, replace(COURSE, course_code="barista-2"), now=NOW)
    newer = actions.submit(tx, "barista-2", by="partner", now=NOW)
    assert actions.dossier(tx, newer.round_code, office.curator).indicators.version == 2
    assert unbroken(tx)


def test_without_indicators_nothing_is_handed_in(tx: Tx, office: Office) -> None:
    tx.run("DELETE FROM curation.indicator")
    tx.run("DELETE FROM curation.indicator_set")
    with pytest.raises(refusals.NoIndicators):
        actions.submit(tx, "barista-1", by="partner", now=NOW)


def test_ties_are_declared_once_and_ended_once(tx: Tx, office: Office) -> None:
    actions.declare_interest(tx, "staff/7", LP, "saudara", by="staff/7", now=NOW)
    with pytest.raises(refusals.InterestKnown):
        actions.declare_interest(tx, "staff/7", LP, "saudara", by="staff/7", now=NOW)
    assert [(each.who, each.client_code) for each in actions.interests(tx)] == [("staff/7", LP)]
    actions.end_interest(tx, "staff/7", LP, by="staff/7", now=NOW)
    with pytest.raises(refusals.InterestUnknown):
        actions.end_interest(tx, "staff/7", LP, by="staff/7", now=NOW)
    assert actions.interests(tx, "staff/7") == []


def test_the_institution_is_told_what_was_decided(tx: Tx, office: Office) -> None:
    partners.set_contact(tx, LP, "lp@example.com", "id", now=NOW)
    actions.approve(tx, scored(tx, office).round_code, by=office.curator, now=NOW)
    assert "curation.course_approved" in tx.values("SELECT template FROM journal.message")


def test_hostile_codes_are_unknown(tx: Tx, office: Office) -> None:
    for code in ("", "\x00", "'; --", "x" * 1_000, "ü"):
        with pytest.raises(refusals.RoundUnknown):
            actions.one_round(tx, code)
        with pytest.raises(refusals.ReviewUnknown):
            actions.review(tx, code)
        with pytest.raises(refusals.ApplicationUnknown):
            actions.application(tx, code)


def test_the_books_name_an_approval_without_two_scores(tx: Tx, office: Office) -> None:
    found = scored(tx, office)
    actions.approve(tx, found.round_code, by=office.curator, now=NOW)
    tx.run("UPDATE curation.assignment SET score_tenths = NULL, scored_at = NULL")
    broken = [problem for invariant in audit.INVARIANTS for problem in invariant.exceptions(tx)]
    assert f"round/{found.round_code}" in {problem.subject for problem in broken}


def test_the_books_name_a_score_of_somebody_with_a_tie(tx: Tx, office: Office) -> None:
    found = scored(tx, office)
    actions.approve(tx, found.round_code, by=office.curator, now=NOW)
    actions.declare_interest(tx, office.assessors[0], LP, "saudara", by="staff/1", now=NOW - timedelta(days=1))
    assert not unbroken(tx)


def test_somebody_else_hired_can_take_over(tx: Tx, office: Office) -> None:
    found = called(tx, office)
    actions.relieve(tx, found.round_code, office.assessors[1], because="sakit", by=office.curator, now=NOW)
    newcomer = hired(tx, "assessor", "baru@example.com")
    taken = actions.call(tx, found.round_code, newcomer, by=office.curator, now=NOW)
    assert taken.state is RoundState.SCORING
