"""Who may buy which course, when, and until when.

Pure: no clock, no database, no settings. The moment and the dated terms arrive as arguments, so any past decision
can be replayed. The same checks decide a payment and answer "why can't I buy?".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from prakarsa.card.model import CardState
from prakarsa.card.rules import balance_use_by, first_purchase_by, last_purchase_by, next_purchase_by
from prakarsa.catalogue.rules import first_missed
from prakarsa.hold.model import Capability, Hold, Pause, Reach
from prakarsa.hold.rules import as_refusal, blocking, deadline_with_pauses
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import ClockEffect, Refusal, msg
from prakarsa.people.model import Education
from prakarsa.programme.model import Terms
from prakarsa.purchase import refusals as no
from prakarsa.purchase.model import Ask, Check, PurchaseClock, Sale, Situation, Verdict

_LEVELS = tuple(Education)  # from lowest to highest


@dataclass(frozen=True, slots=True)
class Case:
    """One ask, the situation it meets, and what is in force."""

    ask: Ask
    seen: Situation
    terms: Terms | None
    holds: Sequence[Hold]
    pauses: Sequence[Pause]
    now: datetime


def checks(case: Case) -> list[Check]:
    """Every condition of buying, our own side first, each with its outcome."""
    present = _present(case)
    return [_run(name, needs, rule, case, present) for name, needs, rule in _CONDITIONS]


def first_refusal(case: Case) -> Refusal | None:
    """The refusal a buyer is told, or None when the course can be bought: that of the first check that has one."""
    return next((refusal for _, rule in _applying(_present(case)) if (refusal := rule(case))), None)


def first_refusal_of_offer(case: Case) -> tuple[int, Refusal | None]:
    """The same for a buyer nobody knows yet, and how many conditions were behind it."""
    for place, rule in _applying(_present(case)):
        if rule is not _card_known and (refusal := rule(case)):
            return place, refusal
    return len(_CONDITIONS), None


def first_refusal_to_ask(case: Case) -> Refusal | None:
    """The refusal of step one: the same, but a probe may walk up to the payment."""
    return next((check.refusal for check in checks(case) if check.refusal and check.name != _NO_PROBE), None)


def after_sale(seen: Situation, ask: Ask, sale: Sale) -> Situation:
    """The situation as a neighbour in the same batch has changed it."""
    if sale.schedule_id == seen.schedule_id and seen.seats_left is not None:
        seen = replace(seen, seats_left=seen.seats_left - 1)
    same_platform = sale.platform_id == ask.platform_id
    if sale.card_id != seen.card_id:
        taken = same_platform and sale.platform_user == ask.platform_user
        return replace(seen, account_of_other_card=seen.account_of_other_card or taken)
    return replace(
        seen,
        balance_idr=(seen.balance_idr or 0) - sale.amount_idr,
        has_live_purchase=True,
        owns_course=seen.owns_course or sale.course_id == seen.course_id,
        unfinished_course=seen.unfinished_course or sale.course_title,
        other_platform_user=seen.other_platform_user or (sale.platform_user if same_platform else None),
    )


def first_purchase_clock(
    notified_at: datetime, terms: Terms, pauses: Sequence[Pause], *, has_purchase: bool, now: datetime
) -> PurchaseClock:
    """Until when the first course must be bought, moved by exactly the time the clock stood still.

    Source: Permenko 11/2020 art. 20(2); the pause is policy `deadline_pause_on_hold` (programme-rules 17).
    """
    return _clock(first_purchase_by(notified_at, terms), notified_at, terms, pauses, stopped=has_purchase, now=now)


def next_purchase_clock(
    completed_at: datetime | None, terms: Terms, pauses: Sequence[Pause], *, has_open_course: bool, now: datetime
) -> PurchaseClock | None:
    """Until when the course after the last completed one must be bought, moved likewise.

    None before a course is completed, and where the terms know no such clock. Source: programme-rules 7.1 [R12].
    """
    first_deadline_at = next_purchase_by(completed_at, terms) if completed_at is not None else None
    if completed_at is None or first_deadline_at is None:
        return None
    return _clock(first_deadline_at, completed_at, terms, pauses, stopped=has_open_course, now=now)


def has_run_out(clock: PurchaseClock | None, now: datetime) -> bool:
    """Whether a clock is over: nothing was bought, and the last second with all its pauses has passed."""
    return clock is not None and not clock.stopped_by_purchase and clock.over(now)


def age_on(birth_date: date, on: date) -> int:
    """Full years of life on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def commission_idr(amount_idr: int, percent: int) -> int:
    """The platform's share, rounded down in favour of the institution. Source: Permenko 11/2020 art. 40."""
    return amount_idr * percent // 100


