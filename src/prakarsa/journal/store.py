"""The journal's SQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import msgspec

from prakarsa.journal.model import Entry, Event, Message, Queued, TimelineRow
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)
_RECIPIENT, _PARAMS = "message.recipient", "message.params"
_BULK = 200


def insert_entries(tx: Tx, events: Sequence[Event], now: datetime) -> None:
    """Record events in order; large sets stream through COPY."""
    rows = ((now, tx.actor, e.action, e.subject, e.person_id, to_json(e.facts)) for e in events)
    if len(events) > _BULK:
        tx.copy_in(sql["copy_entries"], rows)
        return
    columns = list(zip(*rows, strict=True))
    tx.run(
        sql["insert_entries"],
        now=now,
        actor=tx.actor,
        actions=list(columns[2]),
        subjects=list(columns[3]),
        person_ids=list(columns[4]),
        facts=list(columns[5]),
    )


def insert_messages(tx: Tx, messages: Sequence[Message], now: datetime) -> None:
    """Queue messages with recipient and words sealed."""
    tx.copy_in(sql["copy_messages"], (_sealed(tx, message, now) for message in messages))


def insert_followed(tx: Tx, messages: Sequence[Message], now: datetime) -> list[int]:
    """Queue messages under ids that are drawn beforehand, since COPY tells none."""
    ids: list[int] = tx.values(sql["draw_message_ids"], count=len(messages))
    tx.copy_in(
        sql["copy_followed"],
        ((message_id, *_sealed(tx, message, now)) for message_id, message in zip(ids, messages, strict=True)),
    )
    return ids


def _sealed(tx: Tx, message: Message, now: datetime) -> tuple[Any, ...]:
    """A message as its row holds it: recipient and words sealed."""
    return (
        message.person_id,
        message.channel,
        message.template.name,
        message.language,
        tx.keyring.seal(_RECIPIENT, message.address),
        tx.keyring.seal(_PARAMS, to_json(message.params)),
        1 if message.urgent else 5,
        now,
        now,
    )


def claim_messages(tx: Tx, limit: int, now: datetime) -> list[Queued]:
    """Lock the next messages to send; another worker skips them."""
    keyring = tx.keyring
    return [
        Queued(
            message_id,
            channel,
            template,
            language,
            keyring.open(_RECIPIENT, recipient),
            msgspec.json.decode(keyring.open(_PARAMS, params)),
            attempts,
        )
        for message_id, channel, template, language, recipient, params, attempts in tx.tuples(
            sql["claim_messages"], limit=limit, now=now
        )
    ]


def mark_sent(tx: Tx, message_ids: Sequence[int], now: datetime) -> None:
    """Sent: the words are dropped, the fact stays."""
    tx.run(sql["mark_sent"], ids=list(message_ids), now=now)


def mark_failed(tx: Tx, message_id: int, error: str, next_attempt_at: datetime, *, final: bool) -> None:
    """Not sent: try again at a moment, or give up."""
    tx.run(sql["mark_failed"], id=message_id, error=error, next_attempt_at=next_attempt_at, final=final)


def timeline(tx: Tx, person_id: int, before_entry_id: int, limit: int) -> list[TimelineRow]:
    """A person's events, newest first."""
    return tx.rows(TimelineRow, sql["timeline"], person_id=person_id, before=before_entry_id, limit=limit)


def messages_waiting(tx: Tx) -> int:
    """How many messages wait to be sent."""
    return int(tx.value(sql["messages_waiting"]))


def last_seal(tx: Tx) -> tuple[int, int, str, bytes] | None:
    """The newest seal: number, entry, transaction, digest. Locks sealing for this transaction."""
    rows = tx.tuples(sql["last_seal"])
    return rows[0] if rows else None


def unsealed(tx: Tx, after_transaction: str, after_entry: int, limit: int) -> list[Entry]:
    """The next entries that no running transaction can precede any more, in sealing order."""
    return tx.rows(Entry, sql["unsealed"], after_transaction=after_transaction, after_entry=after_entry, limit=limit)


def insert_seals(tx: Tx, rows: Iterable[tuple[int, int, str, bytes]]) -> None:
    """Append seals."""
    tx.copy_in(sql["copy_seals"], rows)


@contextmanager
def sealed_chain(tx: Tx) -> Iterator[Iterator["SealedEntry"]]:
    """Every seal with the entry it covers, in order; fields of a missing entry are None."""
    with tx.stream(SealedEntry, sql["sealed_chain"]) as rows:
        yield rows


class SealedEntry(msgspec.Struct, frozen=True):
    """A seal and its entry, if that is still there."""

    seal_no: int
    sealed_entry_id: int
    digest: bytes
    entry_id: int | None
    at: datetime | None
    actor: str | None
    action: str | None
    subject: str | None
    person_id: int | None
    facts_text: str | None
    transaction_id: str | None


def unsealed_gap(tx: Tx) -> list[int]:
    """Entries that should have been sealed long ago: inserted behind the chain's back."""
    return tx.values(sql["unsealed_gap"])


def to_json(facts: Any) -> str:
    """Facts as JSON text; moments and days in ISO 8601, everything else unknown as text."""
    return msgspec.json.encode(facts, enc_hook=_plain).decode()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
