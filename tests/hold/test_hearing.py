"""Those whom a hold hits are heard: answers in time, appeals with a clock, decisions by somebody else."""

from datetime import date, timedelta

import pytest

from prakarsa.hold import actions
from prakarsa.hold.audit import INVARIANTS
from prakarsa.hold.hearing_model import DeedKind, Outcome
from prakarsa.hold.model import Scope
from prakarsa.hold.refusals import (
    AnswerTooLate,
    AppealDecided,
    AppealOpen,
    AppealUnknown,
    HoldOver,
    NoTimeToAnswer,
    NotTheirHold,
)
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusals import BadField, EvidenceUnfit, SamePerson
from prakarsa.partner import actions as partners
from tests import worlds
from tests.conftest import NOW
from tests.hold.test_holds import DAY, FINDING, WEEK

SCHOOL = worlds.INSTITUTION
PAGE = Evidence(EvidenceKind.WEB_PAGE, "https://lembaga.example/silabus", date(2020, 8, 15))


def broken(tx: Tx) -> list[str]:
    return [invariant.sentence for invariant in INVARIANTS if invariant.exceptions(tx)]


def test_a_review_says_why_it_stays_and_when_the_next_word_comes(tx: Tx) -> None:
    hold = worlds.a_hold(tx, scope=Scope.INSTITUTION)

    kept = actions.review(
        tx, hold.hold_code, words="Two of five findings are mended.", next_review_at=NOW + 2 * WEEK, by="staff/1",
        now=NOW + 6 * DAY,
    )  # fmt: skip

    assert (kept.review_at, kept.over_at, kept.next_word_at) == (NOW + 2 * WEEK,) * 3
    assert actions.in_force(tx, NOW + 10 * DAY) == [kept]
    assert actions.in_force(tx, NOW + 2 * WEEK) == [], "the next review did not take place"


@pytest.mark.parametrize("days", [0, 1, 188])
def test_a_review_promises_a_next_word_in_good_time(tx: Tx, days: int) -> None:
    hold = worlds.a_hold(tx, scope=Scope.INSTITUTION)

    at = NOW + timedelta(days=days)
    with pytest.raises(BadField) as refusal:
        actions.review(tx, hold.hold_code, words="It stays.", next_review_at=at, by="staff/1", now=NOW + DAY)

    assert refusal.value.field == "next_review_at"


def test_a_review_never_reaches_beyond_the_end(tx: Tx) -> None:
    hold = worlds.a_hold(tx, scope=Scope.COURSE, ends_after=WEEK, review_after=None)
    kept = actions.review(tx, hold.hold_code, words="It stays.", next_review_at=NOW + WEEK, by="staff/1", now=NOW)
    assert kept.over_at == NOW + WEEK
    with pytest.raises(BadField):
        actions.review(tx, hold.hold_code, words="It stays.", next_review_at=NOW + 8 * DAY, by="staff/1", now=NOW)
    with pytest.raises(BadField):
        actions.review(tx, hold.hold_code, words="", next_review_at=NOW + DAY, by="staff/1", now=NOW)
    late = NOW + 8 * DAY
    with pytest.raises(HoldOver):
        actions.review(tx, hold.hold_code, words="It stays.", next_review_at=late + DAY, by="staff/1", now=late)


def test_an_answer_comes_from_whoever_it_hits_and_in_time(tx: Tx) -> None:
    hold = worlds.a_hold(tx, scope=Scope.COURSE, answer_after=WEEK, review_after=2 * WEEK)
    said = actions.answer(tx, hold.hold_code, party=SCHOOL, words="Here is it.", evidence=[PAGE], now=NOW + DAY)
    assert (said.kind, said.due_at, said.evidence[0]["reference"]) == ("answer", None, PAGE.reference)
    assert actions.statements(tx, hold.hold_code) == [said]

    with pytest.raises(NotTheirHold):
        actions.answer(tx, hold.hold_code, party=worlds.PLATFORM, words="Not so.", now=NOW)
    with pytest.raises(AnswerTooLate):
        actions.answer(tx, hold.hold_code, party=SCHOOL, words="Late.", now=NOW + 8 * DAY)
    with pytest.raises(BadField):
        actions.answer(tx, hold.hold_code, party=SCHOOL, words=" ", now=NOW)
    future = Evidence(EvidenceKind.WEB_PAGE, PAGE.reference, date(2021, 1, 1))
    with pytest.raises(EvidenceUnfit):
        actions.answer(tx, hold.hold_code, party=SCHOOL, words="Here.", evidence=[future], now=NOW)


