"""A person sees by how much each deadline of theirs has moved, since when, and why."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from prakarsa.disbursement import actions as payouts
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Scope
from prakarsa.kernel.clock import MovableClock
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import OtpOrder, Purchase
from tests import worlds
from tests.conftest import NOW
from tests.disbursement.worlds import an_account_number
from tests.web.conftest import Browser, Served, signed_in

DAY = timedelta(days=1)
TOLD = datetime(2023, 3, 1, 5, tzinfo=NOW.tzinfo)
DONE = TOLD + 9 * DAY
TODAY = DONE + 4 * DAY


@pytest.fixture(scope="module", autouse=True)
def in_2023(served: Served) -> Iterator[None]:
    """Wave 48, whose terms know a deadline for the next purchase."""
    clock = served.runtime.clock
    assert isinstance(clock, MovableClock)
    clock.move_to(TODAY)
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx, 48, scheme="prakerja-2023", now=TOLD)
        first = worlds.a_hold(tx, now=DONE + DAY)
        holds.lift(tx, first.hold_code, reason="done", by="staff/1", now=DONE + 2 * DAY)
    yield
    clock.move_to(NOW)


@pytest.fixture(scope="module")
def newcomer(served: Served) -> Browser:
    """Somebody who has bought nothing and was turned away by a hold on one course that still lasts."""
    with served.runtime.database.transaction("test") as tx:
        card = worlds.a_card(tx, wave=48, now=TOLD)
        schedule = worlds.a_class(tx, institution="balai-empat", starts_at=TODAY + 9 * DAY, now=TOLD)
        worlds.a_hold(tx, scope=Scope.COURSE, target=schedule.course_code, now=TODAY - 2 * DAY)
        order = OtpOrder(
            worlds.a_platform(tx), card.number, "u", schedule.course_code, schedule.schedule_code, worlds.PRICE_IDR
        )
        purchases.send_otp(tx, [order], now=TODAY - DAY)
    return signed_in(served, card.person_id)


@pytest.fixture(scope="module")
def learner(served: Served) -> tuple[Browser, Purchase]:
    """Somebody who completed a course, has an account and a hold on their payments, and sits in a second class."""
    with served.runtime.database.transaction("test") as tx:
        card = worlds.a_card(tx, wave=48, now=TOLD)
        first = worlds.a_purchase(tx, card=card, of=worlds.a_class(tx, starts_at=TOLD + 3 * DAY, now=TOLD), now=TOLD)
        purchases.mark_redeemed(tx, first.purchase_id, now=DONE)
        purchases.complete(tx, [first.purchase_id], now=DONE)
        purchases.mark_rated(tx, first.purchase_id, now=DONE)
        payouts.link_account(tx, card.person_id, "BNI", an_account_number(), now=DONE)
        payouts.schedule_incentives(tx, now=DONE)
        worlds.a_hold(tx, scope=Scope.CARD, target=str(card.card_id), capability=Capability.PAYOUT, now=DONE + DAY)
    return signed_in(served, card.person_id), first


def test_the_first_clock_shows_every_pause_with_its_reason_in_the_readers_language(newcomer: Browser) -> None:
    page = newcomer.get("/card?lang=id").text
    assert "Kelengkapan administrasi sedang diperiksa." in page

    page = newcomer.get("/card?lang=en").text
    assert "Deadline for your first course" in page
    assert "Moved by 2 days" in page
    assert page.count("Administrative requirements are being checked.") >= 2
    assert "still lasting" in page
    assert "The clock is stopped" in page
    assert "Deadline for your next course" not in page


def test_the_next_clock_says_from_when_it_counts_and_by_how_much_it_moved(learner: tuple[Browser, Purchase]) -> None:
    page = learner[0].get("/card?lang=en").text
    assert "You have bought a course, so the deadline for the first purchase no longer matters." in page
    assert "Deadline for your next course" in page
    assert "26 March 2023 23:59 WIB" in page
    assert "Moved by 1 day" in page


def test_held_payments_say_why_they_wait_and_the_last_day_for_linking_has_moved(
    learner: tuple[Browser, Purchase],
) -> None:
    page = learner[0].get("/payouts?lang=en").text
    assert "What is scheduled stays scheduled and leaves by itself when the hold ends." in page
    assert "waits for the end of the hold" in page
    assert "without the pauses it would be 15 December 2023 23:59 WIB" in page
    assert "Moved by 3 days" in page


def test_a_class_shows_until_when_it_can_be_entered_and_why_that_is_later(
    served: Served, learner: tuple[Browser, Purchase]
) -> None:
    browser, first = learner
    with served.runtime.database.transaction("test") as tx:
        schedule = worlds.a_class(tx, starts_at=TODAY + DAY, institution="balai-tiga", now=TOLD)
        card = worlds.HeldCard(first.card_id, first.person_id, _number(tx, first))
        second = worlds.a_purchase(tx, card=card, of=schedule, now=TODAY)
        worlds.a_hold(
            tx,
            scope=Scope.INSTITUTION,
            target="balai-tiga",
            capability=Capability.REDEEMING,
            now=schedule.starts_at,
        )
    served.runtime.clock.move_to(schedule.starts_at + timedelta(hours=2))  # type: ignore[attr-defined]  # it is movable
    page = browser.get(f"/my-courses/{second.purchase_id}?lang=en").text
    assert "later than planned: why?" in page
    assert "Without the pauses it would be 15 March 2023 13:00 WIB." in page
    assert "Taking part is on hold" in page
    assert "You have bought a course that is not finished yet." in browser.get("/card?lang=en").text


def _number(tx: worlds.Tx, purchase: Purchase) -> str:
    return worlds.cards.number_of(tx, purchase.person_id)
