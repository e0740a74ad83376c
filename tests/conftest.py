"""Shared ground for all tests: a real PostgreSQL of this test process, a fresh database per module."""

import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.embedded import EmbeddedPostgres, embedded_version
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.migrate import migrate

pytest_plugins = ["tests.strictness"]
# how long an example takes says nothing on a shared machine: time is measured by benchmarks
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")
NOW = datetime(2020, 8, 16, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """Keys that only this test process knows."""
    return Keyring(secrets.token_bytes(32))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server started from the wheel for this test process (PRAKARSA_POSTGRES_VERSION chooses which)."""
    with (
        tempfile.TemporaryDirectory(prefix="prakarsa-test-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder), embedded_version(os.environ)).running() as url,
    ):
        with psycopg.connect(url, autocommit=True) as connection:
            # test data may be lost with the machine; the crash tests start servers of their own
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            migrate(url)
        yield url


@pytest.fixture(scope="module")
def database_url(postgres_url: str) -> str:
    """A migrated, empty database for one test module."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_url.replace("/prakarsa?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE prakarsa")  # type: ignore[arg-type]  # our own name
    return postgres_url.replace("/prakarsa?", f"/{name}?")


@pytest.fixture(scope="module")
def database(database_url: str, keyring: Keyring) -> Iterator[Database]:
    """The pool of that database."""
    database = Database(database_url, keyring)
    database.open()
    yield database
    database.close()


@pytest.fixture
def tx(database: Database) -> Iterator[Tx]:
    """One transaction, rolled back at the end of the test."""
    with (
        psycopg.connect(database.url, options="-c search_path=public,jobs -c timezone=UTC") as connection,
        connection.transaction(force_rollback=True),
    ):
        yield Tx(connection, database._keyring, "test")


@pytest.fixture
def now() -> datetime:
    """The moment of the first announcement of wave 4."""
    return NOW


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for an installation of its own. Not tmp_path: other runs of pytest close that to the server's user."""
    with tempfile.TemporaryDirectory(prefix="prakarsa-home-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
