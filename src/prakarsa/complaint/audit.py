"""What must always be true of complaints (design, Invariants)."""

from prakarsa.complaint.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    recorded(
        msg("Every complaint and every answer is in the journal"),
        sql["audit_states"],
        "complaint.opened",
        "complaint.answered",
    ),
)
