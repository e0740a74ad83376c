"""What must always be true of attendance (design, Invariants)."""

from prakarsa.attendance.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    stated(
        msg("A redeem code attends a meeting once, for its own card, and never after a cancellation"),
        msg("meeting {sequence}, {times} time(s)"),
        sql["audit_attended"],
    ),
    recorded(
        msg("Every meeting attended and every identity check is in the journal"),
        sql["audit_states"],
        "attendance.attended",
        "attendance.checked",
    ),
)
