"""The draws, for everybody who wants to recompute them."""

from collections.abc import Iterator

from litestar import Controller, Response
from litestar.response import Stream

from prakarsa.kernel.refusals import NothingHere
from prakarsa.programme import actions as programme
from prakarsa.selection import actions as selection
from prakarsa.web.plumbing.errors import THIS_ADDRESS
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.visit import Here, Named, Visit


class Draws(Controller):
    """Commitments, seeds, results."""

    path = "/draws"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """Every wave's draw as far as it has come, and how to verify it."""
        with visit.transaction() as tx:
            waves = programme.waves(tx)
            draws = [(wave, selection.draw_of(tx, wave.number), selection.decree_of(tx, wave.number)) for wave in waves]
        return visit.page("draws.html", draws=draws[::-1])

    @show("/{name:str}")
    def file(self, visit: Here, name: Named) -> Stream:
        """The public file of one draw, `4.json`: everything needed to recompute it, and nobody's name."""
        number = number_in(name.removesuffix(".json"))
        if not name.endswith(".json") or not number:
            raise NothingHere(THIS_ADDRESS)
        pieces = _pieces(visit, number)
        first = next(pieces)  # a refusal shall come before the first byte is sent
        return visit.stream(_again(first, pieces), "application/json", name=f"draw-{number}.json")


def _pieces(visit: Visit, number: int) -> Iterator[str]:
    """The file, with its transaction open until the last piece."""
    with visit.transaction() as tx:
        yield from selection.publish(tx, number)


def _again(first: str, others: Iterator[str]) -> Iterator[str]:
    yield first
    yield from others
