"""From the wave's budget to the person: every cause of failure, over real HTTP, with books that balance."""

from datetime import timedelta

import httpx
import pytest

from prakarsa.disbursement import actions, rules
from prakarsa.disbursement.model import (
    FAILURE_REMEDIES,
    FAILURE_WORDS,
    BatchAnswer,
    CancelReason,
    LineOutcome,
    PayoutFailure,
    PayoutState,
    Provider,
    Retry,
    Settlement,
    Totals,
)
from prakarsa.disbursement.refusals import AnswerToOtherBatch, BankRefusedFile, BatchUnknown, NothingToRetry
from prakarsa.gateways.bank import BankClient
from prakarsa.gateways.sending import worded
from prakarsa.gateways.simulators.bank import ENDINGS
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.people import actions as people
from prakarsa.programme.actions import STATE_ACCOUNT
from tests.disbursement.worlds import (
    AMOUNT_IDR,
    EARNED,
    PAYER,
    a_graduate,
    an_account_number,
    at_the_bank,
    first_payout,
    money,
    moved,
    paid_twice,
    pay_in,
    schedule_all,
    states,
)
from tests.worlds import a_class, a_wave, deeds, messages_to

TODAY = {"incentive_budget": -AMOUNT_IDR, "in_transit": 0, "paid_out": AMOUNT_IDR}
NOTHING = {"incentive_budget": 0, "in_transit": 0, "paid_out": 0}


def test_an_incentive_reaches_the_person_and_the_books_say_so(tx: Tx, bank: BankClient, books: httpx.Client) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    before = money(tx)

    batch = actions.draft_batch(tx, payer=PAYER, now=EARNED)
    assert batch is not None
    assert moved(before, money(tx)) == {"incentive_budget": -AMOUNT_IDR, "in_transit": AMOUNT_IDR, "paid_out": 0}
    assert first_payout(tx, person_id).state is PayoutState.SENT
    assert [(line.amount_idr, line.provider, line.purpose) for line in batch.lines] == [
        (AMOUNT_IDR, "BNI", batch.lines[0].purpose)
    ]
    assert len(batch.message_id) <= 35
    assert len(batch.lines[0].instruction_id) <= 35

    settled = actions.settle(tx, batch.message_id, bank.pay(batch), now=EARNED)

    assert settled == Settlement(paid=1, failed=0, repeated=0, pending=0)
    assert moved(before, money(tx)) == TODAY
    assert at_the_bank(books) == (1, AMOUNT_IDR)
    assert states(tx, person_id) == ["paid", "scheduled", "scheduled", "scheduled"]
    assert first_payout(tx, person_id).provider is Provider.BNI
    assert [template for template, _ in messages_to(tx, person_id)][-2:] == ["payout.paid", "feedback.survey"]
    assert deeds(tx, person_id)[-2:] == ["payout.sent", "payout.paid"]
    assert actions.open_batches(tx) == []


def test_the_other_payments_leave_when_their_month_has_come(tx: Tx, bank: BankClient, books: httpx.Client) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    before = money(tx)
    due = [payout.due_at for payout in actions.my_payouts(tx, person_id)]

    for count, moment in enumerate(due, start=1):
        pay_in(tx, bank, now=moment - timedelta(seconds=1))
        assert states(tx, person_id).count("paid") == count - 1
        pay_in(tx, bank, now=moment)
        assert states(tx, person_id).count("paid") == count

    assert at_the_bank(books) == (4, 4 * AMOUNT_IDR)
    assert moved(before, money(tx)) == {
        "incentive_budget": -4 * AMOUNT_IDR,
        "in_transit": 0,
        "paid_out": 4 * AMOUNT_IDR,
    }
    assert pay_in(tx, bank, now=due[-1] + timedelta(days=400)) == []


