"""Verbs of the course pipeline: hand in, call assessors, score apart, decide on the result, hand in again."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import Check, Course, CourseContent, CourseState
from prakarsa.curation import indicators as indicator_verbs
from prakarsa.curation import rules, store, telling
from prakarsa.curation.model import Assignment, Dossier, Mark, Round, RoundMove, RoundState
from prakarsa.curation.people import check_no_conflict, working_as
from prakarsa.curation.refusals import (
    AlreadyCalled,
    CourseNotSubmittable,
    NotCalled,
    RoundOpen,
    RoundUnknown,
    ScoreTooLow,
)
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import SamePerson
from prakarsa.people.model import Role
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms

START: tuple[datetime, int] = (datetime(1, 1, 1, tzinfo=UTC), 0)
"""Before the first round of a list."""
MOST_ROWS = 200
DECIDING_OWN_SCORE = msg("approve a course on scores of which one is their own")
_CODE_LENGTH = 8


def submit(
    tx: Tx,
    course_code: str,
    *,
    by: str,
    now: datetime,
    answers: Mapping[str, str] | None = None,
    terms: Terms | None = None,
) -> Round:
    """Hand a draft, or a course already submitted, in for assessment; it is due in `curation_sla_days`.

    After a rejection every item to mend needs an answer. An assessment made earlier, or declared by the institution,
    no longer stands: only this round can say that experts assessed the course.
    Raises CourseUnknown, CourseNotSubmittable, RoundOpen, NoIndicators, MendUnanswered, BadField, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    course = catalogue.course(tx, course_code)
    store.lock_course(tx, course.course_id)
    last = store.newest_round(tx, course.course_id)
    _check_submittable(course, last)
    questions = indicator_verbs.indicators(tx)
    if last is not None and last.state is RoundState.REJECTED:
        said = rules.check_answers(last.round_code, store.mends_of_round(tx, last.round_id), answers or {})
        store.answer_mends(tx, round_id=last.round_id, answers=said, by=by, now=now)
    if course.state is CourseState.DRAFT:
        course = catalogue.submit(tx, course_code, by, now=now)
    course = _unassessed(tx, course, by, now)
    code = f"CUR-{random_code(_CODE_LENGTH)}"
    number = 1 if last is None else last.number + 1
    store.insert_round(
        tx,
        code=code,
        course_id=course.course_id,
        number=number,
        set_id=questions.set_id,
        content=msgspec.json.encode(_content(course)).decode(),
        by=by,
        now=now,
        due_at=rules.due_at(now, terms.curation_sla_days),
    )
    facts: Facts = {"course": course_code, "number": number, "indicators": questions.version, "by": by}
    journal.record(tx, [_event("round_opened", code, facts)], now=now)
    return one_round(tx, code)


def call(tx: Tx, round_code: str, who: str, *, by: str, now: datetime) -> Round:
    """Call an assessor ("staff/7" or their address): two at first, a third when the two differ.

    Raises RoundUnknown, NotAnAssessor, ConflictOfInterest, AlreadyCalled, RoundMoveRefused.
    """
    found = _locked(tx, round_code)
    assessor = working_as(tx, who, Role.ASSESSOR)
    check_no_conflict(tx, assessor, found.institution_id, found.institution_code)
    called = store.assignments(tx, found.round_id)
    if assessor in {each.assessor for each in called}:
        raise AlreadyCalled(round_code, assessor)
    state = rules.after_round(found, rules.call_move(found, called=len(called)))
    store.insert_assignment(tx, found.round_id, assessor, by, now)
    store.set_state(tx, found.round_id, state, None)
    journal.record(tx, [_event("assessor_called", round_code, {"assessor": assessor, "by": by})], now=now)
    return one_round(tx, round_code)


def relieve(tx: Tx, round_code: str, who: str, *, because: str, by: str, now: datetime) -> Round:
    """Let an assessor go who has not handed in, so that another can be called.

    Raises RoundUnknown, NotCalled, RoundMoveRefused, BadField.
    """
    found = _locked(tx, round_code)
    reason = rules.text("because", because, 500)
    waiting = _to_score(tx, found, who)
    state = rules.after_round(found, RoundMove.RELIEVE)
    store.relieve(tx, waiting.assignment_id, reason, now)
    store.set_state(tx, found.round_id, state, None)
    facts: Facts = {"assessor": waiting.assessor, "because": reason, "by": by}
    journal.record(tx, [_event("assessor_relieved", round_code, facts)], now=now)
    return one_round(tx, round_code)


