"""The programs in docs/concepts.md, which strangers are told to type, agree with the product."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakarsa.journal import rules
from prakarsa.journal.model import Entry
from prakarsa.selection.drawing import DrawTerms, Head, commitment, draw, published
from prakarsa.selection.drawing import Entry as Drawn
from tests.architecture.house import ROOT

PROGRAMS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "concepts.md").read_text(encoding="utf-8"), re.DOTALL)
RECOMPUTE = next(program for program in PROGRAMS if "the draw holds" in program)
SEAL = next(program for program in PROGRAMS if "def seal" in program)

REGIONS = ("31", "32", "33")
WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


def entries(tiers: list[tuple[str, str]]) -> list[Drawn]:
    return [Drawn(f"A{number:04}", region, tier) for number, (region, tier) in enumerate(tiers)]


def write(path: Path, drawn: list[Drawn], terms: DrawTerms, seed: str, *, turned: bool = False) -> None:
    head = Head(4, terms, commitment(drawn, terms), "2020-08-12T13:00:00+07:00", seed, "a public lottery",
                "2020-08-13T20:00:00+07:00")  # fmt: skip
    text = "".join(published(head, drawn, draw(drawn, terms, seed)))
    if turned:
        text = text.replace('"selected"', '"turned"', 1).replace('"not_selected"', '"selected"', 1)
    path.write_text(text.replace('"turned"', '"not_selected"'), encoding="utf-8")


def recompute(path: Path) -> subprocess.CompletedProcess[str]:
    """A Python of its own that knows nothing of ours."""
    command = [sys.executable, "-I", "-S", "-c", RECOMPUTE, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def recompute_here(path: Path) -> None:
    arguments, sys.argv = sys.argv, ["recompute.py", str(path)]
    try:
        exec(compile(RECOMPUTE, "recompute.py", "exec"), {})  # noqa: S102  the page's own text
    finally:
        sys.argv = arguments


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    tiers=st.lists(st.tuples(st.sampled_from(REGIONS), st.sampled_from(["affected", "general"])), max_size=40),
    quotas=st.dictionaries(st.sampled_from((*REGIONS, "34")), st.integers(0, 15), max_size=4),
    spare=st.integers(0, 10),
    percent=st.integers(0, 100),
    seed=st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=8, max_size=30),
)
def test_any_published_draw_is_repeated_by_the_program_on_the_page(
    tmp_path: Path, tiers: list[tuple[str, str]], quotas: dict[str, int], spare: int, percent: int, seed: str
) -> None:
    terms = DrawTerms(sum(quotas.values()) + spare, percent, quotas)
    write(tmp_path / "draw.json", entries(tiers), terms, seed)
    recompute_here(tmp_path / "draw.json")


def test_the_program_on_the_page_needs_nothing_and_finds_a_turned_verdict(tmp_path: Path) -> None:
    drawn = entries([(REGIONS[n % 3], "affected" if n % 2 else "general") for n in range(30)])
    terms = DrawTerms(12, 80, {"31": 5, "32": 4})
    write(tmp_path / "honest.json", drawn, terms, "20200813-4711")
    write(tmp_path / "turned.json", drawn, terms, "20200813-4711", turned=True)

    assert recompute(tmp_path / "honest.json").stdout == "the draw holds: 30 applications, 12 selected\n"
    assert "AssertionError" in recompute(tmp_path / "turned.json").stderr


@given(texts=st.lists(WORDS, min_size=4, max_size=4), person=st.none() | st.integers(1, 10**9), number=st.integers(1))
def test_the_seal_on_the_page_is_the_seal_of_the_journal(texts: list[str], person: int | None, number: int) -> None:
    actor, action, subject, facts = texts
    at = datetime(2020, 8, 16, 12, 0, 0, 5, tzinfo=UTC)
    entry = Entry(number, at, actor, action, subject, person, facts, str(number + 1))
    fields = [str(number), "2020-08-16T12:00:00.000005+00:00", actor, action, subject,
              "" if person is None else str(person), facts, str(number + 1)]  # fmt: skip
    scope: dict[str, object] = {}
    exec(SEAL, scope)  # noqa: S102  the page's own text

    assert scope["seal"](bytes(32), fields) == rules.seal(rules.GENESIS, entry)  # type: ignore[operator]  # from text
