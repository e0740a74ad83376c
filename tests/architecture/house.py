"""The house as the tests see it: its rooms and their floors, read from the import contract, and its files."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tools.documents.floors import FLOORS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "prakarsa"
BEYOND_THE_ROOMS = {"__init__.py", "__main__.py", "py.typed", "migrations", "locale"}


@cache
def pyproject() -> dict[str, Any]:
    """The project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


HEIGHT = {room: height for height, rooms in enumerate(reversed(FLOORS)) for room in rooms}
ROOMS = tuple(HEIGHT)
DOORS = frozenset({"api", "web", "cli", "jobs"})


def below(room: str) -> set[str]:
    """The rooms that this one may know."""
    return {other for other in ROOMS if HEIGHT[other] < HEIGHT[room]} | {room}


def room_of(path: Path) -> str:
    """The room a file belongs to; "" for what belongs to none."""
    first = path.relative_to(SOURCE).parts[0]
    return first if first in HEIGHT else ""


def python_files() -> list[Path]:
    """Every Python file of the product."""
    return sorted(SOURCE.rglob("*.py"))


def sql_files() -> list[Path]:
    """Every named statement of a room."""
    return sorted(path for path in SOURCE.rglob("*.sql") if room_of(path))


def migration_files() -> list[Path]:
    """Every statement file of a migration."""
    return sorted((SOURCE / "migrations").rglob("*.sql"))


def names(paths: list[Path]) -> list[str]:
    """How the files are called in test ids."""
    return [str(path.relative_to(SOURCE)) for path in paths]


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as its syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a Python file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def committed_files() -> list[Path]:
    """Every text file that belongs to the repository: what is left when build products and environments are not."""
    kept_out = {".git", ".venv", ".prakarsa", "__pycache__", "_build", "dist", "node_modules"}
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = set(path.relative_to(ROOT).parts)
        hidden_tool = any(part.startswith(".") and part.endswith(("cache", "hypothesis")) for part in parts)
        if path.is_file() and not parts & kept_out and not hidden_tool and not path.name.endswith(".egg-info"):
            found.append(path)
    return found
