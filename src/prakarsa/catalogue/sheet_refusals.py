"""Every way a sheet, or a row of it, is refused before it is understood."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class SheetNotUtf8(Refusal):
    """The file is in another encoding."""

    code = "catalogue.sheet_not_utf8"
    kind = Kind.INVALID
    title = msg("The file is not text in UTF-8")
    next_step = msg("Save it as “CSV UTF-8 (comma delimited)” and send it again.")


@dataclass(eq=False)
class SheetEmpty(Refusal):
    """There is not even a line of column names."""

    code = "catalogue.sheet_empty"
    kind = Kind.INVALID
    title = msg("The file is empty")
    next_step = msg("The first line must hold the column names, each further line one row.")


@dataclass(eq=False)
class SheetDelimiter(Refusal):
    """Columns are separated by something else than commas."""

    found: str

    code = "catalogue.sheet_delimiter"
    kind = Kind.INVALID
    title = msg("The columns are separated by {found}, not by commas")
    next_step = msg("Save it as “CSV UTF-8 (comma delimited)” and send it again.")


@dataclass(eq=False)
class SheetColumns(Refusal):
    """Columns are missing, unknown or named twice."""

    missing: str
    unknown: str
    twice: str

    code = "catalogue.sheet_columns"
    kind = Kind.INVALID
    title = msg("The columns do not fit. Missing: {missing}. Unknown: {unknown}. Twice: {twice}")
    next_step = msg("Correct the first line; the documentation lists every column.")


@dataclass(eq=False)
class RowUnreadable(Refusal):
    """One row of the sheet is not well-formed CSV."""

    problem: str

    code = "catalogue.row_unreadable"
    kind = Kind.INVALID
    title = msg("The row cannot be read: {problem}")
    next_step = msg("Look for a quotation mark that is not closed, then import the file again.")


@dataclass(eq=False)
class RowCells(Refusal):
    """One row has more or fewer cells than there are columns."""

    expected: int
    found: int

    code = "catalogue.row_cells"
    kind = Kind.INVALID
    title = msg("The row has {found} cells, but there are {expected} columns")
    next_step = msg("Put quotation marks around texts that hold a comma, then import the file again.")
