"""payment/explain: every check in partners' words, nothing about the person; quota-schedule tells why not."""

import json

import pytest

from prakarsa.api.v1_codes import CODES
from prakarsa.catalogue import actions as catalogue
from prakarsa.hold.model import Scope
from prakarsa.purchase.explaining import EXPLAINED_PER_HOUR
from tests import worlds
from tests.api.client import Answer
from tests.api.conftest import HeldCard, Offer, World


def explain(world: World, card: HeldCard, offer: Offer, **bent: object) -> Answer:
    members = {"prakerja_id": card.number, "course_code": offer.course_code, "schedule_code": offer.schedule_code}
    return world.platform.call("/payment/explain", members | bent)


def refused(answer: Answer) -> list[str]:
    return [check["refusal"] for check in answer.data["checks"] if check["verdict"] == "refused"]


def test_a_purchase_that_would_go_through_passes_every_check(world: World) -> None:
    answer = explain(
        world, world.cards[5], world.courses[0], amount=world.courses[0].amount_idr, user_platform_id="u-5"
    )
    assert answer.status == 200
    assert answer.data["verdict"] == "pass"
    assert {check["verdict"] for check in answer.data["checks"]} == {"pass"}
    assert all(set(check) == {"name", "verdict"} for check in answer.data["checks"])


def test_the_first_refused_check_is_what_send_otp_answers_with_its_number(world: World) -> None:
    card, dear = world.cards[5], world.courses[3]
    answer = explain(world, card, dear, amount=1, lang="en")
    assert answer.data["verdict"] == "refused"
    told = [check for check in answer.data["checks"] if check["verdict"] == "refused"]
    assert [check["refusal"] for check in told] == ["purchase.price_mismatch", "purchase.balance_too_low"]
    for check in told:
        assert check["code"] == CODES[check["refusal"]]
        assert check["title"]
        assert check["next_step"].endswith(".")
        assert check["deadline"] == "runs"
    asked = world.platform.call("/payment/send-otp", world.order(card, dear, amount=1))
    assert asked.refusal == told[0]["refusal"]


def test_what_is_not_sent_is_not_compared(world: World) -> None:
    answer = explain(world, world.cards[5], world.courses[0])
    verdicts = {check["name"]: check["verdict"] for check in answer.data["checks"]}
    assert list(verdicts.values()).count("not_checked") == 1
    assert answer.data["verdict"] == "pass"


def test_the_answer_is_in_the_language_asked_for(world: World) -> None:
    answers = [explain(world, world.cards[5], world.courses[0], lang=language) for language in ("id", "en")]
    names = [[check["name"] for check in answer.data["checks"]] for answer in answers]
    assert names[0] != names[1]
    assert "A seat is left" in names[1]
    assert (explain(world, world.cards[5], world.courses[0], lang="de").refusal) == "kernel.bad_field"


def test_nothing_about_the_person_is_told(world: World) -> None:
    card = world.cards[6]
    for offer in world.courses:
        answer = json.dumps(explain(world, card, offer, lang="en").body)
        for secret in (card.name, card.phone, card.email, "1.000.000", "1,000,000", "Rp"):
            assert secret not in answer.replace("Rp1,000,001", "").replace("Rp1.000.001", "")


def test_asking_reserves_nothing_and_is_limited_for_each_card_and_platform(world: World) -> None:
    card, offer = world.cards[7], world.courses[0]
    intents = world.value("SELECT count(*) FROM purchase.intent")
    answers = [explain(world, card, offer) for _ in range(EXPLAINED_PER_HOUR + 1)]
    assert {answer.status for answer in answers[:-1]} == {200}
    assert (answers[-1].status, answers[-1].refusal) == (429, "purchase.asked_too_often")
    assert answers[-1].headers["retry-after"] == "3600"
    other = world.second_platform.call(
        "/payment/explain",
        {"prakerja_id": card.number, "course_code": offer.course_code, "schedule_code": offer.schedule_code},
    )
    assert other.status == 200
    assert world.value("SELECT count(*) FROM purchase.intent") == intents


def test_an_institution_may_not_ask(world: World) -> None:
    card, offer = world.cards[5], world.courses[0]
    members = {"prakerja_id": card.number, "course_code": offer.course_code, "schedule_code": offer.schedule_code}
    assert world.institution.call("/payment/explain", members).refusal == "api.platforms_only"


@pytest.mark.parametrize("unknown", ["prakerja_id", "schedule_code"])
def test_what_nobody_knows_is_a_check_that_fails(world: World, unknown: str) -> None:
    answer = explain(world, world.cards[5], world.courses[0], **{unknown: "0000000000000000"})
    expected = {"prakerja_id": "purchase.card_unknown", "schedule_code": "purchase.schedule_unknown"}[unknown]
    assert expected in refused(answer)


def test_quota_tells_why_a_class_cannot_be_sold_here_instead_of_a_number(world: World) -> None:
    one = world.courses[2]
    codes = {"course_code": one.course_code, "schedule_code": one.schedule_code}
    assert world.platform.call("/payment/quota-schedule", codes).data["quota"] == 1
    assert world.second_platform.call("/payment/quota-schedule", codes).refusal == "purchase.not_listed_here"

    with world.runtime.database.transaction("test") as tx:
        schedule = catalogue.schedule(tx, one.schedule_code)
        catalogue.take_seats(tx, {schedule.schedule_id: 1})
    assert world.platform.call("/payment/quota-schedule", codes).data["quota"] == 0
    with world.runtime.database.transaction("test") as tx:
        catalogue.give_back_seats(tx, {schedule.schedule_id: 1})
        worlds.a_hold(tx, scope=Scope.COURSE, target=one.course_code, now=world.clock.moment)
    assert world.platform.call("/payment/quota-schedule", codes).refusal == "hold.offer_held"
