"""Surveys open, close and move their deadlines as the rules say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.feedback import survey_rules
from prakarsa.feedback.questions import questions
from prakarsa.feedback.survey_model import FirstPaid, Survey, SurveyState
from prakarsa.feedback.survey_refusals import AnswerMissing
from prakarsa.hold.model import Pause
from prakarsa.kernel.clock import JAKARTA
from prakarsa.programme.actions import read_scheme_file
from prakarsa.programme.model import Terms
from prakarsa.programme.rules import terms_in_force

OPENS = datetime(2021, 3, 1, 5, tzinfo=UTC)
moments = st.integers(0, 900 * 24).map(lambda hours: datetime(2020, 5, 1, tzinfo=UTC) + timedelta(hours=hours))


def terms(**changed: object) -> Terms:
    values = {name: getattr(BASE, name) for name in BASE.__slots__} | changed
    return Terms(**values)  # type: ignore[arg-type]  # names and types of the fields themselves


BASE = terms_in_force(read_scheme_file("prakerja-2020").parameters, 4, date(2020, 8, 16))
CUT_OFF = terms(survey_answer_by="12-10")


def a_survey(number: int = 1, *, opens_at: datetime = OPENS, answered_at: datetime | None = None) -> Survey:
    return Survey(1, number, 3, 4, 7, opens_at, answered_at)


def test_each_survey_opens_after_its_own_days() -> None:
    opened = survey_rules.opened_by(FirstPaid(1, 4, 7), terms(survey_count=3, survey_open_after_days=(30, 90)), OPENS)
    assert [each.opens_at - OPENS for each in opened] == [timedelta(days=30), timedelta(days=90), timedelta(days=90)]
    assert [each.out_of for each in opened] == [3, 3, 3]


@given(moments)
def test_the_cut_off_is_the_next_one_after_the_opening(opens_at: datetime) -> None:
    deadline = survey_rules.first_deadline(a_survey(opens_at=opens_at), CUT_OFF)
    assert deadline is not None
    assert (deadline.month, deadline.day, deadline.tzinfo) == (12, 10, JAKARTA)
    assert timedelta() < deadline - opens_at <= timedelta(days=366)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=5))
def test_payments_on_hold_move_the_deadline_by_the_union_of_their_lengths(stretches: list[tuple[int, int]]) -> None:
    pauses = [
        Pause(OPENS + timedelta(days=a), OPENS + timedelta(days=a + length), "HLD", "") for a, length in stretches
    ]
    held_days = {day for a, length in stretches for day in range(a, a + length)}
    base = survey_rules.first_deadline(a_survey(), CUT_OFF)
    moved = survey_rules.deadline(a_survey(), CUT_OFF, pauses, OPENS + timedelta(days=400))
    assert base is not None
    assert moved is not None
    assert moved - base == timedelta(days=len(held_days))


@pytest.mark.parametrize(
    ("survey", "now", "state"),
    [
        (a_survey(), OPENS - timedelta(seconds=1), SurveyState.NOT_OPEN),
        (a_survey(), OPENS, SurveyState.OPEN),
        (a_survey(2), OPENS, SurveyState.NOT_OPEN),
        (a_survey(answered_at=OPENS), OPENS, SurveyState.ANSWERED),
        (a_survey(), OPENS + timedelta(days=300), SurveyState.CLOSED),
    ],
)
def test_a_survey_stands_where_clock_and_order_put_it(survey: Survey, now: datetime, state: SurveyState) -> None:
    deadline = survey_rules.first_deadline(survey, CUT_OFF)
    refusal = survey_rules.why_not(survey, [a_survey(1)], deadline, paused=False, now=now)
    assert survey_rules.state(refusal) is state


def test_a_clock_that_stands_still_has_not_run_out() -> None:
    late = OPENS + timedelta(days=300)
    assert (
        survey_rules.why_not(a_survey(), [], survey_rules.first_deadline(a_survey(), CUT_OFF), paused=True, now=late)
        is None
    )


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_question_needs_one_of_its_answers_and_nothing_else_is_kept(number: int) -> None:
    full = {question.code: next(iter(question.choices)) for question in questions(number)}
    assert survey_rules.read_answers(number, full | {"more": "x"}) == full
    for code in full:
        with pytest.raises(AnswerMissing):
            survey_rules.read_answers(number, full | {code: "nonsense"})
        with pytest.raises(AnswerMissing):
            survey_rules.read_answers(number, {k: v for k, v in full.items() if k != code})