@pytest.mark.parametrize(
    ("ending", "failure"),
    [(ending, failure) for ending, failure in ENDINGS.items() if failure.retry is Retry.AFTER_ACCOUNT_CHANGE],
    ids=lambda value: value.value if isinstance(value, PayoutFailure) else "",
)
def test_every_failure_is_explained_and_ends_with_a_new_account(
    tx: Tx, bank: BankClient, books: httpx.Client, ending: str, failure: PayoutFailure
) -> None:
    person_id, neighbour = a_graduate(tx, ending=ending), a_graduate(tx)
    schedule_all(tx)
    before = money(tx)

    [settled] = pay_in(tx, bank)

    assert settled == Settlement(paid=1, failed=1, repeated=0, pending=0)
    assert moved(before, money(tx)) == TODAY  # the neighbour's; what failed is back in the budget
    failed = first_payout(tx, person_id)
    assert (failed.state, failed.failure) == (PayoutState.FAILED, failure)
    assert (failed.cause, failed.remedy) == (FAILURE_WORDS[failure], FAILURE_REMEDIES[failure])
    assert states(tx, neighbour)[0] == "paid"
    template, facts = messages_to(tx, person_id)[-1]
    assert template == "payout.failed"
    assert (facts["cause"], facts["remedy"]) == (failed.cause, failed.remedy)
    assert [(f.person_id, f.failure, f.cause) for f in actions.failures(tx)] == [(person_id, failure, failed.cause)]
    assert pay_in(tx, bank, now=EARNED + timedelta(days=20)) == []  # nobody tries the same again in vain

    actions.link_account(tx, person_id, "DANA", f"0812{an_account_number()[:8]}", now=EARNED)
    pay_in(tx, bank)

    mended = first_payout(tx, person_id)
    assert (mended.state, mended.failure, mended.provider) == (PayoutState.PAID, None, Provider.DANA)
    assert at_the_bank(books) == (2, 2 * AMOUNT_IDR)
    assert money(tx)["in_transit"] == 0
    assert actions.failures(tx) == []


def test_a_providers_fault_is_repeated_by_itself(tx: Tx, bank: BankClient, books: httpx.Client) -> None:
    person_id = a_graduate(tx, ending="0099")
    schedule_all(tx)

    assert pay_in(tx, bank) == [Settlement(paid=0, failed=0, repeated=1, pending=0)]

    waiting = first_payout(tx, person_id)
    assert (waiting.state, waiting.failure) == (PayoutState.SCHEDULED, PayoutFailure.PROVIDER_FAULT)
    assert waiting.next_attempt_at == EARNED + rules.FIRST_PAUSE
    assert waiting.due_at == EARNED
    assert (waiting.cause, waiting.remedy) == (FAILURE_WORDS[PayoutFailure.PROVIDER_FAULT], "")
    assert messages_to(tx, person_id)[-1][0] == "payout.delayed"
    assert money(tx)["in_transit"] == 0
    assert pay_in(tx, bank, now=waiting.next_attempt_at - timedelta(seconds=1)) == []

    assert pay_in(tx, bank, now=waiting.next_attempt_at) == [Settlement(paid=1, failed=0, repeated=0, pending=0)]
    assert first_payout(tx, person_id).failure is None
    assert at_the_bank(books) == (1, AMOUNT_IDR)


class Faulty:
    """A bank company that has had a fault for weeks."""

    def pay(self, batch: object) -> BatchAnswer:
        faults = tuple(
            LineOutcome(line.instruction_id, paid=False, failure=PayoutFailure.PROVIDER_FAULT)
            for line in batch.lines  # type: ignore[attr-defined]  # any batch
        )
        return BatchAnswer(batch.message_id, faults)  # type: ignore[attr-defined]  # any batch


def test_a_fault_that_lasts_is_left_to_people_after_a_bounded_number_of_attempts(tx: Tx, bank: BankClient) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    at = EARNED
    for _ in range(rules.AUTOMATIC_ATTEMPTS):
        pay_in(tx, Faulty(), now=at)
        at = first_payout(tx, person_id).next_attempt_at

    failed = first_payout(tx, person_id)
    assert (failed.state, failed.attempts) == (PayoutState.FAILED, rules.AUTOMATIC_ATTEMPTS)
    assert pay_in(tx, Faulty(), now=at + timedelta(days=10)) == []
    told = [template for template, _ in messages_to(tx, person_id)]
    assert (told.count("payout.delayed"), told.count("payout.failed")) == (1, 1)

    assert actions.retry(tx, person_id, now=at) == 1
    with pytest.raises(NothingToRetry):
        actions.retry(tx, person_id, now=at)
    pay_in(tx, Faulty(), now=at)
    assert first_payout(tx, person_id).state is PayoutState.SCHEDULED  # it has its full number of attempts again
    pay_in(tx, bank, now=first_payout(tx, person_id).next_attempt_at)
    assert states(tx, person_id)[0] == "paid"
    assert money(tx)["in_transit"] == 0


