"""Changing policy: one person proposes a change as a file, another approves it, and two may take it back.

A change is never edited and never deleted. Its rows count from its approval to its revocation, so what was decided in
between can be repeated for ever (docs/decisions/0013).
"""

from datetime import date, datetime

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel import four_eyes
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import SecondPersonNeeded
from prakarsa.programme import files, ranges, rules, store
from prakarsa.programme.model import Change, ChangeFile, ChangeState, Effect, Parameter
from prakarsa.programme.policy_refusals import ChangeNotOpen, ChangeUnknown, RevocationIncomplete
from prakarsa.programme.refusals import SchemeUnknown

LONGEST_REASON = 1_000
STATE_WORDS = {
    ChangeState.PROPOSED: msg("proposed"),
    ChangeState.APPROVED: msg("approved"),
    ChangeState.WITHDRAWN: msg("withdrawn"),
    ChangeState.REVOCATION_PROPOSED: msg("approved, revocation proposed"),
    ChangeState.REVOKED: msg("revoked"),
}


def propose(tx: Tx, file_text: str, *, author: str, now: datetime) -> Change:
    """Put a change before the office. Nothing is different until somebody else approves it.

    Raises what `files.read_change` and `rules.check_change` raise, and SchemeUnknown.
    """
    file = files.read_change(file_text)
    rules.check_change(file, counted(tx, file.scheme, now), jakarta_day(now))
    code = f"CHG-{random_code(8)}"
    store.insert_change(tx, file, file_text, code, author, now)
    facts = {"scheme": file.scheme, "rows": len(file.parameters), "effective_from": file.effective_from}
    _tell(tx, "policy.proposed", code, facts, now)
    return change(tx, code)


def approve(tx: Tx, change_code: str, *, by: str, now: datetime) -> Change:
    """Let a change count from this moment on, for the waves and days its rows name.

    It is checked again against what is in force by now. Raises ChangeUnknown, ChangeNotOpen, SamePerson, and what
    `rules.check_change` raises.
    """
    found = _locked(tx, change_code, ChangeState.PROPOSED)
    four_eyes.check_two(msg("a change of policy"), found.author, by)
    rules.check_change(as_file(found), counted(tx, found.scheme, now), jakarta_day(now))
    store.approve_change(tx, found.change_id, by, now)
    facts = {"scheme": found.scheme, "effective_from": found.effective_from, "leave": found.retroactive_leave}
    _tell(tx, "policy.approved", change_code, facts, now)
    return change(tx, change_code)


def withdraw(tx: Tx, change_code: str, *, by: str, now: datetime) -> Change:
    """Close a change nobody has approved; it never counted. Raises ChangeUnknown, ChangeNotOpen."""
    found = _locked(tx, change_code, ChangeState.PROPOSED)
    store.withdraw_change(tx, found.change_id, by, now)
    _tell(tx, "policy.withdrawn", change_code, {}, now)
    return change(tx, change_code)


def propose_revocation(tx: Tx, change_code: str, *, reason: str, by: str, now: datetime) -> Change:
    """Ask for an approved change to be taken back; it counts until somebody else agrees.

    Raises ChangeUnknown, ChangeNotOpen, RevocationIncomplete.
    """
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise RevocationIncomplete
    found = _locked(tx, change_code, ChangeState.APPROVED)
    store.propose_revocation(tx, found.change_id, reason, by)
    _tell(tx, "policy.revocation_proposed", change_code, {}, now)
    return change(tx, change_code)


def revoke(tx: Tx, change_code: str, *, by: str, now: datetime) -> Change:
    """Let a change count no longer from this moment on. What it decided stands.

    Raises ChangeUnknown, ChangeNotOpen, SecondPersonNeeded, SamePerson, PolicyGap.
    """
    found = _locked(tx, change_code, ChangeState.REVOCATION_PROPOSED, ChangeState.APPROVED)
    act = msg("taking back a change of policy")
    if found.revocation_author is None:
        raise SecondPersonNeeded(act)
    four_eyes.check_two(act, found.revocation_author, by)
    rows = counted(tx, found.scheme, now)
    left = [row for row in rows if row.change_code != change_code]
    rules.check_complete(left, ranges.span_of(rows), {row.name for row in found.parameters})
    store.revoke_change(tx, found.change_id, by, now)
    _tell(tx, "policy.revoked", change_code, {"scheme": found.scheme}, now)
    return change(tx, change_code)


def change(tx: Tx, change_code: str) -> Change:
    """One change. Raises ChangeUnknown."""
    found = store.changes(tx, change_code)
    if not found:
        raise ChangeUnknown(change_code)
    return found[0]


def changes(tx: Tx) -> list[Change]:
    """Every change, the newest first."""
    return store.changes(tx)


def upcoming_changes(tx: Tx, now: datetime) -> list[Change]:
    """Approved changes whose first day is still to come, the nearest first."""
    today = jakarta_day(now)
    coming = [each for each in store.changes(tx) if each.in_force and each.effective_from > today]
    return sorted(coming, key=lambda each: each.effective_from)


def effects_of(tx: Tx, of: Change | ChangeFile, now: datetime) -> list[Effect]:
    """What each row of a change puts in the place of what; of one that was approved, as it was at its approval."""
    at = (of.approved_at or now) if isinstance(of, Change) else now
    own = of.change_code if isinstance(of, Change) else None
    rows = [row for row in counted(tx, of.scheme, at) if row.change_code is None or row.change_code != own]
    return rules.effects(as_file(of) if isinstance(of, Change) else of, rows)


def as_file(found: Change) -> ChangeFile:
    """A kept change as its file said it."""
    return ChangeFile(found.scheme, found.title, found.retroactive_leave, found.parameters)


def counted(tx: Tx, scheme: str, now: datetime) -> list[Parameter]:
    """Every row of a scheme that counts at a moment, in order of precedence. Raises SchemeUnknown."""
    rows = store.parameters(tx, scheme)
    if not rows:
        raise SchemeUnknown(scheme)
    return rules.known(rows, now)


def jakarta_day(now: datetime) -> date:
    """The day on which a moment falls in Jakarta: policy changes at its midnight."""
    return now.astimezone(JAKARTA).date()


def _locked(tx: Tx, change_code: str, *states: ChangeState) -> Change:
    store.lock_change(tx, change_code)
    found = change(tx, change_code)
    if found.state not in states:
        raise ChangeNotOpen(change_code, STATE_WORDS[found.state])
    return found


def _tell(tx: Tx, action: str, change_code: str, facts: dict[str, object], now: datetime) -> None:
    journal.record(tx, [Event(action, f"change/{change_code}", facts=facts)], now=now)
