"""Which terms are in force, what a change does to them, and whether a wave plan is sound. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from prakarsa.programme import policy_refusals as no
from prakarsa.programme import ranges, units
from prakarsa.programme.model import ChangeFile, Difference, Effect, Parameter, SchemeFile, Terms, WavePlan
from prakarsa.programme.refusals import BadWavePlan, PolicyConflict, PolicyGap

_ALWAYS = datetime.min.replace(tzinfo=UTC)


def known(parameters: Iterable[Parameter], now: datetime) -> list[Parameter]:
    """The rows that counted at a moment, in order of precedence: founding rows, then changes as they were approved."""
    return sorted((row for row in parameters if row.known(now)), key=_precedence)


def terms_in_force(parameters: Iterable[Parameter], wave_number: int, on: date) -> Terms:
    """The value of every parameter for a wave on a day. Raises PolicyGap.

    The rows come in order of precedence, as `known` gives them: the last one that speaks is the one that counts.
    """
    return as_terms({row.name: row.value for row in parameters if row.covers(wave_number, on)}, wave_number, on)


def as_terms(values: Mapping[str, object], wave_number: int, on: date) -> Terms:
    """The values in force for a wave on a day as rules read them. Raises PolicyGap.

    What this release does not know is left aside: a newer one has loaded it.
    """
    for name in units.TYPES:
        if name not in values and name not in units.OPTIONAL:
            raise PolicyGap(name, wave_number, on)
    return Terms(**{name: units.as_term(value) for name, value in values.items() if name in units.TYPES})


def rows_in_force(parameters: Iterable[Parameter], wave_number: int, on: date) -> list[Parameter]:
    """The row behind every term, by name; the rows come in order of precedence."""
    speaking = {row.name: row for row in parameters if row.covers(wave_number, on)}
    return [speaking[name] for name in sorted(speaking)]


def effects(file: ChangeFile, counted: Sequence[Parameter]) -> list[Effect]:
    """Each row of a change beside what is in force where it speaks; `counted` in order of precedence."""
    return [ranges.effect(row, [other for other in counted if other.name == row.name]) for row in file.parameters]


def check_change(file: ChangeFile, counted: Sequence[Parameter], today: date) -> None:
    """A change may be approved today over the rows that count.

    New rules are not retroactive unless somebody with the power to do so gives leave (Perpres 76/2020, programme-rules
    3). Raises PolicyRetroactive, PolicyOutsideScheme, PolicyGap, PolicyChangesNothing.
    """
    span = ranges.span_of(counted)
    for row in file.parameters:
        if row.effective_from < today and file.retroactive_leave is None:
            raise no.PolicyRetroactive(row.name, row.effective_from, today)
        if not ranges.meets(row, span):
            raise no.PolicyOutsideScheme(row.name, row.effective_from, file.scheme)
    check_complete([*counted, *file.parameters], span, {row.name for row in file.parameters})
    if not any(effect.changes for effect in effects(file, counted)):
        raise no.PolicyChangesNothing(file.scheme)


def check_loaded(file: SchemeFile, loaded: Sequence[Parameter]) -> None:
    """A scheme that is loaded again says the same about every parameter it was loaded with. Raises PolicyConflict."""
    told = {_cell(row) for row in file.parameters}
    kept = {_cell(row) for row in loaded}
    names = {row.name for row in loaded}
    for row in (*file.parameters, *loaded):
        if row.name in names and _cell(row) not in (told & kept):
            raise PolicyConflict(row.name, row.effective_from)


def check_complete(rows: Sequence[Parameter], span: ranges.Span, names: Iterable[str]) -> None:
    """Every wave and day of the span has a value of these parameters. Raises PolicyGap."""
    for name in sorted(set(names) - units.OPTIONAL):
        if hole := ranges.uncovered([row for row in rows if row.name == name], span):
            raise PolicyGap(name, hole.wave_number, hole.on)


def differences(before: Sequence[Parameter], after: Sequence[Parameter]) -> list[Difference]:
    """Every parameter whose value is not the same on both sides, by name; each side holds a parameter once."""
    ours, theirs = {row.name: row for row in before}, {row.name: row for row in after}
    found = (Difference(name, ours.get(name), theirs.get(name)) for name in sorted({*ours, *theirs}))
    return [each for each in found if _value(each.before) != _value(each.after)]


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


def _precedence(row: Parameter) -> tuple[bool, datetime]:
    """Founding rows lie below every change, whenever they were loaded."""
    founding = row.change_code is None
    return (not founding, _ALWAYS if founding else row.known_from or _ALWAYS)


def _cell(row: Parameter) -> tuple[object, ...]:
    return (row.name, row.first_wave, row.last_wave, row.effective_from, row.effective_to, repr(row.value))


def _value(row: Parameter | None) -> object:
    return None if row is None else (row.value,)
