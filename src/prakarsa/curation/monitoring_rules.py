"""When findings add up to a review, and which decision follows which. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from prakarsa.catalogue.model import Schedule
from prakarsa.curation.monitoring_model import (
    FINDINGS_COUNT_FOR,
    REVIEW_MOVE_WORDS,
    REVIEW_MOVES,
    REVIEW_WORDS,
    Finding,
    NewFinding,
    NewObservation,
    Review,
    ReviewCause,
    ReviewMove,
    ReviewState,
    Severity,
)
from prakarsa.curation.refusals import NotObservable, ReviewMoveRefused
from prakarsa.curation.rules import text
from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.evidence import EvidenceKind
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField

SHOWS_A_FINDING = frozenset({EvidenceKind.WEB_PAGE, EvidenceKind.DOCUMENT, EvidenceKind.CLASS, EvidenceKind.JOURNAL})
"""A finding rests on something that can be looked at again: a recording or photograph by its digest, a page."""
EARLY = timedelta(hours=1)
"""A monitor may be in the room before the class begins."""
MOST_FINDINGS = 50


def check_observation(new: NewObservation, schedule: Schedule, now: datetime) -> NewObservation:
    """The observation with its texts tidied. Raises NotObservable, BadField, EvidenceUnfit."""
    if new.observed_at > now:
        raise NotObservable(new.schedule_code, msg("that moment is still to come"))
    if not schedule.starts_at - EARLY <= new.observed_at <= schedule.ends_at:
        raise NotObservable(new.schedule_code, msg("the class was not held at that moment"))
    if len(new.findings) > MOST_FINDINGS:
        raise BadField("findings", msg("there are more than 50"))
    findings = [_checked(finding, now) for finding in new.findings]
    return NewObservation(new.schedule_code, new.observed_at, text("summary", new.summary), findings)


def _checked(finding: NewFinding, now: datetime) -> NewFinding:
    if not finding.evidence:
        raise BadField("evidence", msg("a finding rests on at least one piece of evidence"))
    today = now.astimezone(JAKARTA).date()
    for piece in finding.evidence:
        evidences.check(piece, accepted=SHOWS_A_FINDING, today=today)
    promised, delivered = text("promised", finding.promised), text("delivered", finding.delivered)
    return NewFinding(finding.aspect, finding.severity, promised, delivered, finding.evidence)


def review_due(findings: Sequence[Finding], threshold: int, now: datetime) -> ReviewCause | None:
    """Whether findings that led to no review yet ask for one, and why.

    A critical one does alone; major ones do when as many as the threshold were found within 90 days; minor ones do
    not. A threshold of 0 means that only critical findings count.
    """
    loose = [each for each in findings if each.review_code is None and now - each.found_at < FINDINGS_COUNT_FOR]
    if any(each.severity is Severity.CRITICAL for each in loose):
        return ReviewCause.CRITICAL_FINDING
    major = sum(each.severity is Severity.MAJOR for each in loose)
    return ReviewCause.FINDINGS if 0 < threshold <= major else None


def after_review(of: Review, move: ReviewMove) -> ReviewState:
    """The state after a decision. Raises ReviewMoveRefused."""
    state = REVIEW_MOVES.get((of.state, move))
    if state is None:
        raise ReviewMoveRefused(of.review_code, REVIEW_WORDS[of.state], REVIEW_MOVE_WORDS[move])
    return state
