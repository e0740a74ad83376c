"""Gap lists: each partner is told once what it misses, answers item by item, and is answered item by item."""

import hashlib
from datetime import timedelta

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import Course
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusals import BadField, EvidenceUnfit
from prakarsa.partner import actions as partners
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.audit import INVARIANTS
from prakarsa.rehearsal.gap_model import GapItem, GapList, GapOutcome, GapState
from prakarsa.rehearsal.gaps import accepted_kinds
from prakarsa.rehearsal.refusals import (
    EvidenceMissing,
    GapAnswerWaits,
    GapClosed,
    GapDeadlineImpossible,
    GapDeadlineSet,
    GapListUnknown,
    GapNotAnswered,
    GapOverdue,
    GapStillMissed,
    GapUnknown,
    WordsMissing,
)
from tests import worlds
from tests.conftest import NOW
from tests.rehearsal.catalogues import a_course, august

DUE = NOW + timedelta(days=10)
BASE_URL = "https://prakarsa.example"
TODAY = NOW.date()
SYLLABUS = Evidence(EvidenceKind.DOCUMENT, hashlib.sha256(b"silabus").hexdigest(), TODAY)
CURRICULUM = "Curriculum, syllabus and lesson plan exist"


def kept(tx: Tx, **after: object) -> str:
    change = august(tx, **after)
    return rehearsal.keep(tx, change, rehearsal.rehearse(tx, change, now=NOW), by="staff/1", now=NOW).run_code


def lists_made(tx: Tx, run_code: str, *, chunk: int = 25) -> list[GapList]:
    while rehearsal.make_gap_lists(tx, run_code, due_at=DUE, by="staff/1", base_url=BASE_URL, now=NOW, chunk=chunk):
        pass
    return rehearsal.gap_lists(tx, run_code=run_code)


def of_partner(tx: Tx, run_code: str, code: str) -> GapList:
    [found] = [each for each in lists_made(tx, run_code) if each.partner_code == code]
    return found


def item_about(tx: Tx, course: Course, condition: str = CURRICULUM, **after: object) -> GapItem:
    asked = of_partner(tx, kept(tx, **after), course.institution_code)
    [item] = [
        each.item
        for each in rehearsal.gap_items(tx, asked)
        if (each.item.thing_code, each.item.condition) == (course.course_code, condition)
    ]
    return item


def answered(tx: Tx, item: GapItem, *evidence: Evidence) -> GapItem:
    return rehearsal.answer_gap(
        tx,
        item.item_code,
        partner_code=item.partner_code,
        words="Silabus lengkap kami lampirkan.",
        evidence=evidence or (SYLLABUS,),
        now=NOW + timedelta(days=1),
    )


def decided(tx: Tx, item: GapItem, outcome: GapOutcome, words: str = "Sudah diperiksa.") -> GapItem:
    moment = NOW + timedelta(days=2)
    return rehearsal.decide_gap(tx, item.item_code, outcome=outcome, words=words, by="staff/3", now=moment)


def letters(tx: Tx, template: str = "rehearsal.gap_list") -> list[tuple[str, dict[str, object]]]:
    waiting = journal.claim(tx, limit=10_000, now=NOW + timedelta(days=3_650))
    return [(each.address, each.params) for each in waiting if each.template == template]


@pytest.fixture
def lacking(tx: Tx) -> Course:
    return a_course(tx, has_curriculum=False)


def test_each_partner_that_misses_something_gets_one_list_with_its_own_items(tx: Tx, lacking: Course) -> None:
    other = a_course(tx, institution="balai-dua", has_evaluation=False, has_live_session=False)
    run = kept(tx)
    lists = {each.partner_code: each for each in lists_made(tx, run)}
    items = {code: {i.item.condition for i in rehearsal.gap_items(tx, each)} for code, each in lists.items()}
    assert CURRICULUM in items[lacking.institution_code]
    assert CURRICULUM not in items["balai-dua"]
    assert {"Learning is evaluated", "Online training is interactive"} <= items["balai-dua"]
    assert other.institution_code == "balai-dua"
    assert lists_made(tx, run) == list(lists.values())


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_lists_come_out_the_same_in_any_chunks(tx: Tx, lacking: Course, chunk: int) -> None:
    for number in range(4):
        a_course(tx, institution=f"balai-{number}", has_curriculum=False)
    run = kept(tx)
    found = lists_made(tx, run, chunk=chunk)
    assert len({each.partner_code for each in found}) == len(found)
    assert {each.partner_code for each in found} >= {f"balai-{number}" for number in range(4)}
    assert rehearsal.kept_run(tx, run).gaps_made_at is not None


