"""Buying and cancelling on a real database: nothing is charged twice, nothing is half done."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from prakarsa.catalogue.model import Schedule
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Scope
from prakarsa.hold.refusals import OfferHeld, SellingHeld
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.ledger import actions as ledger
from prakarsa.purchase import actions, payment_refusals, refusals
from prakarsa.purchase.model import (
    Authorization,
    OtpOrder,
    PaymentStatus,
    PaymentToken,
    Receipt,
    Verdict,
    VoidOrder,
)
from tests import worlds
from tests.conftest import NOW
from tests.worlds import HeldCard

MINUTE = timedelta(minutes=1)


def wish(
    tx: Tx, card: HeldCard, schedule: Schedule, user: str | None = None, platform: str = worlds.PLATFORM
) -> OtpOrder:
    return OtpOrder(
        worlds.a_platform(tx, platform),
        card.number,
        user or f"user-{card.card_id}",
        schedule.course_code,
        schedule.schedule_code,
        worlds.PRICE_IDR,
    )


def token_and_code(tx: Tx, order: OtpOrder, card: HeldCard) -> tuple[str, str]:
    [token] = actions.send_otp(tx, [order], now=NOW)
    assert isinstance(token, PaymentToken), token
    return token.token, worlds._otp_of(tx, card, NOW)


def paying(order: OtpOrder, token: str, otp: str, invoice: str) -> Authorization:
    return Authorization(order.platform, token, otp, invoice, f"https://dp.example/{invoice}")


def seats_sold(tx: Tx, schedule_code: str) -> int:
    return int(tx.value("SELECT seats_sold FROM catalogue.schedule WHERE schedule_code = %(c)s", c=schedule_code))


def balance(tx: Tx, card: HeldCard) -> int:
    return int(
        tx.value(
            "SELECT balance_idr FROM ledger.account JOIN card.card USING (account_id) WHERE card_id = %(c)s",
            c=card.card_id,
        )
    )


def test_a_purchase_moves_money_takes_a_seat_and_tells_the_person(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)

    bought = worlds.a_purchase(tx, card=card, of=schedule)

    assert balance(tx, card) == worlds.BALANCE_IDR - worlds.PRICE_IDR
    assert seats_sold(tx, schedule.schedule_code) == 1
    assert "purchase.made" in worlds.deeds(tx, card.person_id)
    [(_, facts)] = [m for m in worlds.messages_to(tx, card.person_id) if m[0] == "purchase.receipt"]
    assert facts["redeem_code"] == bought.redeem_code
    assert ledger.verify(tx) == []


def test_the_same_invoice_brings_the_same_answer_and_moves_nothing(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    order = wish(tx, card, schedule)
    token, otp = token_and_code(tx, order, card)
    first = actions.authorize(tx, [paying(order, token, otp, "INV-1")], now=NOW)

    again = actions.authorize(tx, [paying(order, token, otp, "INV-1")], now=NOW + 60 * MINUTE)
    other = actions.authorize(tx, [paying(order, token, otp, "INV-2")], now=NOW)

    assert first == again
    assert isinstance(other[0], payment_refusals.TokenSpent)
    assert balance(tx, card) == worlds.BALANCE_IDR - worlds.PRICE_IDR


def test_an_invoice_of_another_purchase_is_refused_without_showing_it(tx: Tx) -> None:
    schedule = worlds.a_class(tx)
    first = worlds.a_purchase(tx, of=schedule)
    card = worlds.a_card(tx)
    order = wish(tx, card, schedule)
    token, otp = token_and_code(tx, order, card)

    [answer] = actions.authorize(tx, [paying(order, token, otp, first.invoice_code)], now=NOW)

    assert isinstance(answer, payment_refusals.InvoiceTaken)
    assert balance(tx, card) == worlds.BALANCE_IDR


def test_three_wrong_codes_and_the_right_one_comes_too_late(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    order = wish(tx, card, schedule)
    token, otp = token_and_code(tx, order, card)
    wrong = "000000" if otp != "000000" else "111111"

    answers = [actions.authorize(tx, [paying(order, token, wrong, "INV-1")], now=NOW)[0] for _ in range(3)]
    last = actions.authorize(tx, [paying(order, token, otp, "INV-1")], now=NOW)[0]

    assert [a.tries_left for a in answers if isinstance(a, payment_refusals.OtpWrong)] == [2, 1, 0]
    assert isinstance(last, payment_refusals.OtpTriesUsedUp)
    assert balance(tx, card) == worlds.BALANCE_IDR


def test_a_code_lives_five_minutes(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    order = wish(tx, card, schedule)
    token, otp = token_and_code(tx, order, card)

    late = actions.authorize(tx, [paying(order, token, otp, "INV-1")], now=NOW + 5 * MINUTE + timedelta(seconds=1))
    in_time = actions.authorize(tx, [paying(order, token, otp, "INV-1")], now=NOW + 5 * MINUTE)

    assert isinstance(late[0], payment_refusals.OtpExpired)
    assert isinstance(in_time[0], Receipt)


def test_a_token_of_another_platform_is_unknown(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    order = wish(tx, card, schedule)
    token, otp = token_and_code(tx, order, card)
    thief = replace(paying(order, token, otp, "INV-1"), platform=worlds.a_platform(tx, "pasar-lain"))

    assert isinstance(actions.authorize(tx, [thief], now=NOW)[0], payment_refusals.TokenUnknown)


def test_the_code_is_nowhere_in_the_database_in_clear(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    _, otp = token_and_code(tx, wish(tx, card, schedule), card)

    stored = tx.tuples("SELECT intent::text FROM purchase.intent") + tx.tuples("SELECT m::text FROM journal.message m")
    stored += tx.tuples("SELECT facts::text FROM journal.entry")
    assert all(f'"{otp}"' not in row[0] and card.number not in row[0] for row in stored)


def test_one_bad_order_never_fails_its_neighbours(tx: Tx) -> None:
    schedule = worlds.a_class(tx, seats=2)
    cards = [worlds.a_card(tx) for _ in range(3)]
    orders = [wish(tx, card, schedule) for card in cards]
    codes = [token_and_code(tx, order, card) for order, card in zip(orders, cards, strict=True)]
    batch = [paying(o, *c, f"INV-{i}") for i, (o, c) in enumerate(zip(orders, codes, strict=True))]
    batch.insert(1, replace(batch[0], token="no such token"))
    batch.append(batch[0])

    answers = actions.authorize(tx, batch, now=NOW)

    assert [type(a) for a in answers] == [Receipt, payment_refusals.TokenUnknown, Receipt, refusals.SoldOut, Receipt]
    assert answers[0] == answers[4]
    assert seats_sold(tx, schedule.schedule_code) == 2
    assert ledger.verify(tx) == []


def test_cancelling_restores_balance_seat_and_clock_exactly_once(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    before = actions.clock_of(tx, card.person_id, NOW)
    bought = worlds.a_purchase(tx, card=card, of=schedule)
    order = VoidOrder(worlds.a_platform(tx), bought.invoice_code, bought.transaction_code)
    later = NOW + timedelta(days=2)

    [first] = actions.void(tx, [order], now=later)
    [second] = actions.void(tx, [order], now=later)

    assert isinstance(first, Receipt)
    assert isinstance(second, payment_refusals.VoidedAlready)
    assert balance(tx, card) == worlds.BALANCE_IDR
    assert seats_sold(tx, schedule.schedule_code) == 0
    after = actions.clock_of(tx, card.person_id, later)
    assert before is not None
    assert after is not None
    assert after.deadline_at - before.deadline_at == timedelta(days=2)
    assert not after.stopped_by_purchase
    assert actions.status(tx, worlds.a_platform(tx), bought.invoice_code).status is PaymentStatus.VOID


@pytest.mark.parametrize(
    ("bend", "expected"),
    [
        (lambda o, tx: replace(o, transaction_code="NOSUCHCODE"), payment_refusals.TransactionUnknown),
        (lambda o, tx: replace(o, invoice_code="INV-OTHER"), payment_refusals.InvoiceMismatch),
        (lambda o, tx: replace(o, platform=worlds.a_platform(tx, "pasar-lain")), payment_refusals.TransactionUnknown),
    ],
)
def test_only_the_seller_with_the_right_codes_cancels(
    tx: Tx, bend: Callable[[VoidOrder, Tx], VoidOrder], expected: type[Refusal]
) -> None:
    bought = worlds.a_purchase(tx)
    order = VoidOrder(worlds.a_platform(tx), bought.invoice_code, bought.transaction_code)

    [answer] = actions.void(tx, [bend(order, tx)], now=NOW)

    assert type(answer) is expected


def test_a_used_redeem_code_ends_the_time_for_cancelling(tx: Tx) -> None:
    bought = worlds.a_purchase(tx)
    assert actions.mark_redeemed(tx, bought.purchase_id, now=NOW)
    order = VoidOrder(worlds.a_platform(tx), bought.invoice_code, bought.transaction_code)

    assert isinstance(actions.void(tx, [order], now=NOW)[0], payment_refusals.RedeemedAlready)


def test_completing_pays_institution_and_platform_their_shares_once(tx: Tx) -> None:
    bought = worlds.a_purchase(tx)
    assert len(actions.complete(tx, [bought.purchase_id], now=NOW)) == 1
    assert actions.complete(tx, [bought.purchase_id], now=NOW) == []

    earned = dict(tx.tuples("SELECT owner, balance_idr FROM ledger.account WHERE kind = 'partner'"))
    assert earned == {worlds.PLATFORM: 10_000, worlds.INSTITUTION: 90_000}


def test_a_hold_refuses_with_its_cause_pauses_the_clock_and_lifting_resumes_it(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    order = wish(tx, card, schedule)
    before = actions.clock_of(tx, card.person_id, NOW)
    hold = worlds.a_hold(tx)

    [answer] = actions.send_otp(tx, [order], now=NOW)
    assert isinstance(answer, SellingHeld)
    during = actions.clock_of(tx, card.person_id, NOW + timedelta(days=3))
    holds.lift(tx, hold.hold_code, reason="complete", by="staff/1", now=NOW + timedelta(days=3))
    after = actions.clock_of(tx, card.person_id, NOW + timedelta(days=20))

    assert before is not None
    assert during is not None
    assert after is not None
    assert during.paused_now
    assert after.deadline_at - before.deadline_at == timedelta(days=3)
    [attempt] = actions.refused_attempts(tx, card.person_id)
    assert (attempt.refusal_code, attempt.facts["hold_code"]) == ("hold.selling_held", hold.hold_code)


def test_a_narrow_hold_pauses_only_those_it_turned_away(tx: Tx) -> None:
    schedule = worlds.a_class(tx)
    turned_away, elsewhere = worlds.a_card(tx), worlds.a_card(tx)
    hold = worlds.a_hold(tx, scope=Scope.COURSE, target=schedule.course_code)

    [answer] = actions.send_otp(tx, [wish(tx, turned_away, schedule)], now=NOW + timedelta(days=1))
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=NOW + timedelta(days=4))

    assert isinstance(answer, OfferHeld)
    at = NOW + timedelta(days=10)
    paused = [actions.clock_of(tx, card.person_id, at) for card in (turned_away, elsewhere)]
    assert [clock.paused for clock in paused if clock] == [timedelta(days=3), timedelta(0)]


def test_explain_says_what_authorize_does(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx, seats=1)
    order = wish(tx, card, schedule)
    token, otp = token_and_code(tx, order, card)

    def explained() -> list[type[Refusal]]:
        found = actions.explain(tx, card.number, schedule.schedule_code, worlds.PLATFORM, now=NOW)
        return [type(check.refusal) for check in found if check.refusal]

    assert explained() == []
    worlds.a_purchase(tx, of=schedule)
    assert explained() == [refusals.SoldOut]
    assert type(actions.authorize(tx, [paying(order, token, otp, "INV-9")], now=NOW)[0]) is refusals.SoldOut


def test_explain_of_nothing_at_all_says_what_is_missing(tx: Tx) -> None:
    worlds.a_wave(tx)
    found = actions.explain(tx, "0000000000000000", "no-such-class", None, now=NOW)

    assert [c.name for c in found if c.verdict is Verdict.REFUSED] == ["The card is known", "The class exists"]


def test_a_card_that_did_not_buy_in_time_goes_back_to_the_state_once(tx: Tx) -> None:
    late, bought = worlds.a_card(tx), worlds.a_card(tx)
    worlds.a_purchase(tx, card=bought)
    deadline = actions.clock_of(tx, late.person_id, NOW)
    assert deadline is not None
    moment = deadline.deadline_at + timedelta(seconds=1)

    assert actions.revoke_overdue(tx, now=deadline.deadline_at)[0] == 0
    assert actions.revoke_overdue(tx, now=moment)[0] == 1
    assert actions.revoke_overdue(tx, now=moment)[0] == 0
    assert balance(tx, late) == 0
    assert balance(tx, bought) == worlds.BALANCE_IDR - worlds.PRICE_IDR
    assert ledger.verify(tx) == []


def test_codes_for_one_card_are_limited(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    order = wish(tx, card, schedule)
    answers = [actions.send_otp(tx, [order], now=NOW)[0] for _ in range(31)]

    assert [type(a) for a in answers] == [PaymentToken] * 30 + [payment_refusals.TooManyCodes]


def in_parallel(count: int, work: Callable[[int], object]) -> list[object]:
    """All at once, as near as threads allow."""
    start = threading.Barrier(count)

    def run(index: int) -> object:
        start.wait()
        return work(index)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.slow
def test_two_hundred_authorisations_for_the_last_ten_seats(database: Database) -> None:
    with database.transaction("test") as tx:
        schedule = worlds.a_class(tx, seats=10)
        cards = [worlds.a_card(tx) for _ in range(200)]
        orders = [wish(tx, card, schedule) for card in cards]
        codes = [token_and_code(tx, order, card) for order, card in zip(orders, cards, strict=True)]
        batch = [paying(o, *c, f"RACE-{i}") for i, (o, c) in enumerate(zip(orders, codes, strict=True))]

    def buy(index: int) -> object:
        with database.transaction("test") as tx:
            return actions.authorize(tx, [batch[index]], now=NOW)[0]

    answers = in_parallel(200, buy)

    assert sum(isinstance(a, Receipt) for a in answers) == 10
    assert sum(isinstance(a, refusals.SoldOut) for a in answers) == 190
    with database.transaction("test") as tx:
        assert seats_sold(tx, schedule.schedule_code) == 10
        assert ledger.verify(tx) == []


@pytest.mark.slow
def test_one_invoice_sent_fifty_times_at_once_is_one_purchase(database: Database) -> None:
    with database.transaction("test") as tx:
        schedule, card = worlds.a_class(tx), worlds.a_card(tx)
        order = wish(tx, card, schedule)
        payment = paying(order, *token_and_code(tx, order, card), "SAME-1")

    def buy(_: int) -> object:
        with database.transaction("test") as tx:
            return actions.authorize(tx, [payment], now=NOW)[0]

    answers = in_parallel(50, buy)

    assert all(isinstance(a, Receipt) for a in answers)
    assert all(a == answers[0] for a in answers)
    with database.transaction("test") as tx:
        assert balance(tx, card) == worlds.BALANCE_IDR - worlds.PRICE_IDR


@pytest.mark.slow
def test_two_cards_racing_with_one_invoice_code_give_one_purchase(database: Database) -> None:
    with database.transaction("test") as tx:
        schedule = worlds.a_class(tx)
        cards = [worlds.a_card(tx) for _ in range(8)]
        orders = [wish(tx, card, schedule) for card in cards]
        codes = [token_and_code(tx, order, card) for order, card in zip(orders, cards, strict=True)]
        batch = [paying(o, *c, "CLASH-1") for o, c in zip(orders, codes, strict=True)]

    def buy(index: int) -> object:
        with database.transaction("test") as tx:
            return actions.authorize(tx, [batch[index]], now=NOW)[0]

    answers = in_parallel(8, buy)

    assert sorted(type(a).__name__ for a in answers) == ["InvoiceTaken"] * 7 + ["Receipt"]


@pytest.mark.slow
def test_money_for_one_course_buys_one_course(database: Database) -> None:
    with database.transaction("test") as tx:
        card = worlds.a_card(tx)
        classes = [worlds.a_class(tx, price_idr=600_000) for _ in range(2)]
        orders = [replace(wish(tx, card, c), amount_idr=600_000) for c in classes]
        batch = [paying(o, *token_and_code(tx, o, card), f"TWO-{i}") for i, o in enumerate(orders)]

    def buy(index: int) -> object:
        with database.transaction("test") as tx:
            return actions.authorize(tx, [batch[index]], now=NOW)[0]

    answers = in_parallel(2, buy)

    assert sorted(type(a).__name__ for a in answers) == ["BalanceTooLow", "Receipt"]
    with database.transaction("test") as tx:
        assert balance(tx, card) == 400_000
