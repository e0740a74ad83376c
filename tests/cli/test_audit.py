"""The audit says that everything holds when it does, and names what does not when somebody has touched it."""

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from prakarsa.cli.audit import INVARIANTS, verify_everything
from prakarsa.kernel.clock import SystemClock
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.settings import Settings
from tests.cli.conftest import MASTER
from tests.cli.played import AFTERWARDS, Played, play
from tests.cli.program import Program


@dataclass(frozen=True)
class World:
    """A played programme, and where it is kept."""

    program: Program
    played: Played
    url: str


@pytest.fixture(scope="module")
def world(program: Program, database_url: str) -> World:
    """Played once, sealed, and from then on only copied."""
    database = Database(database_url, Keyring(MASTER), max_size=2)
    database.open()
    with database.transaction("test") as tx:
        played = play(tx)
    database.close()
    program.at(AFTERWARDS)
    program.answer("journal", "seal")
    return World(program, played, database_url)


@contextmanager
def copied(url: str) -> Iterator[str]:
    """A copy of a database that nobody is connected to, dropped at the end."""
    address = urlsplit(url)
    server, name = address._replace(path="/postgres").geturl(), f"copy_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {address.path[1:]}".encode())
    yield address._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def copy(world: World) -> Iterator[World]:
    """The same programme in a database that may be spoilt."""
    with copied(world.url) as url:
        environment = world.program.environment | {"PRAKARSA_DATABASE_URL": url}
        yield World(Program(world.program.home, environment), world.played, url)


def broken(program: Program) -> dict[str, list[str]]:
    """What `audit verify` finds: for each broken invariant, what it names."""
    done = program.run("audit", "verify", "--json", settings={"PRAKARSA_LANGUAGE": "en"})
    assert done.err == ""
    assert done.code == (0 if done.json["holds"] else 1)
    assert done.json["broken"] == sum(1 for each in done.json["invariants"] if not each["holds"])
    return {
        each["invariant"]: [exception["subject"] for exception in each["exceptions"]]
        for each in done.json["invariants"]
        if not each["holds"]
    }


def named_broken(url: str, home: Path) -> set[str]:
    """The sentences that no longer hold, by the function that the command and the demonstration call."""
    database = Database(url, Keyring(MASTER), max_size=2)
    database.open()
    try:
        runtime = Runtime(Settings(home=home), Keyring(MASTER), SystemClock(), database)
        exceptions = verify_everything(runtime, lambda _: None)
    finally:
        database.close()
    return {each.sentence for each in INVARIANTS if any(line.startswith(f"{each.sentence}: ") for line in exceptions)}


def test_everything_holds_after_a_programme_has_been_through_everything(world: World) -> None:
    assert broken(world.program) == {}
    on_a_screen = world.program.run("audit", "verify")
    assert on_a_screen.code == 0
    assert "✗" not in on_a_screen.out


def test_everything_holds_before_anything_has_happened(postgres_url: str, world: World) -> None:
    with copied(postgres_url) as url:
        environment = world.program.environment | {"PRAKARSA_DATABASE_URL": url}
        assert broken(Program(world.program.home, environment)) == {}


WORDS = "Every refusal says in Indonesian and English what is the matter and what to do"
BOOKS = "All balances add up to zero, and each is the sum of its transfers"
CARDS = "The balance of a card is its credit less its live purchases and what went back to the state"
SEATS = "Seats sold are the live purchases of a class and never more than its seats"
CHAIN = "The chain of the journal holds"
PURCHASES = "Every purchase, cancellation, completion, code and refusal is in the journal"
CHARGES = "Every purchase took its price from its card once"
VOIDS = "Every cancelled purchase gave back exactly what it took, once"
DRAW = "Every draw, repeated from its list, terms and seed, gives the result that stands"
PUBLISHED = "Every draw stands as it was published"
DECREE = "Every decree is for as many people as were selected"
APPLICATIONS = "Every application, verdict, draw and decree is in the journal"
ENTITLED = "Cards went only to people whom a decreed wave has selected"
ATTENDED = "A redeem code attends a meeting once, for its own card, and never after a cancellation"
ATTENDANCE = "Every meeting attended and every identity check is in the journal"
PROOF = "The signature of every certificate proves what it says"
HOLDS = "Everything done to a hold is in the journal"
COURSES = "Every course stands where the journal last moved it"
TRANSIT = "Money with the bank and money paid out are the sums of their attempts"
MOVED = "Every attempt to pay moved its money once, to the person or back to the budget"
EARNED = "Incentives were promised only for people's own completed courses"
RATED = "A purchase counts as rated when it has a rating"
CERTIFIED = "Completed purchases have one certificate each, and no others have any"
SHARES = "Every completed purchase was shared out between institution and platform, and no other was"
PARTNERS = "The account of a partner is its shares of completed purchases"
ESCROW = "The escrow of an institution is its live purchases that are not completed"

