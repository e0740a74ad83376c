"""Holds on a partner's desk: why, on what evidence, and where the partner answers and appeals."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.hold import actions as holds
from prakarsa.hold.refusals import HoldUnknown, NotTheirHold
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.web.pages.desk import desk_limit, desk_of
from prakarsa.web.pages.held import BESIDE, OPTIONS, explained
from prakarsa.web.plumbing.evidence import read_pieces
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit


class DeskHolds(Controller):
    """What a partner can say about a hold."""

    path = "/desk"
    middleware = [desk_limit.middleware]  # noqa: RUF012  the framework reads it from the class

    @show("/{token:str}/holds/{code:str}")
    def hold(self, visit: Here, token: Named, code: Named) -> Response[str]:
        """One hold directed at the partner, and the form to answer or appeal."""
        with visit.transaction() as tx:
            return visit.page("hold.html", **_shown(tx, visit, token, code))

    @take("/{token:str}/holds/{code:str}")
    def speak(self, visit: Here, token: Named, code: Named) -> Response[str] | Redirect:
        """Answer or appeal in the partner's name."""
        kind = visit.form.option("kind", OPTIONS)
        words = visit.form.text("words", longest=1_000)
        evidence = read_pieces(visit)
        if visit.form.sound:
            say = holds.appeal if kind == "appeal" else holds.answer
            try:
                with visit.transaction() as tx:
                    party = desk_of(tx, visit, token).client_code
                    tx.actor = f"partner/{party}"
                    say(tx, code, party=party, words=words, evidence=evidence, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                done = "hold_appealed" if kind == "appeal" else "hold_answered"
                return visit.go(f"/desk/{token}/holds/{code}?done={done}")
        with visit.transaction() as tx:
            shown = _shown(tx, visit, token, code)
        return visit.form_again("hold.html", **shown)


def _shown(tx: Tx, visit: Visit, token: str, code: str) -> dict[str, Any]:
    """The hold, if it is directed at the partner. Raises DeskClosed, HoldUnknown, NotTheirHold."""
    partner = desk_of(tx, visit, token)
    hold = holds.hold(tx, code)
    if hold.is_private:
        raise HoldUnknown(code)
    if hold.party not in {partner.client_code, ""}:
        raise NotTheirHold(code)
    shown = explained(tx, hold, partner.client_code)
    return shown | {"speaks": True, "action": f"/desk/{token}/holds/{code}", "back": f"/desk/{token}"}
