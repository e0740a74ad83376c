"""Several at once, or killed in between: still one place per person and family, nothing lost, nobody told twice."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from prakarsa.gateways.simulators.population import generate
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Database
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import DatabaseUnavailable
from prakarsa.selection import actions
from prakarsa.selection.model import Application, NewApplication, State
from prakarsa.selection.refusals import NotAllScreened, RegistryUnavailable, StillInWave
from tests.selection.wave4 import (
    APPLIED,
    CLOSES,
    COMMITTED,
    DRAWN,
    OPENS,
    drawn,
    joined,
    open_wave,
    passes,
    registered,
    registry_of,
    screen_all,
)

# what is committed here stays for the module: each test takes its own people and its own wave
ELIGIBLE = [person for person in generate(300, 12, OPENS.date()) if passes(person)]
SECOND = timedelta(seconds=1)


def at_once(runs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def announce_and_die(database: Database) -> None:
    with database.transaction("test") as tx:
        actions.announce(tx, 45, now=DRAWN, chunk=4)
        raise DatabaseUnavailable("the worker dies here")


def test_lists_for_two_waves_at_once_leave_each_person_in_one(database: Database) -> None:
    with database.transaction("test") as tx:
        open_wave(tx, 41)
        open_wave(tx, 42)
        ids = registered(tx, ELIGIBLE[:40])
    orders = [
        [NewApplication(i, 41) for i in ids],
        [NewApplication(i, 42) for i in reversed(ids)],
        [NewApplication(i, 41 + n % 2) for n, i in enumerate(ids)],
        [NewApplication(i, 42 - n % 2) for n, i in enumerate(reversed(ids))],
    ] * 3
    answers: list[tuple[NewApplication, Application | Refusal]] = []

    def apply(order: list[NewApplication]) -> None:
        with database.transaction("test") as tx:
            answers.extend(zip(order, actions.apply(tx, order, now=APPLIED), strict=True))

    at_once([partial(apply, order) for order in orders])

    assert len(answers) == 12 * 40
    taken = {a.person_id: a for _, a in answers if isinstance(a, Application)}
    assert set(taken) == set(ids)
    assert all(
        a == taken[new.person_id] if isinstance(a, Application) else isinstance(a, StillInWave) for new, a in answers
    )


def test_a_silent_registry_leaves_the_chunk_as_it_was(database: Database) -> None:
    with database.transaction("test") as tx:
        open_wave(tx, 43)
        joined(tx, registered(tx, ELIGIBLE[40:50]), 43)
    registry = registry_of(ELIGIBLE)
    registry.unavailable = True

    with pytest.raises(RegistryUnavailable), database.transaction("test") as tx:
        actions.screen(tx, 43, registry, now=CLOSES)
    registry.unavailable = False
    with database.transaction("test") as tx:
        before = actions.counts(tx, 43)[State.APPLIED]
        assert before == screen_all(tx, registry, 43) == 10


def test_screeners_at_once_never_give_a_family_three_places(database: Database) -> None:
    cards = list(dict.fromkeys(person.kk for person in ELIGIBLE))
    invented = [replace(person, kk=cards[n // 4]) for n, person in enumerate(ELIGIBLE[50:90])]
    with database.transaction("test") as tx:
        open_wave(tx, 14)
        joined(tx, registered(tx, invented), 14)
    done: list[int] = []

    def run() -> None:
        finished = False
        while not finished:
            with database.transaction("test") as tx:
                done.append(actions.screen(tx, 14, registry_of(invented), now=CLOSES, chunk=3))
            with database.transaction("test") as tx:
                finished = actions.counts(tx, 14)[State.APPLIED] == 0

    at_once([run] * 5)

    assert sum(done) == 40
    with database.transaction("test") as tx:
        assert actions.counts(tx, 14)[State.ELIGIBLE] == 20
        assert set(
            tx.values(
                """SELECT count(*) FROM selection.application JOIN people.person USING (person_id)
                JOIN programme.wave USING (wave_id) WHERE number = 14 AND state = 'eligible' GROUP BY kk_index"""
            )
        ) == {2}


def test_a_commitment_waits_for_applications_on_their_way(database: Database) -> None:
    with database.transaction("test") as tx:
        open_wave(tx, 44)
        (person_id,) = registered(tx, ELIGIBLE[90:91])
    applied, finish = threading.Event(), threading.Event()

    def slow_application() -> None:
        with database.transaction("test") as tx:
            joined(tx, [person_id], 44, now=CLOSES - SECOND)
            applied.set()
            finish.wait(10)

    thread = threading.Thread(target=slow_application)
    thread.start()
    assert applied.wait(10)
    threading.Timer(0.3, finish.set).start()
    with pytest.raises(NotAllScreened), database.transaction("test") as tx:
        actions.commit_list(tx, 44, now=COMMITTED)
    thread.join()


def test_an_announcement_that_was_interrupted_tells_the_rest(database: Database) -> None:
    with database.transaction("test") as tx:
        open_wave(tx, 45, quota=1)
        joined(tx, registered(tx, ELIGIBLE[91:102]), 45)
        screen_all(tx, registry_of(ELIGIBLE), 45)
        drawn(tx, 45)
        before = journal.waiting(tx)

    with database.transaction("test") as tx:
        assert actions.announce(tx, 45, now=DRAWN, chunk=4) == 4
    with pytest.raises(DatabaseUnavailable):
        announce_and_die(database)
    with database.transaction("test") as tx:
        assert actions.announce(tx, 45, now=DRAWN) == 6
        assert journal.waiting(tx) - before == 10