def test_the_same_answer_books_once(tx: Tx, bank: BankClient) -> None:
    paid, failed = a_graduate(tx), a_graduate(tx, ending="0004")
    schedule_all(tx)
    batch = actions.draft_batch(tx, payer=PAYER, now=EARNED)
    assert batch is not None
    answer = bank.pay(batch)
    actions.settle(tx, batch.message_id, answer, now=EARNED)
    books_then, told, done = money(tx), messages_to(tx, paid), deeds(tx, failed)
    [summary] = actions.batches(tx)

    again = actions.settle(tx, batch.message_id, answer, now=EARNED + timedelta(hours=1))

    assert again == Settlement(paid=0, failed=0, repeated=0, pending=0)
    assert (money(tx), messages_to(tx, paid), deeds(tx, failed)) == (books_then, told, done)
    assert actions.batches(tx)[0].answered_at == summary.answered_at == EARNED

    actions.retry(tx, failed, now=EARNED)
    actions.settle(tx, batch.message_id, answer, now=EARNED)
    assert states(tx, failed)[0] == "scheduled"  # an old answer does not undo what came after it


def test_lines_the_bank_has_not_decided_stay_with_it(tx: Tx, bank: BankClient) -> None:
    first, second = a_graduate(tx), a_graduate(tx, ending="0004")
    schedule_all(tx)
    batch = actions.draft_batch(tx, payer=PAYER, now=EARNED)
    assert batch is not None
    whole = bank.pay(batch)

    nothing = actions.settle(tx, batch.message_id, BatchAnswer(batch.message_id, ()), now=EARNED)
    assert nothing == Settlement(paid=0, failed=0, repeated=0, pending=2)
    half = actions.settle(tx, batch.message_id, BatchAnswer(batch.message_id, whole.outcomes[:1]), now=EARNED)
    assert half == Settlement(paid=1, failed=0, repeated=0, pending=1)
    assert money(tx)["in_transit"] == AMOUNT_IDR
    assert actions.open_batches(tx) == [batch]
    assert actions.batches(tx)[0].pending_lines == 1

    assert actions.settle(tx, batch.message_id, whole, now=EARNED).failed == 1
    assert (states(tx, first)[0], states(tx, second)[0]) == ("paid", "failed")
    assert money(tx)["in_transit"] == 0
    assert actions.open_batches(tx) == []


def test_an_answer_to_something_else_books_nothing(tx: Tx) -> None:
    a_graduate(tx)
    schedule_all(tx)
    batch = actions.draft_batch(tx, payer=PAYER, now=EARNED)
    assert batch is not None
    before = money(tx)

    stranger = BatchAnswer(batch.message_id, (LineOutcome("INS-STRANGER", paid=True, failure=None),))
    with pytest.raises(AnswerToOtherBatch):
        actions.settle(tx, batch.message_id, stranger, now=EARNED)
    with pytest.raises(AnswerToOtherBatch):
        actions.settle(tx, batch.message_id, BatchAnswer("PAY-OTHER", ()), now=EARNED)
    with pytest.raises(BatchUnknown):
        actions.settle(tx, "PAY-OTHER", BatchAnswer("PAY-OTHER", ()), now=EARNED)

    assert money(tx) == before
    assert actions.open_batches(tx) == [batch]


