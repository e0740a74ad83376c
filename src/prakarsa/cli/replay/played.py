"""Both runs from beginning to end, in a database of their own that is thrown away afterwards."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from prakarsa.cli.audit import INVARIANTS, OF_REFUSALS
from prakarsa.cli.output import words
from prakarsa.cli.replay import calendar, world
from prakarsa.cli.replay.as_it_happened import AsItHappened
from prakarsa.cli.replay.offer import Catalogue, invent
from prakarsa.cli.replay.people import intend
from prakarsa.cli.replay.story import Run
from prakarsa.cli.replay.with_prakarsa import WithPrakarsa
from prakarsa.gateways import rounds
from prakarsa.kernel.db import Database
from prakarsa.kernel.embedded import EmbeddedPostgres
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.migrate import migrate
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.settings import Settings

ACTOR = "system/replay"
STEPS = 2 * (3 + len(calendar.days(calendar.TOLD_ON, calendar.LAST_DAY)))
"""Steps of the whole, for a progress bar."""


@dataclass(frozen=True, slots=True)
class Played:
    """Both runs."""

    people: int
    seed: int
    happened: AsItHappened
    prakarsa: WithPrakarsa

    @property
    def broken(self) -> list[str]:
        """Invariants that do not hold at the end of either run."""
        return self.happened.tally.broken + self.prakarsa.tally.broken

    def record(self) -> dict[str, Any]:
        """Everything as one document."""
        assert self.prakarsa.prepared is not None
        happened, prakarsa = self.happened.tally.numbers(), self.prakarsa.tally.numbers()
        # what could have been sold all along is known from the run in which it was
        return {
            "replay": "august-2020",
            "people": self.people,
            "seed": self.seed,
            "as_it_happened": happened,
            "with_prakarsa": prakarsa,
            "rehearsal": asdict(self.prakarsa.prepared),
            "courses_that_could_have_been_sold_all_along": prakarsa["courses_on_sale_20_to_31_august"],
            "per_day": {
                "as_it_happened": self.happened.tally.per_day(),
                "with_prakarsa": self.prakarsa.tally.per_day(),
            },
            "invariants_hold": not self.broken,
        }


def play(people: int, seed: int, tell: world.Tell) -> Played:
    """Live through August 2020 twice. An installation of this machine is neither read nor touched."""
    sold = invent(people, seed)
    keyring = Keyring(secrets.token_bytes(32))
    with tempfile.TemporaryDirectory(prefix="prakarsa-replay-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        embedded = EmbeddedPostgres(home)
        with embedded.running() as url:
            migrate(url)
            with _opened(home, url, keyring) as runtime:
                world.found(runtime, _clock_of(runtime), sold, people)
            tell(1)
            other = embedded.copy()
            with _opened(home, url, keyring) as runtime:
                happened = AsItHappened(runtime, _clock_of(runtime), sold)
                _run(happened, people, seed, tell)
            with _opened(home, other, keyring) as runtime:
                prakarsa = WithPrakarsa(runtime, _clock_of(runtime), sold)
                _run(prakarsa, people, seed, tell)
    return Played(people, seed, happened, prakarsa)


def _run(run: Run, people: int, seed: int, tell: world.Tell) -> None:
    run.prepare()
    world.select(run.runtime, run.clock, people, seed)
    tell(1)
    run.invite(islice(world.holders(run.runtime, people), people), _intentions(people, seed, run.sold))
    run.live(tell)
    run.tally.told_of_holds = sum(n for name, n in run.market.phones.carried.items() if name.startswith("notice."))
    run.tally.broken = _broken(run.runtime)
    tell(1)


def _intentions(people: int, seed: int, sold: Catalogue) -> Iterator[Any]:
    courses, platforms = list(sold.courses), sold.platform_codes
    return (intend(number, seed, courses, platforms) for number in range(people))


def _broken(runtime: Runtime) -> list[str]:
    """Invariants of the data that do not hold; that every sentence is translated is another check's business."""
    rounds.seal_journal_entries(runtime, actor=ACTOR)
    with runtime.database.snapshot(ACTOR) as tx:
        return [
            f"{words(each.sentence)} {problem.subject}: {words(each.words, **problem.facts)}"
            for each in INVARIANTS
            if each not in OF_REFUSALS
            for problem in each.exceptions(tx)
        ]


@contextmanager
def _opened(home: Path, url: str, keyring: Keyring) -> Iterator[Runtime]:
    database = Database(url, keyring, max_size=4)
    database.open()
    try:
        clock = world.StoryClock(calendar.at(calendar.FOUNDED_ON, 9))
        yield Runtime(Settings(home), keyring, clock, database)
    finally:
        database.close()


def _clock_of(runtime: Runtime) -> world.StoryClock:
    assert isinstance(runtime.clock, world.StoryClock)
    return runtime.clock
