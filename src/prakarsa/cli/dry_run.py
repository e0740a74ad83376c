"""Trying a change of policy out on the whole catalogue before anybody lives by it."""

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TextIO

import msgspec
import typer

from prakarsa.cli.opening import opened, operator
from prakarsa.cli.output import Json, bar, lines, reader_language, show_record, show_rows, words
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import NothingHere
from prakarsa.partner import actions as partners
from prakarsa.programme import actions as programme
from prakarsa.programme.comparing import CHANGE_CODE
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal import report
from prakarsa.rehearsal.model import THING_WORDS, Finding, RuleChange, Summary
from prakarsa.rehearsal.picture import part_name, picture

Records = Sequence[dict[str, Any]]
Sink = Callable[[Records], None]


def dry_run(
    change: Annotated[str, typer.Argument(metavar="FILE|NAME|CODE", help="A change file, or a proposed change.")],
    wave: Annotated[int | None, typer.Option(min=1, max=9_999, help="Judge the catalogue for this wave.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write a row for each thing and condition.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json-file", help="The same as a JSON document.")] = None,
    picture_file: Annotated[Path | None, typer.Option("--picture", help="Draw what remains, as SVG.")] = None,
    keep: Annotated[bool, typer.Option(help="Keep it, so that gap lists can be made from it.")] = False,
    json: Json = False,
) -> None:
    """Say what a change would do: who misses what, on which evidence, whom it touches, what remains.

    Changes nothing.
    """
    asked = change if CHANGE_CODE.fullmatch(change) else programme.change_text(change)
    with opened() as runtime, ExitStack() as files:
        now = runtime.clock.now()
        sinks = [files.enter_context(_csv(csv_file))] if csv_file else []
        sinks += [files.enter_context(_json(json_file))] if json_file else []
        each = _all(sinks) if sinks else rehearsal.nobody
        with bar(words(msg("Judging the catalogue"))) as tell, runtime.database.snapshot(operator()) as tx:
            found, summary = rehearsal.dry_run(tx, asked, wave=wave, now=now, each=each, tell=tell)
            names = {partner.client_code: partner.name for partner in partners.partners(tx)}
        run_code = None
        if keep:
            with runtime.database.transaction(operator()) as tx:
                run_code = rehearsal.keep(tx, found, summary, by=operator(), now=now).run_code
        if picture_file:
            _written(picture_file, picture(summary, found.title, reader_language(), names))
    if json:
        record = {"run_code": run_code, "change": report.change_record(found), "summary": asdict(summary)}
        show_record(record, json=True)
        return
    _show(found, summary, run_code, names)


def _all(sinks: Sequence[Sink]) -> Callable[[Sequence[Finding]], None]:
    """Word every finding once, for all outputs."""
    language = reader_language()

    def each(findings: Sequence[Finding]) -> None:
        records = [report.record(finding, language) for finding in findings]
        for sink in sinks:
            sink(records)

    return each


def _show(change: RuleChange, summary: Summary, run_code: str | None, names: dict[str, str]) -> None:
    kept = {"run_code": run_code} if run_code else {}
    head = report.change_record(change) | {
        "on_sale_before": summary.on_sale_before,
        "on_sale_after": summary.on_sale_after,
        "leaving": summary.leaving,
        "joining": summary.joining,
    }
    show_record(kept | head, json=False, title=words(msg("What the change would do; nothing is changed.")))
    missed = [
        {
            "thing": words(THING_WORDS[each.thing]),
            "condition": words(each.condition),
            "missed": each.missed,
            "newly": each.newly,
        }
        for each in summary.conditions
        if each.missed
    ]
    show_rows(missed, json=False, title=words(msg("Conditions that are missed")), empty=words(msg("None.")))
    shares = [
        {
            "by": each.dimension.value,
            "part": part_name(each, reader_language(), names),
            "courses": f"{each.courses_kept} / {each.courses_before}",
            "seats": f"{each.seats_kept} / {each.seats_before}",
            "coming": each.courses_after - each.courses_kept,
        }
        for each in summary.shares
    ]
    show_rows(shares, json=False, title=words(msg("What remains on sale")), empty=words(msg("Nothing is on sale.")))
    show_record(asdict(summary.touched), json=False, title=words(msg("Whom it touches")))
    if not run_code:
        lines([words(msg("Keep it with --keep to make gap lists from it."))])


@contextmanager
def _csv(path: Path) -> Iterator[Sink]:
    """A sheet that is there as a whole or not at all."""
    with _draft(path) as file:
        writer = csv.writer(file)
        writer.writerow(report.COLUMNS)
        language = reader_language()
        yield lambda records: writer.writerows(report.row(each, language) for each in records)


@contextmanager
def _json(path: Path) -> Iterator[Sink]:
    """A JSON list with one line for each finding."""
    with _draft(path) as file:
        first = True

        def write(records: Records) -> None:
            nonlocal first
            for record in records:
                text = msgspec.json.encode(record, enc_hook=str).decode()
                file.write(("[\n" if first else ",\n") + text)
                first = False

        yield write
        file.write("[]\n" if first else "\n]\n")


@contextmanager
def _draft(path: Path) -> Iterator[TextIO]:
    """A file written beside its place and moved there when it is whole. Raises NothingHere where none can be."""
    draft = path.with_name(path.name + ".part")
    try:
        file: io.TextIOWrapper = draft.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise NothingHere(str(path)) from error
    try:
        with file:
            yield file
        os.replace(draft, path)  # noqa: PTH105  one atomic step, so a reader never sees half a sheet
    finally:
        draft.unlink(missing_ok=True)


def _written(path: Path, text: str) -> None:
    with _draft(path) as file:
        file.write(text)
