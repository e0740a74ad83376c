"""Verbs of the questions that courses are scored by: loaded from a file, in versions that never change."""

import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from prakarsa.curation import rules, store
from prakarsa.curation.model import IndicatorSet
from prakarsa.curation.refusals import BadIndicatorFile, IndicatorsConflict, NoIndicators
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx

SHIPPED = Path(__file__).parent / "indicator_sets"
MOST_BYTES = 2**20
COURSE = "course"
"""The set that courses are scored by."""


def read_indicator_file(name_or_path: str) -> IndicatorSet:
    """A set that ships with the product, by name, or any other by path. Raises BadIndicatorFile."""
    shipped = SHIPPED / f"{name_or_path}.toml"
    path = shipped if "/" not in name_or_path and shipped.exists() else Path(name_or_path)
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
            raise BadIndicatorFile(f"it is not a file of at most {MOST_BYTES} bytes")
        return rules.read_indicators(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:  # RecursionError: what nests without end
        raise BadIndicatorFile(str(error)) from error


def load_indicators(tx: Tx, name_or_path: str, *, by: str, now: datetime) -> IndicatorSet:
    """Load a version of a set; rounds opened from now on are scored by it. The same again changes nothing.

    Raises BadIndicatorFile, IndicatorsConflict.
    """
    file = read_indicator_file(name_or_path)
    newest = store.newest_set(tx, file.name)
    if newest is not None and replace(newest, set_id=0) == file:
        return newest
    if newest is not None and file.version <= newest.version:
        raise IndicatorsConflict(file.name, file.version)
    store.insert_set(tx, file, by, now)
    facts = {"version": file.version, "indicators": len(file.indicators), "by": by}
    journal.record(tx, [Event("curation.indicators_loaded", f"indicators/{file.name}", facts=facts)], now=now)
    return indicators(tx, file.name)


def indicators(tx: Tx, name: str = COURSE) -> IndicatorSet:
    """The newest version of a set. Raises NoIndicators."""
    found = store.newest_set(tx, name)
    if found is None:
        raise NoIndicators(name)
    return found
