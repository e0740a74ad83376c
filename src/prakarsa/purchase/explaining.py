"""Why can't I buy? Every condition, by the rules that decide a payment; and the seats of a class for partners."""

from datetime import datetime

from prakarsa.card import actions as card
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.partner import actions as partner
from prakarsa.partner.model import Partner
from prakarsa.purchase import offer_store, refusals, rules, store
from prakarsa.purchase.cases import cases_for
from prakarsa.purchase.model import Ask, Check
from prakarsa.purchase.offer_refusals import AskedTooOften, NothingOnSale
from prakarsa.purchase.offers import Query, offer_checks, purchasable

EXPLAINED_PER_HOUR = 30
"""How often one platform may ask about one card, as often as it may ask for one-time codes."""
_TOLD_BY_SEATS = (refusals.TrainingStarted, refusals.EnrolmentClosed, refusals.SoldOut)
"""What a partner reads off the class itself, so that its number of seats still says something."""


def explain(
    tx: Tx,
    card_number: str,
    schedule_code: str,
    platform_code: str | None,
    *,
    now: datetime,
    course_code: str | None = None,
) -> list[Check]:
    """Every condition of buying for one card and class, with pass or refusal, by the rules that decide a payment.

    Without a platform, the course counts as sold when any active platform sells it; without a course code, as the
    class's own. Raises PartnerUnknown.
    """
    platform = partner.partner(tx, platform_code) if platform_code else None
    return _checked(tx, _ask(tx, card_number, schedule_code, platform, course_code), now)


def explain_to_platform(
    tx: Tx,
    platform: Partner,
    card_number: str,
    schedule_code: str,
    *,
    course_code: str,
    amount_idr: int | None = None,
    platform_user: str | None = None,
    now: datetime,
) -> list[Check] | Refusal:
    """The same for the platform that asks, with what it would send to buy. Nothing is reserved and nothing is sent.

    A platform may ask thirty times an hour about one card; then AskedTooOften.
    """
    ask = _ask(tx, card_number, schedule_code, platform, course_code, amount_idr, platform_user)
    if offer_store.explained(tx, ask.number_index, platform.partner_id, now) > EXPLAINED_PER_HOUR:
        return AskedTooOften(3_600)
    return _checked(tx, ask, now)


def keeps_from_buying(tx: Tx, card_number: str, *, now: datetime) -> list[Refusal]:
    """What keeps this card from buying anything at all: the checks of a payment without naming a class.

    Where nothing about the card does, but nothing is on sale for its wave, that is said.
    """
    [case] = cases_for(tx, [_ask(tx, card_number, "", None, None)], now)
    found = [check.refusal for check in rules.checks(case) if check.refusal is not None]
    told = [refusal for refusal in found if not isinstance(refusal, refusals.ScheduleUnknown)]
    if told or case.seen.wave_number is None:
        return told
    on_sale = purchasable(tx, Query(limit=1), now=now, wave=case.seen.wave_number)
    return [] if on_sale.page else [on_sale.everywhere or NothingOnSale()]


def quota(tx: Tx, platform: Partner, course_code: str, schedule_code: str, *, now: datetime) -> int:
    """Seats left of a class that this platform can sell, also when they are gone or enrolment is over.

    Raises ScheduleUnknown, ScheduleMismatch, and whatever else keeps the platform from selling it now: a hold, a
    condition the course misses, a listing that ended. Source: partner-api 2.1; programme-rules 15, failure 20.
    """
    found = store.quota(tx, schedule_code)
    if found is None:
        raise refusals.ScheduleUnknown(schedule_code)
    owner, seats_left = found
    if owner != course_code:
        raise refusals.ScheduleMismatch(course_code, schedule_code)
    for check in offer_checks(tx, schedule_code, platform.client_code, now=now):
        if check.refusal is not None and not isinstance(check.refusal, _TOLD_BY_SEATS):
            raise check.refusal
    return seats_left


def _ask(
    tx: Tx,
    card_number: str,
    schedule_code: str,
    platform: Partner | None,
    course_code: str | None,
    amount_idr: int | None = None,
    platform_user: str | None = None,
) -> Ask:
    owner = None if course_code else store.quota(tx, schedule_code)
    return Ask(
        number_index=card.number_index(tx, card_number),
        platform_id=platform.partner_id if platform else None,
        platform_user=platform_user,
        course_code=course_code or (owner[0] if owner else ""),
        schedule_code=schedule_code,
        amount_idr=amount_idr,
    )


def _checked(tx: Tx, ask: Ask, now: datetime) -> list[Check]:
    [case] = cases_for(tx, [ask], now)
    return rules.checks(case)
