"""Who may call: the three headers, over the bytes that arrived."""

import time
from typing import Any

import httpx
import pytest

from prakarsa.api.v1_endpoints import ENDPOINTS, Endpoint
from prakarsa.partner.model import PartnerKind
from tests.api.client import BASE_PATH, Headers, PartnerClient, Style, answer_of, raw_exchange, raw_request, signature
from tests.api.conftest import World

QUOTA = "/payment/quota-schedule"
LOOK = "/payment/redeem-code/status"
URL = "/oauth/url-generate"
# Characters that clients disagree about, in every place where a client may rewrite them.
AWKWARD = {
    "redeem_code": "TIDAK ADA: satu, dua",
    "redirect_uri": "https://lp.example/cb?a=1&b=<2>",
    "email": "péserta@example.com",
    "sequence": 1,
}


def signed_headers(client: PartnerClient, path: str, body: bytes, *, names: tuple[str, str, str]) -> Headers:
    stamp = str(int(time.time()))
    made = signature(client.sign_key, f"{client.client_code}{stamp}POST{path}".encode(), body)
    values = (client.client_code, stamp, made)
    return [(name.encode(), value.encode()) for name, value in zip(names, values, strict=True)]


@pytest.mark.parametrize("style", Style)
def test_every_way_clients_write_and_sign_a_body_is_accepted(world: World, style: Style) -> None:
    answer = world.institution.call(URL, AWKWARD, style=style)

    assert answer.refusal == "attendance.redeem_code_unknown", "the signature was accepted: the room said no"


@pytest.mark.parametrize(
    "names",
    [
        ("client_code", "timestamp", "signature"),
        ("Client_code", "Timestamp", "Signature"),
        ("Client_Code", "Timestamp", "Signature"),
        ("CLIENT_CODE", "TIMESTAMP", "SIGNATURE"),
    ],
)
def test_header_names_have_underscores_and_any_case(world: World, names: tuple[str, str, str]) -> None:
    body = b'{"redeem_code":"NOBODYS","sequence":1}'
    headers = signed_headers(world.institution, BASE_PATH + LOOK, body, names=names)
    status, _, answer = raw_exchange(world.base_url, raw_request(BASE_PATH + LOOK, headers, body))

    assert (status, b"attendance.redeem_code_unknown" in answer) == (400, True)


@pytest.mark.parametrize("slashes", ["//", "///", "////////"])
def test_repeated_leading_slashes_count_as_one(world: World, slashes: str) -> None:
    body = b'{"redeem_code":"NOBODYS","sequence":1}'
    path = slashes + BASE_PATH.removeprefix("/") + LOOK
    for signed_path in (BASE_PATH + LOOK,):
        headers = signed_headers(world.institution, signed_path, body, names=("client_code", "timestamp", "signature"))
        status, _, answer = raw_exchange(world.base_url, raw_request(path, headers, body))

        assert (status, b"attendance.redeem_code_unknown" in answer) == (400, True)


@pytest.mark.parametrize("signed_path", [BASE_PATH + LOOK, BASE_PATH + LOOK + "/"])
def test_a_trailing_slash_is_harmless_signed_or_not(world: World, signed_path: str) -> None:
    answer = world.institution.call(LOOK + "/", {"redeem_code": "NOBODYS"}, signed_path=signed_path)

    assert answer.refusal == "attendance.redeem_code_unknown"


def test_the_query_is_not_signed(world: World) -> None:
    path = f"{BASE_PATH}{LOOK}?lang=id"
    answer = world.institution.call(path, {"redeem_code": "NOBODYS"}, signed_path=BASE_PATH + LOOK)

    assert answer.refusal == "attendance.redeem_code_unknown"


