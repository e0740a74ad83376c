"""What must always be true of payments to people (design, Invariants)."""

from prakarsa.disbursement.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    stated(
        msg("Every attempt to pay moved its money once, to the person or back to the budget"),
        msg("{reason}: moved {posted_idr}, due is {due_idr}"),
        sql["audit_movements"],
    ),
    stated(
        msg("Money with the bank and money paid out are the sums of their attempts"),
        msg("its balance is {balance_idr}, due is {due_idr}"),
        sql["audit_transit"],
    ),
    stated(
        msg("Incentives were promised only for people's own completed courses"),
        msg("its course is not completed, or is somebody else's"),
        sql["audit_earned"],
    ),
    stated(
        msg("No account received the incentives of two people"),
        msg("{people} people were paid on one account"),
        sql["audit_shared"],
    ),
    recorded(
        msg("Every payment promised, sent, paid and cancelled is in the journal"),
        sql["audit_states"],
        "payout.scheduled",
        "payout.cancelled",
        "payout.sent",
        "payout.paid",
        "payout_batch.drafted",
    ),
)
