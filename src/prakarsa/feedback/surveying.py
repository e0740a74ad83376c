"""Verbs of surveys: open after the first incentive, answer in order and in time, hand over what is to be paid."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.card import actions as cards
from prakarsa.feedback import messages, survey_rules, survey_store
from prakarsa.feedback.questions import EDITION
from prakarsa.feedback.survey_model import Answers, FirstPaid, MySurvey, Survey
from prakarsa.feedback.survey_refusals import SurveyUnknown
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Pause, Reach
from prakarsa.hold.rules import paused_now
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel import queue
from prakarsa.kernel.db import Tx
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme


def open_surveys(tx: Tx, paid: Sequence[FirstPaid], *, now: datetime) -> None:
    """First incentives have arrived: open these people's surveys, each from its day on, and tell them. Safe to repeat.

    Raises PolicyGap. Source: programme-rules 9.
    """
    terms = {number: programme.terms(tx, number, now) for number in {each.wave_number for each in paid}}
    new = [survey for each in paid for survey in survey_rules.opened_by(each, terms[each.wave_number], now)]
    if not new:
        return
    survey_store.insert_surveys(tx, new)
    contacts = people.contacts(tx, sorted({survey.person_id for survey in new}))
    journal.tell(
        tx,
        [
            Message(
                survey.person_id,
                "email",
                messages.SURVEY,
                contacts[survey.person_id].email,
                contacts[survey.person_id].language,
                {
                    "name": contacts[survey.person_id].name,
                    "out_of": survey.out_of,
                    "opens_at": survey.opens_at,
                    "amount_idr": terms[survey.wave_number].survey_amount_idr,
                },
            )
            for survey in new
            if survey.number == 1
        ],
        now=now,
    )


def my_surveys(tx: Tx, person_id: int, *, now: datetime) -> list[MySurvey]:
    """A person's surveys with their deadlines, and why one moved."""
    found = survey_store.surveys(tx, person_id)
    return [_mine(tx, survey, found, now) for survey in found]


def answer_survey(tx: Tx, person_id: int, number: int, answers: Answers, *, now: datetime) -> None:
    """Answer one's own survey once; the payment follows, whatever the answers are (programme-rules 9).

    Raises SurveyUnknown, SurveyAnswered, SurveyNotOpen, SurveyClosed, EarlierSurveyOpen, AnswerMissing.
    """
    found = survey_store.lock_surveys(tx, person_id)
    survey = next((each for each in found if each.number == number), None)
    if survey is None:
        raise SurveyUnknown(number)
    terms = programme.terms(tx, survey.wave_number, now)
    pauses = _pauses(tx, survey, now)
    deadline_at = survey_rules.deadline(survey, terms, pauses, now)
    refusal = survey_rules.why_not(survey, found, deadline_at, paused=paused_now(pauses, now), now=now)
    if refusal is not None:
        raise refusal
    survey_store.keep_answers(tx, survey, EDITION, survey_rules.read_answers(number, answers), now)
    subject = f"survey/{people.person(tx, person_id).public_id}/{number}"
    journal.record(tx, [Event("feedback.survey_answered", subject, person_id, {"number": number})], now=now)
    queue.defer(tx, "pay_incentives")


def take_unpromised(tx: Tx, *, now: datetime, limit: int = 1_000) -> list[Survey]:
    """Answered surveys that nobody has promised a payment for: whoever takes them promises it in this transaction."""
    found = survey_store.lock_unpromised(tx, limit)
    survey_store.mark_promised(tx, found, now)
    return found


def _mine(tx: Tx, survey: Survey, every: Sequence[Survey], now: datetime) -> MySurvey:
    terms = programme.terms(tx, survey.wave_number, now)
    pauses = _pauses(tx, survey, now)
    deadline_at = survey_rules.deadline(survey, terms, pauses, now)
    refusal = survey_rules.why_not(survey, every, deadline_at, paused=paused_now(pauses, now), now=now)
    return MySurvey(
        number=survey.number,
        out_of=survey.out_of,
        opens_at=survey.opens_at,
        deadline_at=deadline_at,
        first_deadline_at=survey_rules.first_deadline(survey, terms),
        pauses=tuple(pauses),
        amount_idr=terms.survey_amount_idr,
        state=survey_rules.state(refusal),
        answered_at=survey.answered_at,
    )


def _pauses(tx: Tx, survey: Survey, now: datetime) -> list[Pause]:
    """When paying this person was on hold since the survey opened."""
    mine = cards.card_of_person(tx, survey.person_id)
    reach = Reach(person_id=survey.person_id, card_id=mine.card_id if mine else None)
    return holds.pauses_for(tx, Capability.PAYOUT, reach, survey.opens_at, now)
