"""Verbs of the journal: record, tell, send what waits, seal, verify."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.journal import rules, store
from prakarsa.journal.model import Break, Entry, Event, Message, Queued, TimelineRow
from prakarsa.kernel.db import Tx

SEAL_CHUNK = 10_000
GIVE_UP_AFTER = 8


def record(tx: Tx, events: Sequence[Event], *, now: datetime) -> None:
    """Write down what changed, in the transaction that changes it."""
    if events:
        store.insert_entries(tx, events, now)


def tell(tx: Tx, messages: Sequence[Message], *, now: datetime) -> None:
    """Queue messages; they leave after this transaction has committed, or never."""
    if messages:
        store.insert_messages(tx, messages, now)


def tell_followed(tx: Tx, messages: Sequence[Message], *, now: datetime) -> list[int]:
    """Queue messages whose delivery somebody will ask about; their ids, in order. Otherwise as `tell`."""
    return store.insert_followed(tx, messages, now) if messages else []


def claim(tx: Tx, *, limit: int, now: datetime) -> list[Queued]:
    """The next messages to send, urgent ones first, locked until this transaction ends."""
    return store.claim_messages(tx, limit, now)


def sent(tx: Tx, messages: Sequence[Queued], *, now: datetime) -> None:
    """These were handed over."""
    store.mark_sent(tx, [message.message_id for message in messages], now)


def not_sent(tx: Tx, message: Queued, error: str, *, now: datetime) -> None:
    """This one failed; it is tried again with growing pauses, eight times in all."""
    attempts = message.attempts + 1
    store.mark_failed(tx, message.message_id, error, now + rules.retry_after(attempts), final=attempts >= GIVE_UP_AFTER)


def timeline(tx: Tx, person_id: int, *, before_entry_id: int = 2**62, limit: int = 50) -> list[TimelineRow]:
    """What happened to a person, newest first, one page."""
    return store.timeline(tx, person_id, before_entry_id, limit)


def waiting(tx: Tx) -> int:
    """How many messages wait to be sent."""
    return store.messages_waiting(tx)


def seal_chunk(tx: Tx) -> int:
    """Seal the next committed entries, in the order their transactions began; how many were sealed.

    An entry is sealed only when no transaction that could still add an earlier one is running, so the chain never
    has to be reopened. Run until it returns 0.
    """
    seal_no, entry_id, transaction_id, digest = store.last_seal(tx) or (0, 0, "0", rules.GENESIS)
    entries = store.unsealed(tx, transaction_id, entry_id, SEAL_CHUNK)
    rows: list[tuple[int, int, str, bytes]] = []
    for entry in entries:
        seal_no += 1
        digest = rules.seal(digest, entry)
        rows.append((seal_no, entry.entry_id, entry.transaction_id, digest))
    store.insert_seals(tx, rows)
    return len(rows)


def verify(tx: Tx) -> list[Break]:
    """Recompute the chain from the entries; every changed, removed or smuggled row is named."""
    breaks: list[Break] = []
    digest, expected_no = rules.GENESIS, 1
    with store.sealed_chain(tx) as chain:
        for row in chain:
            if row.seal_no != expected_no:
                breaks.append(Break(row.sealed_entry_id, f"seals {expected_no} to {row.seal_no - 1} are missing"))
            expected_no = row.seal_no + 1
            if problem := _problem(digest, row):
                breaks.append(Break(row.sealed_entry_id, problem))
            digest = row.digest
    breaks += [Break(entry_id, "entry was inserted behind the chain") for entry_id in store.unsealed_gap(tx)]
    return breaks


def _problem(previous: bytes, row: store.SealedEntry) -> str:
    if (
        row.entry_id is None
        or row.at is None
        or row.actor is None
        or row.action is None
        or row.subject is None
        or row.facts_text is None
        or row.transaction_id is None
    ):
        return "entry was removed"
    entry = Entry(
        row.entry_id, row.at, row.actor, row.action, row.subject, row.person_id, row.facts_text, row.transaction_id
    )
    return "" if rules.seal(previous, entry) == row.digest else "entry or its seal was changed"
