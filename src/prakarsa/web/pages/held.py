"""One hold explained to whoever meets it; and where the person it hits answers and appeals."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.hold import actions as holds
from prakarsa.hold.hearing_model import DEED_WORDS, OFFICE_DEEDS, Outcome
from prakarsa.hold.model import CAPABILITY_WORDS, PERSON_PARTY, REASON_WORDS, SCOPE_WORDS, Hold
from prakarsa.hold.refusals import HoldUnknown
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import EvidenceKind, from_json
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.web.plumbing.evidence import EVIDENCE_WORDS, read_pieces
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

OPTIONS = {"appeal": msg("An appeal: the hold is wrong"), "answer": msg("An answer to what the hold says")}
OUTCOME_WORDS = {
    Outcome.UPHELD: msg("You were right, the hold is lifted"),
    Outcome.DISMISSED: msg("The hold stays"),
}
OWN_KINDS = {kind: words for kind, words in EVIDENCE_WORDS.items() if kind is not EvidenceKind.OUTSIDE_PRICE}
"""What somebody brings who answers or appeals; prices elsewhere speak about courses, and a web page can show them."""
BESIDE = {"kernel.evidence_unfit": "evidence_1", "hold.no_time_to_answer": "kind", "hold.answer_too_late": "kind"}


class HeldForAll(Controller):
    """Holds, as those outside the programme office see them."""

    path = "/holds"

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """Why something is on hold, on what basis, until when, and how to appeal. Holds on people: for them alone."""
        with visit.transaction() as tx:
            shown = _shown(tx, visit, _visible(tx, visit, code))
        return visit.page("hold.html", **shown)

    @take("/{code:str}")
    def speak(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Answer or appeal, for the person it hits."""
        kind = visit.form.option("kind", OPTIONS)
        words = visit.form.text("words", longest=1_000)
        evidence = read_pieces(visit, 1)
        party = _party(visit)
        if visit.form.sound:
            say = holds.appeal if kind == "appeal" else holds.answer
            try:
                with visit.transaction() as tx:
                    _visible(tx, visit, code)
                    say(tx, code, party=party, words=words, evidence=evidence, now=visit.now)
            except HoldUnknown:
                raise
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/holds/{code}?done={'hold_appealed' if kind == 'appeal' else 'hold_answered'}")
        with visit.transaction() as tx:
            shown = _shown(tx, visit, _visible(tx, visit, code))
        return visit.form_again("hold.html", **shown)


def _party(visit: Visit) -> str:
    return f"{PERSON_PARTY}{visit.person.person_id}" if visit.person else ""


def _visible(tx: Tx, visit: Visit, code: str) -> Hold:
    """The hold, unless it hits somebody else: then there is none. Raises HoldUnknown."""
    found = holds.hold(tx, code)
    if found.is_private and found.party != _party(visit):
        raise HoldUnknown(code)
    return found


def _shown(tx: Tx, visit: Visit, hold: Hold) -> dict[str, Any]:
    shown = explained(tx, hold, _party(visit))
    return shown | {"speaks": hold.is_private, "action": f"/holds/{hold.hold_code}", "back": ""}


def explained(tx: Tx, hold: Hold, party: str) -> dict[str, Any]:
    """What the page of a hold shows to one party: what others said about it stays with them."""
    evidence = from_json(hold.evidence)
    return {
        "hold": hold,
        "mine": hold.is_private,
        "evidence": evidence,
        "evidence_kinds": sorted({piece.kind for piece in evidence}),
        "history": holds.history(tx, hold.hold_code),
        "statements": [said for said in holds.statements(tx, hold.hold_code) if said.party == party],
        "reasons": REASON_WORDS,
        "scopes": SCOPE_WORDS,
        "capabilities": CAPABILITY_WORDS,
        "kinds": EVIDENCE_WORDS,
        "own_kinds": OWN_KINDS,
        "deeds": DEED_WORDS,
        "open_words": OFFICE_DEEDS,
        "outcomes": OUTCOME_WORDS,
        "options": OPTIONS,
    }
