"""Verbs for the programme office: hire, sign in with password and second factor, dismiss.

Source: design "Signing in"; RFC 6238 (TOTP, one step of drift, no step twice).
"""

import re
import secrets
from datetime import datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from pyotp.exceptions import OTPVerificationError

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx
from prakarsa.kernel.keyring import token_digest
from prakarsa.kernel.refusals import NothingHere
from prakarsa.people import rules, store
from prakarsa.people.model import NewStaff, Staff
from prakarsa.people.refusals import BadEmail, StaffSignInFailed, StaffTaken
from prakarsa.people.store import StaffSecrets

_HASHER = PasswordHasher()
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_DRIFT_STEPS = 1
_NOBODY_ID = 0  # identities begin at 1


def hire(tx: Tx, new: NewStaff, *, now: datetime) -> str:
    """Open a staff account; returns the secret for the authenticator (base32), shown this once.

    Raises BadEmail, BadName, BadRole, WeakPassword, StaffTaken.
    """
    email, name, role = rules.read_email(new.email), rules.read_name(new.name), rules.read_role(new.role)
    rules.check_password(new.password, email)
    secret = pyotp.random_base32()
    password_hash = _HASHER.hash(new.password)
    staff_id = store.insert_staff(
        tx, email=email, name=name, role=role, password_hash=password_hash, totp=secret, now=now
    )
    if staff_id is None:
        raise StaffTaken
    journal.record(tx, [Event("staff.hired", f"staff/{staff_id}", facts={"role": role.value})], now=now)
    return secret


def dismiss(tx: Tx, email: str, *, now: datetime) -> None:
    """End a staff account and all its sessions. Raises NothingHere, BadEmail."""
    staff_id = store.end_staff(tx, rules.read_email(email), now)
    if staff_id is None:
        raise NothingHere("staff")
    journal.record(tx, [Event("staff.dismissed", f"staff/{staff_id}")], now=now)


def staff_sign_in(
    tx: Tx, email: str, password: str, totp: str, *, now: datetime, wall_at: datetime | None = None
) -> str | StaffSignInFailed:
    """The token of a new session of 12 hours, or the one refusal that tells nothing about what was wrong.

    The refusal is returned and not raised, because a failure must be counted: commit first, then refuse. Five
    failures lock the account for 15 minutes. An unknown address takes the same time and the same statements.
    `wall_at` is the real moment where programme time was moved: an authenticator knows no other.
    """
    account = store.staff_to_check(tx, _readable_email(email)) or _nobody()
    step = _passed_step(account, password, totp, now, wall_at or now)
    if step is None or account.staff_id == _NOBODY_ID:
        _count_failure(tx, account, now)
        return StaffSignInFailed(rules.STAFF_TRIES, rules.STAFF_LOCK_MINUTES)
    store.staff_passed(tx, account.staff_id, step)
    token = secrets.token_urlsafe(32)
    expires_at = now + timedelta(hours=rules.STAFF_SESSION_HOURS)
    store.insert_session(tx, token_digest(token), now=now, expires_at=expires_at, staff_id=account.staff_id)
    journal.record(tx, [Event("staff.signed_in", f"staff/{account.staff_id}")], now=now)
    return token


def staff_of(tx: Tx, token: str, now: datetime) -> Staff | None:
    """Which member of staff is signed in with this token, if anybody."""
    return store.staff_of_session(tx, token_digest(token), now)


def staff_members(tx: Tx) -> list[Staff]:
    """Everybody who has an account now, by address."""
    return store.staff_members(tx)


def _passed_step(account: StaffSecrets, password: str, totp: str, now: datetime, wall_at: datetime) -> int | None:
    """The step of the second factor when everything is right; every part is checked whatever the others say."""
    right_password = _is_password(account.password_hash, password)
    step = _step_of(account.totp_secret, totp, wall_at)
    unlocked = account.locked_until is None or account.locked_until <= now
    fresh = step is not None and step > account.last_totp_step
    return step if right_password and unlocked and fresh else None


def _is_password(password_hash: str, password: str) -> bool:
    # a text that no password can be is checked as the empty one, which takes as long
    plausible = password if len(password) <= rules.PASSWORD_LONGEST and password.isprintable() else ""
    try:
        return _HASHER.verify(password_hash, plausible)
    except VerifyMismatchError:
        return False


def _step_of(secret: str, totp: str, at: datetime) -> int | None:
    typed = "".join(totp.split())
    if not _SIX_DIGITS.fullmatch(typed):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(typed, for_time=at, valid_window=_DRIFT_STEPS)
    except OTPVerificationError:
        return None


def _count_failure(tx: Tx, account: StaffSecrets, now: datetime) -> None:
    """One more failure; the fifth locks. A failure during a lock does not lengthen it."""
    locked = account.locked_until is not None and account.locked_until > now
    tries = account.failed_tries if locked else account.failed_tries + 1
    locked_until = account.locked_until if locked else None
    if tries >= rules.STAFF_TRIES:
        tries, locked_until = 0, now + timedelta(minutes=rules.STAFF_LOCK_MINUTES)
    store.staff_failed(tx, account.staff_id, tries, locked_until)
    locks = locked_until is not None and not locked
    action = "staff.locked" if locks else "staff.sign_in_failed"
    journal.record(tx, [Event(action, f"staff/{account.staff_id or 'unknown'}")], now=now)


@cache
def _nobody() -> StaffSecrets:
    """An account nobody can open, to be checked when there is none."""
    password_hash = _HASHER.hash(secrets.token_urlsafe(32))
    return StaffSecrets(_NOBODY_ID, password_hash, pyotp.random_base32(), 0, 0, None)


def named(tx: Tx, who: str) -> str:
    """Somebody's one name in the journal, "staff/7", when they are given by their address; any other name as it is.

    So one person at the console and at the terminal is one person where two have to answer.
    """
    address = who.strip().casefold()
    found = (member for member in staff_members(tx) if member.email.casefold() == address)
    return next((f"staff/{member.staff_id}" for member in found), who)


def _readable_email(text: str) -> str:
    """The address in its stored form; one that cannot be any finds nobody."""
    try:
        return rules.read_email(text)
    except BadEmail:
        return ""
