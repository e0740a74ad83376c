"""A hold on payments keeps them back and loses none; the last day for linking an account moves for those it blocks."""

from datetime import datetime, timedelta

import pytest

from prakarsa.disbursement import actions
from prakarsa.disbursement.refusals import LinkingClosed
from prakarsa.gateways.bank import BankClient
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Hold, Scope
from prakarsa.hold.refusals import PayoutHeld
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.purchase import actions as purchases
from tests.conftest import NOW
from tests.disbursement.worlds import EARNED, PAYER, a_graduate, an_account_number, pay_in, schedule_all, states
from tests.worlds import a_card, a_class, a_hold, a_person

DAY = timedelta(days=1)
LAST_DAY = datetime(2020, 12, 15, 23, 59, 59, tzinfo=JAKARTA)
SECOND = timedelta(seconds=1)


def held(tx: Tx, scope: Scope, person_id: int, *, capability: Capability = Capability.PAYOUT) -> Hold:
    """A hold at that scope of the person's first course."""
    [bought] = purchases.my_purchases(tx, person_id)
    target = {
        Scope.PLATFORM: bought.platform_code,
        Scope.INSTITUTION: bought.institution_code,
        Scope.COURSE: bought.course_code,
        Scope.SCHEDULE: bought.schedule_code,
        Scope.CARD: str(bought.card_id),
        Scope.PERSON: str(tx.value("SELECT public_id FROM people.person WHERE person_id = %(p)s", p=person_id)),
    }.get(scope)
    return a_hold(tx, scope=scope, target=target, capability=capability, now=EARNED)


@pytest.mark.parametrize("scope", list(Scope))
def test_held_payments_stay_scheduled_and_leave_when_the_hold_ends(tx: Tx, bank: BankClient, scope: Scope) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    hold = held(tx, scope, person_id)

    assert pay_in(tx, bank) == []
    assert set(states(tx, person_id)) == {"scheduled"}
    why = actions.why_held(tx, person_id, now=EARNED)
    assert isinstance(why, PayoutHeld)
    assert why.hold_code == hold.hold_code

    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=EARNED + DAY)
    assert actions.why_held(tx, person_id, now=EARNED + DAY) is None
    pay_in(tx, bank, now=EARNED + DAY)
    assert states(tx, person_id)[0] == "paid"


def test_a_narrow_hold_keeps_back_nobody_elses_payment(tx: Tx, bank: BankClient) -> None:
    stays, goes = (a_graduate(tx, of=a_class(tx, institution=code)) for code in ("balai-satu", "balai-dua"))
    schedule_all(tx)
    held(tx, Scope.INSTITUTION, stays)

    pay_in(tx, bank)

    assert (states(tx, stays)[0], states(tx, goes)[0]) == ("scheduled", "paid")
    assert actions.why_held(tx, goes, now=EARNED) is None


@pytest.mark.parametrize("capability", [Capability.SELLING, Capability.REDEEMING])
def test_other_holds_pay_on(tx: Tx, bank: BankClient, capability: Capability) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    held(tx, Scope.PROGRAMME, person_id, capability=capability)

    pay_in(tx, bank)

    assert states(tx, person_id)[0] == "paid"


def test_an_account_is_linked_or_changed_until_the_last_second_of_the_last_day(tx: Tx) -> None:
    person_id = a_card(tx).person_id
    number = an_account_number()
    actions.link_account(tx, person_id, "BNI", number, now=LAST_DAY)

    with pytest.raises(LinkingClosed) as refused:
        actions.link_account(tx, person_id, "BNI", an_account_number(), now=LAST_DAY + SECOND)
    assert refused.value.deadline_at == LAST_DAY
    assert actions.link_account(tx, person_id, "BNI", number, now=LAST_DAY + SECOND).linked_at == LAST_DAY


def test_whoever_has_no_card_yet_has_no_last_day(tx: Tx) -> None:
    assert actions.linking_deadline(tx, a_person(tx), now=NOW) is None


@pytest.mark.parametrize("scope", [Scope.PROGRAMME, Scope.CARD, Scope.PERSON, Scope.INSTITUTION])
def test_the_last_day_moves_by_the_time_payments_were_held_for_that_person(tx: Tx, scope: Scope) -> None:
    person_id = a_graduate(tx, ending=None)
    other = a_card(tx).person_id
    hold = held(tx, scope, person_id)
    holds.lift(tx, hold.hold_code, reason="done", by="staff/1", now=EARNED + 6 * DAY)

    deadline = actions.linking_deadline(tx, person_id, now=EARNED + 7 * DAY)
    assert deadline is not None
    assert (deadline.first_deadline_at, deadline.paused) == (LAST_DAY, 6 * DAY)
    assert [pause.cause for pause in deadline.pauses] == [hold.hold_code]
    actions.link_account(tx, person_id, "BNI", an_account_number(), now=LAST_DAY + 6 * DAY)
    unmoved = actions.linking_deadline(tx, other, now=EARNED + 7 * DAY)
    assert unmoved is not None
    assert unmoved.paused == (6 * DAY if scope is Scope.PROGRAMME else timedelta())


def test_drafting_in_a_hold_of_the_whole_programme_looks_at_no_payment(tx: Tx) -> None:
    a_graduate(tx)
    schedule_all(tx)
    a_hold(tx, capability=Capability.PAYOUT, now=EARNED)
    assert actions.draft_batch(tx, payer=PAYER, now=EARNED) is None
