"""The ledger for those who check it."""

from litestar import Controller, Response

from prakarsa.kernel.refusal import msg
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.visit import Here

KIND_WORDS = {
    AccountKind.STATE: msg("State treasury"),
    AccountKind.TRAINING_BUDGET: msg("Training budgets of waves"),
    AccountKind.INCENTIVE_BUDGET: msg("Incentive budgets of waves"),
    AccountKind.CARD: msg("Cards"),
    AccountKind.COURSE_ESCROW: msg("Paid for courses not yet completed"),
    AccountKind.PARTNER: msg("Earned by partners"),
    AccountKind.IN_TRANSIT: msg("Incentives at the bank"),
    AccountKind.PAID_OUT: msg("Incentives that arrived"),
}


class Books(Controller):
    """Balances."""

    path = "/console/books"

    @show("/")
    def balances(self, visit: Here) -> Response[str]:
        """What every kind of account holds; together it is always zero."""
        with visit.transaction() as tx:
            found = ledger.balances(tx)
        total_idr = sum(total for _, _, total in found)
        return visit.page("console/books.html", balances=found, total_idr=total_idr, kinds=KIND_WORDS)
