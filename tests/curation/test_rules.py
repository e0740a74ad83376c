"""How marks become a result, which move follows which, and what a file of indicators may say."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.curation import rules
from prakarsa.curation.indicators import SHIPPED, read_indicator_file
from prakarsa.curation.model import (
    APPLICATION_MOVE_WORDS,
    APPLICATION_MOVES,
    APPLICATION_WORDS,
    ROUND_MOVE_WORDS,
    ROUND_MOVES,
    ROUND_WORDS,
    ApplicationMove,
    ApplicationState,
    Indicator,
    Mark,
    Round,
    RoundMove,
    RoundState,
    Step,
)
from prakarsa.curation.monitoring_model import REVIEW_MOVE_WORDS, REVIEW_MOVES, REVIEW_WORDS, ReviewMove, ReviewState
from prakarsa.curation.refusals import BadIndicatorFile, MarksIncomplete, RoundMoveRefused
from prakarsa.kernel.clock import JAKARTA
from tests.conftest import NOW

ROUND = Round(
    round_id=1,
    round_code="CUR-1",
    course_id=1,
    course_code="barista-1",
    title="Barista",
    institution_code="lp-nusa",
    institution_id=1,
    number=1,
    set_id=1,
    state=RoundState.SCORING,
    submitted_by="partner",
    submitted_at=NOW,
    due_at=NOW,
    result_tenths=None,
    reason=None,
    decided_by=None,
    decided_at=None,
)


def asked(*weights: int) -> list[Indicator]:
    return [Indicator(f"i{place}", "g", "g", "q", "q", weight) for place, weight in enumerate(weights)]


def test_the_shipped_indicators_are_sound_and_cover_the_conditions() -> None:
    shipped = read_indicator_file("course")
    assert len(shipped.indicators) >= 20
    assert sum(indicator.weight for indicator in shipped.indicators) == 100
    assert {"live", "not_free", "fair_price", "single", "completion", "evaluation", "presence", "syllabus"} <= {
        indicator.code for indicator in shipped.indicators
    }


def document(**bent: object) -> dict[str, Any]:
    row = {"code": "a", "weight": 100, "question": "q", "question_en": "q"}
    group = {"title": "t", "title_en": "t", "indicator": [row]}
    return {"name": "course", "version": 1, "title": "t", "source": "s", "group": [group]} | bent


def bent_row(**bent: object) -> dict[str, Any]:
    found = document()
    found["group"][0]["indicator"][0] |= bent
    return found


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (document(name="Course!"), "name"),
        (document(version=0), "version"),
        (document(version=True), "version"),
        (document(group=[]), "add up to 0"),
        (document(group="x"), "groups"),
        (document(extra=1), "nothing else"),
        (document(title=""), "title"),
        (document(group=[{"title": "t"}]), "title_en"),
        (document(group=[{"title": "t", "title_en": "t", "indicator": []}]), "no indicators"),
        (bent_row(weight=99), "add up to 99"),
        (bent_row(weight=0), "weight"),
        (bent_row(weight="100"), "weight"),
        (bent_row(code="A B"), "code"),
        (bent_row(question=""), "question"),
        (bent_row(more=1), "nothing else"),
        (document(group=document()["group"] * 2), "twice"),
    ],
)
def test_a_bad_file_of_indicators_is_refused_with_its_first_problem(bad: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadIndicatorFile) as refused:
        rules.read_indicators(bad)
    assert problem in refused.value.problem


def test_the_shipped_file_is_what_the_reader_reads() -> None:
    text = (SHIPPED / "course.toml").read_text(encoding="utf-8")
    assert rules.read_indicators(tomllib.loads(text)) == read_indicator_file("course")
    with pytest.raises(BadIndicatorFile):
        read_indicator_file("/nowhere/at/all.toml")


def test_a_file_that_nests_without_end_is_refused(home: Path) -> None:
    nested = home / "nested.toml"
    nested.write_text("group = " + "[" * 50_000)
    with pytest.raises(BadIndicatorFile):
        read_indicator_file(str(nested))


@given(
    st.lists(st.tuples(st.integers(1, 100), st.integers(0, 4)), min_size=1, max_size=30),
)
def test_a_score_is_the_weighted_share_of_full_marks(rows: list[tuple[int, int]]) -> None:
    indicators = asked(*(weight for weight, _ in rows))
    marks = {f"i{place}": Mark(points) for place, (_, points) in enumerate(rows)}
    exact = Fraction(sum(weight * points for weight, points in rows), 4 * sum(weight for weight, _ in rows)) * 1_000
    tenths = rules.score_tenths(indicators, marks)
    assert tenths <= exact < tenths + 1
    best = {code: Mark(4) for code in marks}
    assert rules.score_tenths(indicators, best) == 1_000


@given(st.integers(0, 1_000), st.integers(0, 1_000), st.integers(0, 100))
def test_a_third_assessor_is_called_exactly_when_two_differ_by_more_than_the_gap(one: int, two: int, gap: int) -> None:
    result = rules.result_tenths([one, two], gap)
    assert (result is None) == (abs(one - two) > gap * 10)
    assert rules.result_tenths([two, one], gap) == result
    if result is not None:
        assert min(one, two) <= result <= max(one, two)


@given(st.lists(st.integers(0, 1_000), min_size=3, max_size=3), st.integers(0, 100))
def test_of_three_scores_the_two_closest_count(scores: list[int], gap: int) -> None:
    result = rules.result_tenths(scores, gap)
    closest = min(abs(one - two) for one, two in combinations(scores, 2))
    means = [(one + two) // 2 for one, two in combinations(scores, 2) if abs(one - two) == closest]
    assert result == min(means)


def test_one_score_is_no_result() -> None:
    assert rules.result_tenths([], 15) is None
    assert rules.result_tenths([1_000], 100) is None


@pytest.mark.parametrize(("tenths", "passed"), [(699, False), (700, True), (1_000, True)])
def test_the_pass_mark_itself_passes(tenths: int, passed: bool) -> None:
    assert rules.passes(tenths, 70) is passed
    assert rules.percent_text(699) == "69.9"


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        ({"i0": Mark(4)}, "i1"),
        ({"i0": Mark(4), "i1": Mark(5)}, "i1"),
        ({"i0": Mark(-1), "i1": Mark(4)}, "i0"),
        ({"i0": Mark(2), "i1": Mark(4)}, "i0"),
        ({"i0": Mark(2, "  "), "i1": Mark(4)}, "i0"),
        ({"i0": Mark(4), "i1": Mark(4), "i9": Mark(4)}, "i9"),
        ({"i0": Mark(4, "x" * 2_001), "i1": Mark(4)}, "i0"),
        ({"i0": Mark(4, "\x00"), "i1": Mark(4)}, "i0"),
    ],
)
def test_every_indicator_is_marked_and_a_low_mark_says_why(marks: dict[str, Mark], problem: str) -> None:
    with pytest.raises(MarksIncomplete) as refused:
        rules.check_marks(ROUND, asked(50, 50), marks)
    assert refused.value.indicator == problem


def test_sound_marks_come_back_tidied() -> None:
    marks = {"i0": Mark(2, " kurang \n jelas "), "i1": Mark(3)}
    assert rules.check_marks(ROUND, asked(50, 50), marks)["i0"].note == "kurang \n jelas"


@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize("move", list(RoundMove))
def test_a_round_moves_by_its_table_alone(state: RoundState, move: RoundMove) -> None:
    found = replace(ROUND, state=state)
    if (state, move) in ROUND_MOVES:
        assert rules.after_round(found, move) is ROUND_MOVES[state, move]
    else:
        with pytest.raises(RoundMoveRefused):
            rules.after_round(found, move)


def test_every_state_can_be_reached_and_every_one_has_words() -> None:
    assert {RoundState.ASSIGNING, *ROUND_MOVES.values()} == set(RoundState)
    assert {ApplicationState.OPEN, *APPLICATION_MOVES.values()} == set(ApplicationState)
    assert {ReviewState.OPEN, *REVIEW_MOVES.values()} == set(ReviewState)
    assert set(ROUND_WORDS) == set(RoundState)
    assert set(ROUND_MOVE_WORDS) == set(RoundMove)
    assert set(APPLICATION_WORDS) == set(ApplicationState)
    assert set(APPLICATION_MOVE_WORDS) == set(ApplicationMove)
    assert set(REVIEW_WORDS) == set(ReviewState)
    assert set(REVIEW_MOVE_WORDS) == set(ReviewMove)


def test_nothing_leaves_a_state_that_is_over() -> None:
    assert not {state for state, _ in ROUND_MOVES if state.over}
    assert not {state for state, _ in REVIEW_MOVES if state.over}


def test_marks_are_hidden_until_all_are_in() -> None:
    shown = {state for state in RoundState if rules.marks_visible(state)}
    assert shown == {RoundState.SCORED, RoundState.APPROVED, RoundState.REJECTED}


def test_a_clock_of_21_days_ends_with_the_21st_day_in_jakarta() -> None:
    submitted = datetime(2020, 8, 1, 20, 0, tzinfo=UTC)  # 2 August, three in the morning in Jakarta
    due = rules.due_at(submitted, 21)
    assert due == datetime(2020, 8, 23, 23, 59, 59, tzinfo=JAKARTA)
    assert due - submitted > timedelta(days=21)


@pytest.mark.parametrize(
    ("pipeline", "in_person", "steps"),
    [
        ((), True, ()),
        (("due_diligence", "governance", "assessment", "facility"), True, tuple(Step)),
        (("due_diligence", "governance", "assessment", "facility"), False, tuple(Step)[:3]),
        (("assessment", "due_diligence"), False, (Step.DUE_DILIGENCE, Step.ASSESSMENT)),
    ],
)
def test_steps_come_in_their_order_and_rooms_only_in_person(
    pipeline: tuple[str, ...], in_person: bool, steps: tuple[Step, ...]
) -> None:
    assert rules.steps_asked(pipeline, in_person) == steps


def test_differences_name_every_field_that_changed() -> None:
    found = rules.differences({"title": "a", "hours": 10, "gone": 1}, {"title": "b", "hours": 10, "new": 2})
    assert [(each.field, each.before, each.after) for each in found] == [
        ("title", "a", "b"),
        ("gone", 1, None),
        ("new", None, 2),
    ]
