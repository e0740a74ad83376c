"""Every way the steps of a payment say no: codes, tokens, invoices, cancelling."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import ClockEffect, Kind, Refusal, msg


@dataclass(eq=False)
class TooManyCodes(Refusal):
    """More one-time codes were asked for than anyone needs."""

    retry_after_seconds: int

    code = "purchase.too_many_codes"
    kind = Kind.TOO_MANY
    title = msg("Too many one-time codes were asked for this card")
    next_step = msg("Wait {retry_after_seconds} seconds, then try again.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class TokenUnknown(Refusal):
    """The payment token is not one of this platform's."""

    code = "purchase.token_unknown"
    kind = Kind.CONFLICT
    title = msg("The payment token is not known")
    next_step = msg("Start the payment again to get a new token and a new code.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class TokenSpent(Refusal):
    """The payment token has paid for another invoice."""

    code = "purchase.token_spent"
    kind = Kind.CONFLICT
    title = msg("This payment token has been used for another invoice")
    next_step = msg("Start a new payment for the new invoice.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class OtpExpired(Refusal):
    """The one-time code is too old."""

    expired_at: datetime

    code = "purchase.otp_expired"
    kind = Kind.CONFLICT
    title = msg("The one-time code expired at {expired_at}")
    next_step = msg("Start the payment again; a new code comes by SMS.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class OtpWrong(Refusal):
    """The one-time code is not right."""

    tries_left: int

    code = "purchase.otp_wrong"
    kind = Kind.CONFLICT
    title = msg("The one-time code is not right; tries left: {tries_left}")
    next_step = msg("Type the six digits of the newest SMS.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class OtpTriesUsedUp(Refusal):
    """The one-time code was typed wrongly too often."""

    code = "purchase.otp_tries_used_up"
    kind = Kind.CONFLICT
    title = msg("The one-time code was typed wrongly too often and is void")
    next_step = msg("Start the payment again; a new code comes by SMS.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class InvoiceTaken(Refusal):
    """The invoice code belongs to another purchase."""

    invoice_code: str

    code = "purchase.invoice_taken"
    kind = Kind.CONFLICT
    title = msg("The invoice {invoice_code} belongs to another purchase")
    next_step = msg("Give every purchase an invoice code of its own.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class InvoiceUnknown(Refusal):
    """This platform has no purchase with this invoice."""

    invoice_code: str

    code = "purchase.invoice_unknown"
    kind = Kind.CONFLICT
    title = msg("There is no purchase with the invoice {invoice_code}")
    next_step = msg("Nothing was charged for it; the payment can be made again.")


@dataclass(eq=False)
class TransactionUnknown(Refusal):
    """This platform has no purchase with this transaction code."""

    transaction_code: str

    code = "purchase.transaction_unknown"
    kind = Kind.CONFLICT
    title = msg("There is no transaction {transaction_code}")
    next_step = msg("Compare the code with the answer to the payment.")


@dataclass(eq=False)
class InvoiceMismatch(Refusal):
    """Invoice and transaction are of different purchases."""

    invoice_code: str
    transaction_code: str

    code = "purchase.invoice_mismatch"
    kind = Kind.CONFLICT
    title = msg("The transaction {transaction_code} does not belong to the invoice {invoice_code}")
    next_step = msg("Send both codes from the same payment.")


@dataclass(eq=False)
class VoidedAlready(Refusal):
    """The purchase was cancelled before."""

    voided_at: datetime

    code = "purchase.voided_already"
    kind = Kind.CONFLICT
    title = msg("The transaction was cancelled at {voided_at}")
    next_step = msg("Nothing needs to be done: balance, seat and deadline are restored.")


@dataclass(eq=False)
class RedeemedAlready(Refusal):
    """The training has begun for this person."""

    redeemed_at: datetime

    code = "purchase.redeemed_already"
    kind = Kind.CONFLICT
    title = msg("The redeem code was used at {redeemed_at}; the purchase can no longer be cancelled")
    next_step = msg("Ask the programme office if the course is not delivered as promised.")
