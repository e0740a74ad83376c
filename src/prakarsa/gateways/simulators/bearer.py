"""The bearer token by which an outsider's server knows ours."""

import hmac

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard


def bearer_guard(token: str) -> Guard:
    """A guard that answers 401 unless the request carries exactly this bearer token."""
    expected = f"Bearer {token}".encode()

    def guard(connection: ASGIConnection, _: BaseRouteHandler) -> None:  # type: ignore[type-arg]  # any state will do
        given = connection.headers.get("authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            raise NotAuthorizedException("A valid bearer token is needed", headers={"WWW-Authenticate": "Bearer"})

    return guard
