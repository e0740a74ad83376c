"""The server: partner API and pages in one application, on uvicorn (uvloop, httptools)."""

import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response

from prakarsa.api.app import api_router
from prakarsa.api.failures import answer_failure, is_for_partners
from prakarsa.gateways.outside import Outside, reach_outside
from prakarsa.kernel.runtime import Runtime, open_runtime
from prakarsa.web.app import web_router
from prakarsa.web.plumbing.errors import error_pages

GRACE_SECONDS = 15
_LOUD = ("httpx", "httpcore")


def build_app(runtime: Runtime, outside: Outside, *, on_close: ExitStack | None = None) -> Litestar:
    """Both doors. Failures before routing are answered in the form of the door they were meant for."""
    as_page: Any = error_pages(runtime, outside)[Exception]

    def refused(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        answer: Response[Any] = answer_failure(request, error) if is_for_partners(request) else as_page(request, error)
        return answer

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        with on_close or ExitStack():
            yield

    return Litestar(
        route_handlers=[api_router(runtime), web_router(runtime, outside)],
        exception_handlers={Exception: refused},
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=None,
    )


def app_of_this_process() -> Litestar:
    """The application of one server process, with its own connections; closed when the server stops."""
    quiet_libraries()
    with ExitStack() as stack:
        runtime = stack.enter_context(open_runtime())
        outside = stack.enter_context(reach_outside(runtime.settings))
        app = build_app(runtime, outside, on_close=stack.pop_all())
    # what is here now stays: without this, looking through it for garbage stops every request for a tenth of a second
    gc.collect()
    gc.freeze()
    return app


def quiet_libraries() -> None:
    """Some libraries log whole addresses; addresses may hold tokens."""
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def serve(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or Ctrl-C: finish what was taken, refuse what was not."""
    # uvicorn hands a SIGTERM on when it has shut down; as an exit it lets the embedded database be closed as well
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with open_runtime():  # starts the embedded database once, before the workers look for it
        uvicorn.run(
            "prakarsa.cli.serving:app_of_this_process",
            factory=True,
            host=host,
            port=port,
            workers=workers if workers > 1 else None,
            loop="uvloop",
            http="httptools",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            h11_max_incomplete_event_size=64 * 1024,
        )
