"""Headers that every answer of the web door carries."""

from collections.abc import Mapping

from prakarsa.kernel.settings import Settings

_POLICY = {
    "default-src": "'self'",
    "script-src": "'none'",
    "object-src": "'none'",
    "img-src": "'self' data:",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Cookie",
}


def page_headers(settings: Settings, csp: Mapping[str, str] | None = None) -> dict[str, str]:
    """The headers of a page; `csp` replaces single directives of the content security policy."""
    policy = "; ".join(f"{name} {value}" for name, value in (_POLICY | dict(csp or {})).items())
    headers = _ALWAYS | {"Content-Security-Policy": policy}
    if settings.secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def file_headers(settings: Settings, name: str = "") -> dict[str, str]:
    """The headers of a public file: programs on other sites may read it, so that anybody can verify."""
    headers = page_headers(settings) | {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "no-cache",
    }
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return headers
