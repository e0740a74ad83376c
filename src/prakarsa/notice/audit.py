"""What must always be true of notices and probes (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg
from prakarsa.notice.store import sql

INVARIANTS = (
    stated(
        msg("Probes buy nothing, are told nothing and are paid nothing"),
        msg("a probe has {what}"),
        sql["audit_probes"],
    ),
    recorded(
        msg("Every notice sent and every alarm is in the journal"),
        sql["audit_states"],
        "notice.written",
        "notice.sent",
        "notice.discarded",
        "alarm.raised",
        "alarm.over",
    ),
)
