"""`prakarsa demo`: build a programme, walk one card through its whole life, check everything, serve."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from prakarsa.card import actions as card
from prakarsa.card.model import CardHolder
from prakarsa.cli.audit import verify_everything
from prakarsa.cli.demo import world as worlds
from prakarsa.cli.demo.client import Outbox
from prakarsa.cli.demo.manifest import write_manifest
from prakarsa.cli.demo.narrator import Narrator
from prakarsa.cli.demo.refusals import DatabaseNotEmpty, StoryBroken
from prakarsa.cli.demo.stage import MANIFEST_FILE, OUTBOX_FILE, PEOPLE_FILE, Stage, set_stage
from prakarsa.cli.demo.walk import Walk
from prakarsa.cli.output import Json
from prakarsa.gateways.outside import needed, reach_outside
from prakarsa.gateways.simulators.population import generate, read_population, write_population
from prakarsa.journal import actions as journal
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.runtime import Runtime, open_runtime
from prakarsa.kernel.settings import read_settings
from prakarsa.kernel.words import rupiah
from prakarsa.programme import actions as programme
from prakarsa.selection import actions as selection
from prakarsa.selection.drawing import verify_file

FEWEST_PEOPLE = 10
_SEED = 20_200_808
_WALKERS = 2


def demo(
    once: Annotated[bool, typer.Option("--once", help="End after the walk instead of serving.")] = False,
    people: Annotated[int, typer.Option(min=FEWEST_PEOPLE, max=2_000_000, help="How many people apply.")] = 20_000,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port of the server.")] = 8000,
    home: Annotated[Path | None, typer.Option(help="Folder of the demonstration; default ./.prakarsa.")] = None,
    json: Json = False,
) -> None:
    """Build a programme of invented people, walk one card through its whole life, then serve it."""
    # .prakarsa in the working folder, unless PRAKARSA_HOME says otherwise
    folder = home or Path(os.environ.get("PRAKARSA_HOME") or ".prakarsa")
    narrator = Narrator()
    for sign in (signal.SIGTERM, signal.SIGINT):  # a shell that starts us in the background has SIGINT ignored
        signal.signal(sign, _as_interrupt)
    with (
        suppress(KeyboardInterrupt),
        set_stage(folder, port) as stage,
        open_runtime(read_settings({**os.environ, "PRAKARSA_HOME": str(stage.home)}), fresh=True) as runtime,
    ):
        _play(runtime, stage, narrator, people)
        if not once:
            _serve(stage, narrator)


def _play(runtime: Runtime, stage: Stage, narrator: Narrator, people: int) -> None:
    with runtime.database.transaction("system/demo") as tx:
        if programme.waves(tx):
            raise DatabaseNotEmpty
    calendar = worlds.Calendar(datetime.now(UTC).replace(microsecond=0))
    builder = worlds.Builder(runtime, stage, narrator, calendar, people)
    narrator.panel("Prakarsa", f"A training-voucher programme with {people:,} invented applicants, on the real stack.")

    narrator.chapter("The programme is set up")
    people_file = stage.home / PEOPLE_FILE
    write_population(people_file, generate(people, _SEED, calendar.opens_at.astimezone(JAKARTA).date()))
    _start_processes(stage, people_file)
    built = builder.set_up()
    narrator.tell(
        f"Policy prakerja-2020 loaded; {len(built.institutions)} institutions and 3 platforms hold keys; "
        f"{len(built.seats)} courses meet the conditions of Permenko 11/2020 and are on sale."
    )

    narrator.chapter(f"Wave {worlds.WAVE} opens and people apply")
    taken = builder.apply_all(read_population(people_file))
    narrator.tell(f"{taken:,} applications for {builder.places:,} places; identity numbers are stored encrypted.")

    narrator.chapter("The wave closes; screening, draw, decree")
    with reach_outside(runtime.settings) as outside:
        builder.screen_all(needed(outside.registry, "registry_url"))
    _draw(builder, narrator)

    narrator.chapter("Cards are issued")
    issued = builder.issue_all()
    told = builder.tell_the_others()
    narrator.tell(f"{issued:,} people were told of their card, {told:,} others of their result and its reason.")

    outbox_path = stage.home / OUTBOX_FILE
    for name, url in (("server", stage.base_url), ("bank", _address(stage, "bank"))):
        stage.wait_for(name, url)
    walk = Walk(runtime, built, narrator, Outbox(outbox_path))
    learner, waiting = next(_pages(runtime, limit=_WALKERS))
    _live(walk, learner, waiting, narrator)

    narrator.chapter("Everything is checked")
    _wait_for_messages(runtime)
    with runtime.database.transaction("system/demo") as tx:
        told = journal.waiting(tx)
    problems = verify_everything(runtime, narrator.tell)
    if problems:
        raise StoryBroken("audit verify", problems[0])
    narrator.tell(
        f"All invariants hold; messages waiting: {told}; the whole story took {narrator.elapsed_seconds():.0f} s."
    )
    limit = min(worlds.MOST_LISTED_CARDS, people // worlds.CARD_SHARE)
    write_manifest(stage.home / MANIFEST_FILE, stage, built, _listed(runtime, limit), outbox_path)


def _draw(builder: worlds.Builder, narrator: Narrator) -> None:
    calendar = builder.calendar
    with builder.at(calendar.closes_at + timedelta(hours=1), worlds.OFFICER) as (tx, now):
        drawn = selection.commit_list(tx, worlds.WAVE, now=now)
    narrator.tell(f"{drawn.entries:,} passed. Their list is fixed before the seed exists: {drawn.list_sha256[:16]}…")
    seed, source = _public_seed(calendar.closes_at)
    with builder.at(calendar.closes_at + timedelta(days=1), worlds.OFFICER) as (tx, now):
        selection.enter_seed(tx, worlds.WAVE, seed, source, now=now)
        selection.run_draw(tx, worlds.WAVE, now=now)
    path = builder.stage.home / f"draw-{worlds.WAVE}.json"
    with builder.runtime.database.transaction("system/demo") as tx, path.open("w", encoding="utf-8") as file:
        file.writelines(selection.publish(tx, worlds.WAVE))
    if problems := verify_file(path):
        raise StoryBroken("recomputing the draw", problems[0])
    narrator.tell(f"The seed is entered with its source ({source}).")
    narrator.tell("The draw is recomputed from its published file alone: it holds.")
    with builder.at(calendar.announced_at - timedelta(hours=1), worlds.OFFICER) as (tx, now):
        decree = selection.decree(tx, worlds.WAVE, "SK-PKP 4/2020", by="Demo Officer", now=now)
    narrator.tell(
        f"Decree {decree.number}: {decree.persons:,} people, each {rupiah(decree.training_idr, 'en')} for training "
        f"and {rupiah(decree.incentive_idr + decree.survey_idr, 'en')} in incentives."
    )


def _live(walk: Walk, learner: CardHolder, waiting: CardHolder, narrator: Narrator) -> None:
    narrator.chapter(f"{learner.name} looks at the card and buys a course")
    walk.clock.move_to(walk.calendar.announced_at + timedelta(hours=1))
    walk.show_card(learner)
    bought = walk.buy_first_course(learner)
    narrator.chapter(f"{learner.name} learns")
    walk.attend(learner, bought)
    walk.certify(learner)
    narrator.chapter(f"{learner.name} rates and is paid")
    walk.rate_and_be_paid(learner, bought)
    narrator.chapter("August 2020 in miniature")
    walk.live_through_a_hold(waiting)


def _serve(stage: Stage, narrator: Narrator) -> None:
    base = stage.base_url
    narrator.panel(
        "The programme is open",
        "\n".join(
            (
                f"People        {base}/  (wave {worlds.WAVE + 1} is open: apply, or sign in as a card holder)",
                f"Catalogue     {base}/courses",
                f"Status        {base}/status",
                f"Draw          {base}/draws",
                f"Certificates  {base}/certificates",
                f"Refusals      {base}/errors",
                f"Console       {base}/console",
                f"Partner API   {base}/api/v1/integration",
                "",
                f"Keys, cards, staff   {stage.home / MANIFEST_FILE}",
                f"SMS and e-mail       {stage.home / OUTBOX_FILE}",
                f"Commands             PRAKARSA_HOME={stage.home} prakarsa --help",
                "",
                "Ctrl-C ends it.",
            )
        ),
    )
    told: set[str] = set()
    while True:
        for name in set(stage.ended()) - told:
            told.add(name)
            narrator.tell(f"The {name} process has ended; its own words are in {stage.home / name}.log.")
        time.sleep(0.5)


def _start_processes(stage: Stage, people_file: Path) -> None:
    for name in ("bank", "identity", "registry"):
        people = ["--people", str(people_file)] if name == "registry" else []
        stage.start(name, "simulate", name, "--port", str(stage.ports[name]), *people)
    stage.start("server", "serve", "--port", str(stage.port))
    stage.start("worker", "worker")


def _pages(runtime: Runtime, limit: int) -> Iterator[list[CardHolder]]:
    after = 0
    while True:
        with runtime.database.transaction("system/demo") as tx:
            page = card.holders(tx, worlds.WAVE, after=after, limit=limit)
        if not page:
            return
        after = page[-1].card_id
        yield page


def _listed(runtime: Runtime, limit: int) -> Iterator[CardHolder]:
    """Cards that can buy at once: everybody's but the walkers'."""
    left, skipped = limit, _WALKERS
    for page in _pages(runtime, 1_000):
        for holder in page:
            if skipped:
                skipped -= 1
            elif left:
                left -= 1
                yield holder
            else:
                return


def _wait_for_messages(runtime: Runtime) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with runtime.database.transaction("system/demo") as tx:
            if not journal.waiting(tx):
                return
        time.sleep(0.2)


def _public_seed(closed_at: datetime) -> tuple[str, str]:
    """A seed as a public draw would give it; here the demonstration writes one down for itself."""
    return os.urandom(16).hex(), f"drawn by the demonstration on {closed_at:%Y-%m-%d}, in place of a public lottery"


def _address(stage: Stage, name: str) -> str:
    return f"http://127.0.0.1:{stage.ports[name]}"


def _as_interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt
