"""What is paid to whom, what the bank answered, and why a payment did not arrive."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from prakarsa.disbursement.kinds import PayoutKind
from prakarsa.kernel.refusal import msg


class Retry(StrEnum):
    """What must happen before a failed payment is tried again."""

    AUTOMATIC = "automatic"
    """Nothing by the person: the provider failed, so we send the payment again by ourselves."""

    AFTER_ACCOUNT_CHANGE = "after_account_change"
    """The person mends the account at the provider or links another one; until then a retry fails the same way."""


class PayoutFailure(StrEnum):
    """Why a payment did not arrive (programme-rules 9, failure causes)."""

    NOT_LINKED = "not_linked"
    """The person has no account linked to the programme, or the provider no longer knows of the link."""

    NIK_MISMATCH = "nik_mismatch"
    """The account exists but belongs to another NIK than the one that holds the card."""

    NIK_UNKNOWN = "nik_unknown"
    """The provider asked the civil registry for the NIK of the account and the registry does not know it."""

    PHONE_CHANGED = "phone_changed"
    """The wallet is registered on another phone number than the one it had when it was linked."""

    ACCOUNT_INACTIVE = "account_inactive"
    """The account exists but is blocked or dormant and takes no money."""

    ACCOUNT_CLOSED = "account_closed"
    """The account existed and was closed by its holder or by the provider."""

    ACCOUNT_UNKNOWN = "account_unknown"
    """The provider has no account of that number: most often a typing mistake."""

    WALLET_NOT_UPGRADED = "wallet_not_upgraded"
    """The wallet is of the basic kind, opened without an identity card and selfie, and may not take transfers."""

    MONTHLY_LIMIT_EXCEEDED = "monthly_limit_exceeded"
    """With this payment the wallet would have taken in more in one month than it may."""

    BALANCE_LIMIT_FULL = "balance_limit_full"
    """With this payment the wallet would hold more than it may at one time."""

    PROVIDER_FAULT = "provider_fault"
    """The bank or wallet company failed to carry the payment out; nothing is wrong with person or account."""

    @property
    def iso_reason(self) -> str:
        """The ISO 20022 external status reason code that says this; each code is used for one cause only."""
        return _ISO_REASON[self]

    @property
    def retry(self) -> Retry:
        """Whether we try again by ourselves, or the person must act first."""
        return Retry.AUTOMATIC if self is PayoutFailure.PROVIDER_FAULT else Retry.AFTER_ACCOUNT_CHANGE

    @classmethod
    def from_iso(cls, code: str | None) -> "PayoutFailure":
        """The cause behind a bank's reason code.

        Our own codes come back as the cause they were made from; near-synonyms that banks use are read as the same
        cause. A missing or other code blames neither person nor account, so it counts as the provider's fault.
        """
        return _CAUSE.get(code or "", cls.PROVIDER_FAULT)


_ISO_REASON = {
    PayoutFailure.NOT_LINKED: "AC03",
    PayoutFailure.NIK_MISMATCH: "BE01",
    PayoutFailure.NIK_UNKNOWN: "BE17",
    PayoutFailure.PHONE_CHANGED: "BE23",
    PayoutFailure.ACCOUNT_INACTIVE: "AC06",
    PayoutFailure.ACCOUNT_CLOSED: "AC04",
    PayoutFailure.ACCOUNT_UNKNOWN: "AC01",
    PayoutFailure.WALLET_NOT_UPGRADED: "AG01",
    PayoutFailure.MONTHLY_LIMIT_EXCEEDED: "AM14",
    PayoutFailure.BALANCE_LIMIT_FULL: "AM02",
    PayoutFailure.PROVIDER_FAULT: "AB09",
}

FAILURE_WORDS = {
    PayoutFailure.NOT_LINKED: msg("The account is no longer linked to the programme."),
    PayoutFailure.NIK_MISMATCH: msg("The account belongs to another identity number (NIK) than yours."),
    PayoutFailure.NIK_UNKNOWN: msg("The civil registry does not know the identity number (NIK) of the account."),
    PayoutFailure.PHONE_CHANGED: msg("The e-wallet now has another phone number than the one you linked."),
    PayoutFailure.ACCOUNT_INACTIVE: msg("The account is blocked or dormant and takes no money."),
    PayoutFailure.ACCOUNT_CLOSED: msg("The account has been closed."),
    PayoutFailure.ACCOUNT_UNKNOWN: msg("There is no account with this number."),
    PayoutFailure.WALLET_NOT_UPGRADED: msg("The e-wallet has not been upgraded with an identity card and a selfie."),
    PayoutFailure.MONTHLY_LIMIT_EXCEEDED: msg("The e-wallet has taken in as much as it may this month."),
    PayoutFailure.BALANCE_LIMIT_FULL: msg("The e-wallet is full."),
    PayoutFailure.PROVIDER_FAULT: msg("The bank or e-wallet company could not carry out the payment."),
}
"""What happened, as the person reads it."""

FAILURE_REMEDIES = {
    PayoutFailure.NOT_LINKED: msg("Link the account again, or link another one in your own name."),
    PayoutFailure.NIK_MISMATCH: msg("Link an account that was opened with your own identity card (KTP)."),
    PayoutFailure.NIK_UNKNOWN: msg(
        "Ask the bank or e-wallet company to correct the identity number of your account, then have the payment made "
        "again, or link another account."
    ),
    PayoutFailure.PHONE_CHANGED: msg("Link the e-wallet again under its present phone number."),
    PayoutFailure.ACCOUNT_INACTIVE: msg(
        "Have the bank or e-wallet company open the account again, then have the payment made again, or link another "
        "account."
    ),
    PayoutFailure.ACCOUNT_CLOSED: msg("Link another account in your own name."),
    PayoutFailure.ACCOUNT_UNKNOWN: msg("Check the number for a typing mistake and link the account again."),
    PayoutFailure.WALLET_NOT_UPGRADED: msg(
        "Upgrade the e-wallet in its own app, then have the payment made again, or link another account."
    ),
    PayoutFailure.MONTHLY_LIMIT_EXCEEDED: msg("Have the payment made again next month, or link another account."),
    PayoutFailure.BALANCE_LIMIT_FULL: msg(
        "Spend or move money out of the e-wallet, then have the payment made again, or link another account."
    ),
    PayoutFailure.PROVIDER_FAULT: msg("Have the payment made again later, or link an account somewhere else."),
}
"""What the person can do about it."""

# What else banks write for the same event. Read, never written.
_SYNONYM = {
    "AC07": PayoutFailure.ACCOUNT_CLOSED,
    "AC14": PayoutFailure.WALLET_NOT_UPGRADED,
    "AG03": PayoutFailure.WALLET_NOT_UPGRADED,
    "AM21": PayoutFailure.MONTHLY_LIMIT_EXCEEDED,
    "BE06": PayoutFailure.NIK_UNKNOWN,
    "BE15": PayoutFailure.NIK_UNKNOWN,
    "BE18": PayoutFailure.PHONE_CHANGED,
}

_CAUSE = {code: failure for failure, code in _ISO_REASON.items()} | _SYNONYM


class Provider(StrEnum):
    """A bank or wallet company the programme pays through (programme-rules 9, channel)."""

    BNI = "BNI"
    """Bank Negara Indonesia: an account number of ten digits."""
    BCA = "BCA"
    """Bank Central Asia: an account number of ten digits."""
    OVO = "OVO"
    """The OVO wallet: known by its owner's mobile number."""
    LINKAJA = "LINKAJA"
    """The LinkAja wallet: known by its owner's mobile number."""
    GOPAY = "GOPAY"
    """The GoPay wallet: known by its owner's mobile number."""
    DANA = "DANA"
    """The DANA wallet: known by its owner's mobile number."""

    @property
    def is_wallet(self) -> bool:
        """Whether its accounts are mobile numbers."""
        return self not in (Provider.BNI, Provider.BCA)


