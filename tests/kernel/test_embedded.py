"""PostgreSQL out of a package: shared by processes, stopped by the last one, back after a kill."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from prakarsa.kernel.embedded import EmbeddedPostgres, embedded_version
from prakarsa.kernel.refusals import BadSetting, DatabaseUnavailable

pytestmark = pytest.mark.slow
HOLDER = """
import signal, sys, time
from pathlib import Path
from prakarsa.kernel.embedded import EmbeddedPostgres
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with EmbeddedPostgres(Path(sys.argv[1])).running() as url:
    print(url, flush=True)
    time.sleep(600)
"""


def servers(home: Path) -> list[psutil.Process]:
    """Main server processes whose data lies in this home."""
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        words = process.info["cmdline"] or []
        if process.info["name"] == "postgres" and str(home.resolve() / "postgres") in words:
            found.append(process)
    return found


@contextmanager
def another_process(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A second user of the same home; ended, if a test has not, by asking it to."""
    command = [sys.executable, "-c", HOLDER, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("postgresql://")
        yield process
        if process.poll() is None:
            process.terminate()


def gone(home: Path) -> bool:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if not servers(home):
            return True
        time.sleep(0.1)
    return False


def test_the_last_one_out_stops_the_server(home: Path) -> None:
    with another_process(home):
        with EmbeddedPostgres(home).running() as url, psycopg.connect(url) as connection:
            connection.execute("SELECT 1")
        assert servers(home)

    assert gone(home)


def test_after_a_kill_of_everything_the_data_is_there_and_nothing_is_left_running(home: Path) -> None:
    with another_process(home) as killed:
        with psycopg.connect(_url(home), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        killed.kill()
        killed.wait()
    for server in servers(home):
        server.kill()

    with EmbeddedPostgres(home).running() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert gone(home)


def test_a_server_left_behind_by_a_killed_process_is_taken_over(home: Path) -> None:
    with another_process(home) as killed:
        killed.kill()
        killed.wait()
    assert servers(home)

    with EmbeddedPostgres(home).running() as url, psycopg.connect(url) as connection:
        connection.execute("SELECT 1")
    assert gone(home)


def test_a_stale_process_number_of_a_stranger_is_not_believed(home: Path) -> None:
    with EmbeddedPostgres(home).running():
        pass
    record = home / "postgres" / "postmaster.pid"
    record.write_text(f"{os.getpid()}\n{home / 'postgres'}\n1\n5432\n{home}\n\n1 1\nready\n")

    with EmbeddedPostgres(home).running() as url, psycopg.connect(url) as connection:
        connection.execute("SELECT 1")


def test_a_broken_data_folder_is_refused_in_words(home: Path) -> None:
    with EmbeddedPostgres(home).running():
        pass
    (home / "postgres" / "global" / "pg_control").unlink()

    started = time.monotonic()
    with pytest.raises(DatabaseUnavailable), EmbeddedPostgres(home).running():
        pass
    assert time.monotonic() - started < 150


def test_only_carried_versions_can_be_asked_for() -> None:
    assert embedded_version({}) == 18
    assert embedded_version({"PRAKARSA_POSTGRES_VERSION": "16"}) == 16
    with pytest.raises(BadSetting):
        embedded_version({"PRAKARSA_POSTGRES_VERSION": "15"})


def _url(home: Path) -> str:
    return f"postgresql://postgres:@/prakarsa?host={home.resolve() / 'postgres'}"
