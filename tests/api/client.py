"""A partner's client as real ones behave, written without a line of the server's own signing code."""

import hashlib
import hmac
import json
import socket
import time
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import httpx

BASE_PATH = "/api/v1/integration"
Headers = list[tuple[bytes, bytes]]


class Style(Enum):
    """How a client writes its body, and what it signs of it (partner-api 1.5)."""

    COMPACT = "signs and sends compact JSON"
    SPACED = "signs compact JSON, sends blanks after colons and commas"
    SPACED_BOTH = "signs and sends the blanks"
    PHP = "signs and sends escaped slashes"
    PHP_SPACED = "signs escaped slashes, sends them and blanks"
    GO = "signs &, <, > as escapes, sends them raw"


def body_forms(members: dict[str, Any], style: Style) -> tuple[bytes, bytes]:
    """The body as sent and as signed."""
    compact = json.dumps(members, separators=(",", ":"), ensure_ascii=False)
    spaced = json.dumps(members, ensure_ascii=False)
    slashed = compact.replace("/", "\\/")
    escaped = compact.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    sent, signed = {
        Style.COMPACT: (compact, compact),
        Style.SPACED: (spaced, compact),
        Style.SPACED_BOTH: (spaced, spaced),
        Style.PHP: (slashed, slashed),
        Style.PHP_SPACED: (spaced.replace("/", "\\/"), slashed),
        Style.GO: (compact, escaped),
    }[style]
    return sent.encode(), signed.encode()


def signature(key: str, *parts: bytes) -> str:
    """HMAC-SHA1 over the joined parts, lowercase hexadecimal."""
    return hmac.new(key.encode(), b"".join(parts), hashlib.sha1).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def code(self) -> str:
        return str(self.body.get("code", ""))

    @property
    def refusal(self) -> str:
        return str(self.body.get("refusal", ""))

    @property
    def data(self) -> dict[str, Any]:
        found = self.body["data"]
        assert isinstance(found, dict)
        return found


@dataclass
class PartnerClient:
    """Signs and sends. Every part of the recipe can be bent."""

    base_url: str
    client_code: str
    sign_key: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=60))

    def call(self, path: str, members: dict[str, Any], *, style: Style = Style.COMPACT, **bent: Any) -> Answer:
        """POST a JSON object, signed."""
        sent, signed = body_forms(members, style)
        return self.send(path, sent, signed=signed, **bent)

    def send(self, path: str, body: bytes, **bent: Any) -> Answer:
        """POST these bytes."""
        request = self.request(path, body, **bent)
        return answer_of(self.http.send(request))

    def request(
        self,
        path: str,
        body: bytes,
        *,
        signed: bytes | None = None,
        signed_path: str | None = None,
        token: str | None = None,
        sign_token: bool = False,
        timestamp: int | str | None = None,
        headers: dict[str, str | None] | None = None,
    ) -> httpx.Request:
        """The request, not yet sent; `headers` replaces single headers, None leaves one out."""
        stamp = str(int(time.time()) if timestamp is None else timestamp)
        full_path = path if path.startswith("/api") else BASE_PATH + path
        authorization = f"Payment {token}" if token is not None else ""
        sent: dict[str, str | None] = {
            "content-type": "application/json",
            "client_code": self.client_code,
            "timestamp": stamp,
            "signature": signature(
                self.sign_key,
                f"{self.client_code}{stamp}POST{signed_path or full_path}".encode(),
                authorization.encode() if sign_token else b"",
                body if signed is None else signed,
            ),
            "authorization": authorization or None,
            **(headers or {}),
        }
        raw = [(name.encode(), value.encode("latin-1")) for name, value in sent.items() if value is not None]
        return self.http.build_request("POST", self.base_url + full_path, content=body, headers=raw)


def answer_of(response: httpx.Response) -> Answer:
    """The envelope, which every answer must have."""
    assert response.headers["content-type"].startswith("application/json"), response.text
    return Answer(response.status_code, response.json(), dict(response.headers))


def raw_exchange(base_url: str, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes no client library would write; the status, headers and body of the answer."""
    address = httpx.URL(base_url)
    with socket.create_connection((address.host, address.port or 80), timeout=30) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split()[1]), headers, body


def raw_request(path: str, headers: Headers, body: bytes, method: str = "POST") -> bytes:
    """A request written byte by byte: the path and the header names stay exactly as given."""
    lines = [f"{method} {path} HTTP/1.1".encode("latin-1"), b"host: 127.0.0.1", b"connection: close"]
    lines += [name + b": " + value for name, value in headers]
    lines.append(b"content-length: " + str(len(body)).encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
