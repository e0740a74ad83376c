"""The SQL of disbursement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from psycopg.errors import UniqueViolation

from prakarsa.disbursement.kinds import PayoutKind
from prakarsa.disbursement.model import (
    Account,
    BatchSummary,
    CancelReason,
    FailedPayout,
    LinkedAccount,
    Payer,
    Payout,
    PayoutBatch,
    PayoutFailure,
    PayoutLine,
    PayoutState,
    Provider,
    Standing,
    Totals,
)
from prakarsa.disbursement.refusals import AccountShared
from prakarsa.disbursement.rules import Fate
from prakarsa.kernel.db import Tx, queries
from prakarsa.kernel.ids import mask

sql = queries(__file__)
_ACCOUNT = "payout.account"


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """A person's account as kept."""

    provider: str
    number_sealed: bytes
    number_index: bytes
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class NewInstruction:
    """A payment to promise."""

    public_id: str
    person_id: int
    wave_id: int
    purchase_id: int
    number: int
    out_of: int
    amount_idr: int
    due_at: datetime
    kind: PayoutKind = PayoutKind.INCENTIVE


@dataclass(frozen=True, slots=True)
class DueLine:
    """A due payment, the account it goes to, and what could forbid it."""

    instruction_id: int
    public_id: str
    person_id: int
    kind: str
    number: int
    out_of: int
    amount_idr: int
    attempt: int
    holder_name: str
    language: str
    card_state: str
    barred: bool
    provider: str
    number_sealed: bytes
    number_index: bytes


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line of a file the bank has; `outcome` is what it decided, if it did."""

    instruction_id: int
    public_id: str
    person_id: int
    purchase_id: int
    kind: str
    number: int
    out_of: int
    amount_idr: int
    attempt: int
    faults: int
    provider: str
    number_sealed: bytes
    outcome: str | None


@dataclass(frozen=True, slots=True)
class LockedBatch:
    """A file whose answer is being booked."""

    batch_id: int
    wave_number: int
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The bank's word on one line and what follows from it."""

    line: SentLine
    failure: PayoutFailure | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class _BatchHead:
    batch_id: int
    message_id: str
    created_at: datetime
    debtor_name: str
    debtor_account: str


def account_index(tx: Tx, account: Account) -> bytes:
    """The blind index an account is found by: one number at two providers is two accounts."""
    return tx.keyring.index(_ACCOUNT, f"{account.provider}:{account.number}")


def lock_account(tx: Tx, person_id: int) -> KeptAccount | None:
    """A person's account, held until this transaction ends."""
    return tx.row(KeptAccount, sql["lock_account"], person_id=person_id)


def linked_account(tx: Tx, person_id: int) -> LinkedAccount | None:
    """A person's account as may be shown."""
    kept = tx.row(KeptAccount, sql["account"], person_id=person_id)
    if kept is None:
        return None
    return LinkedAccount(Provider(kept.provider), masked(tx, kept.number_sealed), kept.linked_at)


def link_account(tx: Tx, person_id: int, account: Account, now: datetime) -> None:
    """Keep a person's account, sealed. Raises AccountShared when another person has it or was paid on it."""
    index = account_index(tx, account)
    if tx.value(sql["account_of_other"], number_index=index, person_id=person_id):
        raise AccountShared(account.provider)
    try:
        with tx.savepoint():
            tx.run(
                sql["link_account"],
                person_id=person_id,
                provider=account.provider.value,
                number_sealed=tx.keyring.seal(_ACCOUNT, account.number),
                number_index=index,
                now=now,
            )
    except UniqueViolation as error:
        if error.diag.constraint_name != "payout_account_not_shared":
            raise
        raise AccountShared(account.provider) from error


def masked(tx: Tx, number_sealed: bytes) -> str:
    """An account number with all but its last four digits hidden."""
    return mask(tx.keyring.open(_ACCOUNT, number_sealed))


