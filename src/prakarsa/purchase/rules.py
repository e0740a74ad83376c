"""Who may buy which course, when, and until when.

Pure: no clock, no database, no settings. The moment and the dated terms arrive as arguments, so any past decision
can be replayed. The same checks decide a payment and answer "why can't I buy?".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from prakarsa.card.model import CardState
from prakarsa.card.rules import balance_use_by, first_purchase_by
from prakarsa.hold.model import Hold, Pause
from prakarsa.hold.rules import as_refusal, blocking, moved_deadline, paused_now
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.people.model import Education
from prakarsa.programme.model import Terms
from prakarsa.purchase import refusals as no
from prakarsa.purchase.model import Ask, Check, PurchaseClock, Situation, Verdict

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
    return [_run(name, needs, rule, case) for name, needs, rule in _CONDITIONS]


def first_refusal(case: Case) -> Refusal | None:
    """The refusal a buyer is told, or None when the course can be bought."""
    return next((check.refusal for check in checks(case) if check.refusal), None)


def after_sale(
    seen: Situation, *, price_idr: int, same_card: bool, same_schedule: bool, same_course: bool
) -> Situation:
    """The situation as a neighbour in the same batch has changed it."""
    if same_schedule and seen.seats_left is not None:
        seen = replace(seen, seats_left=seen.seats_left - 1)
    if same_card and seen.balance_idr is not None:
        seen = replace(
            seen,
            balance_idr=seen.balance_idr - price_idr,
            has_live_purchase=True,
            owns_course=seen.owns_course or same_course,
        )
    return seen


def first_purchase_clock(
    notified_at: datetime, terms: Terms, pauses: Sequence[Pause], *, has_purchase: bool, now: datetime
) -> PurchaseClock:
    """Until when the first course must be bought, moved by exactly the time the clock stood still.

    Source: Permenko 11/2020 art. 20(2); the pause is policy `deadline_pause_on_hold` (programme-rules 17).
    """
    counted = tuple(pauses) if terms.deadline_pause_on_hold else ()
    base = first_purchase_by(notified_at, terms)
    return PurchaseClock(
        starts_at=notified_at,
        first_deadline_at=base,
        deadline_at=moved_deadline(base, counted, clock_started_at=notified_at, now=now),
        paused_now=paused_now(counted, now),
        pauses=counted,
        stopped_by_purchase=has_purchase,
    )


def has_run_out(clock: PurchaseClock, now: datetime) -> bool:
    """Whether the card is to be taken back: no purchase, not paused, the last second over."""
    return not clock.stopped_by_purchase and not clock.paused_now and now > clock.deadline_at


def age_on(birth_date: date, on: date) -> int:
    """Full years of life on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def commission_idr(amount_idr: int, percent: int) -> int:
    """The platform's share, rounded down in favour of the institution. Source: Permenko 11/2020 art. 40."""
    return amount_idr * percent // 100


def _platform_active(case: Case) -> Refusal | None:
    return None if case.seen.platform_active else no.PlatformNotActive(case.seen.platform_code or "?")


def _not_held(case: Case) -> Refusal | None:
    seen = case.seen
    hold = blocking(
        case.holds,
        platform=seen.platform_code,
        institution=seen.institution_code or "",
        course=seen.schedule_course_code or case.ask.course_code,
        now=case.now,
    )
    return as_refusal(hold) if hold else None


def _card_known(case: Case) -> Refusal | None:
    return None if case.seen.card_id is not None else no.CardUnknown()


def _card_active(case: Case) -> Refusal | None:
    return None if case.seen.card_state == CardState.ACTIVE else no.CardRevoked()


def _balance_valid(case: Case) -> Refusal | None:
    assert case.terms is not None
    assert case.seen.budget_year is not None
    use_by = balance_use_by(case.seen.budget_year, case.terms)
    return None if case.now <= use_by else no.BalanceLapsed(use_by)


def _first_purchase_in_time(case: Case) -> Refusal | None:
    assert case.terms is not None
    assert case.seen.notified_at is not None
    clock = first_purchase_clock(
        case.seen.notified_at, case.terms, case.pauses, has_purchase=case.seen.has_live_purchase, now=case.now
    )
    return no.FirstPurchaseTooLate(clock.deadline_at) if has_run_out(clock, case.now) else None


def _schedule_known(case: Case) -> Refusal | None:
    return None if case.seen.schedule_id is not None else no.ScheduleUnknown(case.ask.schedule_code)


def _schedule_of_course(case: Case) -> Refusal | None:
    if case.seen.schedule_course_code == case.ask.course_code:
        return None
    return no.ScheduleMismatch(case.ask.course_code, case.ask.schedule_code)


def _course_approved(case: Case) -> Refusal | None:
    return None if case.seen.course_state == "approved" else no.CourseNotOnSale(case.seen.course_title or "")


def _institution_active(case: Case) -> Refusal | None:
    return None if case.seen.institution_active else no.InstitutionNotActive(case.seen.course_title or "")


def _listed(case: Case) -> Refusal | None:
    return None if case.seen.listed else no.NotListedHere(case.seen.course_title or "")


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
    return None if balance >= price else no.BalanceTooLow(balance, price)


Rule = Callable[[Case], Refusal | None]
_CARD = frozenset({"card"})
_OFFER = frozenset({"offer"})
_BOTH = _CARD | _OFFER
_PLATFORM = frozenset({"platform"})
_ACCOUNT = frozenset({"card", "account"})

_CONDITIONS: tuple[tuple[str, frozenset[str], Rule], ...] = (
    (msg("The platform may sell"), _PLATFORM, _platform_active),
    (msg("Nothing is on hold"), frozenset(), _not_held),
    (msg("The card is known"), frozenset(), _card_known),
    (msg("The card is active"), _CARD, _card_active),
    (msg("The balance is still valid this year"), _CARD, _balance_valid),
    (msg("The first purchase is in time"), _CARD, _first_purchase_in_time),
    (msg("The class exists"), frozenset(), _schedule_known),
    (msg("The class belongs to the course"), _OFFER, _schedule_of_course),
    (msg("The course is approved"), _OFFER, _course_approved),
    (msg("The institution is a partner"), _OFFER, _institution_active),
    (msg("The course is sold here"), _OFFER, _listed),
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
)


def _run(name: str, needs: frozenset[str], rule: Rule, case: Case) -> Check:
    if not needs <= _present(case):
        return Check(name, Verdict.NOT_CHECKED)
    refusal = rule(case)
    return Check(name, Verdict.REFUSED if refusal else Verdict.PASS, refusal)


def _present(case: Case) -> set[str]:
    found = {
        "card": case.seen.card_id is not None,
        "offer": case.seen.schedule_id is not None,
        "platform": case.seen.platform_code is not None,
        "account": case.ask.platform_user is not None,
    }
    return {name for name, there in found.items() if there}
