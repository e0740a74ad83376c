"""The purchase pipeline by itself: send_otp and authorize over lists of orders, beside pgbench on the same server.

    make bench BENCH=benchmarks/purchase_pipeline.py

Prints JSON. One connection, no HTTP: what a list of one costs, and what lists of more save. The rate over HTTP under
a whole wave is another benchmark's business.
"""

import argparse
import json
import os
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
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Authorization, OtpOrder, PaymentToken, Receipt
from tests import worlds

NOW = datetime(2020, 8, 16, 5, 0, tzinfo=UTC)
SCHEDULES = 20
MOST = (worlds.QUOTA - 40) // 3


def orders_of(tx: Tx, cards: list[worlds.HeldCard], run: str) -> list[OtpOrder]:
    platform = worlds.a_platform(tx)
    classes = [worlds.a_class(tx, seats=len(cards), now=NOW) for _ in range(SCHEDULES)]
    return [
        OtpOrder(platform, card.number, f"{run}-{place}", of.course_code, of.schedule_code, worlds.PRICE_IDR)
        for place, (card, of) in enumerate(zip(cards, classes * (len(cards) // SCHEDULES + 1), strict=False))
    ]


def code_of(tx: Tx, card: worlds.HeldCard) -> str:
    return worlds._otp_of(tx, card, NOW)


def measure(database: Database, purchases_wanted: int, batch: int) -> dict[str, object]:
    """Both steps for fresh cards in lists of `batch`; reading the codes back is not timed."""
    with database.transaction("bench") as tx:
        cards = [worlds.a_card(tx, now=NOW) for _ in range(purchases_wanted)]
        orders = orders_of(tx, cards, secrets.token_hex(4))
    spent, done = 0.0, 0
    for start in range(0, purchases_wanted, batch):
        part = orders[start : start + batch]
        began = time.perf_counter()
        with database.transaction("bench") as tx:
            tokens = purchases.send_otp(tx, part, now=NOW)
        spent += time.perf_counter() - began
        with database.transaction("bench") as tx:
            codes = [code_of(tx, card) for card in cards[start : start + batch]]
        wishes = []
        for order, token, code in zip(part, tokens, codes, strict=True):
            assert isinstance(token, PaymentToken), token
            wishes.append(
                Authorization(order.platform, token.token, code, secrets.token_hex(8), "https://dp.example/i")
            )
        began = time.perf_counter()
        with database.transaction("bench") as tx:
            answers = purchases.authorize(tx, wishes, now=NOW)
        spent += time.perf_counter() - began
        done += sum(isinstance(answer, Receipt) for answer in answers)
    assert done == purchases_wanted
    return {"orders_in_a_list": batch, "purchases": done, "purchases_per_second": round(done / spent)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--purchases", type=int, default=300)
    arguments = parser.parse_args()
    if not SCHEDULES <= arguments.purchases <= MOST:
        parser.error(f"--purchases takes {SCHEDULES} to {MOST}: the test wave has places for three runs of so many")
    before = yardstick()
    with (
        tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder)).running() as url,
    ):
        migrate(url)
        database = Database(url, Keyring(secrets.token_bytes(32)))
        database.open()
        measure(database, 40, 10)  # warm
        runs = [measure(database, arguments.purchases, batch) for batch in (1, 10, 100)]
        database.close()
    after = yardstick()
    print(
        json.dumps(
            {
                "benchmark": "purchase_pipeline",
                "cores": os.cpu_count(),
                "pgbench_tpcb_per_second": {"before": round(before), "after": round(after)},
                "runs": runs,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
