"""The draw is decided by list, terms and seed alone, honours every seat, and any change after the fact shows."""

import copy
import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.selection import drawing
from prakarsa.selection.drawing import AFFECTED, GENERAL, SELECTED, DrawTerms, Entry, Head, Result

REGIONS = ("31", "32", "51")

entry_lists = st.lists(
    st.builds(
        Entry,
        st.from_regex(r"[0-9A-Z]{1,12}", fullmatch=True),
        st.sampled_from(REGIONS),
        st.sampled_from(drawing.TIERS),
    ),
    unique_by=lambda entry: entry.id,
    max_size=60,
)
seeds = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@st.composite
def terms_of_draws(make: st.DrawFn) -> DrawTerms:
    region_quota = make(st.dictionaries(st.sampled_from(REGIONS), st.integers(0, 20)))
    quota = sum(region_quota.values()) + make(st.integers(0, 30))
    return DrawTerms(quota, make(st.integers(0, 100)), region_quota)


def by_the_book(entries: list[Entry], terms: DrawTerms, seed: str) -> list[Result]:
    """The description in words, step by step, with lists that are searched again and again."""
    ranked = sorted(entries, key=lambda e: (hashlib.sha256(seed.encode() + e.id.encode()).hexdigest(), e.id))
    chosen: set[str] = set()
    for region, number in (dict(terms.region_quota) or {"": terms.quota}).items():
        here = [e for e in ranked if region in ("", e.region)]
        reserved = (number * terms.reserved_percent + 99) // 100
        first = [e.id for e in here if e.tier == "affected"][:reserved]
        then = [e.id for e in here if e.id not in first][: number - len(first)]
        chosen |= {*first, *then}
    rest = [e.id for e in ranked if e.id not in chosen][: terms.quota - len(chosen)]
    chosen |= set(rest)
    return [Result(e.id, p, "selected" if e.id in chosen else "not_selected") for p, e in enumerate(ranked, 1)]


@given(entries=entry_lists, terms=terms_of_draws(), seed=seeds)
def test_the_draw_is_the_one_described_in_words(entries: list[Entry], terms: DrawTerms, seed: str) -> None:
    assert drawing.draw(entries, terms, seed) == by_the_book(entries, terms, seed)


