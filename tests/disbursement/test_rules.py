"""When payments are due, what a failure leads to, which account numbers can be right: decided without a database."""

import calendar
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.disbursement import messages, rules
from prakarsa.disbursement.model import (
    CANCEL_WORDS,
    FAILURE_REMEDIES,
    FAILURE_WORDS,
    Account,
    CancelReason,
    PayoutFailure,
    PayoutState,
    Provider,
    Retry,
    Standing,
)
from prakarsa.disbursement.refusals import AccountNotLinked, BadAccountNumber, NotEntitled, NotPayable, UnknownProvider
from prakarsa.journal.model import Template
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme.actions import read_scheme_file
from prakarsa.programme.model import Terms
from prakarsa.programme.rules import terms_in_force
from tests.conftest import NOW

MOMENTS = st.integers(0, 15 * 366 * 86_400).map(lambda s: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


def terms(**bent: Any) -> Terms:
    usual = terms_in_force(read_scheme_file("prakerja-2020").parameters, 4, NOW.date())
    return Terms(**({name: getattr(usual, name) for name in Terms.__dataclass_fields__} | bent))


@pytest.mark.parametrize(
    ("first", "months", "days"),
    [
        ("2020-09-15", 1, ["2020-09-15", "2020-10-15", "2020-11-15", "2020-12-15"]),
        ("2020-10-31", 1, ["2020-10-31", "2020-11-30", "2020-12-31", "2021-01-31"]),
        ("2020-11-30", 1, ["2020-11-30", "2020-12-30", "2021-01-30", "2021-02-28"]),
        ("2023-12-31", 2, ["2023-12-31", "2024-02-29", "2024-04-30", "2024-06-30"]),
        ("2020-02-29", 12, ["2020-02-29", "2021-02-28", "2022-02-28", "2023-02-28"]),
    ],
)
def test_each_payment_is_due_on_the_same_day_of_a_later_month(first: str, months: int, days: list[str]) -> None:
    at = datetime.fromisoformat(f"{first}T23:30:00").replace(tzinfo=JAKARTA)

    due = rules.due_dates(at, 4, months)

    assert [f"{moment.astimezone(JAKARTA):%Y-%m-%d %H:%M}" for moment in due] == [f"{day} 23:30" for day in days]


@given(first=MOMENTS, count=st.integers(0, 24), months=st.integers(1, 12))
def test_due_dates_grow_by_calendar_months_in_jakarta(first: datetime, count: int, months: int) -> None:
    due = rules.due_dates(first, count, months)

    assert len(due) == count
    assert due[:1] == [first][:count]
    start = first.astimezone(JAKARTA)
    for place, moment in enumerate(due):
        local = moment.astimezone(JAKARTA)
        assert (local.year - start.year) * 12 + local.month - start.month == place * months
        assert local.day == min(start.day, calendar.monthrange(local.year, local.month)[1])
        assert local.time() == start.time()


@given(faults=st.integers(1, 10_000))
def test_pauses_grow_and_stay_bounded(faults: int) -> None:
    assert timedelta() < rules.pause_after(faults) <= rules.pause_after(faults + 1) <= rules.LONGEST_PAUSE


def test_a_providers_fault_is_repeated_for_some_days_and_then_left_to_people() -> None:
    at, faults = NOW, 0
    for _ in range(rules.AUTOMATIC_ATTEMPTS - 1):
        fate = rules.after_failure(PayoutFailure.PROVIDER_FAULT, faults, at)
        assert fate.state is PayoutState.SCHEDULED
        at, faults = fate.next_attempt_at, fate.faults

    assert rules.after_failure(PayoutFailure.PROVIDER_FAULT, faults, at).state is PayoutState.FAILED
    assert timedelta(days=2) < at - NOW < timedelta(days=7)


@pytest.mark.parametrize("failure", [f for f in PayoutFailure if f.retry is not Retry.AUTOMATIC])
def test_every_other_failure_waits_for_the_person(failure: PayoutFailure) -> None:
    assert rules.after_failure(failure, 3, NOW) == rules.Fate(PayoutState.FAILED, 0, NOW)


@given(amounts=st.lists(st.integers(1, 10**9), max_size=40), budget=st.integers(0, 10**10))
def test_a_budget_covers_the_first_payments_and_not_one_more(amounts: list[int], budget: int) -> None:
    covered = rules.lines_covered(amounts, budget)

    assert sum(amounts[:covered]) <= budget
    assert covered == len(amounts) or sum(amounts[: covered + 1]) > budget


@pytest.mark.parametrize(
    ("provider", "typed", "kept"),
    [
        (Provider.BNI, "8000123456", "8000123456"),
        (Provider.BCA, " 800-012 34.56 ", "8000123456"),
        (Provider.OVO, "0812 3456 7890", "081234567890"),
        (Provider.GOPAY, "+62 812-3456-7890", "081234567890"),
        (Provider.DANA, "6281234567890", "081234567890"),
        (Provider.LINKAJA, "08000000123", "08000000123"),
    ],
)
def test_a_number_is_kept_in_one_form_however_it_is_typed(provider: Provider, typed: str, kept: str) -> None:
    assert rules.read_account(provider, typed) == Account(provider, kept)


@pytest.mark.parametrize(
    ("provider", "typed", "problem"),
    [
        (Provider.BNI, "", rules.NOT_TEN_DIGITS),
        (Provider.BNI, "123456789", rules.NOT_TEN_DIGITS),
        (Provider.BNI, "11111111111", rules.NOT_TEN_DIGITS),
        (Provider.BNI, "081234567890", rules.NOT_TEN_DIGITS),
        (Provider.BNI, "800012345x", rules.NOT_TEN_DIGITS),
        (Provider.BNI, "٨٠٠٠١٢٣٤٥٦", rules.NOT_TEN_DIGITS),
        (Provider.BCA, "8000123456\x00", rules.NOT_TEN_DIGITS),
        (Provider.BCA, "8" * 100_000, rules.NOT_TEN_DIGITS),
        (Provider.BCA, "0000000000", rules.ONE_DIGIT_ONLY),
        (Provider.BCA, "1111111111", rules.ONE_DIGIT_ONLY),
        (Provider.OVO, "11111111111", rules.NOT_A_MOBILE),
        (Provider.OVO, "8000123456x", rules.NOT_A_MOBILE),
        (Provider.DANA, "0215551234", rules.NOT_A_MOBILE),
        (Provider.GOPAY, "", rules.NOT_A_MOBILE),
        (Provider.GOPAY, "081111111111", rules.ONE_DIGIT_ONLY),
        (Provider.LINKAJA, "+6280000000000", rules.ONE_DIGIT_ONLY),
    ],
)
def test_a_number_that_cannot_be_an_account_is_refused(provider: Provider, typed: str, problem: str) -> None:
    with pytest.raises(BadAccountNumber) as refused:
        rules.read_account(provider, typed)

    assert refused.value.problem == problem
    assert not typed or typed not in str(refused.value.facts())


@given(provider=st.sampled_from(Provider), typed=st.text() | st.text("0123456789+-. ", max_size=20))
def test_whatever_is_typed_is_an_account_or_refused(provider: Provider, typed: str) -> None:
    try:
        account = rules.read_account(provider, typed)
    except BadAccountNumber:
        return
    assert account.number.isascii()
    assert account.number.isdigit()
    assert rules.read_account(provider, account.number) == account


def test_providers_are_known_by_name_in_any_case() -> None:
    assert rules.read_provider(" gopay ") is Provider.GOPAY
    with pytest.raises(UnknownProvider) as refused:
        rules.read_provider("Bank Jauh Sekali di Ujung Dunia" * 100)
    assert len(refused.value.provider) <= 20
    assert refused.value.known == "BNI, BCA, OVO, LINKAJA, GOPAY, DANA"


STANDING = Standing(
    person_id=1, wave_id=1, wave_number=4, card_state="active", barred=False, linked=True, purchase_id=1, rated_at=NOW
)


def standing(**bent: Any) -> Standing:
    return Standing(**({name: getattr(STANDING, name) for name in Standing.__dataclass_fields__} | bent))


@pytest.mark.parametrize(
    ("bent", "expected"),
    [
        ({}, []),
        ({"card_state": None, "wave_number": None}, [NotPayable(rules.NO_CARD)]),
        ({"card_state": "revoked", "linked": False}, [NotEntitled(CANCEL_WORDS[CancelReason.CARD_REVOKED])]),
        ({"barred": True}, [NotEntitled(CANCEL_WORDS[CancelReason.PERSON_BARRED])]),
        ({"purchase_id": None, "rated_at": None}, [NotPayable(rules.NOT_COMPLETED)]),
        ({"rated_at": None}, [NotPayable(rules.NOT_RATED)]),
        ({"rated_at": None, "linked": False}, [NotPayable(rules.NOT_RATED), AccountNotLinked()]),
        ({"linked": False}, [AccountNotLinked()]),
    ],
)
def test_an_incentive_waits_for_every_condition(bent: dict[str, Any], expected: list[Refusal]) -> None:
    reasons = rules.reasons_not_to_schedule(standing(**bent), terms())

    assert [(r.code, r.facts()) for r in reasons] == [(r.code, r.facts()) for r in expected]


def test_no_rating_is_needed_where_policy_asks_for_none() -> None:
    assert rules.reasons_not_to_schedule(standing(rated_at=None), terms(rating_required_for_payout=False)) == []


def test_every_failure_has_a_cause_and_a_remedy_of_its_own() -> None:
    assert set(FAILURE_WORDS) == set(FAILURE_REMEDIES) == set(PayoutFailure)
    assert len(set(FAILURE_WORDS.values())) == len(PayoutFailure)
    assert set(CANCEL_WORDS) == set(CancelReason)


def test_messages_carry_the_names_they_are_known_by() -> None:
    ours = [value for value in vars(messages).values() if isinstance(value, Template)]
    assert sorted(t.name for t in ours) == [
        "payout.account_linked",
        "payout.cancelled",
        "payout.delayed",
        "payout.failed",
        "payout.paid",
        "payout.scheduled",
    ]
    assert all(Template.every[template.name] is template for template in ours)
