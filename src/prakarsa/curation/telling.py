"""Telling institutions what was decided, in their language, at the address they gave."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.curation import messages, rules
from prakarsa.curation.model import STEP_WORDS, Application, Mend, Round, RoundState, Step
from prakarsa.curation.monitoring_model import Review
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Facts, Message, Template
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.partner import actions as partners

LONGEST_LIST = 20
ALL_PASSED = msg("every step is passed, and a decree may follow")


def round_decided(tx: Tx, of: Round, mends: Sequence[Mend], now: datetime) -> None:
    """A course was approved or turned down."""
    facts: Facts = {"title": of.title, "course_code": of.course_code, "round_code": of.round_code}
    if of.state is RoundState.APPROVED:
        told = facts | {"result_percent": rules.percent_text(of.result_tenths or 0)}
        _tell(tx, of.institution_code, messages.APPROVED, told, now)
    else:
        told = facts | {"reason": of.reason, "count": len(mends), "items": _items([each.item for each in mends])}
        _tell(tx, of.institution_code, messages.REJECTED, told, now)


def step_passed(tx: Tx, of: Application, step: Step, following: Step | None, now: datetime) -> None:
    """A step was passed."""
    ahead = ALL_PASSED if following is None else STEP_WORDS[following]
    facts: Facts = {"step": STEP_WORDS[step], "application_code": of.application_code, "next": ahead}
    _tell(tx, of.institution_code, messages.STEP_PASSED, facts, now)


def step_rejected(tx: Tx, of: Application, step: Step, reason: str, items: Sequence[str], now: datetime) -> None:
    """A step was not passed."""
    facts: Facts = {"step": STEP_WORDS[step], "application_code": of.application_code, "reason": reason}
    told = facts | {"count": len(items), "items": _items(items)}
    _tell(tx, of.institution_code, messages.STEP_REJECTED, told, now)


def review_opened(tx: Tx, of: Review, finding_codes: Sequence[str], now: datetime) -> None:
    """Findings have added up."""
    _tell(tx, of.institution_code, messages.REVIEW_OPENED, _review(of) | {"items": _items(finding_codes)}, now)


def review_decided(tx: Tx, of: Review, template: Template, now: datetime) -> None:
    """A curator decided on a review."""
    facts: Facts = {"words": of.words, "improve_by_at": of.improve_by_at, "hold_code": of.hold_code}
    _tell(tx, of.institution_code, template, _review(of) | facts, now)


def _review(of: Review) -> Facts:
    return {
        "title": of.title,
        "course_code": of.course_code,
        "review_code": of.review_code,
        "due_at": of.due_at,
    }


def _items(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:LONGEST_LIST])
    return shown if len(codes) <= LONGEST_LIST else f"{shown} …"


def _tell(tx: Tx, institution_code: str, template: Template, facts: Facts, now: datetime) -> None:
    contact = partners.contacts_of(tx, [institution_code]).get(institution_code)
    if contact is not None:
        message = Message(None, "email", template, contact.email, contact.language, facts)
        journal.tell(tx, [message], now=now)