@given(entries=entry_lists, terms=terms_of_draws(), seed=seeds, order=st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(
    entries: list[Entry], terms: DrawTerms, seed: str, order: random.Random
) -> None:
    shuffled = entries.copy()
    order.shuffle(shuffled)

    assert drawing.draw(shuffled, terms, seed) == drawing.draw(entries, terms, seed)


@given(entries=entry_lists, terms=terms_of_draws(), seed=seeds)
def test_every_seat_is_filled_and_none_twice(entries: list[Entry], terms: DrawTerms, seed: str) -> None:
    results = drawing.draw(entries, terms, seed)

    assert sum(r.verdict == SELECTED for r in results) == min(terms.quota, len(entries))
    assert [r.place for r in results] == list(range(1, len(entries) + 1))
    assert {r.id for r in results} == {e.id for e in entries}


@given(entries=entry_lists, terms=terms_of_draws(), seed=seeds)
def test_each_region_gets_its_seats_and_the_affected_their_share(
    entries: list[Entry], terms: DrawTerms, seed: str
) -> None:
    selected = {r.id for r in drawing.draw(entries, terms, seed) if r.verdict == SELECTED}

    for region, number in (dict(terms.region_quota) or {"": terms.quota}).items():
        here = [e for e in entries if not region or e.region == region]
        affected = [e for e in here if e.tier == AFFECTED]
        assert sum(e.id in selected for e in here) >= min(number, len(here))
        seated = sum(e.id in selected for e in affected)
        assert seated * 100 >= min(number * terms.reserved_percent, len(affected) * 100)


@given(entries=entry_lists, terms=terms_of_draws(), seed=seeds)
def test_nobody_is_passed_over_for_a_worse_place_of_the_same_group(
    entries: list[Entry], terms: DrawTerms, seed: str
) -> None:
    results = drawing.draw(entries, terms, seed)
    group_of = {e.id: terms.group(e.region, e.tier) for e in entries}
    groups = [group_of[r.id] for r in results]
    last = drawing.last_places(groups, Counter(groups), terms)

    for result in results:
        assert (result.verdict == SELECTED) == (result.place <= last.get(group_of[result.id], 0))


def test_reserved_seats_the_affected_do_not_need_go_to_the_others() -> None:
    entries = [Entry("A1", "31", AFFECTED), *(Entry(f"G{n}", "31", GENERAL) for n in range(9))]

    results = drawing.draw(entries, DrawTerms(5, 80, {}), "seed")

    assert sum(r.verdict == SELECTED for r in results) == 5
    assert next(r for r in results if r.id == "A1").verdict == SELECTED


def test_seats_a_region_cannot_fill_go_to_the_best_places_left() -> None:
    entries = [Entry("ACEH", "11", GENERAL), *(Entry(f"BALI{n}", "51", GENERAL) for n in range(5))]

    results = drawing.draw(entries, DrawTerms(4, 0, {"11": 3, "51": 1}), "seed")

    bali = [r.verdict for r in results if r.id.startswith("BALI")]
    assert next(r for r in results if r.id == "ACEH").verdict == SELECTED
    assert bali == [SELECTED] * 3 + ["not_selected"] * 2


def test_a_digest_is_what_any_tool_computes() -> None:
    assert drawing.rank("seed", "ABC").hex() == hashlib.sha256(b"seedABC").hexdigest()
    found = drawing.commitment([Entry("A", "31", AFFECTED), Entry("B", "51", GENERAL)], DrawTerms(7, 80, {"31": 7}))
    lines = b'A|31|affected\nB|51|general\n{"quota":7,"region_quota":{"31":7},"reserved_percent":80}'
    assert found.list_sha256 == hashlib.sha256(b"A\nB").hexdigest()
    assert found.entries_sha256 == hashlib.sha256(lines).hexdigest()


@given(entries=entry_lists.filter(bool), terms=terms_of_draws(), data=st.data())
def test_any_change_of_entries_or_terms_changes_the_commitment(
    entries: list[Entry], terms: DrawTerms, data: st.DataObject
) -> None:
    def committed(entries: list[Entry], terms: DrawTerms) -> drawing.Commitment:
        return drawing.commitment(sorted(entries, key=lambda e: e.id), terms)

    before = committed(entries, terms)
    victim = data.draw(st.sampled_from(entries))
    others = [e for e in entries if e is not victim]
    changed = [
        (others, terms),
        ([*others, replace(victim, id=victim.id + "X")], terms),
        ([*others, replace(victim, region="96")], terms),
        ([*others, replace(victim, tier=AFFECTED if victim.tier == GENERAL else GENERAL)], terms),
        (entries, replace(terms, quota=terms.quota + 1)),
        (entries, replace(terms, reserved_percent=terms.reserved_percent + 1)),
        (entries, replace(terms, region_quota={**terms.region_quota, "96": 1})),
    ]
    for bent_entries, bent_terms in changed:
        if len({e.id for e in bent_entries}) == len(bent_entries):
            assert committed(bent_entries, bent_terms).entries_sha256 != before.entries_sha256


def test_a_commitment_wants_sorted_entries() -> None:
    with pytest.raises(ValueError, match="sorted by id"):
        drawing.commitment([Entry("B", "31", GENERAL), Entry("A", "31", GENERAL)], DrawTerms(1, 0, {}))


@pytest.mark.parametrize(
    "terms",
    [
        DrawTerms(-1, 0, {}),
        DrawTerms(1, 101, {}),
        DrawTerms(1, 0, {"31": 2}),
        DrawTerms(1, 0, {"31": -1}),
        DrawTerms(1, 0, {"a|b": 1}),
        DrawTerms(10**10, 0, {}),
    ],
)
def test_terms_that_make_no_sense_are_not_drawn_by(terms: DrawTerms) -> None:
    assert drawing.terms_problem(terms)
    with pytest.raises(ValueError, match=r"."):
        drawing.draw([], terms, "seed")


# The public file


def a_file(entries: list[Entry], terms: DrawTerms, seed: str) -> str:
    entries = sorted(entries, key=lambda e: e.id)
    head = Head(
        4,
        terms,
        drawing.commitment(entries, terms),
        "2020-08-12T06:00:00+00:00",
        seed,
        "the gazette",
        "2020-08-13T06:00:00+00:00",
    )
    return "".join(drawing.published(head, entries, drawing.draw(entries, terms, seed)))


@given(entries=entry_lists, terms=terms_of_draws(), seed=seeds)
def test_what_is_published_verifies(entries: list[Entry], terms: DrawTerms, seed: str) -> None:
    document = json.loads(a_file(entries, terms, seed))

    assert drawing.verify_document(document) == []
    assert document["format"] == "prakarsa-draw/1"
    assert len(document["entries"]) == len(document["result"]) == len(entries)


SAMPLE = [Entry(f"E{n:03}", REGIONS[n % 3], AFFECTED if n % 4 else GENERAL) for n in range(40)]
TERMS = DrawTerms(20, 80, {"31": 6, "32": 6, "51": 6})


def paths_in(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [path, *(p for key, inner in value.items() for p in paths_in(inner, (*path, key)))]
    if isinstance(value, list):
        return [path, *(p for key, inner in enumerate(value[:3]) for p in paths_in(inner, (*path, key)))]
    return [path]


def bent(document: Any, path: tuple[Any, ...], bend: Callable[[Any], Any]) -> Any:
    document = copy.deepcopy(document)
    if not path:
        return bend(document)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = bend(holder[path[-1]])
    return document


def another(value: Any) -> Any:
    if isinstance(value, str):
        return {
            "affected": "general",
            "general": "affected",
            "selected": "not_selected",
            "not_selected": "selected",
        }.get(value, ("1" if value[:1] != "1" else "2") + value[1:])
    if isinstance(value, int):
        return value + 1
    return value[:-1] if isinstance(value, list) else {**value, "more": 1}


BENDS: list[Callable[[Any], Any]] = [
    another,
    lambda value: None,
    lambda value: [],
    lambda value: {},
    lambda value: -1,
    lambda value: 1.5,
    lambda value: "\ud800",
    lambda value: "a|b\n",
    lambda value: 10**30,
    lambda value: True,
    lambda value: [value],
]


@pytest.mark.parametrize("path", paths_in(json.loads(a_file(SAMPLE, TERMS, "a seed"))), ids=str)
def test_every_single_change_is_found(path: tuple[Any, ...]) -> None:
    document = json.loads(a_file(SAMPLE, TERMS, "a seed"))
    for bend in BENDS:
        changed = bent(document, path, bend)
        if json.dumps(changed) != json.dumps(document):
            problems = drawing.verify_document(changed)
            assert problems, (path, changed if not path else bend)
            assert all(isinstance(problem, str) and 0 < len(problem) < 300 for problem in problems)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda d: d["entries"].pop(), "entries: 39 stand here, 40 were committed to", id="removed"),
        pytest.param(
            lambda d: d["entries"].insert(0, d["entries"][0]), "entries: E000 stands there more than once", id="doubled"
        ),
        pytest.param(lambda d: d["entries"].reverse(), "entries: they are not sorted by id", id="unsorted"),
        pytest.param(
            lambda d: d["entries"][0].update(region="51"),
            "commitment.entries_sha256: it is not the digest of these entries and terms",
            id="moved",
        ),
        pytest.param(
            lambda d: d["terms"].update(reserved_percent=10),
            "commitment.entries_sha256: it is not the digest of these entries and terms",
            id="terms",
        ),
        pytest.param(
            lambda d: d["seed"].update(entered_at="2020-08-12T06:00:00+00:00"),
            "seed.entered_at: the seed was entered before the list was committed",
            id="seed too early",
        ),
        pytest.param(
            lambda d: d["seed"].update(entered_at="2020-08-13"),
            "commitment.committed_at, seed.entered_at: they are not two moments with a zone",
            id="no zone",
        ),
        pytest.param(
            lambda d: d["seed"].update(source="elsewhere"),
            "sha256: wave, terms, commitment, seed or result was changed after the file was written",
            id="source",
        ),
        pytest.param(
            lambda d: d["result"].reverse(),
            "result: somebody stands there twice, or it is not sorted by place",
            id="result unsorted",
        ),
        pytest.param(lambda d: d["result"].pop(7), "result: {8} is missing", id="result short"),
        pytest.param(
            lambda d: d["result"].append({"id": "X", "place": 41, "verdict": "selected"}),
            "result: X is not among the entries",
            id="somebody added",
        ),
    ],
)
def test_a_problem_is_named(change: Callable[[Any], object], expected: str) -> None:
    document = json.loads(a_file(SAMPLE, TERMS, "a seed"))
    eighth = document["result"][7]["id"]
    change(document)

    assert expected.replace("{8}", eighth) in drawing.verify_document(document)


