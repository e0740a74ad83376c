"""Values of attendance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.refusal import Refusal


class Proof(StrEnum):
    """What shows that somebody attended."""

    IDENTITY_CHECK = "identity_check"
    """The provider saw the person's face."""
    CODE_ONLY = "code_only"
    """The institution entered the redeem code; nobody looked at a face."""


class TrialFailure(StrEnum):
    """Which "no" a negative test code always meets: one per failure class of partner-api 2.6.3, and the time window."""

    CODE_UNKNOWN = "code_unknown"
    """Nobody has issued the code."""
    OTHER_INSTITUTION = "other_institution"
    """The code was bought for another institution's course."""
    CODE_CANCELLED = "code_cancelled"
    """The card behind the code was revoked."""
    TRANSACTION_CANCELLED = "transaction_cancelled"
    """The platform cancelled the purchase."""
    COURSE_TYPE = "course_type"
    """This type of course has no such step."""
    ALREADY_USED = "already_used"
    """The step was attended before."""
    TOO_EARLY = "too_early"
    """The meeting cannot be entered yet."""


@dataclass(frozen=True, slots=True)
class TrialCase:
    """One documented behaviour an institution can try without a purchase. `failure` is None for a positive case.

    `sequence` is the step the case is about.
    """

    name: str
    mode: CourseMode
    sequence: int
    failure: TrialFailure | None = None


@dataclass(frozen=True, slots=True)
class TestCode:
    """A test code as handed to an institution."""

    redeem_code: str
    case: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a redeem code stands for: a purchase, or a test case. Everything the rules need to know.

    `meeting_starts` holds the moments that are set; `attended` the moments of what was attended, both by sequence.
    """

    redeem_code: str
    institution_id: int
    mode: CourseMode
    course_code: str
    invoice_code: str
    schedule_code: str
    platform_name: str
    starts_at: datetime
    ends_at: datetime
    meetings: int
    meeting_starts: Mapping[int, datetime]
    attended: Mapping[int, datetime]
    voided_at: datetime | None = None
    card_revoked_at: datetime | None = None
    trial: TrialCase | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a step can be attended, both ends included."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class RedeemStatus:
    """The answer of partner-api 2.6.2, member for member. Numbers are JSON integers; `redeem_at` may be empty.

    `held` is no member: it is the hold that keeps the code from being used now, and is said beside them.
    """

    redeem_code: str
    course_code: str
    invoice_code: str
    schedule_code: str
    status: int
    attendance_status: int
    redeem_at: str
    dp_platform: str
    schedule_start_end: str
    course_type: int
    course_type_label: str
    course_learning_method: str
    is_online_attendance: bool
    sequence: int
    held: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A verification for one step: where to send the person's browser, and the token that names it."""

    url: str
    state: str
    course_type: int
    learning_method: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What the consent page shows. `is_test` needs nobody signed in."""

    institution_name: str
    course_title: str
    sequence: int
    expires_at: datetime
    is_test: bool


@dataclass(frozen=True, slots=True)
class Bought:
    """The purchase somebody attends with: what locking it and writing it down take."""

    purchase_id: int
    transaction_code: str
    card_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class OpenVerification:
    """A verification as kept. It is for a purchase, with the public name of its owner, or for a test code."""

    verification_id: int
    bought: Bought | None
    person_public_id: str | None
    test_code: str | None
    sequence: int
    redirect_uri: str
    expires_at: datetime
    consented_at: datetime | None
    check_id: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a verification ended, and where the person's browser goes next."""

    matched: bool
    redirect_to: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A purchase whose first meeting and post-test are attended, and all that was attended of it."""

    purchase_id: int
    meetings: int
    attended: frozenset[int]
    last_attended_at: datetime
