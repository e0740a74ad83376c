"""Changes of many things at once: plan, look, confirm, run, undo."""

from typing import Annotated

import typer

from prakarsa.catalogue.rules import condition_facts
from prakarsa.cli.arguments import When, moment_option
from prakarsa.cli.opening import named, one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, show_record, show_rows, words
from prakarsa.gateways import rehearsal_rounds
from prakarsa.hold.model import NewHold, Reason, Scope
from prakarsa.kernel.evidence import read as read_evidence
from prakarsa.kernel.refusal import msg
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.mass_model import (
    ITEM_WORDS,
    KIND_WORDS,
    STATE_WORDS,
    ItemState,
    MassAction,
    MassKind,
    NewMassAction,
    Selection,
)

group = typer.Typer(
    help="Changes of many things at once: planned, confirmed by two, resumable, undone.", no_args_is_help=True
)
Code = Annotated[str, typer.Argument(metavar="CODE", help="Code of the mass action.")]
By = Annotated[str | None, typer.Option("--by", help="Whose act this is; the operator's, unless given.")]
BITS = {fact: bit for bit, fact in condition_facts.items()}
MOST = 200


@group.command()
def plan(
    kind: Annotated[MassKind, typer.Option(help="End listings, or hold courses.")],
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")],
    institution: Annotated[str | None, typer.Option(help="Courses of this institution.")] = None,
    platform: Annotated[str | None, typer.Option(help="Courses sold on this platform.")] = None,
    field: Annotated[str | None, typer.Option(help="Courses of this field.")] = None,
    missing: Annotated[str | None, typer.Option(help=f"Courses that miss one of: {', '.join(BITS)}.")] = None,
    hold_reason: Annotated[
        Reason, typer.Option(help="For holds: why, from the published list.")
    ] = Reason.COMPLIANCE_REVIEW,
    legal_basis: Annotated[str, typer.Option(help="For holds: the provision that allows them.")] = "",
    basis_version: Annotated[str, typer.Option(help="For holds: as of when it was read.")] = "",
    public_words: Annotated[str, typer.Option(help="For holds: what everybody is told, in Indonesian.")] = "",
    public_words_en: Annotated[str, typer.Option(help="For holds: the same in English.")] = "",
    notice_to: Annotated[str, typer.Option(help="For holds: who was given notice.")] = "",
    proportionality: Annotated[str, typer.Option(help="For holds: why nothing milder would do.")] = "",
    evidence: Annotated[
        list[str] | None, typer.Option(metavar="KIND:REFERENCE@DAY", help="For holds: what they rest on.")
    ] = None,
    ends_at: Annotated[When | None, moment_option("For holds: when they end by themselves.")] = None,
    review_at: Annotated[When | None, moment_option("For holds: when they are looked at again.")] = None,
    answer_by: Annotated[When | None, moment_option("For holds: until when institutions may answer.")] = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Fix the list of what would be changed. Nothing changes until a second person confirms and it is run."""
    if missing is not None and missing not in BITS:
        raise typer.BadParameter(f"a course misses one of: {', '.join(BITS)}")
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        hold = NewHold(
            scope=Scope.COURSE,
            reason=hold_reason,
            legal_basis=legal_basis,
            public_words=public_words,
            notice_to=notice_to,
            notice_at=now,
            starts_at=now,
            ends_at=ends_at.at(now) if ends_at else None,
            review_at=review_at.at(now) if review_at else None,
            basis_version=basis_version,
            public_words_en=public_words_en,
            evidence=tuple(read_evidence(piece) for piece in evidence or ()),
            proportionality=proportionality,
            answer_by_at=answer_by.at(now) if answer_by else None,
        )
        chosen = Selection(
            institution=institution, platform=platform, field=field, condition=BITS[missing] if missing else None
        )
        new = NewMassAction(kind, chosen, reason, hold if kind is MassKind.HOLD else None)
        planned = rehearsal.plan_mass_action(tx, new, by=named(tx, by), now=now)
    show_record(
        _record(planned, json=json),
        json=json,
        title=words(msg("Planned. Nothing has changed; have somebody confirm it.")),
    )


@group.command("list")
def list_actions(json: Json = False) -> None:
    """Every mass action, newest first."""
    with one_transaction() as (tx, _):
        found = rehearsal.mass_actions(tx, limit=MOST)
    show_rows([_record(each, json=json) for each in found], json=json, empty=words(msg("None yet")))


@group.command()
def show(
    code: Code,
    state: Annotated[ItemState | None, typer.Option(help="Only items in this state.")] = None,
    after: Annotated[int, typer.Option(help="Go on after this place.")] = 0,
    json: Json = False,
) -> None:
    """The items of a mass action, and what became of each."""
    with one_transaction() as (tx, _):
        found = rehearsal.mass_action(tx, code)
        page = rehearsal.mass_items(tx, found, state=state, after=after, limit=MOST)
    rows = [
        picked(each, "place", "course_code", "title", "platform_code", "hold_code")
        | {"state": each.state if json else words(ITEM_WORDS[each.state]), "note": each.note}
        for each in page
    ]
    show_rows(rows, json=json)


@group.command()
def confirm(code: Code, by: By = None, json: Json = False) -> None:
    """Stand behind somebody else's plan."""
    with one_transaction() as (tx, runtime):
        found = rehearsal.confirm_mass_action(tx, code, by=named(tx, by), now=runtime.clock.now())
    show_record(_record(found, json=json), json=json, title=words(msg("Confirmed.")))


@group.command()
def withdraw(code: Code, by: By = None, json: Json = False) -> None:
    """Give up a plan that is not confirmed."""
    with one_transaction() as (tx, runtime):
        found = rehearsal.withdraw_mass_action(tx, code, by=named(tx, by), now=runtime.clock.now())
    show_record(_record(found, json=json), json=json, title=words(msg("Withdrawn.")))


@group.command()
def run(code: Code, json: Json = False) -> None:
    """Run a confirmed mass action to its end; it goes on where an earlier run stopped."""
    _run(code, json=json)


@group.command()
def undo(
    code: Code,
    reason: Annotated[str, typer.Option(help="Why; kept in the journal.")],
    by: By = None,
    json: Json = False,
) -> None:
    """Put back exactly what this action changed; what somebody else has changed since is left and reported."""
    with one_transaction() as (tx, runtime):
        rehearsal.undo_mass_action(tx, code, reason=reason, by=named(tx, by), now=runtime.clock.now())
    _run(code, json=json)


def _run(code: str, *, json: bool) -> None:
    with opened() as runtime:
        with runtime.database.transaction(operator()) as tx:
            waiting = rehearsal.mass_action(tx, code)
        with bar(words(KIND_WORDS[waiting.kind]), waiting.waiting + waiting.done) as tell:
            rehearsal_rounds.run_mass_action(runtime, code, actor=operator(), tell=tell)
        with runtime.database.transaction(operator()) as tx:
            found = rehearsal.mass_action(tx, code)
    show_record(_record(found, json=json), json=json)


def _record(found: MassAction, *, json: bool) -> dict[str, object]:
    names = ("items", "waiting", "done", "skipped", "undone", "kept", "planned_by", "confirmed_by", "undone_by")
    state = found.state.value if json else words(STATE_WORDS[found.state])
    return picked(found, "action_code", "kind", "reason") | {"state": state} | picked(found, *names)