@dataclass(frozen=True, slots=True)
class Account:
    """An account in its one written form: ten digits at a bank, 08… at a wallet. Never shown or logged whole."""

    provider: Provider
    number: str


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """Where a person's incentives go, as may be shown."""

    provider: Provider
    masked_number: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose account the incentives are paid from, as the bank knows it."""

    name: str
    account: str


class PayoutState(StrEnum):
    """Where a payment to a person stands."""

    SCHEDULED = "scheduled"
    """Promised; it is handed to the bank when its moment has come."""
    SENT = "sent"
    """With the bank, which has not decided yet."""
    PAID = "paid"
    """The money is with the person."""
    FAILED = "failed"
    """The bank could not pay it and somebody must act; the money is back in the budget."""
    CANCELLED = "cancelled"
    """It will not be paid: the person lost the right to it before it was sent."""


class CancelReason(StrEnum):
    """Why a promised payment is not made after all (programme-rules 10; 15, failure 15)."""

    CARD_REVOKED = "card_revoked"
    """The card was taken back."""
    PERSON_BARRED = "person_barred"
    """The person was barred from the programme."""


CANCEL_WORDS = {
    CancelReason.CARD_REVOKED: msg("Your card has ended."),
    CancelReason.PERSON_BARRED: msg("You may no longer take part in the programme."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a person's incentives may be scheduled. Course facts are of the first one completed."""

    person_id: int
    wave_id: int | None
    wave_number: int | None
    card_state: str | None
    barred: bool
    linked: bool
    purchase_id: int | None
    rated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Payout:
    """A payment to a person. `failure` is why the last attempt failed, `provider` where that attempt went."""

    public_id: str
    kind: PayoutKind
    number: int
    out_of: int
    amount_idr: int
    due_at: datetime
    next_attempt_at: datetime
    state: PayoutState
    attempts: int
    failure: PayoutFailure | None
    cancel_reason: CancelReason | None
    provider: Provider | None
    decided_at: datetime | None

    @property
    def cause(self) -> str:
        """Why it has not arrived, marked for translation; empty when nothing went wrong."""
        if self.cancel_reason is not None:
            return CANCEL_WORDS[self.cancel_reason]
        return FAILURE_WORDS[self.failure] if self.failure is not None else ""

    @property
    def remedy(self) -> str:
        """What the person can do, marked for translation; empty when there is nothing to do."""
        if self.state is not PayoutState.FAILED or self.failure is None:
            return ""
        return FAILURE_REMEDIES[self.failure]


