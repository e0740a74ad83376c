"""Waves: plan, screen, decree, issue cards, announce."""

from dataclasses import dataclass
from typing import Annotated

import typer

from prakarsa.cli.arguments import WaveNumber, When, moment_option
from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, show_record, show_rows, words
from prakarsa.gateways import rounds
from prakarsa.gateways.outside import needed, reach_outside
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import msg
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Wave, WavePlan
from prakarsa.selection import actions as selection
from prakarsa.selection.model import State

group = typer.Typer(help="Waves of applications, from the plan to the cards.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class RegionSeats:
    """Seats of one province."""

    province_code: str
    seats: int


def read_region(text: str) -> RegionSeats:
    """`31=100`: the province code and its seats."""
    code, _, seats = text.partition("=")
    if not (code.isascii() and code.isdigit() and len(code) == 2 and seats.isascii() and seats.isdigit()):
        raise typer.BadParameter("write a province code and its seats as 31=100")
    return RegionSeats(code, min(int(seats[:10]), 10**9))


@group.command("list")
def list_waves(json: Json = False) -> None:
    """Every wave: when it opens and closes, its quota, and how many applications stand where."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        rows = [
            {"number": wave.number, "phase": wave.phase(now).value}
            | picked(wave, "scheme", "opens_at", "closes_at", "quota")
            | {state.value: count for state, count in selection.counts(tx, wave.number).items()}
            for wave in programme.waves(tx)
        ]
    show_rows(rows, json=json, empty=words(msg("No wave is planned yet.")))


@group.command("open")
def open_wave(
    number: WaveNumber,
    scheme: Annotated[str, typer.Option(help="Name of a loaded scheme.")],
    opens_at: Annotated[When, moment_option("When it opens.")],
    closes_at: Annotated[When, moment_option("When it closes.")],
    quota: Annotated[int, typer.Option(min=1, max=10**9, help="Seats in all.")],
    budget_year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="The year of the opening, unless given.")
    ] = None,
    region: Annotated[
        list[RegionSeats] | None,
        typer.Option(parser=read_region, metavar="CODE=SEATS", help="Seats of a province; again for each."),
    ] = None,
    json: Json = False,
) -> None:
    """Plan a wave; it opens and closes by the clock."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        opens = opens_at.at(now)
        plan = WavePlan(
            number=number,
            scheme=scheme,
            opens_at=opens,
            closes_at=closes_at.at(now),
            quota=quota,
            budget_year=budget_year or opens.astimezone(JAKARTA).year,
            region_quota={seats.province_code: seats.seats for seats in region or ()},
        )
        planned = programme.open_wave(tx, plan, now=now)
    show_record(_record(planned), json=json, title=words(msg("The wave is planned.")))


@group.command()
def screen(number: WaveNumber, json: Json = False) -> None:
    """Check every application of a wave against the registries and the rules; go on where it stopped."""
    with opened() as runtime, reach_outside(runtime.settings) as outside:
        registry = needed(outside.registry, "registry_url")
        with runtime.database.transaction(operator()) as tx:
            waiting = selection.counts(tx, number)[State.APPLIED]
        with bar(words(msg("Screening")), waiting) as tell:
            done = rounds.screen_wave(runtime, registry, number, actor=operator(), tell=tell)
        with runtime.database.transaction(operator()) as tx:
            counts = selection.counts(tx, number)
    record = {"wave": number, "screened": done} | {state.value: count for state, count in counts.items()}
    show_record(record, json=json)


@group.command()
def decree(
    number: WaveNumber,
    decree_number: Annotated[str, typer.Option("--number", help="Number of the decree (SK-PKP).")],
    json: Json = False,
) -> None:
    """Decree the people whom the draw has selected, with the amounts of the terms in force."""
    with one_transaction() as (tx, runtime):
        made = selection.decree(tx, number, decree_number, by=operator(), now=runtime.clock.now())
    names = ("wave_number", "number", "persons", "training_idr", "incentive_idr", "survey_idr", "total_idr")
    show_record(picked(made, *names), json=json, title=words(msg("The decree stands.")))


@group.command()
def issue(number: WaveNumber, json: Json = False) -> None:
    """Fund a decreed wave and give every selected person a card; go on where it stopped."""
    with opened() as runtime:
        with runtime.database.transaction(operator()) as tx:
            made = selection.decree_of(tx, number)
        with bar(words(msg("Issuing cards")), made.persons if made else None) as tell:
            done = rounds.issue_cards(runtime, number, actor=operator(), tell=tell)
    show_record({"wave": number, "cards_issued": done}, json=json)


@group.command()
def announce(number: WaveNumber, json: Json = False) -> None:
    """Tell everybody who was not selected why; each is told once."""
    with opened() as runtime, bar(words(msg("Announcing"))) as tell:
        done = rounds.announce_wave(runtime, number, actor=operator(), tell=tell)
    show_record({"wave": number, "people_told": done}, json=json)


def _record(wave: Wave) -> dict[str, object]:
    return picked(wave, "number", "scheme", "opens_at", "closes_at", "quota", "region_quota", "budget_year")
