"""Reading sheets of courses and schedules: CSV in UTF-8, comma delimited, first line the column names. Pure.

Memory stays flat: a line at a time, however long the file. A row that cannot be read is handed on with its refusal,
so the rows around it are kept; only a file that cannot be this sheet at all is refused as a whole.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, TypeVar

from prakarsa.catalogue.model import (
    POST_TEST,
    CourseMode,
    NewCourse,
    NewSchedule,
    RowOutcome,
    RowReport,
    Schedule,
    Settled,
)
from prakarsa.catalogue.sheet_refusals import (
    RowCells,
    RowUnreadable,
    SheetColumns,
    SheetDelimiter,
    SheetEmpty,
    SheetNotUtf8,
)
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField

Source = str | bytes | BinaryIO
New = TypeVar("New")
LONGEST_LINE_BYTES = 65_536
_TOO_LONG = "\x00"
_OTHER_DELIMITERS = {";": msg("semicolons"), "\t": msg("tabs"), "|": msg("vertical bars")}
_YES = frozenset({"yes", "ya", "true", "1"})
_NO = frozenset({"no", "tidak", "false", "0", ""})
_MEETING_COLUMNS = {f"meeting_{sequence}": sequence for sequence in range(1, 11)} | {"post_test": POST_TEST}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a sheet must have and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


COURSES = Columns(
    required=("course_code", "institution", "title", "field", "mode", "hours", "meetings", "price_idr"),
    optional=(
        "description",
        "min_age_years",
        "max_age_years",
        "min_education",
        "has_live_session",
        "free_elsewhere",
        "outside_price_idr",
        "is_bundle",
        "tracks_completion",
        "has_curriculum",
        "has_evaluation",
        "has_presence_log",
        "expert_assessed",
    ),
)
"""A sheet of courses: `institution` is a client code, `mode` one of self_paced, webinar, in_person; prices in whole
rupiah without separators; conditions are yes or no (ya, tidak, true, false, 1, 0), empty means no."""

SCHEDULES = Columns(
    required=("course_code", "starts_at", "ends_at", "seats"),
    optional=("schedule_code", *_MEETING_COLUMNS, "province_code", "place"),
)
"""A sheet of schedules: moments in ISO 8601 (`2020-09-01 09:00`), Jakarta time unless an offset is written; without a
schedule_code the class is known by its course and times; meeting_1 … meeting_10 and post_test begin the meetings;
a class in person may say its province_code (two digits) and place."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line it begins on, its cells by column, and why it cannot be read, if it cannot."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None


def read(source: Source, columns: Columns) -> Iterator[SheetRow]:
    """The rows of a sheet, one after another; empty rows are passed over.

    Raises SheetNotUtf8, SheetEmpty, SheetDelimiter, SheetColumns before the first row.
    """
    if isinstance(source, str):
        source = source.encode(errors="surrogatepass")
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    rows = _rows(_lines(file))
    header = next(rows, None)
    if header is None:
        raise SheetEmpty
    names = _names(header, columns)
    return (_row(line, cells, names) for line, cells in rows)


def course_of(cells: Mapping[str, str]) -> NewCourse:
    """The course a row describes. Raises BadField."""
    return NewCourse(
        course_code=cells["course_code"],
        institution_code=cells["institution"],
        title=cells["title"],
        field=cells["field"],
        mode=_mode(cells["mode"]),
        hours=_whole(cells, "hours"),
        meetings=_whole(cells, "meetings"),
        price_idr=_whole(cells, "price_idr"),
        description=cells.get("description", ""),
        min_age_years=_whole_or_none(cells, "min_age_years"),
        max_age_years=_whole_or_none(cells, "max_age_years"),
        min_education=cells.get("min_education") or None,
        has_live_session=_yes(cells, "has_live_session"),
        free_elsewhere=_yes(cells, "free_elsewhere"),
        outside_price_idr=_whole_or_none(cells, "outside_price_idr"),
        is_bundle=_yes(cells, "is_bundle"),
        tracks_completion=_yes(cells, "tracks_completion"),
        has_curriculum=_yes(cells, "has_curriculum"),
        has_evaluation=_yes(cells, "has_evaluation"),
        has_presence_log=_yes(cells, "has_presence_log"),
        expert_assessed=_yes(cells, "expert_assessed"),
    )


def schedule_of(cells: Mapping[str, str]) -> NewSchedule:
    """The class a row describes. Raises BadField."""
    return NewSchedule(
        schedule_code=cells.get("schedule_code") or None,
        course_code=cells["course_code"],
        starts_at=_moment(cells, "starts_at"),
        ends_at=_moment(cells, "ends_at"),
        seats=_whole(cells, "seats"),
        meetings={
            sequence: _moment(cells, column) for column, sequence in _MEETING_COLUMNS.items() if cells.get(column)
        },
        province_code=cells.get("province_code") or None,
        place=cells.get("place") or None,
    )


