"""Complaints: open, answer, look."""

from typing import Annotated

import typer

from prakarsa.cli.arguments import PersonName
from prakarsa.cli.opening import one_transaction, operator
from prakarsa.cli.output import Json, picked, show_record, show_rows, words
from prakarsa.complaint import actions as complaints
from prakarsa.complaint.model import Category, Complaint, Owner
from prakarsa.kernel.refusal import msg
from prakarsa.people import actions as people

group = typer.Typer(help="Questions and appeals of people.", no_args_is_help=True)


@group.command("open")
def open_complaint(
    person: PersonName,
    category: Annotated[Category, typer.Option(help="What it is about.")],
    text: Annotated[str, typer.Option("--words", help="What the person says.")],
    json: Json = False,
) -> None:
    """Take a complaint for a person, by telephone for example."""
    with one_transaction() as (tx, runtime):
        whom = people.person_named(tx, person)
        taken = complaints.open_complaint(tx, whom.person_id, category.value, text, now=runtime.clock.now())
    show_record(_record(taken), json=json)


@group.command()
def answer(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the complaint.")],
    text: Annotated[str, typer.Option("--words", help="The answer; the person gets it by e-mail.")],
    json: Json = False,
) -> None:
    """Answer a complaint, once."""
    with one_transaction() as (tx, runtime):
        answered = complaints.answer(tx, number, text, operator(), now=runtime.clock.now())
    show_record(_record(answered), json=json)


@group.command("list")
def list_open(
    owner: Annotated[Owner, typer.Option(help="Who has to answer.")] = Owner.PMO,
    after: Annotated[int, typer.Option(min=0, max=2**62, help="complaint_id of the last one seen.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """What an owner still has to answer, oldest first."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        rows = [
            picked(found, "complaint_id", "number", "category", "opened_at", "due_at")
            | {"overdue": found.overdue(now), "words": found.words}
            for found in complaints.open_ones(tx, owner, after, limit)
        ]
    show_rows(rows, json=json, empty=words(msg("Nobody waits for an answer.")))


def _record(found: Complaint) -> dict[str, object]:
    names = ("number", "category", "owner", "words", "opened_at", "due_at", "answer", "answered_by", "answered_at")
    return picked(found, *names)
