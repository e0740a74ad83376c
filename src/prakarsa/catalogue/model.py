"""Values of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from prakarsa.kernel.evidence import Evidence
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.partner.model import PartnerStatus

Kept = TypeVar("Kept")
POST_TEST = 999
"""The sequence number of the final test, which the partner API treats as one more meeting."""


class CourseMode(StrEnum):
    """How a course is taught."""

    SELF_PACED = "self_paced"
    """Alone at a screen, at any hour; no class meets."""
    WEBINAR = "webinar"
    """Online with a live instructor at set hours."""
    IN_PERSON = "in_person"
    """In a room, at set hours."""

    @property
    def online(self) -> bool:
        """Whether nobody has to travel."""
        return self is not CourseMode.IN_PERSON


class CourseState(StrEnum):
    """Where a course stands in curation."""

    DRAFT = "draft"
    """Being written; nobody judges it yet."""
    SUBMITTED = "submitted"
    """Handed to the programme office for assessment."""
    APPROVED = "approved"
    """A named person found every condition met; it may be listed and sold."""
    REJECTED = "rejected"
    """A named person turned it down; it may be reopened, corrected and submitted again."""
    WITHDRAWN = "withdrawn"
    """Taken out for good; those who bought it still finish it."""


class CourseMove(StrEnum):
    """What can happen to a course in curation."""

    SUBMIT = "submit"
    """The institution hands it in."""
    APPROVE = "approve"
    """The office accepts it."""
    REJECT = "reject"
    """The office turns it down."""
    REOPEN = "reopen"
    """It goes back to draft for correction; while it is a draft it is not on sale."""
    WITHDRAW = "withdraw"
    """It leaves the programme."""


MOVES: dict[tuple[CourseState, CourseMove], CourseState] = {
    (CourseState.DRAFT, CourseMove.SUBMIT): CourseState.SUBMITTED,
    (CourseState.SUBMITTED, CourseMove.APPROVE): CourseState.APPROVED,
    (CourseState.SUBMITTED, CourseMove.REJECT): CourseState.REJECTED,
    (CourseState.REJECTED, CourseMove.REOPEN): CourseState.DRAFT,
    (CourseState.APPROVED, CourseMove.REOPEN): CourseState.DRAFT,
    (CourseState.DRAFT, CourseMove.WITHDRAW): CourseState.WITHDRAWN,
    (CourseState.SUBMITTED, CourseMove.WITHDRAW): CourseState.WITHDRAWN,
    (CourseState.APPROVED, CourseMove.WITHDRAW): CourseState.WITHDRAWN,
    (CourseState.REJECTED, CourseMove.WITHDRAW): CourseState.WITHDRAWN,
}
"""Every lawful move; a pair that is not here is refused."""

STATE_WORDS = {
    CourseState.DRAFT: msg("draft"),
    CourseState.SUBMITTED: msg("submitted"),
    CourseState.APPROVED: msg("approved"),
    CourseState.REJECTED: msg("rejected"),
    CourseState.WITHDRAWN: msg("withdrawn"),
}
MOVE_WORDS = {
    CourseMove.SUBMIT: msg("submit"),
    CourseMove.APPROVE: msg("approve"),
    CourseMove.REJECT: msg("reject"),
    CourseMove.REOPEN: msg("reopen"),
    CourseMove.WITHDRAW: msg("withdraw"),
}
"""How states and moves read inside a sentence: refusals name them."""

DECISIONS = frozenset({CourseMove.APPROVE, CourseMove.REJECT, CourseMove.WITHDRAW})
"""Moves that are the decision of a named person and are kept with the course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseContent:
    """What an institution writes about a course, and what is declared or assessed against Permenko 11/2020.

    `outside_price_idr` is the price of identical paid training elsewhere, None when there is none.
    `meetings` counts the sequences attendance is taken for, without the final test.
    """

    title: str
    field: str
    mode: CourseMode
    hours: int
    meetings: int
    price_idr: int
    description: str = ""
    min_age_years: int | None = None
    max_age_years: int | None = None
    min_education: str | None = None
    has_live_session: bool = False
    free_elsewhere: bool = False
    outside_price_idr: int | None = None
    is_bundle: bool = False
    tracks_completion: bool = False
    has_curriculum: bool = False
    has_evaluation: bool = False
    has_presence_log: bool = False
    expert_assessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse(CourseContent):
    """A course to register as a draft; `institution_code` is the client code of the institution that teaches it."""

    course_code: str
    institution_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(CourseContent):
    """A course as kept."""

    course_id: int
    course_code: str
    institution_id: int
    institution_code: str
    institution_name: str
    institution_status: PartnerStatus
    state: CourseState
    registered_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    decision_reason: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """One condition by name, and the refusal that says how it is missed; None when it is met."""

    name: str
    refusal: Refusal | None = None

    @property
    def passed(self) -> bool:
        """Whether the condition is met."""
        return self.refusal is None


Value = bool | int | None
"""What is attested: true or false, or a price in whole rupiah with None for "there is none"."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """Who said on what evidence that something is true of a course, and what was thought before."""

    course_id: int
    fact: str
    value: Value
    was: Value
    evidence: tuple[Evidence, ...]
    attested_by: str
    attested_at: datetime


@dataclass(frozen=True, slots=True)
class EndedListing:
    """A course that a platform may no longer sell; `cause` is the code of the refusal that says why."""

    course_code: str
    platform: str
    cause: str


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A class to open. Without a code one is drawn; `meetings` says when each sequence begins.

    A class in person may say in which province (two digits) and where it meets.
    """

    schedule_code: str | None
    course_code: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    meetings: Mapping[int, datetime] = field(default_factory=dict)
    province_code: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A class with its seats."""

    schedule_id: int
    schedule_code: str
    course_id: int
    course_code: str
    starts_at: datetime
    ends_at: datetime
    enrolment_closes_at: datetime
    seats: int
    seats_sold: int
    meetings: Mapping[int, datetime]
    province_code: str | None
    place: str | None

    @property
    def seats_left(self) -> int:
        """Seats that can still be bought."""
        return self.seats - self.seats_sold

    def open_at(self, now: datetime) -> bool:
        """Whether a seat can be bought at this moment."""
        return now <= self.enrolment_closes_at and self.seats_left > 0


@dataclass(frozen=True, slots=True)
class Seller:
    """A platform that sells a course."""

    client_code: str
    name: str


@dataclass(frozen=True, slots=True)
class CoursePage:
    """Everything the public may know of one course."""

    course: Course
    schedules: tuple[Schedule, ...]
    sellers: tuple[Seller, ...]
    conditions: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A course with the conditions it meets and misses under some terms."""

    course: Course
    checks: tuple[Check, ...]


class RowOutcome(StrEnum):
    """What became of one row of an imported sheet."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Settled(Generic[Kept]):
    """What became of one draft: the thing as it is now kept, or the refusal."""

    result: Kept | Refusal
    outcome: RowOutcome


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row of an imported sheet: where it stands in the file, what it is about, and how it ended."""

    line: int
    course_code: str
    outcome: RowOutcome
    refusal: Refusal | None = None
    schedule_code: str | None = None
