"""The programme's SQL."""

from datetime import datetime

import msgspec
from psycopg.errors import UniqueViolation

from prakarsa.kernel.db import Tx, queries
from prakarsa.programme.model import Parameter, Scheme, SchemeFile, Wave, WavePlan
from prakarsa.programme.refusals import WaveNumberTaken

sql = queries(__file__)


def insert_scheme(tx: Tx, file: SchemeFile, source_file: str, now: datetime) -> None:
    """Keep the scheme and those of its rows that are new."""
    tx.run(sql["insert_scheme"], scheme=file.scheme, title=file.title, source_file=source_file, now=now)
    rows = file.parameters
    tx.run(
        sql["insert_parameters"],
        scheme=file.scheme,
        names=[p.name for p in rows],
        values=[msgspec.json.encode(p.value).decode() for p in rows],
        first_waves=[p.first_wave for p in rows],
        last_waves=[p.last_wave for p in rows],
        froms=[p.effective_from for p in rows],
        tos=[p.effective_to for p in rows],
        bases=[p.legal_basis for p in rows],
        sources=[p.source for p in rows],
    )


def schemes(tx: Tx) -> list[Scheme]:
    """Every scheme, by name."""
    return tx.rows(Scheme, sql["schemes"])


def parameters(tx: Tx, scheme: str) -> list[Parameter]:
    """Every dated row of a scheme."""
    return tx.rows(Parameter, sql["parameters"], scheme=scheme)


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
