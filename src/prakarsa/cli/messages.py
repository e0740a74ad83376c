"""Messages to people: how many wait, hand them over."""

import typer

from prakarsa.cli.opening import one_transaction, opened
from prakarsa.cli.output import Json, bar, show_record, words
from prakarsa.gateways.outside import needed, reach_outside
from prakarsa.gateways.sending import send_batch
from prakarsa.journal import actions as journal
from prakarsa.kernel.refusal import msg

group = typer.Typer(help="SMS and e-mail that leave after commit.", no_args_is_help=True)


@group.command()
def waiting(json: Json = False) -> None:
    """How many messages wait to be sent."""
    with one_transaction() as (tx, _):
        number = journal.waiting(tx)
    show_record({"waiting": number}, json=json)


@group.command()
def send(json: Json = False) -> None:
    """Hand over every message that is due, urgent ones first; a worker does the same all the time."""
    handed_over = 0
    with opened() as runtime, reach_outside(runtime.settings) as outside:
        carrier = needed(outside.carrier, "outbox_file")
        with bar(words(msg("Sending"))) as tell:
            while tried := send_batch(runtime, carrier):
                handed_over += tried
                tell(tried)
        with runtime.database.transaction("system/messages") as tx:
            left = journal.waiting(tx)
    show_record({"tried": handed_over, "waiting": left}, json=json)
