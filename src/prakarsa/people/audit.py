"""What must always be true of people (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.refusal import msg
from prakarsa.people.store import sql

INVARIANTS = (
    recorded(
        msg("The registration, barring, hiring and dismissal of everybody is in the journal"),
        sql["audit_states"],
        "person.registered",
        "person.barred",
        "staff.hired",
        "staff.dismissed",
    ),
)
