"""My payments: the linked account, every incentive with its state, and what to do when one did not arrive."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.disbursement import actions as payouts
from prakarsa.disbursement.kinds import PURPOSES
from prakarsa.disbursement.model import PayoutState, Provider
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Visit

BESIDE = {
    "disbursement.bad_account_number": "account_number",
    "disbursement.account_shared": "account_number",
    "disbursement.unknown_provider": "provider",
}
STATE_WORDS = {
    PayoutState.SCHEDULED: msg("scheduled"),
    PayoutState.SENT: msg("at the bank"),
    PayoutState.PAID: msg("arrived"),
    PayoutState.FAILED: msg("did not arrive"),
    PayoutState.CANCELLED: msg("not paid"),
}
PROVIDER_WORDS = {
    provider.value: msg("{name}, e-wallet") if provider.is_wallet else msg("{name}, bank account")
    for provider in Provider
}


class Payouts(Controller):
    """Payments to the signed-in person."""

    path = "/payouts"

    @show("/")
    def mine(self, visit: Here) -> Response[str]:
        """The account and the payments."""
        return visit.page("payouts.html", **_shown(visit))

    @take("/account")
    def link(self, visit: Here) -> Response[str] | Redirect:
        """Link an account, or change it."""
        provider = visit.form.option("provider", set(Provider))
        number = visit.form.text("account_number", longest=40)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    payouts.link_account(tx, visit.the_person().person_id, provider, number, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go("/payouts?done=account_linked")
        return visit.form_again("payouts.html", **_shown(visit))

    @take("/retry")
    def retry(self, visit: Here) -> Redirect:
        """Have what failed sent again."""
        with visit.transaction() as tx:
            payouts.retry(tx, visit.the_person().person_id, now=visit.now)
        return visit.go("/payouts?done=retry")


def _shown(visit: Visit) -> dict[str, Any]:
    person_id = visit.the_person().person_id
    with visit.transaction() as tx:
        found = payouts.my_payouts(tx, person_id)
        return {
            "missing": payouts.why_not_scheduled(tx, person_id, now=visit.now) if not found else [],
            "account": payouts.account_of(tx, person_id),
            "link_by": payouts.linking_deadline(tx, person_id, now=visit.now),
            "held": payouts.why_held(tx, person_id, now=visit.now),
            "payouts": found,
            "failed": any(payout.state is PayoutState.FAILED for payout in found),
            "states": STATE_WORDS,
            "providers": PROVIDER_WORDS,
            "purposes": PURPOSES,
        }
