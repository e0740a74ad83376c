"""Policy: load a scheme file, show what is in force."""

from typing import Annotated

import typer

from prakarsa.cli.arguments import When, moment_option
from prakarsa.cli.opening import one_transaction
from prakarsa.cli.output import Json, picked, show_record, show_rows, words
from prakarsa.kernel.refusal import msg
from prakarsa.programme import actions as programme

group = typer.Typer(help="Schemes and the dated terms in force.", no_args_is_help=True)


@group.command()
def load(
    scheme: Annotated[str, typer.Argument(metavar="FILE|NAME", help="A scheme file, or one that ships by its name.")],
    json: Json = False,
) -> None:
    """Load a scheme's dated rows; loading it again changes nothing."""
    with one_transaction() as (tx, runtime):
        loaded = programme.load_scheme(tx, scheme, now=runtime.clock.now())
    record = {"scheme": loaded.scheme, "title": loaded.title, "rows": len(loaded.parameters)}
    show_record(record, json=json, title=words(msg("The scheme is loaded.")))


@group.command()
def show(
    wave: Annotated[int | None, typer.Option(min=1, max=9_999, help="Number of a wave; else the newest one.")] = None,
    at: Annotated[When | None, moment_option("Now, unless given.")] = None,
    json: Json = False,
) -> None:
    """Every parameter in force for a wave, with its legal basis and source."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        rows = programme.parameters_in_force(tx, wave, at.at(now) if at else now)
    names = ("name", "value", "effective_from", "effective_to", "legal_basis", "source")
    show_rows([picked(row, *names) for row in rows], json=json)


@group.command()
def schemes(json: Json = False) -> None:
    """Every scheme that was loaded."""
    with one_transaction() as (tx, _):
        rows = programme.schemes(tx)
    show_rows([picked(row, "scheme", "title", "source_file", "loaded_at") for row in rows], json=json)
