"""Killed workers, workers in each other's way, and people who buy, attend and complete meanwhile."""

import secrets
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakarsa.card import actions as cards
from prakarsa.catalogue import actions as catalogue
from prakarsa.hold.model import Scope
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.keyring import Keyring
from prakarsa.purchase import actions as purchases
from prakarsa.purchase import cancelling
from prakarsa.purchase.model import Authorization, OtpOrder, PaymentToken, Purchase, Receipt, VoidOrder
from tests import worlds
from tests.conftest import NOW
from tests.purchase.cancelled import CONFIRMER, LATER, PLANNER, broken, confirmed, full_class, run_all, the_plan
from tests.purchase.dying_canceller import MOMENTS

MASTER = secrets.token_bytes(32)
WORKERS = 4


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """Keys that a worker of its own process can be given."""
    return Keyring(MASTER)


def restored_once(tx: Tx, bought: list[Purchase]) -> None:
    """Each of these gave its price and its seat back once, and its owner was told once by each channel."""
    for purchase in bought:
        card = cards.card_of_person(tx, purchase.person_id)
        assert card is not None
        assert card.balance_idr == worlds.BALANCE_IDR
        told = Counter(template for template, _ in worlds.messages_to(tx, purchase.person_id, now=LATER))
        assert (told["purchase.cancelled"], told["purchase.cancelled_short"]) == (1, 1)
        assert worlds.deeds(tx, purchase.person_id).count("purchase.cancelled") == 1
    assert broken(tx) == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_at_any_moment_leaves_nothing_half_done(database: Database, moment: str) -> None:
    with database.transaction("test") as tx:
        schedule, bought = full_class(tx, 5)
        code = confirmed(tx, the_plan(schedule)).cancellation_code

    worker = subprocess.run(
        [sys.executable, "-m", "tests.purchase.dying_canceller", moment, database.url, code],
        input=MASTER.hex(),
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert worker.returncode == -signal.SIGKILL, worker.stderr
    with database.transaction("test") as tx:
        assert cancelling.to_run(tx, LATER)[-1:] == [code]
    run_all(database, code, chunk=2)

    with database.transaction("test") as tx:
        restored_once(tx, bought)
        done = cancelling.cancellation(tx, code)
        assert (done.state, done.done_purchases) == ("finished", 5)
        assert [s.seats_sold for s in catalogue.schedules(tx, schedule.course_code)] == [0]


def test_workers_that_run_at_once_share_the_work_and_cancel_each_purchase_once(database: Database) -> None:
    with database.transaction("test") as tx:
        bought = [p for _ in range(3) for p in full_class(tx, 8, institution="balai-ramai")[1]]
        code = confirmed(tx, the_plan("balai-ramai", Scope.INSTITUTION)).cancellation_code

    done = at_once([lambda: run_all(database, code, chunk=3)] * WORKERS)

    assert sum(done) == len(bought)
    with database.transaction("test") as tx:
        restored_once(tx, bought)
        assert cancelling.cancellation(tx, code).state == "finished"


def test_platforms_cancel_and_people_complete_while_the_office_cancels(database: Database) -> None:
    with database.transaction("test") as tx:
        schedule, bought = full_class(tx, 12)
        code = confirmed(tx, the_plan(schedule)).cancellation_code
    voided, completed = bought[0::3], bought[1::3]

    def by_platform() -> int:
        count = 0
        for purchase in voided:
            with database.transaction("test") as tx:
                order = VoidOrder(
                    worlds.a_platform(tx, purchase.platform_code), purchase.invoice_code, purchase.transaction_code
                )
                count += isinstance(purchases.void(tx, [order], now=LATER)[0], Receipt)
        return count

    def by_attendance() -> int:
        count = 0
        for purchase in completed:
            with database.transaction("test") as tx:
                cards.lock(tx, [purchase.card_id])
                count += len(purchases.complete(tx, [purchase.purchase_id], now=LATER))
        return count

    by_office, by_seller, finished = at_once([lambda: run_all(database, code, chunk=2), by_platform, by_attendance])

    assert by_office + by_seller + finished == len(bought)
    with database.transaction("test") as tx:
        assert broken(tx) == []
        kept = [p for p in bought if purchases.my_purchases(tx, p.person_id)[0].completed_at is not None]
        assert len(kept) == finished
        assert cancelling.cancellation(tx, code).done_purchases == by_office


def test_whoever_pays_while_the_sale_is_being_closed_gets_everything_back(database: Database) -> None:
    moment = LATER + timedelta(seconds=1)
    with database.transaction("test") as tx:
        schedule, _ = full_class(tx, 1)
        card, seller = worlds.a_card(tx), worlds.a_platform(tx)
        wish = OtpOrder(seller, card.number, "late", schedule.course_code, schedule.schedule_code, worlds.PRICE_IDR)
        [token] = purchases.send_otp(tx, [wish], now=LATER)
        assert isinstance(token, PaymentToken)
        otp = str(worlds.messages_to(tx, card.person_id, now=LATER)[-1][1]["otp"])
        code = cancelling.plan(tx, the_plan(schedule), by=PLANNER, now=LATER).cancellation_code

    with database.transaction("test") as office:
        cancelling.confirm(office, code, by=CONFIRMER, now=LATER)
        with database.transaction("test") as tx:  # the hold that closes the sale is written, but nobody sees it yet
            [paid] = purchases.authorize(
                tx, [Authorization(seller, token.token, otp, "INV-late", "https://dp.example/1")], now=moment
            )
            assert isinstance(paid, Receipt)

    assert run_all(database, code) == 2
    with database.transaction("test") as tx:
        restored_once(tx, purchases.my_purchases(tx, card.person_id))
        assert cancelling.cancellation(tx, code).state == "finished"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    classes=st.lists(
        st.tuples(
            st.integers(1, 5),  # how many hundred thousand rupiah
            st.lists(st.sampled_from(["open", "attending", "completed", "voided"]), min_size=1, max_size=4),
            st.integers(0, 47),  # hours after which they bought
        ),
        min_size=1,
        max_size=3,
    ),
    chunk=st.integers(1, 5),
)
def test_money_seats_and_clocks_are_what_they_would_be_without_the_purchases(
    database: Database, classes: list[tuple[int, list[str], int]], chunk: int
) -> None:
    institution = f"balai-{secrets.token_hex(4)}"
    kept: list[Purchase] = []
    gone: list[tuple[Purchase, timedelta]] = []
    courses = set()
    with database.transaction("test") as tx:
        for hundreds, states, hours in classes:
            schedule = worlds.a_class(tx, institution=institution, price_idr=hundreds * 100_000)
            courses.add(schedule.course_code)
            for state in states:
                bought_at = NOW + timedelta(hours=hours)
                purchase = worlds.a_purchase(tx, of=schedule, card=worlds.a_card(tx), now=bought_at)
                if state == "attending":
                    worlds.attend(tx, purchase, 1, now=LATER)
                elif state == "completed":
                    worlds.completed(tx, purchase, now=LATER)
                elif state == "voided":
                    worlds.cancel(tx, purchase, now=bought_at)
                if state == "completed":
                    kept.append(purchase)
                else:
                    gone.append((purchase, timedelta() if state == "voided" else LATER - bought_at))
        live = [purchase for purchase, stood in gone if stood]
        if not live:
            return
        planned = confirmed(tx, the_plan(institution, Scope.INSTITUTION))
        assert (planned.purchases, planned.completed) == (len(live), len(kept))
        assert planned.amount_idr == sum(p.amount_idr for p in live)

    assert run_all(database, planned.cancellation_code, chunk=chunk) == len(live)

    with database.transaction("test") as tx:
        for purchase, stood in gone:
            card = cards.card_of_person(tx, purchase.person_id)
            clock = purchases.clock_of(tx, purchase.person_id, LATER)
            assert card is not None
            assert clock is not None
            assert card.balance_idr == worlds.BALANCE_IDR
            assert clock.paused == stood
        sold = Counter(p.course_code for p in kept)
        assert {c: sum(s.seats_sold for s in catalogue.schedules(tx, c)) for c in courses} == {
            c: sold[c] for c in courses
        }
        assert broken(tx) == []


def at_once(works: list[Callable[[], int]]) -> list[int]:
    """Works that begin together."""
    barrier = Barrier(len(works))

    def begin(work: Callable[[], int]) -> int:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))
