"""Anybody with the file can repeat the draw: no installation, no database, no settings."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from prakarsa.selection import drawing
from prakarsa.selection.drawing import DrawTerms, Entry, Head
from tests.cli.program import Program, bare_environment

TERMS = DrawTerms(quota=5, reserved_percent=40, region_quota={"31": 3, "32": 2})
ENTRIES = [
    Entry(f"ID{number:03}", "31" if number % 3 else "32", "affected" if number % 4 == 0 else "general")
    for number in range(20)
]
SEED = "0831-2026-7719"


@pytest.fixture
def stranger(tmp_path: Path) -> Program:
    """Somebody with the program and nothing else; a database that was asked for would not be there."""
    home = tmp_path / "stranger"
    home.mkdir()
    unreachable = {"PRAKARSA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "PRAKARSA_LANGUAGE": "en"}
    return Program(home, bare_environment(home) | unreachable)


def document() -> dict[str, Any]:
    """An honest file, as published."""
    head = Head(
        wave=4,
        terms=TERMS,
        commitment=drawing.commitment(ENTRIES, TERMS),
        committed_at=datetime(2020, 8, 12, 6, tzinfo=UTC).isoformat(),
        seed=SEED,
        seed_source="State lottery of 13 August 2020",
        entered_at=datetime(2020, 8, 13, 6, tzinfo=UTC).isoformat(),
    )
    text = "".join(drawing.published(head, ENTRIES, drawing.draw(ENTRIES, TERMS, SEED)))
    found: dict[str, Any] = json.loads(text)
    return found


def saved(stranger: Program, content: bytes) -> Path:
    path = stranger.home / "draw.json"
    path.write_bytes(content)
    return path


def as_file(stranger: Program, what: dict[str, Any]) -> Path:
    return saved(stranger, json.dumps(what).encode())


def test_an_honest_file_holds_without_any_installation(stranger: Program) -> None:
    path = as_file(stranger, document())
    done = stranger.run("draw", "verify", path)
    assert (done.code, done.err) == (0, "")
    assert "The draw holds" in done.out
    assert stranger.run("draw", "verify", path, "--json").json["holds"]
    assert [each.name for each in stranger.home.iterdir()] == ["draw.json"], "nothing was installed on the way"


def _another_seed(file: dict[str, Any]) -> None:
    file["seed"]["value"] = "0831-2026-7720"


def _another_winner(file: dict[str, Any]) -> None:
    loser = next(row for row in file["result"] if row["verdict"] == "not_selected")
    loser["verdict"] = "selected"


def _one_more_entry(file: dict[str, Any]) -> None:
    file["entries"].append({"id": "ZZZ", "region": "31", "tier": "general"})


def _one_more_seat(file: dict[str, Any]) -> None:
    file["terms"]["quota"] = 6


def _seed_before_the_list(file: dict[str, Any]) -> None:
    file["commitment"]["committed_at"] = "2020-08-14T06:00:00+00:00"


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_another_seed, "result: "),
        (_another_winner, "the draw gives place"),
        (_one_more_entry, "were committed to"),
        (_one_more_seat, "commitment.entries_sha256"),
        (_seed_before_the_list, "seed.entered_at"),
    ],
)
def test_tampering_is_named(stranger: Program, tamper: Callable[[dict[str, Any]], None], named: str) -> None:
    file = document()
    tamper(file)
    done = stranger.run("draw", "verify", as_file(stranger, file))
    assert done.code == 1
    assert named in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe\x00", b"[" * 100_000, b'{"format": "prakarsa-draw/1"}', b"PK\x03\x04"],
    ids=["empty", "no fields", "a list", "null", "no text", "deep", "a beginning", "an archive"],
)
def test_what_is_no_such_file_is_named_too(stranger: Program, content: bytes) -> None:
    done = stranger.run("draw", "verify", saved(stranger, content), "--json")
    assert done.code == 1
    assert done.err == ""
    assert not done.json["holds"]
    assert done.json["problems"]


def test_a_file_that_is_not_there_is_wrong_use(stranger: Program) -> None:
    assert stranger.run("draw", "verify", "nowhere.json").code == 2
    assert stranger.run("draw", "verify", stranger.home).code == 2
