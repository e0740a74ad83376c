"""Many at once, through the door: seats are never oversold, and everyone gets an answer with its reason."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from prakarsa.catalogue.model import CourseMode
from prakarsa.ledger import actions as ledger
from tests.api.client import Answer
from tests.api.conftest import INSTITUTIONS, PLATFORMS, HeldCard, World, issue_cards, open_course


def test_two_hundred_payments_for_the_last_ten_seats(world: World) -> None:
    with world.runtime.database.transaction("test") as tx:
        offer = open_course(tx, "CRS-TEN", INSTITUTIONS[0], CourseMode.WEBINAR, 100_000, 10, PLATFORMS[:1])
        crowd = issue_cards(tx, 200, first=100)

    def ask(card: HeldCard) -> str:
        return str(world.platform.call("/payment/send-otp", world.order(card, offer)).data["payment_token"])

    with ThreadPoolExecutor(32) as pool:
        tokens = dict(zip(crowd, pool.map(ask, crowd), strict=True))
    otps = world.newest_otps()

    def pay(card: HeldCard) -> Answer:
        return world.authorize(tokens[card], otps[card.phone], f"INV-{card.number}")

    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(pay, crowd))

    assert Counter(answer.refusal for answer in answers) == {"": 10, "purchase.sold_out": 190}
    left = {"course_code": offer.course_code, "schedule_code": offer.schedule_code}
    assert world.platform.call("/payment/quota-schedule", left).data["quota"] == 0
    with world.runtime.database.transaction("test") as tx:
        assert ledger.verify(tx) == []
