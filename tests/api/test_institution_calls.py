"""What institutions call: the state of a redeem code, attending, the identity check, test codes."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.api.client import Answer
from tests.api.conftest import REDIRECT, World

STATUS = "/payment/redeem-code/status"
COMMIT = "/payment/redeem-code/commit"
RESET = "/payment/redeem-code/reset"
URL = "/oauth/url-generate"
MEMBERS = {
    "redeem_code": str,
    "course_code": str,
    "invoice_code": str,
    "schedule_code": str,
    "status": int,
    "attendance_status": int,
    "redeem_at": str,
    "dp_platform": str,
    "schedule_start_end": str,
    "course_type": int,
    "course_type_label": str,
    "course_learning_method": str,
    "is_online_attendance": bool,
    "sequence": int,
}


def require_fourteen_members(answer: Answer) -> None:
    assert answer.status == 200, answer
    assert {name: type(value) for name, value in answer.data.items()} == MEMBERS


@pytest.fixture(scope="module")
def bought(world: World) -> dict[str, Any]:
    """A webinar bought on the first platform, taught by the first institution."""
    receipt = world.buy(world.cards[0], world.courses[0], invoice="INV-CLASS")
    return receipt | {"redeem_code": world.redeem_code(receipt["transaction_code"])}


def test_a_fresh_code_shows_all_fourteen_members_in_their_types(world: World, bought: dict[str, Any]) -> None:
    answer = world.institution.call(STATUS, {"redeem_code": bought["redeem_code"], "sequence": 1})

    require_fourteen_members(answer)
    data = answer.data
    assert (data["status"], data["attendance_status"], data["redeem_at"]) == (0, 0, "")
    assert (data["course_code"], data["invoice_code"]) == ("CRS-WEB", "INV-CLASS")
    assert (data["course_type"], data["sequence"], data["is_online_attendance"]) == (2, 1, True)


def test_sequence_may_be_missing_or_a_numeric_string(world: World, bought: dict[str, Any]) -> None:
    code = bought["redeem_code"]
    missing = world.institution.call(STATUS, {"redeem_code": code})
    text = world.institution.call(STATUS, {"redeem_code": code, "sequence": "999"})

    assert missing.data["sequence"] == 1
    assert text.data["sequence"] == 999


@pytest.mark.parametrize("sequence", [0, -1, 11, 998, 1000, 10**14])
def test_a_sequence_nobody_knows_is_refused(world: World, bought: dict[str, Any], sequence: int) -> None:
    answer = world.institution.call(STATUS, {"redeem_code": bought["redeem_code"], "sequence": sequence})

    assert (answer.status, answer.refusal) == (400, "attendance.sequence_out_of_range")


@pytest.mark.parametrize("path", [STATUS, COMMIT, URL])
def test_another_institutions_code_tells_nothing_of_the_purchase(
    world: World, bought: dict[str, Any], path: str
) -> None:
    members = {"redeem_code": bought["redeem_code"], "redirect_uri": REDIRECT, "email": "x@example.com"}
    answer = world.second_institution.call(path, members)

    assert (answer.status, answer.refusal) == (400, "attendance.redeem_code_of_another")
    for fact in ("CRS-WEB", "INV-CLASS", world.cards[0].name, bought["transaction_code"]):
        assert fact not in str(answer.body)


def test_a_class_cannot_be_entered_days_before(world: World, bought: dict[str, Any]) -> None:
    answer = world.institution.call(COMMIT, {"redeem_code": bought["redeem_code"]})

    assert (answer.status, answer.refusal) == (400, "attendance.too_early")


def test_a_verification_link_names_page_state_and_course(world: World, bought: dict[str, Any]) -> None:
    members = {"redeem_code": bought["redeem_code"], "redirect_uri": REDIRECT, "email": "peserta@lp.example"}
    before, world.clock.moment = world.clock.moment, world.courses[0].starts_at
    try:
        answer = world.institution.call(URL, members)
        unregistered = world.institution.call(URL, members | {"redirect_uri": REDIRECT + "/"})
    finally:
        world.clock.moment = before

    assert answer.status == 200
    assert set(answer.data) == {"url", "state", "course"}
    assert answer.data["url"].startswith(world.runtime.settings.base_url)
    assert answer.data["state"] in urlsplit(answer.data["url"]).path + urlsplit(answer.data["url"]).query
    assert answer.data["course"] == {"type": 2, "learning_method": answer.data["course"]["learning_method"]}
    assert isinstance(answer.data["course"]["learning_method"], str)
    assert unregistered.refusal == "attendance.redirect_not_registered"


def test_what_is_no_address_is_not_taken_for_one(world: World, bought: dict[str, Any]) -> None:
    members = {"redeem_code": bought["redeem_code"], "redirect_uri": REDIRECT, "email": "not an address"}
    before, world.clock.moment = world.clock.moment, world.courses[0].starts_at
    try:
        answer = world.institution.call(URL, members)
    finally:
        world.clock.moment = before

    assert (answer.status, answer.refusal) == (400, "kernel.bad_field")


def test_commit_redeems_once_and_status_goes_on_answering(world: World, bought: dict[str, Any]) -> None:
    code = bought["redeem_code"]
    before, world.clock.moment = world.clock.moment, world.courses[0].starts_at
    try:
        committed = world.institution.call(COMMIT, {"redeem_code": code})
        again = world.institution.call(COMMIT, {"redeem_code": code})
        looked = world.institution.call(STATUS, {"redeem_code": code})
        voided = world.platform.call(
            "/payment/void", {"invoice_code": "INV-CLASS", "transaction_code": bought["transaction_code"]}
        )
    finally:
        world.clock.moment = before

    require_fourteen_members(committed)
    assert (committed.data["status"], committed.data["attendance_status"]) == (1, 1)
    assert committed.data["redeem_at"] == "2020-08-21T05:00:00Z"
    assert again.refusal == "attendance.already_attended"
    assert looked.data == committed.data
    assert voided.refusal == "purchase.redeemed_already"


def test_a_cancelled_purchase_takes_its_code_along(world: World) -> None:
    receipt = world.buy(world.cards[1], world.courses[0], invoice="INV-CANCEL")
    code = world.redeem_code(receipt["transaction_code"])
    order = {"invoice_code": "INV-CANCEL", "transaction_code": receipt["transaction_code"]}
    assert world.platform.call("/payment/void", order).status == 200

    answer = world.institution.call(STATUS, {"redeem_code": code})

    assert (answer.status, answer.refusal) == (400, "attendance.transaction_cancelled")


def test_positive_test_codes_can_be_attended_and_reset(world: World) -> None:
    codes = world.test_codes(world.institution)
    positive = [code for case, code in codes.items() if case.endswith("-001-200")]
    assert len(positive) == 2
    for code in positive:
        attended = world.institution.call(COMMIT, {"redeem_code": code})
        require_fourteen_members(attended)
        assert attended.data["attendance_status"] == 1
        start = world.institution.call(RESET, {"redeem_code": code})
        require_fourteen_members(start)
        assert start.data["attendance_status"] == 0


def test_every_negative_test_code_answers_with_the_status_in_its_name(world: World) -> None:
    codes = world.test_codes(world.institution)
    seen = set()
    for case, code in codes.items():
        if not case.endswith("200"):
            answer = world.institution.call(STATUS, {"redeem_code": code, "sequence": 1})
            assert str(answer.status) == case[-3:], (case, answer)
            seen.add(answer.refusal)
            assert world.institution.call(RESET, {"redeem_code": code}).refusal == "attendance.not_a_positive_test_code"
    assert len(seen) >= 6


def test_only_own_test_codes_can_be_reset(world: World, bought: dict[str, Any]) -> None:
    theirs = world.test_codes(world.second_institution)["TC1-001-200"]

    assert world.institution.call(RESET, {"redeem_code": theirs}).refusal == "attendance.redeem_code_of_another"
    assert world.institution.call(RESET, {"redeem_code": bought["redeem_code"]}).refusal == "attendance.not_a_test_code"
    assert world.institution.call(RESET, {"redeem_code": "PRAT-NONE00"}).refusal == "attendance.redeem_code_unknown"