def masked_accounts(tx: Tx, person_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Provider and masked number of people's accounts."""
    rows = tx.tuples(sql["accounts"], person_ids=list(person_ids))
    return {person_id: (provider, masked(tx, sealed)) for person_id, provider, sealed in rows}


def sent_instruction(tx: Tx, person_id: int) -> str | None:
    """The public id of a payment to the person that the bank has not decided."""
    public_id: str | None = tx.value(sql["sent_instruction"], person_id=person_id)
    return public_id


def standing(tx: Tx, person_id: int) -> Standing | None:
    """What decides whether one person's incentives may be scheduled."""
    return tx.row(Standing, sql["standing"], person_id=person_id)


def lock_ready(tx: Tx, ratings_required: Mapping[int, bool], limit: int) -> list[Standing]:
    """People of these waves (by wave id: whether a rating is needed) who wait to be scheduled, held."""
    return tx.rows(
        Standing,
        sql["lock_ready"],
        wave_ids=list(ratings_required),
        ratings_required=list(ratings_required.values()),
        limit=limit,
    )


def insert_instructions(tx: Tx, new: Sequence[NewInstruction], now: datetime) -> set[str]:
    """Promise payments; the public ids of those that were not promised before."""
    tx.run(
        sql["mark_scheduled"],
        person_ids=[row.person_id for row in new if row.kind is PayoutKind.INCENTIVE],
        now=now,
    )
    return set(
        tx.values(
            sql["insert_instructions"],
            public_ids=[row.public_id for row in new],
            person_ids=[row.person_id for row in new],
            wave_ids=[row.wave_id for row in new],
            purchase_ids=[row.purchase_id for row in new],
            numbers=[row.number for row in new],
            out_ofs=[row.out_of for row in new],
            amounts_idr=[row.amount_idr for row in new],
            due_ats=[row.due_at for row in new],
            kinds=[row.kind.value for row in new],
        )
    )


def waves_due(tx: Tx, now: datetime) -> list[tuple[int, int]]:
    """Id and number of every wave that has payments due."""
    return [(wave_id, number) for wave_id, number in tx.tuples(sql["waves_due"], now=now)]


def due_of_waves(tx: Tx, now: datetime) -> list[tuple[int, int]]:
    """Number of every wave that has payments due, and how much in rupiah."""
    return [(number, due_idr) for number, due_idr in tx.tuples(sql["due_of_waves"], now=now)]


def lock_due(tx: Tx, wave_id: int, limit: int, now: datetime) -> list[DueLine]:
    """The next due payments of a wave, held with their accounts."""
    return tx.rows(DueLine, sql["lock_due"], wave_id=wave_id, limit=limit, now=now)


def cancel(tx: Tx, lost: Mapping[int, CancelReason], now: datetime) -> None:
    """These will not be paid, and why."""
    reasons = [reason.value for reason in lost.values()]
    tx.run(sql["cancel"], instruction_ids=list(lost), reasons=reasons, now=now)


def insert_batch(
    tx: Tx, message_id: str, wave_id: int, payer: Payer, lines: Sequence[tuple[DueLine, str]], now: datetime
) -> int:
    """Keep a file with its lines and the purpose written on each; the instructions are sent from here on."""
    batch_id = tx.value(
        sql["insert_batch"],
        message_id=message_id,
        wave_id=wave_id,
        debtor_name=payer.name,
        debtor_account=payer.account,
        lines=len(lines),
        total_idr=sum(line.amount_idr for line, _ in lines),
        now=now,
    )
    tx.run(
        sql["insert_lines"],
        batch_id=batch_id,
        instruction_ids=[line.instruction_id for line, _ in lines],
        attempts=[line.attempt for line, _ in lines],
        amounts_idr=[line.amount_idr for line, _ in lines],
        providers=[line.provider for line, _ in lines],
        numbers_sealed=[line.number_sealed for line, _ in lines],
        number_indexes=[line.number_index for line, _ in lines],
        holder_names=[line.holder_name for line, _ in lines],
        purposes=[purpose for _, purpose in lines],
    )
    return int(batch_id)


def batch(tx: Tx, batch_id: int) -> PayoutBatch:
    """One file as it was written."""
    return _rebuilt(tx, tx.rows(_BatchHead, sql["batch_by_id"], batch_id=batch_id))[0]


def open_batches(tx: Tx, limit: int) -> list[PayoutBatch]:
    """Files the bank has not fully answered, as they were written."""
    return _rebuilt(tx, tx.rows(_BatchHead, sql["open_batches"], limit=limit))


def lock_batch(tx: Tx, message_id: str) -> LockedBatch | None:
    """A file, held until this transaction ends."""
    return tx.row(LockedBatch, sql["lock_batch"], message_id=message_id)


def lines_to_settle(tx: Tx, batch_id: int) -> list[SentLine]:
    """Every line of a file with what was decided about it so far."""
    return tx.rows(SentLine, sql["lines_to_settle"], batch_id=batch_id)


def decide(tx: Tx, batch_id: int, decisions: Sequence[Decision], now: datetime) -> None:
    """Book what the bank decided; with no decisions, only that it has answered."""
    tx.run(
        sql["decide"],
        batch_id=batch_id,
        instruction_ids=[d.line.instruction_id for d in decisions],
        outcomes=["paid" if d.failure is None else "failed" for d in decisions],
        failures=[d.failure for d in decisions],
        states=[d.fate.state.value for d in decisions],
        faults=[d.fate.faults for d in decisions],
        next_attempts=[d.fate.next_attempt_at for d in decisions],
        now=now,
    )


def reschedule_failed(tx: Tx, person_id: int, now: datetime) -> list[tuple[str, int]]:
    """Schedule a person's failed payments again; public id and amount of each."""
    rows = tx.tuples(sql["reschedule_failed"], person_id=person_id, now=now)
    return [(public_id, amount_idr) for public_id, amount_idr in rows]


def payouts_of_person(tx: Tx, person_id: int) -> list[Payout]:
    """A person's payments in their order."""
    return [
        replace(
            found,
            kind=PayoutKind(found.kind),
            state=PayoutState(found.state),
            failure=found.failure and PayoutFailure(found.failure),
            cancel_reason=found.cancel_reason and CancelReason(found.cancel_reason),
            provider=found.provider and Provider(found.provider),
        )
        for found in tx.rows(Payout, sql["payouts_of_person"], person_id=person_id)
    ]


def failures(tx: Tx, after: int, limit: int) -> list[FailedPayout]:
    """Payments that wait for somebody to act."""
    return [
        replace(found, provider=Provider(found.provider), failure=PayoutFailure(found.failure))
        for found in tx.rows(FailedPayout, sql["failures"], after=after, limit=limit)
    ]


def batches(tx: Tx, before: int, limit: int) -> list[BatchSummary]:
    """Files, newest first."""
    return tx.rows(BatchSummary, sql["batches"], before=before, limit=limit)


def totals(tx: Tx) -> Totals:
    """All payments by where they stand."""
    found = tx.row(Totals, sql["totals"])
    assert found is not None
    return found


def _rebuilt(tx: Tx, heads: Sequence[_BatchHead]) -> list[PayoutBatch]:
    lines: dict[int, list[PayoutLine]] = defaultdict(list)
    batch_ids = [head.batch_id for head in heads]
    for batch_id, public_id, amount_idr, provider, sealed, holder_name, purpose in tx.tuples(
        sql["lines_to_send"], batch_ids=batch_ids
    ):
        number = tx.keyring.open(_ACCOUNT, sealed)
        lines[batch_id].append(PayoutLine(public_id, amount_idr, provider, number, holder_name, purpose))
    return [
        PayoutBatch(
            head.message_id, head.created_at, head.debtor_name, head.debtor_account, tuple(lines[head.batch_id])
        )
        for head in heads
    ]
