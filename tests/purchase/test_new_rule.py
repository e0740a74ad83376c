"""A new rule bites course by course at its very moment, without a job; earlier waves keep the rules they came under."""

from datetime import datetime, timedelta

from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import ClockEffect, Refusal
from prakarsa.kernel.words import refusal_words
from prakarsa.programme import actions as programme
from prakarsa.purchase import actions
from prakarsa.purchase.model import OtpOrder, PaymentToken
from prakarsa.purchase.refusals import CourseMissesCondition
from tests import worlds
from tests.conftest import NOW
from tests.programme.test_changes import LAUNCH, change_text
from tests.worlds import HeldCard, Schedule

MIDNIGHT = datetime(2020, 8, 20, tzinfo=JAKARTA)
SECOND = timedelta(seconds=1)


def asked(tx: Tx, card: HeldCard, schedule: Schedule, now: datetime) -> PaymentToken | Refusal:
    order = OtpOrder(
        worlds.a_platform(tx),
        card.number,
        f"user-{card.card_id}",
        schedule.course_code,
        schedule.schedule_code,
        worlds.PRICE_IDR,
    )
    return actions.send_otp(tx, [order], now=now)[0]


def recorded_only(tx: Tx) -> Schedule:
    """A class of an online course without a live session, as the launch rules allowed it."""
    schedule = worlds.a_class(tx, starts_at=NOW + timedelta(days=20))
    tx.run("UPDATE catalogue.course SET has_live_session = false WHERE course_code = %(c)s", c=schedule.course_code)
    return schedule


def test_from_its_first_second_on_a_rule_refuses_what_misses_it_and_nothing_else(tx: Tx) -> None:
    for number in (3, 4):
        worlds.a_wave(tx, number, scheme=LAUNCH)
    of_wave_3, of_wave_4 = worlds.a_card(tx, wave=3), worlds.a_card(tx, wave=4)
    missing, meeting = recorded_only(tx), worlds.a_class(tx, starts_at=NOW + timedelta(days=20))
    text = change_text("course_requires_interactive", "true", begins="2020-08-20", waves="4-")
    change = programme.propose(tx, text, author="staff/1", now=NOW)
    programme.approve(tx, change.change_code, by="staff/2", now=NOW)

    before = [asked(tx, card, missing, MIDNIGHT - SECOND) for card in (of_wave_3, of_wave_4)]
    passing = asked(tx, of_wave_4, meeting, MIDNIGHT)
    earlier_wave = asked(tx, of_wave_3, missing, MIDNIGHT)
    refused = asked(tx, of_wave_4, missing, MIDNIGHT)

    assert {type(answer) for answer in (*before, passing, earlier_wave)} == {PaymentToken}
    assert isinstance(refused, CourseMissesCondition)
    assert (refused.course_title, refused.condition) == ("Barista untuk pemula", "Online training is interactive")
    assert refused.clock is ClockEffect.RUNS
    assert "Online training is interactive" in refusal_words(refused, "en").title


def test_a_rule_that_is_taken_back_lets_the_course_be_sold_again(tx: Tx) -> None:
    worlds.a_wave(tx, scheme=LAUNCH)
    card, missing = worlds.a_card(tx), recorded_only(tx)
    text = change_text("course_requires_interactive", "true", begins="2020-08-20")
    change = programme.propose(tx, text, author="staff/1", now=NOW)
    programme.approve(tx, change.change_code, by="staff/2", now=NOW)
    assert isinstance(asked(tx, card, missing, MIDNIGHT), CourseMissesCondition)

    programme.propose_revocation(tx, change.change_code, reason="It was wrong.", by="staff/1", now=MIDNIGHT)
    programme.revoke(tx, change.change_code, by="staff/2", now=MIDNIGHT)

    assert isinstance(asked(tx, card, missing, MIDNIGHT + SECOND), PaymentToken)
