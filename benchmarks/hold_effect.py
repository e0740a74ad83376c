"""What a hold on the whole programme costs with a wave of cards present, and how soon every server process refuses.

    make bench BENCH=benchmarks/hold_effect.py

Prints JSON. The hold is placed by the verb, durably, and nothing is written for any card: deadlines are computed. In
the same run, on the same database: a bare insert of one row with its commit, which no hold can beat, and what moving a
deadline on every card would have cost. Server processes are real ones; from the moment the commit has returned, each
is asked over HTTP, one question after the other, until it refuses.
"""

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import httpx

from prakarsa.hold import actions as holds
from prakarsa.hold.model import Hold
from prakarsa.kernel.clock import wall_now
from prakarsa.kernel.db import Database
from prakarsa.kernel.embedded import EmbeddedPostgres
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.migrate import migrate
from prakarsa.partner import actions as partners
from tests import worlds
from tests.api.client import PartnerClient
from tests.flows.test_demo import free_port

HERE = Path(__file__).parent
ROUNDS = 20
LOOKS = 500


def timed(act: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1_000


def spread(milliseconds: list[float]) -> dict[str, float]:
    """The middle one, the ninety-ninth of a hundred and the worst."""
    ordered = sorted(milliseconds)
    p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return {
        "median_ms": round(statistics.median(ordered), 2),
        "p99_ms": round(p99, 2),
        "worst_ms": round(ordered[-1], 2),
    }


def place(database: Database) -> Hold:
    now = wall_now()
    with database.transaction("bench") as tx:
        return worlds.a_hold(tx, now=now)


def lift(database: Database, hold: Hold) -> None:
    with database.transaction("bench") as tx:
        holds.lift(tx, hold.hold_code, reason="Measured.", by="staff/2", now=wall_now())


def one_row(database: Database) -> None:
    with database.transaction("bench") as tx:
        tx.run("INSERT INTO bench_row VALUES (1)")


def every_card(database: Database) -> None:
    with database.transaction("bench") as tx:
        tx.run("UPDATE bench_deadline SET deadline_at = deadline_at + interval '1 day'")


def commits(database: Database) -> dict[str, object]:
    """Placing a hold, the floor beneath it, and what a stored deadline would cost."""
    with database.transaction("bench") as tx:
        tx.run("CREATE TABLE bench_row (n int)")
        tx.run(
            "CREATE TABLE bench_deadline AS "
            "SELECT card_id, notified_at + interval '30 days' AS deadline_at FROM card.card"
        )
    placed: list[Hold] = []
    times = [timed(lambda: placed.append(place(database))) for _ in range(ROUNDS)]
    for hold in placed:
        lift(database, hold)
    return {
        "place_programme_hold": spread(times),
        "one_row_and_commit": spread([timed(lambda: one_row(database)) for _ in range(ROUNDS)]),
        "moving_every_stored_deadline": spread([timed(lambda: every_card(database))]),
    }


def looks(database: Database, private_holds: int) -> dict[str, object]:
    """What every purchase asks: the holds in force for one card, before and after many cards are held."""

    def look(card_id: int) -> Callable[[], object]:
        def ask() -> None:
            with database.transaction("bench") as tx:
                holds.in_force(tx, wall_now(), card_ids=[card_id], person_ids=[card_id])

        return ask

    before = [timed(look(card_id)) for card_id in range(1, LOOKS)]
    run_file(database, "hold_private.sql", holds=private_holds)
    after = [timed(look(card_id)) for card_id in range(1, LOOKS)]
    return {"none_held": spread(before), f"{private_holds}_held": spread(after)}


def run_file(database: Database, name: str, **values: int) -> None:
    """The statements of a file, one after the other."""
    with database.transaction("bench") as tx:
        for statement in (HERE / name).read_text().split(";\n"):
            if statement.strip():
                tx.run(statement, now=wall_now() - timedelta(days=1), **values)  # type: ignore[arg-type]  # our own file


def seen(database: Database, clients: list[PartnerClient], order: dict[str, object]) -> tuple[float, list[float]]:
    """Milliseconds to the commit, and from there until each process refuses."""
    for client in clients:
        assert client.call("/payment/send-otp", order).refusal != "hold.selling_held"
    found: list[Hold] = []
    until_commit = timed(lambda: found.append(place(database)))
    committed = time.perf_counter()
    waits = [0.0] * len(clients)

    def ask(number: int) -> None:
        while clients[number].call("/payment/send-otp", order).refusal != "hold.selling_held":
            pass
        waits[number] = (time.perf_counter() - committed) * 1_000

    threads = [threading.Thread(target=ask, args=[number]) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lift(database, found[0])
    return until_commit, waits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=800_000)
    parser.add_argument("--servers", type=int, default=4)
    parser.add_argument("--private-holds", type=int, default=100_000)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder)).running() as url,
        ExitStack() as running,
    ):
        migrate(url)
        master = secrets.token_bytes(32)
        database = Database(url, Keyring(master), max_size=4)
        database.open()
        running.callback(database.close)
        now = wall_now()
        with database.transaction("bench") as tx:
            worlds.a_wave(tx, now=now)
            schedule, card = worlds.a_class(tx, now=now), worlds.a_card(tx, now=now)
            platform = worlds.a_platform(tx).client_code
            key = partners.issue_key(tx, platform, now=now)
        run_file(database, "hold_cards.sql", cards=arguments.cards)
        measured = {"commit": commits(database), "looking_up_holds": looks(database, arguments.private_holds)}
        environment = os.environ | {
            "PRAKARSA_HOME": str(Path(folder) / "home"),
            "PRAKARSA_DATABASE_URL": url,
            "PRAKARSA_SECRET_KEY": master.hex(),
            "PRAKARSA_BASE_URL": "https://prakarsa.example",
        }
        clients = [PartnerClient(f"http://127.0.0.1:{free_port()}", platform, key) for _ in range(arguments.servers)]
        for client in clients:
            port = client.base_url.rpartition(":")[2]
            server = subprocess.Popen([sys.executable, "-m", "prakarsa", "serve", "--port", port], env=environment)
            running.callback(server.wait)
            running.callback(server.terminate)
            running.callback(client.http.close)
        for client in clients:
            wait_for(client.base_url)
        order: dict[str, object] = {
            "prakerja_id": card.number,
            "user_platform_id": "bench",
            "course_code": schedule.course_code,
            "schedule_code": schedule.schedule_code,
            "amount": worlds.PRICE_IDR,
        }
        runs = [seen(database, clients, order) for _ in range(ROUNDS)]
    print(
        json.dumps(
            {
                "benchmark": "hold_effect",
                "cores": os.cpu_count(),
                "cards": arguments.cards,
                "server_processes": arguments.servers,
                **measured,
                "seen_by_every_process": {
                    "place_while_serving": spread([until_commit for until_commit, _ in runs]),
                    "after_commit": spread([max(waits) for _, waits in runs]),
                },
            },
            indent=2,
        )
    )


def wait_for(address: str) -> None:
    """Until a server answers."""
    for _ in range(600):
        with suppress(httpx.TransportError):
            httpx.get(f"{address}/errors", timeout=20)
            return
        time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


if __name__ == "__main__":
    main()
