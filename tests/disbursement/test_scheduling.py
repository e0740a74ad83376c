"""Incentives are promised once, to people who have met every condition, as the terms of their wave say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from prakarsa.disbursement import actions, rules
from prakarsa.disbursement.model import PayoutState
from prakarsa.disbursement.refusals import AccountNotLinked, NotEntitled, NotPayable
from prakarsa.kernel.db import Database, Tx
from prakarsa.people import actions as people
from prakarsa.people.refusals import PersonUnknown
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.purchase import actions as purchases
from tests.conftest import NOW
from tests.disbursement.worlds import (
    AMOUNT_IDR,
    EARNED,
    a_graduate,
    an_account_number,
    schedule_all,
    states,
)
from tests.worlds import a_card, a_class, a_person, a_purchase, a_wave, deeds, messages_to


def test_four_monthly_payments_are_promised_and_the_first_is_due_at_once(tx: Tx) -> None:
    person_id = a_graduate(tx)

    assert actions.schedule_incentives(tx, now=EARNED) == 1

    payouts = actions.my_payouts(tx, person_id)
    assert [(p.number, p.out_of, p.amount_idr, p.state) for p in payouts] == [
        (number, 4, AMOUNT_IDR, PayoutState.SCHEDULED) for number in (1, 2, 3, 4)
    ]
    assert [p.due_at for p in payouts] == rules.due_dates(EARNED, 4, 1)
    assert all(p.cause == p.remedy == "" for p in payouts)
    [facts] = [facts for template, facts in messages_to(tx, person_id) if template == "payout.scheduled"]
    assert (facts["out_of"], facts["amount_idr"], facts["account"]) == (4, AMOUNT_IDR, "••••••3456")
    assert deeds(tx, person_id).count("payout.scheduled") == 4


def test_scheduling_again_changes_nothing(tx: Tx) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    before, told = actions.my_payouts(tx, person_id), messages_to(tx, person_id)

    assert actions.schedule_incentives(tx, now=EARNED + timedelta(days=40)) == 0
    actions.link_account(tx, person_id, "BNI", an_account_number(), now=EARNED)
    assert actions.schedule_incentives(tx, now=EARNED + timedelta(days=40)) == 0

    assert actions.my_payouts(tx, person_id) == before
    assert [t for t, _ in messages_to(tx, person_id)].count("payout.scheduled") == [t for t, _ in told].count(
        "payout.scheduled"
    )


def test_the_first_completed_course_counts_and_no_other(tx: Tx) -> None:
    card = a_card(tx)
    first, second = a_purchase(tx, card=card), None
    purchases.complete(tx, [first.purchase_id], now=EARNED)
    actions.link_account(tx, card.person_id, "BNI", an_account_number(), now=EARNED)
    purchases.mark_rated(tx, first.purchase_id, now=EARNED)
    second = a_purchase(tx, card=card)
    purchases.complete(tx, [second.purchase_id], now=EARNED - timedelta(days=1))  # earlier, and not rated

    assert actions.schedule_incentives(tx, now=EARNED) == 0
    assert [r.facts() for r in actions.why_not_scheduled(tx, card.person_id, now=EARNED)] == [
        {"missing": rules.NOT_RATED}
    ]

    purchases.mark_rated(tx, second.purchase_id, now=EARNED)
    assert actions.schedule_incentives(tx, now=EARNED) == 1
    assert tx.values("SELECT DISTINCT purchase_id FROM disbursement.instruction") == [second.purchase_id]


def test_each_missing_condition_is_named_and_keeps_the_incentive_away(tx: Tx) -> None:
    a_wave(tx)
    nobody, card, unrated, unlinked = (
        a_person(tx),
        a_card(tx).person_id,
        a_graduate(tx, rated=False),
        a_graduate(tx, ending=None),
    )
    barred, revoked = a_graduate(tx), a_graduate(tx)
    people.bar(tx, [barred], "false_data", now=NOW)
    tx.run(
        "UPDATE card.card SET state = 'revoked', revoked_at = now() WHERE person_id = %(person_id)s", person_id=revoked
    )

    assert actions.schedule_incentives(tx, now=EARNED) == 0

    def why(person_id: int) -> list[type]:
        return [type(reason) for reason in actions.why_not_scheduled(tx, person_id, now=EARNED)]

    assert why(nobody) == [NotPayable]
    assert why(card) == [NotPayable, AccountNotLinked]
    assert why(unrated) == [NotPayable]
    assert why(unlinked) == [AccountNotLinked]
    assert why(barred) == why(revoked) == [NotEntitled]
    with pytest.raises(PersonUnknown):
        actions.why_not_scheduled(tx, 2**62, now=EARNED)


def test_each_wave_pays_by_its_own_terms(tx: Tx) -> None:
    old = a_graduate(tx)
    later = NOW.replace(year=2023)
    a_wave(tx, 48, scheme="prakerja-2023", now=later)
    new = a_graduate(tx, wave=48, now=later)

    schedule_all(tx, now=later + timedelta(days=9))

    assert len(actions.my_payouts(tx, old)) == 4
    assert len(actions.my_payouts(tx, new)) == 1


def test_a_wave_planned_under_a_later_scheme_stops_nobody(tx: Tx) -> None:
    person_id = a_graduate(tx)
    programme.load_scheme(tx, "prakerja-2023", author="staff/1", approver="staff/2", now=NOW)
    opens_at = NOW.replace(year=2023)
    plan = WavePlan(48, "prakerja-2023", opens_at, opens_at + timedelta(days=4), 10, 2023, {})
    programme.open_wave(tx, plan, now=NOW)

    schedule_all(tx)

    assert len(states(tx, person_id)) == 4


def test_chunks_reach_everybody_once(tx: Tx) -> None:
    of = a_class(tx)
    graduates = [a_graduate(tx, of=of) for _ in range(7)]

    done = [actions.schedule_incentives(tx, now=EARNED, chunk=3) for _ in range(4)]

    assert done == [3, 3, 1, 0]
    assert all(states(tx, person_id) == ["scheduled"] * 4 for person_id in graduates)


def test_workers_that_schedule_at_once_promise_once(database: Database) -> None:
    with database.transaction("test") as tx:
        of = a_class(tx)
        graduates = [a_graduate(tx, of=of) for _ in range(8)]
    at_once = Barrier(4)

    def work(_: int) -> int:
        at_once.wait()
        with database.transaction("test") as tx:
            return actions.schedule_incentives(tx, now=EARNED, chunk=5)

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(work, range(4)))
    with database.transaction("test") as tx:
        while more := actions.schedule_incentives(tx, now=EARNED):
            done += more
        assert done == len(graduates)
        assert all(states(tx, person_id) == ["scheduled"] * 4 for person_id in graduates)
        assert all(deeds(tx, person_id).count("payout.scheduled") == 4 for person_id in graduates)
