"""Values of a mass cancellation: the plan, what it would touch, how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from prakarsa.hold.model import Reason, Scope
from prakarsa.kernel.evidence import Evidence

CANCELLED_SCOPES = (Scope.INSTITUTION, Scope.COURSE, Scope.SCHEDULE)
"""What can be cancelled as a whole."""


class CancellationState(StrEnum):
    """How far a mass cancellation is."""

    PLANNED = "planned"
    """Written down and counted; nothing has changed, and a second person has to confirm it."""
    RUNNING = "running"
    """Confirmed: the sale is closed, and purchases are being cancelled."""
    FINISHED = "finished"
    """No purchase is left to cancel."""
    WITHDRAWN = "withdrawn"
    """Given up before it was confirmed; nothing has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCancellation:
    """What is to be cancelled, why, and what people are told.

    `words` and `next_step` are Indonesian, the others English; without English, English readers get the Indonesian.
    The sale stays closed until `closed_until_at`, or until a review by `review_at` does not take place.
    """

    scope: Scope
    target_code: str
    reason: Reason
    legal_basis: str
    words: str
    next_step: str
    notice_to: str
    closed_until_at: datetime | None = None
    review_at: datetime | None = None
    basis_version: str = ""
    words_en: str = ""
    next_step_en: str = ""
    evidence: tuple[Evidence, ...] = ()
    proportionality: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a mass cancellation touches, as counted at one moment. Completed purchases stay as they are."""

    purchases: int
    people: int
    amount_idr: int
    classes: int
    attended: int
    completed: int


@dataclass(frozen=True, slots=True)
class TouchedClass:
    """One class that a mass cancellation touches."""

    schedule_code: str
    course_title: str
    starts_at: datetime
    purchases: int
    amount_idr: int


@dataclass(frozen=True, slots=True)
class CoursesLeft:
    """What a card still has after a cancellation, as far as its clocks are concerned."""

    card_id: int
    any_left: bool
    any_open: bool
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A mass cancellation as it stands. Each purchase gives back one seat."""

    cancellation_id: int
    cancellation_code: str
    scope: str
    target_code: str
    target_name: str
    reason_code: str
    legal_basis: str
    basis_version: str
    public_words: str
    public_words_en: str
    next_step: str
    next_step_en: str
    evidence: list[dict[str, Any]]
    proportionality: str
    notice_to: str
    closed_until_at: datetime | None
    review_at: datetime | None
    planned_by: str
    planned_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    hold_code: str | None
    purchases: int
    people: int
    amount_idr: int
    classes: int
    attended: int
    completed: int
    done_purchases: int
    done_idr: int
    finished_at: datetime | None

    @property
    def state(self) -> CancellationState:
        """How far it is."""
        if self.withdrawn_at is not None:
            return CancellationState.WITHDRAWN
        if self.finished_at is not None:
            return CancellationState.FINISHED
        return CancellationState.PLANNED if self.confirmed_at is None else CancellationState.RUNNING

    def words_in(self, language: str) -> tuple[str, str]:
        """Why it was cancelled, and what to do now, in the reader's language."""
        if language == "id":
            return self.public_words, self.next_step
        return self.public_words_en or self.public_words, self.next_step_en or self.next_step
