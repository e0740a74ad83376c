"""Values of curation: indicators, interests, rounds of assessment, institutions on their way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prakarsa.kernel.evidence import Evidence
from prakarsa.kernel.refusal import msg

FULL_MARK = 4
"""Each indicator is marked from 0 (absent) to 4 (fully and convincingly there)."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question that a course is marked by, in both languages, and its weight in percent of the whole."""

    code: str
    group: str
    group_en: str
    question: str
    question_en: str
    weight: int


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """One version of the questions; weights add up to 100. `set_id` is 0 before it is kept."""

    set_id: int
    name: str
    version: int
    title: str
    source: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Interest:
    """Somebody belongs with a partner, and so judges neither it nor anybody it owns or is owned by."""

    interest_id: int
    who: str
    partner_id: int
    client_code: str
    words: str
    declared_at: datetime


class RoundState(StrEnum):
    """Where the assessment of a course stands."""

    ASSIGNING = "assigning"
    """Fewer than two assessors are called."""
    SCORING = "scoring"
    """Two assessors are called, and not both have handed in their marks."""
    DIFFERING = "differing"
    """Two scores lie too far apart; a third assessor has to be called."""
    SCORING_THIRD = "scoring_third"
    """The third assessor is called and has not handed in."""
    SCORED = "scored"
    """The result is there; a curator decides."""
    APPROVED = "approved"
    """A curator approved the course on this result."""
    REJECTED = "rejected"
    """A curator turned it down and said what to mend."""

    @property
    def over(self) -> bool:
        """Whether nothing more happens in this round."""
        return self in {RoundState.APPROVED, RoundState.REJECTED}


class RoundMove(StrEnum):
    """What can happen to a round."""

    CALL_FIRST = "call_first"
    """The first assessor is called."""
    CALL_SECOND = "call_second"
    """The second assessor is called."""
    CALL_THIRD = "call_third"
    """The third assessor is called."""
    SCORE = "score"
    """The first of two scores is in."""
    AGREE = "agree"
    """The last score is in and there is a result."""
    DIFFER = "differ"
    """Both scores are in and lie too far apart."""
    RELIEVE = "relieve"
    """An assessor who has not handed in is let go."""
    APPROVE = "approve"
    """A curator approves."""
    REJECT = "reject"
    """A curator rejects."""


ROUND_MOVES: dict[tuple[RoundState, RoundMove], RoundState] = {
    (RoundState.ASSIGNING, RoundMove.CALL_FIRST): RoundState.ASSIGNING,
    (RoundState.ASSIGNING, RoundMove.CALL_SECOND): RoundState.SCORING,
    (RoundState.ASSIGNING, RoundMove.SCORE): RoundState.ASSIGNING,
    (RoundState.ASSIGNING, RoundMove.RELIEVE): RoundState.ASSIGNING,
    (RoundState.ASSIGNING, RoundMove.REJECT): RoundState.REJECTED,
    (RoundState.SCORING, RoundMove.SCORE): RoundState.SCORING,
    (RoundState.SCORING, RoundMove.AGREE): RoundState.SCORED,
    (RoundState.SCORING, RoundMove.DIFFER): RoundState.DIFFERING,
    (RoundState.SCORING, RoundMove.RELIEVE): RoundState.ASSIGNING,
    (RoundState.SCORING, RoundMove.REJECT): RoundState.REJECTED,
    (RoundState.DIFFERING, RoundMove.CALL_THIRD): RoundState.SCORING_THIRD,
    (RoundState.DIFFERING, RoundMove.REJECT): RoundState.REJECTED,
    (RoundState.SCORING_THIRD, RoundMove.AGREE): RoundState.SCORED,
    (RoundState.SCORING_THIRD, RoundMove.RELIEVE): RoundState.DIFFERING,
    (RoundState.SCORING_THIRD, RoundMove.REJECT): RoundState.REJECTED,
    (RoundState.SCORED, RoundMove.APPROVE): RoundState.APPROVED,
    (RoundState.SCORED, RoundMove.REJECT): RoundState.REJECTED,
}
"""Every lawful move; a pair that is not here is refused."""

ROUND_WORDS = {
    RoundState.ASSIGNING: msg("waits for assessors"),
    RoundState.SCORING: msg("is being assessed"),
    RoundState.DIFFERING: msg("waits for a third assessor"),
    RoundState.SCORING_THIRD: msg("is being assessed by a third assessor"),
    RoundState.SCORED: msg("waits for a decision"),
    RoundState.APPROVED: msg("approved"),
    RoundState.REJECTED: msg("rejected"),
}
ROUND_MOVE_WORDS = {
    RoundMove.CALL_FIRST: msg("call the first assessor"),
    RoundMove.CALL_SECOND: msg("call the second assessor"),
    RoundMove.CALL_THIRD: msg("call the third assessor"),
    RoundMove.SCORE: msg("hand in marks"),
    RoundMove.AGREE: msg("find a result"),
    RoundMove.DIFFER: msg("find that scores differ"),
    RoundMove.RELIEVE: msg("let an assessor go"),
    RoundMove.APPROVE: msg("approve"),
    RoundMove.REJECT: msg("reject"),
}
"""How states and moves read in a sentence: pages and refusals name them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One indicator's mark, 0 to 4, and why."""

    points: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assessor called to a round; marks only for those who may see them. `score_tenths` is tenths of a percent."""

    assignment_id: int
    round_id: int
    assessor: str
    assigned_at: datetime
    score_tenths: int | None
    scored_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One journey of one course through assessment. `result_tenths` is tenths of a percent."""

    round_id: int
    round_code: str
    course_id: int
    course_code: str
    title: str
    institution_code: str
    institution_id: int
    number: int
    set_id: int
    state: RoundState
    submitted_by: str
    submitted_at: datetime
    due_at: datetime
    result_tenths: int | None
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None

    def overdue(self, now: datetime) -> bool:
        """Whether the promised time has passed without a decision."""
        return not self.state.over and self.due_at < now


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to mend, and what was answered to it."""

    item: str
    words: str
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a course that is not as it was in the round before."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Dossier:
    """A round as its reader may see it: marks stay hidden from everybody until all are in.

    `marks` are by assignment; `changes` and `answers` are what is new since the round before.
    """

    round: Round
    indicators: IndicatorSet
    assignments: tuple[Assignment, ...]
    marks: Mapping[int, Mapping[str, Mark]]
    mends: tuple[Mend, ...]
    changes: tuple[Difference, ...]
    answers: tuple[Mend, ...]


class Step(StrEnum):
    """A step of the institution pipeline, in order (programme-rules 6.2)."""

    DUE_DILIGENCE = "due_diligence"
    """Papers, owners, age, tax: is it what it says it is (uji tuntas)."""
    GOVERNANCE = "governance"
    """Can it run training under the programme's rules (uji tata kelola)."""
    ASSESSMENT = "assessment"
    """Are its courses fit (asesmen pelatihan)."""
    FACILITY = "facility"
    """Rooms and equipment, for training in person only."""


