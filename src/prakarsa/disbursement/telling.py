"""Telling people what became of their payments."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.disbursement import messages, store
from prakarsa.disbursement.model import (
    CANCEL_WORDS,
    FAILURE_REMEDIES,
    FAILURE_WORDS,
    CancelReason,
    PayoutState,
)
from prakarsa.disbursement.store import Decision, DueLine
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Message, Template
from prakarsa.kernel.db import Tx
from prakarsa.people import actions as people


def tell_decided(tx: Tx, decisions: Sequence[Decision], now: datetime) -> None:
    """Paid, failed, or late. A provider's fault is told the first time only: there is nothing the person must do."""
    worth_telling = [
        made for made in decisions if made.fate.state is not PayoutState.SCHEDULED or made.fate.faults == 1
    ]
    contacts = people.contacts(tx, [made.line.person_id for made in worth_telling])
    told = []
    for made in worth_telling:
        contact, line = contacts[made.line.person_id], made.line
        template, more = _wording(made)
        params = {
            "name": contact.name,
            "number": line.number,
            "out_of": line.out_of,
            "amount_idr": line.amount_idr,
            "provider": line.provider,
            "account": store.masked(tx, line.number_sealed),
            **more,
        }
        told.append(Message(line.person_id, "sms", template, contact.phone, contact.language, params))
    journal.tell(tx, told, now=now)


def tell_cancelled(tx: Tx, cancelled: Sequence[tuple[DueLine, CancelReason]], now: datetime) -> None:
    """A promised payment will not be made, and why."""
    contacts = people.contacts(tx, [line.person_id for line, _ in cancelled])
    told = []
    for line, reason in cancelled:
        contact = contacts[line.person_id]
        params = {
            "name": contact.name,
            "number": line.number,
            "out_of": line.out_of,
            "amount_idr": line.amount_idr,
            "cause": CANCEL_WORDS[reason],
        }
        told.append(Message(line.person_id, "sms", messages.CANCELLED, contact.phone, contact.language, params))
    journal.tell(tx, told, now=now)


def _wording(made: Decision) -> tuple[Template, dict[str, object]]:
    if made.failure is None:
        return messages.PAID, {}
    cause = {"cause": FAILURE_WORDS[made.failure]}
    if made.fate.state is PayoutState.SCHEDULED:
        return messages.DELAYED, {**cause, "next_attempt_at": made.fate.next_attempt_at}
    return messages.FAILED, {**cause, "remedy": FAILURE_REMEDIES[made.failure]}
