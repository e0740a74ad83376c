"""One visit: who asks, in which language, with which form; and the answer on its way out."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from urllib.parse import quote, urlencode, urlsplit

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from prakarsa.attendance.identity import IdentityProvider
from prakarsa.disbursement.model import Bank
from prakarsa.kernel.db import Tx
from prakarsa.kernel.keyring import same
from prakarsa.kernel.runtime import Runtime
from prakarsa.people.model import Person, Staff
from prakarsa.people.rules import SESSION_DAYS
from prakarsa.selection.model import CivilRegistry
from prakarsa.web.permissions import PERMISSIONS
from prakarsa.web.plumbing import language as languages
from prakarsa.web.plumbing.done import DONE
from prakarsa.web.plumbing.forms import Form, plain
from prakarsa.web.plumbing.headers import file_headers, page_headers
from prakarsa.web.plumbing.status import status_of, wait_header
from prakarsa.web.plumbing.templates import render
from prakarsa.web.refusals import SignInNeeded, StaffSignInNeeded

AnyRequest = Request[Any, Any, Any]
PERSON_COOKIE = "prakarsa_person"
STAFF_COOKIE = "prakarsa_staff"
HANDLE_COOKIE = "prakarsa_code"
VISITOR_COOKIE = "prakarsa_visitor"
CSRF_FIELD = "_csrf"
DEVICE_SECONDS = SESSION_DAYS * 86_400
LANGUAGE_SECONDS = 365 * 86_400
_TOKEN_LENGTHS = range(8, 200)


class Gateways(Protocol):
    """Outsiders this installation can speak to; None where no address was given."""

    @property
    def identity(self) -> IdentityProvider | None:
        """Who compares faces."""

    @property
    def bank(self) -> Bank | None:
        """Who moves the money."""

    @property
    def registry(self) -> CivilRegistry | None:
        """Who knows the people."""


@dataclass
class Visit:
    """What a page may know about its visitor, and how it answers."""

    runtime: Runtime
    gateways: Gateways
    request: AnyRequest
    now: datetime
    language: str
    person: Person | None = None
    staff: Staff | None = None
    form: Form = field(default_factory=Form)
    _cookies: list[Cookie] = field(default_factory=list)
    _visitor: str = ""

    @classmethod
    def of(cls, request: AnyRequest, runtime: Runtime, gateways: Gateways) -> "Visit":
        """The visit a request begins; nobody has been looked up yet."""
        asked = plain(request.query_params.get("lang", ""))
        visit = cls(runtime, gateways, request, runtime.clock.now(), languages.DEFAULT)
        kept = request.cookies.get(visit._cookie_name(languages.COOKIE), "")
        visit.language = languages.chosen_language(asked, kept, request.headers.get("accept-language", ""))
        if asked == visit.language:
            visit.keep_cookie(languages.COOKIE, asked, max_age=LANGUAGE_SECONDS)
        return visit

    def transaction(self) -> AbstractContextManager[Tx]:
        """A transaction in the visitor's name."""
        return self.runtime.database.transaction(self.actor)

    @property
    def actor(self) -> str:
        """Who acts, as the journal writes it: never a name or address."""
        if self.staff:
            return f"staff/{self.staff.staff_id}"
        return f"person/{self.person.public_id}" if self.person else "visitor"

    def the_person(self) -> Person:
        """The signed-in person. Raises SignInNeeded."""
        if self.person is None:
            raise SignInNeeded
        return self.person

    def the_staff(self) -> Staff:
        """The signed-in member of staff. Raises StaffSignInNeeded."""
        if self.staff is None:
            raise StaffSignInNeeded
        return self.staff

    def query(self, name: str, *, longest: int = 200) -> str:
        """A query parameter as text; a missing or monstrous one is empty."""
        value = plain(self.request.query_params.get(name, ""))
        return value if len(value) <= longest else ""

    def cookie(self, name: str) -> str:
        """A cookie's value; empty when it is missing or cannot be one of ours."""
        value = self.request.cookies.get(self._cookie_name(name), "")
        return value if len(value) in _TOKEN_LENGTHS and value.isascii() else ""

    def keep_cookie(self, name: str, value: str, *, max_age: int | None = None) -> None:
        """Send a cookie with the answer: out of reach of scripts, not sent along from other sites."""
        self._cookies.append(
            Cookie(
                self._cookie_name(name),
                value=value,
                max_age=max_age,
                secure=self.runtime.settings.secure_cookies,
                httponly=True,
                samesite="lax",
            )
        )

    def drop_cookie(self, name: str) -> None:
        """Forget a cookie with the answer."""
        self.keep_cookie(name, "", max_age=0)

    @property
    def form_token(self) -> str:
        """What a form must bring back: bound to this browser and to who is signed in."""
        if not self._visitor:
            self._visitor = self.cookie(VISITOR_COOKIE) or secrets.token_urlsafe(24)
            if not self.cookie(VISITOR_COOKIE):
                self.keep_cookie(VISITOR_COOKIE, self._visitor)
        return self._token_for(self._visitor)

    def brings_token(self, token: str) -> bool:
        """Whether a form came from a page we gave this browser."""
        visitor = self.cookie(VISITOR_COOKIE)
        return bool(visitor) and same(self._token_for(visitor).encode(), token.encode())

    def page(
        self, template: str, status: int = 200, *, csp: Mapping[str, str] | None = None, **values: Any
    ) -> Response[str]:
        """A page in the visitor's language."""
        content = render(self, template, values)
        return self._answer(content, "text/html; charset=utf-8", status, page_headers(self.runtime.settings, csp))

    def form_again(self, template: str, **values: Any) -> Response[str]:
        """The form once more, with everything typed and what is wrong beside it."""
        if self.form.refusal is None:
            return self.page(template, 400, **values)
        again = self.page(template, status_of(self.form.refusal), **values)
        again.headers.update(wait_header(self.form.refusal))
        return again

    def go(self, path: str) -> Redirect:
        """See another page of ours."""
        return Redirect(path, status_code=303, headers=page_headers(self.runtime.settings), cookies=self._cookies)

    def go_to_sign_in(self, page: str) -> Redirect:
        """Sign in first, then come back here."""
        return self.go(f"{page}?{urlencode({'next': self.address})}" if self.address != "/" else page)

    def file(self, content: bytes | str, media_type: str, *, name: str = "") -> Response[bytes | str]:
        """A file that anybody and any program may read; with a name, the browser offers to save it."""
        return Response(content, media_type=media_type, headers=file_headers(self.runtime.settings, name))

    def stream(self, pieces: Iterator[str], media_type: str, *, name: str) -> Stream:
        """A file too large to hold, piece by piece."""
        return Stream(pieces, media_type=media_type, headers=file_headers(self.runtime.settings, name))

    @property
    def address(self) -> str:
        """The path and query of this page, without the language switch: where to come back to."""
        scope = self.request.scope
        if self.request.method == "POST" and f"GET {scope.get('path_template', '')}" not in PERMISSIONS:
            return "/"
        pairs = [(name, value) for name, value in self.request.query_params.multi_items() if name not in _SWITCHES]
        path = quote(scope["path"])
        return path + ("?" + urlencode(pairs) if pairs else "")

    def with_query(self, **changed: str) -> str:
        """This page with some query parameters changed."""
        pairs = dict(self.request.query_params.multi_items()) | changed
        return quote(self.request.scope["path"]) + "?" + urlencode(pairs)

    def is_under(self, path: str) -> bool:
        """Whether the page shown lies under this path."""
        shown = self.request.scope["path"]
        return shown == path or shown.startswith(path + "/")

    @property
    def done(self) -> str:
        """What the visitor has just done, as the page before said in its redirect."""
        return DONE.get(self.query("done"), "")

    @property
    def seems_signed_in(self) -> bool:
        """Whether to offer personal pages; the guard asks the database only when one is opened."""
        return bool(self.cookie(PERSON_COOKIE)) and not any(
            cookie.key == self._cookie_name(PERSON_COOKIE) and not cookie.value for cookie in self._cookies
        )

    def in_language(self, language: str) -> str:
        """This page in another language."""
        return f"{self.address}{'&' if '?' in self.address else '?'}lang={language}"

    def _answer(self, content: str, media_type: str, status: int, headers: dict[str, str]) -> Response[str]:
        return Response(content, media_type=media_type, status_code=status, headers=headers, cookies=self._cookies)

    def _cookie_name(self, name: str) -> str:
        # the prefix makes browsers insist on Secure, the whole site and no Domain
        return f"__Host-{name}" if self.runtime.settings.secure_cookies else name

    def _token_for(self, visitor: str) -> str:
        parts = (visitor, self.cookie(PERSON_COOKIE), self.cookie(STAFF_COOKIE))
        return self.runtime.keyring.digest("web.csrf", *parts).hex()


Here: TypeAlias = NamedDependency[Visit]
"""The visit, as handlers ask for it."""
Named: TypeAlias = FromPath[str]
"""A part of the address, as handlers ask for it."""
_SWITCHES = {"lang", "done"}


def local_path(address: str, otherwise: str) -> str:
    """An address on this site to go on to, or `otherwise`: nobody is sent elsewhere by a crafted link."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address or not address.isprintable():
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    return address if not parts.scheme and not parts.netloc else otherwise
