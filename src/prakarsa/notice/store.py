"""The SQL of notices."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.kernel.db import Tx, queries
from prakarsa.notice.model import (
    Concerned,
    ConcernedPartner,
    Deliveries,
    HeldThing,
    NewNotice,
    Notice,
    OpenNotice,
)

sql = queries(__file__)


def open_due(tx: Tx, by: str, now: datetime, private_not_before: datetime) -> list[tuple[str, str]]:
    """Begin a notice for every hold that was placed, reviewed or came to its end; code and kind of each.

    Those that are over close what was still being told of them.
    """
    opened = tx.tuples(sql["open_placed"], by=by, now=now)
    opened += tx.tuples(sql["open_reviewed"], by=by, now=now)
    opened += tx.tuples(sql["open_over"], by=by, now=now, not_before=private_not_before)
    tx.run(sql["close_over"], now=now)
    return [(code, kind) for code, kind in opened]


def claim(tx: Tx, swept_before: datetime) -> OpenNotice | None:
    """The next notice to be spread, locked; one that another worker spreads is passed over."""
    return tx.row(OpenNotice, sql["claim_notice"], swept_before=swept_before)


def hold_of(tx: Tx, notice_id: int) -> HeldThing | None:
    """The hold a notice is about."""
    return tx.row(HeldThing, sql["hold_of_notice"], notice_id=notice_id)


def concerned(
    tx: Tx, audience: str, notice: OpenNotice, scope: str | None, target_code: str | None, limit: int
) -> list[Concerned]:
    """The next people of an audience who have not been told, in its order."""
    return tx.rows(
        Concerned,
        sql[audience],
        notice_id=notice.notice_id,
        hold_id=notice.hold_id,
        after=notice.reached_id,
        scope=scope,
        target_code=target_code,
        limit=limit,
    )


def partners_concerned(
    tx: Tx, notice: OpenNotice, scope: str, target_code: str | None, limit: int
) -> list[ConcernedPartner]:
    """The next partners who have not been told."""
    return tx.rows(
        ConcernedPartner,
        sql["partners_concerned"],
        notice_id=notice.notice_id,
        hold_id=notice.hold_id,
        scope=scope,
        target_code=target_code,
        limit=limit,
    )


def insert_people(tx: Tx, notice_id: int, person_ids: Sequence[int], message_ids: Sequence[int]) -> None:
    """These people were told."""
    tx.run(sql["insert_people"], notice_id=notice_id, person_ids=list(person_ids), message_ids=list(message_ids))


def insert_partners(tx: Tx, notice_id: int, told: Sequence[tuple[int, int | None]]) -> None:
    """These partners were told, or could not be."""
    tx.run(
        sql["insert_partners"],
        notice_id=notice_id,
        partner_ids=[partner_id for partner_id, _ in told],
        message_ids=[message_id for _, message_id in told],
    )


def advance(tx: Tx, notice_id: int, reached_id: int, now: datetime) -> None:
    """Recipients were added, and the sweep has come so far."""
    tx.run(sql["advance"], notice_id=notice_id, reached_id=reached_id, now=now)


def finish_sweep(tx: Tx, notice_id: int, now: datetime, *, closed: bool) -> None:
    """The sweep has come to its end; with `closed`, for good."""
    tx.run(sql["finish_sweep"], notice_id=notice_id, now=now, closed=closed)


def count_deliveries(tx: Tx, now: datetime) -> int:
    """Count what became of every unsettled notice's messages; how many notices."""
    return tx.run(sql["count_deliveries"], now=now)


def deliveries(tx: Tx, notice_code: str) -> Deliveries:
    """What became of one notice's messages, counted now."""
    found = tx.row(Deliveries, sql["deliveries"], notice_code=notice_code)
    assert found is not None
    return found


def notices(tx: Tx, *, notice_code: str | None = None, before: int = 2**62, limit: int = 1) -> list[Notice]:
    """One by code, or one page, newest first."""
    return tx.rows(Notice, sql["notices"], notice_code=notice_code, before=before, limit=limit)


def insert(tx: Tx, new: NewNotice, notice_code: str, by: str, now: datetime) -> None:
    """A draft of the office."""
    tx.run(
        sql["insert_notice"],
        notice_code=notice_code,
        audience=new.audience,
        audience_code=new.audience_code or None,
        title=new.title,
        title_en=new.title_en,
        words=new.words,
        words_en=new.words_en,
        urgent=new.urgent,
        by=by,
        now=now,
    )


def lock(tx: Tx, notice_code: str) -> tuple[str, datetime | None, datetime | None] | None:
    """Kind, when sent and when discarded, locked; None when there is no such notice."""
    rows = tx.tuples(sql["lock_notice"], notice_code=notice_code)
    return (rows[0][0], rows[0][1], rows[0][2]) if rows else None


def mark_sent(tx: Tx, notice_code: str, by: str, now: datetime) -> None:
    """From now on it is being spread."""
    tx.run(sql["mark_sent"], notice_code=notice_code, by=by, now=now)


def mark_discarded(tx: Tx, notice_code: str, now: datetime) -> None:
    """It is never sent."""
    tx.run(sql["mark_discarded"], notice_code=notice_code, now=now)


def estimate(tx: Tx, audience: str, audience_code: str | None) -> int:
    """How many an audience has now."""
    return int(tx.value(sql["estimate"], audience=audience, audience_code=audience_code))
