"""What a door holds while it is open: settings, keys, the clock, the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from prakarsa.kernel.clock import Clock, MovableClock, SystemClock
from prakarsa.kernel.db import Database
from prakarsa.kernel.embedded import EmbeddedPostgres, embedded_version
from prakarsa.kernel.keyring import Keyring, master_secret
from prakarsa.kernel.migrate import migrate
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadSetting
from prakarsa.kernel.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Runtime:
    """An open installation."""

    settings: Settings
    keyring: Keyring
    clock: Clock
    database: Database


def clock_of(settings: Settings) -> Clock:
    """Real time, unless a clock file is named."""
    return MovableClock(Path(settings.clock_file)) if settings.clock_file else SystemClock()


@contextmanager
def open_runtime(settings: Settings | None = None, *, fresh: bool = False) -> Iterator[Runtime]:
    """Open the installation: start or find the database, bring its schema up to date, connect.

    `fresh` throws an embedded database away first: for demonstrations only; an operator's database is never touched.
    Raises BadSetting, DatabaseUnavailable.
    """
    settings = settings or read_settings()
    keyring = Keyring(master_secret(os.environ, settings.home))
    with database_url(settings, fresh=fresh) as url:
        migrate(url)
        database = Database(url, keyring, max_size=settings.pool_size)
        database.open()
        try:
            yield Runtime(settings, keyring, clock_of(settings), database)
        finally:
            database.close()


@contextmanager
def database_url(settings: Settings, *, fresh: bool = False) -> Iterator[str]:
    """The operator's database, or the embedded one for as long as this process needs it. Raises BadSetting."""
    if settings.database_url:
        try:
            conninfo_to_dict(settings.database_url)
        except ProgrammingError as error:  # its text would repeat parts of the address, the password among them
            raise BadSetting("PRAKARSA_DATABASE_URL", msg("it is not the address of a PostgreSQL database")) from error
        yield settings.database_url
        return
    with EmbeddedPostgres(settings.home, embedded_version(os.environ)).running(fresh=fresh) as url:
        yield url
