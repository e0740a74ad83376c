"""The one shape of every v1 answer (partner-api 1.7).

Some clients read only `message`, some only `success`, some the HTTP status; each of them alone must be enough.
"""

from typing import Any

from litestar import MediaType, Response

from prakarsa.api.v1_codes import code_for, status_of
from prakarsa.kernel.refusal import ClockEffect, Refusal
from prakarsa.kernel.words import partner_words

PARTNERS_READ = "id"
_NEVER_STORED = {"cache-control": "no-store"}


def success(data: Any, message: str = "OK") -> Response[dict[str, Any]]:
    """HTTP 200; without `data` when there is none."""
    body = {"success": True, "message": message}
    if data is not None:
        body["data"] = data
    return Response(body, status_code=200, media_type=MediaType.JSON, headers=_NEVER_STORED)


def failure(refusal: Refusal) -> Response[dict[str, Any]]:
    """The refusal for partners: a number, and in Indonesian the cause, the next step and what becomes of the deadline.

    Beyond the dialect: our own stable code, the next step by itself, and the deadline in one word, so that a platform
    can pass them on.
    """
    words = partner_words(refusal, PARTNERS_READ)
    code = code_for(refusal)
    body = {
        "success": False,
        "message": sentences(refusal),
        "code": code,
        "refusal": refusal.code,
        "next_step": words.next_step,
        "deadline": refusal.clock.value,
    }
    headers = dict(_NEVER_STORED)
    if (wait := refusal.facts().get("retry_after_seconds")) is not None:
        headers["retry-after"] = str(wait)
    return Response(body, status_code=status_of(code), media_type=MediaType.JSON, headers=headers)


def sentences(refusal: Refusal) -> str:
    """Cause, next step and, where a deadline is concerned, what becomes of it: in Indonesian, for partners."""
    words = partner_words(refusal, PARTNERS_READ)
    clock = "" if refusal.clock is ClockEffect.NONE else f" {words.clock}"
    return f"{words.title.rstrip('.')}. {words.next_step}{clock}"
