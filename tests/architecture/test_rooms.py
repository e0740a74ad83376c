"""Rooms know only the rooms below them, and their rules know nothing but values."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import (
    BEYOND_THE_ROOMS,
    DOORS,
    ROOMS,
    ROOT,
    SOURCE,
    calls,
    names,
    python_files,
    room_of,
    tree,
)

RULES = [path for path in python_files() if path.name == "rules.py"]
IMPURE = {
    "asyncio",
    "http",
    "httpx",
    "io",
    "litestar",
    "logging",
    "os",
    "pathlib",
    "psycopg",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
    "time",
}
IMPURE_OF_OURS = {"actions", "store", "db", "settings", "runtime", "embedded", "keyring", "queue", "migrate"}
READS_A_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "gmtime"),
    ("time", "localtime"),
}
ROOM_FILES = {
    "__init__.py": "one sentence: what the room is about",
    "model.py": "values",
    "rules.py": "pure decisions",
    "refusals.py": "every way it says no",
    "store.py": "the only SQL",
    "actions.py": "one function per verb",
}


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_folder_is_a_room_and_every_room_a_folder() -> None:
    found = {path.name for path in SOURCE.iterdir() if path.name != "__pycache__"} - BEYOND_THE_ROOMS
    assert found == set(ROOMS)


@pytest.mark.parametrize("room", sorted(set(ROOMS) - DOORS - {"kernel", "gateways"}))
def test_a_room_has_the_files_every_room_has(room: str) -> None:
    assert {name for name in ROOM_FILES if not (SOURCE / room / name).exists()} <= {"rules.py", "refusals.py"}


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_says_in_one_sentence_what_it_is_about(room: str) -> None:
    assert ast.get_docstring(tree(SOURCE / room / "__init__.py"))


@pytest.mark.parametrize("path", RULES, ids=names(RULES))
def test_rules_import_nothing_that_acts_reads_a_clock_or_remembers(path: Path) -> None:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    impure = {name for name in found if name.split(".")[0] in IMPURE}
    ours = {name for name in found if name.startswith("prakarsa.") and set(name.split(".")) & IMPURE_OF_OURS}
    clocks = {name for name in found if name.startswith("prakarsa.kernel.clock.")} - {"prakarsa.kernel.clock.JAKARTA"}

    assert impure | ours | clocks == set()


def test_only_the_clock_and_the_doors_know_what_time_it_is() -> None:
    read = [
        f"{path}:{call.lineno}: {call.func.value.id}.{call.func.attr}"
        for path in python_files()
        if path != SOURCE / "kernel" / "clock.py" and room_of(path) not in DOORS
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and (call.func.value.id, call.func.attr) in READS_A_CLOCK
    ]
    assert read == []


def test_the_wall_clock_is_for_transport_only() -> None:
    """Programme time comes in as an argument; real time is for signatures, messages and codes that outsiders time."""
    readers = {
        room_of(path)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "wall_now" for alias in node.names)
    }
    assert readers <= DOORS | {"gateways"}
