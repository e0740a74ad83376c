"""The ledger's SQL: the only statements anywhere that change a balance."""

from collections.abc import Sequence
from datetime import datetime

from psycopg.errors import CheckViolation

from prakarsa.kernel.db import Tx, queries
from prakarsa.ledger.model import AccountKind, Imbalance, Transfer
from prakarsa.ledger.refusals import Overdrawn

sql = queries(__file__)


def open_accounts(tx: Tx, kind: AccountKind, owners: Sequence[str]) -> list[int]:
    """The accounts of these owners, in the order given; those that did not exist are opened empty."""
    tx.run(sql["open_accounts"], kind=kind.value, owners=list(owners), may_overdraw=kind is AccountKind.STATE)
    found = dict(tx.tuples(sql["accounts_by_owner"], kind=kind.value, owners=list(owners)))
    return [found[owner] for owner in owners]


def post(tx: Tx, transfers: Sequence[Transfer], now: datetime) -> int:
    """Insert transfers and move balances in one statement, accounts locked in one order; how many were new."""
    try:
        return int(
            tx.value(
                sql["post"],
                now=now,
                reasons=[t.reason for t in transfers],
                references=[t.reference for t in transfers],
                from_ids=[t.from_account_id for t in transfers],
                to_ids=[t.to_account_id for t in transfers],
                amounts_idr=[t.amount_idr for t in transfers],
            )
        )
    except CheckViolation as error:
        if error.diag.constraint_name != "account_never_overdrawn":
            raise
        raise Overdrawn(transfers[0].reason) from error


def balance_idr(tx: Tx, account_id: int) -> int:
    """The balance of one account."""
    return int(tx.value(sql["balance"], account_id=account_id))


def balances(tx: Tx) -> list[tuple[str, int, int]]:
    """Per kind of account: how many and their sum."""
    return [(kind, int(count), int(total)) for kind, count, total in tx.tuples(sql["balances"])]


def imbalances(tx: Tx) -> list[Imbalance]:
    """Every account that its transfers do not explain."""
    return tx.rows(Imbalance, sql["imbalances"])
