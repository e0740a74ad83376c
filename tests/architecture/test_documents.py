"""Documents say what the code does: made parts are up to date, named things exist, settings are all explained."""

import re
import shlex
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
import typer

from prakarsa.cli.main import Commands
from prakarsa.kernel.settings import Settings
from tests.architecture.house import ROOT, SOURCE, python_files
from tools.documents import Part
from tools.documents.parts import PARTS

SETTINGS_PAGE = ROOT / "docs" / "settings.md"
ROW = re.compile(r"^\| `(PRAKARSA_\w+)` \| (?:`([^`]*)`)?[^|]*\|", re.MULTILINE)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|srcset|href)=\"([^\"#]+)\"")
CODE_NAME = re.compile(r"`(?:src/)?((?:prakarsa|tests|tools|docs|benchmarks)/[\w./-]+)`")


def documented() -> dict[str, str]:
    """Every setting on the page with its default as written there."""
    return dict(ROW.findall(SETTINGS_PAGE.read_text(encoding="utf-8")))


def defaults() -> dict[str, str]:
    return {
        f"PRAKARSA_{field.name.upper()}": "" if field.default in ("", MISSING) else str(field.default)
        for field in fields(Settings)
        if field.name != "home"
    }


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.page} {part.name}")
def test_made_parts_are_up_to_date(part: Part) -> None:
    assert part.path.read_text(encoding="utf-8") == part.written(), "run: make fix"


def test_every_mark_of_a_made_part_has_a_maker() -> None:
    marks = {(str(page.relative_to(ROOT)), name) for page in PAGES for name in _marks(page)}
    assert marks == {(part.page, part.name) for part in PARTS}


def test_every_setting_is_on_its_page_with_its_default() -> None:
    shown = documented()
    assert {name: shown.get(name) for name in defaults()} == defaults()


def test_every_environment_variable_that_is_read_is_on_the_page_and_no_other() -> None:
    read = set(defaults())
    for path in [*python_files(), ROOT / "Makefile", *ROOT.glob("tests/conftest.py")]:
        read |= set(re.findall(r"\bPRAKARSA_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    assert read == set(documented())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    targets = [first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if not re.match(r"[a-z]+:|/", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_named_in_a_page_exists(page: Path) -> None:
    named = CODE_NAME.findall(page.read_text(encoding="utf-8"))
    assert [name for name in named if not ((ROOT / name).exists() or (SOURCE.parent / name).exists())] == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached: set[str] = set()
    waiting = ["index"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
            folder = name.rpartition("/")[0]
            waiting += [
                f"{folder}/{entry}".lstrip("/")
                for tree in re.findall(r"```\{toctree\}\n(.*?)```", text, re.DOTALL)
                for entry in tree.splitlines()
                if entry and not entry.startswith(":")
            ]
    written = {str(page.relative_to(ROOT / "docs").with_suffix("")) for page in (ROOT / "docs").rglob("*.md")}
    assert written - reached == set()


def test_every_command_in_a_page_exists_with_its_options() -> None:
    unknown = []
    for page in PAGES:
        for line in _commands(page.read_text(encoding="utf-8")):
            words = shlex.split(line, comments=True)[1:]
            command: Any = Commands(name="prakarsa")
            while words and hasattr(command, "get_command") and not words[0].startswith("-"):
                command = command.get_command(typer.Context(command), words.pop(0))
            known = {"--help"} | {name for each in getattr(command, "params", ()) for name in each.opts}
            if command is None or {word for word in words if word.startswith("--")} - known:
                unknown.append(f"{page.relative_to(ROOT)}: {line}")
    assert unknown == []


def test_every_benchmark_is_on_its_page() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "benchmarks").glob("*.py") if f"`benchmarks/{path.name}`" not in page] == []


def _commands(text: str) -> list[str]:
    """Every command line of ours, in blocks and in running text."""
    blocks = " ".join(re.findall(r"```(?:sh|console)\n(.*?)```", text, re.DOTALL)).replace("\\\n", " ")
    lines = re.findall(r"(?:^|[\s/])(prakarsa [a-z][^\n|]*)", blocks)
    return [*lines, *re.findall(r"`(prakarsa [a-z][^`]*)`", text)]


def _marks(page: Path) -> list[str]:
    return re.findall(r"<!-- made: (.+?) -->", page.read_text(encoding="utf-8"))
