"""Curation: what waits and how old it is, courses in assessment, the form for marks, indicators, declared ties."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseState
from prakarsa.curation import actions as curation
from prakarsa.curation.model import FULL_MARK, ROUND_WORDS, STEP_WORDS, Indicator, Mark, RoundState
from prakarsa.curation.monitoring_model import CAUSE_WORDS, REVIEW_WORDS
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.people import actions as people
from prakarsa.people.model import Role
from prakarsa.programme import actions as programme
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

SHOWN = 50
ITEM_EACH_LINE = msg("write one item on each line, such as syllabus: what is wanting")
BESIDE = {
    "catalogue.course_unknown": "course_code",
    "curation.course_not_submittable": "course_code",
    "curation.round_open": "course_code",
    "curation.conflict_of_interest": "who",
    "curation.already_called": "who",
    "curation.wrong_role": "who",
    "partner.unknown": "client_code",
    "curation.interest_known": "client_code",
    "curation.nothing_to_mend": "mend",
}


class Curating(Controller):
    """Courses in assessment."""

    path = "/console/curation"

    @show("/")
    def queue(self, visit: Here) -> Response[str]:
        """What waits, by the day it is due; an assessor's own work first."""
        return visit.page("console/curation.html", **_queue(visit))

    @take("/rounds")
    def submit(self, visit: Here) -> Response[str] | Redirect:
        """Hand a course in for assessment, with an answer for everything that was to be mended."""
        code = visit.form.text("course_code", longest=64)
        answers = read_items(visit, "answers")
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    opened = curation.submit(tx, code, by=visit.actor, now=visit.now, answers=answers)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE | {"curation.mend_unanswered": "answers"})
            else:
                return visit.go(f"/console/curation/rounds/{opened.round_code}?done=round_opened")
        return visit.form_again("console/curation.html", **_queue(visit))

    @show("/rounds/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One assessment: who is called, what changed, and once all are in, every mark."""
        with visit.transaction() as tx:
            return visit.page("console/curation_round.html", **_round(tx, visit, code))

    @take("/rounds/{code:str}/call")
    def call(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Call an assessor."""
        who = visit.form.text("who", longest=200)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    curation.call(tx, code, who, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/curation/rounds/{code}?done=assessor_called")
        return _again(visit, code)

    @take("/rounds/{code:str}/relieve")
    def relieve(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Let an assessor go who has not handed in."""
        who, because = visit.form.text("let_go", longest=200), visit.form.text("because", longest=500)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    curation.relieve(tx, code, who, because=because, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, {"curation.not_called": "let_go"})
            else:
                return visit.go(f"/console/curation/rounds/{code}?done=assessor_relieved")
        return _again(visit, code)

    @take("/rounds/{code:str}/approve")
    def approve(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Approve the course on its result."""
        try:
            with visit.transaction() as tx:
                curation.approve(tx, code, by=visit.actor, now=visit.now)
        except Refusal as refusal:
            visit.form.refuse(refusal)
            return _again(visit, code)
        return visit.go(f"/console/curation/rounds/{code}?done=course_approved")

    @take("/rounds/{code:str}/reject")
    def reject(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Turn the course down and say what to mend."""
        reason, mends = visit.form.text("reason", longest=200), read_items(visit, "mend")
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    curation.reject(tx, code, reason=reason, by=visit.actor, now=visit.now, mends=mends)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/curation/rounds/{code}?done=course_rejected")
        return _again(visit, code)

    @show("/rounds/{code:str}/marks")
    def sheet(self, visit: Here, code: Named) -> Response[str]:
        """The form on which an assessor marks every indicator."""
        with visit.transaction() as tx:
            return visit.page("console/curation_marks.html", **_sheet(tx, visit, code))

    @take("/rounds/{code:str}/marks")
    def score(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Hand the marks in; they are final."""
        with visit.transaction() as tx:
            seen = curation.dossier(tx, code, visit.actor)
        marks = {each.code: _mark(visit, each.code) for each in seen.indicators.indicators}
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    curation.score(tx, code, visit.actor, marks, now=visit.now)
            except Refusal as refusal:
                name = f"note_{getattr(refusal, 'indicator', '')}"
                visit.form.refuse(refusal, {"curation.marks_incomplete": name} if name in visit.form.values else {})
            else:
                return visit.go("/console/curation?done=scored")
        with visit.transaction() as tx:
            return visit.form_again("console/curation_marks.html", **_sheet(tx, visit, code))

    @show("/indicators")
    def indicators(self, visit: Here) -> Response[str]:
        """What courses are scored by."""
        with visit.transaction() as tx:
            found = curation.indicators(tx)
        return visit.page("console/curation_indicators.html", indicators=found, groups=_grouped(found.indicators))

    @show("/ties")
    def ties(self, visit: Here) -> Response[str]:
        """Who belongs where, and so does not judge there."""
        return visit.page("console/curation_ties.html", **_ties(visit))

    @take("/ties")
    def declare(self, visit: Here) -> Response[str] | Redirect:
        """Declare a tie of one's own; a curator may declare one of somebody else."""
        own = visit.the_staff().role in {Role.ASSESSOR, Role.MONITOR}
        who = visit.actor if own else visit.form.text("who", longest=200, needed=False) or visit.actor
        code, words = visit.form.text("client_code", longest=40), visit.form.text("words", longest=500)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    curation.declare_interest(tx, who, code, words, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go("/console/curation/ties?done=tie_declared")
        return visit.form_again("console/curation_ties.html", **_ties(visit))


def read_items(visit: Visit, name: str) -> dict[str, str]:
    """Items with their words, one on each line as `item: words`; what cannot be read stands beside the field."""
    found: dict[str, str] = {}
    for line in visit.form.text(name, longest=8_000, needed=False).splitlines():
        item, separator, words = line.partition(":")
        if not separator or not item.strip() or not words.strip():
            visit.form.refuse(BadField(name, ITEM_EACH_LINE))
        found[item.strip()] = words.strip()
    return found


def _queue(visit: Visit) -> dict[str, Any]:
    with visit.transaction() as tx:
        expert = visit.the_staff().role is Role.ASSESSOR
        rounds = curation.rounds(tx, assessor=visit.actor if expert else None, limit=SHOWN)
        office = visit.the_staff().role not in {Role.ASSESSOR, Role.MONITOR}
        applications = curation.applications(tx, limit=SHOWN) if office else []
        reviews = curation.reviews(tx, limit=SHOWN) if visit.the_staff().role is not Role.ASSESSOR else []
        steps = programme_steps(tx, visit.now)
        waiting = catalogue.courses(tx, state=CourseState.SUBMITTED, limit=SHOWN) if office else []
    running = {each.course_code for each in rounds}
    return {
        "rounds": rounds,
        "applications": applications,
        "reviews": reviews,
        "round_words": ROUND_WORDS,
        "review_words": REVIEW_WORDS,
        "causes": CAUSE_WORDS,
        "steps": STEP_WORDS,
        "steps_asked": steps,
        "waiting": [each for each in waiting if each.course_code not in running],
        "expert": expert,
    }


def programme_steps(tx: Tx, now: datetime) -> tuple[str, ...]:
    """The steps that the rules in force ask institutions for; none before there is a wave."""
    try:
        return programme.current_terms(tx, now).institution_pipeline
    except Refusal:
        return ()


def _round(tx: Tx, visit: Visit, code: str) -> dict[str, Any]:
    seen = curation.dossier(tx, code, visit.actor)
    course = catalogue.course(tx, seen.round.course_code)
    terms = programme.current_terms(tx, visit.now)
    called = {each.assessor for each in seen.assignments}
    assessors = [member for member in people.staff_members(tx) if member.role is Role.ASSESSOR]
    return {
        "seen": seen,
        "round": seen.round,
        "course": course,
        "states": ROUND_WORDS,
        "all_in": seen.round.state in {RoundState.SCORED, RoundState.APPROVED, RoundState.REJECTED},
        "takes_assessor": seen.round.state in {RoundState.ASSIGNING, RoundState.DIFFERING},
        "conditions": curation.open_conditions(tx, course.course_code, terms, visit.now),
        "pass_percent": terms.curation_pass_percent,
        "assessors": {
            f"staff/{member.staff_id}": f"{member.name} ({member.email})"
            for member in assessors
            if f"staff/{member.staff_id}" not in called
        },
    }


def _again(visit: Visit, code: str) -> Response[str]:
    with visit.transaction() as tx:
        return visit.form_again("console/curation_round.html", **_round(tx, visit, code))


def _sheet(tx: Tx, visit: Visit, code: str) -> dict[str, Any]:
    seen = curation.dossier(tx, code, visit.actor)
    own = next((each for each in seen.assignments if each.assessor == visit.actor), None)
    return {
        "seen": seen,
        "round": seen.round,
        "course": catalogue.course(tx, seen.round.course_code),
        "groups": _grouped(seen.indicators.indicators),
        "open": own is not None and own.scored_at is None,
        "own": {} if own is None else seen.marks.get(own.assignment_id, {}),
        "conflict": curation.conflict(tx, visit.actor, seen.round.institution_id, seen.round.institution_code),
    }


def _grouped(indicators: Sequence[Indicator]) -> dict[tuple[str, str], list[Indicator]]:
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for each in indicators:
        groups.setdefault((each.group, each.group_en), []).append(each)
    return groups


def _mark(visit: Visit, code: str) -> Mark:
    points = visit.form.whole(f"points_{code}", most=FULL_MARK)
    return Mark(points, visit.form.text(f"note_{code}", longest=2_000, needed=False))


def _ties(visit: Visit) -> dict[str, Any]:
    own = visit.the_staff().role in {Role.ASSESSOR, Role.MONITOR}
    with visit.transaction() as tx:
        return {"ties": curation.interests(tx, visit.actor if own else None), "own": own}
