"""Verbs of changes of many things at once: plan, look, confirm by a second person, run in chunks, undo.

The list is fixed when it is planned. Each chunk is one transaction, and each item says what became of it, so a run that
is stopped anywhere goes on where it was, and undoing touches exactly what the action itself changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prakarsa.catalogue import actions as catalogue
from prakarsa.hold import actions as holds
from prakarsa.hold.model import NewHold, Scope
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel import four_eyes
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.rehearsal import mass_store as store
from prakarsa.rehearsal.mass_model import (
    ItemState,
    MassAction,
    MassItem,
    MassKind,
    MassState,
    NewMassAction,
    Selection,
)
from prakarsa.rehearsal.refusals import (
    MassActionNotReady,
    MassActionUnknown,
    SelectionEmpty,
    SelectionOpen,
    SelectionTooWide,
    WordsMissing,
)

CHUNK = 200
MOST_HOLDS = 1_000
MOST_ROWS = 200
LONGEST_REASON = 1_000
ACT = msg("a change of many things at once")
_RUNNABLE = frozenset({MassState.CONFIRMED, MassState.DONE})
_UNDOABLE = frozenset({MassState.CONFIRMED, MassState.DONE})


def plan_mass_action(tx: Tx, new: NewMassAction, *, by: str, now: datetime) -> MassAction:
    """Fix the list of what would be changed. Nothing is changed, and nobody is told.

    Raises SelectionOpen, SelectionEmpty, SelectionTooWide, WordsMissing, BadField.
    """
    _check_selection(new.selection)
    reason = _words("reason", new.reason)
    if (new.kind is MassKind.HOLD) != (new.hold is not None):
        raise BadField("hold", msg("holds need due process, and nothing else has it"))
    action_code = f"MASS-{random_code(8)}"
    number = store.insert(tx, action_code, replace(new, reason=reason), by, now)
    if not number:
        raise SelectionEmpty
    if new.kind is MassKind.HOLD and number > MOST_HOLDS:
        raise SelectionTooWide(number, MOST_HOLDS)
    facts: Facts = {"kind": new.kind, "items": number, "reason": reason}
    journal.record(tx, [_event("planned", action_code, facts)], now=now)
    return mass_action(tx, action_code)


def confirm_mass_action(tx: Tx, action_code: str, *, by: str, now: datetime) -> MassAction:
    """A second person has looked at the list and stands behind it.

    Raises MassActionUnknown, MassActionNotReady, SamePerson.
    """
    found = _locked(tx, action_code, {MassState.PLANNED})
    four_eyes.check_two(ACT, found.planned_by, by)
    store.confirm(tx, action_code, by, now)
    journal.record(tx, [_event("confirmed", action_code, {"items": found.items})], now=now)
    return mass_action(tx, action_code)


def withdraw_mass_action(tx: Tx, action_code: str, *, by: str, now: datetime) -> MassAction:
    """Give a plan up. Raises MassActionUnknown, MassActionNotReady."""
    _locked(tx, action_code, {MassState.PLANNED})
    store.withdraw(tx, action_code, by, now)
    journal.record(tx, [_event("withdrawn", action_code, {})], now=now)
    return mass_action(tx, action_code)


def run_mass_action(tx: Tx, action_code: str, *, now: datetime, chunk: int = CHUNK) -> int:
    """Deal with the next items; how many. Run until it returns 0; safe to stop and to run again.

    Raises MassActionUnknown, MassActionNotReady.
    """
    found = _locked(tx, action_code, _RUNNABLE)
    items = store.items(tx, found, states=[ItemState.PLANNED], after=0, limit=chunk)
    if not items:
        return 0
    marks = _unlist(tx, found, items, now) if found.kind is MassKind.UNLIST else _hold(tx, found, items, now)
    store.mark(tx, found, marks, now)
    if len(items) == found.waiting:
        after = mass_action(tx, action_code)
        facts: Facts = {"done": after.done, "skipped": after.skipped}
        journal.record(tx, [_event("done", action_code, facts)], now=now)
    return len(items)


def undo_mass_action(tx: Tx, action_code: str, *, reason: str, by: str, now: datetime) -> MassAction:
    """Decide that what this action changed is put back, and why. What it has not dealt with yet stays as it is.

    Raises MassActionUnknown, MassActionNotReady, WordsMissing, BadField.
    """
    words = _words("reason", reason)
    _locked(tx, action_code, _UNDOABLE)
    store.undo(tx, action_code, words, by, now)
    journal.record(tx, [_event("undone", action_code, {"reason": words})], now=now)
    return mass_action(tx, action_code)


def put_back(tx: Tx, action_code: str, *, now: datetime, chunk: int = CHUNK) -> int:
    """Put the next items back as they were; how many were looked at. Run until it returns 0.

    An item that somebody else has changed since is left as it is and says so.
    Raises MassActionUnknown, MassActionNotReady.
    """
    found = _locked(tx, action_code, {MassState.UNDOING, MassState.UNDONE})
    items = store.items(tx, found, states=[ItemState.PLANNED, ItemState.DONE], after=0, limit=chunk)
    never = [(each.place, ItemState.SKIPPED, "", None) for each in items if each.state is ItemState.PLANNED]
    changed = [each for each in items if each.state is ItemState.DONE]
    back = _relist(tx, found, changed, now) if found.kind is MassKind.UNLIST else _lift(tx, found, changed, now)
    if items:
        store.mark(tx, found, [*never, *back], now)
    if items and len(items) == found.waiting + found.done:
        after = mass_action(tx, action_code)
        facts: Facts = {"undone": after.undone, "kept": after.kept}
        journal.record(tx, [_event("put_back", action_code, facts)], now=now)
    return len(items)


def mass_action(tx: Tx, action_code: str) -> MassAction:
    """One mass action. Raises MassActionUnknown."""
    found = store.actions(tx, action_code=action_code, limit=1) if _fits(action_code) else []
    if not found:
        raise MassActionUnknown(action_code[:40])
    return found[0]


def mass_actions(tx: Tx, *, before: int = 2**62, limit: int = 20) -> list[MassAction]:
    """One page of mass actions, newest first; `before` is the mass_action_id of the last one seen."""
    return store.actions(tx, before=before, limit=min(max(limit, 1), MOST_ROWS))


def mass_items(
    tx: Tx, found: MassAction, *, state: ItemState | None = None, after: int = 0, limit: int = 50
) -> list[MassItem]:
    """One page of what a mass action is about, in its order; all, or what stands in one state."""
    states = None if state is None else [state]
    return store.items(tx, found, states=states, after=after, limit=min(max(limit, 1), MOST_ROWS))


def _unlist(tx: Tx, found: MassAction, items: Sequence[MassItem], now: datetime) -> list[store.Mark]:
    listings = [(each.course_id, each.platform_id) for each in items]
    ended = catalogue.unlist_many(tx, listings, cause=found.action_code, now=now)
    return [
        (
            each.place,
            ItemState.DONE if (each.course_id, each.platform_id) in ended else ItemState.SKIPPED,
            "",
            None,
        )
        for each in items
    ]


def _relist(tx: Tx, found: MassAction, items: Sequence[MassItem], now: datetime) -> list[store.Mark]:
    moments = {(each.course_id, each.platform_id): each.changed_at for each in items if each.changed_at}
    back = catalogue.relist_many(tx, moments, cause=found.action_code, now=now)
    return [
        (
            each.place,
            ItemState.UNDONE if (each.course_id, each.platform_id) in back else ItemState.KEPT,
            "",
            None,
        )
        for each in items
    ]


def _hold(tx: Tx, found: MassAction, items: Sequence[MassItem], now: datetime) -> list[store.Mark]:
    assert found.hold is not None
    marks: list[store.Mark] = []
    for each in items:
        wanted = _hold_on(found.hold, each, now)
        try:
            with tx.savepoint():
                placed = holds.place(tx, wanted, by=found.planned_by, second=found.confirmed_by, now=now)
        except Refusal as refusal:  # one course that cannot be held does not stop the others
            marks.append((each.place, ItemState.SKIPPED, refusal.code, None))
        else:
            marks.append((each.place, ItemState.DONE, "", placed.hold_code))
    return marks


def _lift(tx: Tx, found: MassAction, items: Sequence[MassItem], now: datetime) -> list[store.Mark]:
    marks: list[store.Mark] = []
    for each in items:
        assert each.hold_code is not None
        assert found.undo_reason is not None
        assert found.undone_by is not None
        if holds.hold(tx, each.hold_code).over_at <= now:
            marks.append((each.place, ItemState.KEPT, "", None))
            continue
        holds.lift(tx, each.hold_code, reason=found.undo_reason, by=found.undone_by, now=now)
        marks.append((each.place, ItemState.UNDONE, "", None))
    return marks


def _hold_on(hold: NewHold, item: MassItem, now: datetime) -> NewHold:
    """The hold as planned, on this course; it never begins before the moment it is placed."""
    return replace(
        hold,
        scope=Scope.COURSE,
        target_code=item.course_code,
        target_name=item.title,
        party=item.institution_code,
        starts_at=max(hold.starts_at, now),
    )


def _check_selection(selection: Selection) -> None:
    texts = (selection.institution, selection.platform, selection.field)
    if not any(texts) and not selection.condition:
        raise SelectionOpen
    if any(text is not None and (not text.isprintable() or len(text) > 200) for text in texts):
        raise BadField("selection", msg("use 1 to 200 printable characters"))


def _words(field: str, text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise WordsMissing(ACT)
    if len(words) > LONGEST_REASON or not words.isprintable():
        raise BadField(field, msg("use 1 to 1,000 printable characters"))
    return words


def _locked(tx: Tx, action_code: str, states: frozenset[MassState] | set[MassState]) -> MassAction:
    found = store.lock(tx, action_code) if _fits(action_code) else None
    if found is None:
        raise MassActionUnknown(action_code[:40])
    if found.state not in states:
        raise MassActionNotReady(action_code, found.state)
    return found


def _fits(code: str) -> bool:
    return code.isascii() and code.isprintable() and 0 < len(code) <= 64


def _event(what: str, action_code: str, facts: Facts) -> Event:
    return Event(f"rehearsal.mass_{what}", f"mass_action/{action_code}", facts=facts)
