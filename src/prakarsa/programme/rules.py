"""Which terms are in force, and whether a scheme file or a wave plan is sound. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from types import NoneType
from typing import Any, get_args

from prakarsa.programme.model import Parameter, SchemeFile, Terms, WavePlan
from prakarsa.programme.refusals import BadPolicyFile, BadWavePlan, PolicyGap

_TYPES: dict[str, Any] = {field.name: field.type for field in fields(Terms)}
_WAVES = re.compile(r"(\d{1,4})-(\d{1,4})?\Z|(\d{1,4})\Z")
NONE = "none"
"""How a scheme file writes "no such limit": TOML has no null."""


def terms_in_force(parameters: Iterable[Parameter], wave_number: int, on: date) -> Terms:
    """The value of every parameter for a wave on a day. Raises PolicyGap.

    Two rows never cover the same wave and day: `check_scheme` refuses such files.
    """
    values = {p.name: p.value for p in parameters if p.covers(wave_number, on)}
    for name in _TYPES:
        if name not in values:
            raise PolicyGap(name, wave_number, on)
    return Terms(**{name: _as_term(values[name]) for name in _TYPES})


def read_scheme(document: dict[str, Any]) -> SchemeFile:
    """A scheme from its parsed file: known names, right types, no two values for one wave and day.

    Raises BadPolicyFile naming the first problem.
    """
    scheme, title = document.get("scheme"), document.get("title")
    if not isinstance(scheme, str) or not re.fullmatch(r"[a-z0-9-]{1,40}", scheme) or not isinstance(title, str):
        raise BadPolicyFile("it needs a scheme (lower-case letters, digits, dashes) and a title")
    parameters: list[Parameter] = []
    for name, block in document.items():
        if name in {"scheme", "title"}:
            continue
        if name not in _TYPES:
            raise BadPolicyFile(f"{name} is not a parameter")
        parameters += _read_block(name, block)
    if missing := set(_TYPES) - {p.name for p in parameters}:
        raise BadPolicyFile(f"{sorted(missing)[0]} is missing")
    return SchemeFile(scheme, title, tuple(parameters))


def check_plan(plan: WavePlan) -> None:
    """A wave opens before it closes, seats somebody, and its regional seats add up. Raises BadWavePlan."""
    if plan.number < 1:
        raise BadWavePlan("its number must be 1 or more")
    if plan.opens_at >= plan.closes_at:
        raise BadWavePlan("it closes before it opens")
    if plan.quota < 1:
        raise BadWavePlan("its quota must be 1 or more")
    if plan.region_quota and sum(plan.region_quota.values()) != plan.quota:
        raise BadWavePlan("the seats of the regions do not add up to the quota")
    if any(seats < 0 for seats in plan.region_quota.values()):
        raise BadWavePlan("a region has a negative number of seats")


def _read_block(name: str, block: object) -> list[Parameter]:
    if not isinstance(block, dict) or not isinstance(block.get("values"), list):
        raise BadPolicyFile(f"{name} needs basis, source and a list of values")
    if unknown := set(block) - {"basis", "source", "values"}:
        raise BadPolicyFile(f"{name}: unknown entry {sorted(unknown)[0]}")
    rows = [_read_value(name, block, row) for row in block["values"]]
    for place, row in enumerate(rows):
        if any(row.overlaps(other) for other in rows[:place]):
            raise BadPolicyFile(f"{name}: two values cover the same wave and day (from {row.effective_from})")
    return rows


def _read_value(name: str, block: dict[str, Any], row: object) -> Parameter:
    if not isinstance(row, dict) or set(row) - {"value", "from", "to", "waves", "basis"}:
        raise BadPolicyFile(f"{name}: a value has value, from, and if needed to, waves, basis")
    value, begins, ends = row.get("value"), row.get("from"), row.get("to")
    if type(begins) is not date or type(ends) not in {date, NoneType} or (ends is not None and ends <= begins):
        raise BadPolicyFile(f"{name}: from and to are days, to after from")
    if not _fits(_TYPES[name], value):
        raise BadPolicyFile(f"{name}: {value!r} has the wrong type or unit")
    first, last = _read_waves(name, row.get("waves", "1-"))
    basis, source = row.get("basis", block.get("basis")), block.get("source")
    if not isinstance(basis, str) or not basis or not isinstance(source, str) or not source:
        raise BadPolicyFile(f"{name}: every value needs a legal basis and a source")
    return Parameter(name, value, first, last, begins, ends, basis, source)


def _read_waves(name: str, text: object) -> tuple[int, int | None]:
    found = _WAVES.match(text) if isinstance(text, str) else None
    if found is None:
        raise BadPolicyFile(f'{name}: waves are written "4", "4-11" or "4-"')
    if found[3]:
        return int(found[3]), int(found[3])
    first, last = int(found[1]), int(found[2]) if found[2] else None
    if first < 1 or (last is not None and last < first):
        raise BadPolicyFile(f"{name}: the wave range {text} is empty")
    return first, last


def _fits(kind: Any, value: object) -> bool:
    if kind == tuple[str, ...]:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    options: Sequence[Any] = get_args(kind) or (kind,)
    if value == NONE:
        return NoneType in options
    if bool in options:
        return isinstance(value, bool)
    if int in options:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, str) and value != ""


def _as_term(value: object) -> Any:
    if value == NONE:
        return None
    return tuple(value) if isinstance(value, list) else value
