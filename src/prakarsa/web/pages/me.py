"""My card, and everything that ever happened to me."""

from litestar import Controller, Response

from prakarsa.card import actions as cards
from prakarsa.card.model import Card
from prakarsa.hold import actions as holds
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import mask
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.refusals import ScheduleUnknown
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Visit
from prakarsa.web.timeline_words import line

PAGE = 30


class Me(Controller):
    """Pages about the signed-in person."""

    path = "/"

    @show("/card")
    def card(self, visit: Here) -> Response[str]:
        """The card with its number masked."""
        return _card_page(visit, show_number=False)

    @take("/card/number")
    def number(self, visit: Here) -> Response[str]:
        """The card with its number, shown to its owner on demand."""
        return _card_page(visit, show_number=True)

    @show("/timeline")
    def timeline(self, visit: Here) -> Response[str]:
        """Every event, newest first, one page after another."""
        before = visit.query("before")
        with visit.transaction() as tx:
            rows = journal.timeline(
                tx,
                visit.the_person().person_id,
                before_entry_id=number_in(before) or 2**62,
                limit=PAGE + 1,
            )
        return visit.page(
            "timeline.html",
            lines=[line(row, visit.language) for row in rows[:PAGE]],
            older=rows[PAGE - 1].entry_id if len(rows) > PAGE else None,
        )


def _card_page(visit: Visit, *, show_number: bool) -> Response[str]:
    person_id = visit.the_person().person_id
    with visit.transaction() as tx:
        mine = cards.card_of_person(tx, person_id)
        if mine is None:
            return visit.page("no_card.html")
        number = cards.number_of(tx, person_id)
        return visit.page(
            "card.html",
            card=mine,
            number=number if show_number else mask(number),
            shown=show_number,
            clock=purchases.clock_of(tx, person_id, visit.now),
            refusals=_reasons_not_to_buy(tx, mine, number, visit),
            holds=holds.in_force(tx, visit.now),
        )


def _reasons_not_to_buy(tx: Tx, card: Card, number: str, visit: Visit) -> list[object]:
    """What would keep this card from buying anything at all: the checks of a payment, without naming a class."""
    checks = purchases.explain(tx, number, "", None, now=visit.now)
    return [check.refusal for check in checks if check.refusal and not isinstance(check.refusal, ScheduleUnknown)]
