"""Waves and days as areas: where rows leave a hole, and what a row lies on. Pure.

Rows are rectangles of waves by days. Cut along every edge, the plane falls into fields in which nothing changes, so
looking at one corner of each field is looking everywhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prakarsa.programme.model import Effect, Parameter


@dataclass(frozen=True, slots=True)
class Span:
    """A range of waves and of days; no last wave and no end mean for ever."""

    first_wave: int
    last_wave: int | None
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Corner:
    """The first wave and day of a field."""

    wave_number: int
    on: date


def span_of(rows: Sequence[Parameter]) -> Span:
    """The smallest range that holds all rows."""
    last_waves = [row.last_wave for row in rows]
    ends = [row.effective_to for row in rows]
    return Span(
        min(row.first_wave for row in rows),
        None if None in last_waves else max(wave for wave in last_waves if wave is not None),
        min(row.effective_from for row in rows),
        None if None in ends else max(end for end in ends if end is not None),
    )


def uncovered(rows: Sequence[Parameter], within: Span) -> Corner | None:
    """The first wave and day of a range that no row covers; None when there is none."""
    fields = _corners(rows, within)
    return next((at for at in fields if not any(row.covers(at.wave_number, at.on) for row in rows)), None)


def meets(row: Parameter, span: Span) -> bool:
    """Whether a row speaks for some wave and day of a range."""
    return (
        (span.last_wave is None or row.first_wave <= span.last_wave)
        and (row.last_wave is None or span.first_wave <= row.last_wave)
        and (span.ends_on is None or row.effective_from < span.ends_on)
        and (row.effective_to is None or span.begins_on < row.effective_to)
    )


def overlap(rows: Sequence[Parameter]) -> tuple[int, Corner] | None:
    """The place of the first row that shares a wave and day with an earlier one, and the first they share."""
    for place, row in enumerate(rows):
        for other in rows[:place]:
            if row.overlaps(other):
                first = max(row.first_wave, other.first_wave)
                return place, Corner(first, max(row.effective_from, other.effective_from))
    return None


def effect(row: Parameter, below: Sequence[Parameter]) -> Effect:
    """What a row covers up: `below` are the rows of the same parameter that count, in order of precedence."""
    own = Span(row.first_wave, row.last_wave, row.effective_from, row.effective_to)
    before: list[object] = []
    for at in _corners(below, own):
        covering = [other.value for other in below if other.covers(at.wave_number, at.on)]
        if covering and covering[-1] not in before:
            before.append(covering[-1])
    return Effect(row, tuple(before))


def _corners(rows: Iterable[Parameter], within: Span) -> Iterator[Corner]:
    """The first wave and day of every field that the edges of the rows cut the range into."""
    waves, days = {within.first_wave}, {within.begins_on}
    for row in rows:
        waves |= {row.first_wave} | ({row.last_wave + 1} if row.last_wave is not None else set())
        days |= {row.effective_from} | ({row.effective_to} if row.effective_to is not None else set())
    for wave in sorted(waves):
        if wave < within.first_wave or (within.last_wave is not None and wave > within.last_wave):
            continue
        for day in sorted(days):
            if within.begins_on <= day and (within.ends_on is None or day < within.ends_on):
                yield Corner(wave, day)
