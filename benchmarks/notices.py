"""Telling a whole wave that buying is on hold: recipients and sealed messages for 800,000 people.

    make bench BENCH=benchmarks/notices.py ARGS="--people 800000"

Prints JSON. The people, their cards and their balances are made by a few statements and not timed; then the round that
workers run tells all of them, chunk by chunk, on one connection, and counts the deliveries. Beside it, pgbench's TPC-B.
"""

import argparse
import json
import os
import resource
import secrets
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from demo_cost import yardstick

from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.embedded import EmbeddedPostgres
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.migrate import migrate
from prakarsa.notice import actions as notices
from tests import worlds
from tests.notice.holds import a_hold

NOW = datetime(2020, 8, 19, 2, 0, tzinfo=UTC)
BASE_URL = "https://prakarsa.example"


def fill(tx: Tx, people: int) -> None:
    """So many people with an active card and a full balance, none of whom has bought anything."""
    wave = worlds.a_wave(tx, now=NOW)
    worlds.a_class(tx, now=NOW)
    seal = tx.keyring.seal
    tx.run(
        "INSERT INTO people.person (public_id, name, birth_date, sex, province_code, education, situation,"
        " in_formal_education, citizenship, language, nik_sealed, nik_index, kk_sealed, kk_index, phone_sealed,"
        " phone_index, email_sealed, email_index, registered_at)"
        " SELECT 'P' || i, 'Sari Melati', '1990-01-01', 'female', '31', 'sma', 'job_seeker', false, 'ID',"
        " CASE WHEN i %% 10 = 0 THEN 'en' ELSE 'id' END, '', sha256(('n' || i)::bytea), '', '', %(phone)s,"
        " sha256(('p' || i)::bytea), %(email)s, sha256(('e' || i)::bytea), %(now)s FROM generate_series(1, %(n)s) AS i",
        phone=seal("person.phone", "+6281200000001"),
        email=seal("person.email", "peserta@example.com"),
        now=NOW,
        n=people,
    )
    tx.run(
        "INSERT INTO ledger.account (kind, owner, balance_idr) SELECT 'card', 'person/' || person_id, 1000000"
        " FROM people.person"
    )
    tx.run(
        "INSERT INTO card.card (person_id, wave_id, account_id, number_sealed, number_index, issued_at, notified_at)"
        " SELECT person_id, %(wave_id)s, account_id, '', sha256(('c' || person_id)::bytea), %(now)s, %(now)s"
        " FROM people.person JOIN ledger.account ON kind = 'card' AND owner = 'person/' || person_id",
        wave_id=wave.wave_id,
        now=NOW,
    )


def tell(database: Database, chunk: int) -> int:
    """The round that workers run; how many chunks."""
    chunks = 0
    while True:
        with database.transaction("bench") as tx:
            if not notices.announce_holds(tx, base_url=BASE_URL, now=NOW, chunk=chunk):
                return chunks
        chunks += 1


def peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=800_000)
    parser.add_argument("--chunk", type=int, default=2_000)
    arguments = parser.parse_args()
    before = yardstick()
    with (
        tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder)).running() as url,
    ):
        migrate(url)
        database = Database(url, Keyring(secrets.token_bytes(32)))
        database.open()
        with database.transaction("bench") as tx:
            fill(tx, arguments.people)
            a_hold(tx, now=NOW)
        with database.transaction("bench") as tx:
            for table in ("people.person", "card.card", "ledger.account"):
                tx.run(f"ANALYZE {table}")
        idle_mib = peak_mib()
        began = time.perf_counter()
        chunks = tell(database, arguments.chunk)
        told_seconds = time.perf_counter() - began
        began = time.perf_counter()
        with database.transaction("bench") as tx:
            notices.count_deliveries(tx, now=NOW)
        counted_seconds = time.perf_counter() - began
        began = time.perf_counter()
        with database.transaction("bench") as tx:
            notices.count_reach(tx, now=NOW)
        reach_seconds = time.perf_counter() - began
        began = time.perf_counter()
        with database.transaction("bench") as tx:
            report = notices.status_report(tx, NOW)
        report_seconds = time.perf_counter() - began
        with database.transaction("bench") as tx:
            [notice] = notices.notices(tx, limit=10)
        assert (notice.people, notice.queued) == (arguments.people, arguments.people)
        assert report.everywhere is not None
        assert report.everywhere.people == arguments.people
        database.close()
    after = yardstick()
    print(
        json.dumps(
            {
                "benchmark": "notices",
                "cores": os.cpu_count(),
                "pgbench_tpcb_per_second": {"before": round(before), "after": round(after)},
                "people": arguments.people,
                "chunks": chunks,
                "told_seconds": round(told_seconds, 1),
                "people_per_second": round(arguments.people / told_seconds),
                "peak_mib_before": idle_mib,
                "peak_mib": peak_mib(),
                "deliveries_counted_seconds": round(counted_seconds, 2),
                "reach_counted_seconds": round(reach_seconds, 2),
                "status_report_seconds": round(report_seconds, 3),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
