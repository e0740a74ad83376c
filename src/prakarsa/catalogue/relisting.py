"""Verbs that take many listings off sale at once, and put exactly those back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from prakarsa.catalogue import relisting_store as store
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx

Listing = tuple[int, int]
"""Course id and partner id of the platform."""


def unlist_many(tx: Tx, listings: Sequence[Listing], *, cause: str, now: datetime) -> set[Listing]:
    """End these listings; those that were in force. `cause` names what ended them, for the journal."""
    if not listings:
        return set()
    course_ids, platform_ids = zip(*listings, strict=True)
    moved = store.unlist_many(tx, course_ids, platform_ids, now)
    return _recorded(tx, "catalogue.unlisted", moved, cause, now)


def relist_many(tx: Tx, listings: Mapping[Listing, datetime], *, cause: str, now: datetime) -> set[Listing]:
    """Put listings back that were ended at just these moments; those that were. Whatever changed since is left alone.

    Whether such a course may be bought is decided by the conditions in force, as for every other.
    """
    if not listings:
        return set()
    course_ids, platform_ids = zip(*listings, strict=True)
    moved = store.relist_many(tx, course_ids, platform_ids, list(listings.values()))
    return _recorded(tx, "catalogue.listed", moved, cause, now)


def _recorded(tx: Tx, action: str, moved: Sequence[store.Moved], cause: str, now: datetime) -> set[Listing]:
    events = [
        Event(action, f"course/{course_code}", facts={"platform": platform, "cause": cause})
        for _, _, course_code, platform in moved
    ]
    journal.record(tx, events, now=now)
    return {(course_id, platform_id) for course_id, platform_id, _, _ in moved}
