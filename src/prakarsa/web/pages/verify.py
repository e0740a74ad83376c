"""The identity check a person walks for one meeting: sign in, consent, provider, back to the institution."""

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.attendance import actions as attendance
from prakarsa.gateways.outside import needed
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named
from prakarsa.web.refusals import SignInNeeded

# Browsers hold the redirect after a form to the form's own policy. This one form leads to the identity provider,
# whose address is the provider's to choose; nothing on the page comes from a visitor.
LEADS_OUTSIDE = {"form-action": "'self' https: http:"}


class Verify(Controller):
    """partner-api 2.9."""

    path = "/verify"

    @show("/{token:str}")
    def ask_consent(self, visit: Here, token: Named) -> Response[str]:
        """Say who asks, what is shared with whom, and ask."""
        with visit.transaction() as tx:
            check = attendance.verification(tx, token, now=visit.now)
        if visit.person is None and not check.is_test:
            raise SignInNeeded
        return visit.page("verify.html", check=check, csp=LEADS_OUTSIDE)

    @take("/{token:str}")
    def consent(self, visit: Here, token: Named) -> Redirect:
        """Record the consent and go to the provider."""
        back = f"{visit.runtime.settings.base_url}/verify/{token}/return"
        person_id = visit.person.person_id if visit.person else None
        provider = needed(visit.gateways.identity, "identity_url")
        with visit.transaction() as tx:
            url = attendance.consent(tx, token, person_id, provider, back, now=visit.now)
        return visit.go(url)

    @show("/{token:str}/return")
    def conclude(self, visit: Here, token: Named) -> Redirect:
        """Ask the provider how it ended and send the person back to the institution."""
        provider = needed(visit.gateways.identity, "identity_url")
        with visit.transaction() as tx:
            outcome = attendance.conclude(tx, token, visit.query("check"), provider, now=visit.now)
        return visit.go(outcome.redirect_to)