def test_the_letter_goes_once_to_the_contact_and_its_link_opens_the_desk_until_the_deadline(
    tx: Tx, lacking: Course
) -> None:
    code = lacking.institution_code
    partners.set_contact(tx, code, "kurikulum@balai.example", "en", now=NOW)
    run = kept(tx)
    lists_made(tx, run)
    lists_made(tx, run)
    [(address, params)] = letters(tx)
    assert address == "kurikulum@balai.example"
    token = str(params["link"]).removeprefix(f"{BASE_URL}/desk/")
    opened = partners.desk_of(tx, token, DUE - timedelta(minutes=1))
    assert opened is not None
    assert opened.client_code == code


def test_a_partner_that_named_nobody_still_has_its_list_and_it_shows_that_nobody_was_told(
    tx: Tx, lacking: Course
) -> None:
    assert of_partner(tx, kept(tx), lacking.institution_code).told_at is None
    assert letters(tx) == []


def test_what_was_mended_since_the_dry_run_is_not_asked_for(tx: Tx, lacking: Course) -> None:
    run = kept(tx)
    catalogue.attest(tx, lacking.course_code, "has_curriculum", True, [SYLLABUS], by="staff/2", now=NOW)
    asked = [
        each.item.thing_code
        for found in lists_made(tx, run)
        for each in rehearsal.gap_items(tx, found)
        if each.item.condition == CURRICULUM
    ]
    assert asked == []


@pytest.mark.parametrize("due_at", [NOW - timedelta(days=1), NOW + timedelta(days=2), NOW + timedelta(days=400)])
def test_a_deadline_that_nobody_can_keep_is_refused(tx: Tx, lacking: Course, due_at: object) -> None:
    run = kept(tx)
    with pytest.raises(GapDeadlineImpossible):
        rehearsal.make_gap_lists(tx, run, due_at=due_at, by="staff/1", base_url=BASE_URL, now=NOW)  # type: ignore[arg-type]  # from a table


def test_one_dry_run_has_one_deadline(tx: Tx, lacking: Course) -> None:
    run = kept(tx)
    lists_made(tx, run)
    with pytest.raises(GapDeadlineSet):
        rehearsal.make_gap_lists(tx, run, due_at=DUE + timedelta(days=1), by="staff/1", base_url=BASE_URL, now=NOW)


