"""The two kinds of route: pages that are shown, and forms that are taken. Both run in threads."""

from collections.abc import Sequence

from litestar import HttpMethod
from litestar.handlers import HTTPRouteHandler, post, route
from litestar.types import Middleware

_SHOWN = (HttpMethod.GET, HttpMethod.HEAD)


def show(path: str) -> HTTPRouteHandler:
    """A page or file, and its head alone."""
    return route(path, http_method=_SHOWN, sync_to_thread=True)


def take(path: str, *, middleware: Sequence[Middleware] = ()) -> HTTPRouteHandler:
    """A form."""
    return post(path, sync_to_thread=True, middleware=middleware)
