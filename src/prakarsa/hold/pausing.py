"""When something was suspended, and whether it is now: looked up, never written down."""

from datetime import datetime

from prakarsa.hold import pausing_store, rules
from prakarsa.hold.model import Capability, Hold, Pause, Reach, Scope
from prakarsa.kernel.db import Tx


def pauses_for(tx: Tx, capability: Capability, reach: Reach, since: datetime, now: datetime) -> list[Pause]:
    """Every time since a moment in which what `reach` describes was suspended, whole and in order.

    For clocks whose owner has no other way: the class is this one, the payment was earned with that course. A hold
    that was lifted or ran out ends its pause there. The clocks of buying are `purchase.clocks`: a hold on one course
    pauses only those it turned away, because there are other courses.
    """
    targets = {scope.value: code for scope in Scope if (code := reach.code_at(scope)) is not None}
    return pausing_store.pauses(tx, capability, targets, since, now)


def standing(tx: Tx, capability: Capability, reach: Reach, now: datetime) -> Hold | None:
    """The widest hold that suspends, at that moment, what `reach` describes."""
    cards = [] if reach.card_id is None else [reach.card_id]
    people = [] if reach.person_id is None else [reach.person_id]
    return rules.blocking(pausing_store.in_force(tx, now, cards, people), capability, reach, now)
