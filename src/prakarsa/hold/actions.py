"""Verbs of the hold room: place, propose and confirm, lift; review, answer, appeal and decide; look."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.hold import pausing_store, store
from prakarsa.hold.hearing import (
    answer,
    appeal,
    decide_appeal,
    history,
    open_appeals,
    review,
    statement,
    statements,
    statements_of,
)
from prakarsa.hold.model import Hold, PrivateCount
from prakarsa.hold.pausing import pauses_for, standing
from prakarsa.hold.placing import confirm, due_process, lift, place, proposal, proposals, propose, reject
from prakarsa.hold.refusals import HoldUnknown
from prakarsa.kernel.db import Tx

__all__ = [
    "all_holds",
    "all_private",
    "answer",
    "appeal",
    "confirm",
    "counts_private",
    "decide_appeal",
    "directed_at",
    "due_process",
    "history",
    "hold",
    "in_force",
    "lift",
    "on_people",
    "open_appeals",
    "over_holds",
    "pauses_for",
    "place",
    "proposal",
    "proposals",
    "propose",
    "reject",
    "review",
    "standing",
    "standing_holds",
    "statement",
    "statements",
    "statements_of",
]

NEWEST = 2**62
"""Before which every hold was placed."""


def hold(tx: Tx, hold_code: str) -> Hold:
    """One hold of any scope. Doors for the public check `is_private`. Raises HoldUnknown."""
    found = store.hold(tx, hold_code)
    if found is None:
        raise HoldUnknown(hold_code)
    return found


def in_force(tx: Tx, now: datetime, *, card_ids: Sequence[int] = (), person_ids: Sequence[int] = ()) -> list[Hold]:
    """Every hold that stands at that moment; those on cards and people only for the ones named."""
    return pausing_store.in_force(tx, now, card_ids, person_ids)


def on_people(tx: Tx, now: datetime, card_ids: Sequence[int], person_ids: Sequence[int]) -> list[Hold]:
    """Holds on these cards and people that are not over: those in force and those announced."""
    return store.holds_of(tx, card_ids, person_ids, now) if card_ids or person_ids else []


def directed_at(tx: Tx, client_code: str, now: datetime) -> list[Hold]:
    """Holds that are not over and that this partner may answer and appeal: on it, its courses, or the programme."""
    return [hold for hold in store.holds_standing(tx, now) if hold.party in {client_code, ""}]


def all_holds(tx: Tx) -> list[Hold]:
    """Every hold there ever was on things, newest first: all of it public. Those on cards and people are not here."""
    return store.holds(tx)


def standing_holds(tx: Tx, now: datetime) -> list[Hold]:
    """Holds on things that are not over: in force or announced, newest first."""
    return store.holds_standing(tx, now)


def over_holds(tx: Tx, now: datetime, *, before: int = NEWEST, limit: int = 50) -> list[Hold]:
    """One page of the holds on things that are over, newest first, from before a `hold_id` on."""
    return store.holds_over(tx, now, before=before, limit=min(limit, 200))


def all_private(tx: Tx, *, before: int = NEWEST, standing_at: datetime | None = None, limit: int = 50) -> list[Hold]:
    """One page of the holds on cards and people, newest first, for the programme office alone.

    `before` is the `hold_id` of the last one on the page before; `standing_at` leaves out those that are over.
    """
    return store.holds_private(tx, before=before, over_after=standing_at, limit=min(limit, 200))


def counts_private(tx: Tx, now: datetime) -> list[PrivateCount]:
    """How many holds on cards and people stand at that moment: all that the public learns of them."""
    return store.counts_private(tx, now)
