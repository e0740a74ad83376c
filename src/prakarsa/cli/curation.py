"""Curation: courses by two scores, institutions step by step, classes by monitors; ties, indicators, what is late."""

from datetime import datetime
from typing import Annotated, Any

import typer

from prakarsa.cli import curation_courses, curation_institutions, curation_monitoring
from prakarsa.cli.arguments import ClientCode
from prakarsa.cli.curation_shared import deadline, of_application, of_review, of_round
from prakarsa.cli.opening import one_transaction, operator
from prakarsa.cli.output import Json, picked, reader_language, show_record, show_rows, words
from prakarsa.curation import actions as curation
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg

group = typer.Typer(help="Who may teach what: experts, steps, monitors, reasons.", no_args_is_help=True)
indicators = typer.Typer(help="What courses are scored by.", no_args_is_help=True)
ties = typer.Typer(help="Who belongs where, and so does not judge there.", no_args_is_help=True)
group.add_typer(curation_courses.group, name="course")
group.add_typer(curation_institutions.group, name="institution")
group.add_typer(curation_monitoring.monitor, name="monitor")
group.add_typer(curation_monitoring.review, name="review")
group.add_typer(indicators, name="indicators")
group.add_typer(ties, name="tie")
Who = Annotated[str, typer.Argument(metavar="WHO", help="As the journal names them, such as staff/7.")]


@group.command()
def queue(
    late: Annotated[bool, typer.Option("--overdue", help="Only what is past its day.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many of each kind at most.")] = 50,
    json: Json = False,
) -> None:
    """What waits for the programme office, by the day it is due."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        rows = _waiting(tx, now, now if late else None, limit)
    show_rows(rows, json=json, empty=words(msg("Nothing waits.")))


@indicators.command("load")
def load_indicators(
    name: Annotated[str, typer.Argument(help="Name of a set that ships with the product, or a file.")] = "course",
    json: Json = False,
) -> None:
    """Load a version of the indicators; the same again changes nothing."""
    with one_transaction() as (tx, runtime):
        found = curation.load_indicators(tx, name, by=operator(), now=runtime.clock.now())
    record = picked(found, "name", "version", "title", "source") | {"indicators": len(found.indicators)}
    show_record(record, json=json)


@indicators.command("show")
def show_indicators(json: Json = False) -> None:
    """The indicators that new assessments are scored by, with their weights."""
    english = reader_language() == "en"
    with one_transaction() as (tx, _):
        found = curation.indicators(tx)
    rows = [
        {
            "code": each.code,
            "weight": each.weight,
            "group": each.group_en if english else each.group,
            "question": each.question_en if english else each.question,
        }
        for each in found.indicators
    ]
    if json:
        show_record(picked(found, "name", "version", "title", "source") | {"indicators": rows}, json=True)
        return
    show_rows(rows, json=False, title=f"{found.title} ({found.version})")


@ties.command("declare")
def declare_tie(
    who: Who,
    code: ClientCode,
    why: Annotated[str, typer.Option(help="What ties them, in a few words.")],
    json: Json = False,
) -> None:
    """Declare that somebody belongs with a partner; from now on they do not judge it or its owners."""
    with one_transaction() as (tx, runtime):
        curation.declare_interest(tx, who, code, why, by=operator(), now=runtime.clock.now())
    show_record({"who": who, "client_code": code, "declared": True}, json=json)


@ties.command("end")
def end_tie(who: Who, code: ClientCode, json: Json = False) -> None:
    """End a declared tie."""
    with one_transaction() as (tx, runtime):
        curation.end_interest(tx, who, code, by=operator(), now=runtime.clock.now())
    show_record({"who": who, "client_code": code, "declared": False}, json=json)


@ties.command("list")
def list_ties(
    who: Annotated[str | None, typer.Option(help="Only of this person.")] = None,
    json: Json = False,
) -> None:
    """Ties in force."""
    with one_transaction() as (tx, _):
        found = curation.interests(tx, who)
    rows = [picked(each, "who", "client_code", "words", "declared_at") for each in found]
    show_rows(rows, json=json, empty=words(msg("No tie is declared.")))


def _waiting(tx: Tx, now: datetime, late_at: datetime | None, limit: int) -> list[dict[str, Any]]:
    rows = [
        *(of_round(each) for each in curation.rounds(tx, overdue_at=late_at, limit=limit)),
        *(of_application(each) for each in curation.applications(tx, overdue_at=late_at, limit=limit)),
        *(of_review(each) for each in curation.reviews(tx, overdue_at=late_at, limit=limit)),
    ]
    return [row | deadline(row["due_at"], now) for row in sorted(rows, key=lambda row: row["due_at"])]
