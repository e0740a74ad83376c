"""The SQL of the public status."""

from datetime import datetime

from prakarsa.kernel.db import Tx
from prakarsa.notice.status_model import PublicEvent, PublicHold
from prakarsa.notice.store import sql


def holds(tx: Tx, standing: str, now: datetime, *, before: int | None = None, limit: int) -> list[PublicHold]:
    """Public holds `in_force`, `announced` or `over`; never one on a person or a card."""
    return tx.rows(PublicHold, sql["public_holds"], standing=standing, now=now, before=before, limit=limit)


def standing_counts(tx: Tx, now: datetime, most: int) -> tuple[int, int]:
    """How many public holds stand; how many on people, counted up to `most`."""
    [(listed, private)] = tx.tuples(sql["standing_counts"], now=now, most=most)
    return listed, private


def events(tx: Tx, now: datetime, *, limit: int) -> list[PublicEvent]:
    """What was said of public holds, newest first."""
    return tx.rows(PublicEvent, sql["public_events"], now=now, limit=limit)


def count_reach(tx: Tx, now: datetime, counted_before: datetime) -> int:
    """Count whom the public holds in force concern that were not counted since; how many holds."""
    return tx.run(sql["count_reach"], now=now, counted_before=counted_before)
