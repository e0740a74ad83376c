"""August 2020 twice, small: with the product nobody loses a card or a day because of the week; and again the same."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(sys.executable).with_name("prakarsa")
PATIENCE_SECONDS = 300
PEOPLE = "60"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Two replays with the same seed, begun together, and the picture of the first."""
    folder = tmp_path_factory.mktemp("replay")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRAKARSA_")}
    environment = kept | {"PRAKARSA_HOME": str(folder / "never-made")}
    command = [PROGRAM, "replay", "august-2020", "--people", PEOPLE, "--json", "--picture"]
    running = [
        subprocess.Popen(
            [*command, folder / f"{name}.svg"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("first", "second")
    ]
    records = []
    for process in running:
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0, out + err
        records.append(json.loads(out))
    assert not (folder / "never-made").exists(), "a replay touches no installation"
    return records[0], records[1], (folder / "first.svg").read_text(encoding="utf-8")


def test_every_invariant_holds_at_the_end_of_both_runs(told: tuple[dict[str, Any], ...]) -> None:
    assert told[0]["invariants_hold"]
    assert told[0]["as_it_happened"]["invariants_broken"] == told[0]["with_prakarsa"]["invariants_broken"] == []


def test_with_the_product_nobody_loses_a_card_or_a_day_because_of_the_week(told: tuple[dict[str, Any], ...]) -> None:
    happened, prakarsa = told[0]["as_it_happened"], told[0]["with_prakarsa"]
    assert prakarsa["revoked_because_of_it"] == prakarsa["days_lost"] == prakarsa["gave_up"] == 0
    assert prakarsa["questions_unanswered"] == 0
    assert prakarsa["courses_on_sale_20_to_31_august"] > 0
    assert happened["purchases_20_to_31_august"] == 0
    assert happened["days_lost"] > 0
    assert happened["revoked_because_of_it"] > 0
    assert happened["questions_unanswered"] == happened["questions"]
    assert prakarsa["purchases"] > happened["purchases"]


def test_deadlines_move_only_where_a_hold_turned_somebody_away(told: tuple[dict[str, Any], ...]) -> None:
    assert told[0]["as_it_happened"]["deadlines_moved"] == told[0]["as_it_happened"]["holds"] == 0
    assert (
        0 < told[0]["with_prakarsa"]["deadlines_moved"] <= told[0]["with_prakarsa"]["refused_with"]["hold.offer_held"]
    )


def test_the_same_seed_gives_the_same_numbers(told: tuple[dict[str, Any], ...]) -> None:
    assert told[0] == told[1]


def test_the_picture_shows_both_runs_and_loads_nothing(told: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    assert "As it happened" in told[2]
    assert "With Prakarsa" in told[2]
    assert "href" not in told[2]
