"""The SQL of mass cancellations."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import to_json
from prakarsa.purchase.cancelling_model import Cancellation, CoursesLeft, NewCancellation, Touched, TouchedClass
from prakarsa.purchase.store import sql


def target(tx: Tx, scope: str, target_code: str) -> tuple[str, str] | None:
    """The name people know a target by, and the client code of its institution; None when there is no such target."""
    found = tx.tuples(sql["cancellation_target"], scope=scope, target_code=target_code)
    return (found[0][0], found[0][1]) if found else None


def schedule_ids(tx: Tx, scope: str, target_code: str) -> list[int]:
    """The classes of a target."""
    return tx.values(sql["cancellation_schedules"], scope=scope, target_code=target_code)


def touched(tx: Tx, classes: Sequence[int]) -> Touched:
    """What cancelling these classes would touch."""
    found = tx.row(Touched, sql["cancellation_touched"], schedule_ids=list(classes))
    assert found is not None
    return found


def touched_classes(tx: Tx, classes: Sequence[int], limit: int) -> list[TouchedClass]:
    """The classes among these with most purchases to cancel."""
    return tx.rows(TouchedClass, sql["cancellation_classes"], schedule_ids=list(classes), limit=limit)


def insert(tx: Tx, new: NewCancellation, code: str, name: str, found: Touched, by: str, now: datetime) -> None:
    """A plan as written down and counted."""
    values = asdict(new) | asdict(found) | {"evidence": to_json(new.evidence)}
    tx.run(sql["insert_cancellation"], **values, cancellation_code=code, target_name=name, by=by, now=now)


def cancellations(
    tx: Tx,
    *,
    code: str | None = None,
    to_run_at: datetime | None = None,
    before: int = 2**62,
    limit: int = 50,
) -> list[Cancellation]:
    """One by code, those a worker has to run at a moment, or a page of all, newest first."""
    return tx.rows(
        Cancellation, sql["cancellations"], cancellation_code=code, to_run_at=to_run_at, before=before, limit=limit
    )


def lock(tx: Tx, code: str) -> bool:
    """Lock one, so that two hands cannot decide on it at once; False when there is none."""
    return tx.value(sql["lock_cancellation"], cancellation_code=code) is not None


def confirm(tx: Tx, cancellation_id: int, hold_code: str, found: Touched, by: str, now: datetime) -> None:
    """Confirmed by a second person, counted anew."""
    tx.run(
        sql["confirm_cancellation"],
        **asdict(found),
        cancellation_id=cancellation_id,
        hold_code=hold_code,
        by=by,
        now=now,
    )


def withdraw(tx: Tx, cancellation_id: int, by: str, now: datetime) -> None:
    """Given up."""
    tx.run(sql["withdraw_cancellation"], cancellation_id=cancellation_id, by=by, now=now)


def lock_cancellable(tx: Tx, classes: Sequence[int], bought_before: datetime, limit: int, *, wait: bool) -> list[int]:
    """The next purchases that look as if they were to be cancelled, their cards locked; `wait` for cards in use."""
    wanted = {"schedule_ids": list(classes), "bought_before": bought_before, "limit": limit}
    return tx.values(sql["await_cancellable"], **wanted) if wait else tx.values(sql["lock_cancellable"], **wanted)


def mark_cancelled(tx: Tx, cancellation_id: int, purchase_ids: Sequence[int], now: datetime) -> list[int]:
    """Which of these were cancelled by this call."""
    return tx.values(sql["mark_cancelled"], cancellation_id=cancellation_id, purchase_ids=list(purchase_ids), now=now)


def count_cancelled(tx: Tx, cancellation_id: int, purchases: int, amount_idr: int) -> None:
    """So many more are done."""
    tx.run(sql["count_cancelled"], cancellation_id=cancellation_id, purchases=purchases, amount_idr=amount_idr)


def lock_schedules(tx: Tx, classes: Sequence[int]) -> None:
    """Wait for everybody who is selling in these classes."""
    tx.values(sql["lock_schedule_ids"], schedule_ids=list(classes))


def finish(tx: Tx, cancellation_id: int, classes: Sequence[int], bought_before: datetime, now: datetime) -> bool:
    """Finished, if nothing is left; False when something is, or when it was finished before."""
    left = {"schedule_ids": list(classes), "bought_before": bought_before}
    found = tx.value(sql["finish_cancellation"], cancellation_id=cancellation_id, **left, now=now)
    return found is not None


def courses_of_cards(tx: Tx, card_ids: Sequence[int]) -> dict[int, CoursesLeft]:
    """What each of these cards still has."""
    found = tx.rows(CoursesLeft, sql["courses_of_cards"], card_ids=list(card_ids))
    return {each.card_id: each for each in found}
