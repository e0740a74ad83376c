"""How curation's commands show what they found."""

from datetime import datetime
from typing import Any

from prakarsa.cli.output import picked, words
from prakarsa.curation.model import APPLICATION_WORDS, ROUND_WORDS, Application, Round
from prakarsa.curation.monitoring_model import REVIEW_WORDS, Review
from prakarsa.curation.rules import percent_text


def of_round(found: Round) -> dict[str, Any]:
    """One line about the assessment of a course."""
    return {
        "code": found.round_code,
        "about": found.course_code,
        "institution": found.institution_code,
        "state": found.state.value,
        "stands": words(ROUND_WORDS[found.state]),
        "due_at": found.due_at,
    }


def of_application(found: Application) -> dict[str, Any]:
    """One line about an institution on its way in."""
    return {
        "code": found.application_code,
        "about": found.institution_code,
        "institution": found.institution_code,
        "state": found.state.value,
        "stands": words(APPLICATION_WORDS[found.state]),
        "due_at": found.due_at,
    }


def of_review(found: Review) -> dict[str, Any]:
    """One line about a review."""
    return {
        "code": found.review_code,
        "about": found.course_code,
        "institution": found.institution_code,
        "state": found.state.value,
        "stands": words(REVIEW_WORDS[found.state]),
        "due_at": found.improve_by_at or found.due_at,
    }


def deadline(due_at: datetime, now: datetime) -> dict[str, Any]:
    """Whether it is late, and the whole days that are left or over."""
    return {"days_left": (due_at - now).days, "overdue": due_at < now}


def whole_round(found: Round) -> dict[str, Any]:
    """Everything about a round but its marks."""
    names = ("round_code", "course_code", "title", "institution_code", "number", "submitted_by", "submitted_at")
    result = None if found.result_tenths is None else percent_text(found.result_tenths)
    head = picked(found, *names) | {"state": found.state.value, "stands": words(ROUND_WORDS[found.state])}
    return head | {"result_percent": result} | picked(found, "due_at", "reason", "decided_by", "decided_at")
