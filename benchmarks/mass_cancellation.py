"""Cancelling every purchase of an institution, beside pgbench on the same server.

    make bench BENCH=benchmarks/mass_cancellation.py

Prints JSON: purchases a second for one worker and for several, and the peak memory of the process. Everything that a
mass cancellation does is timed: seats, money, journal, two messages a purchase, the count; durable, chunk by chunk.
"""

import argparse
import json
import os
import resource
import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from demo_cost import yardstick

from prakarsa.card import store as card_store
from prakarsa.gateways.messages import Worded
from prakarsa.gateways.sending import send_batch
from prakarsa.gateways.simulators.population import generate
from prakarsa.hold.model import Reason, Scope
from prakarsa.kernel.clock import MovableClock
from prakarsa.kernel.db import Database
from prakarsa.kernel.embedded import EmbeddedPostgres
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.ids import random_card_number
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.migrate import migrate
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.settings import Settings
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.purchase import actions as purchases
from prakarsa.purchase import cancelling
from prakarsa.purchase.cancelling_model import NewCancellation
from prakarsa.purchase.model import Authorization, OtpOrder, PaymentToken, Receipt
from tests import worlds
from tests.people.applicants import as_applicant

NOW = datetime(2020, 8, 16, 5, 0, tzinfo=UTC)
SCHEDULES = 100
LIST = 500
CROWD = generate(1_000_000, 7, NOW.date())


class Phones:
    """Keeps the newest code each telephone got."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}

    def carry(self, messages: Sequence[Worded]) -> None:
        """Take them all."""
        self.codes.update({each.to: each.otp for each in messages if each.otp})


def a_large_wave(database: Database, places: int) -> None:
    with database.transaction("bench") as tx:
        programme.load_scheme(tx, "prakerja-2020", author="bench/1", approver="bench/2", now=NOW)
        opens_at = NOW - timedelta(days=8)
        plan = WavePlan(worlds.WAVE, "prakerja-2020", opens_at, opens_at + timedelta(days=4), places, 2020, {})
        programme.open_wave(tx, plan, now=opens_at)
        programme.fund(tx, worlds.WAVE, training_idr=places * worlds.BALANCE_IDR, incentive_idr=1, now=NOW)


def cards(database: Database, count: int) -> Iterator[list[tuple[str, str]]]:
    """So many card holders, a list at a time: card number and telephone."""
    for start in range(0, count, LIST):
        wanted = [as_applicant(each) for each in islice(CROWD, min(LIST, count - start))]
        with database.transaction("bench") as tx:
            wave = programme.wave(tx, worlds.WAVE)
            holders = [each for each in people.register(tx, wanted, now=NOW) if isinstance(each, int)]
            assert len(holders) == len(wanted)
            accounts = ledger.open_accounts(tx, AccountKind.CARD, [f"person/{holder}" for holder in holders])
            numbers = [random_card_number() for _ in holders]
            card_store.insert_cards(tx, wave.wave_id, holders, accounts, numbers, NOW)
            granted = [
                Transfer("wave_credit", "wave/4", wave.budget_account_id, account, worlds.BALANCE_IDR)
                for account in accounts
            ]
            ledger.post(tx, granted, now=NOW)
            contacts = people.contacts(tx, holders)
        yield [(number, contacts[holder].phone) for number, holder in zip(numbers, holders, strict=True)]


def sell(runtime: Runtime, count: int, institution: str) -> None:
    """So many purchases of an institution's classes."""
    phones = Phones()
    with runtime.database.transaction("bench") as tx:
        platform = worlds.a_platform(tx)
        seats = count // SCHEDULES + 1
        classes = [worlds.a_class(tx, institution=institution, seats=seats) for _ in range(SCHEDULES)]
    place = 0
    for holders in cards(runtime.database, count):
        orders = []
        for number, _ in holders:
            of = classes[place % SCHEDULES]
            orders.append(
                OtpOrder(platform, number, f"{institution}-{place}", of.course_code, of.schedule_code, worlds.PRICE_IDR)
            )
            place += 1
        with runtime.database.transaction("bench") as tx:
            tokens = purchases.send_otp(tx, orders, now=NOW)
        if refused := [token for token in tokens if not isinstance(token, PaymentToken)]:
            raise refused[0]
        while send_batch(runtime, phones):
            pass
        paid = [
            Authorization(platform, token.token, phones.codes[phone], secrets.token_hex(8), "https://dp.example/i")
            for token, (_, phone) in zip(tokens, holders, strict=True)
            if isinstance(token, PaymentToken)
        ]
        with runtime.database.transaction("bench") as tx:
            assert all(isinstance(answer, Receipt) for answer in purchases.authorize(tx, paid, now=NOW))


def cancel(database: Database, institution: str, workers: int) -> dict[str, object]:
    later = NOW + timedelta(days=2)
    with database.transaction("bench") as tx:
        began = time.perf_counter()
        planned = cancelling.plan(tx, _plan(institution), by="bench/1", now=later)
        counted = time.perf_counter() - began
        code = cancelling.confirm(tx, planned.cancellation_code, by="bench/2", now=later).cancellation_code

    def work(_: int) -> int:
        total = 0
        while True:
            with database.transaction("bench") as tx:
                done = cancelling.run(tx, code, now=later)
            if not done:
                return total
            total += done

    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        done = sum(pool.map(work, range(workers)))
    seconds = time.perf_counter() - began
    with database.transaction("bench") as tx:
        finished = cancelling.cancellation(tx, code)
    assert (finished.state, finished.done_purchases) == ("finished", done)
    return {
        "workers": workers,
        "purchases": done,
        "seconds_to_count_the_plan": round(counted, 3),
        "seconds": round(seconds, 1),
        "purchases_per_second": round(done / seconds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--purchases", type=int, default=50_000, help="for each number of workers")
    arguments = parser.parse_args()
    before = yardstick()
    with (
        tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder)).running() as url,
    ):
        migrate(url)
        keyring = Keyring(secrets.token_bytes(32))
        database = Database(url, keyring)
        database.open()
        clock = MovableClock(Path(folder) / "clock")
        clock.move_to(NOW)
        runtime = Runtime(Settings(Path(folder)), keyring, clock, database)
        a_large_wave(database, arguments.purchases * 2 + 1)
        runs = []
        for workers in (1, 2):
            sell(runtime, arguments.purchases, f"balai-{workers}")
            at_start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            run = cancel(database, f"balai-{workers}", workers)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - at_start
            runs.append(run | {"peak_mib_grew_by": round(grown / 1024, 1)})
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        database.close()
    after = yardstick()
    print(
        json.dumps(
            {
                "benchmark": "mass_cancellation",
                "cores": os.cpu_count(),
                "pgbench_tpcb_per_second": {"before": round(before), "after": round(after)},
                "peak_mib": round(peak / 1024),
                "runs": runs,
            },
            indent=2,
        )
    )


def _plan(institution: str) -> NewCancellation:
    return NewCancellation(
        scope=Scope.INSTITUTION,
        target_code=institution,
        reason=Reason.PROVIDER_FAILURE,
        legal_basis="Permenko 11/2020 art. 37",
        basis_version="2020-08-04",
        words="Lembaga ini berhenti bekerja.",
        next_step="Pilih kursus lain di katalog.",
        notice_to="Balai, melalui surat",
        closed_until_at=NOW + timedelta(days=60),
        evidence=(Evidence(EvidenceKind.WEB_PAGE, "https://balai.example/tutup", NOW.date()),),
        proportionality="Tidak ada kelas yang masih berjalan.",
    )


if __name__ == "__main__":
    main()
