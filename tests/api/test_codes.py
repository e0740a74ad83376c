"""The table of v1 numbers: complete, without collisions, and honest about which numbers are ours."""

import re

import pytest

import prakarsa.api.app  # noqa: F401  loads every room the door can reach, and with them their refusals
from prakarsa.api import v1_codes
from prakarsa.kernel.refusal import Refusal

# Reasons of these rooms that only pages and commands can give; everything else they say must have a number.
NEVER_ON_V1 = {
    "attendance.identity_unavailable",
    "attendance.identity_check_over",
    "attendance.verification_unknown",
    "attendance.verification_expired",
    "attendance.verification_used",
    "attendance.sign_in_needed",
    "attendance.not_your_verification",
    "attendance.check_not_finished",
    "purchase.no_class_planned",
    "purchase.nothing_on_sale",
    "purchase.nothing_to_cancel",
    "purchase.cancellation_decided",
    "purchase.cancellation_incomplete",
    "purchase.cancellation_not_confirmed",
    "purchase.cancellation_unknown",
}
REACHED_ROOMS = ("api.", "purchase.", "attendance.")
REACHED_ELSEWHERE = {
    "hold.selling_held",
    "hold.offer_held",
    "hold.card_held",
    "hold.person_held",
    "hold.redeeming_held",
    "hold.own_redeeming_held",
    "kernel.bad_field",
    "kernel.malformed_body",
    "kernel.body_too_large",
    "kernel.nothing_here",
    "kernel.method_not_allowed",
    "kernel.too_many_requests",
}


def test_every_reason_a_v1_address_can_give_has_a_number() -> None:
    reachable = {code for code in Refusal.every if code.startswith(REACHED_ROOMS)} - NEVER_ON_V1 | REACHED_ELSEWHERE

    assert set(v1_codes.CODES) == reachable


def test_no_two_reasons_share_a_number() -> None:
    numbers = list(v1_codes.CODES.values())

    assert len(numbers) == len(set(numbers))
    assert not set(numbers) & set(v1_codes.BY_KIND.values())


def test_the_known_numbers_mean_what_they_mean() -> None:
    assert v1_codes.CODES["purchase.voided_already"] == "ERRPLT40028"
    assert v1_codes.CODES["api.schedule_not_named"] == "ERRPLT40036"
    assert v1_codes.CODES["purchase.transaction_unknown"] == "ERRVOD40001"
    assert set(v1_codes.CODES.values()) >= v1_codes.KNOWN


@pytest.mark.parametrize("number", sorted(set(v1_codes.CODES.values()) | set(v1_codes.BY_KIND.values())))
def test_a_number_is_built_as_the_dialect_builds_it_and_ours_count_from_51(number: str) -> None:
    match = re.fullmatch(r"ERR[A-Z]{3}(4\d\d|5\d\d)(\d\d)", number)

    assert match
    assert v1_codes.status_of(number) == int(match[1])
    assert number in v1_codes.KNOWN or int(match[2]) >= 51