def _clock(
    first_deadline_at: datetime,
    starts_at: datetime,
    terms: Terms,
    pauses: Sequence[Pause],
    *,
    stopped: bool,
    now: datetime,
) -> PurchaseClock:
    counted = pauses if terms.deadline_pause_on_hold else ()
    moved = deadline_with_pauses(first_deadline_at, counted, starts_at=starts_at, now=now)
    return PurchaseClock(
        moved.starts_at, moved.first_deadline_at, moved.deadline_at, moved.paused_now, moved.pauses, stopped
    )


def _platform_active(case: Case) -> Refusal | None:
    return None if case.seen.platform_active else no.PlatformNotActive(case.seen.platform_code or "?")


def _not_held(case: Case) -> Refusal | None:
    seen = case.seen
    reach = Reach(
        platform=seen.platform_code,
        institution=seen.institution_code,
        course=seen.schedule_course_code or case.ask.course_code,
        schedule=case.ask.schedule_code,
        person_id=seen.person_id,
        card_id=seen.card_id,
    )
    hold = blocking(case.holds, Capability.SELLING, reach, case.now)
    if hold is None:
        return None
    runs_on = case.terms is not None and not case.terms.deadline_pause_on_hold
    return as_refusal(hold).with_clock(ClockEffect.RUNS) if runs_on else as_refusal(hold)


def _card_known(case: Case) -> Refusal | None:
    return None if case.seen.card_id is not None else no.CardUnknown()


def _card_active(case: Case) -> Refusal | None:
    return None if case.seen.card_state == CardState.ACTIVE else no.CardRevoked()


def _balance_valid(case: Case) -> Refusal | None:
    assert case.terms is not None
    assert case.seen.budget_year is not None
    use_by = balance_use_by(case.seen.budget_year, case.terms)
    return None if case.now <= use_by else no.BalanceLapsed(use_by)


def _last_purchase_day(case: Case) -> Refusal | None:
    assert case.terms is not None
    assert case.seen.budget_year is not None
    last = last_purchase_by(case.seen.budget_year, case.terms)
    return no.LastPurchaseDayOver(last) if last is not None and case.now > last else None


def _first_purchase_in_time(case: Case) -> Refusal | None:
    seen = case.seen
    assert case.terms is not None
    assert seen.notified_at is not None
    if seen.is_probe:  # it never buys, so that it can go on trying for years
        return None
    clock = first_purchase_clock(
        seen.notified_at, case.terms, case.pauses, has_purchase=seen.has_live_purchase, now=case.now
    )
    return no.FirstPurchaseTooLate(clock.deadline_at) if has_run_out(clock, case.now) else None


def _next_purchase_in_time(case: Case) -> Refusal | None:
    seen = case.seen
    assert case.terms is not None
    clock = next_purchase_clock(
        seen.last_completed_at,
        case.terms,
        case.pauses,
        has_open_course=seen.unfinished_course is not None,
        now=case.now,
    )
    return no.NextPurchaseTooLate(clock.deadline_at) if clock and has_run_out(clock, case.now) else None


