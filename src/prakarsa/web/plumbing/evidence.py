"""Pieces of evidence on a form: kind, reference, day and price, as many as the page offers."""

from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.evidence import EVIDENCE_WORDS, Evidence, EvidenceKind
from prakarsa.web.plumbing.visit import Visit

__all__ = ["EVIDENCE_WORDS", "PIECES", "read_pieces"]

PIECES = 3
"""How many a form offers; a command takes more."""


def read_pieces(visit: Visit, most: int = PIECES) -> tuple[Evidence, ...]:
    """The pieces typed: `evidence_1` and its companions; one without a day was seen today.

    What is wrong stands beside its field.
    """
    found = (_piece(visit, number) for number in range(1, most + 1))
    return tuple(piece for piece in found if piece is not None)


def _piece(visit: Visit, number: int) -> Evidence | None:
    form = visit.form
    reference = form.text(f"evidence_{number}", longest=500, needed=False)
    if not reference:
        return None
    kind = form.option(f"evidence_kind_{number}", set(EvidenceKind))
    day_name, price_name = f"evidence_on_{number}", f"evidence_price_{number}"
    seen_on = form.day(day_name) if form.values.get(day_name) else visit.now.astimezone(JAKARTA).date()
    price_idr = form.whole(price_name) if form.values.get(price_name) else None
    return Evidence(EvidenceKind(kind), reference, seen_on, price_idr=price_idr) if kind in set(EvidenceKind) else None
