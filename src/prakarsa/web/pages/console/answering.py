"""Questions that wait for an answer."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.complaint import actions as complaints
from prakarsa.complaint.model import Owner
from prakarsa.complaint.rules import CATEGORY_WORDS, OWNER_WORDS
from prakarsa.kernel.refusal import Refusal
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

PAGE = 20
LONGEST = 4_000
BESIDE = {
    "complaint.words_too_short": "words",
    "complaint.words_too_long": "words",
    "complaint.words_not_readable": "words",
}


class Answering(Controller):
    """Questions to the programme office and those it passes on."""

    path = "/console/questions"

    @show("/")
    def waiting(self, visit: Here) -> Response[str]:
        """Oldest first, by who owes the answer."""
        return visit.page("console/questions.html", **_shown(visit))

    @take("/{number:str}")
    def answer(self, visit: Here, number: Named) -> Response[str] | Redirect:
        """Answer one."""
        words = visit.form.text("words", longest=LONGEST)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    complaints.answer(tx, number, words, visit.actor, now=visit.now)
            except Refusal as refusal:
                if refusal.code not in BESIDE:
                    raise
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go("/console/questions?done=answered")
        return visit.form_again("console/questions.html", answering=number, **_shown(visit))


def _shown(visit: Visit) -> dict[str, Any]:
    asked = visit.query("owner")
    owner = Owner(asked) if asked in set(Owner) else Owner.PMO
    with visit.transaction() as tx:
        found = complaints.open_ones(tx, owner, after=number_in(visit.query("after")), limit=PAGE + 1)
    return {
        "owner": owner,
        "complaints": found[:PAGE],
        "next_after": found[PAGE - 1].complaint_id if len(found) > PAGE else None,
        "categories": CATEGORY_WORDS,
        "owners": OWNER_WORDS,
    }
