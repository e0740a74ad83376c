"""Every way paying out says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class BankUnavailable(Refusal):
    """The bank did not answer, or not in a way that can be understood; it may or may not have the file."""

    message_id: str
    problem: str

    code = "disbursement.bank_unavailable"
    kind = Kind.UNAVAILABLE
    title = msg("The bank does not answer for payment file {message_id}: {problem}")
    next_step = msg("Wait. The same file is sent again; the bank recognises it and pays nobody twice.")


@dataclass(eq=False)
class BankRefusedFile(Refusal):
    """The bank declined the file as a whole because it holds it to be wrong."""

    message_id: str
    status: int

    code = "disbursement.bank_refused_file"
    kind = Kind.CONFLICT
    title = msg("The bank declined payment file {message_id} as a whole (HTTP {status})")
    next_step = msg("Nothing in it was paid. Compare the file with the bank's rules, correct it and send it again.")


@dataclass(eq=False)
class BadBankFile(Refusal):
    """A bank message is not what ISO 20022 asks for, or could harm its reader."""

    message: str
    problem: str

    code = "disbursement.bad_bank_file"
    kind = Kind.INVALID
    title = msg("The bank message {message} cannot be used: {problem}")
    next_step = msg("Correct the message and send it again.")


@dataclass(eq=False)
class AccountNotLinked(Refusal):
    """The person has given no account to be paid to (programme-rules 9, linked and validated account)."""

    code = "disbursement.account_not_linked"
    kind = Kind.CONFLICT
    title = msg("No bank account or e-wallet is linked yet")
    next_step = msg("Link an account in your own name; what you have earned is then paid to it.")


@dataclass(eq=False)
class AccountShared(Refusal):
    """The account already belongs to another participant (programme-rules 15, failure 14: no shared accounts)."""

    provider: str

    code = "disbursement.account_shared"
    kind = Kind.CONFLICT
    title = msg("This {provider} account is already linked by another participant")
    next_step = msg("Link an account in your own name. If this one is yours, open a complaint and we will look at it.")


@dataclass(eq=False)
class BadAccountNumber(Refusal):
    """The number cannot be an account of that provider. The number itself is personal and not repeated."""

    provider: str
    problem: str

    code = "disbursement.bad_account_number"
    kind = Kind.INVALID
    title = msg("This is not an account number of {provider}: {problem}")
    next_step = msg("Copy the number from your bank or e-wallet and try again.")


@dataclass(eq=False)
class UnknownProvider(Refusal):
    """The programme does not pay through this bank or wallet."""

    provider: str
    known: str

    code = "disbursement.unknown_provider"
    kind = Kind.INVALID
    title = msg("The programme does not pay through {provider}")
    next_step = msg("Choose one of these: {known}.")


@dataclass(eq=False)
class PaymentOnItsWay(Refusal):
    """A payment to the present account is with the bank; the account must stay until the bank has answered."""

    instruction_id: str

    code = "disbursement.payment_on_its_way"
    kind = Kind.CONFLICT
    title = msg("Payment {instruction_id} is on its way to your present account")
    next_step = msg("Wait until the bank has answered, usually within a day, and link the new account then.")


@dataclass(eq=False)
class LinkingClosed(Refusal):
    """The last day on which an account could be linked or changed is over, with all pauses (programme-rules 9)."""

    deadline_at: datetime

    code = "disbursement.linking_closed"
    kind = Kind.CONFLICT
    title = msg("An account for payments could be linked or changed until {deadline_at}")
    next_step = msg(
        "What is scheduled to an account you linked before is still paid. "
        "If something of ours kept you from linking one, ask us in your account under Questions."
    )


@dataclass(eq=False)
class NothingToRetry(Refusal):
    """No payment to this person has failed: each is scheduled, on its way, paid or cancelled."""

    code = "disbursement.nothing_to_retry"
    kind = Kind.CONFLICT
    title = msg("No payment waits to be made again")
    next_step = msg("Nothing needs to be done. What is scheduled is paid by itself.")


@dataclass(eq=False)
class NotPayable(Refusal):
    """A condition of the incentive is not met yet (programme-rules 9: certificate, rating, linked account)."""

    missing: str

    code = "disbursement.not_payable"
    kind = Kind.CONFLICT
    title = msg("The incentive cannot be paid yet: {missing}")
    next_step = msg("Complete what is missing; the payment is then scheduled by itself.")


@dataclass(eq=False)
class NotEntitled(Refusal):
    """The person has lost the right to incentives (programme-rules 10; 15, failure 15)."""

    reason: str

    code = "disbursement.not_entitled"
    kind = Kind.FORBIDDEN
    title = msg("No incentive is paid to you: {reason}")
    next_step = msg("If you think this is wrong, open a complaint and we will look at it.")


@dataclass(eq=False)
class BatchUnknown(Refusal):
    """No payment file of ours has this message id."""

    message_id: str

    code = "disbursement.batch_unknown"
    kind = Kind.MISSING
    title = msg("There is no payment file {message_id}")
    next_step = msg("Look at the list of payment files for the right one.")


@dataclass(eq=False)
class AnswerToOtherBatch(Refusal):
    """An answer speaks of another file, or of payments that were not in this one."""

    message_id: str

    code = "disbursement.answer_to_other_batch"
    kind = Kind.CONFLICT
    title = msg("The answer of the bank does not belong to payment file {message_id}")
    next_step = msg("Nothing was booked. Ask the bank again about this file.")


@dataclass(eq=False)
class BudgetShort(Refusal):
    """A wave's incentive budget does not cover what is due now."""

    wave_number: int
    due_idr: int
    budget_idr: int

    code = "disbursement.budget_short"
    kind = Kind.CONFLICT
    title = msg("The incentive budget of wave {wave_number} holds {budget_idr}, but {due_idr} is due")
    next_step = msg("Fund the wave's incentive budget; the payments that wait then leave by themselves.")