SPOILT = [
    (
        "a balance that nobody moved",
        "UPDATE ledger.account SET balance_idr = balance_idr + 1 "
        "WHERE account_id = (SELECT min(account_id) FROM card.card)",
        {BOOKS, CARDS},
    ),
    (
        "a transfer taken out",
        "ALTER TABLE ledger.transfer DISABLE TRIGGER ALL; DELETE FROM ledger.transfer WHERE reason = 'void'",
        {BOOKS, VOIDS},
    ),
    (
        "a seat sold to nobody",
        "UPDATE catalogue.schedule SET seats_sold = seats_sold + 1",
        {SEATS},
    ),
    (
        "more seats sold than there are",
        "ALTER TABLE catalogue.schedule DROP CONSTRAINT schedule_never_oversold; "
        "UPDATE catalogue.schedule SET seats_sold = seats + 1",
        {SEATS},
    ),
    (
        "a journal row removed",
        "ALTER TABLE journal.entry DISABLE TRIGGER ALL; DELETE FROM journal.entry WHERE action = 'purchase.voided'",
        {CHAIN, PURCHASES},
    ),
    (
        "a journal row changed",
        "ALTER TABLE journal.entry DISABLE TRIGGER ALL; "
        "UPDATE journal.entry SET actor = 'nobody' WHERE action = 'wave.decreed'",
        {CHAIN},
    ),
    (
        "a journal row slipped in",
        "INSERT INTO journal.entry (entry_id, at, actor, action, subject, transaction_id) OVERRIDING SYSTEM VALUE "
        "VALUES (0, now(), 'x', 'hold.placed', 'hold/HLD-0', '3')",
        {CHAIN, HOLDS},
    ),
    (
        "a seal removed",
        "ALTER TABLE journal.seal DISABLE TRIGGER ALL; DELETE FROM journal.seal WHERE seal_no = 5",
        {CHAIN},
    ),
    (
        "a purchase cancelled behind everybody's back",
        "UPDATE purchase.purchase SET voided_at = now() WHERE voided_at IS NULL AND completed_at IS NULL",
        {SEATS, VOIDS, CARDS, ESCROW, PURCHASES},
    ),
    (
        "a purchase completed behind everybody's back",
        "UPDATE purchase.purchase SET completed_at = now() WHERE voided_at IS NULL AND completed_at IS NULL",
        {SHARES, ESCROW, PURCHASES, CERTIFIED},
    ),
    (
        "a loser made a winner",
        "UPDATE selection.application SET state = 'selected' WHERE application_id = "
        "(SELECT min(application_id) FROM selection.application WHERE state = 'not_selected')",
        {DRAW, DECREE, APPLICATIONS},
    ),
    (
        "two places swapped",
        "UPDATE selection.application SET place = 3 - place WHERE place IN (1, 2)",
        {DRAW, PUBLISHED},
    ),
    (
        "another seed",
        "ALTER TABLE selection.draw DISABLE TRIGGER ALL; UPDATE selection.draw SET seed = 'another'",
        {DRAW, PUBLISHED},
    ),
    (
        "a region changed after the commitment",
        "UPDATE selection.application SET region = '99' WHERE place = 1",
        {DRAW},
    ),
    (
        "a card without a selection",
        "UPDATE selection.application SET state = 'not_selected' WHERE place = 1",
        {DRAW, DECREE, APPLICATIONS, ENTITLED},
    ),
    (
        "attendance after a cancellation",
        "INSERT INTO attendance.attended (card_id, purchase_id, sequence, attended_at, proof) "
        "SELECT card_id, purchase_id, 1, now(), 'code_only' FROM purchase.purchase WHERE voided_at IS NOT NULL",
        {ATTENDED, ATTENDANCE},
    ),
    (
        "another name on a certificate",
        """UPDATE certificate.certificate SET facts = jsonb_set(facts, '{person_name}', '"Orang Lain"')""",
        {PROOF},
    ),
    (
        "a certificate thrown away",
        "DELETE FROM certificate.certificate",
        {CERTIFIED, "Every certificate issued and withdrawn is in the journal"},
    ),
    (
        "a hold lifted in silence",
        "UPDATE hold.hold SET lifted_at = NULL, lifted_by = NULL, lift_reason = NULL",
        {HOLDS},
    ),
    (
        "a course approved by nobody's word",
        "UPDATE catalogue.course SET state = 'rejected'",
        {COURSES},
    ),
    (
        "a payment marked as paid",
        "UPDATE disbursement.batch_line SET outcome = 'paid', failure = NULL WHERE outcome = 'failed'",
        {TRANSIT, MOVED, "Every payment promised, sent, paid and cancelled is in the journal"},
    ),
    (
        "an incentive for a course that was not completed",
        "UPDATE disbursement.instruction SET purchase_id = "
        "(SELECT purchase_id FROM purchase.purchase WHERE voided_at IS NULL AND completed_at IS NULL)",
        {EARNED},
    ),
    (
        "a rating without its mark",
        "UPDATE purchase.purchase SET rated_at = NULL",
        {RATED},
    ),
]


