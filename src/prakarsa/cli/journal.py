"""The journal's hash chain: seal, verify."""

import typer

from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, lines, picked, show_record, show_rows, words
from prakarsa.gateways import rounds
from prakarsa.journal import actions as journal
from prakarsa.kernel.refusal import msg

group = typer.Typer(help="Who did what when, sealed in a chain.", no_args_is_help=True)


@group.command()
def seal(json: Json = False) -> None:
    """Seal every entry that can be sealed."""
    with opened() as runtime, bar(words(msg("Sealing"))) as tell:
        sealed = rounds.seal_journal_entries(runtime, actor=operator(), tell=tell)
    show_record({"entries_sealed": sealed}, json=json)


@group.command()
def verify(json: Json = False) -> None:
    """Recompute the chain; every changed, removed or smuggled entry is named, with exit code 1."""
    with one_transaction() as (tx, _):
        breaks = journal.verify(tx)
    rows = [picked(each, "entry_id", "problem") for each in breaks]
    if json:
        show_record({"holds": not breaks, "breaks": rows}, json=True)
    elif breaks:
        show_rows(rows, json=False)
    else:
        lines([words(msg("The chain of the journal holds."))])
    if breaks:
        raise typer.Exit(1)
