"""Probes are kept, counted by the hour, and loud when what is said to be on sale cannot be bought."""

from datetime import timedelta

from prakarsa.kernel.db import Tx
from prakarsa.notice import actions as notices
from prakarsa.notice.probe_model import Outcome, Said, Walk
from tests import worlds
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


def a_walk(place: int, outcome: Outcome = Outcome.COULD, said: Said = Said.ON_SALE, **facts: object) -> Walk:
    return Walk(
        platform_code=worlds.PLATFORM,
        at=NOW + place * MINUTE,
        said=said,
        outcome=outcome,
        course_code="CRS-1",
        schedule_code="SCH-1",
        **facts,  # type: ignore[arg-type]  # the fields of the case at hand
    )


def walked(tx: Tx, *walks: Walk) -> list[str]:
    """Record these one after another; the client codes with a standing alarm at the end."""
    standing = []
    for walk in walks:
        standing = notices.record_probe(tx, walk, now=walk.at)
    return [alarm.client_code for alarm in standing]


def test_three_misses_in_a_row_are_an_alarm_and_a_hit_ends_it(tx: Tx) -> None:
    worlds.a_platform(tx)
    missed = [a_walk(place, Outcome.REFUSED, refusal_code="hold.offer_held") for place in range(3)]

    assert walked(tx, *missed[:2]) == []
    assert walked(tx, missed[2], a_walk(3, Outcome.FAILED, problem="no connection")) == [worlds.PLATFORM]
    assert walked(tx, a_walk(4)) == []

    [alarm] = notices.alarms(tx, NOW)
    assert (alarm.refusal_code, alarm.raised_at, alarm.over_at) == (
        "hold.offer_held",
        NOW + 2 * MINUTE,
        NOW + 4 * MINUTE,
    )


def test_misses_that_are_not_in_a_row_are_no_alarm(tx: Tx) -> None:
    worlds.a_platform(tx)
    no, yes = Outcome.REFUSED, Outcome.COULD

    assert walked(tx, *(a_walk(place, outcome) for place, outcome in enumerate([no, no, yes, no, no]))) == []


def test_an_alarm_ends_when_nothing_is_said_to_be_on_sale_any_more(tx: Tx) -> None:
    worlds.a_platform(tx)
    missed = [a_walk(place, Outcome.REFUSED) for place in range(3)]

    assert walked(tx, *missed, a_walk(4, Outcome.NOT_TRIED, Said.NOTHING)) == []


def test_a_refusal_for_the_reason_that_was_named_is_as_it_should_be() -> None:
    said = {"said": Said.NOT_ON_SALE, "said_refusal": "purchase.sold_out"}

    assert not a_walk(0, Outcome.REFUSED, refusal_code="purchase.sold_out", **said).mismatch  # type: ignore[arg-type]  # shared
    assert a_walk(0, Outcome.REFUSED, refusal_code="hold.offer_held", **said).mismatch  # type: ignore[arg-type]  # shared
    assert a_walk(0, Outcome.COULD, **said).mismatch  # type: ignore[arg-type]  # shared


def test_the_history_counts_minutes_in_which_something_was_said_to_be_on_sale(tx: Tx) -> None:
    worlds.a_platform(tx)
    walked(
        tx,
        a_walk(0),
        a_walk(0, Outcome.REFUSED, Said.NOT_ON_SALE, said_refusal="x", refusal_code="x"),
        a_walk(1),
        a_walk(2, Outcome.REFUSED),
        a_walk(2),  # the same minute, from another place
        a_walk(3, Outcome.NOT_TRIED, Said.NOTHING),
        a_walk(61),
    )

    [history] = [found for found in notices.probe_history(tx, NOW) if found.client_code == worlds.PLATFORM]

    assert [(hour.minutes_said, hour.minutes_could, hour.walks, hour.mismatches) for hour in history.hours] == [
        (3, 2, 6, 1),
        (1, 1, 1, 0),
    ]
    assert history.share_percent(NOW) == 75
    assert history.share_percent(NOW + timedelta(days=1)) is None


def test_walks_are_kept_for_seven_days_and_their_hours_for_good(tx: Tx) -> None:
    worlds.a_platform(tx)
    walked(tx, a_walk(0))
    week_later = NOW + timedelta(days=7, minutes=1)

    assert notices.sweep_probes(tx, now=NOW) == 0
    assert notices.sweep_probes(tx, now=week_later) == 1
    assert notices.newest_walks(tx) == []
    [history] = notices.probe_history(tx, NOW)
    assert history.hours[0].minutes_could == 1


def test_a_walk_along_an_unknown_platform_is_left_out(tx: Tx) -> None:
    assert notices.record_probe(tx, a_walk(0), now=NOW) == []
    assert notices.newest_walks(tx) == []
