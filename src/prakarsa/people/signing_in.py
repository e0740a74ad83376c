"""Verbs of signing in: a one-time code by SMS or e-mail opens a long-lived session on one device.

Source: design "Signing in"; programme-rules 2 (code of a few minutes).
"""

import re
import secrets
from datetime import datetime, timedelta
from math import ceil

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel.db import Tx
from prakarsa.kernel.keyring import same, token_digest
from prakarsa.kernel.refusal import Refusal
from prakarsa.people import messages, rules, store
from prakarsa.people.model import Person
from prakarsa.people.refusals import CodeMalformed, CodeOver, CodeTriedOut, CodeUsed, CodeWrong, TooManyCodes
from prakarsa.people.rules import Channel

_CODE = "people.sign_in_code"
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_HOUR = timedelta(hours=1)
_KEPT_AFTER_END = timedelta(days=1)


def begin_sign_in(
    tx: Tx,
    address: str,
    channel_hint: Channel | None = None,
    *,
    now: datetime,
    ttl_minutes: int = rules.CODE_MINUTES,
) -> str:
    """Send a six-digit code to whoever registered with this phone number or mail address; returns the handle to
    bring back with it.

    The answer, the limit and the work are the same when nobody has the address. `channel_hint` sends the code by the
    other way instead of the one the address belongs to. Raises BadAddress, and TooManyCodes after five in an hour.
    """
    channel, normal = rules.read_address(address)
    index = store.address_index(tx, channel, normal)
    store.lock_address(tx, index)
    earlier = store.codes_since(tx, index, now - _HOUR)
    if len(earlier) >= rules.CODES_PER_HOUR:
        free_at = earlier[-rules.CODES_PER_HOUR] + _HOUR
        raise TooManyCodes(rules.CODES_PER_HOUR, max(1, ceil((free_at - now).total_seconds())))
    handle, otp = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06}"
    owner = store.owner_of_address(tx, index)
    store.insert_code(
        tx,
        handle=token_digest(handle),
        address=index,
        person_id=owner.person_id if owner else None,
        code=tx.keyring.digest(_CODE, handle, otp),
        now=now,
        expires_at=now + timedelta(minutes=ttl_minutes),
    )
    whom = owner or store.Owner(0, "", "", normal, normal, "id")
    by = channel_hint or channel
    with store.kept_only_if(tx, owner is not None):
        to = whom.phone if by is Channel.SMS else whom.email
        params = {"otp": otp, "minutes": ttl_minutes}
        message = Message(whom.person_id, by.value, messages.SIGN_IN_CODE, to, whom.language, params, urgent=True)
        journal.tell(tx, [message], now=now)
        event = Event("person.code_sent", f"person/{whom.public_id}", whom.person_id, {"channel": by.value})
        journal.record(tx, [event], now=now)
    return handle


def finish_sign_in(tx: Tx, handle: str, otp: str, *, now: datetime) -> str | Refusal:
    """The token of a new session of 90 days, or the refusal.

    The refusal is returned and not raised, because a wrong try must be counted: commit first, then refuse. A code
    opens one session, however many ask at once, and dies after three wrong tries.
    Refusals: people.code_malformed (not counted), people.code_wrong, people.code_tried_out, people.code_used,
    people.code_over.
    """
    typed = "".join(otp.split())
    if not _SIX_DIGITS.fullmatch(typed):
        return CodeMalformed()
    tried = store.spend_try(tx, token_digest(handle), rules.CODE_TRIES, now)
    if tried is None:
        return _why_dead(tx, handle, now)
    right = same(tx.keyring.digest(_CODE, handle, typed), tried.code_digest)
    # a code for an address that nobody has is wrong whatever is typed
    if tried.person_id is None or not right:
        left = rules.CODE_TRIES - tried.tries
        return CodeWrong(left) if left else CodeTriedOut(rules.CODE_TRIES)
    store.use_code(tx, tried.code_id, now)
    token = secrets.token_urlsafe(32)
    expires_at = now + timedelta(days=rules.SESSION_DAYS)
    store.insert_session(tx, token_digest(token), now=now, expires_at=expires_at, person_id=tried.person_id)
    public_id = store.persons(tx, [tried.person_id])[tried.person_id].public_id
    journal.record(tx, [Event("person.signed_in", f"person/{public_id}", tried.person_id)], now=now)
    return token


def person_of(tx: Tx, token: str, now: datetime) -> Person | None:
    """Who is signed in with this token, if anybody."""
    return store.person_of_session(tx, token_digest(token), now)


def sign_out(tx: Tx, token: str, *, now: datetime) -> None:
    """End the session of this token, of a person or of staff; an unknown token changes nothing."""
    ended = store.end_session(tx, token_digest(token))
    if ended is None:
        return
    person_id, public_id, staff_id = ended
    event = (
        Event("staff.signed_out", f"staff/{staff_id}")
        if person_id is None
        else Event("person.signed_out", f"person/{public_id}", person_id)
    )
    journal.record(tx, [event], now=now)


def sweep(tx: Tx, *, now: datetime, chunk: int = 5_000) -> int:
    """Throw away codes and sessions that ended more than a day ago; how many. Run until it returns 0."""
    return store.sweep(tx, now - _KEPT_AFTER_END, chunk)


def _why_dead(tx: Tx, handle: str, now: datetime) -> Refusal:
    state = store.code_state(tx, token_digest(handle), now)
    if state is None:
        return CodeOver()
    used, tries = state
    return CodeUsed() if used else CodeTriedOut(tries)
