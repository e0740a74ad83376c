"""Verbs of the ledger: open, post, look, check."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from prakarsa.kernel.db import Tx
from prakarsa.ledger import store
from prakarsa.ledger.model import AccountKind, Imbalance, Transfer


def open_accounts(tx: Tx, kind: AccountKind, owners: Sequence[str]) -> list[int]:
    """Account ids of these owners, in order; opened empty where there was none."""
    return store.open_accounts(tx, kind, owners) if owners else []


def accounts(tx: Tx, kind: AccountKind, owners: Iterable[str]) -> dict[str, int]:
    """Account ids by owner, each owner once, whatever the order; opened empty where there was none."""
    names = sorted(set(owners))
    return dict(zip(names, open_accounts(tx, kind, names), strict=True))


def account(tx: Tx, kind: AccountKind, owner: str) -> int:
    """The account of one owner, opened empty if there was none."""
    return store.open_accounts(tx, kind, [owner])[0]


def post(tx: Tx, transfers: Sequence[Transfer], *, now: datetime) -> int:
    """Move money: all transfers or none. Returns how many were new.

    A transfer with the reason, reference and accounts of an earlier one is skipped, so posting twice moves money
    once. Raises Overdrawn.
    """
    return store.post(tx, transfers, now) if transfers else 0


def balance_idr(tx: Tx, account_id: int) -> int:
    """The balance of one account in whole rupiah."""
    return store.balance_idr(tx, account_id)


def balances(tx: Tx) -> list[tuple[str, int, int]]:
    """Per kind of account: how many there are and their sum in rupiah."""
    return store.balances(tx)


def verify(tx: Tx) -> list[Imbalance]:
    """Every balance that is not the sum of its transfers, and the grand total if it is not zero."""
    return store.imbalances(tx)