def test_a_file_refused_as_a_whole_gives_its_money_back_and_is_tried_later(
    tx: Tx, bank: BankClient, books: httpx.Client
) -> None:
    person_id = a_graduate(tx)
    schedule_all(tx)
    before = money(tx)
    batch = actions.draft_batch(tx, payer=PAYER, now=EARNED)
    assert batch is not None

    refused = BankRefusedFile(batch.message_id, 422)
    assert actions.settle_refused(tx, batch.message_id, refused, now=EARNED).repeated == 1
    assert actions.settle_refused(tx, batch.message_id, refused, now=EARNED).repeated == 0

    assert moved(before, money(tx)) == NOTHING
    assert actions.open_batches(tx) == []
    pay_in(tx, bank, now=first_payout(tx, person_id).next_attempt_at)
    assert states(tx, person_id)[0] == "paid"
    assert at_the_bank(books) == (1, AMOUNT_IDR)


@pytest.mark.parametrize("reason", CancelReason)
def test_who_lost_the_right_is_not_paid_any_more_and_is_told(
    tx: Tx, bank: BankClient, books: httpx.Client, reason: CancelReason
) -> None:
    lost, neighbour = a_graduate(tx), a_graduate(tx)
    schedule_all(tx)
    before = money(tx)
    if reason is CancelReason.PERSON_BARRED:
        people.bar(tx, [lost], "false_data", now=EARNED)
    else:
        tx.run(
            "UPDATE card.card SET state = 'revoked', revoked_at = now() WHERE person_id = %(person_id)s", person_id=lost
        )

    pay_in(tx, bank)

    cancelled = first_payout(tx, lost)
    assert (cancelled.state, cancelled.cancel_reason) == (PayoutState.CANCELLED, reason)
    assert cancelled.cause
    assert states(tx, neighbour)[0] == "paid"
    assert moved(before, money(tx)) == TODAY
    assert at_the_bank(books) == (1, AMOUNT_IDR)
    assert messages_to(tx, lost)[-1][0] == deeds(tx, lost)[-1] == "payout.cancelled"
    with pytest.raises(NothingToRetry):
        actions.retry(tx, lost, now=EARNED)


def test_a_batch_of_lost_rights_only_is_no_file(tx: Tx) -> None:
    of = a_class(tx)
    lost = [a_graduate(tx, of=of) for _ in range(5)]
    schedule_all(tx)
    people.bar(tx, lost, "false_data", now=EARNED)

    assert actions.draft_batch(tx, payer=PAYER, now=EARNED, limit=2) is None
    assert all(states(tx, person_id)[0] == "cancelled" for person_id in lost)


def test_a_budget_pays_as_far_as_it_goes_and_the_rest_waits_with_an_alarm(
    tx: Tx, bank: BankClient, books: httpx.Client
) -> None:
    a_wave(tx, 5)
    of = a_class(tx)
    poor = [a_graduate(tx, of=of, wave=5) for _ in range(3)]
    rich = a_graduate(tx, of=of, wave=6)
    schedule_all(tx)
    leave_in_budget(tx, 5, 2 * AMOUNT_IDR + 1)

    pay_in(tx, bank)

    assert [states(tx, person_id)[0] for person_id in poor] == ["paid", "paid", "scheduled"]
    assert states(tx, rich)[0] == "paid"  # one wave's empty budget is not another's
    assert at_the_bank(books) == (3, 3 * AMOUNT_IDR)
    [short] = actions.shortages(tx, now=EARNED)
    assert (short.wave_number, short.due_idr, short.budget_idr) == (5, AMOUNT_IDR, 1)
    assert actions.draft_batch(tx, payer=PAYER, now=EARNED) is None


def leave_in_budget(tx: Tx, wave: int, left_idr: int) -> None:
    """The rest goes back to the state."""
    budget = ledger.account(tx, AccountKind.INCENTIVE_BUDGET, f"wave/{wave}")
    state = ledger.account(tx, AccountKind.STATE, STATE_ACCOUNT)
    back_idr = ledger.balance_idr(tx, budget) - left_idr
    ledger.post(tx, [Transfer("given_back", f"wave/{wave}", budget, state, back_idr)], now=EARNED)


