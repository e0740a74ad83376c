"""Who may attend what and when: every way to be told no, and no other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.attendance import answers, rules, trials
from prakarsa.attendance.model import Bought, OpenVerification, RedeemStatus, Ticket, Window
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
from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal
from tests.conftest import NOW

OURS, THEIRS = 7, 8
START = datetime(2020, 8, 21, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_ticket(**changes: object) -> Ticket:
    """A webinar of three meetings on three days; nothing is attended yet."""
    good = Ticket(
        redeem_code="GHOPNYXUVMT0",
        institution_id=OURS,
        mode=CourseMode.WEBINAR,
        course_code="CRS-1",
        invoice_code="INV-1",
        schedule_code="SCH-1",
        platform_name="Pasar Belajar",
        starts_at=START,
        ends_at=START + timedelta(days=20),
        meetings=3,
        meeting_starts=MappingProxyType({n: START + timedelta(days=n - 1) for n in (1, 2, 3)}),
        attended=MappingProxyType({}),
    )
    return replace(good, **changes)  # type: ignore[arg-type]  # each test names real fields


def why_not(ticket: Ticket, sequence: int = 1, *, at: datetime = START, by: int = OURS) -> Refusal | None:
    within = rules.window(ticket, sequence, before=HOUR, after=HOUR)
    return rules.refusal_to_attend(ticket, by, sequence, within=within, now=at)


FIRST_DONE = {1: START}


@pytest.mark.parametrize(
    ("ticket", "sequence", "at", "by", "expected"),
    [
        pytest.param(a_ticket(), 1, START, OURS, None, id="in time"),
        pytest.param(a_ticket(), 1, START, THEIRS, RedeemCodeOfAnother, id="another institution asks"),
        pytest.param(a_ticket(voided_at=NOW), 1, START, OURS, TransactionCancelled, id="purchase cancelled"),
        pytest.param(a_ticket(card_revoked_at=NOW), 1, START, OURS, RedeemCodeCancelled, id="card revoked"),
        pytest.param(a_ticket(), 0, START, OURS, SequenceOutOfRange, id="sequence 0"),
        pytest.param(a_ticket(), 11, START, OURS, SequenceOutOfRange, id="sequence 11"),
        pytest.param(a_ticket(), 998, START, OURS, SequenceOutOfRange, id="sequence 998"),
        pytest.param(a_ticket(attended=FIRST_DONE), 4, START, OURS, SequenceBeyondMeetings, id="fourth of three"),
        pytest.param(
            a_ticket(mode=CourseMode.IN_PERSON), 4, START, OURS, SequenceBeyondMeetings, id="fourth of three in person"
        ),
        pytest.param(
            a_ticket(mode=CourseMode.SELF_PACED, meetings=1, meeting_starts={}, attended=FIRST_DONE),
            2,
            START,
            OURS,
            CourseTypeDoesNotFit,
            id="second meeting of a self-paced course",
        ),
        pytest.param(a_ticket(attended=FIRST_DONE), 1, START, OURS, AlreadyAttended, id="used before"),
        pytest.param(a_ticket(), 2, START + timedelta(days=1), OURS, FirstMeetingMissing, id="second before first"),
        pytest.param(a_ticket(), 999, START + timedelta(days=1), OURS, FirstMeetingMissing, id="test before first"),
        pytest.param(a_ticket(), 1, START - HOUR, OURS, None, id="one hour before"),
        pytest.param(a_ticket(), 1, START - HOUR - timedelta(seconds=1), OURS, TooEarly, id="over an hour before"),
        pytest.param(a_ticket(), 1, START + HOUR, OURS, None, id="one hour after"),
        pytest.param(a_ticket(), 1, START + HOUR + timedelta(seconds=1), OURS, TooLate, id="over an hour after"),
        pytest.param(a_ticket(attended=FIRST_DONE), 2, START, OURS, TooEarly, id="second meeting on the first day"),
        pytest.param(
            a_ticket(attended=FIRST_DONE), 2, START + timedelta(days=1, hours=9), OURS, None, id="later on its own day"
        ),
        pytest.param(a_ticket(attended=FIRST_DONE), 2, START + timedelta(days=2), OURS, TooLate, id="a day too late"),
        pytest.param(a_ticket(attended=FIRST_DONE), 999, START + timedelta(days=9), OURS, None, id="test, no set hour"),
        pytest.param(
            a_ticket(attended=FIRST_DONE), 999, START + timedelta(days=21), OURS, TooLate, id="test, all over"
        ),
    ],
)
def test_why_a_step_cannot_be_attended(
    ticket: Ticket, sequence: int, at: datetime, by: int, expected: type[Refusal] | None
) -> None:
    assert type(why_not(ticket, sequence, at=at, by=by)) is (expected or type(None))


def test_another_institution_learns_nothing_whatever_is_wrong_with_the_code() -> None:
    for ticket in (a_ticket(), a_ticket(voided_at=NOW), a_ticket(card_revoked_at=NOW), a_ticket(attended=FIRST_DONE)):
        refusal = why_not(ticket, 77, by=THEIRS)
        assert isinstance(refusal, RedeemCodeOfAnother)
        assert refusal.facts() == {}


def test_looking_goes_on_when_attending_is_over() -> None:
    used = a_ticket(attended=FIRST_DONE)
    for sequence in (1, 2, 3, 999):
        assert rules.refusal_to_look(used, OURS, sequence) is None


def test_later_meetings_are_open_on_their_whole_day_in_jakarta() -> None:
    late = datetime(2020, 8, 22, 23, 30, tzinfo=JAKARTA)
    open_ = rules.window(a_ticket(meeting_starts={1: START, 2: late}), 2, before=HOUR, after=HOUR)

    assert open_ is not None
    assert open_.opens_at == datetime(2020, 8, 22, tzinfo=JAKARTA)
    assert open_.closes_at == datetime(2020, 8, 22, 23, 59, 59, 999_999, tzinfo=JAKARTA)


def test_a_self_paced_course_is_open_while_its_schedule_runs() -> None:
    ticket = a_ticket(mode=CourseMode.SELF_PACED, meeting_starts={})

    for sequence in (1, 2, 999):
        assert rules.window(ticket, sequence, before=HOUR, after=HOUR) == Window(ticket.starts_at, ticket.ends_at)


@given(
    minutes=st.integers(-3_000, 3_000),
    before=st.integers(0, 600),
    after=st.integers(0, 600),
    seconds=st.integers(0, 59),
)
def test_the_first_meeting_opens_and_closes_to_the_second(minutes: int, before: int, after: int, seconds: int) -> None:
    ticket = a_ticket()
    within = rules.window(ticket, 1, before=timedelta(minutes=before), after=timedelta(minutes=after))
    at = START + timedelta(minutes=minutes, seconds=seconds)
    offset_seconds = minutes * 60 + seconds

    refusal = rules.refusal_to_attend(ticket, OURS, 1, within=within, now=at)

    assert isinstance(refusal, TooEarly) == (offset_seconds < -before * 60)
    assert isinstance(refusal, TooLate) == (offset_seconds > after * 60)


@pytest.mark.parametrize("name", [name for name in trials.CASES if name.endswith("-400")])
def test_a_negative_test_case_meets_its_refusal_everywhere(name: str) -> None:
    case = trials.CASES[name]
    ticket = trials.ticket(case, "PRAT-BCDF23", OURS, {}, NOW)

    for sequence in (1, 2, 999):
        looked, attended = rules.refusal_to_look(ticket, OURS, sequence), why_not(ticket, sequence)
        assert looked is not None
        assert attended is not None
        assert type(looked) is type(attended)


def test_the_negative_cases_cover_every_failure_class_once_for_each_kind_of_course() -> None:
    classes = {RedeemCodeOfAnother, RedeemCodeCancelled, TransactionCancelled, CourseTypeDoesNotFit, AlreadyAttended}
    for kind in ("TC1", "TC2"):
        met = [
            type(trials.refusal(case.failure, trials.ticket(case, "PRAT-BCDF23", OURS, {}, NOW), 1))
            for case in trials.CASES.values()
            if case.name.startswith(kind) and case.failure
        ]
        assert len(set(met)) == len(met)
        assert classes < set(met)


def test_positive_test_cases_can_be_attended_at_any_hour() -> None:
    for name in ("TC1-001-200", "TC1-999-200", "TC2-001-200", "TC2-999-200"):
        case = trials.CASES[name]
        ticket = trials.ticket(case, "PRAT-BCDF23", OURS, trials.starting_attendance(case, NOW), NOW)
        for hours in (0, 7, 23):
            assert why_not(ticket, case.sequence, at=NOW + timedelta(hours=hours)) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("GHOPNYXUVMT0", "GHOPNYXUVMT0"),
        ("  ghopnyxuvmt0\n", "GHOPNYXUVMT0"),
        ("prat-bcdf23", "PRAT-BCDF23"),
        ("", None),
        ("GHOP NYXU", None),
        ("GHOPNYXUVMT\x00", None),
        ("Ａ" * 12, None),
        ("A" * 33, None),
        ("\ud800" * 12, None),
        ("PRAT-BCDF2", None),
    ],
)
def test_codes_are_read_in_any_case_and_nothing_else_is_taken_for_one(typed: str, code: str | None) -> None:
    assert rules.canonical_code(typed) == code


def test_the_status_has_fourteen_members_of_the_right_types() -> None:
    fresh = answers.redeem_status(a_ticket(), 2, language="id")
    assert [getattr(fresh, name) for name in RedeemStatus.__slots__ if name != "held"] == [
        "GHOPNYXUVMT0",
        "CRS-1",
        "INV-1",
        "SCH-1",
        0,
        0,
        "",
        "Pasar Belajar",
        "2020-08-21 - 2020-09-10",
        2,
        fresh.course_type_label,
        fresh.course_learning_method,
        True,
        2,
    ]
    assert fresh.course_type_label
    assert fresh.course_learning_method

    used = answers.redeem_status(a_ticket(attended=FIRST_DONE), 2, language="en")
    assert (used.status, used.attendance_status, used.redeem_at) == (1, 0, "2020-08-21T05:00:00Z")


def test_days_of_a_schedule_are_days_in_jakarta() -> None:
    late = datetime(2020, 8, 20, 17, 0, tzinfo=UTC)  # midnight in Jakarta
    status = answers.redeem_status(a_ticket(starts_at=late, ends_at=late + timedelta(days=1)), 1, language="id")

    assert status.schedule_start_end == "2020-08-21 - 2020-08-22"


@pytest.mark.parametrize(
    "uri",
    [
        "https://lp.example/callback",
        "https://lp.example/callback?course=7&next=%2Fa%3Fb",
        "https://lp.example/callback?",
        "https://lp.example:8443/callback?course=7#part",
    ],
)
def test_the_browser_goes_back_with_state_and_outcome_and_the_own_query_kept(uri: str) -> None:
    before = urlsplit(uri)
    after = urlsplit(answers.redirect_with(uri, "s-1&x=/", matched=False))

    assert after._replace(query="") == before._replace(query="")
    assert parse_qs(after.query) == parse_qs(before.query) | {"state": ["s-1&x=/"], "status": ["failed"]}
    assert after.query.startswith(before.query)
    assert "status=success" in answers.redirect_with(uri, "s", matched=True)


def a_verification(**changes: object) -> OpenVerification:
    good = OpenVerification(
        verification_id=1,
        bought=Bought(1, "TRX", 1, 42),
        person_public_id="p-1",
        test_code=None,
        sequence=1,
        redirect_uri="https://lp.example/callback",
        expires_at=NOW + rules.VERIFICATION_LIFE,
        consented_at=None,
        check_id=None,
        outcome=None,
    )
    return replace(good, **changes)  # type: ignore[arg-type]  # each test names real fields


@pytest.mark.parametrize(
    ("verification", "person_id", "at", "expected"),
    [
        pytest.param(a_verification(), 42, NOW, None, id="the owner"),
        pytest.param(a_verification(), None, NOW, SignInNeeded, id="nobody signed in"),
        pytest.param(a_verification(), 43, NOW, NotYourVerification, id="somebody else"),
        pytest.param(a_verification(outcome="no_match"), 42, NOW, VerificationUsed, id="used"),
        pytest.param(a_verification(), 42, NOW + timedelta(minutes=15), VerificationExpired, id="fifteen minutes on"),
        pytest.param(a_verification(), 42, NOW + timedelta(minutes=15, seconds=-1), None, id="a second before that"),
        pytest.param(a_verification(bought=None, test_code="PRAT-BCDF23"), None, NOW, None, id="a test needs nobody"),
    ],
)
def test_who_may_consent(
    verification: OpenVerification, person_id: int | None, at: datetime, expected: type[Refusal] | None
) -> None:
    assert type(rules.refusal_to_consent(verification, person_id, at)) is (expected or type(None))


def test_a_check_consented_to_in_time_may_end_after_the_link_has() -> None:
    consented = a_verification(consented_at=NOW + timedelta(minutes=14))

    assert rules.refusal_to_conclude(consented, NOW + timedelta(minutes=20)) is None
    assert isinstance(rules.refusal_to_conclude(consented, NOW + timedelta(minutes=29)), VerificationExpired)
