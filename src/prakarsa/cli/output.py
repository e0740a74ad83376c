"""How commands answer: tables and sentences for people, JSON with --json, refusals in words with exit code 1."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.words import refusal_words, say, show

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, one document on standard output.")]

_NARROWEST_COLUMN = 11
"""Below this many signs a column breaks words into pieces."""

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def reader_language() -> str:
    """The language of whoever sits at the terminal."""
    wanted = os.environ.get("PRAKARSA_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "id" if wanted.lower().startswith("id") else "en"


def words(text: str, **facts: object) -> str:
    """A marked sentence in the language of whoever sits at the terminal."""
    return say(text, reader_language(), **facts)


def picked(value: object, *names: str) -> dict[str, Any]:
    """Some facts of one of our values, by their own names."""
    return {name: getattr(value, name) for name in names}


def refusal_record(refusal: Refusal) -> dict[str, Any]:
    """A refusal as JSON shows it."""
    told = refusal_words(refusal, reader_language())
    facts = {"refused": True, "code": refusal.code, "facts": refusal.facts()}
    return facts | {"title": told.title, "next_step": told.next_step, "clock": refusal.clock.value}


def as_json(value: Any) -> str:
    """Any value of ours as JSON text; moments in ISO 8601."""
    return msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode()


def show_record(record: Mapping[str, Any], *, json: bool, title: str = "") -> None:
    """One thing: its facts under each other."""
    if json:
        print(as_json(_jsonable(record)))  # noqa: T201  the answer itself, without the console's line breaks
        return
    _show_title(title)
    table = Table(show_header=False, box=None)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in record.items():
        table.add_row(Text(name), _cell(name, value))
    console.print(table)


def show_rows(rows: Sequence[Mapping[str, Any]], *, json: bool, title: str = "", empty: str = "") -> None:
    """Many things of one kind: a table."""
    if json:
        print(as_json([_jsonable(row) for row in rows]))  # noqa: T201  the answer itself, without the console's line breaks
        return
    _show_title(title)
    if not rows:
        console.print(empty or words(msg("Nothing.")), markup=False)
        return
    if len(rows[0]) * _NARROWEST_COLUMN > console.width:
        _show_one_by_one(rows)
        return
    table = Table(header_style="bold")
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(name, value) for name, value in row.items()))
    console.print(table)


def show_refusal(refusal: Refusal, *, json: bool) -> None:
    """What was refused, why, what to do next, and what it does to a deadline."""
    if json:
        print(as_json(refusal_record(refusal)))  # noqa: T201  the answer itself, without the console's line breaks
        return
    told, refused = refusal_words(refusal, reader_language()), words(msg("Refused"))
    errors.print(_safe(f"{refused}: {told.title}"), markup=False, style="bold red")
    errors.print(_safe(f"  {told.next_step}"), markup=False)
    errors.print(_safe(f"  {told.clock}  ({refusal.code})"), markup=False, style="dim")


def progress() -> Progress:
    """A progress bar for long work; silent where nobody watches."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not sys.stderr.isatty(),
    )


@contextmanager
def bar(description: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar; what it yields is told how many more are done."""
    with progress() as shown:
        task = shown.add_task(description, total=total)
        yield lambda done: shown.advance(task, done)


def lines(texts: Iterable[str]) -> None:
    """Plain lines, none broken in two: some are read by programs."""
    for text in texts:
        console.print(_safe(text), markup=False, soft_wrap=True)


def _show_title(title: str) -> None:
    if title:
        console.print(title, style="bold", markup=False)


def _jsonable(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: refusal_record(value) if isinstance(value, Refusal) else value for name, value in record.items()}


def _show_one_by_one(rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows that a narrow terminal could only show letter under letter: each as a block, without what is empty."""
    for row in rows:
        first, *others = row.items()
        console.print(Text.assemble((str(_cell(*first)), "bold")))
        table = Table(show_header=False, box=None, padding=(0, 1, 0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in others:
            if value not in (None, "", [], {}):
                table.add_row(Text(name), _cell(name, value))
        console.print(table)


def _cell(name: str, value: Any) -> Text:
    if isinstance(value, Refusal):
        return Text(_safe(refusal_words(value, reader_language()).title))
    if isinstance(value, dict | list | tuple):
        return Text(_safe(msgspec.json.encode(value, enc_hook=str).decode()) if value else "")
    return Text(_safe(show(name, value, reader_language())))


def _safe(text: str) -> str:
    """Text of strangers without signs that would steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)
