"""Mass cancellation: planned by one, confirmed by another, everything given back once, everybody told."""

from datetime import UTC, datetime, timedelta

import pytest

from prakarsa.attendance import actions as attendance
from prakarsa.attendance.refusals import TransactionCancelled
from prakarsa.card import actions as cards
from prakarsa.catalogue import actions as catalogue
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Scope
from prakarsa.hold.refusals import HoldIncomplete, OfferHeld, TargetUnknown
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import BadField, SamePerson
from prakarsa.purchase import actions as purchases
from prakarsa.purchase import cancelling
from prakarsa.purchase.cancelling_refusals import (
    CancellationDecided,
    CancellationIncomplete,
    CancellationNotConfirmed,
    CancellationUnknown,
    NothingToCancel,
)
from prakarsa.purchase.model import OtpOrder
from prakarsa.web import timeline_words
from tests import worlds
from tests.conftest import NOW
from tests.purchase.cancelled import CONFIRMER, LATER, PLANNER, broken, confirmed, full_class, the_plan


def balance(tx: Tx, person_id: int) -> int:
    card = cards.card_of_person(tx, person_id)
    assert card is not None
    return card.balance_idr


def seats_sold(tx: Tx, course_code: str) -> int:
    return sum(each.seats_sold for each in catalogue.schedules(tx, course_code))


def run(tx: Tx, code: str, chunk: int = 500) -> int:
    total = 0
    while done := cancelling.run(tx, code, now=LATER, chunk=chunk):
        total += done
    return total


def test_a_plan_counts_and_changes_nothing(tx: Tx) -> None:
    schedule, bought = full_class(tx, 3)

    planned = cancelling.plan(tx, the_plan(schedule), by=PLANNER, now=LATER)

    assert (planned.purchases, planned.people, planned.amount_idr) == (3, 3, 3 * worlds.PRICE_IDR)
    assert (planned.classes, planned.attended, planned.completed, planned.state) == (1, 0, 0, "planned")
    assert [each.purchases for each in cancelling.classes_of(tx, planned.cancellation_code)] == [3]
    assert {balance(tx, p.person_id) for p in bought} == {worlds.BALANCE_IDR - worlds.PRICE_IDR}
    assert seats_sold(tx, schedule.course_code) == 3
    assert holds.in_force(tx, LATER) == []
    with pytest.raises(CancellationNotConfirmed):
        cancelling.run(tx, planned.cancellation_code, now=LATER)


def test_balance_seat_and_clock_go_back_and_the_sale_is_closed(tx: Tx) -> None:
    schedule, bought = full_class(tx, 3)
    before = purchases.clock_of(tx, bought[0].person_id, NOW)
    assert before is not None

    code = confirmed(tx, the_plan(schedule)).cancellation_code
    assert run(tx, code, chunk=2) == 3

    done = cancelling.cancellation(tx, code)
    assert (done.state, done.done_purchases, done.done_idr) == ("finished", 3, 3 * worlds.PRICE_IDR)
    assert {balance(tx, p.person_id) for p in bought} == {worlds.BALANCE_IDR}
    assert seats_sold(tx, schedule.course_code) == 0
    after = purchases.clock_of(tx, bought[0].person_id, LATER)
    assert after is not None
    assert after.deadline_at == before.first_deadline_at + (LATER - NOW)
    assert not after.stopped_by_purchase
    [hold] = holds.in_force(tx, LATER)
    assert (hold.hold_code, hold.placed_by, hold.second_person) == (done.hold_code, PLANNER, CONFIRMER)
    card = worlds.a_card(tx, now=LATER)
    wish = OtpOrder(
        worlds.a_platform(tx), card.number, "u", schedule.course_code, schedule.schedule_code, worlds.PRICE_IDR
    )
    [answer] = purchases.send_otp(tx, [wish], now=LATER)
    assert isinstance(answer, OfferHeld)
    assert broken(tx) == []


def test_people_are_told_what_happened_how_long_the_clock_stood_and_what_to_do_by_when(tx: Tx) -> None:
    schedule = worlds.a_class(tx)
    english = worlds.a_card(tx, person_id=worlds.a_person(tx, language="en"))
    worlds.a_purchase(tx, card=english, of=schedule)
    code = confirmed(tx, the_plan(schedule)).cancellation_code
    run(tx, code)

    told = dict(worlds.messages_to(tx, english.person_id, now=LATER)[-2:])
    assert set(told) == {"purchase.cancelled", "purchase.cancelled_short"}
    letter = told["purchase.cancelled"]
    assert letter["why"] == "The class falls on a common holiday."
    assert letter["next_step"] == "Choose another class in the catalogue."
    assert letter["stood_still"] == "2 days"
    assert letter["reference"] == code
    clock = purchases.clock_of(tx, english.person_id, LATER)
    assert clock is not None
    assert str(letter["deadline_at"])[:19] == clock.deadline_at.isoformat()[:19]
    row = journal.timeline(tx, english.person_id)[0]
    sentence = timeline_words.line(row, "en").sentence
    assert "Barista" in sentence
    assert code in sentence
    assert "Rp100,000" in sentence


