"""What every file keeps to."""

import re
from pathlib import Path

from tests.architecture.house import ROOT, SOURCE, committed_files, python_files

LONGEST = 400

TEXT = {".py", ".sql", ".md", ".toml", ".txt", ".html", ".css", ".svg", ".csv", ".po", ".pot", ".sh", ".cfg", ""}
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "hub.dock" + "er.com", "file:" + "///opt"]
UNFINISHED = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}$)", re.MULTILINE)
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)(.*)$")
WITH_REASON = re.compile(r"(?:\[[\w,\s-]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)[\s#]+\w+(?:\s+\S+)+")
ELSEWHERE = re.compile(
    r"""(?:\bsrc(?:set)?|\baction|\bposter)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|<link\b[^>]*\bhref\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?\s*(?:https?:)?//|@import|<use\b[^>]*http""",
    re.IGNORECASE,
)

FILES = [path for path in committed_files() if path.suffix in TEXT]
SHOWN = sorted(
    path for folder in ("templates", "static") for path in (SOURCE / "web" / folder).rglob("*") if path.is_file()
)


def test_a_file_is_short_enough_to_be_read_at_once() -> None:
    lines = {str(path): len(_text(path).splitlines()) for path in python_files()}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_nothing_names_a_package_registry() -> None:
    found = [(str(path), host) for path in FILES for host in REGISTRIES if host in _text(path)]
    assert found == []


def test_nothing_is_left_half_done() -> None:
    found = [str(path.relative_to(ROOT)) for path in FILES if UNFINISHED.search(_text(path))]
    assert found == [], "open an issue instead"
    assert [str(path.relative_to(ROOT)) for path in FILES if CONFLICT.search(_text(path))] == []


def test_a_silenced_check_says_why() -> None:
    silent = [
        f"{path}:{number}: {line.strip()}"
        for path in python_files()
        for number, line in enumerate(_text(path).splitlines(), 1)
        if (found := SILENCED.search(line)) and not WITH_REASON.match(found[1])
    ]
    assert silent == []


def test_pages_load_nothing_from_elsewhere() -> None:
    assert [(path, found) for path in SHOWN for found in ELSEWHERE.findall(_text(path))] == []


def test_pages_carry_no_script_and_no_style_of_their_own() -> None:
    pages = [path for path in SHOWN if path.suffix == ".html"]
    own = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=")
    assert [(path, found) for path in pages for found in own.findall(_text(path))] == []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
