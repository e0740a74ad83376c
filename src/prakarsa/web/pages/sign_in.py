"""Signing in without a password: an address, a code, a session."""

from urllib.parse import urlencode

from litestar import Controller, Response
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.response import Redirect

from prakarsa.kernel.refusal import Refusal
from prakarsa.people import actions as people
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import DEVICE_SECONDS, HANDLE_COOKIE, PERSON_COOKIE, Here, Visit, local_path

Answer = Response[str] | Redirect
HANDLE_SECONDS = 15 * 60
# Many phones share one address of their carrier, so this only stops machines; each person's codes are limited
# by the people room.
codes_limit = RateLimitConfig(rate_limit=("minute", 300), store="web_sign_in", set_rate_limit_headers=True)
tries_limit = RateLimitConfig(rate_limit=("minute", 300), store="web_sign_in_code", set_rate_limit_headers=True)


class SignIn(Controller):
    """Sign in and out."""

    path = "/"

    @show("/sign-in")
    def ask_address(self, visit: Here) -> Answer:
        """Ask for the phone number or e-mail address."""
        return visit.page("sign_in.html", next_query=_next_query(visit))

    @take("/sign-in", middleware=[codes_limit.middleware])
    def send_code(self, visit: Here) -> Answer:
        """Have a code sent; the answer is the same whether anybody has the address or not."""
        address = visit.form.text("address", longest=254)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    handle = people.begin_sign_in(tx, address, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                visit.keep_cookie(HANDLE_COOKIE, handle, max_age=HANDLE_SECONDS)
                return visit.go("/sign-in/code" + _next_query(visit))
        return visit.form_again("sign_in.html", next_query=_next_query(visit))

    @show("/sign-in/code")
    def ask_code(self, visit: Here) -> Answer:
        """Ask for the code."""
        if not visit.cookie(HANDLE_COOKIE):
            return visit.go("/sign-in" + _next_query(visit))
        return visit.page("sign_in_code.html", next_query=_next_query(visit))

    @take("/sign-in/code", middleware=[tries_limit.middleware])
    def take_code(self, visit: Here) -> Answer:
        """Open a session for the right code."""
        otp = visit.form.text("otp", longest=12)
        if visit.form.sound:
            with visit.transaction() as tx:
                # a refusal is returned, not raised, so that the counted try is committed
                outcome = people.finish_sign_in(tx, visit.cookie(HANDLE_COOKIE), otp, now=visit.now)
            if not isinstance(outcome, Refusal):
                visit.keep_cookie(PERSON_COOKIE, outcome, max_age=DEVICE_SECONDS)
                visit.drop_cookie(HANDLE_COOKIE)
                return visit.go(local_path(visit.query("next", longest=500), "/card"))
            visit.form.refuse(outcome)
        return visit.form_again("sign_in_code.html", next_query=_next_query(visit))

    @take("/sign-out")
    def sign_out(self, visit: Here) -> Answer:
        """End the session of this device."""
        token = visit.cookie(PERSON_COOKIE)
        if token:
            with visit.transaction() as tx:
                people.sign_out(tx, token, now=visit.now)
        visit.drop_cookie(PERSON_COOKIE)
        return visit.go("/?done=signed_out")


def _next_query(visit: Visit) -> str:
    """Where to go after signing in, carried along."""
    onward = local_path(visit.query("next", longest=500), "")
    return "?" + urlencode({"next": onward}) if onward else ""
