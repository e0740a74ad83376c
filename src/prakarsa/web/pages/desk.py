"""A partner's desk, behind a link in a letter: what is still missing, where its courses stand, and room to answer.

Whoever has the link may answer for the partner until it ends; there is no account and nothing to sign in to. The limit
stops machines that guess; a token has 256 bits and only its digest is kept.
"""

from typing import Any

from litestar import Controller, Response
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.response import Redirect

from prakarsa.hold import actions as holds
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.partner import actions as partners
from prakarsa.partner.model import Partner
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.gap_model import STATE_WORDS
from prakarsa.rehearsal.model import THING_WORDS
from prakarsa.web.plumbing.evidence import EVIDENCE_WORDS, read_pieces
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit
from prakarsa.web.refusals import DeskClosed

PAGE = 40
LISTS = 10
BESIDE = {"rehearsal.evidence_missing": "evidence_1", "kernel.evidence_unfit": "evidence_1"}
desk_limit = RateLimitConfig(rate_limit=("minute", 120), store="web_desk", set_rate_limit_headers=True)


class Desk(Controller):
    """What a partner is asked, and its answers."""

    path = "/desk"
    middleware = [desk_limit.middleware]  # noqa: RUF012  the framework reads it from the class

    @show("/{token:str}")
    def desk(self, visit: Here, token: Named) -> Response[str]:
        """Every gap list of the partner, newest first, and where its courses stand."""
        with visit.transaction() as tx:
            partner = desk_of(tx, visit, token)
            lists = rehearsal.gap_lists(tx, partner_code=partner.client_code, limit=LISTS)
            standings = rehearsal.standing_counts(tx, institution=partner.client_code)
            partner_holds = holds.directed_at(tx, partner.client_code, visit.now)
            return visit.page(
                "desk.html", partner=partner, token=token, lists=lists, standings=standings, partner_holds=partner_holds
            )

    @show("/{token:str}/lists/{code:str}")
    def gap_list(self, visit: Here, token: Named, code: Named) -> Response[str]:
        """The items of one list, page by page."""
        with visit.transaction() as tx:
            partner = desk_of(tx, visit, token)
            found = rehearsal.gap_list(tx, code, partner_code=partner.client_code)
            page = rehearsal.gap_items(tx, found, after=number_in(visit.query("after")), limit=PAGE + 1)
        return visit.page(
            "desk_list.html",
            partner=partner,
            token=token,
            found=found,
            items=page[:PAGE],
            after=page[PAGE - 1].item.gap_item_id if len(page) > PAGE else None,
            states=STATE_WORDS,
            things=THING_WORDS,
        )

    @show("/{token:str}/items/{code:str}")
    def item(self, visit: Here, token: Named, code: Named) -> Response[str]:
        """One item: what is missing, what shows it, what was said, and the form to answer."""
        return visit.page("desk_item.html", **_item(visit, token, code))

    @take("/{token:str}/items/{code:str}")
    def answer(self, visit: Here, token: Named, code: Named) -> Response[str] | Redirect:
        """Answer one item with evidence."""
        words = visit.form.text("words", longest=2_000)
        evidence = read_pieces(visit)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    partner = desk_of(tx, visit, token)
                    tx.actor = f"partner/{partner.client_code}"
                    item = rehearsal.answer_gap(
                        tx, code, partner_code=partner.client_code, words=words, evidence=evidence, now=visit.now
                    )
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/desk/{token}/lists/{item.list_code}?done=gap_answered")
        return visit.form_again("desk_item.html", **_item(visit, token, code))


def desk_of(tx: Tx, visit: Visit, token: str) -> Partner:
    """The partner whose desk this link opens. Raises DeskClosed."""
    partner = partners.desk_of(tx, token, visit.now)
    if partner is None:
        raise DeskClosed
    return partner


def _item(visit: Visit, token: str, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        partner = desk_of(tx, visit, token)
        found = rehearsal.gap_item(tx, code, partner_code=partner.client_code)
    return {
        "partner": partner,
        "token": token,
        "found": found,
        "kinds": {kind.value: EVIDENCE_WORDS[kind] for kind in found.accepted_kinds},
        "all_kinds": EVIDENCE_WORDS,
        "states": STATE_WORDS,
        "things": THING_WORDS,
        "overdue": found.item.overdue(visit.now),
    }
