"""Who may buy, decided by values alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.hold.model import Hold, Pause
from prakarsa.hold.refusals import OfferHeld, SellingHeld
from prakarsa.kernel.refusal import ClockEffect, Refusal
from prakarsa.programme import actions as programme
from prakarsa.programme.rules import terms_in_force
from prakarsa.purchase import refusals as no
from prakarsa.purchase.model import Ask, Sale, Situation, Verdict
from prakarsa.purchase.rules import (
    Case,
    after_sale,
    age_on,
    checks,
    commission_idr,
    first_purchase_clock,
    first_refusal,
    has_run_out,
)
from tests.conftest import NOW

DAY = timedelta(days=1)
PARAMETERS = programme.read_scheme_file("prakerja-2020").parameters
TERMS = terms_in_force(PARAMETERS, 4, date(2020, 8, 16))
LATER_TERMS = terms_in_force(PARAMETERS, 12, date(2021, 3, 1))

ASK = Ask(b"n", 1, "user-1", "CRS-1", "SCH-1", 500_000)
SEEN = Situation(
    place=1,
    card_id=1,
    person_id=1,
    card_state="active",
    is_probe=False,
    notified_at=NOW,
    account_id=1,
    balance_idr=1_000_000,
    wave_number=4,
    budget_year=2020,
    person_name="Sari",
    birth_date=date(1990, 8, 17),
    education="sma",
    has_live_purchase=False,
    owns_course=False,
    unfinished_course=None,
    unrated_course=None,
    last_completed_at=None,
    platform_code="pasar",
    platform_active=True,
    other_platform_user=None,
    account_of_other_card=False,
    schedule_id=1,
    schedule_course_code="CRS-1",
    starts_at=NOW + 5 * DAY,
    enrolment_closes_at=NOW + 4 * DAY,
    seats_left=1,
    course_id=1,
    course_title="Barista",
    course_state="approved",
    course_mode="webinar",
    course_misses=0,
    price_idr=500_000,
    min_age_years=None,
    max_age_years=None,
    min_education=None,
    institution_id=2,
    institution_code="balai",
    institution_active=True,
    listed=True,
    listed_apart=True,
)


def a_case(*, now_days: float = 0, ask: Ask = ASK, terms: object = TERMS, **bent: object) -> Case:
    """A purchase that can be made; each test bends only the field it is about."""
    return Case(ask, replace(SEEN, **bent), terms, (), (), NOW + now_days * DAY)  # type: ignore[arg-type]  # any field may be bent


def a_hold(scope: str, target: str | None, capability: str = "selling") -> Hold:
    return Hold(
        hold_id=1,
        hold_code="HLD-1",
        scope=scope,
        target_code=target,
        target_name="Target",
        reason_code="technical",
        legal_basis="art. 1",
        public_words="words",
        notice_to="all",
        notice_at=NOW,
        placed_by="s",
        placed_at=NOW,
        starts_at=NOW,
        ends_at=NOW + 9 * DAY,
        review_at=None,
        lifted_at=None,
        lifted_by=None,
        lift_reason=None,
        capability=capability,
        basis_version="",
        public_words_en="",
        evidence=[],
        proportionality="",
        answer_by_at=None,
        second_person=None,
        party="",
        four_eyes=False,
        over_at=NOW + 9 * DAY,
    )


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(a_case(), None, id="everything holds"),
        pytest.param(a_case(balance_idr=500_000), None, id="to the last rupiah"),
        pytest.param(a_case(balance_idr=499_999), no.BalanceTooLow, id="one rupiah short"),
        pytest.param(a_case(platform_active=False), no.PlatformNotActive, id="platform ended"),
        pytest.param(a_case(card_id=None), no.CardUnknown, id="unknown card"),
        pytest.param(a_case(card_state="revoked"), no.CardRevoked, id="revoked card"),
        pytest.param(
            a_case(
                now_days=122, starts_at=NOW + 200 * DAY, enrolment_closes_at=NOW + 199 * DAY, has_live_purchase=True
            ),
            no.BalanceLapsed,
            id="after 15 December",
        ),
        pytest.param(
            a_case(now_days=32, starts_at=NOW + 50 * DAY, enrolment_closes_at=NOW + 49 * DAY),
            no.FirstPurchaseTooLate,
            id="first purchase too late",
        ),
        pytest.param(
            a_case(now_days=32, starts_at=NOW + 50 * DAY, enrolment_closes_at=NOW + 49 * DAY, has_live_purchase=True),
            None,
            id="only the first purchase has that clock",
        ),
        pytest.param(a_case(schedule_id=None), no.ScheduleUnknown, id="unknown class"),
        pytest.param(a_case(schedule_course_code="CRS-2"), no.ScheduleMismatch, id="class of another course"),
        pytest.param(a_case(course_state="withdrawn"), no.CourseNotOnSale, id="course not approved"),
        pytest.param(a_case(institution_active=False), no.InstitutionNotActive, id="institution not decreed"),
        pytest.param(a_case(listed=False), no.NotListedHere, id="not listed on this platform"),
        pytest.param(a_case(now_days=5), no.TrainingStarted, id="began this very moment"),
        pytest.param(a_case(now_days=4.5), no.EnrolmentClosed, id="enrolment over"),
        pytest.param(a_case(now_days=4), None, id="the last moment of enrolment"),
        pytest.param(a_case(seats_left=0), no.SoldOut, id="sold out"),
        pytest.param(a_case(min_age_years=30), no.AgeNotMet, id="one day too young"),
        pytest.param(a_case(now_days=1, min_age_years=30), None, id="old enough on the birthday"),
        pytest.param(a_case(max_age_years=28), no.AgeNotMet, id="too old"),
        pytest.param(a_case(min_education="diploma"), no.EducationNotMet, id="education too low"),
        pytest.param(a_case(min_education="sma"), None, id="education just enough"),
        pytest.param(a_case(ask=replace(ASK, amount_idr=1)), no.PriceMismatch, id="another price"),
        pytest.param(a_case(owns_course=True), no.BoughtAlready, id="same course again"),
        pytest.param(a_case(unfinished_course="SQL"), None, id="2020: courses may run side by side"),
        pytest.param(a_case(unfinished_course="SQL", terms=LATER_TERMS), no.EarlierCourseOpen, id="2021: one by one"),
        pytest.param(a_case(unrated_course="SQL"), no.EarlierCourseUnrated, id="rate the last one first"),
        pytest.param(a_case(account_of_other_card=True), no.AccountOfOtherCard, id="account of another card"),
        pytest.param(a_case(other_platform_user="user-2"), no.CardOfOtherAccount, id="card of another account"),
        pytest.param(a_case(other_platform_user="user-1"), None, id="the same account again"),
    ],
)
def test_the_first_refusal(case: Case, expected: type[Refusal] | None) -> None:
    refusal = first_refusal(case)

    assert (type(refusal) if refusal else None) == expected


@pytest.mark.parametrize(
    ("scope", "target", "expected"),
    [
        ("programme", None, SellingHeld),
        ("platform", "pasar", OfferHeld),
        ("institution", "balai", OfferHeld),
        ("course", "CRS-1", OfferHeld),
        ("platform", "other", None),
        ("course", "CRS-2", None),
    ],
)
def test_a_hold_comes_before_anything_that_is_the_buyers_fault(
    scope: str, target: str | None, expected: type[Refusal] | None
) -> None:
    case = replace(a_case(balance_idr=0), holds=(a_hold(scope, target),))

    assert type(first_refusal(case)) is (expected or no.BalanceTooLow)


@pytest.mark.parametrize(("pauses", "effect"), [(True, ClockEffect.PAUSED), (False, ClockEffect.RUNS)])
def test_a_hold_says_of_the_deadline_what_policy_makes_of_it(pauses: bool, effect: ClockEffect) -> None:
    case = replace(a_case(), holds=(a_hold("programme", None),))
    assert case.terms is not None
    case = replace(case, terms=replace(case.terms, deadline_pause_on_hold=pauses))

    refusal = first_refusal(case)
    assert refusal is not None
    assert refusal.clock is effect
    assert SellingHeld.clock is ClockEffect.PAUSED


def test_every_check_is_listed_and_what_cannot_be_checked_says_so() -> None:
    listed = checks(a_case(card_id=None, schedule_id=None))
    outcome = {check.name: check.verdict for check in listed}

    assert outcome["The card is known"] is Verdict.REFUSED
    assert outcome["The balance covers the price"] is Verdict.NOT_CHECKED
    assert all((check.refusal is not None) == (check.verdict is Verdict.REFUSED) for check in listed)


@given(
    card=st.booleans(),
    offer=st.booleans(),
    platform=st.booleans(),
    account=st.booleans(),
    balance=st.integers(0, 10**7),
)
def test_no_combination_of_missing_things_breaks_the_rules(
    card: bool, offer: bool, platform: bool, account: bool, balance: int
) -> None:
    bent: dict[str, object] = {"balance_idr": balance}
    if not card:
        bent |= dict.fromkeys(("card_id", "card_state", "notified_at", "budget_year", "balance_idr", "birth_date"))
    if not offer:
        bent |= dict.fromkeys(("schedule_id", "starts_at", "enrolment_closes_at", "seats_left", "price_idr"))
    if not platform:
        bent |= {"platform_code": None, "platform_active": False}
    case = a_case(ask=ASK if account else replace(ASK, platform_user=None), **bent)
    if not card:
        case = replace(case, terms=None)

    assert (first_refusal(case) is None) == all(check.verdict is not Verdict.REFUSED for check in checks(case))


def a_sale(**bent: object) -> Sale:
    sale = Sale(
        card_id=1,
        person_id=1,
        account_id=1,
        intent_id=1,
        platform_id=1,
        platform_user="user-1",
        institution_id=2,
        institution_code="balai",
        course_id=2,
        course_title="SQL",
        schedule_id=1,
        invoice_code="INV",
        invoice_url="https://dp.example/INV",
        transaction_code="T",
        redeem_code="R",
        amount_idr=600_000,
    )
    return replace(sale, **bent)  # type: ignore[arg-type]  # any field may be bent


def test_what_a_neighbour_in_the_batch_took_is_gone() -> None:
    seen = after_sale(SEEN, ASK, a_sale())

    assert (seen.seats_left, seen.balance_idr, seen.has_live_purchase) == (0, 400_000, True)
    assert (seen.unfinished_course, seen.other_platform_user, seen.owns_course) == ("SQL", "user-1", False)
    assert after_sale(SEEN, ASK, a_sale(card_id=2, schedule_id=2, platform_user="user-2")) == SEEN
    assert after_sale(SEEN, ASK, a_sale(card_id=2)).account_of_other_card


@given(held=st.integers(1, 40 * 86_400))
def test_a_hold_gives_back_exactly_its_length(held: int) -> None:
    pause = Pause(NOW + DAY, NOW + DAY + timedelta(seconds=held), "HLD", "words")
    now = NOW + 100 * DAY
    clock = first_purchase_clock(NOW, TERMS, [pause], has_purchase=False, now=now)

    assert clock.paused == timedelta(seconds=held)
    assert has_run_out(clock, clock.deadline_at + timedelta(seconds=1))
    assert not has_run_out(clock, clock.deadline_at)


def test_a_clock_that_stands_still_takes_no_card_away() -> None:
    endless = Pause(NOW + 29 * DAY, None, "HLD", "words")
    now = NOW + 200 * DAY
    assert not has_run_out(first_purchase_clock(NOW, TERMS, [endless], has_purchase=False, now=now), now)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(1990, 8, 17), date(2020, 8, 17), 30),
        (date(1990, 8, 17), date(2020, 8, 16), 29),
    ],
)
def test_age_in_full_years(born: date, on: date, years: int) -> None:
    assert age_on(born, on) == years


@given(amount=st.integers(1, 10**9), percent=st.integers(0, 15))
def test_commission_never_exceeds_its_share(amount: int, percent: int) -> None:
    assert commission_idr(amount, percent) * 100 <= amount * percent
    assert amount - commission_idr(amount, percent) > 0


def test_refusals_of_our_own_making_pause_the_clock() -> None:
    assert SellingHeld.clock is ClockEffect.PAUSED
    assert OfferHeld.clock is ClockEffect.PAUSED
