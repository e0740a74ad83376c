"""What must always be true of the journal, and what other rooms promise about it (design, Invariants)."""

from collections.abc import Sequence
from typing import LiteralString

from prakarsa.journal import actions, store
from prakarsa.kernel.audit import Invariant, Problem
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg


def recorded(sentence: str, states: LiteralString, *told: str) -> Invariant:
    """Every state of a room has its journal row, and every such row its state.

    `states` is a statement of that room: a row for each, with `subject` and `action` as the journal has them. `told`
    are the actions it speaks of.
    """
    statement = store.sql["audit_recorded"].replace("/* states */", states)
    return Invariant(
        sentence,
        msg("{action}: {rows} in the tables, {entries} in the journal"),
        lambda tx: _disagreements(tx, statement, told),
    )


def _disagreements(tx: Tx, statement: LiteralString, told: Sequence[str]) -> list[Problem]:
    return tx.rows(Problem, statement, told=list(told))


def _breaks(tx: Tx) -> list[Problem]:
    return [Problem(f"entry/{found.entry_id}", {"problem": found.problem}) for found in actions.verify(tx)]


INVARIANTS = (Invariant(msg("The chain of the journal holds"), "{problem}", _breaks),)
