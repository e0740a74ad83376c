"""Verbs of monitoring: what a monitor saw, reviews that open by themselves, and what a curator decides."""

from datetime import UTC, datetime

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import Schedule
from prakarsa.curation import messages, rules, telling
from prakarsa.curation import monitoring_rules as monitored
from prakarsa.curation import monitoring_store as store
from prakarsa.curation.assessing import MOST_ROWS, START
from prakarsa.curation.monitoring_model import (
    FINDINGS_COUNT_FOR,
    Finding,
    NewObservation,
    Observation,
    Review,
    ReviewMove,
    Severity,
    Suspension,
)
from prakarsa.curation.people import check_no_conflict, working_as
from prakarsa.curation.refusals import BadDeadline, ReviewUnknown
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Hold, NewHold, Reason, Scope
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts, Template
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.ids import random_code
from prakarsa.people.model import Role
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms

NEWEST: tuple[datetime, int] = (datetime(9999, 1, 1, tzinfo=UTC), 0)
"""After the newest observation of a list."""
_CODE_LENGTH = 8


def observe(tx: Tx, new: NewObservation, who: str, *, now: datetime, terms: Terms | None = None) -> Observation:
    """A monitor ("staff/7" or their address) writes down what they saw in a class, with findings or without.

    Findings that add up open a review by themselves (`monitoring_rules.review_due`); one that is open already takes
    them in.
    Raises ScheduleUnknown, NotAnAssessor, ConflictOfInterest, NotObservable, EvidenceUnfit, BadField, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    monitor = working_as(tx, who, Role.MONITOR)
    schedule = catalogue.schedule(tx, new.schedule_code)
    course = catalogue.course(tx, schedule.course_code)
    check_no_conflict(tx, monitor, course.institution_id, course.institution_code)
    sound = monitored.check_observation(new, schedule, now)
    code = f"OBS-{random_code(_CODE_LENGTH)}"
    codes = store.insert_observation(tx, code, sound, schedule.schedule_id, schedule.course_id, monitor, now)
    found: Facts = {"schedule": schedule.schedule_code, "findings": codes, "monitor": monitor}
    journal.record(tx, [Event("curation.observed", f"observation/{code}", facts=found)], now=now)
    opened = _review_if_due(tx, schedule, codes, terms, now)
    return Observation(
        code,
        schedule.schedule_code,
        schedule.course_code,
        monitor,
        sound.observed_at,
        sound.summary,
        tuple(codes),
        opened,
    )


def close_review(tx: Tx, review_code: str, *, words: str, by: str, now: datetime) -> Review:
    """A curator finds that nothing follows, or that it was put right.

    Raises ReviewUnknown, ReviewMoveRefused, ConflictOfInterest, BadField.
    """
    return _decide(tx, review_code, ReviewMove.CLOSE, messages.REVIEW_CLOSED, words, by, now)


def ask_improvement(tx: Tx, review_code: str, *, words: str, until: datetime, by: str, now: datetime) -> Review:
    """A curator gives the institution until a moment to put it right; the review stays open until then.

    Raises ReviewUnknown, ReviewMoveRefused, ConflictOfInterest, BadField, BadDeadline.
    """
    if until <= now:
        raise BadDeadline(until)
    return _decide(tx, review_code, ReviewMove.IMPROVE, messages.REVIEW_IMPROVE, words, by, now, improve_by_at=until)


def hold_course(
    tx: Tx, review_code: str, new: Suspension, *, words: str, by: str, now: datetime, second: str | None = None
) -> Review:
    """A curator holds the course with due process: the findings are the evidence, the institution may answer.

    Raises ReviewUnknown, ReviewMoveRefused, ConflictOfInterest, BadField and whatever placing a hold refuses.
    """
    found = _locked(tx, review_code)
    monitored.after_review(found, ReviewMove.HOLD)
    check_no_conflict(tx, by, found.institution_id, found.institution_code)
    placed = _place(tx, found, new, by, second, now)
    return _decide(tx, review_code, ReviewMove.HOLD, messages.REVIEW_HELD, words, by, now, hold_code=placed.hold_code)


def review(tx: Tx, review_code: str) -> Review:
    """One review. Raises ReviewUnknown."""
    fits = review_code.isascii() and review_code.isprintable() and len(review_code) <= 40
    found = store.review(tx, review_code) if fits else None
    if found is None:
        raise ReviewUnknown(review_code[:40])
    return found


def reviews(
    tx: Tx,
    *,
    open_only: bool = True,
    overdue_at: datetime | None = None,
    after: tuple[datetime, int] = START,
    limit: int = 50,
) -> list[Review]:
    """One page of reviews by the day the next word is due."""
    page = max(1, min(limit, MOST_ROWS))
    return store.reviews(tx, open_only=open_only, overdue_at=overdue_at, after=after, limit=page)


def findings_of(tx: Tx, review_code: str) -> list[Finding]:
    """The findings that led to a review, newest first. Raises ReviewUnknown."""
    return store.findings(tx, review_id=review(tx, review_code).review_id)


def observations(
    tx: Tx,
    *,
    monitor: str | None = None,
    course_code: str | None = None,
    after: tuple[datetime, int] = NEWEST,
    limit: int = 50,
) -> list[Observation]:
    """One page of observations, newest first: of one monitor, of one course, or all. Raises CourseUnknown."""
    course_id = None if course_code is None else catalogue.course(tx, course_code).course_id
    page = max(1, min(limit, MOST_ROWS))
    found = store.observations(tx, monitor=monitor, course_id=course_id, after=after, limit=page)
    return [observation for _, observation in found]


def _review_if_due(tx: Tx, schedule: Schedule, codes: list[str], terms: Terms, now: datetime) -> str | None:
    """The code of the review these findings belong to, opened if they add up; None while they do not."""
    if not codes:
        return None
    store.lock_course(tx, schedule.course_id)
    running = store.open_review(tx, schedule.course_id)
    if running is not None:
        store.tie_findings(tx, running.review_id, codes)
        return running.review_code
    recent = store.findings(tx, course_id=schedule.course_id, since=now - FINDINGS_COUNT_FOR)
    cause = monitored.review_due(recent, terms.monitoring_findings_for_review, now)
    if cause is None:
        return None
    loose = [each.finding_code for each in recent if each.review_code is None and each.severity is not Severity.MINOR]
    code = f"REV-{random_code(_CODE_LENGTH)}"
    store.insert_review(tx, code, schedule.course_id, cause, loose, now, rules.due_at(now, terms.curation_sla_days))
    facts: Facts = {"course": schedule.course_code, "cause": cause, "findings": loose}
    journal.record(tx, [_event("review_opened", code, facts)], now=now)
    telling.review_opened(tx, review(tx, code), loose, now)
    return code


def _decide(
    tx: Tx,
    review_code: str,
    move: ReviewMove,
    template: Template,
    words: str,
    by: str,
    now: datetime,
    *,
    improve_by_at: datetime | None = None,
    hold_code: str | None = None,
) -> Review:
    found = _locked(tx, review_code)
    state = monitored.after_review(found, move)
    check_no_conflict(tx, by, found.institution_id, found.institution_code)
    told = rules.text("words", words)
    store.decide_review(
        tx, found.review_id, state, words=told, improve_by_at=improve_by_at, hold_code=hold_code, by=by, now=now
    )
    facts: Facts = {"course": found.course_code, "improve_by_at": improve_by_at, "hold": hold_code, "by": by}
    journal.record(tx, [_event(f"review_{state}", review_code, facts)], now=now)
    decided = review(tx, review_code)
    telling.review_decided(tx, decided, template, now)
    return decided


def _place(tx: Tx, found: Review, new: Suspension, by: str, second: str | None, now: datetime) -> Hold:
    seen_on = now.astimezone(JAKARTA).date()
    evidence = [
        Evidence(EvidenceKind.FINDING, each.finding_code, seen_on, each.severity)
        for each in store.findings(tx, review_id=found.review_id)
    ]
    wanted = NewHold(
        scope=Scope.COURSE,
        target_code=found.course_code,
        target_name=found.title,
        party=found.institution_code,
        reason=Reason.FAILED_MONITORING,
        legal_basis=new.legal_basis,
        basis_version=new.basis_version,
        public_words=new.public_words,
        public_words_en=new.public_words_en,
        proportionality=new.proportionality,
        evidence=tuple(evidence),
        notice_to=found.institution_code,
        notice_at=now,
        starts_at=now,
        ends_at=new.ends_at,
        review_at=new.review_at,
        answer_by_at=new.answer_by_at or _time_to_answer(tx, now),
    )
    return holds.place(tx, wanted, by=by, second=second, now=now)


def _time_to_answer(tx: Tx, now: datetime) -> datetime | None:
    """As long as the rules in force give those whom a hold hits; None when they give no time."""
    days = holds.due_process(tx, now).answer_days
    return rules.due_at(now, days) if days else None


def _locked(tx: Tx, review_code: str) -> Review:
    store.lock_course(tx, review(tx, review_code).course_id)
    return review(tx, review_code)  # read again under the lock


def _event(what: str, review_code: str, facts: Facts) -> Event:
    return Event(f"curation.{what}", f"review/{review_code}", facts=facts)
