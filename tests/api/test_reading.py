"""Bodies: strict JSON, one meaning only, bounded."""

from contextlib import suppress

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.types import Receive

from prakarsa.api.reading import (
    BODY_LIMIT_BYTES,
    DRAIN_LIMIT_BYTES,
    Disconnected,
    read_body,
    read_members,
)
from prakarsa.api.v1_messages import PaymentStatus, QuotaSchedule, RedeemCode, SendOtp, Void
from prakarsa.kernel.refusals import BadField, BodyTooLarge, MalformedBody

MALFORMED = {
    "nothing": b"",
    "blanks": b"  \n",
    "an array": b"[]",
    "a string": b'"redeem_code"',
    "a number": b"7",
    "null": b"null",
    "half an object": b'{"redeem_code":"A"',
    "two objects": b'{"redeem_code":"A"}{"redeem_code":"B"}',
    "a trailing comma": b'{"redeem_code":"A",}',
    "single quotes": b"{'redeem_code':'A'}",
    "a comment": b'{"redeem_code":"A"/* */}',
    "a form": b"redeem_code=A&sequence=1",
    "xml": b"<redeem_code>A</redeem_code>",
    "NaN": b'{"redeem_code":"A","sequence":NaN}',
    "Infinity": b'{"redeem_code":"A","sequence":-Infinity}',
    "a number of 10,000 digits": b'{"redeem_code":"A","sequence":' + b"9" * 10_000 + b"}",
    "a member twice": b'{"redeem_code":"A","redeem_code":"B"}',
    "the same member twice": b'{"redeem_code":"A","sequence":1,"sequence":1}',
    "a member twice, further in": b'{"redeem_code":"A","other":{"a":1,"a":2}}',
    "deep arrays": b'{"redeem_code":' + b"[" * 30_000,
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a control character in a string": b'{"redeem_code":"A\x01"}',
    "a NUL byte": b'{"redeem_code":"A\x00"}',
    "Latin-1": '{"redeem_code":"é"}'.encode("latin-1"),
    "UTF-16": '{"redeem_code":"A"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"redeem_code":"A"}',
    "an encoded surrogate": b'{"redeem_code":"\xed\xa0\x80"}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}
BAD_VALUES = {
    "a number for text": b'{"redeem_code":7}',
    "true for text": b'{"redeem_code":true}',
    "a list for text": b'{"redeem_code":["A"]}',
    "an object for text": b'{"redeem_code":{"code":"A"}}',
    "null": b'{"redeem_code":null}',
    "empty": b'{"redeem_code":""}',
    "missing": b"{}",
    "101 characters": b'{"redeem_code":"' + b"A" * 101 + b'"}',
    "an escaped NUL": b'{"redeem_code":"A\\u0000"}',
    "an escaped newline": b'{"redeem_code":"A\\nB"}',
    "a lone surrogate": b'{"redeem_code":"\\ud83d"}',
    "a C1 control": b'{"redeem_code":"A\\u0085"}',
    "true for a number": b'{"redeem_code":"A","sequence":true}',
    "a fraction": b'{"redeem_code":"A","sequence":1.5}',
    "a fraction that is whole": b'{"redeem_code":"A","sequence":1.0}',
    "an exponent": b'{"redeem_code":"A","sequence":1e0}',
    "beyond every float": b'{"redeem_code":"A","sequence":1e999}',
    "beyond every column": b'{"redeem_code":"A","sequence":99999999999999999999}',
    "words for a number": b'{"redeem_code":"A","sequence":"one"}',
    "blanks in a number": b'{"redeem_code":"A","sequence":" 1"}',
    "other digits": '{"redeem_code":"A","sequence":"१"}'.encode(),
    "an underscore": b'{"redeem_code":"A","sequence":"1_0"}',
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_not_one_plain_json_object_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        read_members(body, RedeemCode)


@pytest.mark.parametrize("body", BAD_VALUES.values(), ids=BAD_VALUES.keys())
def test_a_member_of_the_wrong_kind_is_named(body: bytes) -> None:
    with pytest.raises(BadField) as caught:
        read_members(body, RedeemCode)

    assert caught.value.field in {"redeem_code", "sequence"}


@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(MalformedBody, BadField):
        assert isinstance(read_members(body, SendOtp), SendOtp)


def test_sequence_is_1_when_missing_and_may_be_a_numeric_string() -> None:
    assert read_members(b'{"redeem_code":"A"}', RedeemCode).sequence == 1
    assert read_members(b'{"redeem_code":"A","sequence":null}', RedeemCode).sequence == 1
    assert read_members(b'{"redeem_code":"A","sequence":999}', RedeemCode).sequence == 999
    assert read_members(b'{"redeem_code":"A","sequence":"999"}', RedeemCode).sequence == 999


def test_an_invoice_code_may_be_a_number_and_is_kept_as_text() -> None:
    assert read_members(b'{"invoice_code":17}', PaymentStatus).invoice_code == "17"
    assert read_members(b'{"invoice_code":"17"}', PaymentStatus).invoice_code == "17"
    for wrong in (b"true", b"1.5", b"[1]", b"9" * 101):
        with pytest.raises(BadField):
            read_members(b'{"invoice_code":' + wrong + b"}", PaymentStatus)


def test_a_number_is_text_only_where_the_dialect_says_so() -> None:
    with pytest.raises(BadField) as caught:
        read_members(b'{"invoice_code":1,"transaction_code":2}', Void)

    assert caught.value.field == "transaction_code"


def test_empty_codes_of_a_schedule_are_left_to_the_endpoint_which_has_a_number_for_them() -> None:
    assert read_members(b'{"course_code":""}', QuotaSchedule) == QuotaSchedule("", "")


def test_members_nobody_asked_for_are_ignored() -> None:
    assert read_members(b'{"redeem_code":"A","extra":{"deep":[1,2.5,null]}}', RedeemCode) == RedeemCode("A")


def _receiver(chunks: list[bytes], *, hang_up: bool = False) -> Receive:
    events: list[dict[str, object]] = [
        {"type": "http.request", "body": chunk, "more_body": hang_up or index < len(chunks) - 1}
        for index, chunk in enumerate(chunks)
    ]
    events.append({"type": "http.disconnect"})

    async def receive() -> dict[str, object]:
        return events.pop(0)

    return receive  # type: ignore[return-value]  # plain dictionaries stand for the typed events


def test_a_body_is_whole_however_it_is_cut() -> None:
    assert anyio.run(read_body, _receiver([b'{"a"', b":", b"1}"])) == b'{"a":1}'
    assert len(anyio.run(read_body, _receiver([b"x" * BODY_LIMIT_BYTES]))) == BODY_LIMIT_BYTES


def test_a_body_over_the_limit_is_refused_after_it_was_thrown_away() -> None:
    with pytest.raises(BodyTooLarge):
        anyio.run(read_body, _receiver([b"x" * BODY_LIMIT_BYTES, b"x"]))


def test_an_endless_body_is_not_waited_for() -> None:
    endless = [b"x" * 1024 * 1024] * (DRAIN_LIMIT_BYTES // 1024 // 1024 + 1)
    with pytest.raises(BodyTooLarge):
        anyio.run(read_body, _receiver(endless, hang_up=True))


def test_a_client_that_hangs_up_is_noticed() -> None:
    with pytest.raises(Disconnected):
        anyio.run(read_body, _receiver([b"{"], hang_up=True))
