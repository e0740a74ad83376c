"""The hold room's SQL."""

from dataclasses import asdict
from datetime import datetime

from prakarsa.hold.model import Hold, NewHold
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)


def insert(tx: Tx, new: NewHold, hold_code: str, by: str, now: datetime) -> Hold:
    """A hold as placed."""
    hold = tx.row(Hold, sql["insert_hold"], **asdict(new), hold_code=hold_code, by=by, now=now)
    assert hold is not None
    return hold


def lift(tx: Tx, hold_id: int, reason: str, by: str, now: datetime) -> None:
    """End a hold before its time."""
    tx.run(sql["lift_hold"], hold_id=hold_id, reason=reason, by=by, now=now)


def holds(tx: Tx, *, hold_code: str | None = None, over_after: datetime | None = None) -> list[Hold]:
    """Holds, newest first: one by code, those not over before a moment, or all."""
    return tx.rows(Hold, sql["holds"], hold_code=hold_code, over_after=over_after)


def lock(tx: Tx, hold_code: str) -> Hold | None:
    """One hold, locked so that two hands cannot lift it at once."""
    return tx.row(Hold, sql["lock_hold"], hold_code=hold_code)
