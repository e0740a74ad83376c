"""Values of a purchase: orders, the situation they meet, checks, receipts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from prakarsa.hold.model import Deadline, Reach
from prakarsa.kernel.refusal import Refusal
from prakarsa.partner.model import Partner


@dataclass(frozen=True, slots=True)
class OtpOrder:
    """A wish to buy one course place with a card: step one."""

    platform: Partner
    card_number: str
    platform_user: str
    course_code: str
    schedule_code: str
    amount_idr: int


@dataclass(frozen=True, slots=True)
class PaymentToken:
    """The answer to step one: what step two is authorised with. The code itself goes to the person only."""

    token: str
    expires_at: datetime
    masked_phone: str


@dataclass(frozen=True, slots=True)
class Authorization:
    """Step two: the person's one-time code and the platform's invoice."""

    platform: Partner
    token: str
    otp: str
    invoice_code: str
    invoice_url: str


@dataclass(frozen=True, slots=True)
class VoidOrder:
    """A wish to cancel a purchase."""

    platform: Partner
    invoice_code: str
    transaction_code: str


class PaymentStatus(StrEnum):
    """What became of a payment."""

    SUCCESS = "SUCCESS"
    """The card was charged."""
    VOID = "VOID"
    """The purchase was cancelled and the card has its money back."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a platform may know of a purchase."""

    invoice_code: str
    transaction_code: str
    amount_idr: int
    status: PaymentStatus
    person_name: str
    purchased_at: datetime


@dataclass(frozen=True, slots=True)
class Intent:
    """A checked wish to buy, waiting for its one-time code."""

    card_id: int
    intent_id: int
    token_digest: bytes
    otp_digest: bytes
    platform_id: int
    platform_user: str
    number_index: bytes
    course_code: str
    schedule_code: str
    amount_idr: int
    expires_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of the rules: one card, one schedule, on one platform or on any."""

    number_index: bytes
    platform_id: int | None
    platform_user: str | None
    course_code: str
    schedule_code: str
    amount_idr: int | None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the rules look at for one ask, as read from the database. None: there is no such thing.

    `course_misses` holds one bit per condition (catalogue.rules.CONDITIONS); `listed_apart` says that a platform which
    does not belong together with the institution sells the course.
    """

    place: int
    card_id: int | None
    person_id: int | None
    card_state: str | None
    is_probe: bool
    notified_at: datetime | None
    account_id: int | None
    balance_idr: int | None
    wave_number: int | None
    budget_year: int | None
    person_name: str | None
    birth_date: date | None
    education: str | None
    has_live_purchase: bool
    owns_course: bool
    unfinished_course: str | None
    unrated_course: str | None
    last_completed_at: datetime | None
    platform_code: str | None
    platform_active: bool
    other_platform_user: str | None
    account_of_other_card: bool
    schedule_id: int | None
    schedule_course_code: str | None
    starts_at: datetime | None
    enrolment_closes_at: datetime | None
    seats_left: int | None
    course_id: int | None
    course_title: str | None
    course_state: str | None
    course_mode: str | None
    course_misses: int | None
    price_idr: int | None
    min_age_years: int | None
    max_age_years: int | None
    min_education: str | None
    institution_id: int | None
    institution_code: str | None
    institution_active: bool
    listed: bool
    listed_apart: bool


class Verdict(StrEnum):
    """The outcome of one check."""

    PASS = "pass"  # noqa: S105  not a password
    """The condition holds."""
    REFUSED = "refused"
    """The condition does not hold; the refusal says why."""
    NOT_CHECKED = "not_checked"
    """Something it depends on is missing, so there was nothing to check."""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of buying and what came of it."""

    name: str
    verdict: Verdict
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """A decided purchase, to be written."""

    card_id: int
    person_id: int
    account_id: int
    intent_id: int
    platform_id: int
    platform_user: str
    institution_id: int
    institution_code: str
    course_id: int
    course_title: str
    schedule_id: int
    invoice_code: str
    invoice_url: str
    transaction_code: str
    redeem_code: str
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase as stored, with the words and codes its readers need."""

    purchase_id: int
    card_id: int
    person_id: int
    person_name: str
    wave_number: int
    account_id: int
    intent_id: int
    platform_id: int
    platform_code: str
    platform_name: str
    commission_percent: int
    institution_id: int
    institution_code: str
    institution_name: str
    course_id: int
    course_code: str
    course_title: str
    course_mode: str
    course_hours: int
    course_meetings: int
    schedule_id: int
    schedule_code: str
    schedule_starts_at: datetime
    schedule_ends_at: datetime
    invoice_code: str
    transaction_code: str
    redeem_code: str
    amount_idr: int
    purchased_at: datetime
    voided_at: datetime | None
    redeemed_at: datetime | None
    completed_at: datetime | None
    rated_at: datetime | None

    @property
    def status(self) -> PaymentStatus:
        """Paid or cancelled."""
        return PaymentStatus.VOID if self.voided_at else PaymentStatus.SUCCESS

    @property
    def reach(self) -> Reach:
        """What the purchase touches, for holds on any of it."""
        return Reach(
            platform=self.platform_code,
            institution=self.institution_code,
            course=self.course_code,
            schedule=self.schedule_code,
            person_id=self.person_id,
            card_id=self.card_id,
        )


MyPurchase = Purchase
"""A person's own purchase: the same facts."""


@dataclass(frozen=True, slots=True)
class RefusedAttempt:
    """An attempt that was told no, as kept for the person's timeline."""

    at: datetime
    platform_name: str
    course_title: str | None
    refusal_code: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class PurchaseClock(Deadline):
    """A clock of buying at a moment; a purchase has stopped it or not."""

    stopped_by_purchase: bool


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of buying of one card. None: there is no such clock for this card at this moment."""

    first_purchase: PurchaseClock | None
    next_purchase: PurchaseClock | None
