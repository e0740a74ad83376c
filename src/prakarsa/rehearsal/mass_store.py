"""The SQL of mass actions."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec

from prakarsa.hold.model import NewHold
from prakarsa.kernel.db import Tx
from prakarsa.rehearsal.mass_model import ItemState, MassAction, MassItem, MassKind, NewMassAction, Selection
from prakarsa.rehearsal.store import sql

Mark = tuple[int, ItemState, str, str | None]
"""What became of an item: its place, its state, a note, and the code of the hold that was placed."""


def insert(tx: Tx, action_code: str, new: NewMassAction, by: str, now: datetime) -> int:
    """Keep a plan with its list; how many items it has."""
    action_id = tx.value(
        sql["insert_mass_action"],
        action_code=action_code,
        kind=new.kind.value,
        selection=msgspec.json.encode(asdict(new.selection)).decode(),
        reason=new.reason,
        hold=msgspec.json.encode(new.hold).decode() if new.hold else None,
        by=by,
        now=now,
    )
    return tx.run(sql["plan_mass_items"], mass_action_id=action_id, kind=new.kind.value, **asdict(new.selection))


def actions(tx: Tx, *, action_code: str | None = None, before: int = 2**62, limit: int) -> list[MassAction]:
    """One page of mass actions, newest first."""
    rows = tx.tuples(sql["mass_actions"], action_code=action_code, before=before, limit=limit)
    return [_action(row) for row in rows]


def lock(tx: Tx, action_code: str) -> MassAction | None:
    """One mass action, locked."""
    if tx.value(sql["lock_mass_action"], action_code=action_code) is None:
        return None
    (found,) = actions(tx, action_code=action_code, limit=1)
    return found


def confirm(tx: Tx, action_code: str, by: str, now: datetime) -> None:
    """A second person stands behind it."""
    tx.run(sql["confirm_mass_action"], action_code=action_code, by=by, now=now)


def withdraw(tx: Tx, action_code: str, by: str, now: datetime) -> None:
    """It is given up."""
    tx.run(sql["withdraw_mass_action"], action_code=action_code, by=by, now=now)


def undo(tx: Tx, action_code: str, reason: str, by: str, now: datetime) -> None:
    """From now on it is put back."""
    tx.run(sql["undo_mass_action"], action_code=action_code, reason=reason, by=by, now=now)


def items(tx: Tx, action: MassAction, *, states: Sequence[ItemState] | None, after: int, limit: int) -> list[MassItem]:
    """One page of items in their order; all, or those in some states."""
    wanted = None if states is None else [state.value for state in states]
    rows = tx.tuples(sql["mass_items"], mass_action_id=action.mass_action_id, states=wanted, after=after, limit=limit)
    return [_item(row) for row in rows]


def mark(tx: Tx, action: MassAction, marks: Sequence[Mark], now: datetime) -> None:
    """Write down what became of items."""
    tx.run(
        sql["mark_mass_items"],
        mass_action_id=action.mass_action_id,
        places=[place for place, _, _, _ in marks],
        states=[state.value for _, state, _, _ in marks],
        notes=[note for _, _, note, _ in marks],
        hold_codes=[hold_code for _, _, _, hold_code in marks],
        now=now,
    )


def _action(row: tuple[Any, ...]) -> MassAction:
    action_id, code, kind, selection, reason, hold, *rest = row
    return MassAction(
        action_id,
        code,
        MassKind(kind),
        msgspec.convert(selection, Selection),
        reason,
        msgspec.convert(hold, NewHold) if hold else None,
        *rest,
    )


def _item(row: tuple[Any, ...]) -> MassItem:
    *what, state, note, changed_at, hold_code = row
    place, course_id, platform_id, course_code, title, institution_code, platform_code = what
    thing = (place, course_id, platform_id, course_code, title, institution_code, platform_code)
    return MassItem(*thing, ItemState(state), note, changed_at, hold_code)
