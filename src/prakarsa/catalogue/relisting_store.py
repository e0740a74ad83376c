"""The SQL of many listings at once."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.catalogue.store import sql
from prakarsa.kernel.db import Tx

Moved = tuple[int, int, str, str]
"""Course id, platform id, course code and client code of a listing that was changed."""


def unlist_many(tx: Tx, course_ids: Sequence[int], platform_ids: Sequence[int], now: datetime) -> list[Moved]:
    """End these listings, if they are in force; those that were."""
    rows = tx.tuples(sql["unlist_many"], course_ids=list(course_ids), platform_ids=list(platform_ids), now=now)
    return [(course_id, platform_id, code, platform) for course_id, platform_id, code, platform in rows]


def relist_many(
    tx: Tx, course_ids: Sequence[int], platform_ids: Sequence[int], ended_ats: Sequence[datetime]
) -> list[Moved]:
    """Put listings back that were ended at just these moments; those that were."""
    rows = tx.tuples(
        sql["relist_many"], course_ids=list(course_ids), platform_ids=list(platform_ids), ended_ats=list(ended_ats)
    )
    return [(course_id, platform_id, code, platform) for course_id, platform_id, code, platform in rows]
