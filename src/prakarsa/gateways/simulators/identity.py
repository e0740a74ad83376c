"""An identity-check provider of our own making: no camera, no face; a button decides.

`POST /checks`              server to server. JSON `reference`, `subject` (the provider's name for the person, never a
                            NIK) and `return_url` → 201 `{"check_id", "url"}`. 400 when a field or the URL is not right.
`GET /checks/{id}`          the person's browser: the page with the buttons.
`POST /checks/{id}`         a button was pressed: decides the check once, then 303 to the return URL with `check={id}`.
`GET /checks/{id}/result`   server to server → `{"status": "pending"|"match"|"no_match", "decided_at"}`; 410 when the
                            check ran out undecided, 404 when there is none.

Server to server needs the bearer token. A check lasts fifteen minutes. The books are in memory only.
"""

import secrets
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from threading import Lock
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec
from jinja2 import Environment, StrictUndefined
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, HTTPException, NotFoundException
from litestar.params import Body, FromPath, JSONBody
from litestar.response import Redirect

from prakarsa.attendance.identity import IdentityOutcome
from prakarsa.gateways.simulators.bearer import bearer_guard
from prakarsa.kernel.clock import Clock, SystemClock

LIFETIME = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)  # how long a check that ran out can still be asked for
DEFAULT_PORT = {"http": 80, "https": 443}


class Order(msgspec.Struct):
    """What our side sends to open a check."""

    reference: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    return_url: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Press(msgspec.Struct):
    """Which button was pressed."""

    scan: Literal["match", "no_match"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check, decided or not."""

    check_id: str
    reference: str
    subject: str
    return_url: str
    expires_at: datetime
    outcome: IdentityOutcome = IdentityOutcome.PENDING
    decided_at: datetime | None = None

    def over(self, now: datetime) -> bool:
        """Whether the check ran out before anybody decided it."""
        return self.decided_at is None and now >= self.expires_at


class Checks:
    """The provider's memory. Safe to use from several threads."""

    def __init__(self, clock: Clock, allowed_origins: frozenset[str]) -> None:
        self._clock = clock
        self._allowed_origins = allowed_origins
        self._lock = Lock()
        self._checks: dict[str, Check] = {}  # oldest first

    def now(self) -> datetime:
        """The moment by which checks run out."""
        return self._clock.now()

    def begin(self, order: Order) -> Check:
        """Open a check. Raises ClientException when people may not be sent to the return URL."""
        origin = origin_of(order.return_url)
        if origin is None or not (origin in self._allowed_origins if self._allowed_origins else is_loopback(origin)):
            raise ClientException("return_url is not an http(s) URL of an allowed origin")
        now = self.now()
        check = Check(
            secrets.token_urlsafe(24), order.reference, order.subject, order.return_url, expires_at=now + LIFETIME
        )
        with self._lock:
            self._forget(now)
            self._checks[check.check_id] = check
        return check

    def find(self, check_id: str) -> Check:
        """The check. Raises NotFoundException."""
        found = self._checks.get(check_id)
        if found is None:
            raise NotFoundException("No such check")
        return found

    def decide(self, check_id: str, outcome: IdentityOutcome) -> Check:
        """Decide the check unless it is decided or over; the first decision stands."""
        with self._lock:
            check, now = self.find(check_id), self.now()
            if check.decided_at is None and not check.over(now):
                check = replace(check, outcome=outcome, decided_at=now)
                self._checks[check_id] = check
            return check

    def _forget(self, now: datetime) -> None:
        while self._checks:
            oldest = next(iter(self._checks.values()))
            if now < oldest.expires_at + REMEMBERED:
                return
            del self._checks[oldest.check_id]


def identity_app(token: str, *, allowed_origins: frozenset[str] = frozenset(), clock: Clock | None = None) -> Litestar:
    """The provider as a web application with an empty memory.

    People are sent back only to `allowed_origins` ("https://example.org", port where it is not the usual one); with
    none given, only to this machine. `clock` says when checks run out; real time by default.
    """
    origins = frozenset(origin for given in allowed_origins if (origin := origin_of(given)))
    if len(origins) != len(allowed_origins):
        raise ValueError("allowed_origins must be distinct http(s) origins")
    server_only = [bearer_guard(token)]
    return Litestar(
        route_handlers=[
            post("/checks", guards=server_only, sync_to_thread=False)(begin_check),
            get("/checks/{check_id:str}/result", guards=server_only, sync_to_thread=False)(tell_result),
            show_page,
            press_button,
        ],
        state=State({"checks": Checks(clock or SystemClock(), origins)}),
        request_max_body_size=16 * 1024,
        exception_handlers={RecursionError: too_deep},  # how the JSON decoder says that it met too many brackets
        openapi_config=None,
        logging_config=None,
    )


def begin_check(state: State, request: Request, data: JSONBody[Order]) -> dict[str, str]:  # type: ignore[type-arg]  # any state
    """Open a check and say where the person's browser must go."""
    checks: Checks = state.checks
    check = checks.begin(data)
    return {"check_id": check.check_id, "url": f"{str(request.base_url).rstrip('/')}/checks/{check.check_id}"}


def tell_result(state: State, check_id: FromPath[str]) -> dict[str, str | None]:
    """How the check ended."""
    checks: Checks = state.checks
    check = checks.find(check_id)
    if check.over(checks.now()):
        raise HTTPException("The check ran out undecided", status_code=410)
    return {
        "status": check.outcome.value,
        "decided_at": check.decided_at.isoformat() if check.decided_at else None,
    }


@get("/checks/{check_id:str}", media_type=MediaType.HTML, sync_to_thread=False)
def show_page(state: State, check_id: FromPath[str]) -> Response[str]:
    """The page a person sees."""
    checks: Checks = state.checks
    try:
        check = checks.find(check_id)
    except NotFoundException:
        return _page(404, what="unknown")
    if check.over(checks.now()):
        return _page(410, what="over")
    if check.decided_at:
        return _page(200, what="decided", back=back_url(check))
    return _page(200, what="open", check=check)


@post("/checks/{check_id:str}", status_code=303, sync_to_thread=False)
def press_button(
    state: State, check_id: FromPath[str], data: Annotated[Press, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[str] | Redirect:
    """Decide, then send the person back. Pressing again changes nothing and goes back as well."""
    checks: Checks = state.checks
    try:
        check = checks.decide(check_id, IdentityOutcome(data.scan))
    except NotFoundException:
        return _page(404, what="unknown")
    if check.decided_at is None:
        return _page(410, what="over")
    return Redirect(back_url(check), status_code=303, headers=PRIVATE)


def too_deep(_: Request, __: Exception) -> Response[dict[str, str]]:  # type: ignore[type-arg]  # any state
    """JSON nested deeper than any order is no order."""
    return Response({"detail": "The JSON is nested too deeply"}, status_code=400)


def origin_of(url: str) -> str | None:
    """Scheme, host and port of an http(s) URL that browsers and we read alike; None for any other text."""
    if not url.isascii() or not url.isprintable() or any(sign in url for sign in ' \\"<>'):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORT or not parts.hostname or "@" in parts.netloc:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port or DEFAULT_PORT[parts.scheme]}"


def is_loopback(origin: str) -> bool:
    """Whether the origin is on this machine."""
    host = urlsplit(origin).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def back_url(check: Check) -> str:
    """The return URL with the check's id appended to its query."""
    parts = urlsplit(check.return_url)
    query = f"{parts.query}&" if parts.query else ""
    return urlunsplit(parts._replace(query=f"{query}check={quote(check.check_id, safe='')}"))


def _page(status: int, **what: object) -> Response[str]:
    return Response(PAGE.render(style=STYLE, **what), status_code=status, media_type=MediaType.HTML, headers=PRIVATE)


STYLE = """
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #f4f4f2; }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
[lang=en] { color: #4a4a4a; font-size: 1rem; }
button [lang=en] { color: inherit; }
.aside { border-left: .25rem solid #8a6d00; background: #fff8e0; padding: .5rem .75rem; }
button { display: block; width: 100%; min-height: 3.25rem; margin: 1rem 0; padding: .5rem 1rem; font: inherit;
  border: 2px solid #0b5d3b; border-radius: .5rem; color: #fff; background: #0b5d3b; }
button.fail { color: #8a1c1c; background: #fff; border: 2px dashed #8a1c1c; }
button:focus-visible, a:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
code { overflow-wrap: anywhere; }
"""

# No form-action here: browsers apply it to every redirect after the form, and the last one leads to the institution.
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
    ),
}

