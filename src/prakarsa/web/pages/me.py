"""My card, and everything that ever happened to me."""

from litestar import Controller, Response

from prakarsa.card import actions as cards
from prakarsa.hold import actions as holds
from prakarsa.journal import actions as journal
from prakarsa.kernel.ids import mask
from prakarsa.purchase import actions as purchases
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
        own_holds = holds.on_people(tx, visit.now, [mine.card_id] if mine else [], [person_id])
        if mine is None:
            return visit.page("no_card.html", own_holds=own_holds)
        number = cards.number_of(tx, person_id)
        return visit.page(
            "card.html",
            card=mine,
            number=number if show_number else mask(number),
            shown=show_number,
            clocks=purchases.clocks_of(tx, person_id, visit.now),
            refusals=purchases.keeps_from_buying(tx, number, now=visit.now),
            holds=holds.in_force(tx, visit.now),
            own_holds=own_holds,
        )
