"""The draw: commit, seed, run, publish; and verify, which needs nothing but the published file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from prakarsa.cli.arguments import InputFile, WaveNumber
from prakarsa.cli.opening import one_transaction
from prakarsa.cli.output import Json, lines, picked, show_record, words
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField
from prakarsa.selection import actions as selection
from prakarsa.selection import drawing

group = typer.Typer(help="The draw that anyone can recompute.", no_args_is_help=True)


@group.command()
def commit(number: WaveNumber, json: Json = False) -> None:
    """Fix the list and the terms by their digests, before the seed exists."""
    with one_transaction() as (tx, runtime):
        draw = selection.commit_list(tx, number, now=runtime.clock.now())
    names = ("wave_number", "entries", "list_sha256", "entries_sha256", "committed_at")
    show_record(picked(draw, *names), json=json, title=words(msg("The list is committed to; publish these digests.")))


@group.command()
def seed(
    number: WaveNumber,
    value: Annotated[str, typer.Option("--seed", help="The seed, exactly as its source published it.")],
    source: Annotated[str, typer.Option(help="Where anybody can look the seed up.")],
    json: Json = False,
) -> None:
    """Enter the seed with its public source: once, after the commitment."""
    with one_transaction() as (tx, runtime):
        draw = selection.enter_seed(tx, number, value, source, now=runtime.clock.now())
    show_record(picked(draw, "wave_number", "seed", "seed_source", "seeded_at"), json=json)


@group.command()
def run(number: WaveNumber, json: Json = False) -> None:
    """Draw."""
    with one_transaction() as (tx, runtime):
        result = selection.run_draw(tx, number, now=runtime.clock.now())
    show_record(picked(result, "wave_number", "entries", "selected"), json=json)


@group.command()
def publish(
    number: WaveNumber,
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Where to write; standard output, unless given.")
    ] = None,
    json: Json = False,
) -> None:
    """Write the public file of a draw, which `draw verify` recomputes."""
    with one_transaction() as (tx, _):
        pieces = selection.publish(tx, number)
        if out is None:
            sys.stdout.writelines(pieces)
            return
        try:
            with out.open("w", encoding="utf-8") as file:
                file.writelines(pieces)
        except OSError as error:
            raise BadField("out", msg("the file cannot be written")) from error
    show_record({"wave_number": number, "file": str(out)}, json=json)


@group.command()
def verify(file: InputFile, json: Json = False) -> None:
    """Recompute a published draw from its file alone; no installation and no database are needed."""
    problems = drawing.verify_file(file)
    if json:
        show_record({"file": str(file), "holds": not problems, "problems": problems}, json=True)
    elif problems:
        lines([words(msg("The draw does not hold:")), *(f"  {problem}" for problem in problems)])
    else:
        lines([words(msg("The draw holds: list, seed and result agree."))])
    if problems:
        raise typer.Exit(1)
