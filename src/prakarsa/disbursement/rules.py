"""Who is owed an incentive and when, what a failed payment needs, and whether an account number can be one. Pure."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from prakarsa.card.model import CardState
from prakarsa.card.rules import day_of_year_ends_at
from prakarsa.disbursement.model import (
    CANCEL_WORDS,
    Account,
    CancelReason,
    PayoutFailure,
    PayoutState,
    Provider,
    Retry,
    Standing,
)
from prakarsa.disbursement.refusals import (
    AccountNotLinked,
    BadAccountNumber,
    NotEntitled,
    NotPayable,
    UnknownProvider,
)
from prakarsa.hold.model import Deadline, Pause
from prakarsa.hold.rules import deadline_with_pauses
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.people.refusals import BadPhone
from prakarsa.people.rules import read_phone
from prakarsa.programme.model import Terms

NO_CARD = msg("you have no card")
NOT_COMPLETED = msg("no course is completed yet")
NOT_RATED = msg("the first course you completed is not rated yet")

NOT_TEN_DIGITS = msg("it needs ten digits")
NOT_A_MOBILE = msg("it must be a mobile number that begins with 08")
ONE_DIGIT_ONLY = msg("it repeats one digit")

FIRST_PAUSE = timedelta(hours=1)
PAUSE_GROWTH = 4
LONGEST_PAUSE = timedelta(days=2)
AUTOMATIC_ATTEMPTS = 6
"""A provider's fault is met with this many attempts within about five days; then somebody has to look."""

_BANK_DIGITS = re.compile(r"[0-9]{10}")
_DRESS = str.maketrans("", "", " -.\u00a0")
_PROVIDER_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an instruction after an attempt."""

    state: PayoutState
    faults: int
    next_attempt_at: datetime


def reasons_not_to_schedule(standing: Standing, terms: Terms) -> list[Refusal]:
    """Everything that keeps the incentives from being scheduled; empty when they may be.

    The first completed course counts, and no other. Source: programme-rules 9 (trigger: certificate, review, rating,
    linked account), 10 (revoked cards), 15 failure 15.
    """
    if lost := reason_to_cancel(card_state=standing.card_state, barred=standing.barred):
        return [NotEntitled(CANCEL_WORDS[lost])]
    if standing.card_state is None:
        return [NotPayable(NO_CARD)]
    reasons: list[Refusal] = []
    if standing.purchase_id is None:
        reasons.append(NotPayable(NOT_COMPLETED))
    elif terms.rating_required_for_payout and standing.rated_at is None:
        reasons.append(NotPayable(NOT_RATED))
    if not standing.linked:
        reasons.append(AccountNotLinked())
    return reasons


def linking_deadline(
    budget_year: int, link_by: str, pauses: Sequence[Pause], told_at: datetime, now: datetime
) -> Deadline:
    """The last second in which an account can be linked: a day of the budget year ("12-15"), moved by its pauses.

    The clock runs from the moment the person was told about the card. Source: programme-rules 9 [R15].
    """
    return deadline_with_pauses(day_of_year_ends_at(budget_year, link_by), pauses, starts_at=told_at, now=now)


def reason_to_cancel(*, card_state: str | None, barred: bool) -> CancelReason | None:
    """Why a promised payment must not be made any more, asked again at every attempt."""
    if card_state == CardState.REVOKED:
        return CancelReason.CARD_REVOKED
    return CancelReason.PERSON_BARRED if barred else None


def due_dates(first_at: datetime, count: int, interval_months: int) -> list[datetime]:
    """When each of `count` payments is due: the first now, the others on the same day of later months in Jakarta.

    A month without that day pays on its last day; the day comes back in the next month that has it.
    Source: programme-rules 9, incentive.interval.
    """
    local = first_at.astimezone(JAKARTA)
    return [_months_later(local, place * interval_months).astimezone(UTC) for place in range(count)]


def after_failure(failure: PayoutFailure, faults_before: int, now: datetime) -> Fate:
    """Where a failed instruction goes: repeated after a growing pause, or left until somebody acts."""
    if failure.retry is not Retry.AUTOMATIC:
        return Fate(PayoutState.FAILED, 0, now)
    faults = faults_before + 1
    if faults >= AUTOMATIC_ATTEMPTS:
        return Fate(PayoutState.FAILED, faults, now)
    return Fate(PayoutState.SCHEDULED, faults, now + pause_after(faults))


def pause_after(faults: int) -> timedelta:
    """How long we wait after the nth fault in a row: an hour, four times as long each time, two days at most."""
    pause = FIRST_PAUSE
    for _ in range(1, min(faults, AUTOMATIC_ATTEMPTS)):
        pause *= PAUSE_GROWTH
    return min(pause, LONGEST_PAUSE)


def lines_covered(amounts_idr: Iterable[int], budget_idr: int) -> int:
    """How many payments, from the first on, a budget covers. Nobody overtakes a payment that does not fit."""
    covered = 0
    for amount_idr in amounts_idr:
        budget_idr -= amount_idr
        if budget_idr < 0:
            break
        covered += 1
    return covered


def read_provider(text: str) -> Provider:
    """A bank or wallet by its name, in whatever case. Raises UnknownProvider."""
    try:
        return Provider(text.strip().upper())
    except ValueError as error:
        raise UnknownProvider(text.strip()[:_PROVIDER_SHOWN], ", ".join(Provider)) from error


def read_account(provider: Provider, text: str) -> Account:
    """An account number in its one written form, if it can be one. Raises BadAccountNumber.

    Source: lessons, national training-voucher systems (India: accounts left blank, zero, or 11111111111).
    """
    number = _mobile(provider, text) if provider.is_wallet else text.strip().translate(_DRESS)
    if not provider.is_wallet and not _BANK_DIGITS.fullmatch(number):
        raise BadAccountNumber(provider, NOT_TEN_DIGITS)
    if len(set(number.removeprefix("08") if provider.is_wallet else number)) == 1:
        raise BadAccountNumber(provider, ONE_DIGIT_ONLY)
    return Account(provider, number)


def _mobile(provider: Provider, text: str) -> str:
    try:
        return "0" + read_phone(text).removeprefix("+62")
    except BadPhone as error:
        raise BadAccountNumber(provider, NOT_A_MOBILE) from error


def _months_later(moment: datetime, months: int) -> datetime:
    years, month0 = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month0 + 1
    last_day = calendar.monthrange(year, month)[1]
    return moment.replace(year=year, month=month, day=min(moment.day, last_day))
