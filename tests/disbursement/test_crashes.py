"""Killed workers and workers in each other's way: everybody is paid once, and the books balance."""

import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import httpx
import pytest

from prakarsa.disbursement import actions
from prakarsa.disbursement.model import PayoutBatch
from prakarsa.disbursement.refusals import PaymentOnItsWay
from prakarsa.gateways.bank import BankClient
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.programme.actions import STATE_ACCOUNT
from tests.disbursement.dying_worker import MOMENTS
from tests.disbursement.worlds import (
    AMOUNT_IDR,
    EARNED,
    PAYER,
    a_graduate,
    an_account_number,
    at_the_bank,
    money,
    moved,
    paid_twice,
    pay_all,
    schedule_all,
    states,
)
from tests.gateways.loopback import Stage
from tests.worlds import a_class, deeds

MASTER = secrets.token_bytes(32)
WORKERS = 4
Found = TypeVar("Found")


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """Keys that a worker of its own process can be given."""
    return Keyring(MASTER)


def graduates(database: Database, count: int, *, wave: int = 4) -> list[int]:
    with database.transaction("test") as tx:
        of = a_class(tx)
        people = [a_graduate(tx, of=of, wave=wave) for _ in range(count)]
        schedule_all(tx)
    return people


def books_of(database: Database) -> dict[str, int]:
    with database.transaction("test") as tx:
        return money(tx)


def at_once(work: Callable[[], list[Found]]) -> list[list[Found]]:
    """The same work by several workers that begin together."""
    barrier = Barrier(WORKERS)

    def begin(_: int) -> list[Found]:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(begin, range(WORKERS)))


def drafted_until_nothing_is_left(database: Database, limit: int) -> list[PayoutBatch]:
    batches: list[PayoutBatch] = []
    while True:
        with database.transaction("test") as tx:
            batch = actions.draft_batch(tx, payer=PAYER, now=EARNED, limit=limit)
        if batch is None:
            return batches
        batches.append(batch)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_at_any_moment_leaves_nobody_unpaid_and_nobody_paid_twice(
    database: Database, stage: tuple[Stage, str], bank: BankClient, books: httpx.Client, moment: str
) -> None:
    people = graduates(database, 3)
    before = books_of(database)

    worker = subprocess.run(
        [sys.executable, "-m", "tests.disbursement.dying_worker", moment, database.url, stage[1]],
        input=MASTER.hex(),
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert worker.returncode == -signal.SIGKILL, worker.stderr
    pay_all(database, bank)

    assert at_the_bank(books) == (3, 3 * AMOUNT_IDR)
    assert paid_twice(books) == []
    assert moved(before, books_of(database)) == {
        "incentive_budget": -3 * AMOUNT_IDR,
        "in_transit": 0,
        "paid_out": 3 * AMOUNT_IDR,
    }
    with database.transaction("test") as tx:
        assert all(states(tx, person_id)[0] == "paid" for person_id in people)
        assert all(deeds(tx, person_id).count("payout.paid") == 1 for person_id in people)
        assert actions.open_batches(tx) == []


def test_a_file_is_rebuilt_equal_whatever_has_changed_meanwhile(database: Database, bank: BankClient) -> None:
    [person_id] = graduates(database, 1)
    [drafted] = drafted_until_nothing_is_left(database, 10)
    with database.transaction("test") as tx:
        tx.run("UPDATE people.person SET name = 'Nama Baru', language = 'en' WHERE person_id = %(id)s", id=person_id)

    with database.transaction("test") as tx:
        assert actions.open_batches(tx) == [drafted]
    pay_all(database, bank)


def test_workers_that_draft_at_once_never_share_a_payment(
    database: Database, bank: BankClient, books: httpx.Client
) -> None:
    people = graduates(database, 24)
    before = books_of(database)

    by_worker = at_once(lambda: drafted_until_nothing_is_left(database, 3))

    drafted = [line.instruction_id for batches in by_worker for batch in batches for line in batch.lines]
    assert len(drafted) == len(set(drafted)) == len(people)
    assert moved(before, books_of(database))["in_transit"] == len(people) * AMOUNT_IDR

    def pay() -> list[None]:
        pay_all(database, bank)
        return []

    at_once(pay)  # every worker hands over every open file and books every answer

    assert at_the_bank(books) == (len(people), len(people) * AMOUNT_IDR)
    assert paid_twice(books) == []
    assert moved(before, books_of(database)) == {
        "incentive_budget": -len(people) * AMOUNT_IDR,
        "in_transit": 0,
        "paid_out": len(people) * AMOUNT_IDR,
    }
    with database.transaction("test") as tx:
        assert all(deeds(tx, person_id).count("payout.paid") == 1 for person_id in people)
        assert actions.open_batches(tx) == []


def test_workers_that_draft_at_once_never_spend_more_than_the_budget(database: Database, bank: BankClient) -> None:
    people = graduates(database, 6, wave=7)
    with database.transaction("test") as tx:
        budget = ledger.account(tx, AccountKind.INCENTIVE_BUDGET, "wave/7")
        state = ledger.account(tx, AccountKind.STATE, STATE_ACCOUNT)
        spare_idr = ledger.balance_idr(tx, budget) - 3 * AMOUNT_IDR
        ledger.post(tx, [Transfer("given_back", "wave/7", budget, state, spare_idr)], now=EARNED)

    by_worker = at_once(lambda: drafted_until_nothing_is_left(database, 1))

    assert sum(len(batches) for batches in by_worker) == 3
    pay_all(database, bank)
    with database.transaction("test") as tx:
        assert sorted(states(tx, person_id)[0] for person_id in people) == ["paid"] * 3 + ["scheduled"] * 3
        assert money(tx)["in_transit"] == 0
        ledger.post(tx, [Transfer("given_again", "wave/7", state, budget, spare_idr)], now=EARNED)
    pay_all(database, bank)


def test_an_account_changed_while_files_are_drafted_is_either_used_or_refused(
    database: Database, bank: BankClient
) -> None:
    people = graduates(database, 12)
    new = {person_id: an_account_number() for person_id in people}
    together = Barrier(2)

    def link_all() -> set[int]:
        linked = set()
        together.wait()
        for person_id in reversed(people):
            try:
                with database.transaction("test") as tx:
                    actions.link_account(tx, person_id, "BCA", new[person_id], now=EARNED)
            except PaymentOnItsWay:
                continue
            linked.add(person_id)
        return linked

    def draft_all() -> list[PayoutBatch]:
        together.wait()
        return drafted_until_nothing_is_left(database, 1)

    with ThreadPoolExecutor(2) as pool:
        linking, drafting = pool.submit(link_all), pool.submit(draft_all)
        linked, batches = linking.result(), drafting.result()
    batches += drafted_until_nothing_is_left(database, 1)  # those passed by while their account was being changed

    owner = {}
    with database.transaction("test") as tx:
        for person_id in people:
            owner[actions.my_payouts(tx, person_id)[0].public_id] = person_id
    assert len(batches) == len(people)
    for batch in batches:
        [line] = batch.lines
        person_id = owner[line.instruction_id]
        assert (line.account_number == new[person_id]) == (person_id in linked)
    pay_all(database, bank)
