"""Gap lists at the office: what waits for a decision, what is late, item by item."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.kernel.refusal import Refusal
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.gap_model import STATE_WORDS, GapOutcome
from prakarsa.rehearsal.model import THING_WORDS
from prakarsa.web.plumbing.evidence import EVIDENCE_WORDS
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

PAGE = 40
OUTCOMES = frozenset(GapOutcome)
BESIDE = {"rehearsal.words_missing": "words", "rehearsal.gap_deadline_impossible": "due_at"}


class GapLists(Controller):
    """Gap lists and the answers to them."""

    path = "/console/gaps"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """Answers that wait for a decision, and every list with how far it is."""
        with visit.transaction() as tx:
            waiting = rehearsal.undecided(tx, after=number_in(visit.query("after")), limit=PAGE + 1)
            lists = rehearsal.gap_lists(tx, before=number_in(visit.query("before")) or 2**62, limit=PAGE + 1)
        return visit.page(
            "console/gaps.html",
            waiting=waiting[:PAGE],
            after=waiting[PAGE - 1].item.gap_item_id if len(waiting) > PAGE else None,
            lists=lists[:PAGE],
            older=lists[PAGE - 1].gap_list_id if len(lists) > PAGE else None,
            things=THING_WORDS,
        )

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One list with its items, page by page."""
        return visit.page("console/gap_list.html", **_list(visit, code))

    @take("/{code:str}/time")
    def give_time(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Give one partner another deadline, saying why."""
        due_at, reason = visit.form.moment("due_at"), visit.form.text("reason", longest=500)
        if visit.form.sound and due_at is not None:
            try:
                with visit.transaction() as tx:
                    rehearsal.give_time(tx, code, due_at, reason=reason, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/gaps/{code}?done=gap_time")
        return visit.form_again("console/gap_list.html", **_list(visit, code))

    @show("/items/{code:str}")
    def item(self, visit: Here, code: Named) -> Response[str]:
        """One item, everything said about it, and the form to decide."""
        return visit.page("console/gap_item.html", **_item(visit, code))

    @take("/items/{code:str}")
    def decide(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Accept an answer or turn it down with what to mend."""
        outcome = visit.form.option("outcome", OUTCOMES)
        words = visit.form.text("words", longest=2_000, needed=outcome == GapOutcome.REJECTED)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    item = rehearsal.decide_gap(
                        tx, code, outcome=GapOutcome(outcome), words=words, by=visit.actor, now=visit.now
                    )
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/gaps/{item.list_code}?done=gap_decided")
        return visit.form_again("console/gap_item.html", **_item(visit, code))


def _list(visit: Visit, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        found = rehearsal.gap_list(tx, code)
        page = rehearsal.gap_items(tx, found, after=number_in(visit.query("after")), limit=PAGE + 1)
    return {
        "found": found,
        "items": page[:PAGE],
        "after": page[PAGE - 1].item.gap_item_id if len(page) > PAGE else None,
        "states": STATE_WORDS,
        "things": THING_WORDS,
    }


def _item(visit: Visit, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        found = rehearsal.gap_item(tx, code)
    return {
        "found": found,
        "kinds": {kind.value: EVIDENCE_WORDS[kind] for kind in found.accepted_kinds},
        "all_kinds": EVIDENCE_WORDS,
        "states": STATE_WORDS,
        "things": THING_WORDS,
        "overdue": found.item.overdue(visit.now),
    }
