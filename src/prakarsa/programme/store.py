"""The programme's SQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import msgspec
from psycopg.errors import UniqueViolation

from prakarsa.kernel.db import Tx, queries
from prakarsa.programme.model import Change, ChangeFile, Parameter, Scheme, SchemeFile, Wave, WavePlan
from prakarsa.programme.refusals import WaveNumberTaken

sql = queries(__file__)


def insert_scheme(
    tx: Tx,
    file: SchemeFile,
    source_file: str,
    *,
    author: str,
    approver: str,
    known_from: datetime | None,
    now: datetime,
) -> None:
    """Keep the scheme and those of its rows that are new; without `known_from` they count from its founding."""
    tx.run(
        sql["insert_scheme"],
        scheme=file.scheme,
        title=file.title,
        source_file=source_file,
        author=author,
        approver=approver,
        now=now,
    )
    tx.run(sql["insert_parameters"], scheme=file.scheme, known_from=known_from, **_columns(file.parameters))


def schemes(tx: Tx) -> list[Scheme]:
    """Every scheme, by name."""
    return tx.rows(Scheme, sql["schemes"])


def parameters(tx: Tx, scheme: str) -> list[Parameter]:
    """Every dated row of a scheme that counts or has counted: founding rows, then those of changes."""
    return tx.rows(Parameter, sql["parameters"], scheme=scheme)


def values(tx: Tx, scheme: str, wave_number: int, on: date, now: datetime) -> dict[str, object]:
    """The value of every parameter for a wave on a day, as known at a moment."""
    return dict(tx.tuples(sql["values"], scheme=scheme, wave_number=wave_number, day=on, now=now))


def insert_change(tx: Tx, file: ChangeFile, file_text: str, change_code: str, author: str, now: datetime) -> None:
    """Keep a proposed change with its rows."""
    change_id = tx.value(
        sql["insert_change"],
        change_code=change_code,
        scheme=file.scheme,
        title=file.title,
        file_text=file_text,
        retroactive_leave=file.retroactive_leave,
        author=author,
        now=now,
    )
    tx.run(sql["insert_amendments"], change_id=change_id, scheme=file.scheme, **_columns(file.parameters))


def changes(tx: Tx, change_code: str | None = None) -> list[Change]:
    """Every change with its rows, newest first, or one by its code."""
    found = tx.rows(Change, sql["changes"], change_code=change_code)
    rows: dict[int, list[Parameter]] = {change.change_id: [] for change in found}
    for change_id, *values in tx.tuples(sql["amendments"], change_ids=list(rows)):
        rows[change_id].append(Parameter(*values))
    return [replace(change, parameters=tuple(rows[change.change_id])) for change in found]


def lock_change(tx: Tx, change_code: str) -> None:
    """Lock a change and its scheme."""
    tx.run(sql["lock_change"], change_code=change_code)


def approve_change(tx: Tx, change_id: int, by: str, now: datetime) -> None:
    """Let the rows of a change count."""
    tx.run(sql["approve_change"], change_id=change_id, by=by, now=now)


def withdraw_change(tx: Tx, change_id: int, by: str, now: datetime) -> None:
    """Close a proposed change."""
    tx.run(sql["withdraw_change"], change_id=change_id, by=by, now=now)


def propose_revocation(tx: Tx, change_id: int, reason: str, by: str) -> None:
    """Note who wants an approved change taken back, and why."""
    tx.run(sql["propose_revocation"], change_id=change_id, reason=reason, by=by)


def revoke_change(tx: Tx, change_id: int, by: str, now: datetime) -> None:
    """Let the rows of a change count no longer."""
    tx.run(sql["revoke_change"], change_id=change_id, by=by, now=now)


def _columns(rows: Sequence[Parameter]) -> dict[str, list[object]]:
    return {
        "names": [p.name for p in rows],
        "values": [msgspec.json.encode(p.value).decode() for p in rows],
        "first_waves": [p.first_wave for p in rows],
        "last_waves": [p.last_wave for p in rows],
        "froms": [p.effective_from for p in rows],
        "tos": [p.effective_to for p in rows],
        "bases": [p.legal_basis for p in rows],
        "sources": [p.source for p in rows],
        "instruments": [p.instrument for p in rows],
        "articles": [p.article for p in rows],
        "versions": [p.instrument_version for p in rows],
    }


def insert_wave(tx: Tx, plan: WavePlan, budget_account_id: int) -> Wave:
    """A new wave. Raises WaveNumberTaken."""
    try:
        wave = tx.row(
            Wave,
            sql["insert_wave"],
            number=plan.number,
            scheme=plan.scheme,
            opens_at=plan.opens_at,
            closes_at=plan.closes_at,
            quota=plan.quota,
            region_quota=msgspec.json.encode(plan.region_quota).decode(),
            budget_year=plan.budget_year,
            budget_account_id=budget_account_id,
        )
    except UniqueViolation as error:
        raise WaveNumberTaken(plan.number) from error
    assert wave is not None
    return wave


def waves(tx: Tx) -> list[Wave]:
    """All waves by number."""
    return tx.rows(Wave, sql["waves"], number=None)


def wave(tx: Tx, number: int) -> Wave | None:
    """One wave."""
    return tx.row(Wave, sql["waves"], number=number)
