"""Whatever is sent, to whichever address: a 4xx with an envelope and a number, and nothing changed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from prakarsa.api.v1_codes import CODES
from prakarsa.api.v1_endpoints import ENDPOINTS, Endpoint
from prakarsa.partner.model import PartnerKind
from tests.api.client import Answer, PartnerClient
from tests.api.conftest import World
from tests.api.test_reading import MALFORMED

HOSTILE: dict[str, Any] = {
    "nothing": None,
    "empty": "",
    "blank": " ",
    "true": True,
    "a list": ["A"],
    "an object": {"$ne": ""},
    "a negative number": -1,
    "a fraction": 1.5,
    "beyond every column": 10**30,
    "just beyond a bigint": 2**63,
    "SQL": "'; DROP TABLE purchase.purchase; --",
    "a format": "%s%n{0}{card.number}%(now)s",
    "a template": "{{7*7}}${7*7}",
    "a path": "../../../../etc/passwd",
    "markup": "<script>alert(1)</script>",
    "an escaped NUL": "A\x00B",
    "an escaped newline": "A\r\nSet-Cookie: x=1",
    "a direction override": "\u202eBA",
    "emoji": "🎓" * 20,
    "other digits": "४०११२२२२३३३३४४४८",
    "combining marks": "e" + "\u0301" * 90,
    "long": "A" * 100,
    "too long": "A" * 2_001,
    "monstrous": "A" * 60_000,
}


EXPLAINS = "/payment/explain"
"""The address that answers a hopeless order with everything that is wrong with it."""


def a_refused_order(world: World, endpoint: Endpoint[Any]) -> dict[str, Any]:
    """Members that are well-formed in every part and refused all the same, so that nothing here can succeed."""
    course = world.courses[0]
    known: dict[str, Any] = {
        "prakerja_id": "4000000000000002",
        "user_platform_id": "user-1",
        "course_code": course.course_code,
        "schedule_code": "no-such-schedule",
        "amount": course.amount_idr,
        "otp": "000000",
        "invoice_url": "https://dp.example/invoice/1",
        "invoice_code": "NO-SUCH-INVOICE",
        "transaction_code": "NO-SUCH-TRANSACTION",
        "redeem_code": "NOSUCHCODE12",
        "sequence": 1,
        "redirect_uri": "https://lp.example/callback",
        "email": "peserta@example.com",
        "lang": "id",
    }
    return {field.name: known[field.name] for field in fields(endpoint.reads)}


def caller_of(world: World, endpoint: Endpoint[Any]) -> PartnerClient:
    return world.platform if endpoint.caller is PartnerKind.PLATFORM else world.institution


def hostile_bodies(world: World, endpoint: Endpoint[Any]) -> Iterator[tuple[str, bytes]]:
    yield from MALFORMED.items()
    yield "64 KiB and one", b"x" * (64 * 1024 + 1)
    good = a_refused_order(world, endpoint)
    yield "a valid order with garbage behind it", json.dumps(good).encode() + b"garbage"
    yield "a valid order in a list", json.dumps([good]).encode()
    yield "no member at all", b"{}"
    for name in good:
        yield f"{name} left out", json.dumps({key: value for key, value in good.items() if key != name}).encode()
        for kind, value in HOSTILE.items():
            yield f"{name} is {kind}", json.dumps(good | {name: value}).encode()
        yield f"{name} is NaN", json.dumps(good | {name: float("nan")}).encode()
        yield f"{name} is 1e999", json.dumps(good | {name: "@"}).replace('"@"', "1e999").encode()
        yield f"{name} is half a surrogate pair", json.dumps(good | {name: "\ud83d"}).encode()
        yield f"{name} is deep", json.dumps(good | {name: "@"}).replace('"@"', "[" * 500 + "]" * 500).encode()


def require_refused(answer: Answer, what: str) -> None:
    assert 400 <= answer.status < 500, (what, answer)
    assert answer.body["success"] is False, what
    assert "data" not in answer.body, what
    assert answer.code in CODES.values(), (what, answer)
    assert CODES[answer.refusal] == answer.code, what
    assert answer.body["message"].rstrip(".") != answer.body["next_step"].rstrip("."), what
    assert answer.body["deadline"] in {"paused", "runs", "none"}, what


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_hostile_bodies_are_refused_and_change_nothing(world: World, endpoint: Endpoint[Any]) -> None:
    caller = caller_of(world, endpoint)
    before = world.fingerprint()

    for what, body in hostile_bodies(world, endpoint):
        answer = caller.send(endpoint.path, body, token="no-such-token")
        if endpoint.path == EXPLAINS and answer.status == 200:
            assert answer.data["verdict"] == "refused", what
        else:
            require_refused(answer, what)

    assert world.fingerprint() == before


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "🎓"]
)
def test_a_wrong_content_type_is_tolerated_because_clients_differ(world: World, content_type: str) -> None:
    answer = world.institution.send(
        "/payment/redeem-code/status",
        b'{"redeem_code":"NOSUCHCODE12"}',
        headers={"content-type": content_type.encode().decode("latin-1")},
    )

    assert answer.refusal == "attendance.redeem_code_unknown"


def test_a_compressed_body_is_not_unpacked(world: World) -> None:
    import gzip

    answer = world.institution.send(
        "/payment/redeem-code/status",
        gzip.compress(b'{"redeem_code":"NOSUCHCODE12"}'),
        headers={"content-encoding": "gzip"},
    )

    assert answer.refusal == "kernel.malformed_body"


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1_000_000, 3_000_000])
def test_an_oversized_body_is_told_so(world: World, size: int) -> None:
    answer = world.institution.send("/payment/redeem-code/status", b'{"redeem_code":"' + b"A" * size + b'"}')

    assert (answer.status, answer.refusal) == (413, "kernel.body_too_large")


AUTHORIZATIONS = {
    "missing": None,
    "empty": "",
    "no token": "Payment",
    "no scheme": "dG9rZW4",
    "another scheme": "Bearer dG9rZW4",
    "three words": "Payment dG9r ZW4",
    "basic": "Basic dXNlcjpwYXNz",
}


@pytest.mark.parametrize("value", AUTHORIZATIONS.values(), ids=AUTHORIZATIONS.keys())
def test_a_missing_or_garbled_payment_token_has_a_number_of_its_own(world: World, value: str | None) -> None:
    body = {"otp": "123456", "invoice_url": "https://dp.example/1", "invoice_code": "INV-NO-TOKEN"}
    answer = world.platform.call("/payment/authorize", body, headers={"authorization": value})

    assert (answer.status, answer.refusal) == (401, "api.payment_token_missing")


def test_a_payment_token_nobody_issued_is_a_business_no(world: World) -> None:
    body = {"otp": "123456", "invoice_url": "https://dp.example/1", "invoice_code": "INV-NO-TOKEN"}
    for token in ("nobodys", "A" * 900, "'--", "%s"):
        answer = world.platform.call("/payment/authorize", body, token=token)
        assert (answer.status, answer.refusal) == (400, "purchase.token_unknown")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    members=st.dictionaries(
        st.sampled_from(["redeem_code", "sequence", "email", "redirect_uri", "invoice_code", "otp", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=5,
        ),
    ),
    endpoint=st.sampled_from([endpoint for endpoint in ENDPOINTS if endpoint.caller is PartnerKind.INSTITUTION]),
)
def test_any_members_are_refused(world: World, members: dict[str, Any], endpoint: Endpoint[Any]) -> None:
    require_refused(world.institution.send(endpoint.path, json.dumps(members).encode()), repr(members))
