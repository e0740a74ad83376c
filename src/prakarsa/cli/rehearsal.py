"""Rehearsals: kept dry runs, gap lists and their answers, where each course stands under each rule set."""

from typing import Annotated

import typer

from prakarsa.cli.arguments import When, moment_option
from prakarsa.cli.mass_actions import group as mass_actions
from prakarsa.cli.opening import named, one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, show_record, show_rows, words
from prakarsa.gateways import rehearsal_rounds
from prakarsa.kernel.evidence import read as read_evidence
from prakarsa.kernel.refusal import msg
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.gap_model import STATE_WORDS, GapItem, GapList, GapOutcome
from prakarsa.rehearsal.gaps import Answered
from prakarsa.rehearsal.rules import names_of

group = typer.Typer(
    help="New rules before they bite: gap lists, the cut-over course by course, changes of many things at once. "
    "The dry run itself is prakarsa policy dry-run.",
    no_args_is_help=True,
)
group.add_typer(mass_actions, name="mass-actions")
RunCode = Annotated[str, typer.Argument(metavar="RUN", help="Code of the kept dry run.")]
ListCode = Annotated[str, typer.Argument(metavar="LIST", help="Code of the gap list.")]
ItemCode = Annotated[str, typer.Argument(metavar="ITEM", help="Code of the item.")]
By = Annotated[str | None, typer.Option("--by", help="Whose act this is; the operator's, unless given.")]
MOST = 200


@group.command()
def runs(json: Json = False) -> None:
    """Dry runs that were kept, newest first."""
    with one_transaction() as (tx, _):
        found = rehearsal.kept_runs(tx, limit=MOST)
    rows = [
        picked(run, "run_code")
        | picked(run.change, "title", "effective_on", "wave_number")
        | picked(run.summary, "on_sale_before", "on_sale_after", "leaving")
        | picked(run, "ran_at", "gaps_due_at")
        for run in found
    ]
    show_rows(rows, json=json, empty=words(msg("No dry run was kept.")))


@group.command()
def gaps(
    run: RunCode,
    due: Annotated[When, moment_option("By when partners answer.")],
    by: By = None,
    json: Json = False,
) -> None:
    """Make a gap list for each partner that misses something, and mail it once with a link to its desk."""
    with opened() as runtime, bar(words(msg("Partners"))) as tell:
        due_at = due.at(runtime.clock.now())
        rehearsal_rounds.make_gap_lists(runtime, run, due_at, actor=by or operator(), tell=tell)
        with runtime.database.transaction(operator()) as tx:
            found = rehearsal.gap_lists(tx, run_code=run, limit=MOST)
    _show_lists(found, json=json)


@group.command()
def lists(
    run: Annotated[str | None, typer.Option(help="Of one dry run.")] = None,
    partner: Annotated[str | None, typer.Option(help="Of one partner, by client code.")] = None,
    json: Json = False,
) -> None:
    """Gap lists, newest first: how much of each is settled, and what is late."""
    with one_transaction() as (tx, _):
        found = rehearsal.gap_lists(tx, run_code=run, partner_code=partner, limit=MOST)
    _show_lists(found, json=json)


@group.command()
def items(
    gap_list: ListCode,
    after: Annotated[str, typer.Option(help="Go on after this item.")] = "",
    json: Json = False,
) -> None:
    """What is asked on one gap list, item by item."""
    with one_transaction() as (tx, runtime):
        found = rehearsal.gap_list(tx, gap_list)
        seen = rehearsal.gap_item(tx, after).item.gap_item_id if after else 0
        page = rehearsal.gap_items(tx, found, after=seen, limit=MOST)
        rows = [_row(each) | {"overdue": each.item.overdue(runtime.clock.now())} for each in page]
    show_rows(rows, json=json, empty=words(msg("Nothing.")))


@group.command()
def undecided(json: Json = False) -> None:
    """Answers that wait for a decision."""
    with one_transaction() as (tx, _):
        page = rehearsal.undecided(tx, limit=MOST)
    rows = [
        _row(each)
        | picked(each.answers[0], "words", "answered_at")
        | {"evidence": [f"{piece.kind}: {piece.reference}" for piece in each.answers[0].evidence]}
        for each in page
    ]
    show_rows(rows, json=json, empty=words(msg("No answer waits.")))


