"""The seal of one entry, as anyone can recompute it."""

import hashlib
from datetime import UTC, timedelta

from prakarsa.journal.model import Entry

GENESIS = bytes(32)


def seal(previous: bytes, entry: Entry) -> bytes:
    """SHA-256 over the previous seal and every field of the entry, each preceded by its length.

    Lengths make the encoding unambiguous: no two different entries give the same text.
    """
    hasher = hashlib.sha256(previous)
    for text in (
        str(entry.entry_id),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.subject,
        "" if entry.person_id is None else str(entry.person_id),
        entry.facts_text,
        entry.transaction_id,
    ):
        encoded = text.encode()
        hasher.update(len(encoded).to_bytes(4, "big") + encoded)
    return hasher.digest()


def retry_after(attempts: int) -> timedelta:
    """How long a message waits after its nth failure: 10 s, doubling, one hour at most."""
    return timedelta(seconds=min(10 * 2 ** max(attempts - 1, 0), 3_600))
