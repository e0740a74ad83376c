"""The SQL of probes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from prakarsa.kernel.db import Tx
from prakarsa.notice.probe_model import Alarm, LastTried, Outcome, PlatformHistory, ProbeHour, Said, Walk
from prakarsa.notice.store import sql

HOUR = timedelta(hours=1)


def insert(tx: Tx, walks: Sequence[Walk]) -> None:
    """Keep walks; one along the path of a platform that nobody knows is left out."""
    tx.run(
        sql["insert_probes"],
        platform_codes=[walk.platform_code for walk in walks],
        ats=[walk.at for walk in walks],
        saids=[walk.said for walk in walks],
        course_codes=[walk.course_code for walk in walks],
        schedule_codes=[walk.schedule_code for walk in walks],
        said_refusals=[walk.said_refusal for walk in walks],
        outcomes=[walk.outcome for walk in walks],
        refusal_codes=[walk.refusal_code for walk in walks],
        problems=[walk.problem for walk in walks],
        statuses=[walk.http_status for walk in walks],
        latencies=[walk.latency_ms for walk in walks],
        mismatches=[walk.mismatch for walk in walks],
    )


def count_hours(tx: Tx, first_hour_at: datetime, last_hour_at: datetime) -> None:
    """Count the hours from the first to the last anew."""
    tx.run(sql["count_hours"], since=first_hour_at, until=last_hour_at + HOUR)


def last_tried(tx: Tx) -> dict[str, LastTried]:
    """By platform, the courses that were tried last."""
    return {code: LastTried(on_sale, refused) for code, on_sale, refused in tx.tuples(sql["last_tried"])}


def newest_tries(
    tx: Tx, platform_codes: Sequence[str], limit: int
) -> dict[int, list[tuple[bool, str | None, str | None, str | None]]]:
    """Per platform id, newest first: whether it could be bought, course, refusal, problem."""
    rows = tx.tuples(sql["newest_tries"], platform_codes=list(platform_codes), limit=limit)
    return {
        platform_id: [(could, course, refusal, problem) for _, could, course, refusal, problem in tries]
        for platform_id, tries in groupby(rows, key=lambda row: row[0])
    }


def raise_alarm(
    tx: Tx, platform_id: int, course_code: str | None, refusal_code: str | None, problem: str | None, now: datetime
) -> int | None:
    """A new alarm; None when one stands."""
    alarm_id: int | None = tx.value(
        sql["raise_alarm"],
        platform_id=platform_id,
        course_code=course_code,
        refusal_code=refusal_code,
        problem=problem,
        now=now,
    )
    return alarm_id


def ids_of(tx: Tx, platform_codes: Sequence[str]) -> list[int]:
    """The platforms with these codes."""
    return tx.values(sql["platform_ids"], platform_codes=list(platform_codes))


def end_alarm(tx: Tx, platform_id: int, now: datetime) -> int | None:
    """The alarm that stood is over; None when none did."""
    alarm_id: int | None = tx.value(sql["end_alarm"], platform_id=platform_id, now=now)
    return alarm_id


def alarms(tx: Tx, over_after: datetime, limit: int) -> list[Alarm]:
    """Alarms that stand or ended after a moment, newest first."""
    return tx.rows(Alarm, sql["alarms"], over_after=over_after, limit=limit)


def history(tx: Tx, since: datetime) -> list[PlatformHistory]:
    """Every platform that sells or was walked since then, by name."""
    rows = tx.tuples(sql["probe_hours"], since=since)
    return [
        PlatformHistory(code, name, tuple(ProbeHour(*row[2:]) for row in hours if row[2] is not None))
        for (code, name), hours in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


def newest_walks(tx: Tx, platform_code: str | None, before: int, limit: int) -> list[Walk]:
    """The newest walks."""
    return [
        Walk(
            platform_code=platform,
            at=at,
            said=Said(said),
            outcome=Outcome(outcome),
            course_code=course,
            schedule_code=schedule,
            said_refusal=said_refusal,
            refusal_code=refusal,
            problem=problem,
            http_status=status,
            latency_ms=latency,
        )
        for platform, at, said, outcome, course, schedule, said_refusal, refusal, problem, status, latency in tx.tuples(
            sql["newest_walks"], platform_code=platform_code, before=before, limit=limit
        )
    ]


def sweep(tx: Tx, before: datetime, limit: int) -> int:
    """Throw away walks from before a moment; how many."""
    return tx.run(sql["sweep_probes"], before=before, limit=limit)
