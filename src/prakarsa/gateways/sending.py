"""Handing over the messages that wait: worded, carried and marked in one transaction per batch."""

from collections.abc import Sequence
from datetime import datetime
from string import Formatter

import prakarsa.card.messages
import prakarsa.certificate.messages
import prakarsa.complaint.messages
import prakarsa.disbursement.messages
import prakarsa.feedback.messages
import prakarsa.hold.messages
import prakarsa.notice.messages
import prakarsa.people.messages
import prakarsa.purchase.messages
import prakarsa.rehearsal.messages
import prakarsa.selection.messages  # noqa: F401  each of these publishes the words of its messages
from prakarsa.gateways.messages import Carrier, Worded
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Queued, Template
from prakarsa.kernel.db import Tx
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.words import say

BATCH = 500


def worded(message: Queued) -> Worded:
    """A queued message in its reader's language. Moments travel as text and are read back by their `_at` names."""
    template = Template.every[message.template]
    facts = {name: _revived(name, value) for name, value in message.params.items()}
    return Worded(
        to=message.address,
        channel=message.channel,
        template=template.name,
        subject=say(template.subject, message.language, **_named_in(template.subject, facts)),
        text=say(template.text, message.language, **facts),
        otp=message.params.get("otp"),
    )


def send_batch(runtime: Runtime, carrier: Carrier, *, limit: int = BATCH) -> int:
    """Send the next messages, urgent ones first; how many were tried.

    Claimed, carried and marked in one transaction: a crash in between sends a batch again rather than never.
    """
    now = runtime.clock.now()
    with runtime.database.transaction("system/messages") as tx:
        claimed = journal.claim(tx, limit=limit, now=now)
        ready: list[tuple[Queued, Worded]] = []
        for message in claimed:
            try:
                ready.append((message, worded(message)))
            except (KeyError, ValueError) as error:
                journal.not_sent(tx, message, f"cannot be worded: {type(error).__name__}", now=now)
        if ready:
            _carry(tx, carrier, ready, now)
    return len(claimed)


def _carry(tx: Tx, carrier: Carrier, ready: Sequence[tuple[Queued, Worded]], now: datetime) -> None:
    messages = [message for message, _ in ready]
    try:
        carrier.carry([words for _, words in ready])
    except OSError as error:
        for message in messages:
            journal.not_sent(tx, message, f"not carried: {type(error).__name__}", now=now)
    else:
        journal.sent(tx, messages, now=now)


def _named_in(text: str, facts: dict[str, object]) -> dict[str, object]:
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    return {name: value for name, value in facts.items() if name in names}


def _revived(name: str, value: object) -> object:
    return datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value