@group.command()
def answer(
    item: ItemCode,
    partner: Annotated[str, typer.Option(help="The partner whose answer it is, by client code.")],
    said: Annotated[str, typer.Option("--words", help="What the partner says.")],
    evidence: Annotated[list[str], typer.Option(metavar="KIND:REFERENCE@DAY", help="What shows it; may be repeated.")],
    json: Json = False,
) -> None:
    """Take an answer that a partner gave on paper. On its desk a partner answers by itself."""
    with one_transaction() as (tx, runtime):
        pieces = [read_evidence(piece) for piece in evidence]
        now = runtime.clock.now()
        found = rehearsal.answer_gap(tx, item, partner_code=partner, words=said, evidence=pieces, now=now)
    show_record(_record(found), json=json, title=words(msg("The answer is taken.")))


@group.command()
def decide(
    item: ItemCode,
    outcome: Annotated[GapOutcome, typer.Option(help="accepted or rejected.")],
    said: Annotated[str, typer.Option("--words", help="Why; for a rejection, what to mend.")] = "",
    by: By = None,
    json: Json = False,
) -> None:
    """Decide the answer to one item; what is accepted is attested, so that the course meets it at once."""
    with one_transaction() as (tx, runtime):
        found = rehearsal.decide_gap(tx, item, outcome=outcome, words=said, by=named(tx, by), now=runtime.clock.now())
    show_record(_record(found), json=json, title=words(msg("Decided.")))


@group.command()
def give_time(
    gap_list: ListCode,
    until: Annotated[When, moment_option("The new deadline.")],
    reason: Annotated[str, typer.Option(help="Why this partner gets more time.")],
    by: By = None,
    json: Json = False,
) -> None:
    """Give one partner another deadline."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        found = rehearsal.give_time(tx, gap_list, until.at(now), reason=reason, by=named(tx, by), now=now)
    show_record(picked(found, "list_code", "partner_code", "due_at"), json=json)


@group.command()
def standings(
    course: Annotated[str | None, typer.Argument(metavar="COURSE", help="One course; else all, counted.")] = None,
    follow: Annotated[
        bool, typer.Option(help="First record where every course stands now, as the worker does.")
    ] = False,
    json: Json = False,
) -> None:
    """Where courses stand under each rule set in force and to come."""
    with opened() as runtime:
        if follow:
            with bar(words(msg("Recording"))) as tell:
                rehearsal_rounds.follow_standings(runtime, actor=operator(), tell=tell)
        with runtime.database.transaction(operator()) as tx:
            names = ("rule_set", "in_force", "begins_on", "change_code", "waves")
            if course is None:
                found = rehearsal.standing_counts(tx)
                rows = [picked(each, *names, "meets", "misses") for each in found]
            else:
                rows = [
                    picked(each, *names, "meets")
                    | {"missed": [name if json else words(name) for name in each.conditions], "since": each.since}
                    for each in rehearsal.standings_of(tx, course)
                ]
    show_rows(rows, json=json, empty=words(msg("Nothing is recorded yet: use --follow.")))


@group.command()
def cut_over(
    rule_set: Annotated[
        str, typer.Argument(metavar="RULES", help="Code of the rule set, from prakarsa rehearsal standings.")
    ],
    after: Annotated[int, typer.Option(help="Go on after this course id.")] = 0,
    json: Json = False,
) -> None:
    """Courses that leave sale when a rule set begins, or are off sale under it, each with its causes."""
    with one_transaction() as (tx, _):
        found = rehearsal.leavers(tx, rule_set, after=after, limit=MOST)
    rows = [
        picked(each, "course_id", "course_code", "title", "institution_code")
        | {"missed": [name if json else words(name) for name in names_of(each.missed)]}
        for each in found
    ]
    show_rows(rows, json=json, empty=words(msg("No course leaves.")))


def _show_lists(found: list[GapList], *, json: bool) -> None:
    names = ("list_code", "run_code", "partner_code", "due_at", "told_at", "items", "answered", "rejected", "closed")
    show_rows([picked(each, *names) for each in found], json=json, empty=words(msg("No partner misses anything.")))


def _row(each: Answered) -> dict[str, object]:
    return picked(each.item, "item_code", "partner_code", "thing", "thing_code") | {
        "condition": words(each.item.condition),
        "state": words(STATE_WORDS[each.item.state]),
    }


def _record(item: GapItem) -> dict[str, object]:
    names = ("item_code", "list_code", "partner_code", "thing", "thing_code", "condition", "state", "due_at")
    return picked(item, *names)
