"""Values of surveys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prakarsa.hold.model import Pause


class SurveyState(StrEnum):
    """Where a survey stands at a moment."""

    NOT_OPEN = "not_open"
    """Its day has not come, or an earlier one is not answered."""
    OPEN = "open"
    """It can be answered now."""
    ANSWERED = "answered"
    """It was answered; the payment follows."""
    CLOSED = "closed"
    """Its last day is over."""


@dataclass(frozen=True, slots=True)
class FirstPaid:
    """A person whose first incentive has arrived, and the course that earned it: what opens the surveys."""

    person_id: int
    wave_number: int
    purchase_id: int


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey as kept."""

    person_id: int
    number: int
    out_of: int
    wave_number: int
    purchase_id: int
    opens_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """A survey to open."""

    person_id: int
    number: int
    out_of: int
    wave_number: int
    purchase_id: int
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class MySurvey:
    """A survey as its person sees it. Without a deadline it stays open."""

    number: int
    out_of: int
    opens_at: datetime
    deadline_at: datetime | None
    first_deadline_at: datetime | None
    pauses: tuple[Pause, ...]
    amount_idr: int
    state: SurveyState
    answered_at: datetime | None


Answers = Mapping[str, str]
"""Chosen answers by question, both as codes."""