PAGE = Environment(autoescape=True, undefined=StrictUndefined).from_string("""<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pemeriksaan wajah (simulasi)</title>
<style>{{ style | safe }}</style>
</head>
<body>
<main>
<h1>Pemeriksaan wajah</h1>
<p class="aside">Ini simulasi: kamera tidak dipakai dan wajah Anda tidak direkam.<br>
<span lang="en">This is a simulation: no camera is used and your face is not recorded.</span></p>
{% if what == "open" %}
<p>Kami membandingkan wajah Anda dengan data kependudukan untuk memastikan bahwa Anda sendiri yang hadir.</p>
<p lang="en">We compare your face with the civil registry's record to make sure that it is you who attends.</p>
<form method="post">
<button name="scan" value="match">Pindai wajah saya<br><small lang="en">Scan my face</small></button>
<button class="fail" name="scan" value="no_match">Simulasi: pemindaian gagal<br>
<small lang="en">Simulation: the scan fails</small></button>
</form>
<p>Nomor pemeriksaan <span lang="en">(check number)</span>: <code>{{ check.reference }}</code></p>
{% elif what == "decided" %}
<p>Pemeriksaan ini sudah selesai. <a href="{{ back }}">Kembali ke Prakarsa</a></p>
<p lang="en">This check is already finished. <a href="{{ back }}">Back to Prakarsa</a></p>
{% elif what == "over" %}
<p>Waktu pemeriksaan ini sudah habis. Kembali ke halaman lembaga pelatihan dan mulai lagi.</p>
<p lang="en">This check has run out. Go back to the training institution's page and start again.</p>
{% else %}
<p>Pemeriksaan ini tidak ditemukan. Kembali ke halaman lembaga pelatihan dan mulai lagi.</p>
<p lang="en">There is no such check. Go back to the training institution's page and start again.</p>
{% endif %}
</main>
</body>
</html>
""")