@dataclass(frozen=True, slots=True)
class FailedPayout:
    """A payment that waits for somebody to act, as the programme office sees it."""

    instruction_id: int
    public_id: str
    person_id: int
    person_name: str
    wave_number: int
    number: int
    amount_idr: int
    provider: Provider
    failure: PayoutFailure
    attempts: int
    due_at: datetime
    decided_at: datetime

    @property
    def cause(self) -> str:
        """Why it failed, marked for translation."""
        return FAILURE_WORDS[self.failure]


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """A file to the bank and how far it is answered."""

    batch_id: int
    message_id: str
    wave_number: int
    created_at: datetime
    lines: int
    total_idr: int
    paid_lines: int
    paid_idr: int
    failed_lines: int
    failed_idr: int
    heard_at: datetime | None
    answered_at: datetime | None

    @property
    def pending_lines(self) -> int:
        """Lines the bank has not decided."""
        return self.lines - self.paid_lines - self.failed_lines


@dataclass(frozen=True, slots=True)
class Totals:
    """All payments by where they stand: how many and how much."""

    scheduled: int
    scheduled_idr: int
    sent: int
    sent_idr: int
    paid: int
    paid_idr: int
    failed: int
    failed_idr: int
    cancelled: int
    cancelled_idr: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an answer of the bank changed. Lines it had decided before count in none of them."""

    paid: int
    failed: int
    repeated: int
    """Failed by a provider's fault and scheduled again by ourselves."""
    pending: int
    """Still undecided."""


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One payment to one person. `purpose` is what the person reads on the statement."""

    instruction_id: str
    amount_idr: int
    provider: str
    account_number: str
    holder_name: str
    purpose: str


@dataclass(frozen=True, slots=True)
class PayoutBatch:
    """Payments sent to the bank as one file. The same batch always makes the same file, byte for byte."""

    message_id: str
    created_at: datetime
    debtor_name: str
    debtor_account: str
    lines: tuple[PayoutLine, ...]


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """How one payment ended: paid, or not paid and why."""

    instruction_id: str
    paid: bool
    failure: PayoutFailure | None


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """What the bank has decided so far. A line without an outcome is not decided yet: ask with the batch again."""

    message_id: str
    outcomes: tuple[LineOutcome, ...]


class Bank(Protocol):
    """Whoever moves the money."""

    def pay(self, batch: PayoutBatch) -> BatchAnswer:
        """Have the batch paid. Asking again with an equal batch moves nothing twice and gives the bank's answer.

        Raises BankUnavailable when it is not known whether the bank has the file: ask again with the equal batch.
        Raises BankRefusedFile when the bank has declined the file as a whole, and BadBankFile when the batch cannot
        be written as one; in both cases nothing of it was paid.
        """
