"""Scheduling the incentives of people who have met every condition."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.disbursement import messages, rules, store
from prakarsa.disbursement.kinds import PayoutKind
from prakarsa.disbursement.model import Standing
from prakarsa.disbursement.refusals import NotPayable
from prakarsa.disbursement.store import NewInstruction
from prakarsa.feedback import surveying
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import Refusal
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms, WavePhase

_CODE_LENGTH = 13


def schedule_incentives(tx: Tx, *, now: datetime, chunk: int = 1_000) -> int:
    """Promise the incentives of the next people who have met every condition; how many people. Run until it returns 0.

    Number, amount and interval are those of the terms in force now for the wave of the person's card; the first
    payment is due now. Each person gets one message. Safe to run again or beside itself: paid_once. Raises PolicyGap.
    Source: programme-rules 9.
    """
    paying = _terms_of_paying_waves(tx, now)
    ready = store.lock_ready(
        tx, {wave_id: terms.rating_required_for_payout for wave_id, terms in paying.items()}, chunk
    )
    new = [row for standing in ready for row in _instructions(standing, paying, now)]
    if not new:
        return 0
    promised = _promise(tx, new, now)
    _tell(tx, [row for row in promised if row.number == 1], now)
    return len(ready)


def schedule_surveys(tx: Tx, *, now: datetime, chunk: int = 1_000) -> int:
    """Promise the payment of answered surveys, due at once; how many. Run until it returns 0.

    The amount is that of the terms in force now for the wave of the person's card. Raises PolicyGap.
    Source: programme-rules 9 (paid within 14 days, whatever was answered).
    """
    answered = surveying.take_unpromised(tx, now=now, limit=chunk)
    waves = {wave.number: wave for wave in programme.waves(tx)}
    amounts = {
        number: programme.terms_of(tx, waves[number], now).survey_amount_idr
        for number in {survey.wave_number for survey in answered}
    }
    _promise(
        tx,
        [
            NewInstruction(
                public_id=f"INS{random_code(_CODE_LENGTH)}",
                person_id=survey.person_id,
                wave_id=waves[survey.wave_number].wave_id,
                purchase_id=survey.purchase_id,
                number=survey.number,
                out_of=survey.out_of,
                amount_idr=amounts[survey.wave_number],
                due_at=now,
                kind=PayoutKind.SURVEY,
            )
            for survey in answered
            if amounts[survey.wave_number]
        ],
        now,
    )
    return len(answered)


def _promise(tx: Tx, new: Sequence[NewInstruction], now: datetime) -> list[NewInstruction]:
    """Write promises down; those that were not there before."""
    if not new:
        return []
    added = store.insert_instructions(tx, new, now)
    promised = [row for row in new if row.public_id in added]
    journal.record(
        tx,
        [
            Event(
                "payout.scheduled",
                f"payout/{row.public_id}",
                row.person_id,
                {
                    "kind": row.kind,
                    "amount_idr": row.amount_idr,
                    "number": row.number,
                    "out_of": row.out_of,
                    "due_at": row.due_at,
                },
            )
            for row in promised
        ],
        now=now,
    )
    return promised


def why_not_scheduled(tx: Tx, person_id: int, *, now: datetime) -> list[Refusal]:
    """What keeps a person's incentives from being scheduled, by the rules that schedule them; empty when nothing does.

    Raises PersonUnknown.
    """
    person = people.person(tx, person_id)
    standing = store.standing(tx, person.person_id)
    assert standing is not None
    if standing.wave_number is None:
        return [NotPayable(rules.NO_CARD)]
    return rules.reasons_not_to_schedule(standing, programme.terms(tx, standing.wave_number, now))


def _terms_of_paying_waves(tx: Tx, now: datetime) -> dict[int, Terms]:
    """The terms in force by wave; a wave that has not opened may have none yet, and nobody with a card either."""
    opened = [wave for wave in programme.waves(tx) if wave.phase(now) is not WavePhase.PLANNED]
    terms = {wave.wave_id: programme.terms_of(tx, wave, now) for wave in opened}
    return {wave_id: of for wave_id, of in terms.items() if of.incentive_count and of.incentive_amount_idr}


def _instructions(standing: Standing, paying: dict[int, Terms], now: datetime) -> list[NewInstruction]:
    """The payments of one person; none when the rules, which have the last word, say no."""
    if standing.wave_id is None or standing.purchase_id is None:
        return []
    terms = paying[standing.wave_id]
    if rules.reasons_not_to_schedule(standing, terms):
        return []
    count = terms.incentive_count
    return [
        NewInstruction(
            public_id=f"INS{random_code(_CODE_LENGTH)}",
            person_id=standing.person_id,
            wave_id=standing.wave_id,
            purchase_id=standing.purchase_id,
            number=number,
            out_of=count,
            amount_idr=terms.incentive_amount_idr,
            due_at=due_at,
        )
        for number, due_at in enumerate(rules.due_dates(now, count, terms.incentive_interval_months), start=1)
    ]


def _tell(tx: Tx, first: Sequence[NewInstruction], now: datetime) -> None:
    person_ids = [row.person_id for row in first]
    contacts = people.contacts(tx, person_ids)
    accounts = store.masked_accounts(tx, person_ids)
    messages_to_send = []
    for row in first:
        contact, (provider, account) = contacts[row.person_id], accounts[row.person_id]
        params = {
            "name": contact.name,
            "out_of": row.out_of,
            "amount_idr": row.amount_idr,
            "provider": provider,
            "account": account,
            "due_at": row.due_at,
        }
        messages_to_send.append(
            Message(row.person_id, "sms", messages.SCHEDULED, contact.phone, contact.language, params)
        )
    journal.tell(tx, messages_to_send, now=now)
