"""What must always be true of holds (design, Invariants)."""

from prakarsa.hold.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    recorded(
        msg("Every hold placed and lifted is in the journal"),
        sql["audit_states"],
        "hold.placed",
        "hold.lifted",
    ),
)
