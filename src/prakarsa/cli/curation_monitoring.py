"""What monitors saw in classes, and the reviews that follow."""

import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from prakarsa.cli.arguments import When, moment_option, opened_file
from prakarsa.cli.curation_shared import deadline, of_review
from prakarsa.cli.opening import named, one_transaction, operator
from prakarsa.cli.output import Json, picked, show_record, show_rows, words
from prakarsa.curation import actions as curation
from prakarsa.curation.monitoring_model import (
    CAUSE_WORDS,
    REVIEW_WORDS,
    Aspect,
    NewFinding,
    NewObservation,
    Observation,
    Review,
    Severity,
    Suspension,
)
from prakarsa.kernel.evidence import read as read_evidence
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField

monitor = typer.Typer(help="What monitors saw in classes.", no_args_is_help=True)
review = typer.Typer(help="Courses that are looked at again.", no_args_is_help=True)
ReviewCode = Annotated[str, typer.Argument(metavar="REVIEW", help="Code of the review.")]
Told = Annotated[str, typer.Option(help="What the institution is told.")]


@monitor.command()
def observe(
    schedule: Annotated[str, typer.Argument(metavar="CLASS", help="Code of the class.")],
    who: Annotated[str, typer.Argument(metavar="MONITOR", help="Address or journal name of the monitor.")],
    at: Annotated[When, moment_option("When the class was observed.")],
    summary: Annotated[str, typer.Option(help="What was seen, in a few words.")],
    findings: Annotated[
        Path | None, typer.Option(help="A file (TOML) with a table [[finding]] for each promise that was not kept.")
    ] = None,
    json: Json = False,
) -> None:
    """Write down what a monitor saw; findings that add up open a review by themselves."""
    found = [] if findings is None else _read_findings(findings)
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        kept = curation.observe(tx, NewObservation(schedule, at.at(now), summary, found), who, now=now)
    show_record(_observation(kept), json=json)


@monitor.command("list")
def list_observations(
    course: Annotated[str | None, typer.Option(help="Only of this course.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """Observations, newest first."""
    with one_transaction() as (tx, _):
        found = curation.observations(tx, course_code=course, limit=limit)
    show_rows([_observation(each) for each in found], json=json, empty=words(msg("Nothing was observed yet.")))


@review.command("list")
def list_reviews(
    everything: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    late: Annotated[bool, typer.Option("--overdue", help="Only those past their day.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """Reviews by the day they are due."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        found = curation.reviews(tx, open_only=not everything, overdue_at=now if late else None, limit=limit)
    rows = [of_review(each) for each in found]
    show_rows([row | deadline(row["due_at"], now) for row in rows], json=json)


@review.command("show")
def show_review(code: ReviewCode, json: Json = False) -> None:
    """A review with the findings that led to it."""
    with one_transaction() as (tx, _):
        found, because = curation.review(tx, code), curation.findings_of(tx, code)
    names = ("finding_code", "schedule_code", "aspect", "severity", "promised", "delivered", "monitor", "observed_at")
    rows = [picked(each, *names) for each in because]
    if json:
        show_record(_review(found) | {"findings": rows}, json=True)
        return
    show_record(_review(found), json=False)
    show_rows(rows, json=False, title=words(msg("Findings")))


@review.command("close")
def close_review(code: ReviewCode, said: Told, json: Json = False) -> None:
    """Nothing follows, or it was put right."""
    with one_transaction() as (tx, runtime):
        found = curation.close_review(tx, code, words=said, by=operator(), now=runtime.clock.now())
    show_record(_review(found), json=json)


@review.command("improve")
def ask_improvement(
    code: ReviewCode,
    said: Told,
    until: Annotated[When, moment_option("Until when it is put right.")],
    json: Json = False,
) -> None:
    """The institution puts it right by a day."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        found = curation.ask_improvement(tx, code, words=said, until=until.at(now), by=operator(), now=now)
    show_record(_review(found), json=json)


@review.command("hold")
def hold_course(
    code: ReviewCode,
    said: Told,
    legal_basis: Annotated[str, typer.Option(help="The provision that allows it.")],
    public_words: Annotated[str, typer.Option(help="What everybody it hurts is told, in Indonesian.")],
    proportionality: Annotated[str, typer.Option(help="Why nothing smaller would do.")],
    review_at: Annotated[When, moment_option("By when everybody hears again.")],
    basis_version: Annotated[str, typer.Option(help="As of which day that provision was read.")] = "",
    public_words_en: Annotated[str, typer.Option(help="The same in English.")] = "",
    second: Annotated[str | None, typer.Option(help="Who looked at it as well, where two people answer.")] = None,
    json: Json = False,
) -> None:
    """Hold the course with due process; the findings are its evidence."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        suspension = Suspension(
            legal_basis=legal_basis,
            basis_version=basis_version,
            public_words=public_words,
            public_words_en=public_words_en,
            proportionality=proportionality,
            review_at=review_at.at(now),
        )
        found = curation.hold_course(
            tx, code, suspension, words=said, by=operator(), now=now, second=named(tx, second) if second else None
        )
    show_record(_review(found), json=json)


def _read_findings(path: Path) -> list[NewFinding]:
    with opened_file(path) as file:
        text = file.read(2**20)
    try:
        rows = tomllib.loads(text.decode())["finding"]
        return [_finding(row) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise BadField(
            "findings", msg("each has aspect, severity, promised, delivered and a list of evidence")
        ) from error


def _finding(row: dict[str, Any]) -> NewFinding:
    evidence = tuple(read_evidence(str(piece)) for piece in row["evidence"])
    promised, delivered = str(row["promised"]), str(row["delivered"])
    return NewFinding(Aspect(row["aspect"]), Severity(row["severity"]), promised, delivered, evidence)


def _observation(found: Observation) -> dict[str, Any]:
    names = ("observation_code", "course_code", "schedule_code", "monitor", "observed_at", "summary")
    return picked(found, *names) | {"findings": list(found.finding_codes), "review": found.review_code}


def _review(found: Review) -> dict[str, Any]:
    head = picked(found, "review_code", "course_code", "title", "institution_code", "state", "opened_at", "due_at")
    told = {"stands": words(REVIEW_WORDS[found.state]), "cause": words(CAUSE_WORDS[found.cause])}
    return head | told | picked(found, "words", "improve_by_at", "hold_code", "decided_by", "decided_at")
