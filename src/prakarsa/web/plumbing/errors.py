"""Where a no becomes a page: status, cause, next step, effect on the deadline, code."""

import logging
import secrets
import traceback
from collections.abc import Callable
from typing import Any

import psycopg
from litestar import Request, Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    TooManyRequestsException,
)
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE
from litestar.types import ExceptionHandlersMap

from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BodyTooLarge, DatabaseUnavailable, MethodNotAllowed, NothingHere, TooManyRequests
from prakarsa.kernel.runtime import Runtime
from prakarsa.web.plumbing.status import status_of, wait_header
from prakarsa.web.plumbing.visit import PERSON_COOKIE, STAFF_COOKIE, Gateways, Visit
from prakarsa.web.refusals import ComeBackLater, PageFailed, SignInNeeded, StaffSignInNeeded, UnreadableForm

log = logging.getLogger(__name__)
LARGEST_BODY = 64 * 1024
RETRY_AFTER_SECONDS = 5
UNREADABLE = msg("the request does not follow the protocol")
THIS_ADDRESS = msg("this address")
AnyResponse = Response[Any]
Handler = Callable[[Request[Any, Any, Any], Exception], AnyResponse]


def refusal_page(visit: Visit, refusal: Refusal) -> AnyResponse:
    """The page for a refusal; who only needs to sign in is taken there and back."""
    if isinstance(refusal, SignInNeeded):
        visit.drop_cookie(PERSON_COOKIE)
        return visit.go_to_sign_in("/sign-in")
    if isinstance(refusal, StaffSignInNeeded):
        visit.drop_cookie(STAFF_COOKIE)
        return visit.go_to_sign_in("/console/sign-in")
    page = visit.page("refusal.html", status_of(refusal), refusal=refusal)
    page.headers.update(wait_header(refusal))
    return page


def error_pages(runtime: Runtime, gateways: Gateways) -> ExceptionHandlersMap:
    """Exception handlers that answer with pages. The application uses them too, for addresses that no route knows."""

    def refused(request: Request[Any, Any, Any], error: Exception) -> AnyResponse:
        visit = request.state.get("visit") or Visit.of(request, runtime, gateways)
        page = refusal_page(visit, as_refusal(request, error))
        if isinstance(error, MethodNotAllowedException):
            page.headers.update(error.headers or {})
        return page

    return {Refusal: refused, HTTPException: refused, Exception: refused}


def as_refusal(request: Request[Any, Any, Any], error: Exception) -> Refusal:
    """What the framework or an accident says, as one of our refusals."""
    if isinstance(error, DatabaseUnavailable | psycopg.OperationalError | psycopg.InterfaceError):
        log.error("the database cannot be used: %s", type(error).__name__)
        return ComeBackLater(RETRY_AFTER_SECONDS)
    if isinstance(error, Refusal):
        return error
    if isinstance(error, NotFoundException):
        return NothingHere(THIS_ADDRESS)
    if isinstance(error, MethodNotAllowedException):
        return MethodNotAllowed(request.method)
    if isinstance(error, TooManyRequestsException):
        return TooManyRequests(_seconds_to_wait(error))
    if isinstance(error, HTTPException) and error.status_code == HTTP_413_REQUEST_ENTITY_TOO_LARGE:
        return BodyTooLarge(LARGEST_BODY)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return UnreadableForm(UNREADABLE)
    return _unforeseen(error)


def _unforeseen(error: Exception) -> PageFailed:
    """Log where it happened, never what it said: the words of an exception may carry personal data."""
    failed = PageFailed(secrets.token_hex(4))
    frames = reversed(traceback.extract_tb(error.__traceback__))
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    log.error("page failed %s: %s at %s", failed.reference, type(error).__name__, places)
    return failed


def _seconds_to_wait(error: TooManyRequestsException) -> int:
    reset = (error.headers or {}).get("RateLimit-Reset", "60")
    return max(int(reset), 1) if reset.isdigit() else 60