def _schedule_known(case: Case) -> Refusal | None:
    return None if case.seen.schedule_id is not None else no.ScheduleUnknown(case.ask.schedule_code)


def _schedule_of_course(case: Case) -> Refusal | None:
    if case.seen.schedule_course_code == case.ask.course_code:
        return None
    return no.ScheduleMismatch(case.ask.course_code, case.ask.schedule_code)


def _course_approved(case: Case) -> Refusal | None:
    return None if case.seen.course_state == "approved" else no.CourseNotOnSale(case.seen.course_title or "")


def _conditions_met(case: Case) -> Refusal | None:
    """Under the rules of the card's own wave, so that a new rule bites from its moment on and for its waves only."""
    seen = case.seen
    assert case.terms is not None
    assert seen.course_misses is not None
    assert seen.course_mode is not None
    condition = first_missed(seen.course_misses, seen.course_mode, case.terms)
    return no.CourseMissesCondition(seen.course_title or "", condition) if condition else None


def _institution_active(case: Case) -> Refusal | None:
    return None if case.seen.institution_active else no.InstitutionNotActive(case.seen.course_title or "")


def _listed(case: Case) -> Refusal | None:
    return None if case.seen.listed else no.NotListedHere(case.seen.course_title or "")


def _seller_apart(case: Case) -> Refusal | None:
    """Permenko 11/2020 art. 36(5): a platform sells no paid courses of its own entity (programme-rules 6.1 no. 7)."""
    seen, terms = case.seen, case.terms
    assert terms is not None
    free = seen.price_idr == 0 and terms.course_allow_affiliated_free
    if seen.listed_apart or not seen.listed or free or not terms.course_block_affiliated:
        return None
    return no.AffiliatedSeller(seen.course_title or "")


def _not_started(case: Case) -> Refusal | None:
    assert case.seen.starts_at is not None
    return None if case.now < case.seen.starts_at else no.TrainingStarted(case.seen.starts_at)


def _enrolment_open(case: Case) -> Refusal | None:
    assert case.seen.enrolment_closes_at is not None
    return None if case.now <= case.seen.enrolment_closes_at else no.EnrolmentClosed(case.seen.enrolment_closes_at)


def _seat_left(case: Case) -> Refusal | None:
    assert case.seen.seats_left is not None
    return None if case.seen.seats_left > 0 else no.SoldOut(case.ask.schedule_code)


def _age(case: Case) -> Refusal | None:
    seen = case.seen
    assert seen.birth_date is not None
    age = age_on(seen.birth_date, case.now.astimezone(JAKARTA).date())
    fits = (seen.min_age_years or 0) <= age <= (seen.max_age_years or 200)
    return None if fits else no.AgeNotMet(age, seen.min_age_years, seen.max_age_years)


def _education(case: Case) -> Refusal | None:
    needed, has = case.seen.min_education, case.seen.education
    if needed is None or _LEVELS.index(Education(has or Education.NONE)) >= _LEVELS.index(Education(needed)):
        return None
    return no.EducationNotMet(needed)


def _price(case: Case) -> Refusal | None:
    asked, price = case.ask.amount_idr, case.seen.price_idr
    assert price is not None
    return None if asked is None or asked == price else no.PriceMismatch(asked, price)


def _not_bought(case: Case) -> Refusal | None:
    return no.BoughtAlready(case.seen.course_title or "") if case.seen.owns_course else None


def _earlier_finished(case: Case) -> Refusal | None:
    assert case.terms is not None
    unfinished = case.seen.unfinished_course
    return no.EarlierCourseOpen(unfinished) if case.terms.purchase_sequential and unfinished else None


def _earlier_rated(case: Case) -> Refusal | None:
    assert case.terms is not None
    unrated = case.seen.unrated_course
    return no.EarlierCourseUnrated(unrated) if case.terms.rating_required_before_next_purchase and unrated else None


