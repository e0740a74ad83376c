"""Verbs of the hold room: place, lift, list."""

from dataclasses import replace
from datetime import datetime

from prakarsa.hold import rules, store
from prakarsa.hold.model import Hold, NewHold, Scope
from prakarsa.hold.refusals import HoldIncomplete, HoldOver, HoldUnknown, TargetUnknown
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import msg
from prakarsa.partner import actions as partner


def place(tx: Tx, new: NewHold, *, by: str, now: datetime) -> Hold:
    """Place a hold. It bites at its start in every process, because every purchase reads the holds of its moment.

    The door gives the name of a course; names of partners are looked up.
    Raises HoldIncomplete, TargetUnknown, PartnerUnknown.
    """
    rules.check(new, now)
    named = _named(tx, new)
    hold = store.insert(tx, named, f"HLD-{random_code(8)}", by, now)
    facts = {"scope": hold.scope, "target": hold.target_code, "reason": hold.reason_code, "until": hold.next_word_at}
    journal.record(tx, [Event("hold.placed", f"hold/{hold.hold_code}", facts=facts)], now=now)
    return hold


def lift(tx: Tx, hold_code: str, *, reason: str, by: str, now: datetime) -> Hold:
    """End a hold now, with a reason that is published. Raises HoldUnknown, HoldOver, HoldIncomplete."""
    if not reason.strip():
        raise HoldIncomplete("lift_reason", msg("is empty"))
    hold = store.lock(tx, hold_code)
    if hold is None:
        raise HoldUnknown(hold_code)
    if hold.over_at is not None and hold.over_at <= now:
        raise HoldOver(hold_code, hold.over_at)
    store.lift(tx, hold.hold_id, reason, by, now)
    journal.record(tx, [Event("hold.lifted", f"hold/{hold_code}", facts={"reason": reason})], now=now)
    return store.holds(tx, hold_code=hold_code)[0]


def hold(tx: Tx, hold_code: str) -> Hold:
    """One hold. Raises HoldUnknown."""
    found = store.holds(tx, hold_code=hold_code)
    if not found:
        raise HoldUnknown(hold_code)
    return found[0]


def in_force(tx: Tx, now: datetime) -> list[Hold]:
    """Every hold that stands at that moment."""
    return [found for found in store.holds(tx, over_after=now) if found.in_force(now)]


def all_holds(tx: Tx) -> list[Hold]:
    """Every hold ever placed, newest first."""
    return store.holds(tx)


def _named(tx: Tx, new: NewHold) -> NewHold:
    """The hold with the name people know its target by."""
    if new.scope is Scope.PROGRAMME:
        return replace(new, target_name="Kartu Prakerja")
    if new.scope is Scope.COURSE:
        if not new.target_name:
            raise TargetUnknown(new.scope, str(new.target_code))
        return new
    found = partner.partner(tx, str(new.target_code))
    if found.kind.value != new.scope.value:
        raise TargetUnknown(new.scope, str(new.target_code))
    return replace(new, target_name=found.name)
