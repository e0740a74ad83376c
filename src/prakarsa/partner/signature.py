"""How partners sign requests (partner-api 1.5): HMAC-SHA1 over code, time, method, path and body.

Pure: bytes in, a verdict out. The dialect is kept because partners speak it; HMAC-SHA1 is not broken by collisions.
The body is never parsed and written again, because a signature covers its escapes as the client typed them.
"""

import hmac
import re
from collections.abc import Sequence
from datetime import datetime

_STRING_OR_BLANKS = re.compile(rb'("(?:[^"\\]++|\\(?s:.|\Z))*+(?:"|\Z))|[ \t\r\n]+')
_BLANKS = b" \t\r\n"
_TIMESTAMP_DIGITS = 12


def signing_text(client_code: str, timestamp: str, method: str, path: str, body: bytes, extra: str = "") -> bytes:
    """What is signed: the parts joined with nothing between them, `extra` between path and body.

    Repeated slashes at the start of the path count as one, because one client in use requests `//api/…` and signs
    `/api/…`.
    """
    head = f"{client_code}{timestamp}{method.upper()}/{path.lstrip('/')}{extra}"
    return head.encode(errors="surrogatepass") + body


def sign(key: str, text: bytes) -> str:
    """The signature of a signing text: 40 lowercase hexadecimal digits."""
    return hmac.digest(key.encode(), text, "sha1").hex()


def verify(
    secrets: Sequence[str],
    signature: str,
    *,
    client_code: str,
    timestamp: str,
    method: str,
    path: str,
    body: bytes,
    authorization: str = "",
) -> bool:
    """Whether `signature` was made with one of `secrets` over this request (partner-api 1.5).

    Accepted bodies: as received; without blanks outside strings; and that text with `&`, `<`, `>` written as
    `\\u00XX`. Accepted with and without the `Authorization` value between path and body (partner-api 5, point 8).
    Every combination is tried to the end and compared in constant time, so the time taken does not tell which fits.
    """
    given = signature.encode(errors="surrogatepass")
    texts = [
        signing_text(client_code, timestamp, method, path, form, extra)
        for form in _body_forms(body)
        for extra in dict.fromkeys(("", authorization))
    ]
    matches = 0
    for secret in secrets:
        for text in texts:
            matches += hmac.compare_digest(sign(secret, text).encode(), given)
    return matches > 0


def compact(body: bytes) -> bytes:
    """The JSON text without the blanks outside its strings; every other byte stays as it is."""
    if len(body.translate(None, _BLANKS)) == len(body):
        return body
    return _STRING_OR_BLANKS.sub(rb"\1", body)


def timestamp_within(text: str, wall_now: datetime, window_seconds: int) -> bool:
    """Whether a timestamp (Unix seconds, decimal digits only) lies within the window around the real moment.

    A window of 0 accepts any well-formed timestamp: the off switch for tests (partner-api 1.6).
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _TIMESTAMP_DIGITS):
        return False
    return window_seconds == 0 or abs(int(wall_now.timestamp()) - int(text)) <= window_seconds


def _body_forms(body: bytes) -> list[bytes]:
    """The texts a client may have signed for this body, each once."""
    dense = compact(body)
    escaped = dense.replace(b"&", rb"\u0026").replace(b"<", rb"\u003c").replace(b">", rb"\u003e")
    return list(dict.fromkeys((body, dense, escaped)))
