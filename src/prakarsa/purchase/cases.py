"""What each ask meets, read in one go; and what was told no, written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prakarsa.hold import actions as hold
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms
from prakarsa.purchase import rules, store
from prakarsa.purchase.model import Ask, Situation


@dataclass(frozen=True, slots=True)
class Answered:
    """An order that was told no by the rules, for the person's timeline."""

    situation: Situation
    platform_id: int
    refusal: Refusal


def cases_for(tx: Tx, asks: Sequence[Ask], now: datetime) -> list[rules.Case]:
    """Each ask with the situation it meets and what is in force at that moment."""
    situations = store.situations(tx, asks)
    holds = hold.in_force(
        tx,
        now,
        card_ids=[seen.card_id for seen in situations if seen.card_id is not None],
        person_ids=[seen.person_id for seen in situations if seen.person_id is not None],
    )
    waves = {seen.wave_number for seen in situations if seen.wave_number is not None}
    terms: dict[int | None, Terms] = {number: programme.terms(tx, number, now) for number in waves}
    running = [seen.card_id for seen in situations if seen.card_id is not None and not _stopped(seen)]
    pauses = store.pauses(tx, running, now)
    return [
        rules.Case(ask, seen, terms.get(seen.wave_number), holds, pauses.get(seen.card_id or 0, ()), now)
        for ask, seen in zip(asks, situations, strict=True)
    ]


def _stopped(seen: Situation) -> bool:
    """Whether no clock of buying runs: a course was bought, and none was completed after which another could be."""
    return seen.has_live_purchase and (seen.last_completed_at is None or seen.unfinished_course is not None)


def keep_refused(tx: Tx, refused: Sequence[Answered], now: datetime) -> None:
    """Write down for each known card what it was told, and the hold that caused it if one did."""
    known = [answer for answer in refused if answer.situation.card_id is not None]
    if not known:
        return
    store.insert_refused(
        tx,
        [
            (
                answer.situation.card_id or 0,
                answer.platform_id,
                answer.situation.course_id,
                answer.refusal.code,
                answer.refusal.raw_facts(),
                getattr(answer.refusal, "hold_code", None),
            )
            for answer in known
        ],
        now,
    )
    journal.record(
        tx,
        [
            Event(
                "purchase.refused",
                f"card/{answer.situation.card_id}",
                answer.situation.person_id,
                {
                    "refusal": answer.refusal.code,
                    "facts": answer.refusal.raw_facts(),
                    "course_title": answer.situation.course_title,
                    "platform_code": answer.situation.platform_code,
                },
            )
            for answer in known
        ],
        now=now,
    )
