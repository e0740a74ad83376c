"""Payouts as the programme office sees them: files to the bank, failures, and the order to send what is due."""

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.disbursement import actions as payouts
from prakarsa.gateways import rounds
from prakarsa.gateways.outside import needed
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.patience import Tell, finished
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here

PAGE = 30


class Paying(Controller):
    """Incentives."""

    path = "/console/payouts"

    @show("/")
    def batches(self, visit: Here) -> Response[str]:
        """Files to the bank and what it said, payments that somebody must look at, and everything in sums."""
        before, after = number_in(visit.query("before")), number_in(visit.query("after"))
        with visit.transaction() as tx:
            files = payouts.batches(tx, before=before or 2**62, limit=PAGE + 1)
            failed = payouts.failures(tx, after=after, limit=PAGE + 1)
            totals = payouts.totals(tx)
        return visit.page(
            "console/payouts.html",
            batches=files[:PAGE],
            older=files[PAGE - 1].batch_id if len(files) > PAGE else None,
            failures=failed[:PAGE],
            more_failures=failed[PAGE - 1].instruction_id if len(failed) > PAGE else None,
            totals=totals,
        )

    @take("/send")
    def send(self, visit: Here) -> Redirect:
        """Schedule what is owed and send what is due."""
        bank = needed(visit.gateways.bank, "bank_url")

        def pay(tell: Tell) -> None:
            rounds.schedule_incentives(visit.runtime, actor=visit.actor, tell=tell)
            rounds.send_due_incentives(visit.runtime, bank, actor=visit.actor, tell=tell)

        return visit.go(f"/console/payouts?done={'sent' if finished(pay) else 'sending'}")
