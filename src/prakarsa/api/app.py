"""The partner door as a Litestar router, to be hung into one application beside the pages.

Routing counts repeated slashes as one, so `//api/v1/…` arrives as well (partner-api 1.5); signatures are checked
against the path as it was sent.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from anyio import CapacityLimiter, fail_after, to_thread
from litestar import Request, Response, Router, post
from litestar.handlers import HTTPRouteHandler

from prakarsa.api.authentication import Claim, admit, authenticate, read_claim
from prakarsa.api.failures import RETRY_AFTER_SECONDS, answer_failure
from prakarsa.api.reading import read_body, read_members
from prakarsa.api.refusals import ComeBackLater
from prakarsa.api.v1_endpoints import BASE_PATH, ENDPOINTS, Call, Endpoint, Shown
from prakarsa.api.v1_envelope import PARTNERS_READ, failure, sentences, success
from prakarsa.kernel.clock import wall_now
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.words import say

PATIENCE_SECONDS = 20.0
Answer = Response[dict[str, Any]]


def api_router(runtime: Runtime, *, patience_seconds: float = PATIENCE_SECONDS) -> Router:
    """Every address of the partner door. A request that cannot begin within `patience_seconds` is told to come back.

    The application must send failures that happen before routing (unknown path, wrong method) to
    `failures.answer_failure` wherever `failures.is_for_partners` holds.
    """
    desk = Desk(runtime.settings.pool_size, patience_seconds)
    return Router(
        path=BASE_PATH,
        route_handlers=[_handler(runtime, endpoint, desk) for endpoint in ENDPOINTS],
        exception_handlers={Exception: answer_failure},
        include_in_schema=False,
    )


class Desk:
    """As many requests at work as there are connections; the others wait their turn, which costs no thread."""

    def __init__(self, places: int, patience_seconds: float) -> None:
        self._turn = CapacityLimiter(places)
        self._threads = CapacityLimiter(places)
        self._patience_seconds = patience_seconds

    async def serve(self, work: Callable[[], Answer]) -> Answer:
        """Do the work in a thread when it is its turn. Raises ComeBackLater, before anything was begun."""
        try:
            with fail_after(self._patience_seconds):
                await self._turn.acquire()
        except TimeoutError as error:
            raise ComeBackLater(RETRY_AFTER_SECONDS) from error
        try:
            return await to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._turn.release()


def _handler(runtime: Runtime, endpoint: Endpoint[Any], desk: Desk) -> HTTPRouteHandler:
    async def handle(request: Request[Any, Any, Any]) -> Answer:
        body = await read_body(request.receive)
        claim = read_claim(request.scope)
        return await desk.serve(partial(_serve, runtime, endpoint, claim, body))

    return post(endpoint.path, status_code=200)(handle)


def _serve(runtime: Runtime, endpoint: Endpoint[Any], claim: Claim, body: bytes) -> Answer:
    """Verify, read, call one verb in one transaction, show.

    A refusal the verb returns is committed with what it wrote (a counted try, a noted attempt); one that is raised
    undoes everything.
    """
    now = runtime.clock.now()
    with runtime.database.transaction(f"partner/{claim.client_code}") as tx:
        caller = authenticate(
            tx,
            claim,
            body,
            now=now,
            wall_now=wall_now(),
            window_seconds=runtime.settings.signature_window_seconds,
        )
        admit(caller, endpoint.caller)
        outcome = endpoint.act(
            Call(
                tx=tx,
                caller=caller,
                sent=read_members(body, endpoint.reads),
                authorization=claim.authorization,
                base_url=runtime.settings.base_url,
                now=now,
            )
        )
    if isinstance(outcome, Shown):
        return success(outcome.data, sentences(outcome.beside))
    return failure(outcome) if isinstance(outcome, Refusal) else success(outcome, say(endpoint.message, PARTNERS_READ))
