"""What must always be true of partners (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.refusal import msg
from prakarsa.partner.store import sql

INVARIANTS = (
    recorded(
        msg("Every partner and every key is in the journal"),
        sql["audit_states"],
        "partner.registered",
        "partner.key_issued",
    ),
)
