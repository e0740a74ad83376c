"""The curation room's SQL about institutions on their way in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prakarsa.curation import store
from prakarsa.curation.model import Application, ApplicationState, Mend, Step, StepState, StepTaken
from prakarsa.curation.store import sql
from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence


def insert_application(
    tx: Tx, *, code: str, institution_id: int, steps: Sequence[Step], by: str, now: datetime, due_at: datetime
) -> int:
    """Open an application; its id."""
    return int(
        tx.value(
            sql["insert_application"],
            code=code,
            institution_id=institution_id,
            steps=[step.value for step in steps],
            state=ApplicationState.OPEN.value,
            by=by,
            now=now,
            due_at=due_at,
        )
    )


def lock_application(tx: Tx, code: str) -> Application | None:
    """One application, locked, so that two hands queue."""
    tx.run(sql["lock_application"], code=code)
    return application(tx, code)


def application(tx: Tx, code: str) -> Application | None:
    """One application with its steps."""
    found = _applications(tx, tx.tuples(sql["application_by_code"], code=code))
    return found[0] if found else None


def newest(tx: Tx, institution_codes: Sequence[str]) -> dict[str, Application]:
    """The last application of each of these institutions, by client code."""
    rows = tx.tuples(sql["newest_applications"], codes=list(institution_codes))
    return {found.institution_code: found for found in _applications(tx, rows)}


def applications(
    tx: Tx, *, open_only: bool, overdue_at: datetime | None, after: tuple[datetime, int], limit: int
) -> list[Application]:
    """One page of applications by the day they are due."""
    rows = tx.tuples(
        sql["applications"],
        open_only=open_only,
        overdue_at=overdue_at,
        after_due=after[0],
        after_id=after[1],
        limit=limit,
    )
    return _applications(tx, rows)


def insert_step(tx: Tx, application_id: int, step: Step, now: datetime) -> None:
    """Open a step, again if it was rejected before."""
    tx.run(sql["insert_step"], application_id=application_id, step=step.value, now=now)


def decide_step(
    tx: Tx,
    application_id: int,
    outcome: StepState,
    *,
    reason: str,
    evidence: Sequence[Evidence],
    by: str,
    now: datetime,
) -> int:
    """End the open step by the decision of a named person; its id."""
    return int(
        tx.value(
            sql["decide_step"],
            application_id=application_id,
            outcome=outcome.value,
            reason=reason,
            evidence=evidences.to_json(evidence),
            by=by,
            now=now,
        )
    )


def set_state(
    tx: Tx, application_id: int, state: ApplicationState, *, due_at: datetime, ended_at: datetime | None
) -> None:
    """Move an application."""
    tx.run(
        sql["set_application_state"],
        application_id=application_id,
        state=state.value,
        due_at=due_at,
        ended_at=ended_at,
    )


def _applications(tx: Tx, rows: Sequence[tuple[Any, ...]]) -> list[Application]:
    steps = _steps(tx, [row[0] for row in rows])
    return [
        Application(
            application_id=row[0],
            application_code=row[1],
            institution_id=row[2],
            institution_code=row[3],
            institution_name=row[4],
            steps=tuple(map(Step, row[5])),
            state=ApplicationState(row[6]),
            opened_by=row[7],
            opened_at=row[8],
            due_at=row[9],
            ended_at=row[10],
            taken=tuple(steps[row[0]]),
        )
        for row in rows
    ]


def _steps(tx: Tx, application_ids: Sequence[int]) -> dict[int, list[StepTaken]]:
    rows = tx.tuples(sql["steps"], application_ids=list(application_ids))
    mends = store.mends_of_steps(tx, [row[1] for row in rows])
    found: dict[int, list[StepTaken]] = {application_id: [] for application_id in application_ids}
    for application_id, *row in rows:
        found[application_id].append(_step(row, mends[row[0]]))
    return found


def _step(row: Sequence[Any], mends: Sequence[Mend]) -> StepTaken:
    step_id, step, attempt, opened_at, outcome, reason, evidence, decided_by, decided_at = row
    state = StepState.OPEN if outcome is None else StepState(outcome)
    shown = evidences.from_json(evidence)
    return StepTaken(
        step_id, Step(step), attempt, opened_at, state, reason, shown, decided_by, decided_at, tuple(mends)
    )
