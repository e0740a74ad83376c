"""A hold on taking part refuses with its cause, and the time it took is added to the window it took it from."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.attendance import actions, rules
from prakarsa.attendance.model import Window
from prakarsa.attendance.refusals import AlreadyAttended, RedeemCodeOfAnother, TooEarly, TooLate
from prakarsa.gateways.identity import IdentityProviderClient
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Hold, Pause, Scope
from prakarsa.hold.refusals import OwnRedeemingHeld, RedeemingHeld
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.purchase.model import Purchase
from tests.attendance.conftest import RETURN_URL, Scan
from tests.attendance.test_actions import START, opened
from tests.conftest import NOW
from tests.worlds import INSTITUTION, a_card, a_hold, a_purchase, an_institution

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WINDOW = Window(START - HOUR, START + HOUR)


def a_redeeming_hold(
    tx: Tx, purchase: Purchase, scope: Scope, *, now: datetime = START, until: datetime | None = None
) -> Hold:
    public_id = tx.value("SELECT public_id FROM people.person WHERE person_id = %(p)s", p=purchase.person_id)
    target = {
        Scope.PLATFORM: purchase.platform_code,
        Scope.INSTITUTION: purchase.institution_code,
        Scope.COURSE: purchase.course_code,
        Scope.SCHEDULE: purchase.schedule_code,
        Scope.CARD: str(purchase.card_id),
        Scope.PERSON: str(public_id),
    }.get(scope)
    hold = a_hold(tx, scope=scope, target=target, capability=Capability.REDEEMING, now=now)
    return holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=until) if until else hold


def why_not(tx: Tx, purchase: Purchase, now: datetime) -> Refusal | None:
    """Redeeming the old way, undone again."""
    try:
        with tx.savepoint():
            actions.commit(tx, an_institution(tx), purchase.redeem_code, now=now)
            raise InterruptedError
    except InterruptedError:
        return None
    except Refusal as refusal:
        return refusal


@given(
    pauses=st.lists(st.tuples(st.integers(-300, 300), st.integers(1, 300)), max_size=4),
    now=st.integers(-400, 1_500),
)
def test_a_window_ends_later_by_exactly_the_minutes_it_was_held(pauses: list[tuple[int, int]], now: int) -> None:
    moment = START + now * MINUTE
    stretches = [Pause(START + a * MINUTE, START + (a + n) * MINUTE, "HLD", "words") for a, n in pauses]

    moved = rules.moved(WINDOW, stretches, moment)

    closes, minute = WINDOW.closes_at, WINDOW.opens_at
    while minute < min(closes, moment):
        closes += MINUTE if any(p.lasts(minute) for p in stretches) else timedelta()
        minute += MINUTE
    assert (moved.starts_at, moved.deadline_at) == (WINDOW.opens_at, closes)
    assert rules.moved(WINDOW, stretches[::-1], moment).deadline_at == closes


@pytest.mark.parametrize("scope", list(Scope))
def test_a_hold_in_scope_refuses_and_the_window_moves_by_the_time_it_took(tx: Tx, scope: Scope) -> None:
    purchase = a_purchase(tx)
    hold = a_redeeming_hold(tx, purchase, scope)

    refusal = why_not(tx, purchase, START + 30 * MINUTE)
    assert isinstance(refusal, RedeemingHeld | OwnRedeemingHeld)
    assert refusal.hold_code == hold.hold_code
    with pytest.raises(type(refusal)):
        opened(tx, purchase, now=START)
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=START + 4 * HOUR)

    assert why_not(tx, purchase, START + 5 * HOUR) is None
    late = why_not(tx, purchase, START + 5 * HOUR + timedelta(seconds=1))
    assert isinstance(late, TooLate)
    assert late.closes_at == START + 5 * HOUR
    deadline = actions.deadlines(tx, purchase, [1], now=START + 5 * HOUR)[1]
    assert (deadline.paused, [p.cause for p in deadline.pauses]) == (4 * HOUR, [hold.hold_code])


@pytest.mark.parametrize("scope", [Scope.PLATFORM, Scope.INSTITUTION, Scope.COURSE, Scope.SCHEDULE, Scope.CARD])
def test_a_hold_on_something_else_leaves_the_class_alone(tx: Tx, scope: Scope) -> None:
    purchase = a_purchase(tx)
    elsewhere = a_purchase(tx, card=a_card(tx), platform="pasar-lain", institution="balai-dua")
    a_redeeming_hold(tx, elsewhere, scope)

    assert why_not(tx, purchase, START) is None
    assert actions.deadlines(tx, purchase, [1], now=START + 3 * HOUR)[1].paused == timedelta()


@pytest.mark.parametrize("capability", [Capability.SELLING, Capability.PAYOUT])
def test_what_is_held_elsewhere_than_in_class_does_not_keep_anybody_out(tx: Tx, capability: Capability) -> None:
    purchase = a_purchase(tx)
    a_hold(tx, capability=capability, now=START)
    assert why_not(tx, purchase, START) is None


def test_the_hold_is_the_cause_before_an_open_window_and_after_who_asks_and_what_is_done(tx: Tx) -> None:
    purchase, other = a_purchase(tx), an_institution(tx, "balai-dua")
    assert isinstance(why_not(tx, purchase, START - 2 * HOUR), TooEarly)
    attended = a_purchase(tx)
    actions.commit(tx, an_institution(tx, INSTITUTION), attended.redeem_code, now=START)
    a_redeeming_hold(tx, purchase, Scope.PROGRAMME, now=START - 3 * HOUR)

    assert isinstance(why_not(tx, purchase, START - 2 * HOUR), RedeemingHeld)
    assert isinstance(why_not(tx, attended, START), AlreadyAttended)
    with pytest.raises(RedeemCodeOfAnother):
        actions.redeem_status(tx, other, purchase.redeem_code, 1, now=START)


def test_the_state_of_a_code_can_be_asked_during_a_hold_and_says_why_it_cannot_be_used(tx: Tx) -> None:
    purchase = a_purchase(tx)
    before = actions.redeem_status(tx, an_institution(tx), purchase.redeem_code, 1, now=START)
    hold = a_redeeming_hold(tx, purchase, Scope.COURSE)

    during = actions.redeem_status(tx, an_institution(tx), purchase.redeem_code, 1, now=START)

    assert before.held is None
    assert isinstance(during.held, RedeemingHeld)
    assert during.held.hold_code == hold.hold_code
    assert replace(during, held=None) == before


def test_a_check_begun_before_a_hold_waits_for_its_end(tx: Tx, provider: IdentityProviderClient, scan: Scan) -> None:
    purchase = a_purchase(tx)
    state = opened(tx, purchase).state
    url = actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=START)
    check_id = scan(url, "match")
    hold = a_redeeming_hold(tx, purchase, Scope.INSTITUTION)

    for act in (
        lambda: actions.verification(tx, state, now=START + MINUTE),
        lambda: actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=START + MINUTE),
        lambda: actions.conclude(tx, state, check_id, provider, now=START + MINUTE),
    ):
        with pytest.raises(RedeemingHeld):
            act()
    assert actions.attended(tx, purchase.purchase_id) == set()
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=START + 5 * MINUTE)
    assert actions.conclude(tx, state, check_id, provider, now=START + 6 * MINUTE).matched


def test_a_hold_before_the_window_takes_nothing_from_it(tx: Tx) -> None:
    purchase = a_purchase(tx)
    a_redeeming_hold(tx, purchase, Scope.PROGRAMME, now=NOW + HOUR, until=NOW + 2 * HOUR)
    assert actions.deadlines(tx, purchase, [1], now=START + 3 * HOUR)[1].paused == timedelta()