def test_a_changed_seed_names_whom_it_would_have_helped_and_stays_short() -> None:
    document = json.loads(a_file(SAMPLE, TERMS, "a seed"))
    document["seed"]["value"] = "b seed"

    problems = drawing.verify_document(document)

    assert any("the draw gives place" in problem for problem in problems)
    assert len(problems) < 25


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'"\\ud800"',
        b"NaN",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"format": 1, "format": 2}',
        b"9" * 10_000,
        b'{"format":"prakarsa-draw/1"}',
        b"\x00" * 100,
    ],
)
def test_a_file_that_is_no_draw_is_a_problem_and_no_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "draw.json"
    path.write_bytes(content)

    assert drawing.verify_file(path)


def test_an_honest_file_on_disk_verifies_and_a_missing_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "draw.json"
    path.write_text(a_file(SAMPLE, TERMS, "a seed"), encoding="utf-8")

    assert drawing.verify_file(str(path)) == []
    assert drawing.verify_file(tmp_path / "none.json")
    assert drawing.verify_file(tmp_path)
    assert drawing.verify_file("\x00")


def test_the_folder_verifies_alone_without_the_rest_of_the_house(tmp_path: Path) -> None:
    shutil.copytree(Path(drawing.__file__).parent, tmp_path / "drawing")
    (tmp_path / "draw.json").write_text(a_file(SAMPLE, TERMS, "a seed"), encoding="utf-8")
    program = "import sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p] + ['.']; import drawing; "
    program += "print(drawing.verify_file('draw.json'))"

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_any_document_gets_an_answer(document: Any) -> None:
    assert drawing.verify_document(document)
