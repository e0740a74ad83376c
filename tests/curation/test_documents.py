"""The picture in the documentation is the table in the code."""

import re
from pathlib import Path

from prakarsa.catalogue.facts import FACTS
from prakarsa.curation.model import ROUND_MOVES

PAGE = (Path(__file__).parents[2] / "docs" / "curation.md").read_text(encoding="utf-8")


def test_the_state_diagram_shows_every_move_and_no_other() -> None:
    drawn = re.findall(r"^    (\w+) --> (\w+) : (\w+)$", PAGE, re.MULTILINE)
    assert sorted(drawn) == sorted(
        (state.value, after.value, move.value) for (state, move), after in ROUND_MOVES.items()
    )


def test_every_fact_is_explained() -> None:
    assert [fact for fact in FACTS if f"`{fact}`" not in PAGE] == []