def test_an_accepted_answer_makes_the_course_meet_the_condition(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    answered(tx, item)
    assert decided(tx, item, GapOutcome.ACCEPTED).state is GapState.ACCEPTED
    assert catalogue.course(tx, lacking.course_code).has_curriculum
    [said] = catalogue.attestations(tx, [lacking.course_id])[lacking.course_id]
    assert (said.fact, said.evidence, said.attested_by) == ("has_curriculum", (SYLLABUS,), "staff/3")


def test_a_rejected_answer_says_what_to_mend_and_may_be_given_again(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    answered(tx, item)
    assert decided(tx, item, GapOutcome.REJECTED, "Rencana pembelajaran belum ada.").state is GapState.REJECTED
    assert not catalogue.course(tx, lacking.course_code).has_curriculum
    assert answered(tx, item).state is GapState.ANSWERED
    answers = rehearsal.gap_item(tx, item.item_code).answers
    assert [answer.outcome for answer in answers] == [None, GapOutcome.REJECTED]
    assert answers[1].decision_words == "Rencana pembelajaran belum ada."


def test_decisions_are_told_in_one_letter_when_no_answer_waits_any_more(tx: Tx) -> None:
    course = a_course(tx, has_curriculum=False, has_evaluation=False)
    partners.set_contact(tx, course.institution_code, "kurikulum@balai.example", "en", now=NOW)
    asked = of_partner(tx, kept(tx), course.institution_code)
    items = [each.item for each in rehearsal.gap_items(tx, asked) if each.item.thing_id == course.course_id]
    assert len(items) == 2
    for item in items:
        answered(tx, item)
    decided(tx, items[0], GapOutcome.ACCEPTED)
    assert letters(tx, "rehearsal.gap_decided") == []
    decided(tx, items[1], GapOutcome.REJECTED, "Belum lengkap.")
    [(_, params)] = letters(tx, "rehearsal.gap_decided")
    assert (params["settled"], params["rejected"]) == (1, 1)


def test_a_rejection_without_words_is_refused(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    answered(tx, item)
    with pytest.raises(WordsMissing):
        decided(tx, item, GapOutcome.REJECTED, "  ")


def test_what_nobody_answered_is_not_decided_and_what_is_closed_is_not_answered(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    with pytest.raises(GapNotAnswered):
        decided(tx, item, GapOutcome.ACCEPTED)
    answered(tx, item)
    with pytest.raises(GapAnswerWaits):
        answered(tx, item)
    decided(tx, item, GapOutcome.ACCEPTED)
    with pytest.raises(GapClosed):
        answered(tx, item)
    with pytest.raises(GapClosed):
        decided(tx, item, GapOutcome.REJECTED)


def test_nobody_answers_for_another_partner(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    worlds.an_institution(tx, "balai-dua")
    with pytest.raises(GapUnknown):
        rehearsal.answer_gap(tx, item.item_code, partner_code="balai-dua", words="Ya.", evidence=[SYLLABUS], now=NOW)
    with pytest.raises(GapUnknown):
        rehearsal.gap_item(tx, item.item_code, partner_code="balai-dua")


def test_evidence_of_a_kind_that_does_not_show_it_is_refused(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    page = Evidence(EvidenceKind.WEB_PAGE, "https://balai.example/silabus", TODAY)
    with pytest.raises(EvidenceUnfit):
        answered(tx, item, page)
    with pytest.raises(EvidenceMissing):
        rehearsal.answer_gap(tx, item.item_code, partner_code=item.partner_code, words="Ya.", evidence=[], now=NOW)
    assert accepted_kinds(item) == (EvidenceKind.DOCUMENT,)


@pytest.mark.parametrize("words", ["", "   ", "x" * 2_001, "a\u202eb"])
def test_an_answer_says_something_readable(tx: Tx, lacking: Course, words: str) -> None:
    item = item_about(tx, lacking)
    with pytest.raises(BadField):
        rehearsal.answer_gap(
            tx, item.item_code, partner_code=item.partner_code, words=words, evidence=[SYLLABUS], now=NOW
        )


def test_after_the_deadline_an_item_is_overdue_until_more_time_is_given(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    late = DUE + timedelta(hours=1)
    assert item.overdue(late)
    assert rehearsal.gap_list(tx, item.list_code).overdue(late)
    with pytest.raises(GapOverdue):
        rehearsal.answer_gap(
            tx, item.item_code, partner_code=item.partner_code, words="Ya.", evidence=[SYLLABUS], now=late
        )
    more = late + timedelta(days=5)
    rehearsal.give_time(tx, item.list_code, more, reason="Surat baru sampai.", by="staff/1", now=late)
    again = rehearsal.answer_gap(
        tx, item.item_code, partner_code=item.partner_code, words="Ya.", evidence=[SYLLABUS], now=late
    )
    assert (again.state, again.due_at) == (GapState.ANSWERED, more)


def test_a_price_elsewhere_that_is_still_lower_does_not_close_the_item(tx: Tx) -> None:
    dear = a_course(tx, price_idr=200_000, outside_price_idr=150_000)
    item = item_about(tx, dear, "It costs no more than the same training elsewhere")
    seen = Evidence(EvidenceKind.OUTSIDE_PRICE, "https://toko.example/kursus", TODAY, price_idr=180_000)
    answered(tx, item, seen)
    with tx.savepoint(), pytest.raises(GapStillMissed):
        decided(tx, item, GapOutcome.ACCEPTED)
    decided(tx, item, GapOutcome.REJECTED, "Di luar masih lebih murah.")
    answered(tx, item, Evidence(EvidenceKind.OUTSIDE_PRICE, seen.reference, TODAY, price_idr=210_000))
    assert decided(tx, item, GapOutcome.ACCEPTED).state is GapState.ACCEPTED


def test_of_several_prices_elsewhere_the_lowest_counts(tx: Tx) -> None:
    item = item_about(
        tx,
        a_course(tx, price_idr=200_000, outside_price_idr=150_000),
        "It costs no more than the same training elsewhere",
    )
    high, low = (
        Evidence(EvidenceKind.OUTSIDE_PRICE, "https://toko.example/kursus", TODAY, price_idr=price)
        for price in (900_000, 100_000)
    )
    answered(tx, item, high, low)
    with pytest.raises(GapStillMissed):
        decided(tx, item, GapOutcome.ACCEPTED)


def test_an_item_closes_by_itself_once_the_facts_meet_it(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    assert rehearsal.close_met_gaps(tx, now=NOW) == 0
    catalogue.attest(tx, lacking.course_code, "has_curriculum", True, [SYLLABUS], by="staff/2", now=NOW)
    assert rehearsal.close_met_gaps(tx, now=NOW) == 1
    assert rehearsal.close_met_gaps(tx, now=NOW) == 0
    assert rehearsal.gap_item(tx, item.item_code).item.state is GapState.MET


def test_items_of_a_course_that_left_the_catalogue_are_dropped(tx: Tx, lacking: Course) -> None:
    item = item_about(tx, lacking)
    catalogue.withdraw(tx, lacking.course_code, "staff/1", now=NOW)
    rehearsal.close_met_gaps(tx, now=NOW)
    assert rehearsal.gap_item(tx, item.item_code).item.state is GapState.DROPPED


def test_ownership_that_ended_closes_its_items(tx: Tx) -> None:
    course = a_course(tx, institution="balai-anak", platforms=("pasar-satu",))
    partners.record_ownership(tx, "pasar-satu", "balai-anak", TODAY, now=NOW)
    item = item_about(tx, course, "No platform sells courses of its own entity")
    answered(tx, item)
    with tx.savepoint(), pytest.raises(GapStillMissed):
        decided(tx, item, GapOutcome.ACCEPTED)
    partners.end_ownership(tx, "pasar-satu", "balai-anak", now=NOW)
    assert decided(tx, item, GapOutcome.ACCEPTED).state is GapState.ACCEPTED


def test_a_platform_that_comes_within_the_cap_has_nothing_to_answer_any_more(tx: Tx) -> None:
    worlds.a_platform(tx, "pasar-mahal", commission_percent=20)
    asked = of_partner(tx, kept(tx, settlement_max_commission_percent=15), "pasar-mahal")
    [item] = [each.item for each in rehearsal.gap_items(tx, asked) if "commission" in each.item.condition]
    partners.amend(tx, "pasar-mahal", "PKS-2/2020", 15, now=NOW)
    assert rehearsal.close_met_gaps(tx, now=NOW) == 1
    assert rehearsal.gap_item(tx, item.item_code).item.state is GapState.MET


@pytest.mark.parametrize("code", ["", "GAP-1", "\x00", "é" * 3, "x" * 9_000])
def test_codes_nobody_gave_are_refused(tx: Tx, code: str) -> None:
    with pytest.raises(GapListUnknown):
        rehearsal.gap_list(tx, code)
    with pytest.raises(GapUnknown):
        rehearsal.gap_item(tx, code)
    with pytest.raises(GapUnknown):
        rehearsal.answer_gap(tx, code, partner_code="x", words="Ya.", evidence=[SYLLABUS], now=NOW)


def test_what_was_asked_answered_and_decided_is_in_the_journal(tx: Tx, lacking: Course) -> None:
    second = a_course(tx, has_evaluation=False)
    item = item_about(tx, lacking)
    answered(tx, item)
    decided(tx, item, GapOutcome.REJECTED, "Belum lengkap.")
    answered(tx, item)
    decided(tx, item, GapOutcome.ACCEPTED)
    catalogue.withdraw(tx, second.course_code, "staff/1", now=NOW)
    rehearsal.close_met_gaps(tx, now=NOW)
    assert [invariant.exceptions(tx) for invariant in INVARIANTS] == [[] for _ in INVARIANTS]
