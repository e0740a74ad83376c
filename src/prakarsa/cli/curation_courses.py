"""Courses in assessment: hand in, call assessors, take in their marks, decide."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from prakarsa.catalogue import actions as catalogue
from prakarsa.cli.arguments import CourseCode, InputFile, opened_file
from prakarsa.cli.curation_shared import deadline, of_round, whole_round
from prakarsa.cli.opening import one_transaction, operator
from prakarsa.cli.output import Json, lines, reader_language, show_record, show_rows, words
from prakarsa.curation import actions as curation
from prakarsa.curation.model import Dossier, Mark, Round
from prakarsa.curation.rules import percent_text
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField
from prakarsa.people.model import Role

group = typer.Typer(help="Courses in assessment.", no_args_is_help=True)
RoundCode = Annotated[str, typer.Argument(metavar="ROUND", help="Code of the assessment.")]
Assessor = Annotated[str, typer.Argument(metavar="ASSESSOR", help="Address or journal name of the assessor.")]
Pairs = Annotated[
    list[str] | None, typer.Option(metavar="ITEM=WORDS", help="One item in words; give it again for each.")
]


@group.command()
def submit(course: CourseCode, answer: Pairs = None, json: Json = False) -> None:
    """Hand a course in for assessment; after a rejection with an answer for every item."""
    with one_transaction() as (tx, runtime):
        found = curation.submit(tx, course, by=operator(), now=runtime.clock.now(), answers=read_pairs(answer))
    _show(found, json=json)


@group.command("list")
def list_rounds(
    everything: Annotated[bool, typer.Option("--all", help="Also those that are decided.")] = False,
    late: Annotated[bool, typer.Option("--overdue", help="Only those past their day.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """Assessments by the day they are due."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        found = curation.rounds(tx, open_only=not everything, overdue_at=now if late else None, limit=limit)
    show_rows([of_round(each) | deadline(each.due_at, now) for each in found], json=json)


@group.command()
def show(code: RoundCode, json: Json = False) -> None:
    """An assessment: its scores once all are in, what changed since the last one, what to mend, and the conditions."""
    with one_transaction() as (tx, runtime):
        seen = curation.dossier(tx, code, operator())
        checks = catalogue.conditions_of(tx, seen.round.course_code, now=runtime.clock.now())
    record = whole_round(seen.round) | {
        "indicators": f"{seen.indicators.name} {seen.indicators.version}",
        "assessors": [
            {"assessor": each.assessor, "handed_in": each.scored_at is not None, "percent": _percent(each.score_tenths)}
            for each in seen.assignments
        ],
        "changes": [{"field": each.field, "before": each.before, "after": each.after} for each in seen.changes],
        "answers": {each.item: each.answer for each in seen.answers},
        "to_mend": {each.item: each.words for each in seen.mends},
        "conditions_missed": [check.refusal.code for check in checks if check.refusal],
    }
    show_record(record, json=json)
    if not json:
        show_rows(_marks(seen), json=False, title=words(msg("Marks")), empty=words(msg("Not all marks are in.")))


@group.command()
def call(code: RoundCode, assessor: Assessor, json: Json = False) -> None:
    """Call an assessor: two at first, a third when the two differ."""
    with one_transaction() as (tx, runtime):
        _show(curation.call(tx, code, assessor, by=operator(), now=runtime.clock.now()), json=json)


@group.command()
def relieve(
    code: RoundCode,
    assessor: Assessor,
    because: Annotated[str, typer.Option(help="Why.")],
    json: Json = False,
) -> None:
    """Let an assessor go who has not handed in."""
    with one_transaction() as (tx, runtime):
        who = curation.working_as(tx, assessor, Role.ASSESSOR)
        found = curation.relieve(tx, code, who, because=because, by=operator(), now=runtime.clock.now())
    _show(found, json=json)


@group.command()
def sheet(code: RoundCode, json: Json = False) -> None:
    """An empty sheet of marks (CSV) for an assessor to fill in: indicator, points from 0 to 4, note."""
    english = reader_language() == "en"
    with one_transaction() as (tx, _):
        asked = curation.dossier(tx, code, operator()).indicators.indicators
    if json:
        show_rows(
            [{"indicator": each.code, "weight": each.weight, "question": each.question} for each in asked], json=True
        )
        return
    rows = [(each.code, (each.question_en if english else each.question).replace('"', "'")) for each in asked]
    lines(["indicator,points,note,question", *(f'{indicator},,,"{question}"' for indicator, question in rows)])


@group.command()
def score(code: RoundCode, assessor: Assessor, file: InputFile, json: Json = False) -> None:
    """Enter the marks that an assessor handed in on a sheet. They are final."""
    marks = _read_sheet(file)
    with one_transaction() as (tx, runtime):
        who = curation.working_as(tx, assessor, Role.ASSESSOR)
        _show(curation.score(tx, code, who, marks, now=runtime.clock.now()), json=json)


@group.command()
def approve(code: RoundCode, json: Json = False) -> None:
    """Approve the course on the result of its scores."""
    with one_transaction() as (tx, runtime):
        _show(curation.approve(tx, code, by=operator(), now=runtime.clock.now()), json=json)


@group.command()
def reject(
    code: RoundCode,
    reason: Annotated[str, typer.Option(help="Why; the institution reads it.")],
    mend: Pairs = None,
    json: Json = False,
) -> None:
    """Turn the course down; low marks and missed conditions are listed by themselves, --mend names more."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        found = curation.reject(tx, code, reason=reason, by=operator(), now=now, mends=read_pairs(mend))
        mends = {each.item: each.words for each in curation.dossier(tx, code, operator()).mends}
    show_record(whole_round(found) | {"to_mend": mends}, json=json)


def read_pairs(pairs: list[str] | None) -> dict[str, str]:
    """Items with their words, as typed."""
    found = [pair.partition("=") for pair in pairs or ()]
    if any(not separator for _, separator, _ in found):
        raise typer.BadParameter("write each item as ITEM=WORDS")
    return {item.strip(): said for item, _, said in found}


def _read_sheet(path: Path) -> dict[str, Mark]:
    with opened_file(path) as file:
        text = file.read(2**20)
    try:
        rows = list(csv.DictReader(text.decode("utf-8-sig").splitlines()))
        return {row["indicator"]: Mark(int(row["points"]), row.get("note") or "") for row in rows}
    except (UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise BadField("sheet", msg("it needs the columns indicator, points (a whole number) and note")) from error


def _marks(seen: Dossier) -> list[dict[str, object]]:
    return [
        {"indicator": each.code, "weight": each.weight}
        | {
            str(place): f"{sheet[each.code].points} {sheet[each.code].note}".strip()
            for place, sheet in enumerate(seen.marks.values(), start=1)
        }
        for each in seen.indicators.indicators
        if seen.marks
    ]


def _percent(tenths: int | None) -> str | None:
    return None if tenths is None else percent_text(tenths)


def _show(found: Round, *, json: bool) -> None:
    show_record(whole_round(found), json=json)
