"""Probes walk over real HTTP, as outsiders: what is said to be on sale, and whether it could be bought."""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path as File
from typing import Any

import pytest

from prakarsa.card import actions as cards
from prakarsa.card.audit import INVARIANTS as OF_CARDS
from prakarsa.catalogue import actions as catalogue
from prakarsa.cli.serving import build_app
from prakarsa.gateways.outside import Outside
from prakarsa.gateways.prober import MOST_BYTES, Path, Prober, probe_platforms
from prakarsa.hold.model import Scope
from prakarsa.kernel.clock import MovableClock
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.settings import Settings
from prakarsa.notice import actions as notices
from prakarsa.notice.audit import INVARIANTS as OF_NOTICES
from prakarsa.notice.probe_model import Outcome, Said, Trouble, Walk
from prakarsa.partner import actions as partners
from prakarsa.purchase.audit import INVARIANTS as OF_PURCHASES
from tests import worlds
from tests.conftest import NOW
from tests.gateways.loopback import Stage, serving
from tests.notice.holds import a_hold

OUTSIDE = Outside(registry=None, bank=None, identity=None, carrier=None)


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with serving(stage) as url:
        yield stage, url


@pytest.fixture
def runtime(database: Database, keyring: Keyring, stage: tuple[Stage, str]) -> Iterator[Runtime]:
    """Both doors of an installation; the clock stands where the last test left the world, and a day later."""
    with tempfile.TemporaryDirectory() as folder:
        clock = MovableClock(File(folder) / "clock")
        with database.transaction("test") as tx:
            tx.run("DELETE FROM notice.probe")
            tx.run(
                "UPDATE hold.hold SET lifted_at = starts_at, lifted_by = 'x', lift_reason = 'x' WHERE lifted_at IS NULL"
            )
        clock.move_to(NOW)
        runtime = Runtime(Settings(File(folder), base_url=stage[1]), keyring, clock, database)
        stage[0].inside = build_app(runtime, OUTSIDE)
        time.sleep(1.01)  # what is on sale is remembered for a second
        yield runtime


@pytest.fixture(scope="module", autouse=True)
def world(database: Database) -> None:
    """One platform with a key and three courses, another one that owns nothing and sells one."""
    with database.transaction("test") as tx:
        for _ in range(3):
            worlds.a_class(tx)
        worlds.a_class(tx, platform="toko-dua")
        for code in (worlds.PLATFORM, "toko-dua"):
            partners.issue_key(tx, code, now=NOW)


def probe(runtime: Runtime, url: str) -> list[Walk]:
    """One round; the walks of the first platform."""
    walks, _ = probe_platforms(runtime, base_url=url, actor="test")
    return [walk for walk in walks if walk.platform_code == worlds.PLATFORM]


def pass_minutes(runtime: Runtime, minutes: int = 1) -> None:
    assert isinstance(runtime.clock, MovableClock)
    runtime.clock.move_to(runtime.clock.now() + timedelta(minutes=minutes))


def forget(runtime: Runtime) -> None:
    """Servers remember for a second what is on sale."""
    pass_minutes(runtime)
    time.sleep(1.05)


def walked(runtime: Runtime, url: str, wanted: Callable[[Walk], bool]) -> Walk:
    """The walk that is wanted, once a busy server has put on its shelf what is new: within seconds."""
    for _ in range(10):
        forget(runtime)
        walks, _ = probe_platforms(runtime, base_url=url, actor="test")
        if found := next(filter(wanted, walks), None):
            return found
    raise AssertionError("what is new does not come to the shelf")


def test_what_is_said_to_be_on_sale_could_be_bought(runtime: Runtime, stage: tuple[Stage, str]) -> None:
    [walk] = probe(runtime, stage[1])

    assert (walk.said, walk.outcome, walk.mismatch, walk.http_status) == (Said.ON_SALE, Outcome.COULD, False, 200)
    with runtime.database.transaction("test") as tx:
        [kept] = notices.newest_walks(tx, worlds.PLATFORM)
        assert (kept.course_code, kept.outcome) == (walk.course_code, Outcome.COULD)


