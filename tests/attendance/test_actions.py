"""Redeem codes and identity checks on a real database, with a real provider."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from prakarsa.attendance import actions, rules, trials
from prakarsa.attendance.model import Opened
from prakarsa.attendance.refusals import (
    AlreadyAttended,
    CheckNotFinished,
    EmailAlreadyUsed,
    FirstMeetingMissing,
    NotAPositiveTestCode,
    NotATestCode,
    NotYourVerification,
    RedeemCodeOfAnother,
    RedeemCodeUnknown,
    RedirectNotRegistered,
    SignInNeeded,
    TooLate,
    TransactionCancelled,
    VerificationExpired,
    VerificationUnknown,
    VerificationUsed,
)
from prakarsa.catalogue.model import CourseMode
from prakarsa.gateways.identity import IdentityProviderClient
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import BadField
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Purchase, VoidOrder
from prakarsa.purchase.payment_refusals import RedeemedAlready
from tests.attendance.conftest import RETURN_URL, Scan
from tests.conftest import NOW
from tests.worlds import (
    INSTITUTION,
    PLATFORM,
    REDIRECT,
    a_card,
    a_class,
    a_platform,
    a_purchase,
    an_institution,
    cancel,
    deeds,
)

BASE_URL = "https://prakarsa.example/"
START = NOW + timedelta(days=5)
EMAIL = "peserta@lms.example"


def opened(tx: Tx, purchase: Purchase, sequence: int = 1, *, now: datetime = START, email: str = EMAIL) -> Opened:
    institution = an_institution(tx)
    return actions.open_verification(
        tx, institution, purchase.redeem_code, sequence, email, REDIRECT, BASE_URL, now=now
    )


def walked(
    tx: Tx,
    purchase: Purchase,
    provider: IdentityProviderClient,
    scan: Scan,
    sequence: int = 1,
    *,
    button: str = "match",
    now: datetime = START,
) -> str:
    """One identity check from link to return; where the browser is sent."""
    state = opened(tx, purchase, sequence, now=now).state
    url = actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=now)
    return actions.conclude(tx, state, scan(url, button), provider, now=now).redirect_to


def jobs_waiting(tx: Tx) -> list[str]:
    return tx.values("SELECT task_name FROM jobs.procrastinate_jobs WHERE status = 'todo'")


def test_a_person_proves_to_be_there_and_the_institution_sees_it(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    purchase = a_purchase(tx)
    link = opened(tx, purchase)
    assert link.url == f"https://prakarsa.example/verify/{link.state}"
    assert (link.course_type, bool(link.learning_method)) == (2, True)
    page = actions.verification(tx, link.state, now=START)
    assert (page.institution_name, page.course_title, page.sequence) == (
        f"Lembaga {INSTITUTION}",
        purchase.course_title,
        1,
    )
    assert not page.is_test

    url = actions.consent(tx, link.state, purchase.person_id, provider, RETURN_URL, now=START)
    with pytest.raises(CheckNotFinished):
        actions.conclude(tx, link.state, url.rpartition("/")[2], provider, now=START)
    check_id = scan(url, "match")
    outcome = actions.conclude(tx, link.state, check_id, provider, now=START)

    assert outcome.matched
    assert outcome.redirect_to == f"{REDIRECT}&state={link.state}&status=success"
    assert actions.attended(tx, purchase.purchase_id) == {1}
    status = actions.redeem_status(tx, an_institution(tx), purchase.redeem_code, 1, now=START)
    assert (status.status, status.attendance_status, status.redeem_at) == (1, 1, "2020-08-21T05:00:00Z")
    assert deeds(tx, purchase.person_id)[-3:] == [
        "attendance.consented",
        "attendance.checked",
        "attendance.attended",
    ]
    again = actions.conclude(tx, link.state, check_id, provider, now=START + timedelta(hours=3))
    assert again == outcome
    with pytest.raises(VerificationUsed):
        actions.verification(tx, link.state, now=START)
    with pytest.raises(VerificationUsed):
        actions.consent(tx, link.state, purchase.person_id, provider, RETURN_URL, now=START)


def test_a_failed_check_is_recorded_and_may_be_tried_again(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    purchase = a_purchase(tx)

    assert walked(tx, purchase, provider, scan, button="no_match").endswith("&status=failed")
    assert actions.attended(tx, purchase.purchase_id) == set()
    assert deeds(tx, purchase.person_id)[-1] == "attendance.checked"

    assert walked(tx, purchase, provider, scan).endswith("&status=success")
    assert actions.attended(tx, purchase.purchase_id) == {1}
    with pytest.raises(AlreadyAttended):
        opened(tx, purchase)


def test_two_links_for_one_meeting_attend_it_once(tx: Tx, provider: IdentityProviderClient, scan: Scan) -> None:
    purchase = a_purchase(tx)
    states = [opened(tx, purchase).state, opened(tx, purchase).state]
    urls = [actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=START) for state in states]

    outcomes = [
        actions.conclude(tx, state, scan(url, "match"), provider, now=START + timedelta(minutes=place))
        for place, (state, url) in enumerate(zip(states, urls, strict=True))
    ]

    assert [outcome.matched for outcome in outcomes] == [True, True]
    assert deeds(tx, purchase.person_id).count("attendance.attended") == 1
    assert actions.redeem_status(tx, an_institution(tx), purchase.redeem_code, 1, now=START).redeem_at.endswith("00Z")


def test_only_the_owner_may_consent(tx: Tx, provider: IdentityProviderClient) -> None:
    purchase, stranger = a_purchase(tx), a_card(tx)
    state = opened(tx, purchase).state

    with pytest.raises(SignInNeeded):
        actions.consent(tx, state, None, provider, RETURN_URL, now=START)
    with pytest.raises(NotYourVerification):
        actions.consent(tx, state, stranger.person_id, provider, RETURN_URL, now=START)
    assert actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=START)


def test_a_check_that_belongs_to_another_verification_proves_nothing(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    mine, theirs = a_purchase(tx), a_purchase(tx)
    states = [opened(tx, mine).state, opened(tx, theirs, email="lain@lms.example").state]
    actions.consent(tx, states[0], mine.person_id, provider, RETURN_URL, now=START)
    passed = scan(actions.consent(tx, states[1], theirs.person_id, provider, RETURN_URL, now=START), "match")

    for check_id in (passed, "", "x", "\ud800", "a\x00b"):
        with pytest.raises(VerificationUnknown):
            actions.conclude(tx, states[0], check_id, provider, now=START)
    with pytest.raises(VerificationUnknown):
        actions.conclude(tx, opened(tx, mine).state, passed, provider, now=START)
    assert actions.attended(tx, mine.purchase_id) == set()


def test_a_new_consent_drops_the_check_before_it(tx: Tx, provider: IdentityProviderClient, scan: Scan) -> None:
    purchase = a_purchase(tx)
    state = opened(tx, purchase).state
    first = actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=START)
    second = actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=START)

    with pytest.raises(VerificationUnknown):
        actions.conclude(tx, state, scan(first, "match"), provider, now=START)
    assert actions.conclude(tx, state, scan(second, "match"), provider, now=START).matched


def test_a_link_lives_fifteen_minutes_and_the_check_as_long_from_the_consent_on(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    purchase = a_purchase(tx)
    state = opened(tx, purchase).state
    late = START + rules.VERIFICATION_LIFE
    with pytest.raises(VerificationExpired):
        actions.verification(tx, state, now=late)
    with pytest.raises(VerificationExpired):
        actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=late)

    last = late - timedelta(seconds=1)
    check_id = scan(actions.consent(tx, state, purchase.person_id, provider, RETURN_URL, now=last), "match")
    with pytest.raises(VerificationExpired):
        actions.conclude(tx, state, check_id, provider, now=last + rules.VERIFICATION_LIFE)
    assert actions.conclude(tx, state, check_id, provider, now=late + timedelta(minutes=5)).matched


@pytest.mark.parametrize("state", ["", "nothing", "\ud800", "a\x00b", "x" * 10_000])
def test_a_link_nobody_made_is_refused(tx: Tx, provider: IdentityProviderClient, state: str) -> None:
    for verb in (
        lambda: actions.verification(tx, state, now=NOW),
        lambda: actions.consent(tx, state, 1, provider, RETURN_URL, now=NOW),
        lambda: actions.conclude(tx, state, "c", provider, now=NOW),
    ):
        with pytest.raises(VerificationUnknown):
            verb()


def test_the_database_keeps_neither_the_state_nor_the_address(tx: Tx) -> None:
    state = opened(tx, a_purchase(tx)).state
    kept = tx.value(
        "SELECT string_agg(row::text, ' ') FROM (SELECT verification::text FROM attendance.verification UNION ALL "
        "SELECT learning_account::text FROM attendance.learning_account UNION ALL "
        "SELECT entry::text FROM journal.entry) AS row"
    )
    assert len(state) == 43  # 256 bits
    assert state not in kept
    assert EMAIL not in kept


def test_people_are_sent_only_to_registered_addresses(tx: Tx) -> None:
    purchase = a_purchase(tx)
    institution = an_institution(tx)
    for uri in (REDIRECT + "&", REDIRECT.upper(), REDIRECT.replace("https", "http"), "", "a\x00b", "\ud800"):
        with pytest.raises(RedirectNotRegistered):
            actions.open_verification(tx, institution, purchase.redeem_code, 1, EMAIL, uri, BASE_URL, now=START)


def test_one_learning_account_per_course_and_address(tx: Tx) -> None:
    course, other = a_class(tx), a_class(tx)
    card = a_card(tx)
    first = a_purchase(tx, card=card, of=course)
    opened(tx, first)
    opened(tx, first, email=" Peserta@LMS.example ")
    opened(tx, a_purchase(tx, of=other))

    second = a_purchase(tx, of=course)
    with pytest.raises(EmailAlreadyUsed):
        opened(tx, second, email=EMAIL.upper())
    opened(tx, second, email="lain@lms.example")

    cancel(tx, first)
    opened(tx, a_purchase(tx, card=card, of=course))


@pytest.mark.parametrize("email", ["", "peserta", "a@b", "a b@c.id", "a@b\x00.id", "\ud800@c.id", "x" * 65 + "@c.id"])
def test_what_is_no_address_is_refused(tx: Tx, email: str) -> None:
    with pytest.raises(BadField):
        opened(tx, a_purchase(tx), email=email)


def test_codes_unknown_and_of_another_institution(tx: Tx) -> None:
    purchase, ours, theirs = a_purchase(tx), an_institution(tx), an_institution(tx, "balai-dua")
    for code in ("GHOPNYXUVMT0", "", "\x00", "PRAT-ZZZZ22", "'; --", "x" * 100_000):
        with pytest.raises(RedeemCodeUnknown):
            actions.redeem_status(tx, ours, code, 1, now=START)
    with pytest.raises(RedeemCodeOfAnother) as told:
        actions.redeem_status(tx, theirs, purchase.redeem_code, 1, now=START)
    assert told.value.facts() == {}
    with pytest.raises(RedeemCodeOfAnother):
        actions.commit(tx, theirs, purchase.redeem_code, now=START)
    with pytest.raises(RedeemCodeOfAnother):
        actions.redeem_status(tx, a_platform(tx), purchase.redeem_code, 1, now=START)


def test_a_typed_code_is_found_in_any_case(tx: Tx) -> None:
    purchase = a_purchase(tx)
    typed = f" {purchase.redeem_code.lower()} "

    assert actions.redeem_status(tx, an_institution(tx), typed, 1, now=NOW).redeem_code == purchase.redeem_code


def test_commit_attends_the_first_meeting_once_on_the_institutions_word(tx: Tx) -> None:
    purchase, institution = a_purchase(tx, meetings=2), an_institution(tx)

    status = actions.commit(tx, institution, purchase.redeem_code, now=START)

    assert (status.status, status.attendance_status, status.sequence) == (1, 1, 1)
    assert tx.value("SELECT proof FROM attendance.attended") == "code_only"
    with pytest.raises(AlreadyAttended):
        actions.commit(tx, institution, purchase.redeem_code, now=START)
    with pytest.raises(TooLate):
        actions.commit(tx, institution, a_purchase(tx).redeem_code, now=START + timedelta(hours=2))
    assert jobs_waiting(tx) == []


def test_a_cancelled_purchase_takes_its_code_along_and_a_used_code_keeps_the_purchase(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    purchase, institution = a_purchase(tx), an_institution(tx)
    link = opened(tx, purchase)
    url = actions.consent(tx, link.state, purchase.person_id, provider, RETURN_URL, now=START)
    check_id = scan(url, "match")
    cancel(tx, purchase)
    for verb in (
        lambda: actions.redeem_status(tx, institution, purchase.redeem_code, 1, now=START),
        lambda: actions.commit(tx, institution, purchase.redeem_code, now=START),
        lambda: actions.consent(tx, link.state, purchase.person_id, provider, RETURN_URL, now=START),
        lambda: actions.conclude(tx, link.state, check_id, provider, now=START),
    ):
        with pytest.raises(TransactionCancelled), tx.savepoint():
            verb()

    used = a_purchase(tx)
    actions.commit(tx, institution, used.redeem_code, now=START)
    [answer] = purchases.void(tx, [VoidOrder(a_platform(tx), used.invoice_code, used.transaction_code)], now=START)
    assert isinstance(answer, RedeemedAlready)


def test_later_meetings_need_the_first_and_the_last_step_has_completion_decided(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    purchase = a_purchase(tx, meetings=2)
    with pytest.raises(FirstMeetingMissing):
        opened(tx, purchase, 999)
    walked(tx, purchase, provider, scan)
    walked(tx, purchase, provider, scan, 2, now=START + timedelta(days=1))
    assert jobs_waiting(tx) == []

    walked(tx, purchase, provider, scan, 999, now=START + timedelta(days=2))

    assert actions.attended(tx, purchase.purchase_id) == {1, 2, 999}
    assert jobs_waiting(tx) == ["prakarsa.jobs.tasks.issue_certificates"]
    [waiting] = actions.take_finished(tx, 10)
    assert (waiting.purchase_id, waiting.meetings, set(waiting.attended)) == (purchase.purchase_id, 2, {1, 2, 999})
    assert waiting.last_attended_at == START + timedelta(days=2)
    assert actions.take_finished(tx, 10) == []


def test_a_self_paced_course_is_attended_at_any_hour_of_its_schedule(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    purchase = a_purchase(tx, mode=CourseMode.SELF_PACED)
    walked(tx, purchase, provider, scan, now=START + timedelta(days=9, hours=14))
    walked(tx, purchase, provider, scan, 999, now=START + timedelta(days=9, hours=15))

    assert actions.attended(tx, purchase.purchase_id) == {1, 999}
    with pytest.raises(TooLate):
        opened(tx, a_purchase(tx, mode=CourseMode.SELF_PACED), now=START + timedelta(days=21))


def test_each_institution_has_its_own_test_codes_and_keeps_them(tx: Tx) -> None:
    ours, theirs = an_institution(tx), an_institution(tx, "balai-dua")
    codes = actions.issue_test_codes(tx, ours.partner_id, now=NOW)

    assert {code.case for code in codes} == set(trials.CASES)
    assert all(code.redeem_code.startswith("PRAT-") and len(code.redeem_code) == 11 for code in codes)
    assert actions.issue_test_codes(tx, ours.partner_id, now=NOW + timedelta(days=1)) == codes
    assert {c.redeem_code for c in codes}.isdisjoint(
        code.redeem_code for code in actions.issue_test_codes(tx, theirs.partner_id, now=NOW)
    )


def test_a_test_code_walks_the_same_page_without_anybody_signed_in(
    tx: Tx, provider: IdentityProviderClient, scan: Scan
) -> None:
    institution = an_institution(tx)
    codes = {c.case: c.redeem_code for c in actions.issue_test_codes(tx, institution.partner_id, now=NOW)}
    for case, sequence in (("TC1-001-200", 1), ("TC2-001-200", 1), ("TC1-999-200", 999), ("TC2-999-200", 999)):
        code = codes[case]
        link = actions.open_verification(tx, institution, code, sequence, EMAIL, REDIRECT, BASE_URL, now=NOW)
        assert actions.verification(tx, link.state, now=NOW).is_test
        url = actions.consent(tx, link.state, None, provider, RETURN_URL, now=NOW)
        assert actions.conclude(tx, link.state, scan(url, "match"), provider, now=NOW).matched
        assert actions.redeem_status(tx, institution, code, sequence, now=NOW).attendance_status == 1
        with pytest.raises(AlreadyAttended):
            actions.open_verification(tx, institution, code, sequence, EMAIL, REDIRECT, BASE_URL, now=NOW)

        start = actions.reset_test_code(tx, institution, code, now=NOW)
        assert (start.attendance_status, start.sequence) == (0, sequence)
        assert actions.open_verification(tx, institution, code, sequence, EMAIL, REDIRECT, BASE_URL, now=NOW)


def test_only_own_positive_test_codes_can_be_reset(tx: Tx) -> None:
    ours, theirs = an_institution(tx), an_institution(tx, "balai-dua")
    mine = {c.case: c.redeem_code for c in actions.issue_test_codes(tx, ours.partner_id, now=NOW)}
    other = {c.case: c.redeem_code for c in actions.issue_test_codes(tx, theirs.partner_id, now=NOW)}
    wrong: list[tuple[str, type[Refusal]]] = [
        (a_purchase(tx).redeem_code, NotATestCode),
        ("", NotATestCode),
        ("PRAT-", RedeemCodeUnknown),
        ("PRAT-\x00\x00\x00\x00\x00\x00", RedeemCodeUnknown),
        (other["TC1-001-200"], RedeemCodeOfAnother),
        (other["TC1-001-400"], RedeemCodeOfAnother),
        *((code, NotAPositiveTestCode) for case, code in mine.items() if case.endswith("400")),
    ]
    for code, refusal in wrong:
        with pytest.raises(refusal):
            actions.reset_test_code(tx, ours, code, now=NOW)


def test_a_code_attends_a_meeting_once_however_many_ask_at_once(database: Database) -> None:
    with database.transaction("test") as tx:
        purchase, institution = a_purchase(tx), an_institution(tx)
    gate = Barrier(8)

    def commit(_: int) -> str:
        gate.wait()
        try:
            with database.transaction("test") as tx:
                actions.commit(tx, institution, purchase.redeem_code, now=START)
        except AlreadyAttended:
            return "refused"
        return "attended"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(commit, range(8)))

    assert sorted(answers) == ["attended"] + ["refused"] * 7


@pytest.mark.parametrize("_turn", range(5))
def test_attending_and_cancelling_at_once_never_both_succeed(database: Database, _turn: int) -> None:
    with database.transaction("test") as tx:
        purchase, institution, platform = a_purchase(tx), an_institution(tx), a_platform(tx, PLATFORM)
    gate = Barrier(2)

    def attend() -> bool:
        gate.wait()
        try:
            with database.transaction("test") as tx:
                actions.commit(tx, institution, purchase.redeem_code, now=START)
        except TransactionCancelled:
            return False
        return True

    def void() -> bool:
        gate.wait()
        with database.transaction("test") as tx:
            order = VoidOrder(platform, purchase.invoice_code, purchase.transaction_code)
            [answer] = purchases.void(tx, [order], now=START)
        return not isinstance(answer, Refusal)

    with ThreadPoolExecutor(2) as pool:
        outcomes = [pool.submit(attend), pool.submit(void)]
        assert sum(outcome.result() for outcome in outcomes) == 1
