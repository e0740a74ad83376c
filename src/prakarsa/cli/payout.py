"""Incentives to people: schedule, send, look, try again."""

from typing import Annotated

import typer

from prakarsa.cli.arguments import PersonName
from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, show_record, show_rows, words
from prakarsa.disbursement import actions as disbursement
from prakarsa.disbursement.model import FAILURE_WORDS
from prakarsa.gateways import rounds
from prakarsa.gateways.outside import needed, reach_outside
from prakarsa.kernel.refusal import msg
from prakarsa.people import actions as people

group = typer.Typer(help="Incentives to people, and the bank's answers.", no_args_is_help=True)
Limit = Annotated[int, typer.Option(min=1, max=1_000, help="How many at most.")]


@group.command()
def schedule(json: Json = False) -> None:
    """Write down every incentive that is owed."""
    with opened() as runtime, bar(words(msg("Scheduling"))) as tell:
        done = rounds.schedule_incentives(runtime, actor=operator(), tell=tell)
    show_record({"people": done}, json=json)


@group.command()
def send(json: Json = False) -> None:
    """Hand what is due to the bank, and book its answers."""
    with opened() as runtime, reach_outside(runtime.settings) as outside:
        bank = needed(outside.bank, "bank_url")
        with bar(words(msg("Sending"))) as tell:
            settled = rounds.send_due_incentives(runtime, bank, actor=operator(), tell=tell)
        with runtime.database.transaction(operator()) as tx:
            short = disbursement.shortages(tx, now=runtime.clock.now())
    record = picked(settled, "paid", "failed", "repeated", "pending")
    show_record(record | {"short_of_budget": [each.facts() for each in short]}, json=json)


@group.command()
def batches(
    before: Annotated[int, typer.Option(min=1, max=2**62, help="batch_id of the last one seen.")] = 2**62,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """Files to the bank, newest first, and how far they are answered."""
    with one_transaction() as (tx, _):
        found = disbursement.batches(tx, before=before, limit=limit)
    names = ("batch_id", "message_id", "wave_number", "created_at", "lines", "total_idr", "paid_lines", "failed_lines")
    rows = [picked(batch, *names, "pending_lines", "answered_at") for batch in found]
    show_rows(rows, json=json, empty=words(msg("Nothing was sent yet.")))


@group.command()
def failures(
    after: Annotated[int, typer.Option(min=0, max=2**62, help="instruction_id of the last one seen.")] = 0,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """Payments that wait for somebody to act, with their cause."""
    with one_transaction() as (tx, _):
        found = disbursement.failures(tx, after=after, limit=limit)
        named = people.persons(tx, [each.person_id for each in found])
    rows = [
        {"instruction_id": each.instruction_id, "person": named[each.person_id].public_id}
        | picked(each, "public_id", "wave_number", "number", "amount_idr", "provider", "attempts")
        | {"failure": each.failure.value if json else words(FAILURE_WORDS[each.failure])}
        for each in found
    ]
    show_rows(rows, json=json, empty=words(msg("No payment waits for anybody.")))


@group.command()
def retry(person: PersonName, json: Json = False) -> None:
    """Make a person's failed payments again."""
    with one_transaction() as (tx, runtime):
        whom = people.person_named(tx, person)
        again = disbursement.retry(tx, whom.person_id, now=runtime.clock.now())
    show_record({"person": person, "payments": again}, json=json)
