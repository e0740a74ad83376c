"""Holds: place with due process, lift, list."""

from typing import Annotated

import typer

from prakarsa.catalogue import actions as catalogue
from prakarsa.cli.arguments import When, moment_option
from prakarsa.cli.opening import one_transaction, operator
from prakarsa.cli.output import Json, picked, show_record, show_rows, words
from prakarsa.hold import actions as holds
from prakarsa.hold.model import REASON_WORDS, Hold, NewHold, Reason, Scope
from prakarsa.kernel.refusal import msg

group = typer.Typer(help="Suspensions with a reason, a legal basis and an end.", no_args_is_help=True)


@group.command()
def place(
    scope: Annotated[Scope, typer.Option(help="How far it reaches.")],
    reason: Annotated[Reason, typer.Option(help="Why, from the published list.")],
    legal_basis: Annotated[str, typer.Option(help="The provision that allows it.")],
    public_words: Annotated[str, typer.Option(help="What everybody it hurts is told.")],
    notice_to: Annotated[str, typer.Option(help="Who was given notice.")],
    target: Annotated[str | None, typer.Option(help="Client code or course code; none for the programme.")] = None,
    notice_at: Annotated[When | None, moment_option("When notice was given; now, unless given.")] = None,
    starts_at: Annotated[When | None, moment_option("When it begins; now, unless given.")] = None,
    ends_at: Annotated[When | None, moment_option("When it ends by itself.")] = None,
    review_at: Annotated[When | None, moment_option("By when everybody hears again.")] = None,
    json: Json = False,
) -> None:
    """Place a hold: purchases are refused with it as the cause, and the clocks it hurts stand still."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        named = catalogue.course(tx, target).title if scope is Scope.COURSE and target is not None else ""
        new = NewHold(
            scope=scope,
            reason=reason,
            legal_basis=legal_basis,
            public_words=public_words,
            notice_to=notice_to,
            notice_at=notice_at.at(now) if notice_at else now,
            starts_at=starts_at.at(now) if starts_at else now,
            ends_at=ends_at.at(now) if ends_at else None,
            review_at=review_at.at(now) if review_at else None,
            target_code=target,
            target_name=named,
        )
        placed = holds.place(tx, new, by=operator(), now=now)
    show_record(_record(placed), json=json, title=words(msg("The hold is placed.")))


@group.command()
def lift(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code of the hold.")],
    reason: Annotated[str, typer.Option(help="Why it ends now; published.")],
    json: Json = False,
) -> None:
    """End a hold now."""
    with one_transaction() as (tx, runtime):
        lifted = holds.lift(tx, code, reason=reason, by=operator(), now=runtime.clock.now())
    show_record(_record(lifted), json=json, title=words(msg("The hold is lifted.")))


@group.command("list")
def list_holds(
    every: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    json: Json = False,
) -> None:
    """Holds in force."""
    with one_transaction() as (tx, runtime):
        found = holds.all_holds(tx) if every else holds.in_force(tx, runtime.clock.now())
    rows = [
        picked(hold, "hold_code", "scope", "target_code", "target_name")
        | {"reason": hold.reason_code if json else REASON_WORDS[Reason(hold.reason_code)]}
        | picked(hold, "starts_at", "over_at", "next_word_at")
        for hold in found
    ]
    show_rows(rows, json=json, empty=words(msg("Nothing is held.")))


def _record(hold: Hold) -> dict[str, object]:
    names = (
        "hold_code",
        "scope",
        "target_code",
        "target_name",
        "reason_code",
        "legal_basis",
        "public_words",
        "notice_to",
        "notice_at",
        "starts_at",
        "ends_at",
        "review_at",
        "lifted_at",
        "lift_reason",
    )
    return picked(hold, *names)
