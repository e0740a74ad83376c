"""Verbs of disbursement, in the order money moves: `linking`, `scheduling`, `sending`; here are the looks at it."""

from prakarsa.disbursement import store
from prakarsa.disbursement.holding import linking_deadline, why_held
from prakarsa.disbursement.linking import account_of, link_account, retry
from prakarsa.disbursement.model import BatchSummary, FailedPayout, Payout, Totals
from prakarsa.disbursement.scheduling import schedule_incentives, schedule_surveys, why_not_scheduled
from prakarsa.disbursement.sending import draft_batch, open_batches, settle, settle_refused, shortages
from prakarsa.kernel.db import Tx

__all__ = [
    "account_of",
    "batches",
    "draft_batch",
    "failures",
    "link_account",
    "linking_deadline",
    "my_payouts",
    "open_batches",
    "retry",
    "schedule_incentives",
    "schedule_surveys",
    "settle",
    "settle_refused",
    "shortages",
    "totals",
    "why_held",
    "why_not_scheduled",
]


def my_payouts(tx: Tx, person_id: int) -> list[Payout]:
    """A person's payments in their order, each with where it stands, why it failed and what the person can do."""
    return store.payouts_of_person(tx, person_id)


def batches(tx: Tx, *, before: int = 2**62, limit: int = 50) -> list[BatchSummary]:
    """Files to the bank, newest first, one page; `before` is the batch_id of the last one seen."""
    return store.batches(tx, before, limit)


def failures(tx: Tx, *, after: int = 0, limit: int = 50) -> list[FailedPayout]:
    """Payments that wait for somebody to act, one page; `after` is the instruction_id of the last one seen."""
    return store.failures(tx, after, limit)


def totals(tx: Tx) -> Totals:
    """All payments by where they stand: how many, and how much in rupiah."""
    return store.totals(tx)
