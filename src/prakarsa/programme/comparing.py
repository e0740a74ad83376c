"""Reading policy from several sides: at two moments, under a change that is not approved yet, through its history."""

import re
from datetime import date, datetime

from prakarsa.kernel.db import Tx
from prakarsa.programme import files, ranges, rules, store, units
from prakarsa.programme.changing import as_file, change, counted, jakarta_day
from prakarsa.programme.model import ChangeFile, Parameter, Terms
from prakarsa.programme.policy_refusals import ParameterUnknown
from prakarsa.programme.refusals import SchemeUnknown

CHANGE_CODE = re.compile(r"CHG-[0-9A-Z]{8}")


def change_file(tx: Tx, code_or_text: str) -> ChangeFile:
    """A change by its code, or as the text of a file nobody has proposed yet.

    Raises ChangeUnknown, and what `files.read_change` raises.
    """
    code = code_or_text.strip()
    if CHANGE_CODE.fullmatch(code):
        return as_file(change(tx, code))
    return files.read_change(code_or_text)


def proposed_terms(tx: Tx, code_or_text: str, wave_number: int, on: date) -> Terms:
    """The terms of a wave on a day as if a change were approved on top of all others that are.

    The wave need not exist yet. Raises what `change_file` raises, SchemeUnknown, PolicyGap.
    """
    return rules.terms_in_force(_as_if_approved(tx, change_file(tx, code_or_text)), wave_number, on)


def under_change(tx: Tx, code_or_text: str, wave_number: int, now: datetime) -> list[Parameter]:
    """The rows a wave would live by on the first day of a change, or today if that is later; by name.

    Raises what `change_file` raises, SchemeUnknown.
    """
    file = change_file(tx, code_or_text)
    on = max(jakarta_day(now), file.effective_from)
    return rules.rows_in_force(_as_if_approved(tx, file), wave_number, on)


def under_scheme(tx: Tx, scheme: str, wave_number: int, now: datetime) -> list[Parameter]:
    """What a scheme says to a wave today, or on its own first day if that is later; by name. Raises SchemeUnknown."""
    rows = counted(tx, scheme, now)
    on = max(jakarta_day(now), ranges.span_of(rows).begins_on)
    return rules.rows_in_force(rows, wave_number, on)


def history(tx: Tx, name: str) -> dict[str, list[Parameter]]:
    """Every value a parameter has ever had, by scheme, in the order in which they came to count.

    Raises ParameterUnknown.
    """
    if name not in units.TYPES:
        raise ParameterUnknown(name[: units.LONGEST_NAME], units.nearest(name))
    found = {each.scheme: store.parameters(tx, each.scheme) for each in store.schemes(tx)}
    return {scheme: [row for row in rows if row.name == name] for scheme, rows in found.items()}


def _as_if_approved(tx: Tx, file: ChangeFile) -> list[Parameter]:
    standing = [row for row in store.parameters(tx, file.scheme) if row.known_until is None]
    if not standing:
        raise SchemeUnknown(file.scheme)
    latest = max((row.known_from for row in standing if row.known_from is not None), default=None)
    ordered = rules.known(standing, latest) if latest is not None else standing
    return [*ordered, *file.parameters]
