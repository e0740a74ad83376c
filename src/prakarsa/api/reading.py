"""Reading a partner's request: its path, its headers, its body. Nothing here trusts a single byte.

Bodies are strict JSON: UTF-8, one object, no member twice (which of two amounts would be meant?), nothing that
another JSON reader could understand differently.
"""

import json
import re
from functools import lru_cache
from typing import Annotated, Any, NoReturn, TypeVar, cast

import msgspec
from litestar.types import HTTPScope, Receive
from msgspec import Meta, inspect

from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField, BodyTooLarge, MalformedBody

BODY_LIMIT_BYTES = 64 * 1024
# What is read and thrown away so that the sender of a large body still sees our answer instead of a broken pipe.
DRAIN_LIMIT_BYTES = 4 * 1024 * 1024
WHOLE_NUMBER_LIMIT = 10**15

Code = Annotated[str, Meta(min_length=1, max_length=100)]
Url = Annotated[str, Meta(min_length=1, max_length=2000)]
Email = Annotated[str, Meta(min_length=1, max_length=254)]
CodeOrNumber = Annotated[str, Meta(min_length=1, max_length=100, extra={"takes_number": True})]
Whole = Annotated[int, Meta(ge=-WHOLE_NUMBER_LIMIT, le=WHOLE_NUMBER_LIMIT)]

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIGITS = re.compile(r"-?[0-9]{1,16}", re.ASCII)
Body = TypeVar("Body", bound=msgspec.Struct)


class Disconnected(Exception):
    """The client went away before it had sent its request; there is nobody to answer."""


def sent_path(scope: HTTPScope) -> str:
    """The path as the client wrote it (percent signs and all, no query), repeated leading slashes as one."""
    return "/" + scope["raw_path"].decode("latin-1").lstrip("/")


async def read_body(receive: Receive) -> bytes:
    """The body as it arrived. Raises BodyTooLarge, Disconnected."""
    body = bytearray()
    received_bytes = 0
    while True:
        event = await receive()
        if event["type"] != "http.request":
            raise Disconnected
        chunk = event.get("body", b"")
        received_bytes += len(chunk)
        if received_bytes <= BODY_LIMIT_BYTES:
            body += chunk
        elif received_bytes > DRAIN_LIMIT_BYTES:
            break
        if not event.get("more_body", False):
            break
    if received_bytes > BODY_LIMIT_BYTES:
        raise BodyTooLarge(BODY_LIMIT_BYTES)
    return bytes(body)


def read_members(body: bytes, into: type[Body]) -> Body:
    """The body's members as `into`; members it does not name are ignored. Raises MalformedBody, BadField."""
    members = _json_object(body)
    return into(**{field.name: _value(field, members.get(field.encode_name)) for field in _fields(into)})


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode(), object_pairs_hook=_each_once, parse_constant=_no_such_number)
    except UnicodeDecodeError as error:
        raise MalformedBody(msg("the body is not UTF-8")) from error
    except RecursionError as error:
        raise MalformedBody(msg("the body is nested too deeply")) from error
    except ValueError as error:
        raise MalformedBody(msg("the body is not JSON")) from error
    if not isinstance(found, dict):
        raise MalformedBody(msg("the body is not a JSON object"))
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedBody(msg("the body names a member twice"))
    return members


def _no_such_number(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


@lru_cache
def _fields(struct: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    return cast("inspect.StructType", inspect.type_info(struct)).fields


def _value(field: inspect.Field, value: Any) -> str | int:
    if value is None or value == "":
        if field.required:
            raise BadField(field.encode_name, msg("it is missing or empty"))
        return cast("str | int", field.default)
    kind = field.type
    if isinstance(kind, inspect.UnionType):  # a member that may be left out
        kind = next(each for each in kind.types if not isinstance(each, inspect.NoneType))
    if isinstance(kind, inspect.IntType):
        return _whole(field.encode_name, value)
    if isinstance(kind, inspect.Metadata):  # CodeOrNumber: kept as text either way
        kind = kind.type
        value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return _text(field.encode_name, value, cast("inspect.StrType", kind).max_length or 0)


def _text(name: str, value: Any, limit: int) -> str:
    if not isinstance(value, str):
        raise BadField(name, msg("it must be text in quotation marks"))
    if len(value) > limit:
        raise BadField(name, msg("it is too long"))
    if _UNSAFE.search(value):
        raise BadField(name, msg("it contains control characters"))
    return value


def _whole(name: str, value: Any) -> int:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadField(name, msg("it must be a whole number"))
    if abs(value) > WHOLE_NUMBER_LIMIT:
        raise BadField(name, msg("it is out of range"))
    return value
