"""Every way the ledger says no."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class Overdrawn(Refusal):
    """A transfer would take an account below zero."""

    reason: str

    code = "ledger.overdrawn"
    kind = Kind.CONFLICT
    title = msg("There is not enough money in the account for {reason}")
    next_step = msg("Fund the account first, or move a smaller amount.")
