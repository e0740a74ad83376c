"""Speaking to the provider that compares a face with a person's record."""

from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from prakarsa.attendance.identity import IdentityCheck, IdentityOutcome
from prakarsa.attendance.refusals import IdentityCheckOver, IdentityUnavailable

_MAX_BYTES = 64 * 1024
_OVER = {404, 410}

Shape = TypeVar("Shape", bound=msgspec.Struct)


class _Begun(msgspec.Struct):
    check_id: str
    url: str


class _Result(msgspec.Struct):
    status: IdentityOutcome


class IdentityProviderClient:
    """A provider that opens checks at `POST {base_url}/checks` and tells their end at `GET …/checks/{id}/result`.

    Implements `attendance.identity.IdentityProvider`. May be used from several threads; close it after use.
    """

    def __init__(self, base_url: str, token: str, *, timeout_seconds: float = 10.0) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=timeout_seconds,
            mounts={"all://127.0.0.1": None, "all://localhost": None},  # a proxy is no way to this machine
        )

    def begin(self, reference: str, return_url: str, subject: str | None = None) -> IdentityCheck:
        """Open a check, as `IdentityProvider.begin` promises. Raises IdentityUnavailable."""
        order = {"reference": reference, "subject": subject or reference, "return_url": return_url}
        status, body = self._exchange("POST", "/checks", order)
        if status != 201:
            raise IdentityUnavailable(f"HTTP {status}")
        begun = _understood(body, _Begun)
        if not begun.check_id or not begun.url.startswith(("https://", "http://")):
            raise IdentityUnavailable("its answer cannot be read")
        return IdentityCheck(begun.check_id, begun.url)

    def result(self, check_id: str) -> IdentityOutcome:
        """How the check ended. Raises IdentityUnavailable and IdentityCheckOver."""
        status, body = self._exchange("GET", f"/checks/{quote(check_id, safe='')}/result")
        if status in _OVER:
            raise IdentityCheckOver(check_id)
        if status != 200:
            raise IdentityUnavailable(f"HTTP {status}")
        return _understood(body, _Result).status

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _exchange(self, method: str, path: str, order: dict[str, str] | None = None) -> tuple[int, bytes]:
        try:
            with self._http.stream(method, path, json=order) as response:
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > _MAX_BYTES:
                        raise IdentityUnavailable("its answer cannot be read")
                return response.status_code, bytes(body)
        except httpx.HTTPError as error:
            raise IdentityUnavailable("no answer") from error


def _understood(body: bytes, shape: type[Shape]) -> Shape:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as error:  # a ValidationError is one of them
        raise IdentityUnavailable("its answer cannot be read") from error