def test_each_minute_another_course_is_tried(runtime: Runtime, stage: tuple[Stage, str]) -> None:
    tried = []
    for _ in range(4):
        tried.append(probe(runtime, stage[1])[0].course_code)
        pass_minutes(runtime)

    assert len(set(tried[:3])) == 3
    assert tried[3] == tried[0]


def test_what_is_held_is_refused_for_the_reason_that_is_named(runtime: Runtime, stage: tuple[Stage, str]) -> None:
    with runtime.database.transaction("test") as tx:
        course = worlds.a_class(tx).course_code
        a_hold(tx, Scope.COURSE, course, party=worlds.INSTITUTION, now=runtime.clock.now())

    refused = walked(runtime, stage[1], lambda walk: walk.said is Said.NOT_ON_SALE)

    assert (refused.course_code, refused.said_refusal, refused.refusal_code, refused.mismatch) == (
        course,
        "hold.offer_held",
        "hold.offer_held",
        False,
    )
    with runtime.database.transaction("test") as tx:
        catalogue.withdraw(tx, course, by="staff/1", now=runtime.clock.now())


def test_while_everything_is_held_nothing_is_said_to_be_on_sale(runtime: Runtime, stage: tuple[Stage, str]) -> None:
    with runtime.database.transaction("test") as tx:
        a_hold(tx, now=runtime.clock.now())
    forget(runtime)

    walks = probe(runtime, stage[1])

    assert [(walk.said, walk.outcome, walk.refusal_code, walk.mismatch) for walk in walks] == [
        (Said.NOTHING, Outcome.NOT_TRIED, None, False),
        (Said.NOT_ON_SALE, Outcome.REFUSED, "hold.selling_held", False),
    ]


