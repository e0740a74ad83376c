"""The curation room's SQL about what monitors saw and the reviews that followed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from prakarsa.curation.monitoring_model import (
    Aspect,
    Finding,
    NewObservation,
    Observation,
    Review,
    ReviewCause,
    ReviewState,
    Severity,
)
from prakarsa.curation.store import sql
from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.db import Tx


def insert_observation(
    tx: Tx, code: str, new: NewObservation, schedule_id: int, course_id: int, monitor: str, now: datetime
) -> list[str]:
    """Keep what a monitor saw; the codes of its findings, in order."""
    observation_id = tx.value(
        sql["insert_observation"],
        code=code,
        schedule_id=schedule_id,
        monitor=monitor,
        observed_at=new.observed_at,
        summary=new.summary,
        now=now,
    )
    codes = [f"{code.replace('OBS', 'FND', 1)}-{place}" for place, _ in enumerate(new.findings, start=1)]
    rows = msgspec.json.encode(new.findings).decode()
    tx.run(
        sql["insert_findings"],
        codes=codes,
        observation_id=observation_id,
        course_id=course_id,
        rows=rows,
        now=now,
    )
    return codes


def findings(
    tx: Tx, *, course_id: int | None = None, review_id: int | None = None, since: datetime | None = None
) -> list[Finding]:
    """Findings of a course since a moment, or those that led to a review; newest first."""
    rows = tx.tuples(sql["findings"], course_id=course_id, review_id=review_id, since=since)
    return [_finding(row) for row in rows]


def observations(
    tx: Tx, *, monitor: str | None, course_id: int | None, after: tuple[datetime, int], limit: int
) -> list[tuple[int, Observation]]:
    """One page of observations, newest first, each with its id; `after` is when and id of the last one seen."""
    rows = tx.tuples(
        sql["observations"],
        monitor=monitor,
        course_id=course_id,
        before_at=after[0],
        before_id=after[1],
        limit=limit,
    )
    return [
        (observation_id, Observation(code, schedule, course, by, seen_at, summary, tuple(found), review))
        for observation_id, code, schedule, course, by, seen_at, summary, found, review in rows
    ]


def insert_review(
    tx: Tx, code: str, course_id: int, cause: ReviewCause, finding_codes: Sequence[str], now: datetime, due_at: datetime
) -> None:
    """Open a review of a course and tie the findings to it that led there."""
    review_id = tx.value(
        sql["insert_review"],
        code=code,
        course_id=course_id,
        cause=cause.value,
        state=ReviewState.OPEN.value,
        now=now,
        due_at=due_at,
    )
    tie_findings(tx, review_id, finding_codes)


def tie_findings(tx: Tx, review_id: int, finding_codes: Sequence[str]) -> None:
    """These findings belong to that review."""
    tx.run(sql["tie_findings"], review_id=review_id, codes=list(finding_codes))


def lock_course(tx: Tx, course_id: int) -> None:
    """Until this transaction ends nobody else opens or decides a review of this course."""
    tx.run(sql["lock_course_reviews"], course_id=course_id)


def review(tx: Tx, code: str) -> Review | None:
    """One review."""
    return _first(tx.tuples(sql["review_by_code"], code=code))


def open_review(tx: Tx, course_id: int) -> Review | None:
    """The review of a course that is not over, if there is one."""
    return _first(tx.tuples(sql["open_review"], course_id=course_id))


def reviews(
    tx: Tx, *, open_only: bool, overdue_at: datetime | None, after: tuple[datetime, int], limit: int
) -> list[Review]:
    """One page of reviews by the day they are due."""
    rows = tx.tuples(
        sql["reviews"],
        open_only=open_only,
        overdue_at=overdue_at,
        after_due=after[0],
        after_id=after[1],
        limit=limit,
    )
    return [_review(row) for row in rows]


def decide_review(
    tx: Tx,
    review_id: int,
    state: ReviewState,
    *,
    words: str,
    improve_by_at: datetime | None,
    hold_code: str | None,
    by: str,
    now: datetime,
) -> None:
    """Keep what a named person decided."""
    tx.run(
        sql["decide_review"],
        review_id=review_id,
        state=state.value,
        words=words,
        improve_by_at=improve_by_at,
        hold_code=hold_code,
        by=by,
        now=now,
        ended_at=now if state.over else None,
    )


def _first(rows: Sequence[tuple[Any, ...]]) -> Review | None:
    return _review(rows[0]) if rows else None


def _review(row: tuple[Any, ...]) -> Review:
    values = dict(zip(_REVIEW_COLUMNS, row, strict=True))
    values["cause"] = ReviewCause(values["cause"])
    values["state"] = ReviewState(values["state"])
    return Review(**values)


def _finding(row: tuple[Any, ...]) -> Finding:
    code, course, schedule, monitor, aspect, severity, promised, delivered, evidence, seen_at, found_at, review = row
    return Finding(
        code,
        course,
        schedule,
        monitor,
        Aspect(aspect),
        Severity(severity),
        promised,
        delivered,
        evidences.from_json(evidence),
        seen_at,
        found_at,
        review,
    )


_REVIEW_COLUMNS = (
    "review_id",
    "review_code",
    "course_id",
    "course_code",
    "title",
    "institution_code",
    "institution_id",
    "cause",
    "state",
    "opened_at",
    "due_at",
    "words",
    "improve_by_at",
    "hold_code",
    "decided_by",
    "decided_at",
    "ended_at",
)
"""The columns of every statement that reads reviews, in their order."""