def test_an_answer_needs_a_time_to_answer(tx: Tx) -> None:
    before_any_wave = worlds.a_hold(tx, scope=Scope.INSTITUTION, answer_after=None)
    with pytest.raises(NoTimeToAnswer):
        actions.answer(tx, before_any_wave.hold_code, party=SCHOOL, words="Here.", now=NOW)


def test_every_partner_may_appeal_against_a_hold_on_the_programme_and_nobody_in_anothers_name(tx: Tx) -> None:
    platform = worlds.a_platform(tx)
    hold = worlds.a_hold(tx)
    assert actions.appeal(tx, hold.hold_code, party=platform.client_code, words="Too wide.", now=NOW).is_open
    for stranger in ("person/1", "", "nobody"):
        with pytest.raises(Exception) as refusal:  # noqa: PT011  which one depends on the stranger
            actions.appeal(tx, hold.hold_code, party=stranger, words="Too wide.", now=NOW)
        assert getattr(refusal.value, "code", "") in {"hold.not_theirs", "partner.unknown"}


def test_an_appeal_has_its_own_clock_and_its_age_is_seen(tx: Tx) -> None:
    days = timedelta(days=actions.due_process(tx, NOW).appeal_days)
    hold = worlds.a_hold(tx, scope=Scope.INSTITUTION, review_after=100 * DAY)
    appeal = actions.appeal(tx, hold.hold_code, party=SCHOOL, words="The finding is wrong.", evidence=[PAGE], now=NOW)

    assert appeal.due_at == NOW + days
    with pytest.raises(AppealOpen):
        actions.appeal(tx, hold.hold_code, party=SCHOOL, words="Again.", now=NOW + DAY)
    assert actions.open_appeals(tx, NOW + days) == [(appeal, False)]
    assert actions.open_appeals(tx, NOW + days + DAY) == [(appeal, True)]


def test_an_upheld_appeal_ends_the_hold_with_its_words_as_the_reason(tx: Tx) -> None:
    partners.set_contact(tx, worlds.an_institution(tx).client_code, "kantor@lembaga.example", "en", now=NOW)
    hold = worlds.a_hold(tx, scope=Scope.INSTITUTION)
    appeal = actions.appeal(tx, hold.hold_code, party=SCHOOL, words="It was another course.", now=NOW)
    decide = {"outcome": Outcome.UPHELD, "words": "The finding was about another course."}
    for answerable in ("staff/1", "staff/2"):
        with pytest.raises(SamePerson):
            actions.decide_appeal(tx, appeal.statement_code, **decide, by=answerable, now=NOW)  # type: ignore[arg-type]  # a dict of both

    decided = actions.decide_appeal(tx, appeal.statement_code, **decide, by="staff/3", now=NOW + DAY)  # type: ignore[arg-type]  # the same

    assert (decided.outcome, decided.decided_by) == ("upheld", "staff/3")
    over = actions.hold(tx, hold.hold_code)
    assert (over.over_at, over.lifted_by, over.lift_reason) == (NOW + DAY, "staff/3", decide["words"])
    assert actions.open_appeals(tx, NOW + DAY) == []
    with pytest.raises(AppealDecided):
        actions.decide_appeal(tx, appeal.statement_code, **decide, by="staff/4", now=NOW + DAY)  # type: ignore[arg-type]  # the same
    with pytest.raises(HoldOver):
        actions.appeal(tx, hold.hold_code, party=SCHOOL, words="Thanks.", now=NOW + 2 * DAY)
    assert tx.values("SELECT template FROM journal.message WHERE person_id IS NULL") == ["hold.appeal_decided"]
    assert broken(tx) == []


