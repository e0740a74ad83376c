"""Clocks of buying are computed from intervals: whom a hold keeps from buying loses no time, and nobody gains any."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.card import actions as cards
from prakarsa.card.model import CardState
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Pause, Scope
from prakarsa.hold.rules import deadline_with_pauses
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.purchase import actions, audit
from prakarsa.purchase.model import OtpOrder, PaymentToken, PurchaseClock
from prakarsa.purchase.refusals import NextPurchaseTooLate
from prakarsa.purchase.rules import has_run_out, next_purchase_clock
from tests import worlds
from tests.conftest import NOW
from tests.hold.test_pauses import DEADLINE, by_the_second, pause, seconds
from tests.purchase.test_rules import TERMS
from tests.worlds import HeldCard

DAY = timedelta(days=1)
LATER = NOW + 10 * DAY
WAVE_48, TOLD_48 = 48, datetime(2023, 3, 1, 5, tzinfo=NOW.tzinfo)
FIFTEEN = replace(TERMS, next_purchase_deadline_days=15)


@given(pauses=st.lists(pause(), max_size=5), now=seconds)
def test_a_deadline_shows_exactly_the_pauses_that_moved_it(pauses: list[Pause], now: datetime) -> None:
    shown = deadline_with_pauses(DEADLINE, pauses, starts_at=NOW, now=now)

    assert shown.deadline_at == by_the_second(pauses, now)
    assert deadline_with_pauses(DEADLINE, [*reversed(pauses)], starts_at=NOW, now=now) == shown
    assert deadline_with_pauses(DEADLINE, shown.pauses, starts_at=NOW, now=now) == shown
    assert shown.paused_now <= (now <= shown.deadline_at)


@given(pauses=st.lists(pause(), min_size=1, max_size=4), at=st.lists(seconds, min_size=2, max_size=6))
def test_nobodys_deadline_runs_while_a_hold_blocks_them(pauses: list[Pause], at: list[datetime]) -> None:
    for first, second in pairwise(sorted(at)):
        before = deadline_with_pauses(DEADLINE, pauses, starts_at=NOW, now=first)
        after = deadline_with_pauses(DEADLINE, pauses, starts_at=NOW, now=second)
        stood = first >= NOW and any(p in before.pauses and p.lasts(first) and p.lasts(second) for p in pauses)
        if stood and before.deadline_at > first:
            assert after.deadline_at - second == before.deadline_at - first
        assert after.deadline_at >= before.deadline_at


@given(pauses=st.lists(pause(), max_size=4), now=seconds, completed_at=st.integers(-9, 9).map(lambda d: NOW + d * DAY))
def test_the_next_purchase_clock_runs_from_the_last_completion_and_moves_likewise(
    pauses: list[Pause], now: datetime, completed_at: datetime
) -> None:
    clock = next_purchase_clock(completed_at, FIFTEEN, pauses, has_open_course=False, now=now)

    assert clock is not None
    last_day = completed_at.astimezone(JAKARTA).date() + 15 * DAY
    assert clock.first_deadline_at == datetime(last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=JAKARTA)
    assert clock.paused == deadline_with_pauses(clock.first_deadline_at, pauses, starts_at=completed_at, now=now).paused
    assert has_run_out(clock, now) == (now > clock.deadline_at)
    assert not has_run_out(replace(clock, stopped_by_purchase=True), now)


def test_there_is_no_next_purchase_clock_before_a_completion_or_where_the_terms_know_none() -> None:
    assert next_purchase_clock(None, FIFTEEN, (), has_open_course=False, now=NOW) is None
    assert next_purchase_clock(NOW, TERMS, (), has_open_course=False, now=NOW) is None


def first_clock(tx: Tx, card: HeldCard, now: datetime) -> PurchaseClock:
    clock = actions.clocks_of(tx, card.person_id, now).first_purchase
    assert clock is not None
    return clock


@pytest.mark.parametrize(
    ("scope", "tried", "paused"),
    [
        pytest.param(Scope.PROGRAMME, False, 4 * DAY, id="everybody, tried or not"),
        pytest.param(Scope.CARD, False, 4 * DAY, id="that card, for the whole hold"),
        pytest.param(Scope.PERSON, False, 4 * DAY, id="that person, for the whole hold"),
        pytest.param(Scope.PLATFORM, False, timedelta(), id="a platform hurts nobody who did not come"),
        pytest.param(Scope.PLATFORM, True, 3 * DAY, id="a platform that turned them away, from then on"),
        pytest.param(Scope.INSTITUTION, True, 3 * DAY, id="an institution that turned them away"),
        pytest.param(Scope.COURSE, True, 3 * DAY, id="a course that turned them away"),
        pytest.param(Scope.SCHEDULE, True, 3 * DAY, id="a class that turned them away"),
        pytest.param(Scope.SCHEDULE, False, timedelta(), id="a class nobody asked for"),
    ],
)
def test_whom_a_hold_pauses_and_from_when(tx: Tx, scope: Scope, tried: bool, paused: timedelta) -> None:
    card, other, schedule = worlds.a_card(tx), worlds.a_card(tx), worlds.a_class(tx)
    hold = worlds.a_hold(tx, scope=scope, target=target_of(tx, scope, card, schedule))
    if tried:
        assert isinstance(asked(tx, card, schedule, NOW + DAY), Refusal)
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=NOW + 4 * DAY)

    clock = first_clock(tx, card, LATER)
    assert clock.paused == paused
    assert [p.cause for p in clock.pauses] == ([hold.hold_code] if paused else [])
    for told in clock.pauses:
        assert (told.told_in("id"), told.told_in("en")) == (hold.public_words, hold.public_words_en)
    assert first_clock(tx, other, LATER).paused == (4 * DAY if scope is Scope.PROGRAMME else timedelta())


@pytest.mark.parametrize("capability", [Capability.REDEEMING, Capability.PAYOUT])
def test_only_holds_on_buying_pause_the_clocks_of_buying(tx: Tx, capability: Capability) -> None:
    card = worlds.a_card(tx)
    worlds.a_hold(tx, capability=capability)
    assert first_clock(tx, card, NOW + 5 * DAY).paused == timedelta()


def test_a_hold_whose_review_does_not_take_place_stops_pausing_there(tx: Tx) -> None:
    card = worlds.a_card(tx)
    worlds.a_hold(tx, review_after=2 * DAY)

    assert first_clock(tx, card, NOW + DAY).paused_now
    clock = first_clock(tx, card, LATER)
    assert (clock.paused, clock.paused_now) == (2 * DAY, False)


def test_a_clock_that_had_run_out_is_not_brought_back_by_being_turned_away(tx: Tx) -> None:
    card = worlds.a_card(tx)
    late = NOW + 32 * DAY
    schedule = worlds.a_class(tx, starts_at=late + 9 * DAY)
    other = worlds.a_class(tx, starts_at=late + 9 * DAY)
    worlds.a_hold(tx, scope=Scope.COURSE, target=schedule.course_code, now=late)

    answers = [asked(tx, card, each, late + DAY) for each in (schedule, other)]

    assert [a.code for a in answers if isinstance(a, Refusal)] == [
        "hold.offer_held",
        "purchase.first_purchase_too_late",
    ]


@pytest.mark.parametrize("scope", [Scope.PROGRAMME, Scope.CARD, Scope.PERSON, Scope.COURSE])
def test_no_card_is_taken_back_in_a_hold_that_blocks_it_and_every_one_would_be_noticed(tx: Tx, scope: Scope) -> None:
    card, schedule = worlds.a_card(tx), worlds.a_class(tx)
    begins = NOW + 29 * DAY
    hold = worlds.a_hold(tx, scope=scope, target=target_of(tx, scope, card, schedule), now=begins)
    asked(tx, card, schedule, begins)
    in_hold = begins + 5 * DAY

    assert actions.revoke_overdue(tx, now=in_hold) == (0, card.card_id)
    cards.lock(tx, [card.card_id])
    cards.revoke(tx, {card.card_id: in_hold}, now=in_hold)
    [problem] = audit._revoked_in_hold(tx)
    assert (problem.subject, problem.facts["hold_code"]) == (f"card/{card.card_id}", hold.hold_code)


def test_a_card_is_taken_back_when_all_its_pauses_are_used_up(tx: Tx) -> None:
    card = worlds.a_card(tx)
    hold = worlds.a_hold(tx, scope=Scope.CARD, target=str(card.card_id))
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=NOW + 3 * DAY)
    deadline_at = first_clock(tx, card, LATER).deadline_at

    assert actions.revoke_overdue(tx, now=deadline_at)[0] == 0
    assert actions.revoke_overdue(tx, now=deadline_at + timedelta(seconds=1))[0] == 1
    assert audit._revoked_in_hold(tx) == []
    assert audit._revoked_too_early(tx) == []


def test_a_card_taken_back_while_its_owner_still_had_time_is_noticed(tx: Tx) -> None:
    in_time, moved = worlds.a_card(tx), worlds.a_card(tx)
    hold = worlds.a_hold(tx, scope=Scope.CARD, target=str(moved.card_id))
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=NOW + 3 * DAY)
    at = first_clock(tx, in_time, LATER).deadline_at + DAY
    cards.lock(tx, [in_time.card_id, moved.card_id])
    cards.revoke(tx, {in_time.card_id: at, moved.card_id: at}, now=at)

    [problem] = audit._revoked_too_early(tx)
    assert problem.subject == f"card/{moved.card_id}"
    assert problem.facts["deadline_at"] == first_clock(tx, moved, LATER).deadline_at


def test_the_next_course_is_bought_within_fifteen_days_of_the_last_and_a_hold_moves_that(tx: Tx) -> None:
    worlds.a_wave(tx, WAVE_48, scheme="prakerja-2023", now=TOLD_48)
    card = worlds.a_card(tx, wave=WAVE_48, now=TOLD_48)
    done_at = TOLD_48 + 9 * DAY
    schedules = [worlds.a_class(tx, starts_at=TOLD_48 + days * DAY, now=TOLD_48) for days in (3, 60)]
    bought = worlds.a_purchase(tx, card=card, of=schedules[0], now=TOLD_48)
    assert actions.clocks_of(tx, card.person_id, TOLD_48).next_purchase is None
    actions.mark_redeemed(tx, bought.purchase_id, now=done_at)
    actions.complete(tx, [bought.purchase_id], now=done_at)
    actions.mark_rated(tx, bought.purchase_id, now=done_at)
    hold = worlds.a_hold(tx, now=done_at + DAY)
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=done_at + 3 * DAY)

    clocks = actions.clocks_of(tx, card.person_id, done_at + 4 * DAY)

    assert clocks.first_purchase is not None
    assert clocks.first_purchase.stopped_by_purchase
    assert clocks.next_purchase is not None
    assert (clocks.next_purchase.starts_at, clocks.next_purchase.paused) == (done_at, 2 * DAY)
    deadline_at = clocks.next_purchase.deadline_at
    assert deadline_at.astimezone(JAKARTA).date() == date(2023, 3, 27)
    assert isinstance(asked(tx, card, schedules[1], deadline_at), PaymentToken)
    late = asked(tx, card, schedules[1], deadline_at + timedelta(seconds=1))
    assert isinstance(late, NextPurchaseTooLate)
    assert late.deadline_at == deadline_at
    again = worlds.a_purchase(tx, card=card, of=schedules[1], now=deadline_at - DAY)
    stopped = actions.clocks_of(tx, card.person_id, deadline_at - DAY).next_purchase
    assert stopped is not None
    assert stopped.stopped_by_purchase
    worlds.cancel(tx, again, now=deadline_at + 2 * DAY)
    given_back = actions.clocks_of(tx, card.person_id, deadline_at + 2 * DAY).next_purchase
    assert given_back is not None
    assert given_back.deadline_at == deadline_at + 3 * DAY
    assert (given_back.pauses[-1].cause, given_back.pauses[-1].ends_at) == (
        again.transaction_code,
        deadline_at + 2 * DAY,
    )


def test_a_probe_has_no_clock_and_is_never_taken_back(tx: Tx) -> None:
    probe = worlds.a_card(tx)
    tx.run("UPDATE card.card SET is_probe = true WHERE card_id = %(c)s", c=probe.card_id)

    assert actions.clocks_of(tx, probe.person_id, LATER) == actions.clocks_of(tx, 0, LATER)
    assert actions.revoke_overdue(tx, now=NOW + 400 * DAY) == (0, 0)
    kept = cards.card_of_person(tx, probe.person_id)
    assert kept is not None
    assert kept.state == CardState.ACTIVE


def target_of(tx: Tx, scope: Scope, card: HeldCard, schedule: worlds.Schedule) -> str | None:
    if scope is Scope.PERSON:
        return str(tx.value("SELECT public_id FROM people.person WHERE person_id = %(p)s", p=card.person_id))
    return {
        Scope.CARD: str(card.card_id),
        Scope.PLATFORM: worlds.PLATFORM,
        Scope.INSTITUTION: worlds.INSTITUTION,
        Scope.COURSE: schedule.course_code,
        Scope.SCHEDULE: schedule.schedule_code,
    }.get(scope)


def asked(tx: Tx, card: HeldCard, schedule: worlds.Schedule, now: datetime) -> PaymentToken | Refusal:
    order = OtpOrder(
        worlds.a_platform(tx),
        card.number,
        f"user-{card.card_id}",
        schedule.course_code,
        schedule.schedule_code,
        worlds.PRICE_IDR,
    )
    return actions.send_otp(tx, [order], now=now)[0]
