"""A first incentive that arrives opens the surveys; each answered one is paid once, whatever was answered."""

from datetime import timedelta

import pytest

from prakarsa.disbursement import actions
from prakarsa.disbursement.kinds import PayoutKind
from prakarsa.disbursement.model import PayoutState
from prakarsa.feedback import surveying
from prakarsa.feedback.questions import questions
from prakarsa.feedback.survey_model import SurveyState
from prakarsa.feedback.survey_refusals import EarlierSurveyOpen, SurveyAnswered, SurveyNotOpen, SurveyUnknown
from prakarsa.gateways.bank import BankClient
from prakarsa.kernel.db import Tx
from tests.disbursement.worlds import EARNED, a_graduate, money, pay_in, schedule_all
from tests.worlds import messages_to

LATER = EARNED + timedelta(days=91)


def answers(number: int) -> dict[str, str]:
    return {question.code: next(iter(question.choices)) for question in questions(number)}


def somebody_paid(tx: Tx, bank: BankClient) -> int:
    person_id = a_graduate(tx)
    schedule_all(tx)
    pay_in(tx, bank)
    return person_id


def test_surveys_open_when_the_first_incentive_arrives(tx: Tx, bank: BankClient) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    assert surveying.my_surveys(tx, person_id, now=EARNED) == []
    pay_in(tx, bank)
    mine = surveying.my_surveys(tx, person_id, now=EARNED)
    assert [survey.number for survey in mine] == [1, 2, 3]
    assert {survey.state for survey in mine} == {SurveyState.NOT_OPEN}
    assert "feedback.survey" in [template for template, _ in messages_to(tx, person_id)]


def test_an_answered_survey_is_paid_once(tx: Tx, bank: BankClient) -> None:
    person_id = somebody_paid(tx, bank)
    surveying.answer_survey(tx, person_id, 1, answers(1), now=LATER)
    with pytest.raises(SurveyAnswered):
        surveying.answer_survey(tx, person_id, 1, answers(1), now=LATER)
    assert actions.schedule_surveys(tx, now=LATER) == 1
    assert actions.schedule_surveys(tx, now=LATER) == 0
    pay_in(tx, bank, now=LATER)
    [paid] = [payout for payout in actions.my_payouts(tx, person_id) if payout.kind is PayoutKind.SURVEY]
    assert (paid.state, paid.amount_idr, paid.number, paid.out_of) == (PayoutState.PAID, 50_000, 1, 3)
    money(tx)


def test_surveys_are_answered_in_their_order_and_on_their_day(tx: Tx, bank: BankClient) -> None:
    person_id = somebody_paid(tx, bank)
    with pytest.raises(SurveyNotOpen):
        surveying.answer_survey(tx, person_id, 1, answers(1), now=EARNED)
    with pytest.raises(EarlierSurveyOpen):
        surveying.answer_survey(tx, person_id, 2, answers(2), now=LATER)
    with pytest.raises(SurveyUnknown):
        surveying.answer_survey(tx, person_id, 9, answers(1), now=LATER)
