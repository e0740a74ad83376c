"""A person has one account at a time, in nobody else's hands, and learns of every change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from prakarsa.disbursement import actions
from prakarsa.disbursement.model import Provider
from prakarsa.disbursement.refusals import (
    AccountShared,
    BadAccountNumber,
    NothingToRetry,
    PaymentOnItsWay,
    UnknownProvider,
)
from prakarsa.gateways.bank import BankClient
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.people.refusals import PersonUnknown
from tests.conftest import NOW
from tests.disbursement.worlds import (
    EARNED,
    PAYER,
    a_graduate,
    an_account_number,
    first_payout,
    pay_in,
    schedule_all,
    states,
)
from tests.worlds import a_person, deeds, messages_to


def test_a_linked_account_is_shown_masked_and_kept_sealed(tx: Tx) -> None:
    person_id = a_person(tx)
    assert actions.account_of(tx, person_id) is None

    linked = actions.link_account(tx, person_id, "bni", "8000-1234-56", now=NOW)

    assert linked == actions.account_of(tx, person_id)
    assert (linked.provider, linked.masked_number, linked.linked_at) == (Provider.BNI, "••••••3456", NOW)
    rows = tx.values("SELECT payout_account::text FROM disbursement.payout_account")
    journal = tx.values("SELECT facts::text FROM journal.entry")
    assert not any("8000123456" in text or b"8000123456".hex() in text for text in rows + journal)


def test_a_person_is_told_when_the_account_changes_and_only_then(tx: Tx) -> None:
    person_id = a_person(tx)
    actions.link_account(tx, person_id, "OVO", "081200000001", now=NOW)
    actions.link_account(tx, person_id, "OVO", "+62 812 0000 0001", now=NOW + timedelta(days=1))

    told = [facts["account"] for template, facts in messages_to(tx, person_id) if template == "payout.account_linked"]
    assert told == ["••••••••0001"]
    assert deeds(tx, person_id).count("payout.account_linked") == 1

    actions.link_account(tx, person_id, "GOPAY", "081200000001", now=NOW)
    linked = actions.account_of(tx, person_id)
    assert linked is not None
    assert linked.provider is Provider.GOPAY
    assert deeds(tx, person_id).count("payout.account_linked") == 2


def test_an_account_of_another_person_is_refused_until_that_person_leaves_it(tx: Tx) -> None:
    first, second = a_person(tx), a_person(tx)
    actions.link_account(tx, first, "BNI", "8000123456", now=NOW)

    with pytest.raises(AccountShared):
        actions.link_account(tx, second, "BNI", "8000123456", now=NOW)
    assert actions.account_of(tx, second) is None
    # the same digits at another bank are another account
    actions.link_account(tx, second, "BCA", "8000123456", now=NOW)

    actions.link_account(tx, first, "BNI", "8000123457", now=NOW)
    actions.link_account(tx, second, "BNI", "8000123456", now=NOW)


def test_an_account_that_received_somebodys_money_stays_theirs(tx: Tx, bank: BankClient) -> None:
    paid, broker = a_graduate(tx, ending=None), a_person(tx)
    number = an_account_number()
    actions.link_account(tx, paid, "BNI", number, now=EARNED)
    schedule_all(tx)
    pay_in(tx, bank)
    actions.link_account(tx, paid, "BNI", an_account_number(), now=EARNED)

    with pytest.raises(AccountShared):
        actions.link_account(tx, broker, "BNI", number, now=EARNED)
    actions.link_account(tx, paid, "BNI", number, now=EARNED)


def test_bad_input_is_refused_and_changes_nothing(tx: Tx) -> None:
    person_id = a_person(tx)
    actions.link_account(tx, person_id, "BNI", "8000123456", now=NOW)

    refused: list[tuple[str, str, type[Refusal]]] = [
        ("BNI", "11111111111", BadAccountNumber),
        ("BNI", "1111111111", BadAccountNumber),
        ("OVO", "11111111111", BadAccountNumber),
        ("BNI", "\x00", BadAccountNumber),
        ("\x00", "8000123456", UnknownProvider),
        ("", "", UnknownProvider),
    ]
    for provider, number, refusal in refused:
        with pytest.raises(refusal):
            actions.link_account(tx, person_id, provider, number, now=NOW)
    with pytest.raises(PersonUnknown):
        actions.link_account(tx, 2**62, "BNI", "8000123457", now=NOW)

    linked = actions.account_of(tx, person_id)
    assert linked is not None
    assert linked.masked_number == "••••••3456"


def test_the_account_stays_while_the_bank_decides_about_a_payment_to_it(tx: Tx, bank: BankClient) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    batch = actions.draft_batch(tx, payer=PAYER, now=EARNED)
    assert batch is not None

    with pytest.raises(PaymentOnItsWay):
        actions.link_account(tx, person_id, "BNI", an_account_number(), now=EARNED)
    with pytest.raises(NothingToRetry):
        actions.retry(tx, person_id, now=EARNED)

    actions.settle(tx, batch.message_id, bank.pay(batch), now=EARNED)
    actions.link_account(tx, person_id, "BNI", an_account_number(), now=EARNED)
    assert states(tx, person_id) == ["paid", "scheduled", "scheduled", "scheduled"]


@pytest.mark.parametrize("same_account", [True, False], ids=["linked again", "linked anew"])
def test_linking_makes_what_has_failed_again(tx: Tx, bank: BankClient, same_account: bool) -> None:
    person_id = a_graduate(tx, ending=None)
    number = an_account_number("0004")
    actions.link_account(tx, person_id, "BNI", number, now=EARNED)
    schedule_all(tx)
    pay_in(tx, bank)
    assert states(tx, person_id)[0] == "failed"

    mended_at = EARNED + timedelta(days=1)
    actions.link_account(tx, person_id, "BNI", number if same_account else an_account_number(), now=mended_at)

    again = first_payout(tx, person_id)
    assert (again.state.value, again.next_attempt_at) == ("scheduled", mended_at)
    pay_in(tx, bank, now=mended_at)
    assert states(tx, person_id)[0] == ("failed" if same_account else "paid")


def test_two_people_who_link_one_account_at_once_do_not_both_get_it(database: Database) -> None:
    with database.transaction("test") as tx:
        people = [a_person(tx) for _ in range(6)]
    at_once = Barrier(len(people))

    def link(person_id: int) -> bool:
        try:
            with database.transaction("test") as tx:
                tx.value("SELECT 1")
                at_once.wait()
                actions.link_account(tx, person_id, "DANA", "081299990000", now=NOW)
        except AccountShared:
            return False
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        assert sorted(pool.map(link, people)) == [False] * 5 + [True]
