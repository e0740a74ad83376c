"""What becomes of exceptions: refusals are answered, everything else is answered, logged and never shown."""

import logging
import secrets
import traceback
from typing import Any

import psycopg
from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException

from prakarsa.api.reading import Disconnected, sent_path
from prakarsa.api.refusals import ComeBackLater, Unforeseen
from prakarsa.api.v1_envelope import failure
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import DatabaseUnavailable, MalformedBody, MethodNotAllowed, NothingHere

ADDRESS = msg("this address")
RETRY_AFTER_SECONDS = 5
log = logging.getLogger("prakarsa.api")


def is_for_partners(request: Request[Any, Any, Any]) -> bool:
    """Whether the request went to the partner door, so that its failures are answered in the partners' envelope."""
    path = sent_path(request.scope)
    return path == "/api" or path.startswith("/api/")


def answer_failure(request: Request[Any, Any, Any], exception: Exception) -> Response[dict[str, Any]]:
    """The envelope for whatever went wrong: an exception handler for every exception under /api."""
    return failure(as_refusal(exception, request.method))


def as_refusal(exception: Exception, method: str) -> Refusal:
    """The reason behind an exception, in words a partner may see."""
    match exception:
        case DatabaseUnavailable() | psycopg.OperationalError() | psycopg.InterfaceError():
            log.error("the database cannot be used: %s", type(exception).__name__)
            return ComeBackLater(RETRY_AFTER_SECONDS)
        case Refusal():
            return exception
        case NotFoundException():
            return NothingHere(ADDRESS)
        case MethodNotAllowedException():
            return MethodNotAllowed(method)
        case HTTPException(status_code=status) if status < 500:
            return MalformedBody(msg("the request is not well-formed HTTP"))
        case Disconnected():
            return MalformedBody(msg("the body is not complete"))
        case _:
            return _unforeseen(exception)


def _unforeseen(exception: Exception) -> Unforeseen:
    """Log where it happened, never what it said: the words of an exception may carry personal data."""
    incident = secrets.token_hex(4)
    frames = traceback.extract_tb(exception.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    log.error("incident %s: %s at %s", incident, type(exception).__name__, places)
    return Unforeseen(incident)
