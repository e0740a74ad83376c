"""What was written down cannot be changed, removed or slipped in without being named."""

import psycopg
import pytest

from prakarsa.journal import actions
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Database, Tx
from tests.conftest import NOW


@pytest.fixture
def sealed(database: Database) -> list[int]:
    """Three sealed entries; what a test does to them is undone."""
    with database.transaction("test") as tx:
        actions.record(tx, [Event(f"deed.{n}", f"thing/{n}", None, {"n": n}) for n in range(3)], now=NOW)
    with database.transaction("test") as tx:
        while actions.seal_chunk(tx):
            pass
        ids = tx.values("SELECT entry_id FROM journal.entry ORDER BY entry_id")
    return [int(entry_id) for entry_id in ids[-3:]]


def broken(database: Database, harm: str) -> list[tuple[int, str]]:
    """What verification says after somebody with full rights on the database did harm; then all is undone."""
    with psycopg.connect(database.url) as connection:
        connection.execute("SET session_replication_role = replica")  # even the triggers are off
        connection.execute(harm)  # type: ignore[arg-type]  # written in this test
        tx = Tx(connection, database._keyring, "test")
        found = [(b.entry_id, b.problem) for b in actions.verify(tx)]
        connection.rollback()
        return found


def test_an_untouched_chain_verifies(database: Database, sealed: list[int]) -> None:
    with database.transaction("test") as tx:
        assert actions.verify(tx) == []


@pytest.mark.parametrize(
    "column",
    [
        "actor = 'x'",
        "action = 'x'",
        "subject = 'x'",
        "facts = '{}'",
        "person_id = 7",
        "at = at + interval '1 microsecond'",
    ],
)
def test_a_changed_entry_is_named(database: Database, sealed: list[int], column: str) -> None:
    found = broken(database, f"UPDATE journal.entry SET {column} WHERE entry_id = {sealed[1]}")

    assert found == [(sealed[1], "entry or its seal was changed")]


def test_a_removed_entry_is_named(database: Database, sealed: list[int]) -> None:
    assert broken(database, f"DELETE FROM journal.entry WHERE entry_id = {sealed[1]}") == [
        (sealed[1], "entry was removed")
    ]


def test_an_entry_removed_with_its_seal_leaves_a_gap(database: Database, sealed: list[int]) -> None:
    harm = "DELETE FROM journal.{} WHERE entry_id = {}"
    found = broken(database, "; ".join(harm.format(table, sealed[1]) for table in ("entry", "seal")))

    assert any("missing" in problem for _, problem in found)


def test_an_entry_slipped_in_behind_the_chain_is_named(database: Database, sealed: list[int]) -> None:
    found = broken(
        database,
        "INSERT INTO journal.entry (at, actor, action, subject, transaction_id) "
        "SELECT at, 'x', 'x', 'x', '1'::xid8 FROM journal.entry LIMIT 1",
    )

    assert [problem for _, problem in found] == ["entry was inserted behind the chain"]


def test_ordinary_hands_cannot_change_entries_at_all(tx: Tx) -> None:
    actions.record(tx, [Event("deed", "thing")], now=NOW)
    for statement in ("UPDATE journal.entry SET actor = 'x'", "DELETE FROM journal.entry"):
        with pytest.raises(psycopg.errors.RaiseException), tx.savepoint():
            tx.run(statement)  # type: ignore[arg-type]  # written in this test


def test_an_entry_is_not_sealed_while_an_older_transaction_may_still_write(database: Database) -> None:
    with psycopg.connect(database.url) as slow:
        Tx(slow, database._keyring, "slow").value("SELECT pg_current_xact_id()::text")
        with database.transaction("test") as tx:
            actions.record(tx, [Event("later", "thing")], now=NOW)
        with database.transaction("test") as tx:
            while actions.seal_chunk(tx):
                pass
            last = tx.value("SELECT max(entry_id) FROM journal.entry")
            assert tx.value("SELECT count(*) FROM journal.seal WHERE entry_id = %(e)s", e=last) == 0
    with database.transaction("test") as tx:
        assert actions.seal_chunk(tx) == 1
        assert actions.verify(tx) == []
