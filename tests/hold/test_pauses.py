"""A deadline moves by exactly the time its clock stood still."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from prakarsa.hold.model import Pause
from prakarsa.hold.rules import moved_deadline, paused_now
from tests.conftest import NOW

DEADLINE = NOW + timedelta(days=30)
seconds = st.integers(-(10**6), 10**7).map(lambda s: NOW + timedelta(seconds=s))


@st.composite
def pause(draw: st.DrawFn) -> Pause:
    starts_at = draw(seconds)
    length = draw(st.none() | st.integers(1, 10**7))
    return Pause(starts_at, None if length is None else starts_at + timedelta(seconds=length), "HLD", "words")


def by_the_second(pauses: list[Pause], now: datetime) -> datetime:
    """An independent count: walk the edges of all pauses and add up where any of them stood."""
    edges = sorted({NOW, now, *(p.starts_at for p in pauses), *(p.ends_at for p in pauses if p.ends_at is not None)})
    deadline = DEADLINE
    for left, right in pairwise(edges):
        stood = any(p.starts_at <= left and (p.ends_at is None or right <= p.ends_at) for p in pauses)
        if NOW <= left < deadline and right <= now and stood:
            deadline += right - left
    return deadline


@given(pauses=st.lists(pause(), max_size=5), now=seconds)
def test_the_deadline_moves_by_exactly_the_time_the_clock_stood_still(pauses: list[Pause], now: datetime) -> None:
    moved = moved_deadline(DEADLINE, pauses, clock_started_at=NOW, now=now)

    assert moved == by_the_second(pauses, now)
    assert moved >= DEADLINE


@given(pauses=st.lists(pause(), max_size=5), now=seconds)
def test_overlapping_pauses_count_once_and_order_does_not_matter(pauses: list[Pause], now: datetime) -> None:
    moved = moved_deadline(DEADLINE, pauses, clock_started_at=NOW, now=now)

    assert moved_deadline(DEADLINE, [*reversed(pauses), *pauses], clock_started_at=NOW, now=now) == moved


def test_a_pause_after_the_clock_ran_out_brings_nothing_back() -> None:
    late = Pause(DEADLINE, DEADLINE + timedelta(days=9), "HLD", "words")
    assert moved_deadline(DEADLINE, [late], clock_started_at=NOW, now=DEADLINE + timedelta(days=9)) == DEADLINE


def test_a_clock_is_paused_from_the_first_to_before_the_last_moment_of_a_hold() -> None:
    week = Pause(NOW, NOW + timedelta(days=7), "HLD", "words")
    assert paused_now([week], NOW)
    assert not paused_now([week], NOW + timedelta(days=7))
