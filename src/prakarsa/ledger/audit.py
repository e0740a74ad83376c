"""What must always be true of the books (design, Invariants)."""

from prakarsa.kernel.audit import Invariant, Problem, stated
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.ledger import actions
from prakarsa.ledger.store import sql


def _unexplained(tx: Tx) -> list[Problem]:
    return [
        Problem("ledger" if found.account_id is None else f"account/{found.account_id}", {"problem": found.problem})
        for found in actions.verify(tx)
    ]


INVARIANTS = (
    Invariant(msg("All balances add up to zero, and each is the sum of its transfers"), "{problem}", _unexplained),
    stated(
        msg("No card and no budget stands below zero"),
        msg("its balance is {balance_idr}"),
        sql["audit_overdrawn"],
    ),
)
