"""The search of the catalogue over HTTP beside a running sale: 10,000 courses, 200 requests a second.

    make bench BENCH=benchmarks/catalogue_search.py ARGS="--seconds 30"

Prints JSON. Requests leave by the clock whether or not earlier ones were answered, and each is timed from the moment it
was due, so that a server which falls behind is seen to. The same question as plain SQL (ILIKE and GROUP BY) and the
bare round trip of SELECT 1 are measured on the same server in the same run.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import platform
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseMode, NewCourse
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.runtime import open_runtime
from prakarsa.kernel.settings import read_settings
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Authorization, OtpOrder, PaymentToken, Receipt
from tests import worlds

COURSES, INSTITUTIONS, PLATFORMS, CARDS = 10_000, 500, 7, 900
VERBS = ("melatih", "memasak", "menjahit", "merakit", "menulis", "mengelola", "menjual", "memasarkan", "merawat")
THINGS = ("kopi", "roti", "kain", "mesin", "laporan", "toko", "gudang", "kebun", "motor", "ponsel", "web", "anggaran")
LEVELS = ("dasar", "lanjutan", "untuk pemula", "bersertifikat", "rumahan", "kantoran", "modern", "mandiri")
FIELDS = ("Kuliner", "Mode", "Teknik", "Teknologi", "Bahasa", "Usaha", "Pemasaran", "Layanan", "Pertanian", "Perawatan")
PROVINCES = ["31", "32", "33", "34", "35", "36", "51", "73"]
CONNECTIONS = 64
SALE_LIST = 10

LISTED = """
INSERT INTO catalogue.listing (course_id, platform_id, listed_at)
SELECT course_id, partner_id, %(now)s FROM catalogue.course JOIN partner.partner ON kind = 'platform'
 WHERE course_code LIKE 'B-%%' AND (course_id + partner_id) %% 3 = 0 ON CONFLICT DO NOTHING"""
APPROVED = """
UPDATE catalogue.course SET state = 'approved', decided_at = %(now)s, decided_by = 'bench', ratings = course_id %% 40,
       rating_stars = (course_id %% 40) * (2 + course_id %% 4)
 WHERE course_code LIKE 'B-%%'"""
PLANNED = """
INSERT INTO catalogue.schedule (schedule_code, course_id, starts_at, ends_at, enrolment_closes_at, seats, seats_sold,
       province_code)
SELECT course_code || '-' || n, course_id, at, at + interval '3 days', at - interval '2 days', 40,
       CASE WHEN (course_id + n) %% 9 = 0 THEN 40 ELSE 3 END,
       CASE WHEN mode = 'in_person' THEN (%(provinces)s::text[])[1 + (course_id + n) %% 8] END
  FROM catalogue.course, generate_series(1, 3) AS n,
       LATERAL (SELECT %(now)s::timestamptz + make_interval(days => (7 * n + course_id %% 60)::int) AS at) AS begins
 WHERE course_code LIKE 'B-%%'"""
MESSAGES = "SELECT message_id, person_id FROM journal.message WHERE person_id = ANY (%(people)s)"
PLAIN = """
WITH found AS (
    SELECT * FROM catalogue.course WHERE state = 'approved' AND title ILIKE %(words)s AND price_idr <= %(price)s
       AND EXISTS (SELECT FROM catalogue.schedule WHERE schedule.course_id = course.course_id
                      AND enrolment_closes_at >= %(now)s AND seats_sold < seats))
