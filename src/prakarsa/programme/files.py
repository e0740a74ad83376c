"""Reading policy files: founding schemes, which are complete, and changes, which say only what is different. Pure.

Every problem names its line and its parameter, and the first one in the file is the one reported.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, TypeGuard

from prakarsa.kernel.refusal import msg
from prakarsa.programme import policy_refusals as no
from prakarsa.programme import ranges, units
from prakarsa.programme.model import ChangeFile, Parameter, SchemeFile

MOST_BYTES = 2**18
"""A policy file is read whole; those that ship take a tenth of this."""
MOST_LINES = 3_000
"""Every value is looked up again by its line; those that ship have some hundreds."""
MOST_VALUES = 40
"""Values of one parameter in one file; the fullest that ships has three."""
LONGEST = 1_000
"""Characters of one text."""
SHOWN = 80
"""How much of something wrong a refusal repeats."""
_HEAD = frozenset({"scheme", "title", "change", "retroactive_leave", "instruments"})
_BLOCK = frozenset({"instrument", "article", "basis", "source", "values"})
_ROW = frozenset({"value", "from", "to", "waves", "instrument", "article", "basis"})
_CODE = re.compile(r"[a-z0-9-]{1,40}")
_WAVES = re.compile(r"([0-9]{1,4})-([0-9]{1,4})?|([0-9]{1,4})")
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal text that values rest on, or the practice that stands in for one: that has no articles."""

    title: str
    version: str
    articles: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file something stands, so that a problem can be found again."""

    line: int
    name: str

    def wrong(self, problem: str) -> no.PolicyEntryWrong:
        return no.PolicyEntryWrong(self.line, self.name, problem)


def read_scheme(text: str) -> SchemeFile:
    """A founding scheme: every parameter, and for every wave and day of its span exactly one value.

    Raises BadPolicyFile, PolicyEntryWrong, PolicyNameUnknown, PolicyNameMissing, PolicyWrongUnit, PolicyWordUnknown,
    PolicyOverlap, PolicyUncovered, PolicyWavesEmpty, PolicyInstrumentUnknown.
    """
    document = _parsed(text)
    scheme, title = _code(document), _head_text(document, "title")
    if "change" in document:
        raise no.BadPolicyFile(msg("it is a change; propose it with prakarsa policy propose"))
    parameters = _parameters(document, text)
    named = {parameter.name for parameter in parameters}
    if missing := [name for name in units.TYPES if name not in named]:
        raise no.PolicyNameMissing(missing[0])
    _check_covered(parameters, text)
    return SchemeFile(scheme, title, parameters)


def read_change(text: str) -> ChangeFile:
    """A change of a scheme: at least one value, and no two of them for one wave and day.

    Raises what `read_scheme` raises, but for parameters left out.
    """
    document = _parsed(text)
    scheme, title = _code(document), _head_text(document, "change")
    leave = _head_text(document, "retroactive_leave") if "retroactive_leave" in document else None
    if "title" in document:
        raise no.BadPolicyFile(msg("it is a founding scheme; a change names itself with change = and has no title"))
    parameters = _parameters(document, text)
    if not parameters:
        raise no.BadPolicyFile(msg("it holds no value"))
    return ChangeFile(scheme, title, leave, parameters)


def _parsed(text: str) -> dict[str, Any]:
    if len(text.encode(errors="replace")) > MOST_BYTES or len(text.splitlines()) > MOST_LINES:
        raise no.BadPolicyFile(msg("it is larger than any policy needs to be"))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # what is no TOML, nests without end, or writes endless numbers
        raise no.BadPolicyFile(str(error)) from error


def _code(document: dict[str, Any]) -> str:
    scheme = document.get("scheme")
    if not isinstance(scheme, str) or not _CODE.fullmatch(scheme):
        raise no.BadPolicyFile(msg("it needs a scheme: lower-case letters, digits and dashes"))
    return scheme


def _head_text(document: dict[str, Any], name: str) -> str:
    text = document.get(name)
    if not _is_text(text):
        words = {"title": msg("it needs a title"), "change": msg("it needs a change: what it is called")}
        raise no.BadPolicyFile(words.get(name, msg("retroactive_leave names who allows it, and by which act")))
    return text


def _parameters(document: dict[str, Any], text: str) -> tuple[Parameter, ...]:
    instruments = dict(_instruments(document.get("instruments"), text))
    rows: list[Parameter] = []
    for name, block in document.items():
        if name not in _HEAD:
            rows += _block(name, block, instruments, text)
    return tuple(rows)


def _instruments(table: object, text: str) -> Iterator[tuple[str, Instrument]]:
    place = _Place(_line_of(text, "instruments"), "instruments")
    if not isinstance(table, dict):
        raise place.wrong(msg("this table says on which legal texts the values rest"))
    for key, entry in table.items():
        if not isinstance(entry, dict) or set(entry) - {"title", "version", "articles"}:
            raise place.wrong(msg("each has a title, a version, and articles = false where there are none"))
        title, version, articles = entry.get("title"), entry.get("version"), entry.get("articles", True)
        if not (_is_text(title) and _is_text(version) and isinstance(articles, bool)):
            raise place.wrong(msg("each has a title, a version, and articles = false where there are none"))
        yield key, Instrument(title, version, articles)


def _block(name: str, block: object, instruments: dict[str, Instrument], text: str) -> list[Parameter]:
    place = _Place(_line_of(text, name), name)
    if name not in units.TYPES:
        raise no.PolicyNameUnknown(place.line, name[:SHOWN], units.nearest(name))
    if not isinstance(block, dict) or not isinstance(block.get("values"), list):
        raise place.wrong(msg("it needs an instrument, an article, a source and a list of values"))
    if set(block) - _BLOCK:
        raise place.wrong(msg("beside instrument, article, basis, source and values it has nothing"))
    if len(block["values"]) > MOST_VALUES:
        raise place.wrong(msg("it has more values than anybody can read"))
    lines = [_line_of(text, name, number) for number in range(len(block["values"]))]
    rows = [_row(_Place(line, name), block, row, instruments) for line, row in zip(lines, block["values"], strict=True)]
    if found := ranges.overlap(rows):
        number, at = found
        raise no.PolicyOverlap(lines[number], name, at.wave_number, at.on)
    return rows


def _row(place: _Place, block: dict[str, Any], row: object, instruments: dict[str, Instrument]) -> Parameter:
    if not isinstance(row, dict) or set(row) - _ROW or "value" not in row:
        raise place.wrong(msg("a value has value, from, and if needed to, waves, instrument, article, basis"))
    begins, ends = row.get("from"), row.get("to")
    if type(begins) is not date or type(ends) not in {date, NoneType} or begins.year not in _YEARS:
        raise place.wrong(msg("from and to are days such as 2020-08-07"))
    if ends is not None and (ends <= begins or ends.year not in _YEARS):
        raise place.wrong(msg("it ends before it begins"))
    _check_unit(place, row["value"])
    first, last = _read_waves(place, row.get("waves", "1-"))
    instrument, article, sentence = _basis(place, block, row, instruments)
    if not _is_text(block.get("source")):
        raise place.wrong(msg("it needs a source"))
    value = row["value"]
    return Parameter(
        place.name,
        value,
        first,
        last,
        begins,
        ends,
        sentence,
        block["source"],
        instrument.title,
        article,
        instrument.version,
    )


def _check_unit(place: _Place, value: object) -> None:
    unit = units.unit_of(place.name)
    if not unit.holds(value):
        raise no.PolicyWrongUnit(place.line, place.name, _shown(value), unit.wanted)
    if isinstance(value, list) and len(value) > LONGEST:
        raise place.wrong(msg("it has more values than anybody can read"))
    if word := units.unknown_word(place.name, value):
        raise no.PolicyWordUnknown(place.line, place.name, word[:SHOWN], ", ".join(units.WORDS[place.name]))


def _basis(
    place: _Place, block: dict[str, Any], row: dict[str, Any], instruments: dict[str, Instrument]
) -> tuple[Instrument, str, str]:
    """The legal text, the article in it, and the sentence people read.

    A row with an instrument of its own inherits neither the article nor the sentence of its block.
    """
    own = row if "instrument" in row else {**block, **row}
    key = own.get("instrument")
    if not isinstance(key, str) or key not in instruments:
        raise no.PolicyInstrumentUnknown(place.line, place.name, str(key or "–")[:SHOWN])
    instrument, article = instruments[key], own.get("article", "")
    if instrument.articles and not _is_text(article):
        raise place.wrong(msg("its legal basis needs an article"))
    if not instrument.articles and article:
        raise place.wrong(msg("its instrument has no articles"))
    sentence = own.get("basis", f"{instrument.title} {article}".strip())
    if not _is_text(sentence):
        raise place.wrong(msg("its legal basis is empty"))
    return instrument, article, sentence


def _read_waves(place: _Place, text: object) -> tuple[int, int | None]:
    found = _WAVES.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise place.wrong(msg('waves are written "4", "4-11" or "4-"'))
    first = int(found[3] or found[1])
    last = first if found[3] else int(found[2]) if found[2] else None
    if first < 1 or (last is not None and last < first):
        raise no.PolicyWavesEmpty(place.line, place.name, str(text))
    return first, last


def _check_covered(rows: tuple[Parameter, ...], text: str) -> None:
    span = ranges.span_of(rows)
    for name in units.TYPES:
        if hole := ranges.uncovered([row for row in rows if row.name == name], span):
            raise no.PolicyUncovered(_line_of(text, name), name, hole.wave_number, hole.on)


def _shown(value: object) -> str:
    try:
        return str(value)[:SHOWN]
    except ValueError:  # Python does not write out numbers of thousands of digits
        return "…"


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.strip() != "" and len(value) <= LONGEST and value.isprintable()


def _line_of(text: str, name: str, number: int | None = None) -> int:
    """The line on which a block begins, or its value with that number (from 0); 1 where neither can be told.

    TOML allows more ways to write than this finds; then the line of the block is near enough.
    """
    head = re.compile(rf"\s*\[{{1,2}}\s*[\"']?{re.escape(name)}[\"']?\s*[.\]]")
    lines = text.splitlines()
    begins = next((at for at, line in enumerate(lines, 1) if head.match(line)), 1)
    if number is None or begins == 1:
        return begins
    values = (at for at, line in enumerate(lines[begins:], begins + 1) if line.lstrip().startswith("{"))
    block_ends = next(
        (at for at, line in enumerate(lines[begins:], begins + 1) if line.startswith("[")), len(lines) + 1
    )
    return next((at for place, at in enumerate(values) if place == number and at < block_ends), begins)
