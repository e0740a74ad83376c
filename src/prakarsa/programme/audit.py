"""What must always be true of waves (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.refusal import msg
from prakarsa.programme.store import sql

INVARIANTS = (
    recorded(
        msg("Every wave and its money is in the journal"),
        sql["audit_states"],
        "wave.planned",
        "wave.funded",
    ),
)
