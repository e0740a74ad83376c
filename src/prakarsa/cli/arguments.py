"""Arguments that several commands read: moments, days, numbers of waves, files. What cannot be one is wrong use."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusals import NothingHere

LONGEST_ARGUMENT = 10_000
"""Characters. Nothing typed at a terminal is longer; whatever is, would only meet a limit further in."""

_AHEAD = re.compile(r"\+([0-9]{1,4})([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class When:
    """A moment as typed: fixed, or a length of time from now."""

    moment: datetime | None = None
    ahead: timedelta = timedelta()

    def at(self, now: datetime) -> datetime:
        """The moment meant, in UTC."""
        return self.moment if self.moment is not None else now + self.ahead


def read_when(text: str) -> When:
    """`2020-08-15`, `2020-08-15T09:00`, `2020-08-15T09:00+08:00` (Jakarta unless written), `+3d`, `+12h`, `+90m`."""
    if found := _AHEAD.fullmatch(text):
        return When(ahead=int(found[1]) * _UNITS[found[2]])
    wrong = typer.BadParameter("write a moment as 2020-08-15, 2020-08-15T09:00 or +3d")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise wrong from error
    if moment.year not in _YEARS:
        raise wrong
    return When((moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)).astimezone(UTC))


def read_day(text: str) -> date:
    """`2020-08-15`."""
    wrong = typer.BadParameter("write a day as 2020-08-15")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise wrong from error
    if day.year not in _YEARS:
        raise wrong
    return day


def check_arguments(arguments: list[str]) -> str:
    """Why a command line cannot be read at all; empty when it can."""
    for argument in arguments:
        if len(argument) > LONGEST_ARGUMENT:
            return f"an argument is longer than {LONGEST_ARGUMENT} characters"
        if any("\ud800" <= sign <= "\udfff" for sign in argument):  # how Python hands on bytes that are no text
            return "an argument is not text in UTF-8"
    return ""


def plain_file(path: Path) -> Path:
    """A file with an end: neither a folder nor a device that never stops."""
    if not path.is_file():
        raise typer.BadParameter(f"{path} is not a file")
    return path


@contextmanager
def opened_file(path: Path) -> Iterator[BinaryIO]:
    """A file to read from. Raises NothingHere for one that cannot be opened."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise NothingHere(str(path)) from error
    with file:
        yield file


def moment_option(help_text: str) -> Any:
    """An option that takes a moment."""
    return typer.Option(parser=read_when, metavar="MOMENT", help=f"{help_text} 2020-08-15T09:00 or +3d.")


WaveNumber = Annotated[int, typer.Argument(metavar="WAVE", min=1, max=9_999, help="Number of the wave.")]
PersonName = Annotated[str, typer.Argument(metavar="PERSON", help="Public id of the person.")]
ClientCode = Annotated[str, typer.Argument(metavar="CODE", help="Client code of the partner.")]
CourseCode = Annotated[str, typer.Argument(metavar="COURSE", help="Code of the course.")]
InputFile = Annotated[
    Path, typer.Argument(metavar="FILE", callback=plain_file, readable=True, help="The file to read.")
]
