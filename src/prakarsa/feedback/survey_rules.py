"""When surveys open and close, and whether one can be answered. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from prakarsa.feedback import survey_refusals as no
from prakarsa.feedback.questions import questions
from prakarsa.feedback.survey_model import Answers, FirstPaid, NewSurvey, Survey, SurveyState
from prakarsa.hold.model import Pause
from prakarsa.hold.rules import moved_deadline
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme.model import Terms

_LAST_SECOND = time(23, 59, 59)


def opened_by(paid: FirstPaid, terms: Terms, now: datetime) -> list[NewSurvey]:
    """The surveys that a first incentive opens, each after its days; the last length holds for all further ones.

    Source: programme-rules 9 (survey 1 after 30 days, survey 2 after 90).
    """
    days = terms.survey_open_after_days
    return [
        NewSurvey(
            paid.person_id,
            number,
            terms.survey_count,
            paid.wave_number,
            paid.purchase_id,
            now + timedelta(days=days[min(number, len(days)) - 1] if days else 0),
        )
        for number in range(1, terms.survey_count + 1)
    ]


def first_deadline(survey: Survey, terms: Terms) -> datetime | None:
    """The last second of the cut-off day that follows the opening, before any pause; None when there is no cut-off.

    Source: programme-rules 9, survey.cutoff.
    """
    if terms.survey_answer_by is None:
        return None
    month, day = (int(part) for part in terms.survey_answer_by.split("-"))
    opened_on = survey.opens_at.astimezone(JAKARTA).date()
    last_day = date(opened_on.year, month, day)
    if last_day < opened_on:
        last_day = last_day.replace(year=opened_on.year + 1)
    return datetime.combine(last_day, _LAST_SECOND, JAKARTA)


def deadline(survey: Survey, terms: Terms, pauses: Sequence[Pause], now: datetime) -> datetime | None:
    """The cut-off moved by exactly the time in which paying this person was on hold."""
    base = first_deadline(survey, terms)
    return None if base is None else moved_deadline(base, pauses, clock_started_at=survey.opens_at, now=now)


def why_not(
    survey: Survey, earlier: Sequence[Survey], deadline_at: datetime | None, *, paused: bool, now: datetime
) -> Refusal | None:
    """Why a survey cannot be answered now; None when it can. A clock that stands still has not run out."""
    if survey.answered_at is not None:
        return no.SurveyAnswered(survey.number, survey.answered_at)
    if now < survey.opens_at:
        return no.SurveyNotOpen(survey.number, survey.opens_at)
    if deadline_at is not None and now > deadline_at and not paused:
        return no.SurveyClosed(survey.number, deadline_at)
    for other in sorted(earlier, key=lambda each: each.number):
        if other.number < survey.number and other.answered_at is None:
            return no.EarlierSurveyOpen(survey.number, other.number)
    return None


def state(refusal: Refusal | None) -> SurveyState:
    """Where a survey stands, by what keeps it from being answered."""
    if refusal is None:
        return SurveyState.OPEN
    if isinstance(refusal, no.SurveyAnswered):
        return SurveyState.ANSWERED
    return SurveyState.CLOSED if isinstance(refusal, no.SurveyClosed) else SurveyState.NOT_OPEN


def read_answers(number: int, answers: Answers) -> dict[str, str]:
    """The answers to every question of a survey, and nothing else. Raises AnswerMissing."""
    kept: dict[str, str] = {}
    for question in questions(number):
        chosen = answers.get(question.code, "")
        if chosen not in question.choices:
            raise no.AnswerMissing(question.words)
        kept[question.code] = chosen
    return kept