def test_lists_turn_their_pages_and_totals_add_up(tx: Tx, bank: BankClient) -> None:
    of = a_class(tx)
    failed = [a_graduate(tx, of=of, ending="0004") for _ in range(3)]
    paid = [a_graduate(tx, of=of) for _ in range(2)]
    schedule_all(tx)
    while actions.draft_batch(tx, payer=PAYER, now=EARNED, limit=2):
        pass
    sent = actions.totals(tx)
    for batch in actions.open_batches(tx):
        actions.settle(tx, batch.message_id, bank.pay(batch), now=EARNED)

    assert (sent.sent, sent.sent_idr, sent.paid, sent.scheduled) == (5, 5 * AMOUNT_IDR, 0, 15)
    assert actions.totals(tx) == Totals(
        scheduled=15,
        scheduled_idr=15 * AMOUNT_IDR,
        sent=0,
        sent_idr=0,
        paid=len(paid),
        paid_idr=len(paid) * AMOUNT_IDR,
        failed=len(failed),
        failed_idr=len(failed) * AMOUNT_IDR,
        cancelled=0,
        cancelled_idr=0,
    )
    first = actions.failures(tx, limit=2)
    rest = actions.failures(tx, after=first[-1].instruction_id, limit=2)
    assert sorted(f.person_id for f in first + rest) == sorted(failed)
    newest = actions.batches(tx, limit=2)
    oldest = actions.batches(tx, before=newest[-1].batch_id, limit=2)
    assert [b.lines for b in newest + oldest] == [1, 2, 2]
    assert sum(b.paid_lines + b.failed_lines for b in newest + oldest) == 5


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_message_can_be_worded(tx: Tx, bank: BankClient, language: str) -> None:
    of = a_class(tx)
    everybody = [a_graduate(tx, of=of, ending=ending) for ending in ("3456", "0004", "0099")]
    schedule_all(tx)
    lost = a_graduate(tx, of=of)
    schedule_all(tx)
    people.bar(tx, [lost], "false_data", now=EARNED)
    tx.run("UPDATE people.person SET language = %(language)s", language=language)
    pay_in(tx, bank)

    waiting = [m for m in journal.claim(tx, limit=1_000, now=EARNED) if m.template.startswith("payout.")]
    texts = {m.template: worded(m).text for m in waiting}
    assert set(texts) == {
        "payout.account_linked",
        "payout.cancelled",
        "payout.delayed",
        "payout.failed",
        "payout.paid",
        "payout.scheduled",
    }
    assert not any("{" in text or "–" in text for text in texts.values())
    assert len(everybody) == 3


def test_no_account_number_appears_in_the_journal(tx: Tx, bank: BankClient) -> None:
    person_id = a_graduate(tx, ending=None)
    number = an_account_number("0004")
    actions.link_account(tx, person_id, "BNI", number, now=EARNED)
    schedule_all(tx)
    pay_in(tx, bank)

    assert not any(number in text for text in tx.values("SELECT facts::text FROM journal.entry"))
    assert not any(number in text for text in tx.values("SELECT batch_line::text FROM disbursement.batch_line"))


def test_nothing_is_paid_twice_whatever_comes_in_which_order(tx: Tx, bank: BankClient, books: httpx.Client) -> None:
    of = a_class(tx)
    endings = ["3456", "0099", "0004", "3456", "0009", "0099"]
    everybody = [a_graduate(tx, of=of, ending=ending) for ending in endings]
    schedule_all(tx)
    before = money(tx)
    for day in range(0, 130, 3):
        schedule_all(tx, now=EARNED + timedelta(days=day))
        pay_in(tx, bank, now=EARNED + timedelta(days=day))
        if day == 60:
            for person_id in everybody:
                actions.link_account(tx, person_id, "BCA", an_account_number(), now=EARNED + timedelta(days=day))

    assert all(states(tx, person_id) == ["paid"] * 4 for person_id in everybody)
    assert at_the_bank(books) == (24, 24 * AMOUNT_IDR)
    assert paid_twice(books) == []
    assert moved(before, money(tx)) == {
        "incentive_budget": -24 * AMOUNT_IDR,
        "in_transit": 0,
        "paid_out": 24 * AMOUNT_IDR,
    }