def test_a_switch_that_nobody_announced_is_found_within_three_minutes(
    runtime: Runtime, stage: tuple[Stage, str]
) -> None:
    """August 2020: the catalogue says that everything is on sale, and the payment interface is off."""
    both = stage[0].inside

    async def switched_off(scope: Any, receive: Any, send: Any) -> None:
        if not scope["path"].endswith("/send-otp"):
            await both(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": b'{"success": false, "message": "API and token not valid"}'})

    stage[0].inside = switched_off
    standing: list[list[str]] = []
    for _ in range(3):
        _, alarms = probe_platforms(runtime, base_url=stage[1], actor="test")
        standing.append(sorted(alarm.client_code for alarm in alarms))
        pass_minutes(runtime)
    stage[0].inside = both
    _, after = probe_platforms(runtime, base_url=stage[1], actor="test")

    assert standing == [[], [], [worlds.PLATFORM, "toko-dua"]]
    assert after == []


def test_the_probe_buys_nothing_and_every_invariant_holds(runtime: Runtime, stage: tuple[Stage, str]) -> None:
    for _ in range(3):
        probe(runtime, stage[1])
        pass_minutes(runtime)
    with runtime.database.transaction("test") as tx:
        broken = [
            (invariant.sentence, problem)
            for invariant in (*OF_CARDS, *OF_PURCHASES, *OF_NOTICES)
            for problem in invariant.exceptions(tx)
            if "decreed wave" not in invariant.sentence  # the world of these tests draws nobody
        ]
        number = cards.issue_probe_card(tx, runtime.clock.now())
        messages = tx.value("SELECT count(*) FROM journal.message")

        assert broken == []
        assert cards.issue_probe_card(tx, runtime.clock.now() + timedelta(days=400)) == number
        assert tx.value("SELECT count(*) FROM card.card WHERE is_probe") == 1
        assert messages == 0


def test_sixty_walks_an_hour_meet_no_limit(runtime: Runtime, stage: tuple[Stage, str]) -> None:
    outcomes = {probe(runtime, stage[1])[0].outcome for _ in range(31)}

    assert outcomes == {Outcome.COULD}


def test_a_platform_without_a_key_cannot_sell(runtime: Runtime, stage: tuple[Stage, str]) -> None:
    with runtime.database.transaction("test") as tx:
        worlds.a_class(tx, platform="toko-tiga")
    walk = walked(runtime, stage[1], lambda walk: walk.platform_code == "toko-tiga" and walk.said is Said.ON_SALE)

    assert (walk.outcome, walk.problem, walk.mismatch) == (Outcome.FAILED, Trouble.NO_KEY, True)


@pytest.mark.parametrize(
    ("body", "status", "trouble"),
    [
        (b"", 200, Trouble.NO_CATALOGUE),
        (b"<html>", 200, Trouble.NO_CATALOGUE),
        (b"[]", 200, Trouble.NO_CATALOGUE),
        (b'{"courses": 7}', 200, Trouble.NO_CATALOGUE),
        (b'{"courses": [{"sellers": [null]}]}', 200, Trouble.NO_CATALOGUE),
        (b'{"courses": []}', 503, Trouble.NO_CATALOGUE),
        (b"[" * 100_000, 200, Trouble.NO_CATALOGUE),
        (b" " * (MOST_BYTES + 1), 200, Trouble.NO_CATALOGUE),
    ],
)
def test_nonsense_is_recorded_and_never_ends_the_round(
    stage: tuple[Stage, str], body: bytes, status: int, trouble: Trouble
) -> None:
    async def nonsense(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": body})

    stage[0].inside = nonsense
    with Prober(stage[1]) as prober:
        [walk] = prober.walk(Path("x", "key"), "1234567890123456", NOW)

    assert (walk.outcome, walk.problem, walk.mismatch) == (Outcome.FAILED, trouble, True)


@pytest.mark.parametrize(
    "body", [b"{}", b'{"success": true}', b'{"success": true, "data": {"quota": "x"}}', b"7", b"\xff"]
)
def test_a_platform_that_answers_nonsense_is_recorded(stage: tuple[Stage, str], body: bytes) -> None:
    stage[0].inside = _one_course_then(body)
    with Prober(stage[1]) as prober:
        [walk] = prober.walk(Path("x", "key"), "1234567890123456", NOW)

    assert (walk.said, walk.outcome, walk.problem) == (Said.ON_SALE, Outcome.FAILED, Trouble.NONSENSE)


def test_silence_and_drops_are_waited_for_no_longer_than_allowed(stage: tuple[Stage, str]) -> None:
    async def dripping(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(100):
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
            await asyncio.sleep(0.05)

    async def silent(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(1)

    for inside in (dripping, silent):
        stage[0].inside = inside
        began = time.monotonic()
        with Prober(stage[1], wait_seconds=0.2, answer_seconds=0.4) as prober:
            [walk] = prober.walk(Path("x", "key"), "1234567890123456", NOW)
        assert walk.outcome is Outcome.FAILED
        assert time.monotonic() - began < 3


def test_an_address_where_nobody_lives_is_recorded() -> None:
    with Prober("http://127.0.0.1:9") as prober:
        [walk] = prober.walk(Path("x", "key"), "1234567890123456", NOW)

    assert (walk.outcome, walk.problem) == (Outcome.FAILED, Trouble.NO_CATALOGUE)


def test_a_key_never_shows_in_what_is_printed() -> None:
    assert "geheim" not in repr(Path("x", "geheim"))


def _one_course_then(body: bytes) -> Any:
    """A catalogue with one course on sale, and then this answer."""
    seller = {"client_code": "x", "name": "X", "refusal": None}
    course = {"course_code": "C", "next_class": "S", "price_idr": 1, "sellers": [seller]}
    catalogue_page = json.dumps({"courses": [course], "after": None}).encode()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        listing = b"all=yes" not in scope["query_string"]
        said = catalogue_page if listing else b'{"courses": []}'
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": said if scope["method"] == "GET" else body})

    return app
