"""A free course is bought, cancelled and completed like any other, and moves no money; a probe buys nothing at all."""

from datetime import timedelta

from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.ledger import actions as ledger
from prakarsa.purchase import actions
from prakarsa.purchase.audit import INVARIANTS
from prakarsa.purchase.model import Authorization, OtpOrder, PaymentToken
from prakarsa.purchase.refusals import AffiliatedSeller, ProbeBuysNothing
from prakarsa.purchase.wishing import CODES_PER_HOUR
from tests import worlds
from tests.conftest import NOW
from tests.worlds import HeldCard, Schedule


def transfers(tx: Tx) -> int:
    """How often money moved because of a purchase."""
    reasons = ["purchase", "void", "course_fee", "commission"]
    return int(tx.value("SELECT count(*) FROM ledger.transfer WHERE reason = ANY (%(r)s)", r=reasons))


def sound(tx: Tx) -> bool:
    """Every balance and every invariant of the room holds."""
    broken = [invariant.sentence for invariant in INVARIANTS if invariant.exceptions(tx)]
    assert broken == []
    return ledger.verify(tx) == []


def seats_sold(tx: Tx, schedule: Schedule) -> int:
    return int(tx.value("SELECT seats_sold FROM catalogue.schedule WHERE schedule_id = %(s)s", s=schedule.schedule_id))


def ask(tx: Tx, card: HeldCard, schedule: Schedule, price_idr: int) -> PaymentToken | Refusal:
    order = OtpOrder(
        worlds.a_platform(tx), card.number, "user-1", schedule.course_code, schedule.schedule_code, price_idr
    )
    return actions.send_otp(tx, [order], now=NOW)[0]


def belongs_together(tx: Tx) -> None:
    tx.run(
        "INSERT INTO partner.affiliation SELECT p.partner_id, i.partner_id FROM partner.partner p, partner.partner i"
        " WHERE p.client_code = %(p)s AND i.client_code = %(i)s",
        p=worlds.PLATFORM,
        i=worlds.INSTITUTION,
    )


def test_a_free_course_takes_a_seat_and_gives_a_code_and_moves_no_money(tx: Tx) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx, price_idr=0)

    bought = worlds.a_purchase(tx, card=card, of=schedule)

    assert (bought.amount_idr, bool(bought.redeem_code), seats_sold(tx, schedule)) == (0, True, 1)
    assert "purchase.made" in worlds.deeds(tx, card.person_id)
    assert transfers(tx) == 0
    assert sound(tx)


def test_a_free_course_is_cancelled_with_its_seat(tx: Tx) -> None:
    schedule = worlds.a_class(tx, price_idr=0)
    worlds.cancel(tx, worlds.a_purchase(tx, of=schedule))

    assert (seats_sold(tx, schedule), transfers(tx)) == (0, 0)
    assert sound(tx)


def test_a_free_course_is_completed_and_earns_nothing(tx: Tx) -> None:
    bought = worlds.a_purchase(tx, of=worlds.a_class(tx, price_idr=0))

    assert len(actions.complete(tx, [bought.purchase_id], now=NOW)) == 1
    assert transfers(tx) == 0
    assert sound(tx)


def test_free_and_paid_courses_are_bought_in_one_batch(tx: Tx) -> None:
    schedules = [worlds.a_class(tx, price_idr=price_idr) for price_idr in (0, worlds.PRICE_IDR)]
    for schedule in schedules:
        worlds.a_purchase(tx, of=schedule)
    assert sound(tx)


def test_a_platform_sells_only_free_courses_of_its_own_institution(tx: Tx) -> None:
    card = worlds.a_card(tx)
    free, paid = worlds.a_class(tx, price_idr=0), worlds.a_class(tx)
    belongs_together(tx)

    assert isinstance(ask(tx, card, free, 0), PaymentToken)
    assert isinstance(ask(tx, card, paid, worlds.PRICE_IDR), AffiliatedSeller)
    anywhere = actions.explain(tx, card.number, paid.schedule_code, None, now=NOW)
    assert [type(check.refusal) for check in anywhere if check.refusal] == [AffiliatedSeller]


def test_with_another_seller_the_course_can_be_bought_there(tx: Tx) -> None:
    card, paid = worlds.a_card(tx), worlds.a_class(tx)
    belongs_together(tx)
    tx.run(
        "INSERT INTO catalogue.listing SELECT course_id, %(p)s, %(now)s FROM catalogue.course"
        " WHERE course_code = %(c)s",
        p=worlds.a_platform(tx, "pasar-lain").partner_id,
        now=NOW,
        c=paid.course_code,
    )

    found = [actions.explain(tx, card.number, paid.schedule_code, seller, now=NOW) for seller in (None, "pasar-lain")]
    assert [[check.refusal for check in checks if check.refusal] for checks in found] == [[], []]


def test_a_probe_walks_up_to_the_code_as_often_as_it_likes_and_never_pays(tx: Tx) -> None:
    probe, schedule = worlds.a_card(tx), worlds.a_class(tx)
    tx.run("UPDATE card.card SET is_probe = true WHERE card_id = %(c)s", c=probe.card_id)
    tx.run(
        "UPDATE ledger.account SET balance_idr = 0 WHERE account_id ="
        " (SELECT account_id FROM card.card WHERE card_id = %(c)s)",
        c=probe.card_id,
    )

    answers = [ask(tx, probe, schedule, worlds.PRICE_IDR) for _ in range(CODES_PER_HOUR + 1)]

    assert {type(answer) for answer in answers} == {PaymentToken}
    assert [template for template, _ in worlds.messages_to(tx, probe.person_id) if template == "purchase.otp"] == []
    token = answers[0]
    assert isinstance(token, PaymentToken)
    otp = "123456"
    tx.run(
        "UPDATE purchase.intent SET otp_digest = %(d)s WHERE card_id = %(c)s",
        d=tx.keyring.digest("purchase.otp", token.token, otp),
        c=probe.card_id,
    )
    order = Authorization(worlds.a_platform(tx), token.token, otp, "INV-PROBE", "https://dp.example/i")
    [answer] = actions.authorize(tx, [order], now=NOW + timedelta(minutes=1))
    assert isinstance(answer, ProbeBuysNothing)
    assert seats_sold(tx, schedule) == 0
