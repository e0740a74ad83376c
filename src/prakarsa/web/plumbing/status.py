"""Which HTTP status a refusal has on a page: the one place that chooses it."""

from prakarsa.kernel.refusal import Kind, Refusal
from prakarsa.kernel.refusals import BodyTooLarge, MethodNotAllowed
from prakarsa.web.refusals import PageFailed

_BY_KIND = {
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.MISSING: 404,
    Kind.CONFLICT: 409,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}
_OWN: dict[type[Refusal], int] = {BodyTooLarge: 413, MethodNotAllowed: 405, PageFailed: 500}


def status_of(refusal: Refusal) -> int:
    """The status of a refusal."""
    return _OWN.get(type(refusal), _BY_KIND[refusal.kind])


def wait_header(refusal: Refusal) -> dict[str, str]:
    """Retry-After, where waiting helps."""
    seconds = getattr(refusal, "retry_after_seconds", None)
    return {} if seconds is None else {"Retry-After": str(seconds)}
