"""Changing policy: proposed as a file by one person, approved by another, taken back by two."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.kernel.refusal import Refusal
from prakarsa.programme import actions as programme
from prakarsa.programme.changing import STATE_WORDS
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

LONGEST_FILE = 16_000
"""Characters of a change as typed into the form; longer ones go through the terminal."""

EXAMPLE = """\
scheme = "prakerja-2020"
change = "Permenko 0/2000: what it is about"

[instruments]
permenko-0 = { title = "Permenko 0/2000", version = "signed 2000-01-01, in force 2000-01-04" }

[first_purchase_deadline_days]
instrument = "permenko-0"
article = "art. 1(2)"
source = "where this can be read"
values = [
    { waves = "12-", from = 2000-01-04, value = 30 },
]
"""
"""What the form begins with, so that nobody has to know the format by heart."""


class Policy(Controller):
    """Changes of policy."""

    path = "/console/policy"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """Every change, and the form to propose one."""
        return visit.page("console/policy.html", **_listed(visit))

    @take("/")
    def propose(self, visit: Here) -> Response[str] | Redirect:
        """Put a change before the office."""
        text = visit.form.text("file", longest=LONGEST_FILE)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    proposed = programme.propose(tx, text, author=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                return visit.go(f"/console/policy/{proposed.change_code}?done=policy_proposed")
        return visit.form_again("console/policy.html", **_listed(visit))

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One change: what it puts in the place of what, who answers for it, and what can be done."""
        return visit.page("console/policy_change.html", **_shown(visit, code))

    @take("/{code:str}/approve")
    def approve(self, visit: Here, code: Named) -> Redirect:
        """Approve what somebody else proposed."""
        with visit.transaction() as tx:
            programme.approve(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/policy/{code}?done=policy_approved")

    @take("/{code:str}/withdraw")
    def withdraw(self, visit: Here, code: Named) -> Redirect:
        """Close a change nobody has approved."""
        with visit.transaction() as tx:
            programme.withdraw(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/policy/{code}?done=policy_withdrawn")

    @take("/{code:str}/revocation")
    def propose_revocation(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Ask for an approved change to be taken back."""
        reason = visit.form.text("reason", longest=1_000)
        if not visit.form.sound:
            return visit.form_again("console/policy_change.html", **_shown(visit, code))
        with visit.transaction() as tx:
            programme.propose_revocation(tx, code, reason=reason, by=visit.actor, now=visit.now)
        return visit.go(f"/console/policy/{code}?done=policy_revocation_proposed")

    @take("/{code:str}/revoke")
    def revoke(self, visit: Here, code: Named) -> Redirect:
        """Agree that a change is taken back."""
        with visit.transaction() as tx:
            programme.revoke(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/policy/{code}?done=policy_revoked")


def _listed(visit: Visit) -> dict[str, Any]:
    with visit.transaction() as tx:
        return {
            "changes": programme.changes(tx),
            "schemes": programme.schemes(tx),
            "states": STATE_WORDS,
            "example": EXAMPLE,
            "longest": LONGEST_FILE,
        }


def _shown(visit: Visit, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        found = programme.change(tx, code)
        return {"change": found, "effects": programme.effects_of(tx, found, visit.now), "states": STATE_WORDS}
