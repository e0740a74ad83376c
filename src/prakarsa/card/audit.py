"""What must always be true of cards (design, Invariants)."""

from prakarsa.card.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    stated(
        msg("No person has more than one card"),
        msg("{cards} cards"),
        sql["audit_shared"],
    ),
    stated(
        msg("Every card was credited once, from the budget of its wave"),
        msg("credited {credits} time(s), or from another budget"),
        sql["audit_credited"],
    ),
    stated(
        msg("Cards went only to people whom a decreed wave has selected"),
        msg("wave {wave_number} has not selected its owner"),
        sql["audit_entitled"],
    ),
    recorded(
        msg("Every card issued and revoked is in the journal"),
        sql["audit_states"],
        "card.issued",
        "card.revoked",
    ),
)