def test_a_person_who_has_another_course_keeps_the_year(tx: Tx) -> None:
    card = worlds.a_card(tx)
    first = worlds.a_class(tx)
    bought = worlds.a_purchase(tx, card=card, of=first)
    worlds.completed(tx, bought, now=NOW)
    tx.run("UPDATE purchase.purchase SET rated_at = completed_at WHERE purchase_id = %(id)s", id=bought.purchase_id)
    second = worlds.a_class(tx)
    worlds.a_purchase(tx, card=card, of=second)

    run(tx, confirmed(tx, the_plan(second)).cancellation_code)

    letter = dict(worlds.messages_to(tx, card.person_id, now=LATER))["purchase.cancelled"]
    assert str(letter["deadline_at"]).startswith("2020-12-")
    assert balance(tx, card.person_id) == worlds.BALANCE_IDR - worlds.PRICE_IDR


def test_who_attended_gets_everything_back_and_who_completed_keeps_the_certificate(tx: Tx) -> None:
    schedule, (attending, done, fresh) = full_class(tx, 3, meetings=2)
    begun = NOW + timedelta(days=1)
    worlds.attend(tx, attending, 1, 999, now=begun)
    worlds.completed(tx, done, now=begun)

    planned = confirmed(tx, the_plan(schedule))
    assert (planned.purchases, planned.attended, planned.completed) == (2, 1, 1)
    assert run(tx, planned.cancellation_code) == 2

    assert balance(tx, attending.person_id) == balance(tx, fresh.person_id) == worlds.BALANCE_IDR
    assert balance(tx, done.person_id) == worlds.BALANCE_IDR - worlds.PRICE_IDR
    cards.lock(tx, [attending.card_id])
    with pytest.raises(TransactionCancelled):
        attendance.redeem_status(tx, worlds.an_institution(tx), attending.redeem_code, 2, now=LATER)
    worlds.completed(tx, fresh, now=LATER)  # whoever decides on certificates finds nothing of it
    states = {p.person_id: purchases.my_purchases(tx, p.person_id)[0] for p in (attending, done, fresh)}
    assert [states[p.person_id].completed_at is not None for p in (attending, done, fresh)] == [False, True, False]


def test_an_institution_goes_with_all_its_courses_and_no_other(tx: Tx) -> None:
    bought = [full_class(tx, 2, institution="balai-gagal")[1] for _ in range(3)]
    _, elsewhere = full_class(tx, 1)

    planned = confirmed(tx, the_plan("balai-gagal", Scope.INSTITUTION))
    assert (planned.purchases, planned.classes) == (6, 3)
    assert run(tx, planned.cancellation_code, chunk=4) == 6

    assert {balance(tx, p.person_id) for each in bought for p in each} == {worlds.BALANCE_IDR}
    assert balance(tx, elsewhere[0].person_id) == worlds.BALANCE_IDR - worlds.PRICE_IDR
    assert broken(tx) == []


def test_a_course_goes_with_all_its_classes(tx: Tx) -> None:
    schedule, _ = full_class(tx, 2)
    planned = confirmed(tx, the_plan(schedule.course_code, Scope.COURSE))
    assert run(tx, planned.cancellation_code) == 2


def test_running_again_does_nothing_and_what_is_bought_afterwards_stays(tx: Tx) -> None:
    schedule, _ = full_class(tx, 2)
    planned = confirmed(tx, the_plan(schedule))
    code = planned.cancellation_code
    assert run(tx, code) == 2
    assert planned.hold_code is not None
    reopened = LATER + timedelta(minutes=10)
    holds.lift(tx, planned.hold_code, reason="Kelas pengganti", by=CONFIRMER, now=reopened)
    again = worlds.a_purchase(tx, of=schedule, card=worlds.a_card(tx), now=reopened)

    assert cancelling.to_run(tx, reopened) == [code]
    assert run(tx, code) == 0
    assert purchases.my_purchases(tx, again.person_id)[0].voided_at is None
    assert cancelling.to_run(tx, reopened + timedelta(hours=2)) == []
    assert broken(tx) == []


