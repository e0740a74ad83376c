"""The clocks of buying: until when the first course is bought, and the one after a completed course.

A clock is never a stored date. It is computed from the moment it started, the terms in force and the intervals in
which it stood still; so a hold that is placed or lifted changes the clocks of a whole nation in the same moment.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from prakarsa.card import actions as card
from prakarsa.hold.rules import paused_now
from prakarsa.kernel.db import Tx
from prakarsa.programme import actions as programme
from prakarsa.purchase import rules, store
from prakarsa.purchase.model import Clocks, PurchaseClock

NO_CLOCKS = Clocks(None, None)


def clocks_of(tx: Tx, person_id: int, now: datetime) -> Clocks:
    """Both clocks of a person's card, each with what moved it, by how much and why; none without a card.

    A probe's card has none: it never buys. Source: programme-rules 7.1, 17.
    """
    mine = card.card_of_person(tx, person_id)
    if mine is None:
        return NO_CLOCKS
    is_probe, has_purchase, has_open_course, completed_at = store.courses_of_card(tx, mine.card_id)
    if is_probe:
        return NO_CLOCKS
    terms = programme.terms(tx, mine.wave_number, now)
    pauses = store.pauses(tx, [mine.card_id], now).get(mine.card_id, ())
    return Clocks(
        rules.first_purchase_clock(mine.notified_at, terms, pauses, has_purchase=has_purchase, now=now),
        rules.next_purchase_clock(completed_at, terms, pauses, has_open_course=has_open_course, now=now),
    )


def clock_of(tx: Tx, person_id: int, now: datetime) -> PurchaseClock | None:
    """The person's first-purchase clock, with every pause and its cause; None without a card."""
    return clocks_of(tx, person_id, now).first_purchase


def revoke_overdue(tx: Tx, *, now: datetime, after: int = 0, chunk: int = 1_000) -> tuple[int, int]:
    """Take back cards whose first-purchase clock ran out, one chunk: how many, and the card to go on after.

    Clocks are computed with every pause; nobody's card is taken while a hold keeps them from buying, nor a probe's.
    Safe to run again. Source: Permenko 11/2020 art. 20(3).
    """
    candidates = store.overdue_candidates(tx, now - timedelta(days=1), after, chunk)
    if not candidates:
        return 0, 0
    card.lock(tx, [card_id for card_id, _, _ in candidates])
    over = _run_out(tx, candidates, now)
    if over:
        card.revoke(tx, over, now=now)
    return len(over), candidates[-1][0]


def revoked_too_early(tx: Tx, *, chunk: int = 5_000) -> Iterator[tuple[int, datetime, datetime]]:
    """Cards taken back before their deadline, with every pause there was by then: card, moment, deadline."""
    after = 0
    while revoked := store.revoked_cards(tx, after, chunk):
        after = revoked[-1][0]
        latest = max(revoked_at for _, _, _, revoked_at in revoked)
        pauses = store.pauses(tx, [card_id for card_id, _, _, _ in revoked], latest)
        moments = {(number, revoked_at) for _, _, number, revoked_at in revoked}
        terms = {(number, at): programme.terms(tx, number, at) for number, at in moments}
        for card_id, notified_at, number, at in revoked:
            mine = pauses.get(card_id, ())
            clock = rules.first_purchase_clock(notified_at, terms[number, at], mine, has_purchase=False, now=at)
            if not clock.over(at):
                yield card_id, at, clock.deadline_at


def _run_out(tx: Tx, candidates: Sequence[tuple[int, datetime, int]], now: datetime) -> Mapping[int, datetime]:
    """The locked cards to be taken back, with the deadline each of them missed."""
    ids = [card_id for card_id, _, _ in candidates]
    bought = store.cards_that_bought(tx, ids)  # looked at again under the lock
    pauses = store.pauses(tx, ids, now)
    terms = {number: programme.terms(tx, number, now) for number in {number for _, _, number in candidates}}
    over: dict[int, datetime] = {}
    for card_id, notified_at, number in candidates:
        mine = pauses.get(card_id, ())
        clock = rules.first_purchase_clock(notified_at, terms[number], mine, has_purchase=card_id in bought, now=now)
        held = terms[number].deadline_pause_on_hold and paused_now(mine, now)
        if rules.has_run_out(clock, now) and not held:
            over[card_id] = clock.deadline_at
    return over
