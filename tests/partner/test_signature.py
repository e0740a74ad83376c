"""A request is accepted exactly when its sender held the key and every byte it meant arrived."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prakarsa.partner.signature import compact, sign, signing_text, timestamp_within, verify

KEY, CLIENT, AT = "example-sign-key", "example-client", "1698289216"
ROOT = "/api/v1/integration"
STATUS = f"{ROOT}/payment/redeem-code/status"
AUTHORIZE = f"{ROOT}/payment/authorize"
REDEEM_BODY = b'{"redeem_code":"GHOPNYXUVMT0","sequence":1}'
ORDER_BODY = b'{"otp":"123456","invoice_url":"https://dp.example/invoice/INV-1","invoice_code":"INV-1"}'
PAYMENT = "Payment PAYTOKEN"

VECTORS = [
    (STATUS, REDEEM_BODY, "", "59211c902d84f58767bbf465ff312f521f9a2227"),
    (
        f"{ROOT}/oauth/url-generate",
        b'{"redeem_code":"GHOPNYXUVMT0","sequence":1,"redirect_uri":"https://lp.example/callback",'
        b'"email":"peserta@example.com"}',
        "",
        "07f39f406a3bea17a7017c7f1d5eeb201ff5fa01",
    ),
    (
        f"{ROOT}/oauth/url-generate",
        rb'{"redeem_code":"GHOPNYXUVMT0","sequence":1,"redirect_uri":"https:\/\/lp.example\/callback",'
        rb'"email":"peserta@example.com"}',
        "",
        "1b86ac4c01fbe9fbea19828da8f18ef67901fbe7",
    ),
    (
        f"{ROOT}/payment/quota-schedule",
        b'{"schedule_code":"SCH-1","course_code":"CRS-1"}',
        "",
        "5c020ba042a44974b23be2f722370623b18c0993",
    ),
    (AUTHORIZE, ORDER_BODY, "", "0c6246536a98aedcc841537507a0923d449e4265"),
    (AUTHORIZE, ORDER_BODY, PAYMENT, "18f761b6c19e046ca27b5b69831bd2c5a5f578fa"),
]


def accepted(
    signature: str,
    body: bytes,
    *,
    secrets: tuple[str, ...] = (KEY,),
    path: str = STATUS,
    authorization: str = "",
    client_code: str = CLIENT,
    timestamp: str = AT,
    method: str = "POST",
) -> bool:
    return verify(
        secrets,
        signature,
        client_code=client_code,
        timestamp=timestamp,
        method=method,
        path=path,
        body=body,
        authorization=authorization,
    )


def signed(body: bytes, key: str = KEY) -> str:
    return sign(key, signing_text(CLIENT, AT, "POST", STATUS, body))


def test_the_official_vector_holds() -> None:
    path = f"{ROOT}/payment/redeem-code/commit"
    text = signing_text("myclient_code", "1516239022", "POST", path, b'{"redeem_code":"code"}')
    assert sign("my_sign_key", text) == "943c20a8e36b6243f576404b00fffdc86411ce1f"


@pytest.mark.parametrize(("path", "body", "extra", "signature"), VECTORS)
def test_every_vector_of_the_fact_sheet_holds(path: str, body: bytes, extra: str, signature: str) -> None:
    assert sign(KEY, signing_text(CLIENT, AT, "POST", path, body, extra)) == signature
    assert accepted(signature, body, path=path, authorization=extra)


def test_blanks_after_colons_and_commas_do_not_matter() -> None:
    assert accepted(VECTORS[0][3], b'{"redeem_code": "GHOPNYXUVMT0", "sequence": 1}')


def test_a_signature_over_the_spaced_body_as_sent_is_accepted_too() -> None:
    spaced = b'{ "redeem_code" : "GHOPNYXUVMT0" }'
    assert accepted(signed(spaced), spaced)


@pytest.mark.parametrize("signature", [VECTORS[4][3], VECTORS[5][3]])
def test_authorize_is_accepted_with_and_without_the_payment_token_in_the_text(signature: str) -> None:
    assert accepted(signature, ORDER_BODY, path=AUTHORIZE, authorization=PAYMENT)


def test_a_signature_with_a_payment_token_does_not_fit_another_token() -> None:
    assert not accepted(VECTORS[5][3], ORDER_BODY, path=AUTHORIZE, authorization="Payment OTHER")


def test_a_go_client_that_signs_escaped_signs_and_sends_plain_ones_is_accepted() -> None:
    over = signed(rb'{"url":"https://dp.example/?a=1\u0026b=\u003c2\u003e"}')
    assert accepted(over, b'{"url": "https://dp.example/?a=1&b=<2>"}')


@pytest.mark.parametrize("path", [STATUS, "/" + STATUS, "///" + STATUS, STATUS.lstrip("/")])
def test_repeated_leading_slashes_count_as_one(path: str) -> None:
    assert accepted(VECTORS[0][3], REDEEM_BODY, path=path)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_every_active_secret_is_tried(position: int) -> None:
    secrets = ["a" * 32, "b" * 32]
    secrets.insert(position, KEY)
    assert accepted(VECTORS[0][3], REDEEM_BODY, secrets=tuple(secrets))


def test_without_any_secret_nothing_is_accepted() -> None:
    assert not accepted(VECTORS[0][3], REDEEM_BODY, secrets=())


@pytest.mark.parametrize(
    "signature",
    ["", "0" * 40, VECTORS[0][3].upper(), VECTORS[0][3][:-1], VECTORS[0][3] + "0", "é" * 40, "\ud800", "\x00" * 40],
)
def test_anything_but_the_forty_right_digits_is_turned_down(signature: str) -> None:
    assert not accepted(signature, REDEEM_BODY)


@pytest.mark.parametrize(
    "bent",
    [
        {"client_code": "example-clienu"},
        {"timestamp": "1698289217"},
        {"method": "PUT"},
        {"path": STATUS + "/"},
        {"secrets": ("example-sign-kez",)},
    ],
)
def test_every_part_is_covered(bent: dict[str, str]) -> None:
    assert not accepted(VECTORS[0][3], REDEEM_BODY, **bent)  # type: ignore[arg-type]  # one bent argument


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
BLANKS = st.text(alphabet=" \t\r\n", max_size=3)
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A JSON document in compact form, and the same tokens with any legal blanks between them."""
    text = json.dumps(draw(JSON), separators=(",", ":"), ensure_ascii=draw(st.booleans()))
    if draw(st.booleans()):
        text = text.replace("/", "\\/")
    tokens = TOKEN.findall(text)
    spaced = draw(BLANKS) + "".join(token + draw(BLANKS) for token in tokens)
    return text.encode(errors="replace"), spaced.encode(errors="replace")


