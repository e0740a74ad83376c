"""People who have earned their incentive, and the walk their money takes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

import httpx

from prakarsa.catalogue.model import Schedule
from prakarsa.disbursement import actions
from prakarsa.disbursement.audit import INVARIANTS
from prakarsa.disbursement.model import Bank, Payer, Payout, Settlement
from prakarsa.kernel.db import Database, Tx
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind
from prakarsa.purchase import actions as purchases
from tests.conftest import NOW
from tests.worlds import WAVE, a_card, a_purchase

PAYER = Payer("Manajemen Pelaksana", "0000000001")
EARNED = NOW + timedelta(days=9)
AMOUNT_IDR = 600_000
_serials = count()


def an_account_number(ending: str = "3456") -> str:
    """Ten digits nobody else has; the last four decide what the simulated bank does."""
    return f"8{next(_serials):05}{ending}"


def a_graduate(
    tx: Tx,
    *,
    ending: str | None = "3456",
    rated: bool = True,
    wave: int = WAVE,
    of: Schedule | None = None,
    now: datetime = NOW,
) -> int:
    """Somebody who completed and rated a first course, with an account at BNI (None: no account)."""
    purchase = a_purchase(tx, card=a_card(tx, wave=wave, now=now), of=of, now=now)
    done_at = now + timedelta(days=9)
    purchases.complete(tx, [purchase.purchase_id], now=done_at)
    if rated:
        purchases.mark_rated(tx, purchase.purchase_id, now=done_at)
    if ending is not None:
        actions.link_account(tx, purchase.person_id, "BNI", an_account_number(ending), now=done_at)
    return purchase.person_id


def schedule_all(tx: Tx, *, now: datetime = EARNED) -> None:
    while actions.schedule_incentives(tx, now=now):
        pass


def pay_in(tx: Tx, bank: Bank, *, now: datetime = EARNED) -> list[Settlement]:
    """Draft everything due, hand it over and book the answers, inside one test transaction."""
    while actions.draft_batch(tx, payer=PAYER, now=now):
        pass
    return [actions.settle(tx, b.message_id, bank.pay(b), now=now) for b in actions.open_batches(tx)]


def pay_all(database: Database, bank: Bank, *, now: datetime = EARNED, limit: int = 1_000) -> None:
    """The same as the worker does it: every step a transaction of its own."""
    drafted = True
    while drafted:
        with database.transaction("test") as tx:
            drafted = actions.draft_batch(tx, payer=PAYER, now=now, limit=limit) is not None
    with database.transaction("test") as tx:
        waiting = actions.open_batches(tx)
    for batch in waiting:
        answer = bank.pay(batch)
        with database.transaction("test") as tx:
            actions.settle(tx, batch.message_id, answer, now=now)


def first_payout(tx: Tx, person_id: int) -> Payout:
    return actions.my_payouts(tx, person_id)[0]


def states(tx: Tx, person_id: int) -> list[str]:
    return [payout.state.value for payout in actions.my_payouts(tx, person_id)]


def money(tx: Tx) -> dict[str, int]:
    """What lies in the incentive accounts, in rupiah; the books are sound and every invariant of the room holds."""
    assert ledger.verify(tx) == []
    assert [broken for invariant in INVARIANTS for broken in invariant.exceptions(tx)] == []
    totals = {kind: total_idr for kind, _, total_idr in ledger.balances(tx)}
    assert sum(totals.values()) == 0
    kinds = (AccountKind.INCENTIVE_BUDGET, AccountKind.IN_TRANSIT, AccountKind.PAID_OUT)
    return {kind.value: totals.get(kind, 0) for kind in kinds}


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """By how much each incentive account changed."""
    return {kind: after[kind] - before[kind] for kind in before}


def at_the_bank(books: httpx.Client) -> tuple[int, int]:
    """How many payments the bank has made, and how much in rupiah."""
    statement = books.get("/statement").json()
    return statement["paid_count"], statement["paid_total_idr"]


def paid_twice(books: httpx.Client) -> Sequence[str]:
    """Instructions the bank has paid more than once."""
    ids = [payment["instruction_id"] for payment in books.get("/statement").json()["payments"]]
    return sorted({instruction_id for instruction_id in ids if ids.count(instruction_id) > 1})