def score(
    tx: Tx, round_code: str, who: str, marks: Mapping[str, Mark], *, now: datetime, terms: Terms | None = None
) -> Round:
    """Hand in one assessor's marks for every indicator; they are final.

    Two scores apart by more than `curation_score_gap_percent` ask for a third assessor; otherwise there is a result
    (`rules.result_tenths`). The tie to the institution is looked at again: it may be younger than the call.
    Raises RoundUnknown, NotCalled, ConflictOfInterest, MarksIncomplete, RoundMoveRefused, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    found = _locked(tx, round_code)
    check_no_conflict(tx, who, found.institution_id, found.institution_code)
    waiting = _to_score(tx, found, who)
    questions = store.indicator_set(tx, found.set_id).indicators
    sound = rules.check_marks(found, questions, marks)
    tenths = rules.score_tenths(questions, sound)
    store.insert_marks(tx, waiting.assignment_id, sound, tenths, now)
    scores = [each.score_tenths for each in store.assignments(tx, found.round_id) if each.score_tenths is not None]
    result = rules.result_tenths(scores, terms.curation_score_gap_percent)
    state = rules.after_round(found, rules.score_move(result, scored=len(scores)))
    store.set_state(tx, found.round_id, state, result)
    facts: Facts = {"assessor": waiting.assessor, "state": state, "result_tenths": result}
    journal.record(tx, [_event("scored", round_code, facts)], now=now)
    return one_round(tx, round_code)


def approve(tx: Tx, round_code: str, *, by: str, now: datetime, terms: Terms | None = None) -> Round:
    """A curator approves the course on the result of its scores, and so says that experts assessed it.

    Raises RoundUnknown, RoundMoveRefused, ConflictOfInterest, SamePerson (an assessor of this round), ScoreTooLow,
    ConditionsMissed, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    found = _locked(tx, round_code)
    state = rules.after_round(found, RoundMove.APPROVE)
    check_no_conflict(tx, by, found.institution_id, found.institution_code)
    called = store.assignments(tx, found.round_id)
    if by in {each.assessor for each in called}:
        raise SamePerson(DECIDING_OWN_SCORE, by)
    assert found.result_tenths is not None  # a constraint of the table
    if not rules.passes(found.result_tenths, terms.curation_pass_percent):
        raise ScoreTooLow(round_code, rules.percent_text(found.result_tenths), terms.curation_pass_percent)
    seen_on = now.astimezone(JAKARTA).date()
    scores = [
        Evidence(EvidenceKind.FINDING, f"{round_code}/{place}", seen_on) for place, _ in enumerate(called, start=1)
    ]
    catalogue.attest(tx, found.course_code, "expert_assessed", True, scores, by=by, now=now)
    catalogue.approve(tx, found.course_code, by, now=now, terms=terms)
    return _decided(tx, found, state, None, by, now)


def reject(
    tx: Tx,
    round_code: str,
    *,
    reason: str,
    by: str,
    now: datetime,
    mends: Mapping[str, str] | None = None,
    terms: Terms | None = None,
) -> Round:
    """A curator turns the course down and says item by item what to mend.

    Indicators with low marks and conditions that are missed are items by themselves; `mends` names more.
    Raises RoundUnknown, RoundMoveRefused, ConflictOfInterest, NothingToMend, BadField, NoWaveYet.
    """
    terms = terms or programme.current_terms(tx, now)
    found = _locked(tx, round_code)
    state = rules.after_round(found, RoundMove.REJECT)
    check_no_conflict(tx, by, found.institution_id, found.institution_code)
    words = rules.text("reason", reason, 200)
    scored = [each.assignment_id for each in store.assignments(tx, found.round_id) if each.scored_at]
    items = rules.to_mend(
        store.indicator_set(tx, found.set_id).indicators,
        list(store.marks(tx, scored).values()),
        open_conditions(tx, found.course_code, terms, now),
        mends or {},
    )
    store.insert_mends(tx, round_id=found.round_id, items=rules.check_mends(round_code, items))
    catalogue.reject(tx, found.course_code, by, reason=words, now=now)
    return _decided(tx, found, state, words, by, now)


def open_conditions(tx: Tx, course_code: str, terms: Terms, now: datetime) -> list[Check]:
    """The conditions of a course, without the one that this assessment itself answers."""
    checks = catalogue.conditions_of(tx, course_code, now=now, terms=terms)
    return [each for each in checks if each.refusal is None or each.refusal.code != "catalogue.no_expert"]


def one_round(tx: Tx, round_code: str) -> Round:
    """One round. Raises RoundUnknown."""
    found = store.round_by_code(tx, round_code) if _code_fits(round_code) else None
    if found is None:
        raise RoundUnknown(round_code[:40])
    return found