@given(documents())
def test_blanks_may_stand_anywhere_between_tokens(document: tuple[bytes, bytes]) -> None:
    dense, spaced = document
    assert compact(spaced) == dense
    assert accepted(signed(dense), spaced)


@given(documents(), st.data())
def test_no_byte_inside_a_string_can_be_changed(document: tuple[bytes, bytes], data: st.DataObject) -> None:
    dense, spaced = document
    inside = [
        place
        for string in re.finditer(rb'"((?:[^"\\]|\\.)*)"', spaced, re.DOTALL)
        for place in range(string.start(1), string.end(1))
    ]
    assume(inside)
    place = data.draw(st.sampled_from(inside))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != spaced[place]))
    changed = spaced[:place] + bytes([byte]) + spaced[place + 1 :]
    assert not accepted(signed(dense), changed)


@given(st.binary(max_size=200))
def test_any_bytes_get_a_verdict(body: bytes) -> None:
    assert accepted(signed(body), body)
    assert not accepted("0" * 40, body)
    assert compact(compact(body)) == compact(body)


def test_a_hostile_body_costs_no_more_than_its_length() -> None:
    for body in (b'"' + b'\\"' * 200_000 + b" ", b' "' * 200_000, b"\\" * 200_000 + b" ", b'"' * 199_999 + b" "):
        assert isinstance(compact(body), bytes)


NOW = datetime(2023, 10, 26, 3, 0, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "window_seconds", "within"),
    [
        (AT, 300, True),
        ("1698289516", 300, True),
        ("1698288916", 300, True),
        ("1698289517", 300, False),
        ("1698288915", 300, False),
        ("0", 300, False),
        ("0", 0, True),
        ("", 0, False),
        ("abc", 0, False),
        ("-1698289216", 300, False),
        ("+1698289216", 300, False),
        (" 1698289216", 300, False),
        ("1698289216.0", 300, False),
        ("1_698_289_216", 300, False),
        ("١٦٩٨٢٨٩٢١٦", 300, False),
        ("9" * 12, 300, False),
        ("1" * 10_000, 0, False),
    ],
)
def test_a_timestamp_is_whole_seconds_within_the_window(text: str, window_seconds: int, within: bool) -> None:
    assert timestamp_within(text, NOW, window_seconds) is within
