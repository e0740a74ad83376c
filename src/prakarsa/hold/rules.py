"""Which hold stands in the way, and what pauses do to a deadline. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from prakarsa.hold.model import Hold, NewHold, Pause, Scope
from prakarsa.hold.refusals import HoldIncomplete, OfferHeld, SellingHeld
from prakarsa.kernel.refusal import Refusal, msg

_WIDEST_FIRST = {scope.value: place for place, scope in enumerate(Scope)}


def check(new: NewHold, now: datetime) -> None:
    """Due process or nothing. Raises HoldIncomplete for the first thing that is missing.

    Source: French courts stayed suspensions that had no end date, a wrong legal basis or no reasons (lessons,
    national training-voucher systems).
    """
    for field in ("legal_basis", "public_words", "notice_to"):
        if not getattr(new, field).strip():
            raise HoldIncomplete(field, msg("is empty"))
    if (new.scope is Scope.PROGRAMME) != (new.target_code is None):
        raise HoldIncomplete("target", msg("is needed unless the whole programme is held"))
    if new.ends_at is None and new.review_at is None:
        raise HoldIncomplete("ends_at", msg("or a review date is needed: no hold is open-ended"))
    for field, moment in (("ends_at", new.ends_at), ("review_at", new.review_at)):
        if moment is not None and moment <= max(new.starts_at, now):
            raise HoldIncomplete(field, msg("must lie after its start and in the future"))
    if new.starts_at < now - timedelta(minutes=5):
        raise HoldIncomplete("starts_at", msg("may not lie in the past"))
    if new.notice_at > new.starts_at:
        raise HoldIncomplete("notice_at", msg("must not be later than the start"))


def blocking(
    holds: Iterable[Hold], *, platform: str | None, institution: str, course: str, now: datetime
) -> Hold | None:
    """The widest hold in force that stands between a buyer and this course on this platform."""
    target = {Scope.PLATFORM: platform, Scope.INSTITUTION: institution, Scope.COURSE: course}
    standing = [
        hold
        for hold in holds
        if hold.in_force(now) and (hold.scope == Scope.PROGRAMME or target[Scope(hold.scope)] == hold.target_code)
    ]
    return min(standing, key=lambda hold: (_WIDEST_FIRST[hold.scope], hold.starts_at), default=None)


def as_refusal(hold: Hold) -> Refusal:
    """The hold as told to a buyer."""
    if hold.scope == Scope.PROGRAMME:
        return SellingHeld(hold.hold_code, hold.public_words, hold.legal_basis, hold.starts_at, hold.next_word_at)
    return OfferHeld(
        hold.hold_code,
        hold.scope,
        hold.target_name,
        hold.public_words,
        hold.legal_basis,
        hold.starts_at,
        hold.next_word_at,
    )


def moved_deadline(
    deadline: datetime, pauses: Sequence[Pause], *, clock_started_at: datetime, now: datetime
) -> datetime:
    """The deadline moved by exactly the time in which the clock stood still; overlapping pauses count once.

    Only pauses that began before the (moved) deadline count: a clock that has run out stays out. A pause that still
    lasts counts up to `now`.
    """
    counted_to = clock_started_at
    for pause in sorted(pauses, key=lambda p: p.starts_at):
        begins = max(pause.starts_at, counted_to)
        ends = min(pause.ends_at or now, now)
        if begins >= deadline:
            break
        if ends > begins:
            deadline += ends - begins
            counted_to = ends
    return deadline


def paused_now(pauses: Iterable[Pause], now: datetime) -> bool:
    """Whether the clock stands still at that moment."""
    return any(p.starts_at <= now and (p.ends_at is None or now < p.ends_at) for p in pauses)
