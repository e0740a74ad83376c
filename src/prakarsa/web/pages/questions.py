"""My questions and complaints, and their answers."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.complaint import actions as complaints
from prakarsa.complaint.rules import CATEGORY_WORDS, OWNER_WORDS
from prakarsa.kernel.refusal import Refusal
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Visit

PAGE = 20
LONGEST = 4_000
BESIDE = {
    "complaint.unknown_category": "category",
    "complaint.words_too_short": "words",
    "complaint.words_too_long": "words",
    "complaint.words_not_readable": "words",
}


class Questions(Controller):
    """Questions of the signed-in person."""

    path = "/questions"

    @show("/")
    def mine(self, visit: Here) -> Response[str]:
        """The form, and every question with its answer or who owes it until when."""
        return visit.page("questions.html", **_shown(visit))

    @take("/")
    def ask(self, visit: Here) -> Response[str] | Redirect:
        """Ask."""
        category = visit.form.option("category", set(CATEGORY_WORDS))
        words = visit.form.text("words", longest=LONGEST)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    complaints.open_complaint(tx, visit.the_person().person_id, category, words, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go("/questions?done=asked")
        return visit.form_again("questions.html", **_shown(visit))


def _shown(visit: Visit) -> dict[str, Any]:
    before = number_in(visit.query("before")) or 2**62
    with visit.transaction() as tx:
        found = complaints.mine(tx, visit.the_person().person_id, before=before, limit=PAGE + 1)
    return {
        "complaints": found[:PAGE],
        "older": found[PAGE - 1].complaint_id if len(found) > PAGE else None,
        "categories": CATEGORY_WORDS,
        "owners": OWNER_WORDS,
    }
