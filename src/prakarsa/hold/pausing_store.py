"""The SQL of what stands and what stood: the holds that every act and every clock asks for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from prakarsa.hold.model import Capability, Hold, Pause
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)


def pauses(tx: Tx, capability: Capability, targets: Mapping[str, str], since: datetime, now: datetime) -> list[Pause]:
    """When this capability was suspended for everybody or for one of these targets, by scope."""
    rows = tx.tuples(
        sql["holds_pausing"],
        capability=capability.value,
        scopes=list(targets),
        targets=list(targets.values()),
        since=since,
        now=now,
    )
    return [Pause(*row) for row in rows]


def in_force(tx: Tx, now: datetime, card_ids: Sequence[int], person_ids: Sequence[int]) -> list[Hold]:
    """Holds that stand at that moment, newest first; those on cards and people only for the ones named."""
    cards = [str(card_id) for card_id in card_ids]
    people = [str(person_id) for person_id in person_ids]
    return tx.rows(Hold, sql["in_force"], cards=cards, people=people, now=now)