SELECT (SELECT json_agg(page) FROM (SELECT course_code, title, price_idr FROM found ORDER BY title LIMIT 20) AS page),
       (SELECT json_object_agg(field, n) FROM (SELECT field, count(*) AS n FROM found GROUP BY field) AS f),
       (SELECT json_object_agg(mode, n) FROM (SELECT mode, count(*) AS n FROM found GROUP BY mode) AS m),
       (SELECT json_object_agg(platform_id, n) FROM (SELECT platform_id, count(*) AS n FROM found
          JOIN catalogue.listing USING (course_id) GROUP BY platform_id) AS p)"""


def build(tx: Tx, now: datetime) -> None:
    """500 institutions, 7 platforms, 10,000 courses on sale with three classes each."""
    worlds.a_wave(tx, now=now)
    teaching = [NewPartner(PartnerKind.INSTITUTION, f"lp-{n}", f"Lembaga {n}", "SK-1") for n in range(INSTITUTIONS)]
    selling = [NewPartner(PartnerKind.PLATFORM, f"dp-{n}", f"Platform {n}", "PKS-1") for n in range(PLATFORMS)]
    partners.register_all(tx, teaching + selling, now=now)
    chance = random.Random(1)
    modes = list(CourseMode)
    drafts = [
        NewCourse(
            course_code=f"B-{n:05}",
            institution_code=f"lp-{n % INSTITUTIONS}",
            title=f"Pelatihan {chance.choice(VERBS)} {chance.choice(THINGS)} {chance.choice(LEVELS)} {n % 50}",
            field=chance.choice(FIELDS),
            mode=chance.choice(modes),
            hours=8,
            meetings=1,
            price_idr=chance.randrange(0, 41) * 25_000,
            has_live_session=True,
            tracks_completion=True,
            has_curriculum=True,
            has_evaluation=True,
            has_presence_log=True,
            expert_assessed=chance.random() > 0.1,
        )
        for n in range(COURSES)
    ]
    for start in range(0, COURSES, 1_000):
        catalogue.register_courses(tx, drafts[start : start + 1_000], now=now)
    tx.run(APPROVED, now=now)
    tx.run(LISTED, now=now)
    tx.run(PLANNED, now=now, provinces=PROVINCES)


def codes_of(tx: Tx, cards: list[worlds.HeldCard], now: datetime) -> list[str]:
    """The newest one-time code of each card, read once for the whole list."""
    owner = dict(tx.tuples(MESSAGES, people=[card.person_id for card in cards]))
    waiting = sorted(
        journal.claim(tx, limit=1_000, now=now + timedelta(days=1)), key=lambda message: message.message_id
    )
    code = {owner.get(each.message_id): str(each.params["otp"]) for each in waiting if each.template == "purchase.otp"}
    return [code[card.person_id] for card in cards]


def sell(home: str, rate: int, over: Event, sold: "multiprocessing.Queue[float]") -> None:
    """A sale: both steps of a purchase, so many a second, in lists as a busy door would gather them."""
    os.environ["PRAKARSA_HOME"] = home
    done = 0
    with open_runtime() as runtime:
        now = runtime.clock.now()
        with runtime.database.transaction("bench") as tx:
            cards = [worlds.a_card(tx, now=now) for _ in range(CARDS)]
            platform = worlds.a_platform(tx)
            classes = [worlds.a_class(tx, seats=CARDS, now=now) for _ in range(20)]
        sold.put(0)
        began = time.monotonic()
        for start in range(0, CARDS, SALE_LIST):
            while (due := began + start / rate) > time.monotonic() and not over.is_set():
                time.sleep(min(0.05, due - time.monotonic()))
            if over.is_set():
                break
            now = runtime.clock.now()
            part = cards[start : start + SALE_LIST]
            orders = [
                OtpOrder(platform, card.number, f"u-{card.card_id}", of.course_code, of.schedule_code, worlds.PRICE_IDR)
                for card, of in zip(part, classes, strict=False)
            ]
            with runtime.database.transaction("bench") as tx:
                tokens = purchases.send_otp(tx, orders, now=now)
                codes = codes_of(tx, part, now)
            wishes = [
                Authorization(platform, token.token, code, f"INV-{start}-{place}", "https://dp.example/i")
                for place, (token, code) in enumerate(zip(tokens, codes, strict=True))
                if isinstance(token, PaymentToken)
            ]
            with runtime.database.transaction("bench") as tx:
                done += sum(isinstance(answer, Receipt) for answer in purchases.authorize(tx, wishes, now=now))
        sold.put(done / (time.monotonic() - began))


def questions(number: int) -> list[str]:
    """What people ask: a word or two, narrowed in some ways."""
    chance = random.Random(2)
    found = []
    for _ in range(number):
        asked: dict[str, object] = {}
        if chance.random() < 0.7:
            asked["text"] = " ".join(
                chance.sample([*VERBS, *THINGS, "latihan", "masak", "jual"], chance.choice([1, 1, 2]))
            )
        if chance.random() < 0.3:
            asked["field"] = chance.choice(FIELDS)
        if chance.random() < 0.3:
            asked["mode"] = chance.choice(list(CourseMode)).value
        if chance.random() < 0.3:
            asked["max_price"] = chance.randrange(1, 41) * 25_000
        if chance.random() < 0.3:
            asked["platform"] = f"dp-{chance.randrange(PLATFORMS)}"
        if chance.random() < 0.2:
            asked["province"] = chance.choice(PROVINCES)
        if chance.random() < 0.2:
            asked["from"] = (datetime.now(UTC) + timedelta(days=chance.randrange(40))).date().isoformat()
        if chance.random() < 0.1:
            asked["rating"] = chance.choice([30, 35, 40, 45])
        if chance.random() < 0.1:
            asked["all"] = 1
        found.append("/courses?" + urlencode(asked))
    return found


async def ask(port: int, paths: list[str], rate: int) -> tuple[list[float], int, int]:
    """Every path at its moment: seconds from when it was due to the last byte; answers that were not 200; bytes."""
    idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        idle.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    took: list[float] = []
    bad = read = 0

    async def one(path: str, due: float) -> None:
        nonlocal bad, read
        reader, writer = await idle.get()
        writer.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-language: id\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        took.append(time.perf_counter() - due)
        bad += b" 200 " not in head.partition(b"\r\n")[0]
        read += length
        idle.put_nowait((reader, writer))

    began = time.perf_counter()
    running = []
    for place, path in enumerate(paths):
        due = began + place / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        running.append(asyncio.create_task(one(path, due)))
    await asyncio.gather(*running)
    return took, bad, read


@contextmanager
def served(home: Path, workers: int) -> Iterator[int]:
    """A real server of this home; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "prakarsa", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env={**os.environ, "PRAKARSA_HOME": str(home)})
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def busy_seconds(home: Path) -> tuple[float, float]:
    """Processor time spent so far by the server's processes, and by PostgreSQL."""
    ours = postgres = 0.0
    for process in psutil.process_iter(["name", "cmdline", "ppid"]):
        with suppress(psutil.Error):
            spent = process.cpu_times().user + process.cpu_times().system
            family = [" ".join(each.cmdline()) for each in (process, *process.parents()[:2])]
            if process.name() == "postgres" and any(str(home) in words for words in family):
                postgres += spent
            elif process.name() != "postgres" and any("prakarsa serve" in words for words in family):
                ours += spent
    return ours, postgres


