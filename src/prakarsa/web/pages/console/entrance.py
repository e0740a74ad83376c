"""Staff sign in and out; the overview."""

from datetime import timedelta
from urllib.parse import urlencode

from litestar import Controller, Response
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.response import Redirect

from prakarsa.hold import actions as holds
from prakarsa.journal import actions as journal
from prakarsa.kernel.clock import wall_now
from prakarsa.kernel.refusal import Refusal
from prakarsa.notice import actions as notices
from prakarsa.notice.probe_model import TROUBLE_WORDS
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.web.permissions import staff_may
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import STAFF_COOKIE, Here, Visit, local_path

staff_limit = RateLimitConfig(rate_limit=("minute", 20), store="web_staff_sign_in", set_rate_limit_headers=True)
PASSWORD_LONGEST = 1_000
WALKS_LATE_AFTER = timedelta(minutes=5)
"""Probes walk every minute: after this long without any, somebody should look at the worker."""


class Entrance(Controller):
    """The way in."""

    path = "/console"

    @show("/sign-in")
    def ask(self, visit: Here) -> Response[str]:
        """Ask for e-mail, password and code."""
        return visit.page("console/sign_in.html", next_query=_next_query(visit))

    @take("/sign-in", middleware=[staff_limit.middleware])
    def sign_in(self, visit: Here) -> Response[str] | Redirect:
        """Open a session of staff."""
        email = visit.form.text("email", longest=254)
        password = visit.form.text("password", longest=PASSWORD_LONGEST)
        totp = visit.form.text("totp", longest=12)
        if visit.form.sound:
            with visit.transaction() as tx:
                # a refusal is returned, not raised, so that the counted failure is committed
                outcome = people.staff_sign_in(tx, email, password, totp, now=visit.now, wall_at=wall_now())
            if not isinstance(outcome, Refusal):
                visit.keep_cookie(STAFF_COOKIE, outcome)
                return visit.go(local_path(visit.query("next", longest=500), "/console"))
            visit.form.refuse(outcome)
        return visit.form_again("console/sign_in.html", next_query=_next_query(visit))

    @take("/sign-out")
    def sign_out(self, visit: Here) -> Redirect:
        """End the session."""
        token = visit.cookie(STAFF_COOKIE)
        if token:
            with visit.transaction() as tx:
                people.sign_out(tx, token, now=visit.now)
        visit.drop_cookie(STAFF_COOKIE)
        return visit.go("/console/sign-in?done=signed_out")

    @show("/")
    def overview(self, visit: Here) -> Response[str] | Redirect:
        """Where things stand today; experts from outside the office see what they are called to."""
        if not staff_may(visit.the_staff().role, "GET /console/waves"):
            return visit.go("/console/curation")
        with visit.transaction() as tx:
            return visit.page(
                "console/overview.html",
                waves=programme.waves(tx)[-5:],
                holds=holds.in_force(tx, visit.now),
                messages_waiting=journal.waiting(tx),
                alarms=notices.standing_alarms(tx, visit.now),
                troubles=TROUBLE_WORDS,
                last_walk=next(iter(notices.newest_walks(tx, limit=1)), None),
                walks_late_after=WALKS_LATE_AFTER,
            )


def _next_query(visit: Visit) -> str:
    onward = local_path(visit.query("next", longest=500), "")
    return "?" + urlencode({"next": onward}) if onward else ""
