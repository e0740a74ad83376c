"""Words of the programme office: written, looked at, sent once; and what became of every notice."""

from datetime import datetime

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.notice import rules, store
from prakarsa.notice.model import AUDIENCE_WORDS, Audience, Deliveries, NewNotice, Notice, NoticeKind
from prakarsa.notice.refusals import NobodyToTell, NoticeDiscarded, NoticeSentAlready, NoticeUnknown

PAGE = 50


def write(tx: Tx, new: NewNotice, *, by: str, now: datetime) -> Notice:
    """Keep a draft; nobody is told yet. Raises NoticeIncomplete, NobodyToTell."""
    rules.check(new)
    if not store.estimate(tx, new.audience, new.audience_code or None):
        raise NobodyToTell(AUDIENCE_WORDS[new.audience])
    code = f"NTC-{random_code(8)}"
    store.insert(tx, new, code, by, now)
    facts: Facts = {"audience": new.audience, "audience_code": new.audience_code, "urgent": new.urgent}
    journal.record(tx, [Event("notice.written", f"notice/{code}", facts=facts)], now=now)
    return notice(tx, code)


def send(tx: Tx, notice_code: str, *, by: str, now: datetime) -> Notice:
    """Let a draft go, once: workers spread it from now on. Raises NoticeUnknown, NoticeSentAlready, NoticeDiscarded."""
    _draft(tx, notice_code)
    store.mark_sent(tx, notice_code, by, now)
    facts: Facts = {"kind": NoticeKind.OFFICE}
    journal.record(tx, [Event("notice.sent", f"notice/{notice_code}", facts=facts)], now=now)
    return notice(tx, notice_code)


def discard(tx: Tx, notice_code: str, *, now: datetime) -> Notice:
    """Throw a draft away. Raises NoticeUnknown, NoticeSentAlready, NoticeDiscarded."""
    _draft(tx, notice_code)
    store.mark_discarded(tx, notice_code, now)
    journal.record(tx, [Event("notice.discarded", f"notice/{notice_code}")], now=now)
    return notice(tx, notice_code)


def audience_size(tx: Tx, found: Notice) -> int:
    """How many a draft of the office would reach now."""
    return store.estimate(tx, Audience(str(found.audience)), found.audience_code)


def notice(tx: Tx, notice_code: str) -> Notice:
    """One notice. Raises NoticeUnknown."""
    found = store.notices(tx, notice_code=notice_code) if notice_code.isascii() and notice_code.isprintable() else []
    if not found:
        raise NoticeUnknown(notice_code[:100])
    return found[0]


def notices(tx: Tx, *, before: int = 2**62, limit: int = PAGE) -> list[Notice]:
    """One page of notices, newest first: those with a smaller `notice_id` than `before`."""
    return store.notices(tx, before=before, limit=limit)


def deliveries(tx: Tx, notice_code: str) -> Deliveries:
    """What became of the messages of one notice, counted now. Raises NoticeUnknown."""
    return store.deliveries(tx, notice(tx, notice_code).notice_code)


def count_deliveries(tx: Tx, *, now: datetime) -> int:
    """Count the deliveries of every notice whose messages are still on their way; how many notices.

    Lists show these counts, so that no page counts 800,000 messages.
    """
    return store.count_deliveries(tx, now)


def _draft(tx: Tx, notice_code: str) -> None:
    found = store.lock(tx, notice(tx, notice_code).notice_code)
    assert found is not None
    _, sent_at, discarded_at = found
    if sent_at is not None:
        raise NoticeSentAlready(notice_code, sent_at)
    if discarded_at is not None:
        raise NoticeDiscarded(notice_code, discarded_at)