@pytest.mark.parametrize("header", ["client_code", "timestamp", "signature"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_or_empty_header_is_named(world: World, header: str, value: str | None) -> None:
    answer = world.institution.call(LOOK, {"redeem_code": "NOBODYS"}, headers={header: value})

    assert (answer.status, answer.refusal) == (401, "api.header_missing")
    assert header in answer.body["message"]


@pytest.mark.parametrize("header", ["client_code", "timestamp", "signature", "authorization"])
@pytest.mark.parametrize("value", ["é" * 8, "a\tb", "x" * 100_000])
def test_an_unreadable_header_is_named(world: World, header: str, value: str) -> None:
    answer = world.institution.call(LOOK, {"redeem_code": "NOBODYS"}, headers={header: value})

    assert (answer.status, answer.refusal) == (401, "api.header_unreadable")
    assert header in answer.body["message"]


@pytest.mark.parametrize("header", ["client_code", "timestamp", "signature", "Authorization"])
def test_a_header_sent_twice_is_refused_even_when_both_are_equal(world: World, header: str) -> None:
    body = b'{"redeem_code":"NOBODYS","sequence":1}'
    headers = signed_headers(world.institution, BASE_PATH + LOOK, body, names=("client_code", "timestamp", "signature"))
    headers.append((b"Authorization", b"Payment x"))
    again = [(name.upper(), value) for name, value in headers if name.decode() == header]
    status, _, answer = raw_exchange(world.base_url, raw_request(BASE_PATH + LOOK, headers + again, body))

    assert (status, b"api.header_unreadable" in answer) == (401, True)


@pytest.mark.parametrize("stamp", ["abc", "-1698289216", "1698289216.0", "1e9", "0x65", "१६९८", "16982892161698289216"])
def test_a_timestamp_is_whole_seconds_in_ascii_digits(world: World, stamp: str) -> None:
    request = world.institution.request(LOOK, b"{}", timestamp=1)
    raw = [(name, value) for name, value in request.headers.raw if name != b"timestamp"]
    response = world.institution.http.send(
        httpx.Request("POST", request.url, headers=[*raw, (b"timestamp", stamp.encode())], content=b"{}")
    )

    assert answer_of(response).status == 401


def test_a_timestamp_outside_the_window_is_stale_and_inside_it_is_not(world: World) -> None:
    for away in (-10_000, -320, 320, 10_000):
        answer = world.institution.call(LOOK, {"redeem_code": "NOBODYS"}, timestamp=int(time.time()) + away)
        assert (answer.status, answer.refusal) == (401, "api.stale_timestamp")
    for away in (-280, 0, 280):
        answer = world.institution.call(LOOK, {"redeem_code": "NOBODYS"}, timestamp=int(time.time()) + away)
        assert answer.refusal == "attendance.redeem_code_unknown"


def test_the_window_follows_the_wall_clock_not_the_programmes(world: World) -> None:
    assert abs(world.runtime.clock.now().timestamp() - time.time()) > 86_400, "this world lives in another year"

    answer = world.institution.call(LOOK, {"redeem_code": "NOBODYS"})

    assert answer.refusal == "attendance.redeem_code_unknown"


def test_a_window_of_zero_switches_freshness_off_but_not_the_signature(timeless_world: World) -> None:
    old = timeless_world.institution.call(LOOK, {"redeem_code": "NOBODYS"}, timestamp=1_698_289_216)
    forged = timeless_world.institution.call(
        LOOK, {"redeem_code": "NOBODYS"}, timestamp=1_698_289_216, headers={"timestamp": "1698289217"}
    )

    assert old.refusal == "attendance.redeem_code_unknown"
    assert forged.refusal == "api.wrong_signature"


def test_an_unknown_client_and_a_wrong_key_are_told_apart(world: World) -> None:
    stranger = PartnerClient(world.base_url, "nobody-knows-me", "x" * 32, world.institution.http)
    forger = PartnerClient(world.base_url, world.institution.client_code, "x" * 32, world.institution.http)

    assert stranger.call(LOOK, {"redeem_code": "A"}).refusal == "api.unknown_client"
    assert forger.call(LOOK, {"redeem_code": "A"}).refusal == "api.wrong_signature"
    assert stranger.call(LOOK, {"redeem_code": "A"}).status == 401
    assert forger.call(LOOK, {"redeem_code": "A"}).status == 401


@pytest.mark.parametrize(
    "bent",
    [
        pytest.param({"signed": b'{"redeem_code":"B"}'}, id="another body"),
        pytest.param({"signed_path": BASE_PATH + "/payment/redeem-code/commit"}, id="another address"),
        pytest.param({"headers": {"timestamp": str(int(time.time()) + 1)}}, id="another timestamp"),
        pytest.param({"headers": {"signature": "0" * 40}}, id="zeros"),
        pytest.param({"headers": {"signature": "0" * 39}}, id="too short"),
    ],
)
def test_what_was_changed_after_signing_is_noticed(world: World, bent: dict[str, object]) -> None:
    answer = world.institution.send(LOOK, b'{"redeem_code":"A"}', **bent)

    assert (answer.status, answer.refusal) == (401, "api.wrong_signature")


def test_uppercase_hexadecimal_is_not_the_dialect(world: World) -> None:
    request = world.institution.request(LOOK, b'{"redeem_code":"A"}')
    request.headers["signature"] = request.headers["signature"].upper()

    assert answer_of(world.institution.http.send(request)).refusal == "api.wrong_signature"


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_each_address_is_for_one_kind_of_partner(world: World, endpoint: Endpoint[Any]) -> None:
    platforms_own = endpoint.caller is PartnerKind.PLATFORM
    wrong = world.institution if platforms_own else world.platform
    answer = wrong.call(endpoint.path, {})

    assert answer.status == 403
    assert answer.refusal == ("api.platforms_only" if platforms_own else "api.institutions_only")


def test_a_rotated_key_opens_both_ways_until_the_overlap_ends(world: World) -> None:
    fresh = world.rotate_key(world.second_institution.client_code)
    renewed = PartnerClient(world.base_url, world.second_institution.client_code, fresh, world.second_institution.http)

    assert renewed.call(LOOK, {"redeem_code": "A"}).refusal == "attendance.redeem_code_unknown"
    assert world.second_institution.call(LOOK, {"redeem_code": "A"}).refusal == "attendance.redeem_code_unknown"
