"""`prakarsa replay august-2020`: the same weeks twice, side by side."""

from pathlib import Path
from typing import Annotated, Any

import typer

from prakarsa.cli.output import Json, bar, console, lines, show_record, words
from prakarsa.cli.replay.picture import picture
from prakarsa.cli.replay.played import STEPS, Played, play
from prakarsa.kernel.refusal import msg

group = typer.Typer(help="What happened once, lived through again.", no_args_is_help=True)
FEWEST, MOST = 50, 100_000
SEED = 20_200_816

ROWS: tuple[tuple[str, str], ...] = (
    ("days_lost", msg("Days on which somebody who wanted to buy could buy nothing")),
    ("empty_handed", msg("People who tried from 20 to 31 August and had nothing by its end")),
    ("gave_up", msg("People who stopped trying")),
    ("revoked_because_of_it", msg("Cards taken back although their owner had tried to buy")),
    ("revoked", msg("Cards taken back in all, with those who never looked")),
    ("questions", msg("Questions asked")),
    ("questions_unanswered", msg("Questions without an answer")),
    ("courses_on_sale_20_to_31_august", msg("Courses that could be bought from 20 to 31 August")),
    ("purchases_20_to_31_august", msg("Purchases from 20 to 31 August")),
    ("purchases", msg("Purchases by the end of September")),
    ("days_waited_by_choice", msg("Days somebody waited for a held course although others were on sale")),
    ("deadlines_moved", msg("Deadlines moved by the time lost")),
    ("deadline_moved_mean_hours", msg("… by how many hours on average")),
    ("deadline_moved_most_hours", msg("… by how many hours at most")),
    ("holds", msg("Holds placed, each with reason, end and appeal")),
    ("notices_of_holds", msg("Messages to those whom a hold concerns")),
)


@group.callback()
def replay() -> None:
    """What happened once, lived through again."""


@group.command("august-2020")
def august_2020(
    people: Annotated[int, typer.Option(min=FEWEST, max=MOST, help="Cards of wave 4.")] = 2_000,
    seed: Annotated[int, typer.Option(min=0, max=2**32, help="The same seed gives the same story.")] = SEED,
    picture_file: Annotated[
        Path | None, typer.Option("--picture", dir_okay=False, writable=True, help="Draw both runs into this SVG file.")
    ] = None,
    json: Json = False,
) -> None:
    """August 2020 as it happened and with Prakarsa, on the same people and courses. Touches no installation."""
    if picture_file is not None and not picture_file.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {picture_file.absolute().parent}")
    with bar(words(msg("Living through August 2020 twice")), total=STEPS) as tell:
        played = play(people, seed, tell)
    record = played.record()
    if picture_file is not None:
        picture_file.write_text(picture(record), encoding="utf-8")
    if json:
        show_record(record, json=True)
    else:
        _show(played, record)
    if played.broken:
        raise typer.Exit(1)


def _show(played: Played, record: dict[str, Any]) -> None:
    from rich.table import Table  # only where somebody reads

    table = Table(header_style="bold", title=words(msg("August 2020 with {people} cards"), people=played.people))
    table.add_column("")
    table.add_column(words(msg("as it happened")), justify="right")
    table.add_column(words(msg("with Prakarsa")), justify="right")
    for name, text in ROWS:
        table.add_row(words(text), f"{record['as_it_happened'][name]:,}", f"{record['with_prakarsa'][name]:,}")
    console.print(table)
    prepared = record["rehearsal"]
    lines(
        [
            words(
                msg(
                    "The rehearsal of 20 July said: {leaving} of {courses} courses would leave sale. {lists} partners "
                    "got a list of {items} gaps; {closed} were closed before the rule came into force, and {left} "
                    "courses left sale, each with its cause."
                ),
                leaving=prepared["leaving_by_dry_run"],
                courses=record["with_prakarsa"]["courses"],
                lists=prepared["gap_lists"],
                items=prepared["gap_items"],
                closed=prepared["gaps_closed"],
                left=prepared["left_at_cut_over"],
            )
        ]
    )
    if played.broken:
        lines(played.broken)
    else:
        lines([words(msg("All invariants hold at the end of both runs."))])