def chunks(rows: Iterator[SheetRow], size: int = 1_000) -> Iterator[list[SheetRow]]:
    """The rows in lists of at most `size`, to be written one transaction at a time."""
    while chunk := list(islice(rows, size)):
        yield chunk


def attempt(row: SheetRow, parse: Callable[[Mapping[str, str]], New]) -> New | Refusal:
    """What a row describes, or why it describes nothing."""
    if row.refusal:
        return row.refusal
    try:
        return parse(row.cells)
    except Refusal as refusal:
        return refusal


def reports(rows: Sequence[SheetRow], drafts: Sequence[object], settled: Sequence[Settled[Any]]) -> list[RowReport]:
    """A report for each row: its own refusal, or how its draft was settled; `settled` follows the readable drafts."""
    remaining = iter(settled)
    found: list[RowReport] = []
    for row, draft in zip(rows, drafts, strict=True):
        end = Settled(draft, RowOutcome.REFUSED) if isinstance(draft, Refusal) else next(remaining)
        refusal = end.result if isinstance(end.result, Refusal) else None
        schedule = end.result.schedule_code if isinstance(end.result, Schedule) else row.cells.get("schedule_code")
        code = _shown(row.cells.get("course_code", ""))
        found.append(RowReport(row.line, code, end.outcome, refusal, _shown(schedule) if schedule else None))
    return found


def _shown(text: str) -> str:
    """A code as written in the sheet, fit for a page whatever it holds."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:64])


def _lines(file: BinaryIO) -> Iterator[str]:
    """Lines as text. Bytes that are not UTF-8 become lone surrogates, which the row's check then finds."""
    first = True
    while raw := file.readline(LONGEST_LINE_BYTES):
        if first and (raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in raw):
            raise SheetNotUtf8
        text = raw.removeprefix(b"\xef\xbb\xbf" if first else b"").decode(errors="surrogateescape")
        first = False
        if len(raw) == LONGEST_LINE_BYTES and not raw.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            text = _TOO_LONG
        yield text


def _rows(lines: Iterator[str]) -> Iterator[tuple[int, list[str] | Refusal]]:
    """Rows that hold anything, each with the line it begins on; a malformed one as its refusal."""
    reader = csv.reader(lines, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield line, RowUnreadable(msg("a quotation mark is not closed or stands in the wrong place"))
            continue
        if cells == [_TOO_LONG]:
            yield line, RowUnreadable(msg("the line is longer than 64 KiB"))
        elif any(cells):
            yield line, cells


def _names(header: tuple[int, list[str] | Refusal], columns: Columns) -> list[str]:
    _, cells = header
    if isinstance(cells, Refusal):
        raise cells
    if any(not _is_text(cell) for cell in cells):
        raise SheetNotUtf8
    for sign, words in _OTHER_DELIMITERS.items():
        if len(cells) == 1 and sign in cells[0]:
            raise SheetDelimiter(words)
    names = [cell.lower() for cell in cells]
    missing = [name for name in columns.required if name not in names]
    unknown = sorted(set(names) - set(columns.required) - set(columns.optional))
    twice = sorted({name for name in names if names.count(name) > 1})
    if missing or unknown or twice:
        raise SheetColumns(*(", ".join(group)[:200] or "–" for group in (missing, unknown, twice)))
    return names


def _row(line: int, cells: list[str] | Refusal, names: list[str]) -> SheetRow:
    if isinstance(cells, Refusal):
        return SheetRow(line, refusal=cells)
    if len(cells) != len(names):
        return SheetRow(line, refusal=RowCells(len(names), len(cells)))
    row = dict(zip(names, cells, strict=True))
    for name, cell in row.items():
        if not _is_text(cell):
            return SheetRow(line, refusal=BadField(name, msg("it is not text in UTF-8")))
    return SheetRow(line, row)


def _is_text(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in cell


def _mode(text: str) -> CourseMode:
    try:
        return CourseMode(text)
    except ValueError as error:
        raise BadField("mode", msg("use self_paced, webinar or in_person")) from error


def _whole(cells: Mapping[str, str], name: str) -> int:
    text = cells[name]
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise BadField(name, msg("use a whole number without separators"))
    return int(text)


def _whole_or_none(cells: Mapping[str, str], name: str) -> int | None:
    return _whole(cells, name) if cells.get(name) else None


def _yes(cells: Mapping[str, str], name: str) -> bool:
    text = cells.get(name, "").lower()
    if text not in _YES | _NO:
        raise BadField(name, msg("use yes or no"))
    return text in _YES


def _moment(cells: Mapping[str, str], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cells[name])
    except ValueError as error:
        raise BadField(name, msg("use a date and time like 2020-09-01 09:00")) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)