def plainly(url: str, runs: int) -> dict[str, object]:
    """The same question in plain SQL, one after another, and the bare round trip."""
    chance = random.Random(3)
    sql, floor = [], []
    with psycopg.connect(url) as connection:
        for _ in range(runs):
            asked = {"words": f"%{chance.choice(THINGS)}%", "price": 750_000, "now": datetime.now(UTC)}
            began = time.perf_counter()
            connection.execute(PLAIN.encode(), asked).fetchall()
            sql.append(time.perf_counter() - began)
            began = time.perf_counter()
            connection.execute("SELECT 1").fetchall()
            floor.append(time.perf_counter() - began)
    return {"sql_ilike_group_by_ms": spread(sql), "select_1_ms": spread(floor)}


def spread(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    places = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "most": 1.0}
    return {
        name: round(1_000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))], 2)
        for name, part in places.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--rate", type=int, default=200, help="searches a second")
    parser.add_argument("--sale", type=int, default=30, help="purchases a second beside them")
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["PRAKARSA_HOME"] = folder
        with open_runtime(read_settings()) as runtime:
            with runtime.database.transaction("bench") as tx:
                build(tx, runtime.clock.now())
            with psycopg.connect(runtime.database.url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
            over, sold = multiprocessing.Event(), multiprocessing.Queue()
            sale = multiprocessing.Process(target=sell, args=(folder, arguments.sale, over, sold))
            with served(Path(folder), arguments.workers) as port:
                sale.start()
                sold.get()
                asyncio.run(ask(port, questions(200), 40))  # warm: every process has read its copy
                before = os.getloadavg()[0]
                paths = questions(arguments.seconds * arguments.rate)
                busy = busy_seconds(Path(folder).resolve())
                took, bad, read = asyncio.run(ask(port, paths, arguments.rate))
                spent = [
                    after - earlier for earlier, after in zip(busy, busy_seconds(Path(folder).resolve()), strict=True)
                ]
                over.set()
                bought = sold.get()
                sale.join()
            beside = plainly(runtime.database.url, 100)
    print(
        json.dumps(
            {
                "benchmark": "catalogue_search",
                "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load_before": before},
                "courses": COURSES,
                "workers": arguments.workers,
                "requests_per_second": arguments.rate,
                "requests": len(took),
                "not_200": bad,
                "bytes_per_answer": read // max(1, len(took)),
                "latency_ms": spread(took),
                "server_cpu_ms_per_request": round(1_000 * spent[0] / len(took), 2),
                "postgres_cpu_ms_per_request_sale_included": round(1_000 * spent[1] / len(took), 2),
                "purchases_per_second_beside": round(bought, 1),
                "same_run": beside,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
