"""What payments to people are for."""

from enum import StrEnum

from prakarsa.kernel.refusal import msg


class PayoutKind(StrEnum):
    """What a payment is for."""

    INCENTIVE = "incentive"
    """The first completed course."""
    SURVEY = "survey"
    """An answered survey."""


PURPOSES = {
    PayoutKind.INCENTIVE: msg("Training incentive {number} of {out_of}"),
    PayoutKind.SURVEY: msg("Survey incentive {number} of {out_of}"),
}
"""The line on the bank statement, and how a person's list of payments names each."""
