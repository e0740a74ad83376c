"""Values of the ledger. All amounts are whole rupiah."""

from dataclasses import dataclass
from enum import StrEnum


class AccountKind(StrEnum):
    """What an account stands for in the world."""

    STATE = "state"
    """The state treasury (RKUN): where the programme's money comes from and goes back to. Alone may be negative."""
    TRAINING_BUDGET = "training_budget"
    """Money set aside for the training balances of one wave."""
    INCENTIVE_BUDGET = "incentive_budget"
    """Money set aside for the incentives of one wave."""
    CARD = "card"
    """The training balance of one card (rekening virtual)."""
    COURSE_ESCROW = "course_escrow"
    """Paid from cards for one institution's courses that are not yet completed."""
    PARTNER = "partner"
    """Earned by a partner and not yet paid out: course fees of an institution, commission of a platform."""
    IN_TRANSIT = "in_transit"
    """Incentives handed to the bank and not yet answered."""
    PAID_OUT = "paid_out"
    """Incentives that reached people."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A positive amount from one account to another, for a reason, with a reference that makes it unique."""

    reason: str
    reference: str
    from_account_id: int
    to_account_id: int
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Imbalance:
    """An account whose balance is not the sum of its transfers, or a total that is not zero."""

    account_id: int | None
    problem: str
