"""Every way a survey says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import ClockEffect, Kind, Refusal, msg


@dataclass(eq=False)
class SurveyUnknown(Refusal):
    """The person has no survey with this number."""

    number: int

    code = "feedback.survey_unknown"
    kind = Kind.MISSING
    title = msg("You have no survey {number}")
    next_step = msg(
        "Surveys open by themselves after your first incentive has arrived. Look at the list of your surveys."
    )


@dataclass(eq=False)
class SurveyNotOpen(Refusal):
    """Its day has not come."""

    number: int
    opens_at: datetime

    code = "feedback.survey_not_open"
    kind = Kind.CONFLICT
    title = msg("Survey {number} opens on {opens_at}")
    next_step = msg("Come back then. Nothing is lost.")


@dataclass(eq=False)
class EarlierSurveyOpen(Refusal):
    """Surveys are answered in their order (programme-rules 9, survey.sequential)."""

    number: int
    earlier: int

    code = "feedback.earlier_survey_open"
    kind = Kind.CONFLICT
    title = msg("Survey {earlier} comes before survey {number}")
    next_step = msg("Answer survey {earlier} first.")


@dataclass(eq=False)
class SurveyAnswered(Refusal):
    """A survey is answered once."""

    number: int
    answered_at: datetime

    code = "feedback.survey_answered"
    kind = Kind.CONFLICT
    title = msg("You answered survey {number} on {answered_at}")
    next_step = msg("Nothing needs to be done. The payment is in the list of your payments.")


@dataclass(eq=False)
class SurveyClosed(Refusal):
    """The last day is over, pauses counted."""

    number: int
    deadline_at: datetime

    code = "feedback.survey_closed"
    kind = Kind.CONFLICT
    title = msg("Survey {number} could be answered until {deadline_at}")
    next_step = msg("It can no longer be answered. Your other payments are not affected.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class AnswerMissing(Refusal):
    """A question has no answer, or one that was not among the choices."""

    question: str

    code = "feedback.answer_missing"
    kind = Kind.INVALID
    title = msg("A question is not answered yet: {question}")
    next_step = msg("Choose one answer for each question. What you answer does not change what you are paid.")
