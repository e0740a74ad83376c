"""An installation in a folder of its own, on a fresh database of the test server, in August 2020."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from tests.cli.program import Here, Program, bare_environment
from tests.conftest import NOW

MASTER = secrets.token_bytes(32)


@pytest.fixture(scope="module")
def program(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in its installation."""
    home: Path = tmp_path_factory.mktemp("home")
    settings = {
        "PRAKARSA_DATABASE_URL": database_url,
        "PRAKARSA_SECRET_KEY": MASTER.hex(),
        "PRAKARSA_CLOCK_FILE": str(home / "clock"),
        "PRAKARSA_OUTBOX_FILE": str(home / "outbox.jsonl"),
        "PRAKARSA_BASE_URL": "https://prakarsa.example",
    }
    program = Program(home, bare_environment(home) | settings)
    program.at(NOW)
    return program


@pytest.fixture(scope="module")
def here(program: Program) -> Here:
    """The same installation, for many commands in little time."""
    return Here(program.home, program.environment)


@pytest.fixture(scope="module")
def database(database_url: str) -> Iterator[Database]:
    """The same database, opened with the installation's keys."""
    database = Database(database_url, Keyring(MASTER), max_size=4)
    database.open()
    yield database
    database.close()
