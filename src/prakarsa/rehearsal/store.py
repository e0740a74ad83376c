"""The SQL of dry runs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import msgspec

from prakarsa.kernel.db import Tx, queries
from prakarsa.programme.model import Terms
from prakarsa.rehearsal.model import CourseFacts, DryRun, RuleChange, Summary, Touched

sql = queries(__file__)
SALES_OF = timedelta(days=30)


def course_facts(tx: Tx, course_ids: Sequence[int], now: datetime) -> dict[int, CourseFacts]:
    """What surrounds these courses at a moment, by course id."""
    rows = tx.rows(CourseFacts, sql["course_facts"], course_ids=list(course_ids), now=now)
    return {facts.course_id: facts for facts in rows}


def ownership_paths(tx: Tx, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """For pairs of platform and institution: who owns whom between them, from the top down."""
    wanted = list(pairs)
    rows = tx.tuples(
        sql["ownership_paths"], platforms=[pair[0] for pair in wanted], institutions=[pair[1] for pair in wanted]
    )
    return {(platform, institution): steps for platform, institution, steps in rows}


def listed_institutions(tx: Tx, client_codes: Sequence[str]) -> set[str]:
    """Those of these institutions of which some platform sells a course."""
    return set(tx.values(sql["listed_institutions"], client_codes=list(client_codes)))


def touched(tx: Tx, change: RuleChange, leaving: Sequence[int], now: datetime) -> Touched:
    """Whom the change and the courses that leave sale with it would touch."""
    found = tx.row(
        Touched,
        sql["touched"],
        waves=list(change.waves),
        course_ids=list(leaving),
        next_clock=change.after.next_purchase_deadline_days is not None,
        sales_since=now - SALES_OF,
        now=now,
    )
    assert found is not None
    return found


def insert_dry_run(tx: Tx, run_code: str, change: RuleChange, summary: Summary, by: str, now: datetime) -> None:
    """Keep a dry run."""
    tx.run(
        sql["insert_dry_run"],
        run_code=run_code,
        scheme=change.scheme,
        title=change.title,
        change_code=change.change_code,
        file_digest=change.file_digest,
        wave_number=change.wave_number,
        waves=list(change.waves),
        effective_on=change.effective_on,
        terms_before=_json(change.before),
        terms_after=_json(change.after),
        summary=_json(summary),
        ran_by=by,
        now=now,
    )


def dry_run(tx: Tx, run_code: str) -> DryRun | None:
    """One dry run."""
    found = _dry_runs(tx, run_code=run_code, change_code=None, before=2**62, limit=1)
    return found[0] if found else None


def dry_runs(tx: Tx, change_code: str | None, before: int, limit: int) -> list[DryRun]:
    """One page of dry runs, newest first; of one change, or of all."""
    return _dry_runs(tx, run_code=None, change_code=change_code, before=before, limit=limit)


def _dry_runs(tx: Tx, **params: Any) -> list[DryRun]:
    return [_dry_run(row) for row in tx.tuples(sql["dry_runs"], **params)]


def _dry_run(row: tuple[Any, ...]) -> DryRun:
    dry_run_id, run_code, scheme, title, change_code, digest, wave_number, waves, effective_on = row[:9]
    terms_before, terms_after, summary, ran_by, ran_at, gaps_due_at, gaps_by, gaps_made_at = row[9:]
    before, after = msgspec.convert(terms_before, Terms), msgspec.convert(terms_after, Terms)
    change = RuleChange(
        scheme, title, change_code, digest, wave_number, tuple(waves), effective_on, before=before, after=after
    )
    kept = msgspec.convert(summary, Summary)
    return DryRun(dry_run_id, run_code, change, kept, ran_by, ran_at, gaps_due_at, gaps_by, gaps_made_at)


def _json(value: Terms | Summary) -> str:
    return msgspec.json.encode(asdict(value)).decode()
