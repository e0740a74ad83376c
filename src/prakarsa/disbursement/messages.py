"""What people are told about their incentives, and what their bank statement says."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

LINKED = Template(
    "payout.account_linked",
    msg(
        "{name}, your incentives will be paid to {provider} {account}. "
        "If it was not you who chose this account, tell us at once in your account."
    ),
    subject=msg("Your account for payments"),
)
SCHEDULED = Template(
    "payout.scheduled",
    msg(
        "{name}, {out_of} payment(s) of {amount_idr} to {provider} {account} are scheduled, "
        "the first for {due_at}. All dates are in your account."
    ),
    subject=msg("Your incentive is scheduled"),
)
PAID = Template(
    "payout.paid",
    msg("{name}, payment {number} of {out_of} has arrived: {amount_idr} on {provider} {account}."),
    subject=msg("Your incentive has arrived"),
)
DELAYED = Template(
    "payout.delayed",
    msg(
        "{name}, payment {number} of {out_of} ({amount_idr}) is late. {cause} "
        "We try again by ourselves from {next_attempt_at}; you need not do anything."
    ),
    subject=msg("Your incentive is late"),
)
FAILED = Template(
    "payout.failed",
    msg("{name}, payment {number} of {out_of} ({amount_idr}) did not arrive on {provider} {account}. {cause} {remedy}"),
    subject=msg("Your incentive did not arrive"),
)
CANCELLED = Template(
    "payout.cancelled",
    msg(
        "{name}, payment {number} of {out_of} ({amount_idr}) will not be made. {cause} "
        "If you think this is wrong, ask us in your account."
    ),
    subject=msg("Your incentive is not paid"),
)
