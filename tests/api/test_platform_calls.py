"""What platforms call: seats, one-time code, payment, look-up, cancellation."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.api.client import Answer
from tests.api.conftest import World

ISO_Z = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_seats_left_are_told_with_both_codes(world: World) -> None:
    offer = world.courses[1]
    answer = world.platform.call(
        "/payment/quota-schedule", {"course_code": offer.course_code, "schedule_code": offer.schedule_code}
    )

    assert answer.status == 200
    assert answer.body == {
        "success": True,
        "message": "OK",
        "data": {"schedule_code": offer.schedule_code, "course_code": offer.course_code, "quota": 999_999},
    }


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"course_code": "CRS-WEB"},
        {"schedule_code": "SCH-CRS-WEB"},
        {"course_code": "", "schedule_code": ""},
        {"course_code": "CRS-WEB", "schedule_code": None},
    ],
)
def test_empty_codes_have_the_known_number(world: World, members: dict[str, str | None]) -> None:
    answer = world.platform.call("/payment/quota-schedule", members)

    assert (answer.status, answer.code) == (400, "ERRPLT40036")


def test_a_schedule_of_another_course_is_not_shown(world: World) -> None:
    answer = world.platform.call("/payment/quota-schedule", {"course_code": "CRS-SELF", "schedule_code": "SCH-CRS-WEB"})

    assert (answer.status, answer.refusal) == (400, "purchase.schedule_mismatch")


def test_one_purchase_from_code_to_cancellation(world: World) -> None:
    card, offer = world.cards[0], world.courses[0]
    seats = world.platform.call(
        "/payment/quota-schedule", {"course_code": offer.course_code, "schedule_code": offer.schedule_code}
    ).data["quota"]

    asked = world.platform.call("/payment/send-otp", world.order(card, offer))
    assert asked.status == 200
    assert set(asked.data) == {"payment_token", "expired_at", "phone_number"}
    assert all(isinstance(value, str) for value in asked.data.values())
    assert ISO_Z.fullmatch(asked.data["expired_at"])
    assert card.phone not in asked.data["phone_number"]

    bought = world.authorize(asked.data["payment_token"], world.newest_otp(card), "INV-WHOLE")
    assert bought.status == 200
    assert bought.body["message"] != "OK"
    assert bought.data == {
        "invoice_code": "INV-WHOLE",
        "transaction_code": bought.data["transaction_code"],
        "amount": offer.amount_idr,
        "status": "SUCCESS",
        "prakerja_name": card.name,
    }
    assert type(bought.data["amount"]) is int
    assert world.balance_idr(card) == 1_000_000 - offer.amount_idr

    looked = world.platform.call("/payment/status", {"invoice_code": "INV-WHOLE"})
    assert looked.body["message"] == "OK"
    assert looked.data == {"created_at": "2020-08-16T05:00:00Z", **bought.data}

    order = {"invoice_code": "INV-WHOLE", "transaction_code": bought.data["transaction_code"]}
    cancelled = world.platform.call("/payment/void", order)
    assert cancelled.status == 200
    assert set(cancelled.body) == {"success", "message"}
    assert world.balance_idr(card) == 1_000_000
    after = world.platform.call(
        "/payment/quota-schedule", {"course_code": offer.course_code, "schedule_code": offer.schedule_code}
    )
    assert after.data["quota"] == seats
    assert world.platform.call("/payment/status", {"invoice_code": "INV-WHOLE"}).data["status"] == "VOID"

    again = world.platform.call("/payment/void", order)
    assert (again.status, again.code) == (400, "ERRPLT40028")
    assert world.balance_idr(card) == 1_000_000


def test_an_unknown_transaction_has_the_known_number(world: World) -> None:
    answer = world.platform.call("/payment/void", {"invoice_code": "INV-X", "transaction_code": "TRX-X"})

    assert (answer.status, answer.code) == (400, "ERRVOD40001")


def test_an_invoice_code_may_be_a_number(world: World) -> None:
    card, offer = world.cards[1], world.courses[1]
    token, otp = world.ask(card, offer)
    bought = world.authorize(token, otp, 20_200_816)

    assert bought.data["invoice_code"] == "20200816"
    for invoice in (20_200_816, "20200816"):
        assert world.platform.call("/payment/status", {"invoice_code": invoice}).data["status"] == "SUCCESS"


@pytest.mark.parametrize("sign_token", [False, True])
def test_the_authorization_value_may_be_signed_or_not(world: World, sign_token: bool) -> None:
    card = world.cards[2 + sign_token]
    token, otp = world.ask(card, world.courses[1])
    body = {"otp": otp, "invoice_url": "https://dp.example/1", "invoice_code": f"INV-SIGNED-{sign_token}"}
    answer = world.platform.call("/payment/authorize", body, token=token, sign_token=sign_token)

    assert answer.status == 200


def test_each_rule_answers_with_its_own_number_and_the_effect_on_the_deadline(world: World) -> None:
    card, web, dear = world.cards[4], world.courses[0], world.courses[3]
    cases = {
        "purchase.card_unknown": world.order(card, web, prakerja_id="4000000000000002"),
        "purchase.schedule_unknown": world.order(card, web, schedule_code="SCH-NONE"),
        "purchase.schedule_mismatch": world.order(card, web, course_code="CRS-SELF"),
        "purchase.price_mismatch": world.order(card, web, amount=1),
        "purchase.balance_too_low": world.order(card, dear),
    }
    for refusal, order in cases.items():
        answer = world.platform.call("/payment/send-otp", order)
        assert (answer.status, answer.refusal) == (400, refusal)
        assert answer.body["next_step"] in answer.body["message"]
    not_here = world.second_platform.call("/payment/send-otp", world.order(card, world.courses[2]))
    assert not_here.refusal == "purchase.not_listed_here"
    assert not_here.body["deadline"] == "runs"


def test_an_amount_may_be_digits_in_quotation_marks(world: World) -> None:
    order = world.order(world.cards[4], world.courses[0], amount=str(world.courses[0].amount_idr))

    assert world.platform.call("/payment/send-otp", order).status == 200


def test_a_wrong_code_is_counted_even_though_the_answer_is_a_no(world: World) -> None:
    card, offer = world.cards[5], world.courses[1]
    token, otp = world.ask(card, offer)
    wrong = f"{(int(otp) + 1) % 1_000_000:06}"
    refusals = [world.authorize(token, wrong, "INV-WRONG").refusal for _ in range(4)]

    assert refusals[0] == "purchase.otp_wrong"
    assert refusals[-1] == "purchase.otp_tries_used_up"
    assert world.authorize(token, otp, "INV-WRONG").refusal == "purchase.otp_tries_used_up"
    assert world.balance_idr(card) == 1_000_000


def test_a_code_grows_old_by_the_programmes_clock(world: World) -> None:
    card, offer = world.cards[5], world.courses[1]
    token, otp = world.ask(card, offer)
    world.clock.moment += timedelta(minutes=6)
    try:
        assert world.authorize(token, otp, "INV-LATE").refusal == "purchase.otp_expired"
    finally:
        world.clock.moment -= timedelta(minutes=6)


def test_a_replayed_payment_returns_the_first_answer_and_charges_once(world: World) -> None:
    card, offer = world.cards[6], world.courses[1]
    token, otp = world.ask(card, offer)
    body = {"otp": otp, "invoice_url": "https://dp.example/1", "invoice_code": "INV-REPLAY"}
    stamp = int(time.time())

    def send() -> Answer:
        return world.platform.call("/payment/authorize", body, token=token, timestamp=stamp)

    with ThreadPoolExecutor(8) as pool:
        answers = [waiting.result() for waiting in [pool.submit(send) for _ in range(50)]]

    assert {answer.status for answer in answers} == {200}
    assert all(answer.body == answers[0].body for answer in answers)
    assert world.balance_idr(card) == 1_000_000 - offer.amount_idr


def test_a_replayed_cancellation_pays_back_once_and_a_replayed_payment_does_not_buy_again(world: World) -> None:
    card, offer = world.cards[7], world.courses[1]
    token, otp = world.ask(card, offer)
    bought = world.authorize(token, otp, "INV-BACK")
    order = {"invoice_code": "INV-BACK", "transaction_code": bought.data["transaction_code"]}
    stamp = int(time.time())

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(world.platform.call, "/payment/void", order, timestamp=stamp) for _ in range(20)]
        codes = sorted(answer.result().code for answer in waiting)

    assert codes == ["", *["ERRPLT40028"] * 19]
    assert world.balance_idr(card) == 1_000_000
    world.authorize(token, otp, "INV-BACK")
    assert world.balance_idr(card) == 1_000_000


def test_a_replayed_request_for_a_code_is_bounded(world: World) -> None:
    card, offer = world.cards[8], world.courses[1]
    stamp = int(time.time())
    order = world.order(card, offer)
    answers = [world.platform.call("/payment/send-otp", order, timestamp=stamp) for _ in range(40)]
    refused = [answer for answer in answers if answer.status != 200]

    assert refused
    assert {(answer.status, answer.refusal) for answer in refused} == {(429, "purchase.too_many_codes")}
    assert int(refused[0].headers["retry-after"]) > 0
    assert world.balance_idr(card) == 1_000_000


def test_another_platforms_invoice_is_as_unknown_as_one_that_never_was(world: World) -> None:
    card, offer = world.cards[9], world.courses[1]
    bought = world.buy(card, offer, invoice="INV-OURS")
    stranger = world.second_platform
    theirs, never = (stranger.call("/payment/status", {"invoice_code": code}) for code in ("INV-OURS", "INV-NONE"))
    assert theirs.status == 400
    assert str(theirs.body).replace("INV-OURS", "INV-NONE") == str(never.body)

    order = {"invoice_code": "INV-OURS", "transaction_code": bought["transaction_code"]}
    taken = stranger.call("/payment/void", order)
    assert taken.code == "ERRVOD40001"
    assert card.name not in str(taken.body)
    assert world.platform.call("/payment/status", {"invoice_code": "INV-OURS"}).data["status"] == "SUCCESS"


def test_another_platforms_payment_token_is_unknown(world: World) -> None:
    card, offer = world.cards[10], world.courses[1]
    token, otp = world.ask(card, offer)
    stolen = world.authorize(token, otp, "INV-THIEF", at=world.second_platform)

    assert stolen.refusal == "purchase.token_unknown"
    assert world.balance_idr(card) == 1_000_000


def test_two_platforms_may_use_the_same_invoice_code(world: World) -> None:
    first, second = world.cards[10], world.cards[11]
    world.buy(first, world.courses[1], invoice="INV-1")
    bought = world.buy(second, world.courses[1], invoice="INV-1", at=world.second_platform)

    looked = world.second_platform.call("/payment/status", {"invoice_code": "INV-1"})
    assert looked.data["transaction_code"] == bought["transaction_code"]


def test_the_last_seat_is_sold_once(world: World) -> None:
    offer = world.courses[2]
    buyers = [world.cards[4], world.cards[5]]
    asked = [world.ask(card, offer) for card in buyers]
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(world.authorize, *wish, f"INV-SEAT-{n}") for n, wish in enumerate(asked)]
        answers = [answer.result() for answer in waiting]

    assert sorted(answer.status for answer in answers) == [200, 400]
    assert {answer.refusal for answer in answers} == {"", "purchase.sold_out"}