STEP_WORDS = {
    Step.DUE_DILIGENCE: msg("Due diligence"),
    Step.GOVERNANCE: msg("Governance test"),
    Step.ASSESSMENT: msg("Course assessment"),
    Step.FACILITY: msg("Facility test"),
}


class StepState(StrEnum):
    """Where one step stands."""

    WAITING = "waiting"
    """An earlier step is not passed yet."""
    OPEN = "open"
    """It is being looked at."""
    PASSED = "passed"
    """A named person found nothing wanting."""
    REJECTED = "rejected"
    """A named person said what to mend."""


STEP_STATE_WORDS = {
    StepState.WAITING: msg("waits for the step before"),
    StepState.OPEN: msg("being looked at"),
    StepState.PASSED: msg("passed"),
    StepState.REJECTED: msg("rejected"),
}


class ApplicationState(StrEnum):
    """Where an institution on its way in stands."""

    OPEN = "open"
    """The programme office is looking at a step."""
    MENDING = "mending"
    """A step was rejected; the institution mends."""
    PASSED = "passed"
    """Every step is passed; a decree may follow."""
    WITHDRAWN = "withdrawn"
    """It was taken back."""


class ApplicationMove(StrEnum):
    """What can happen to an application."""

    ACCEPT_STEP = "accept_step"
    """A step is passed and the next one opens."""
    ACCEPT_LAST = "accept_last"
    """The last step is passed."""
    REJECT_STEP = "reject_step"
    """A step is rejected with what to mend."""
    RESUBMIT = "resubmit"
    """The institution answers every item; the step is looked at again."""
    WITHDRAW = "withdraw"
    """It is taken back."""


APPLICATION_MOVES: dict[tuple[ApplicationState, ApplicationMove], ApplicationState] = {
    (ApplicationState.OPEN, ApplicationMove.ACCEPT_STEP): ApplicationState.OPEN,
    (ApplicationState.OPEN, ApplicationMove.ACCEPT_LAST): ApplicationState.PASSED,
    (ApplicationState.OPEN, ApplicationMove.REJECT_STEP): ApplicationState.MENDING,
    (ApplicationState.MENDING, ApplicationMove.RESUBMIT): ApplicationState.OPEN,
    (ApplicationState.OPEN, ApplicationMove.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.MENDING, ApplicationMove.WITHDRAW): ApplicationState.WITHDRAWN,
}
"""Every lawful move; a pair that is not here is refused."""

APPLICATION_WORDS = {
    ApplicationState.OPEN: msg("being looked at"),
    ApplicationState.MENDING: msg("the institution mends"),
    ApplicationState.PASSED: msg("passed"),
    ApplicationState.WITHDRAWN: msg("withdrawn"),
}
APPLICATION_MOVE_WORDS = {
    ApplicationMove.ACCEPT_STEP: msg("pass a step"),
    ApplicationMove.ACCEPT_LAST: msg("pass the last step"),
    ApplicationMove.REJECT_STEP: msg("reject a step"),
    ApplicationMove.RESUBMIT: msg("hand in again"),
    ApplicationMove.WITHDRAW: msg("withdraw"),
}


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One attempt at one step."""

    step_id: int
    step: Step
    attempt: int
    opened_at: datetime
    outcome: StepState
    reason: str | None
    evidence: tuple[Evidence, ...]
    decided_by: str | None
    decided_at: datetime | None
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An institution on its way in, with every step it has taken, oldest first."""

    application_id: int
    application_code: str
    institution_id: int
    institution_code: str
    institution_name: str
    steps: tuple[Step, ...]
    state: ApplicationState
    opened_by: str
    opened_at: datetime
    due_at: datetime
    ended_at: datetime | None
    taken: tuple[StepTaken, ...] = ()

    def overdue(self, now: datetime) -> bool:
        """Whether the programme office has let the promised time pass; while the institution mends it has not."""
        return self.state is ApplicationState.OPEN and self.due_at < now

    def states(self) -> dict[Step, StepState]:
        """Where each step of it stands: its last attempt, or waiting."""
        return dict.fromkeys(self.steps, StepState.WAITING) | {each.step: each.outcome for each in self.taken}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decides about a step: why, on which evidence, and what to mend if it is a no."""

    reason: str
    evidence: Sequence[Evidence] = ()
    mends: Mapping[str, str] | None = None
