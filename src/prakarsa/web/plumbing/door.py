"""The guard at the door: finds out who asks, checks the map of permissions, reads the form and its token."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from prakarsa.kernel.refusals import NothingHere
from prakarsa.kernel.runtime import Runtime
from prakarsa.people import actions as people
from prakarsa.web.permissions import Who, who_may
from prakarsa.web.plumbing.errors import THIS_ADDRESS
from prakarsa.web.plumbing.forms import Form, read_form
from prakarsa.web.plumbing.visit import CSRF_FIELD, PERSON_COOKIE, STAFF_COOKIE, AnyRequest, Gateways, Visit
from prakarsa.web.refusals import NotYourRole, SignInNeeded, StaleForm

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]


def guard_of(runtime: Runtime, gateways: Gateways) -> Guard:
    """A guard that begins the visit and admits by the map. Raises SignInNeeded, StaffSignInNeeded, NotYourRole."""

    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        if not isinstance(connection, Request) or connection.method == "OPTIONS":
            return
        visit = Visit.of(connection, runtime, gateways)
        connection.state["visit"] = visit
        if "\x00" in connection.scope["path"]:
            raise NothingHere(THIS_ADDRESS)
        who = who_may(connection.method, connection.scope["path_template"])
        if who.looks:
            await sync_to_thread(look, visit, who)
        admit(visit, who)

    return guard


def look(visit: Visit, who: Who) -> None:
    """Look up who is signed in, if a cookie says anybody is."""
    token = visit.cookie(STAFF_COOKIE if who.roles else PERSON_COOKIE)
    if not token:
        return
    with visit.transaction() as tx:
        if who.roles:
            visit.staff = people.staff_of(tx, token, visit.now)
        else:
            visit.person = people.person_of(tx, token, visit.now)


def admit(visit: Visit, who: Who) -> None:
    """Let in or refuse. Raises SignInNeeded, StaffSignInNeeded, NotYourRole."""
    if who.person and visit.person is None:
        raise SignInNeeded
    if who.roles:
        role = visit.the_staff().role
        if role not in who.roles:
            raise NotYourRole(role)


async def take_form(request: AnyRequest) -> None:
    """Read the form of a POST and insist on its token. Raises UnreadableForm, StaleForm."""
    if request.method != "POST":
        return
    visit: Visit = request.state["visit"]
    values = read_form(await request.body())
    # browsers say where a form was sent from; clients that do not say are held to the token alone
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise StaleForm
    if not visit.brings_token(values.pop(CSRF_FIELD, "")):
        raise StaleForm
    visit.form = Form(values)


def visit_of(request: AnyRequest) -> Visit:
    """The visit of this request, for handlers."""
    visit: Visit = request.state["visit"]
    return visit
