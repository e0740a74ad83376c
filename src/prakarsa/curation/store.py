"""The curation room's SQL about indicators, interests and the assessment of courses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from prakarsa.curation.model import (
    Assignment,
    Indicator,
    IndicatorSet,
    Interest,
    Mark,
    Mend,
    Round,
    RoundState,
)
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)


def insert_set(tx: Tx, new: IndicatorSet, by: str, now: datetime) -> None:
    """Keep a version of a set of indicators."""
    set_id = tx.value(
        sql["insert_set"], name=new.name, version=new.version, title=new.title, source=new.source, by=by, now=now
    )
    rows = msgspec.json.encode(new.indicators).decode()
    tx.run(sql["insert_indicators"], set_id=set_id, rows=rows)


def newest_set(tx: Tx, name: str) -> IndicatorSet | None:
    """The newest version of a set, if any was loaded."""
    return _set(tx, name=name, set_id=None)


def indicator_set(tx: Tx, set_id: int) -> IndicatorSet:
    """The version that a round was opened with."""
    found = _set(tx, name=None, set_id=set_id)
    assert found is not None
    return found


def set_versions(tx: Tx, name: str) -> list[int]:
    """Every version of a set that was loaded, newest first."""
    return tx.values(sql["set_versions"], name=name)


def insert_interest(tx: Tx, who: str, partner_id: int, words: str, by: str, now: datetime) -> bool:
    """Keep a declared tie; whether it was new."""
    return tx.run(sql["insert_interest"], who=who, partner_id=partner_id, words=words, by=by, now=now) == 1


def end_interest(tx: Tx, who: str, partner_id: int, now: datetime) -> bool:
    """End a declared tie; whether there was one."""
    return tx.run(sql["end_interest"], who=who, partner_id=partner_id, now=now) == 1


def interests(tx: Tx, who: str | None) -> list[Interest]:
    """Ties in force: of one person, or of everybody."""
    return tx.rows(Interest, sql["interests"], who=who)


def lock_course(tx: Tx, course_id: int) -> None:
    """Until this transaction ends nobody else opens a round for this course."""
    tx.run(sql["lock_course_rounds"], course_id=course_id)


def lock_institution(tx: Tx, partner_id: int) -> None:
    """Until this transaction ends nobody else opens an application of this institution."""
    tx.run(sql["lock_institution"], partner_id=partner_id)


def insert_round(
    tx: Tx,
    *,
    code: str,
    course_id: int,
    number: int,
    set_id: int,
    content: str,
    by: str,
    now: datetime,
    due_at: datetime,
) -> None:
    """Open a round."""
    tx.run(
        sql["insert_round"],
        code=code,
        course_id=course_id,
        number=number,
        set_id=set_id,
        content=content,
        state=RoundState.ASSIGNING.value,
        by=by,
        now=now,
        due_at=due_at,
    )


def lock_round(tx: Tx, code: str) -> Round | None:
    """One round, locked, so that two hands queue."""
    tx.run(sql["lock_round"], code=code)
    return round_by_code(tx, code)


def round_by_code(tx: Tx, code: str) -> Round | None:
    """One round."""
    return _first(tx.tuples(sql["round_by_code"], code=code))


def newest_round(tx: Tx, course_id: int) -> Round | None:
    """The last round of a course, if it had any."""
    return _first(tx.tuples(sql["newest_round"], course_id=course_id))


def rounds(
    tx: Tx, *, open_only: bool, overdue_at: datetime | None, assessor: str | None, after: tuple[Any, int], limit: int
) -> list[Round]:
    """One page of rounds by the day they are due; `after` is the due moment and id of the last one seen."""
    rows = tx.tuples(
        sql["rounds"],
        open_only=open_only,
        overdue_at=overdue_at,
        assessor=assessor,
        after_due=after[0],
        after_id=after[1],
        limit=limit,
    )
    return [_round(row) for row in rows]


def contents(tx: Tx, course_id: int, number: int) -> dict[str, Any]:
    """The course as handed in to a round; empty when there was no such round."""
    return dict(tx.value(sql["round_content"], course_id=course_id, number=number) or {})


def round_id_of(tx: Tx, course_id: int, number: int) -> int | None:
    """The id of a round of a course, if it had one."""
    found = tx.value(sql["round_id_of"], course_id=course_id, number=number)
    return None if found is None else int(found)


def set_state(tx: Tx, round_id: int, state: RoundState, result_tenths: int | None) -> None:
    """Move a round that is not decided."""
    tx.run(sql["set_round_state"], round_id=round_id, state=state.value, result_tenths=result_tenths)


def decide_round(tx: Tx, round_id: int, state: RoundState, reason: str | None, by: str, now: datetime) -> None:
    """End a round by the decision of a named person."""
    tx.run(sql["decide_round"], round_id=round_id, state=state.value, reason=reason, by=by, now=now)


def insert_assignment(tx: Tx, round_id: int, assessor: str, by: str, now: datetime) -> bool:
    """Call an assessor; whether they were not called already."""
    return tx.run(sql["insert_assignment"], round_id=round_id, assessor=assessor, by=by, now=now) == 1


def relieve(tx: Tx, assignment_id: int, because: str, now: datetime) -> None:
    """Let an assessor go."""
    tx.run(sql["relieve"], assignment_id=assignment_id, because=because, now=now)


def assignments(tx: Tx, round_id: int) -> list[Assignment]:
    """Who is called to a round, in the order they were called; without those let go."""
    return tx.rows(Assignment, sql["assignments"], round_id=round_id)


def insert_marks(tx: Tx, assignment_id: int, marks: Mapping[str, Mark], score_tenths: int, now: datetime) -> None:
    """Keep the marks of one assessor with their sum."""
    tx.run(
        sql["insert_marks"],
        assignment_id=assignment_id,
        indicators=list(marks),
        points=[mark.points for mark in marks.values()],
        notes=[mark.note for mark in marks.values()],
    )
    tx.run(sql["mark_scored"], assignment_id=assignment_id, score_tenths=score_tenths, now=now)


def marks(tx: Tx, assignment_ids: Sequence[int]) -> dict[int, dict[str, Mark]]:
    """The marks of these assignments, by assignment and indicator."""
    found: dict[int, dict[str, Mark]] = {assignment_id: {} for assignment_id in assignment_ids}
    for assignment_id, indicator, points, note in tx.tuples(sql["marks"], assignment_ids=list(assignment_ids)):
        found[assignment_id][indicator] = Mark(points, note)
    return found


def insert_mends(tx: Tx, *, round_id: int | None = None, step_id: int | None = None, items: Mapping[str, str]) -> None:
    """Keep what has to be mended after a rejection."""
    tx.run(
        sql["insert_mends"],
        round_id=round_id,
        step_id=step_id,
        items=list(items),
        words=[items[item] for item in items],
    )


def answer_mends(
    tx: Tx,
    *,
    round_id: int | None = None,
    step_id: int | None = None,
    answers: Mapping[str, str],
    by: str,
    now: datetime,
) -> None:
    """Keep what was answered, item by item."""
    tx.run(
        sql["answer_mends"],
        round_id=round_id,
        step_id=step_id,
        items=list(answers),
        answers=[answers[item] for item in answers],
        by=by,
        now=now,
    )


def mends_of_round(tx: Tx, round_id: int) -> tuple[Mend, ...]:
    """What had to be mended after a round, in the order it was said."""
    return tuple(tx.rows(Mend, sql["mends_of_round"], round_id=round_id))


def mends_of_steps(tx: Tx, step_ids: Sequence[int]) -> dict[int, list[Mend]]:
    """What had to be mended after these steps, by step."""
    found: dict[int, list[Mend]] = {step_id: [] for step_id in step_ids}
    for step_id, *mend in tx.tuples(sql["mends_of_steps"], step_ids=list(step_ids)):
        found[step_id].append(Mend(*mend))
    return found


def _set(tx: Tx, *, name: str | None, set_id: int | None) -> IndicatorSet | None:
    rows = tx.tuples(sql["indicator_set"], name=name, set_id=set_id)
    if not rows:
        return None
    found_id, found_name, version, title, source, indicators = rows[0]
    return IndicatorSet(
        found_id, found_name, version, title, source, tuple(msgspec.convert(row, Indicator) for row in indicators)
    )


def _first(rows: Sequence[tuple[Any, ...]]) -> Round | None:
    return _round(rows[0]) if rows else None


def _round(row: tuple[Any, ...]) -> Round:
    values = dict(zip(_ROUND_COLUMNS, row, strict=True))
    values["state"] = RoundState(values["state"])
    return Round(**values)


_ROUND_COLUMNS = (
    "round_id",
    "round_code",
    "course_id",
    "course_code",
    "title",
    "institution_code",
    "institution_id",
    "number",
    "set_id",
    "state",
    "submitted_by",
    "submitted_at",
    "due_at",
    "result_tenths",
    "reason",
    "decided_by",
    "decided_at",
)
"""The columns of every statement that reads rounds, in their order."""