def round_of(tx: Tx, course_code: str) -> Round | None:
    """The last round of a course, if it ever had one. Raises CourseUnknown."""
    return store.newest_round(tx, catalogue.course(tx, course_code).course_id)


def rounds(
    tx: Tx,
    *,
    open_only: bool = True,
    overdue_at: datetime | None = None,
    assessor: str | None = None,
    after: tuple[datetime, int] = START,
    limit: int = 50,
) -> list[Round]:
    """One page of rounds by the day they are due: all open ones, those overdue at a moment, or one assessor's to do."""
    page = max(1, min(limit, MOST_ROWS))
    return store.rounds(tx, open_only=open_only, overdue_at=overdue_at, assessor=assessor, after=after, limit=page)


def dossier(tx: Tx, round_code: str, reader: str) -> Dossier:
    """A round with what its reader may see: their own marks always, everybody's once all are in.

    Raises RoundUnknown.
    """
    found = one_round(tx, round_code)
    called = store.assignments(tx, found.round_id)
    every = rules.marks_visible(found.state)
    seen = [each for each in called if every or each.assessor == reader]
    before = found.number - 1
    earlier = store.round_id_of(tx, found.course_id, before)
    changes = rules.differences(*(_handed_in(tx, found, number) for number in (before, found.number)))
    return Dossier(
        round=found,
        indicators=store.indicator_set(tx, found.set_id),
        assignments=tuple(each if each in seen else _without_score(each) for each in called),
        marks=store.marks(tx, [each.assignment_id for each in seen]),
        mends=store.mends_of_round(tx, found.round_id),
        changes=() if earlier is None else changes,
        answers=() if earlier is None else store.mends_of_round(tx, earlier),
    )


def check_not_in_round(tx: Tx, course_code: str) -> None:
    """A course that is being assessed is decided there and nowhere else. Raises CourseUnknown, RoundOpen."""
    last = round_of(tx, course_code)
    if last is not None and not last.state.over:
        raise RoundOpen(course_code, last.round_code)


def _check_submittable(course: Course, last: Round | None) -> None:
    if last is not None and not last.state.over:
        raise RoundOpen(course.course_code, last.round_code)
    if course.state not in {CourseState.DRAFT, CourseState.SUBMITTED}:
        raise CourseNotSubmittable(course.course_code, course.state)


def _unassessed(tx: Tx, course: Course, by: str, now: datetime) -> Course:
    if not course.expert_assessed:
        return course
    shown = Evidence(EvidenceKind.JOURNAL, f"course/{course.course_code}"[:64], now.astimezone(JAKARTA).date())
    return catalogue.attest(tx, course.course_code, "expert_assessed", False, [shown], by=by, now=now)


def _to_score(tx: Tx, found: Round, who: str) -> Assignment:
    for each in store.assignments(tx, found.round_id):
        if each.assessor == who and each.scored_at is None:
            return each
    raise NotCalled(found.round_code, who[:200])


def _decided(tx: Tx, found: Round, state: RoundState, reason: str | None, by: str, now: datetime) -> Round:
    store.decide_round(tx, found.round_id, state, reason, by, now)
    facts: Facts = {"course": found.course_code, "result_tenths": found.result_tenths, "reason": reason, "by": by}
    journal.record(tx, [_event(f"round_{state}", found.round_code, facts)], now=now)
    decided = one_round(tx, found.round_code)
    telling.round_decided(tx, decided, store.mends_of_round(tx, found.round_id), now)
    return decided


def _without_score(assignment: Assignment) -> Assignment:
    return replace(assignment, score_tenths=None)


def _content(course: Course) -> dict[str, Any]:
    return {field.name: getattr(course, field.name) for field in fields(CourseContent)}


def _handed_in(tx: Tx, found: Round, number: int) -> dict[str, Any]:
    """The course as it went into one of its rounds, in the order its fields are known by."""
    kept = store.contents(tx, found.course_id, number)
    return {field.name: kept.get(field.name) for field in fields(CourseContent)}


def _locked(tx: Tx, round_code: str) -> Round:
    found = store.lock_round(tx, round_code) if _code_fits(round_code) else None
    if found is None:
        raise RoundUnknown(round_code[:40])
    return found


def _code_fits(text: str) -> bool:
    return text.isascii() and text.isprintable() and len(text) <= 40


def _event(what: str, round_code: str, facts: Facts) -> Event:
    return Event(f"curation.{what}", f"round/{round_code}", facts=facts)
