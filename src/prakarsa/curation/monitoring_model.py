"""Values of monitoring: what a monitor saw in a class, and the review that follows when it adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from prakarsa.kernel.evidence import Evidence
from prakarsa.kernel.refusal import msg

FINDINGS_COUNT_FOR = timedelta(days=90)
"""How long a finding counts towards a review (no published rule exists: programme-rules 6.4)."""


class Aspect(StrEnum):
    """Which promise a finding is about (programme-rules 6.4)."""

    SYLLABUS = "syllabus"
    """What was taught."""
    INSTRUCTOR = "instructor"
    """Who taught it."""
    TIMING = "timing"
    """When and for how long it was taught."""
    PRESENCE = "presence"
    """How presence or progress was recorded."""
    PLACE = "place"
    """Where it was taught, or on which live room."""


ASPECT_WORDS = {
    Aspect.SYLLABUS: msg("What was taught"),
    Aspect.INSTRUCTOR: msg("Who taught it"),
    Aspect.TIMING: msg("When and how long it was taught"),
    Aspect.PRESENCE: msg("How presence was recorded"),
    Aspect.PLACE: msg("Where it was taught"),
}


class Severity(StrEnum):
    """How much a finding takes from those who learn."""

    MINOR = "minor"
    """Noticeable, without harm to what is learned; kept, and counts towards no review."""
    MAJOR = "major"
    """A promise was broken; counts towards a review."""
    CRITICAL = "critical"
    """No training took place, or not by the institution; opens a review alone."""


SEVERITY_WORDS = {
    Severity.MINOR: msg("minor"),
    Severity.MAJOR: msg("major"),
    Severity.CRITICAL: msg("critical"),
}


class ReviewCause(StrEnum):
    """Why a review was opened."""

    FINDINGS = "findings"
    """As many major findings as the terms allow came together."""
    CRITICAL_FINDING = "critical_finding"
    """One finding was critical."""


CAUSE_WORDS = {
    ReviewCause.FINDINGS: msg("Findings of monitors add up"),
    ReviewCause.CRITICAL_FINDING: msg("A critical finding of a monitor"),
}


class ReviewState(StrEnum):
    """Where a review stands."""

    OPEN = "open"
    """A curator has to decide."""
    IMPROVING = "improving"
    """The institution has until a day to put it right."""
    CLOSED = "closed"
    """Nothing follows, or it was put right."""
    HELD = "held"
    """The course is on hold."""

    @property
    def over(self) -> bool:
        """Whether nothing more is decided in this review."""
        return self in {ReviewState.CLOSED, ReviewState.HELD}


class ReviewMove(StrEnum):
    """What a curator may decide."""

    CLOSE = "close"
    """Nothing follows."""
    IMPROVE = "improve"
    """The institution puts it right by a day."""
    HOLD = "hold"
    """Selling the course is suspended, with due process."""


REVIEW_MOVES: dict[tuple[ReviewState, ReviewMove], ReviewState] = {
    (ReviewState.OPEN, ReviewMove.CLOSE): ReviewState.CLOSED,
    (ReviewState.OPEN, ReviewMove.IMPROVE): ReviewState.IMPROVING,
    (ReviewState.OPEN, ReviewMove.HOLD): ReviewState.HELD,
    (ReviewState.IMPROVING, ReviewMove.CLOSE): ReviewState.CLOSED,
    (ReviewState.IMPROVING, ReviewMove.HOLD): ReviewState.HELD,
}
"""Every lawful move; a pair that is not here is refused."""

REVIEW_WORDS = {
    ReviewState.OPEN: msg("waits for a decision"),
    ReviewState.IMPROVING: msg("the institution puts it right"),
    ReviewState.CLOSED: msg("closed"),
    ReviewState.HELD: msg("on hold"),
}
REVIEW_MOVE_WORDS = {
    ReviewMove.CLOSE: msg("Nothing follows"),
    ReviewMove.IMPROVE: msg("To be put right by a day"),
    ReviewMove.HOLD: msg("Hold the course"),
}


@dataclass(frozen=True, slots=True)
class NewFinding:
    """One promise that was not kept: what was promised, what was delivered, and what shows it."""

    aspect: Aspect
    severity: Severity
    promised: str
    delivered: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class NewObservation:
    """What a monitor saw in one class at one moment; a class without findings is worth recording too."""

    schedule_code: str
    observed_at: datetime
    summary: str
    findings: Sequence[NewFinding] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as kept. `review_code` names the review it led to."""

    finding_code: str
    course_code: str
    schedule_code: str
    monitor: str
    aspect: Aspect
    severity: Severity
    promised: str
    delivered: str
    evidence: tuple[Evidence, ...]
    observed_at: datetime
    found_at: datetime
    review_code: str | None


@dataclass(frozen=True, slots=True)
class Observation:
    """An observation as kept, and the review it opened, if it did."""

    observation_code: str
    schedule_code: str
    course_code: str
    monitor: str
    observed_at: datetime
    summary: str
    finding_codes: tuple[str, ...]
    review_code: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """Why a course is looked at again, and what was made of it."""

    review_id: int
    review_code: str
    course_id: int
    course_code: str
    title: str
    institution_code: str
    institution_id: int
    cause: ReviewCause
    state: ReviewState
    opened_at: datetime
    due_at: datetime
    words: str | None
    improve_by_at: datetime | None
    hold_code: str | None
    decided_by: str | None
    decided_at: datetime | None
    ended_at: datetime | None

    def overdue(self, now: datetime) -> bool:
        """Whether the next word is late: the decision, or what follows an improvement."""
        return not self.state.over and (self.improve_by_at or self.due_at) < now


@dataclass(frozen=True, slots=True)
class Suspension:
    """What a curator says when holding a course; the rest follows from the review.

    `public_words` are Indonesian and `public_words_en` English; the hold ends or is reviewed by `review_at`.
    """

    legal_basis: str
    basis_version: str
    public_words: str
    public_words_en: str
    proportionality: str
    review_at: datetime
    ends_at: datetime | None = None
    answer_by_at: datetime | None = None