def _own_account(case: Case) -> Refusal | None:
    if case.seen.account_of_other_card:
        return no.AccountOfOtherCard()
    tied = case.seen.other_platform_user
    return no.CardOfOtherAccount() if tied is not None and tied != case.ask.platform_user else None


def _balance_enough(case: Case) -> Refusal | None:
    balance, price = case.seen.balance_idr, case.seen.price_idr
    assert balance is not None
    assert price is not None
    return None if balance >= price or case.seen.is_probe else no.BalanceTooLow(balance, price)


def _no_probe(case: Case) -> Refusal | None:
    return no.ProbeBuysNothing() if case.seen.is_probe else None


Rule = Callable[[Case], Refusal | None]
_CARD = frozenset({"card"})
_OFFER = frozenset({"offer"})
_OFFER_UNDER_TERMS = frozenset({"offer", "terms"})
_BOTH = _CARD | _OFFER
_PLATFORM = frozenset({"platform"})
_ACCOUNT = frozenset({"card", "account"})
_NO_PROBE = msg("The card is not a probe")

_CONDITIONS: tuple[tuple[str, frozenset[str], Rule], ...] = (
    (msg("The platform may sell"), _PLATFORM, _platform_active),
    (msg("Nothing is on hold"), frozenset(), _not_held),
    (msg("The card is known"), frozenset(), _card_known),
    (msg("The card is active"), _CARD, _card_active),
    (msg("The balance is still valid this year"), _CARD, _balance_valid),
    (msg("The last day of buying is not over"), _CARD, _last_purchase_day),
    (msg("The first purchase is in time"), _CARD, _first_purchase_in_time),
    (msg("The next purchase is in time"), _CARD, _next_purchase_in_time),
    (msg("The class exists"), frozenset(), _schedule_known),
    (msg("The class belongs to the course"), _OFFER, _schedule_of_course),
    (msg("The course is approved"), _OFFER, _course_approved),
    (msg("The course meets the rules in force"), _OFFER_UNDER_TERMS, _conditions_met),
    (msg("The institution is a partner"), _OFFER, _institution_active),
    (msg("The course is sold here"), _OFFER, _listed),
    (msg("Seller and institution do not belong together"), _OFFER_UNDER_TERMS, _seller_apart),
    (msg("The class has not begun"), _OFFER, _not_started),
    (msg("Enrolment is open"), _OFFER, _enrolment_open),
    (msg("A seat is left"), _OFFER, _seat_left),
    (msg("The age fits"), _BOTH, _age),
    (msg("The education fits"), _BOTH, _education),
    (msg("The price is the approved price"), _OFFER, _price),
    (msg("The course was not bought before"), _BOTH, _not_bought),
    (msg("Earlier courses are finished"), _CARD, _earlier_finished),
    (msg("Finished courses are rated"), _CARD, _earlier_rated),
    (msg("Card and platform account belong together"), _ACCOUNT, _own_account),
    (msg("The balance covers the price"), _BOTH, _balance_enough),
    (_NO_PROBE, _CARD, _no_probe),
)


def _run(name: str, needs: frozenset[str], rule: Rule, case: Case, present: frozenset[str]) -> Check:
    if not needs <= present:
        return Check(name, Verdict.NOT_CHECKED)
    refusal = rule(case)
    return Check(name, Verdict.REFUSED if refusal else Verdict.PASS, refusal)


@lru_cache
def _applying(present: frozenset[str]) -> tuple[tuple[int, Rule], ...]:
    """The conditions that can be looked at where this much is known, with their places in the order."""
    return tuple((place, rule) for place, (_, needs, rule) in enumerate(_CONDITIONS) if needs <= present)


def _present(case: Case) -> frozenset[str]:
    found = {
        "card": case.seen.card_id is not None,
        "offer": case.seen.schedule_id is not None,
        "terms": case.terms is not None,
        "platform": case.seen.platform_code is not None,
        "account": case.ask.platform_user is not None,
    }
    return frozenset(name for name, there in found.items() if there)
