"""Who may attend what, and when.

Pure: the ticket, the moment and the dated terms arrive as arguments, so any past decision can be replayed.
"""

import re
from collections.abc import Sequence, Set
from datetime import datetime, time, timedelta

from prakarsa.attendance import trials
from prakarsa.attendance.model import OpenVerification, Ticket, Window
from prakarsa.attendance.refusals import (
    AlreadyAttended,
    CourseTypeDoesNotFit,
    FirstMeetingMissing,
    NotYourVerification,
    RedeemCodeCancelled,
    RedeemCodeOfAnother,
    SequenceBeyondMeetings,
    SequenceOutOfRange,
    SignInNeeded,
    TooEarly,
    TooLate,
    TransactionCancelled,
    VerificationExpired,
    VerificationUsed,
)
from prakarsa.catalogue.model import POST_TEST, CourseMode
from prakarsa.hold.model import Deadline, Pause
from prakarsa.hold.rules import deadline_with_pauses
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal

SEQUENCES = frozenset({*range(1, 11), POST_TEST})
VERIFICATION_LIFE = timedelta(minutes=15)
"""How long a verification link lives, and how long a check consented to may take (partner-api 6, gap 10)."""

_CODE = re.compile(r"[0-9A-Z]{4,32}|PRAT-[0-9A-Z]{6}")


def canonical_code(text: str) -> str | None:
    """What somebody typed as a redeem code in its one written form, or None when it cannot be one."""
    code = text.strip().upper()
    return code if _CODE.fullmatch(code) else None


def refusal_to_look(ticket: Ticket, institution_id: int, sequence: int) -> Refusal | None:
    """Why this institution may not even ask about this step (partner-api 2.6.3); None when it may."""
    if ticket.institution_id != institution_id:
        return RedeemCodeOfAnother()
    if ticket.trial and ticket.trial.failure:
        return trials.refusal(ticket.trial.failure, ticket, sequence)
    if ticket.voided_at is not None:
        return TransactionCancelled(ticket.voided_at)
    if ticket.card_revoked_at is not None:
        return RedeemCodeCancelled(ticket.card_revoked_at)
    if sequence not in SEQUENCES:
        return SequenceOutOfRange(sequence)
    if sequence != POST_TEST and sequence > ticket.meetings:
        if ticket.mode is CourseMode.SELF_PACED:
            return CourseTypeDoesNotFit(sequence)
        return SequenceBeyondMeetings(sequence, ticket.meetings)
    return None


def refusal_to_attend(
    ticket: Ticket,
    institution_id: int,
    sequence: int,
    *,
    within: Window | None,
    held: Refusal | None = None,
    now: datetime,
) -> Refusal | None:
    """Why this step cannot be attended now; None when it can. Without a window any moment will do.

    A hold comes before everything that it may have caused: a missing first meeting, a window that is not open.
    """
    if refusal := refusal_to_look(ticket, institution_id, sequence):
        return refusal
    if sequence in ticket.attended:
        return AlreadyAttended(sequence, ticket.attended[sequence])
    if held is not None:
        return held
    if sequence != 1 and 1 not in ticket.attended:
        return FirstMeetingMissing(sequence)
    if within is not None and now < within.opens_at:
        return TooEarly(sequence, within.opens_at, within.closes_at)
    if within is not None and now > within.closes_at:
        return TooLate(sequence, within.opens_at, within.closes_at)
    return None


def window(ticket: Ticket, sequence: int, *, before: timedelta, after: timedelta) -> Window | None:
    """When a step can be attended (programme-rules 7.2; partner-api 6, gap 11). Test codes have no window.

    The first meeting of a class: from `before` to `after` its start. Later meetings: on their own day in Jakarta.
    Self-paced courses, and steps that have no set moment: while the schedule runs.
    """
    if ticket.trial is not None:
        return None
    if ticket.mode is not CourseMode.SELF_PACED:
        if sequence == 1:
            starts_at = ticket.meeting_starts.get(1, ticket.starts_at)
            return Window(starts_at - before, starts_at + after)
        if sequence in ticket.meeting_starts:
            return _day_of(ticket.meeting_starts[sequence])
    return Window(ticket.starts_at, ticket.ends_at)


def moved(window: Window, pauses: Sequence[Pause], now: datetime) -> Deadline:
    """The end of a window, moved by exactly the time within it in which taking part was on hold; it starts the clock.

    Source: decision 0015; the policy `deadline_pause_on_hold` is the caller's to ask.
    """
    return deadline_with_pauses(window.closes_at, pauses, starts_at=window.opens_at, now=now)


def refusal_to_walk(verification: OpenVerification, now: datetime) -> Refusal | None:
    """Why a link can no longer be walked; None when it can."""
    if verification.outcome is not None:
        return VerificationUsed()
    if now >= verification.expires_at:
        return VerificationExpired(verification.expires_at)
    return None


def refusal_to_consent(verification: OpenVerification, person_id: int | None, now: datetime) -> Refusal | None:
    """Why this person may not consent; None when they may. A test code needs nobody."""
    if refusal := refusal_to_walk(verification, now):
        return refusal
    if verification.bought is None:
        return None
    if person_id is None:
        return SignInNeeded()
    return None if person_id == verification.bought.person_id else NotYourVerification()


def refusal_to_conclude(verification: OpenVerification, now: datetime) -> Refusal | None:
    """Why a check consented to no longer counts; None when it does. It has the life of a link from the consent on."""
    if verification.consented_at is not None and now >= verification.consented_at + VERIFICATION_LIFE:
        return VerificationExpired(verification.consented_at + VERIFICATION_LIFE)
    return None


def may_be_finished(attended: Set[int]) -> bool:
    """Whether a certificate can be thought of: nobody gets one without the first meeting and the post-test."""
    return {1, POST_TEST} <= attended


def _day_of(moment: datetime) -> Window:
    midnight = datetime.combine(moment.astimezone(JAKARTA).date(), time(), JAKARTA)
    return Window(midnight, midnight + timedelta(days=1, microseconds=-1))
