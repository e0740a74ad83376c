"""Files to the bank and its answers.

Sending must survive a crash at any moment, so it is three transactions with the bank between the last two: a file is
drafted and committed; the file, rebuilt equal, is handed to the bank; the answer is booked. Whatever happens in
between, the open file is handed over again, and the bank answers for the file it knows.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from prakarsa.disbursement import rules, store, telling
from prakarsa.disbursement.kinds import PURPOSES, PayoutKind
from prakarsa.disbursement.model import (
    BatchAnswer,
    CancelReason,
    LineOutcome,
    Payer,
    PayoutBatch,
    PayoutFailure,
    PayoutState,
    Settlement,
)
from prakarsa.disbursement.refusals import (
    AnswerToOtherBatch,
    BadBankFile,
    BankRefusedFile,
    BatchUnknown,
    BudgetShort,
)
from prakarsa.disbursement.store import Decision, DueLine, LockedBatch, SentLine
from prakarsa.feedback import surveying
from prakarsa.feedback.survey_model import FirstPaid
from prakarsa.hold import actions as hold
from prakarsa.hold.model import Capability, Reach
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.words import say
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.ledger.refusals import Overdrawn

BANK, INCENTIVES = "bank", "incentive"
"""Who owns the account of money in transit, and the account of money paid out."""

_CODE_LENGTH = 10


def draft_batch(tx: Tx, *, payer: Payer, now: datetime, limit: int = 1_000) -> PayoutBatch | None:
    """Write the next due payments of one wave into a file and take their money out of its budget.

    Commit before handing the file to the bank. Run until it returns None: nothing more can be sent now. Workers may
    draft at once: none takes what another has. A payment whose person lost the right to it is cancelled here, at the
    last moment before the money moves; payments the budget does not cover stay (see `shortages`), and so do
    those that a hold on payments keeps back, until it ends (see `why_held`).
    Source: programme-rules 9; 15 failures 8 and 15.
    """
    if hold.standing(tx, Capability.PAYOUT, Reach(), now):  # of the whole programme: no need to look at every payment
        return None
    for wave_id, wave_number in store.waves_due(tx, now):
        batch_id = _draft_for_wave(tx, wave_id, wave_number, payer, limit, now)
        if batch_id is not None:
            return store.batch(tx, batch_id)
    return None


def open_batches(tx: Tx, *, limit: int = 20) -> list[PayoutBatch]:
    """Files the bank has not fully answered, equal to what was drafted; it was silent about the first ones longest."""
    return store.open_batches(tx, limit)


def settle(tx: Tx, message_id: str, answer: BatchAnswer, *, now: datetime) -> Settlement:
    """Book what the bank decided about a file. What is booked already is skipped, so an answer may come many times.

    Paid: the money has left for good. Failed: it is back in the wave's budget, and the payment is repeated by itself
    after a provider's fault, or waits until the person or the office acts. Either way the person is told. Lines without
    outcome stay with the bank. Raises BatchUnknown, AnswerToOtherBatch.
    """
    found = _locked(tx, message_id)
    lines = store.lines_to_settle(tx, found.batch_id)
    outcomes = {outcome.instruction_id: outcome for outcome in answer.outcomes}
    if answer.message_id != message_id or not outcomes.keys() <= {line.public_id for line in lines}:
        raise AnswerToOtherBatch(message_id)
    undecided = [line for line in lines if line.outcome is None]
    decisions = [_decision(line, outcomes[line.public_id], now) for line in undecided if line.public_id in outcomes]
    store.decide(tx, found.batch_id, decisions, now)
    ledger.post(tx, _movements(tx, found.wave_number, decisions), now=now)
    settlement = _counted(decisions, pending=len(undecided) - len(decisions))
    if decisions:
        _record(tx, message_id, decisions, settlement, now)
        telling.tell_decided(tx, decisions, now)
        surveying.open_surveys(tx, _first_paid(decisions, found.wave_number), now=now)
    return settlement


def settle_refused(tx: Tx, message_id: str, refusal: BankRefusedFile | BadBankFile, *, now: datetime) -> Settlement:
    """Book that nothing of a file was paid because it was refused as a whole; each line counts as a provider's fault.

    So the money is back in the budget and the payments leave in later files, a bounded number of times.
    Raises BatchUnknown.
    """
    found = _locked(tx, message_id)
    undecided = [line for line in store.lines_to_settle(tx, found.batch_id) if line.outcome is None]
    if undecided:
        facts = {"refusal": refusal.code, "facts": refusal.facts()}
        journal.record(tx, [Event("payout_batch.refused", f"payout-batch/{message_id}", facts=facts)], now=now)
    failed = (LineOutcome(line.public_id, paid=False, failure=PayoutFailure.PROVIDER_FAULT) for line in undecided)
    return settle(tx, message_id, BatchAnswer(message_id, tuple(failed)), now=now)


def shortages(tx: Tx, *, now: datetime) -> list[BudgetShort]:
    """Every wave whose budget does not cover what is due now: an alarm for the office, empty in good order."""
    short = []
    for wave_number, due_idr in store.due_of_waves(tx, now):
        budget_idr = ledger.balance_idr(tx, _budget(tx, wave_number))
        if budget_idr < due_idr:
            short.append(BudgetShort(wave_number, due_idr, budget_idr))
    return short


def _draft_for_wave(tx: Tx, wave_id: int, wave_number: int, payer: Payer, limit: int, now: datetime) -> int | None:
    budget = _budget(tx, wave_number)
    while due := store.lock_due(tx, wave_id, limit, now):
        payable = _without_lost(tx, due, now)
        if not payable:
            continue
        balance_idr = ledger.balance_idr(tx, budget)
        lines = payable[: rules.lines_covered((line.amount_idr for line in payable), balance_idr)]
        if not lines or not _take_money(tx, budget, lines, now):
            return None
        return _write(tx, wave_id, payer, lines, now)
    return None


def _without_lost(tx: Tx, due: Sequence[DueLine], now: datetime) -> list[DueLine]:
    """The lines that may be paid; the others are cancelled for good."""
    lost: dict[int, CancelReason] = {}
    for line in due:
        if reason := rules.reason_to_cancel(card_state=line.card_state, barred=line.barred):
            lost[line.instruction_id] = reason
    if lost:
        cancelled = [(line, lost[line.instruction_id]) for line in due if line.instruction_id in lost]
        store.cancel(tx, lost, now)
        journal.record(
            tx,
            [
                Event(
                    "payout.cancelled",
                    f"payout/{line.public_id}",
                    line.person_id,
                    {"amount_idr": line.amount_idr, "reason": reason.value},
                )
                for line, reason in cancelled
            ],
            now=now,
        )
        telling.tell_cancelled(tx, cancelled, now)
    return [line for line in due if line.instruction_id not in lost]


def _take_money(tx: Tx, budget: int, lines: Sequence[DueLine], now: datetime) -> bool:
    """Move the money from the budget into transit; False when another worker was quicker with what was left."""
    in_transit = ledger.account(tx, AccountKind.IN_TRANSIT, BANK)
    transfers = [
        Transfer("incentive_sent", f"{line.public_id}/{line.attempt}", budget, in_transit, line.amount_idr)
        for line in lines
    ]
    try:
        with tx.savepoint():
            ledger.post(tx, transfers, now=now)
    except Overdrawn:
        return False
    return True


def _write(tx: Tx, wave_id: int, payer: Payer, lines: Sequence[DueLine], now: datetime) -> int:
    message_id = f"PAY-{now.astimezone(JAKARTA):%Y%m%d}-{random_code(_CODE_LENGTH)}"
    worded = [
        (line, say(PURPOSES[PayoutKind(line.kind)], line.language, number=line.number, out_of=line.out_of))
        for line in lines
    ]
    batch_id = store.insert_batch(tx, message_id, wave_id, payer, worded, now)
    events = [
        Event(
            "payout.sent",
            f"payout/{line.public_id}",
            line.person_id,
            {"amount_idr": line.amount_idr, "provider": line.provider, "attempt": line.attempt, "batch": message_id},
        )
        for line in lines
    ]
    facts = {"lines": len(lines), "total_idr": sum(line.amount_idr for line in lines)}
    journal.record(tx, [Event("payout_batch.drafted", f"payout-batch/{message_id}", facts=facts), *events], now=now)
    return batch_id


def _decision(line: SentLine, outcome: LineOutcome, now: datetime) -> Decision:
    if outcome.paid:
        return Decision(line, None, rules.Fate(PayoutState.PAID, 0, now))
    failure = outcome.failure or PayoutFailure.PROVIDER_FAULT
    return Decision(line, failure, rules.after_failure(failure, line.faults, now))


def _movements(tx: Tx, wave_number: int, decisions: Iterable[Decision]) -> list[Transfer]:
    """Out of transit: to the people, or back to the budget."""
    in_transit = ledger.account(tx, AccountKind.IN_TRANSIT, BANK)
    paid_out = ledger.account(tx, AccountKind.PAID_OUT, INCENTIVES)
    budget = _budget(tx, wave_number)
    return [
        Transfer(
            "incentive_paid" if made.failure is None else "incentive_returned",
            f"{made.line.public_id}/{made.line.attempt}",
            in_transit,
            paid_out if made.failure is None else budget,
            made.line.amount_idr,
        )
        for made in decisions
    ]


def _first_paid(decisions: Sequence[Decision], wave_number: int) -> list[FirstPaid]:
    """The people whose first incentive has just arrived."""
    return [
        FirstPaid(made.line.person_id, wave_number, made.line.purchase_id)
        for made in decisions
        if made.failure is None and made.line.kind == PayoutKind.INCENTIVE and made.line.number == 1
    ]


def _counted(decisions: Sequence[Decision], *, pending: int) -> Settlement:
    states = [made.fate.state for made in decisions]
    return Settlement(
        paid=states.count(PayoutState.PAID),
        failed=states.count(PayoutState.FAILED),
        repeated=states.count(PayoutState.SCHEDULED),
        pending=pending,
    )


_ACTION = {
    PayoutState.PAID: "payout.paid",
    PayoutState.FAILED: "payout.failed",
    PayoutState.SCHEDULED: "payout.delayed",
}


def _record(tx: Tx, message_id: str, decisions: Sequence[Decision], settlement: Settlement, now: datetime) -> None:
    events = [
        Event(
            _ACTION[made.fate.state],
            f"payout/{made.line.public_id}",
            made.line.person_id,
            {"amount_idr": made.line.amount_idr, "provider": made.line.provider, "attempt": made.line.attempt}
            | ({"failure": made.failure.value} if made.failure else {})
            | ({"next_attempt_at": made.fate.next_attempt_at} if made.fate.state is PayoutState.SCHEDULED else {}),
        )
        for made in decisions
    ]
    facts = {
        "paid": settlement.paid,
        "failed": settlement.failed,
        "repeated": settlement.repeated,
        "pending": settlement.pending,
    }
    journal.record(tx, [Event("payout_batch.answered", f"payout-batch/{message_id}", facts=facts), *events], now=now)


def _budget(tx: Tx, wave_number: int) -> int:
    return ledger.account(tx, AccountKind.INCENTIVE_BUDGET, f"wave/{wave_number}")


def _locked(tx: Tx, message_id: str) -> LockedBatch:
    found = store.lock_batch(tx, message_id)
    if found is None:
        raise BatchUnknown(message_id)
    return found