@pytest.mark.parametrize(("what", "statements", "expected"), SPOILT, ids=[what for what, _, _ in SPOILT])
def test_what_was_touched_is_named(
    copy: World, monkeypatch: pytest.MonkeyPatch, what: str, statements: str, expected: set[str]
) -> None:
    monkeypatch.setenv("PRAKARSA_LANGUAGE", "en")
    with psycopg.connect(copy.url) as connection:
        connection.execute(statements.encode())

    found = named_broken(copy.url, copy.program.home)

    assert found - {WORDS} == expected, "the words of refusals are not in this database"


@pytest.mark.parametrize("what", ["a balance that nobody moved", "more seats sold than there are"])
def test_the_command_says_what_is_broken_and_where(copy: World, what: str) -> None:
    [(statements, expected)] = [(statements, expected) for name, statements, expected in SPOILT if name == what]
    with psycopg.connect(copy.url) as connection:
        connection.execute(statements.encode())

    found = broken(copy.program)
    on_a_screen = copy.program.run("audit", "verify", settings={"PRAKARSA_LANGUAGE": "en"})

    assert set(found) - {WORDS} == expected
    assert on_a_screen.code == 1
    for sentence in expected:
        assert f"✗ {sentence}" in on_a_screen.out
        assert all(subject in on_a_screen.out for subject in found[sentence])


def test_a_card_taken_back_during_a_hold_is_named(copy: World) -> None:
    card_id = copy.played.holders[5].card_id
    with psycopg.connect(copy.url) as connection:
        connection.execute(
            "UPDATE card.card SET state = 'revoked', revoked_at = hold.starts_at + interval '1 minute' "
            "FROM hold.hold WHERE card_id = %s",
            [card_id],
        )
    found = broken(copy.program)
    assert found["No card was taken back while a hold kept its owner from buying"] == [f"card/{card_id}"]


def test_the_entry_that_was_removed_is_named(copy: World) -> None:
    removal = "DELETE FROM journal.entry WHERE action = 'wave.decreed' RETURNING entry_id"
    with psycopg.connect(copy.url) as connection:
        connection.execute("ALTER TABLE journal.entry DISABLE TRIGGER ALL")
        row = connection.execute(removal).fetchone()
    assert row is not None
    assert broken(copy.program)[CHAIN] == [f"entry/{row[0]}"]
    alone = copy.program.run("journal", "verify", "--json")
    assert alone.code == 1
    assert [each["entry_id"] for each in alone.json["breaks"]] == [row[0]]


def test_a_refusal_without_words_is_named(world: World) -> None:
    home = world.program.home
    script: Path = home / "with_a_mute_refusal.py"
    script.write_text(
        "from dataclasses import dataclass\n"
        "from prakarsa.kernel.refusal import Kind, Refusal\n"
        "@dataclass(eq=False)\n"
        "class Mute(Refusal):\n"
        "    code = 'test.mute'\n"
        "    kind = Kind.CONFLICT\n"
        "    title = 'Nobody has translated this {and_it_names_a_fact_it_has_not}'\n"
        "    next_step = ''\n"
        "from prakarsa.cli.main import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, script, "audit", "verify", "--json"],
        env=world.program.environment | {"PRAKARSA_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    [found] = [each for each in json.loads(done.stdout)["invariants"] if each["invariant"] == WORDS]
    mute = [each["problem"] for each in found["exceptions"] if each["subject"] == "test.mute"]
    assert done.returncode == 1
    assert sorted(mute) == [
        "next_step is empty",
        "title is not translated: id",
        "title names facts it does not have: en, and_it_names_a_fact_it_has_not",
        "title names facts it does not have: id, and_it_names_a_fact_it_has_not",
    ]
