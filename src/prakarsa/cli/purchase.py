"""Mass cancellation: plan and preview, confirm by a second person, run with progress, look."""

from typing import Annotated

import typer

from prakarsa.cli.arguments import When, moment_option
from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, show_record, show_rows, words
from prakarsa.gateways import rounds
from prakarsa.hold.model import REASON_WORDS, Reason, Scope
from prakarsa.kernel.evidence import read as read_evidence
from prakarsa.kernel.refusal import msg
from prakarsa.purchase import cancelling
from prakarsa.purchase.cancelling_model import Cancellation, NewCancellation

group = typer.Typer(help="Purchases of a whole class, course or institution.", no_args_is_help=True)
cancel = typer.Typer(help="Cancel every purchase of a class, a course or an institution.", no_args_is_help=True)
group.add_typer(cancel, name="cancel")

Code = Annotated[str, typer.Argument(metavar="CODE", help="Code of the mass cancellation.")]


@cancel.command()
def plan(
    scope: Annotated[Scope, typer.Option(help="schedule, course or institution.")],
    target: Annotated[str, typer.Option(help="Its code.")],
    reason: Annotated[Reason, typer.Option(help="Why, from the published list.")],
    legal_basis: Annotated[str, typer.Option(help="The provision that allows it.")],
    basis_version: Annotated[str, typer.Option(help="As of when the legal basis was read.")],
    public_words: Annotated[str, typer.Option("--words", help="What everybody concerned is told, in Indonesian.")],
    next_step: Annotated[str, typer.Option(help="What they can do now, in Indonesian.")],
    notice_to: Annotated[str, typer.Option(help="Who was given notice.")],
    closed_until: Annotated[When | None, moment_option("Until when the sale stays closed.")] = None,
    review_at: Annotated[When | None, moment_option("By when the closing is looked at again.")] = None,
    words_en: Annotated[str, typer.Option(help="The words in English.")] = "",
    next_step_en: Annotated[str, typer.Option(help="What they can do, in English.")] = "",
    evidence: Annotated[
        list[str] | None, typer.Option(metavar="KIND:REFERENCE@DAY", help="What it rests on; may be repeated.")
    ] = None,
    proportionality: Annotated[str, typer.Option(help="Why nothing milder would do.")] = "",
    json: Json = False,
) -> None:
    """Count what would be cancelled. Nothing changes until a second person confirms."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        new = NewCancellation(
            scope=scope,
            target_code=target,
            reason=reason,
            legal_basis=legal_basis,
            basis_version=basis_version,
            words=public_words,
            words_en=words_en,
            next_step=next_step,
            next_step_en=next_step_en,
            notice_to=notice_to,
            proportionality=proportionality,
            evidence=tuple(read_evidence(piece) for piece in evidence or ()),
            closed_until_at=closed_until.at(now) if closed_until else None,
            review_at=review_at.at(now) if review_at else None,
        )
        planned = cancelling.plan(tx, new, by=operator(), now=now)
    show_record(
        _record(planned), json=json, title=words(msg("Planned. Nothing has changed; have somebody confirm it."))
    )


@cancel.command()
def confirm(code: Code, json: Json = False) -> None:
    """Confirm somebody else's plan: the sale closes at once, and a worker begins to cancel."""
    with one_transaction() as (tx, runtime):
        confirmed = cancelling.confirm(tx, code, by=operator(), now=runtime.clock.now())
    show_record(_record(confirmed), json=json, title=words(msg("Confirmed. The sale is closed.")))


@cancel.command()
def withdraw(code: Code, json: Json = False) -> None:
    """Give up a plan that is not confirmed."""
    with one_transaction() as (tx, runtime):
        withdrawn = cancelling.withdraw(tx, code, by=operator(), now=runtime.clock.now())
    show_record(_record(withdrawn), json=json, title=words(msg("Withdrawn. Nothing has changed.")))


@cancel.command()
def run(code: Code, json: Json = False) -> None:
    """Cancel now, beside or instead of a worker. May be stopped and run again."""
    with opened() as runtime:
        with runtime.database.transaction(operator()) as tx:
            before = cancelling.cancellation(tx, code)
        with bar(words(msg("Cancelling")), total=before.purchases - before.done_purchases) as tell:
            rounds.cancel_purchases(runtime, code, actor=operator(), tell=tell)
        with runtime.database.transaction(operator()) as tx:
            after = cancelling.cancellation(tx, code)
    show_record(_record(after), json=json)


@cancel.command()
def show(code: Code, json: Json = False) -> None:
    """One mass cancellation: what it touches, how far it is."""
    with one_transaction() as (tx, _):
        found = cancelling.cancellation(tx, code)
        classes = [
            picked(each, "schedule_code", "course_title", "starts_at", "purchases", "amount_idr")
            for each in cancelling.classes_of(tx, code)
        ]
    if json:
        show_record(_record(found) | {"classes": classes}, json=True)
        return
    show_record(_record(found), json=False)
    title, empty = msg("Classes with purchases still to cancel"), msg("No purchase is left to cancel.")
    show_rows(classes, json=False, title=words(title), empty=words(empty))


@cancel.command("list")
def list_cancellations(
    before: Annotated[int, typer.Option(min=1, max=2**62, help="cancellation_id of the last one seen.")] = 2**62,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """Mass cancellations, newest first."""
    with one_transaction() as (tx, _):
        found = cancelling.cancellations(tx, before=before, limit=limit)
    names = ("cancellation_id", "cancellation_code", "scope", "target_name", "purchases", "done_purchases")
    rows = [picked(each, *names) | {"state": each.state.value} for each in found]
    show_rows(rows, json=json, empty=words(msg("Nothing was ever cancelled as a whole.")))


def _record(found: Cancellation) -> dict[str, object]:
    counted = ("purchases", "people", "amount_idr", "classes", "attended", "completed", "done_purchases", "done_idr")
    told = ("legal_basis", "public_words", "next_step", "notice_to", "closed_until_at", "review_at", "hold_code")
    acts = ("planned_by", "planned_at", "confirmed_by", "confirmed_at", "withdrawn_by", "withdrawn_at", "finished_at")
    head = picked(found, "cancellation_code", "scope", "target_code", "target_name")
    reason = {"reason": REASON_WORDS[Reason(found.reason_code)], "state": found.state.value}
    return head | reason | picked(found, *counted, *told, *acts)
