"""Work for later, enqueued in the same transaction as the reason for it (Procrastinate keeps it in PostgreSQL)."""

from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)


def defer(tx: Tx, task: str) -> None:
    """Have a worker run `task` once after commit. Asking again before it has begun adds nothing."""
    tx.run(sql["defer_once"], task=f"prakarsa.jobs.tasks.{task}")