def test_a_dismissed_appeal_keeps_the_hold_and_another_one_may_follow(tx: Tx) -> None:
    card = worlds.a_card(tx)
    hold = worlds.a_hold(tx, scope=Scope.CARD, target=str(card.card_id))
    me = f"person/{card.person_id}"
    appeal = actions.appeal(tx, hold.hold_code, party=me, words="Kartunya ada pada saya.", now=NOW)
    for bent in ("", "\x1b[31m"):
        with pytest.raises(BadField):
            actions.decide_appeal(
                tx, appeal.statement_code, outcome=Outcome.DISMISSED, words=bent, by="staff/3", now=NOW
            )

    actions.decide_appeal(
        tx, appeal.statement_code, outcome=Outcome.DISMISSED, words="Belum terbukti.", by="staff/3", now=NOW + DAY
    )

    assert actions.hold(tx, hold.hold_code).in_force(NOW + DAY)
    assert actions.appeal(tx, hold.hold_code, party=me, words="Ini buktinya.", now=NOW + 2 * DAY).is_open
    assert worlds.messages_to(tx, card.person_id)[-1][0] == "hold.appeal_decided"
    assert [said.kind for said in actions.statements_of(tx, me)] == ["appeal", "appeal"]


def test_only_appeals_are_decided(tx: Tx) -> None:
    hold = worlds.a_hold(tx, scope=Scope.INSTITUTION)
    said = actions.answer(tx, hold.hold_code, party=SCHOOL, words="Here.", now=NOW)
    for code in (said.statement_code, "STM-X"):
        with pytest.raises(AppealUnknown):
            actions.decide_appeal(tx, code, outcome=Outcome.UPHELD, words="Yes.", by="staff/3", now=NOW)


def test_the_history_tells_everything_in_order(tx: Tx) -> None:
    worlds.an_institution(tx)
    hold = worlds.a_hold(tx, scope=Scope.INSTITUTION, now=NOW)
    code = hold.hold_code
    actions.answer(tx, code, party=SCHOOL, words="Mended.", evidence=[FINDING], now=NOW + DAY)
    actions.review(tx, code, words="Not yet.", next_review_at=NOW + 2 * WEEK, by="staff/4", now=NOW + 2 * DAY)
    appeal = actions.appeal(tx, code, party=SCHOOL, words="It is.", now=NOW + 3 * DAY)
    actions.decide_appeal(
        tx, appeal.statement_code, outcome=Outcome.DISMISSED, words="It is not.", by="staff/3", now=NOW + 4 * DAY
    )
    assert actions.history(tx, code)[-1].kind is DeedKind.OVER
    actions.lift(tx, code, reason="Now it is.", by="staff/1", now=NOW + 5 * DAY)

    told = actions.history(tx, code)

    assert [deed.kind for deed in told] == [
        DeedKind.NOTIFIED,
        DeedKind.PLACED,
        DeedKind.STARTED,
        DeedKind.ANSWERED,
        DeedKind.REVIEWED,
        DeedKind.APPEALED,
        DeedKind.DISMISSED,
        DeedKind.LIFTED,
    ]
    assert [deed.words for deed in told if deed.kind is DeedKind.REVIEWED] == ["Not yet."]
    assert broken(tx) == []


def test_what_was_touched_behind_the_rooms_back_is_named(tx: Tx) -> None:
    hold = worlds.a_hold(tx, scope=Scope.INSTITUTION)
    appeal = actions.appeal(tx, hold.hold_code, party=SCHOOL, words="No.", now=NOW)
    assert broken(tx) == []
    tx.run(
        "UPDATE hold.statement SET outcome = 'upheld', decision_words = 'x', decided_by = 'staff/1',"
        " decided_at = %(now)s WHERE statement_code = %(code)s",
        now=NOW,
        code=appeal.statement_code,
    )
    assert len(broken(tx)) == 2, "the journal does not know it, and the placer decided"