def test_a_payment_that_came_in_late_is_cancelled_too(tx: Tx) -> None:
    schedule, _ = full_class(tx, 1)
    code = confirmed(tx, the_plan(schedule)).cancellation_code
    run(tx, code)
    late = worlds.a_purchase(tx, of=schedule, now=LATER - timedelta(seconds=1))  # decided at its own, earlier moment

    assert run(tx, code) == 1
    assert balance(tx, late.person_id) == worlds.BALANCE_IDR
    assert cancelling.cancellation(tx, code).done_purchases == 2
    assert broken(tx) == []


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        ({"scope": Scope.PLATFORM}, BadField),
        ({"target_code": "no-such"}, TargetUnknown),
        ({"target_code": "\x00"}, TargetUnknown),
        ({"scope": Scope.COURSE, "target_code": "no-such"}, TargetUnknown),
        ({"scope": Scope.INSTITUTION, "target_code": worlds.PLATFORM}, TargetUnknown),
        ({"words": " "}, CancellationIncomplete),
        ({"next_step": ""}, CancellationIncomplete),
        ({"words": "x" * 1_001}, CancellationIncomplete),
        ({"next_step": "\x00"}, CancellationIncomplete),
        ({"words_en": "one\x07"}, CancellationIncomplete),
        ({"legal_basis": ""}, CancellationIncomplete),
        ({"closed_until_at": None, "review_at": None}, HoldIncomplete),
        ({"closed_until_at": NOW}, HoldIncomplete),
    ],
)
def test_a_bad_plan_is_refused_with_its_reason(tx: Tx, plan: dict[str, object], refusal: type[Refusal]) -> None:
    schedule, _ = full_class(tx, 1)
    with pytest.raises(refusal):
        cancelling.plan(tx, the_plan(schedule, **plan), by=PLANNER, now=LATER)  # type: ignore[arg-type]  # named above


def test_an_empty_class_is_not_cancelled_but_held(tx: Tx) -> None:
    with pytest.raises(NothingToCancel):
        cancelling.plan(tx, the_plan(worlds.a_class(tx)), by=PLANNER, now=LATER)


def test_two_people_decide_and_only_once(tx: Tx) -> None:
    schedule, _ = full_class(tx, 1)
    code = cancelling.plan(tx, the_plan(schedule), by=PLANNER, now=LATER).cancellation_code
    with pytest.raises(SamePerson):
        cancelling.confirm(tx, code, by=PLANNER, now=LATER)
    cancelling.confirm(tx, code, by=CONFIRMER, now=LATER)
    with pytest.raises(CancellationDecided):
        cancelling.confirm(tx, code, by=CONFIRMER, now=LATER)
    with pytest.raises(CancellationDecided):
        cancelling.withdraw(tx, code, by=PLANNER, now=LATER)
    with pytest.raises(CancellationUnknown):
        cancelling.confirm(tx, "CNL-NONE", by=CONFIRMER, now=LATER)


def test_a_withdrawn_plan_can_no_longer_be_confirmed(tx: Tx) -> None:
    schedule, _ = full_class(tx, 1)
    code = cancelling.plan(tx, the_plan(schedule), by=PLANNER, now=LATER).cancellation_code
    assert cancelling.withdraw(tx, code, by=PLANNER, now=LATER).state == "withdrawn"
    with pytest.raises(CancellationDecided):
        cancelling.confirm(tx, code, by=CONFIRMER, now=LATER)
    assert [each.cancellation_code for each in cancelling.cancellations(tx)] == [code]
    assert broken(tx) == []


def test_the_clock_of_the_next_purchase_gets_the_time_back_too(tx: Tx) -> None:
    now, later = datetime(2023, 8, 16, 5, 0, tzinfo=UTC), datetime(2023, 8, 18, 5, 0, tzinfo=UTC)
    worlds.a_wave(tx, 48, scheme="prakerja-2023", now=now)
    card = worlds.a_card(tx, wave=48, now=now)
    worlds.completed(tx, worlds.a_purchase(tx, card=card, of=worlds.a_class(tx, now=now), now=now), now=now)
    done = purchases.my_purchases(tx, card.person_id)[0]
    tx.run("UPDATE purchase.purchase SET rated_at = completed_at WHERE purchase_id = %(id)s", id=done.purchase_id)
    before = purchases.clocks_of(tx, card.person_id, now).next_purchase
    assert before is not None
    second = worlds.a_class(tx, now=now)
    worlds.a_purchase(tx, card=card, of=second, now=now)

    plan = the_plan(second, closed_until_at=later + timedelta(days=30), review_at=None)
    code = cancelling.plan(tx, plan, by=PLANNER, now=later).cancellation_code
    cancelling.confirm(tx, code, by=CONFIRMER, now=later)
    assert cancelling.run(tx, code, now=later) == 1

    after = purchases.clocks_of(tx, card.person_id, later).next_purchase
    assert after is not None
    assert after.deadline_at == before.first_deadline_at + (later - now)
    letter = dict(worlds.messages_to(tx, card.person_id, now=later))["purchase.cancelled"]
    assert datetime.fromisoformat(str(letter["deadline_at"])) == after.deadline_at


def test_a_free_course_is_cancelled_without_moving_money(tx: Tx) -> None:
    schedule, [bought] = full_class(tx, 1, price_idr=0)

    planned = confirmed(tx, the_plan(schedule))
    assert (planned.purchases, planned.amount_idr) == (1, 0)
    assert run(tx, planned.cancellation_code) == 1

    assert balance(tx, bought.person_id) == worlds.BALANCE_IDR
    assert "purchase.cancelled_free" in dict(worlds.messages_to(tx, bought.person_id, now=LATER))
    assert broken(tx) == []
