"""Who is calling? The three signature headers, checked over the bytes that arrived (partner-api 1.4 to 1.6)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from litestar.types import HTTPScope

from prakarsa.api.reading import sent_path
from prakarsa.api.refusals import (
    HeaderMissing,
    HeaderUnreadable,
    InstitutionsOnly,
    PlatformsOnly,
    StaleTimestamp,
    UnknownClient,
    WrongSignature,
)
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.partner import actions as partner
from prakarsa.partner.model import Partner, PartnerKind
from prakarsa.partner.signature import timestamp_within, verify

_HEADERS = ("client_code", "timestamp", "signature")
_TAKEN = {name.encode() for name in (*_HEADERS, "authorization")}
_LONGEST = {"client_code": 100, "timestamp": 12, "signature": 40, "authorization": 1000}
# Unknown clients are checked against a key nobody has, so that their answer takes as long as any other.
_NOBODYS_KEYS = (secrets.token_hex(16),)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says about its sender, not yet believed. `paths` are the forms its path may be signed in."""

    client_code: str
    timestamp: str
    signature: str
    method: str
    paths: tuple[str, ...]
    authorization: str


def read_claim(scope: HTTPScope) -> Claim:
    """The claim in the headers, whose names are compared without case. Raises HeaderMissing, HeaderUnreadable."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        if raw_name.lower() in _TAKEN:
            name = raw_name.lower().decode()
            if name in found:
                raise HeaderUnreadable(name, msg("it appears twice"))
            found[name] = _header_text(name, raw_value)
    for name in _HEADERS:
        if not found.get(name):
            raise HeaderMissing(name)
    if not found["timestamp"].isdigit():
        raise HeaderUnreadable("timestamp", msg("it must be Unix time in whole seconds"))
    return Claim(
        client_code=found["client_code"],
        timestamp=found["timestamp"],
        signature=found["signature"],
        method=scope["method"],
        paths=tuple(dict.fromkeys((sent_path(scope), scope["path"]))),
        authorization=found.get("authorization", ""),
    )


def authenticate(
    tx: Tx, claim: Claim, body: bytes, *, now: datetime, wall_now: datetime, window_seconds: int
) -> Partner:
    """The partner who signed this request.

    `now` decides which keys are valid, `wall_now` whether the timestamp is fresh; a window of 0 seconds switches the
    latter off. Raises UnknownClient, WrongSignature, StaleTimestamp.
    """
    known = partner.keys_of(tx, claim.client_code, now)
    signed = [
        verify(
            known.secrets if known and known.secrets else _NOBODYS_KEYS,
            claim.signature,
            client_code=claim.client_code,
            timestamp=claim.timestamp,
            method=claim.method,
            path=path,
            body=body,
            authorization=claim.authorization,
        )
        for path in claim.paths
    ]
    if known is None or not known.secrets:
        raise UnknownClient
    if not any(signed):
        raise WrongSignature
    if not timestamp_within(claim.timestamp, wall_now, window_seconds):
        raise StaleTimestamp(window_seconds, int(wall_now.timestamp()))
    return known.partner


def admit(caller: Partner, kind: PartnerKind) -> None:
    """Let only partners of this kind in. Raises PlatformsOnly, InstitutionsOnly."""
    if caller.kind is not kind:
        raise PlatformsOnly if kind is PartnerKind.PLATFORM else InstitutionsOnly


def _header_text(name: str, raw: bytes) -> str:
    if len(raw) > _LONGEST[name]:
        raise HeaderUnreadable(name, msg("it is too long"))
    text = raw.decode("latin-1")
    if not (text.isascii() and text.isprintable()):
        raise HeaderUnreadable(name, msg("it contains characters outside ASCII"))
    return text
