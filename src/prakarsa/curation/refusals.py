"""Every way curation says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg

# People


@dataclass(eq=False)
class ConflictOfInterest(Refusal):
    """Nobody judges an institution they belong with, nor one that theirs owns or is owned by (KPK 2020)."""

    who: str
    institution: str
    partner: str
    words: str

    code = "curation.conflict_of_interest"
    kind = Kind.FORBIDDEN
    title = msg("{who} may not judge {institution}: a tie to {partner} is declared ({words})")
    next_step = msg("Have somebody without a tie to the institution or its owners do this.")


@dataclass(eq=False)
class NotAnAssessor(Refusal):
    """Only people hired as assessors score, and only as monitors observe."""

    who: str
    role: str

    code = "curation.wrong_role"
    kind = Kind.FORBIDDEN
    title = msg("{who} does not work for the programme as {role}")
    next_step = msg("Name somebody who does; an admin hires them.")


@dataclass(eq=False)
class InterestKnown(Refusal):
    """This tie is declared already."""

    who: str
    partner: str

    code = "curation.interest_known"
    kind = Kind.CONFLICT
    title = msg("A tie of {who} to {partner} is declared already")
    next_step = msg("Nothing needs to be done; end the tie first if it changed.")


@dataclass(eq=False)
class InterestUnknown(Refusal):
    """No such tie is declared."""

    who: str
    partner: str

    code = "curation.interest_unknown"
    kind = Kind.MISSING
    title = msg("No tie of {who} to {partner} is declared")
    next_step = msg("Look at the list of declared ties for the right pair.")


# Indicators


@dataclass(eq=False)
class BadIndicatorFile(Refusal):
    """The file cannot be a set of indicators."""

    problem: str

    code = "curation.bad_indicator_file"
    kind = Kind.INVALID
    title = msg("The indicator file cannot be used: {problem}")
    next_step = msg("Correct the file; those that ship with the product show how it is written.")


@dataclass(eq=False)
class IndicatorsConflict(Refusal):
    """This version was loaded with other content, or a newer one was."""

    name: str
    version: int

    code = "curation.indicators_conflict"
    kind = Kind.CONFLICT
    title = msg("Version {version} of the indicators {name} was loaded with other content, or a newer one was loaded")
    next_step = msg(
        "Give the changed file the next version number; scores stay bound to the version they were made by."
    )


@dataclass(eq=False)
class NoIndicators(Refusal):
    """There is nothing to score by."""

    name: str

    code = "curation.no_indicators"
    kind = Kind.CONFLICT
    title = msg("No indicators called {name} have been loaded")
    next_step = msg("Load them first: prakarsa curation indicators load {name}.")


# Courses


@dataclass(eq=False)
class RoundUnknown(Refusal):
    """There is no such assessment."""

    round_code: str

    code = "curation.round_unknown"
    kind = Kind.MISSING
    title = msg("There is no assessment {round_code}")
    next_step = msg("Look at the list of assessments for the right code.")


@dataclass(eq=False)
class RoundOpen(Refusal):
    """The course is being assessed; it is decided there and nowhere else."""

    course_code: str
    round_code: str

    code = "curation.round_open"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} is being assessed ({round_code})")
    next_step = msg("Decide the assessment; the course follows it.")


@dataclass(eq=False)
class CourseNotSubmittable(Refusal):
    """Only drafts and courses handed in go into assessment."""

    course_code: str
    state: str

    code = "curation.course_not_submittable"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} is {state} and cannot be handed in for assessment")
    next_step = msg("Reopen it first; a withdrawn course is registered anew under another code.")


@dataclass(eq=False)
class RoundMoveRefused(Refusal):
    """An assessment in this state cannot do that."""

    round_code: str
    state: str
    move: str

    code = "curation.round_move_refused"
    kind = Kind.CONFLICT
    title = msg("The assessment {round_code} {state}, so this cannot be done: {move}")
    next_step = msg("Look at the assessment for what comes next.")


@dataclass(eq=False)
class AlreadyCalled(Refusal):
    """Scores are independent: one person gives one."""

    round_code: str
    who: str

    code = "curation.already_called"
    kind = Kind.CONFLICT
    title = msg("{who} is already called to {round_code}")
    next_step = msg("Call somebody else: each score comes from another person.")


@dataclass(eq=False)
class NotCalled(Refusal):
    """Only those who were called score."""

    round_code: str
    who: str

    code = "curation.not_called"
    kind = Kind.FORBIDDEN
    title = msg("{who} is not called to assess {round_code}, or has handed in already")
    next_step = msg("Ask the curator to be called; marks that were handed in are final.")


@dataclass(eq=False)
class MarksIncomplete(Refusal):
    """Every indicator is marked, from 0 to 4, and a low mark says what is wanting."""

    round_code: str
    indicator: str
    problem: str

    code = "curation.marks_incomplete"
    kind = Kind.INVALID
    title = msg("The mark for {indicator} is not right: {problem}")
    next_step = msg("Mark every indicator from 0 to 4, with a note for marks below 3.")


@dataclass(eq=False)
class ScoreTooLow(Refusal):
    """The result does not reach the pass mark."""

    round_code: str
    result_percent: str
    pass_percent: int

    code = "curation.score_too_low"
    kind = Kind.CONFLICT
    title = msg("{round_code} reached {result_percent} percent; {pass_percent} are needed")
    next_step = msg("Reject it with what to mend; the institution hands it in again.")


@dataclass(eq=False)
class NothingToMend(Refusal):
    """A rejection says what to mend, and here is nothing."""

    code_of: str

    code = "curation.nothing_to_mend"
    kind = Kind.INVALID
    title = msg("The rejection of {code_of} names nothing to mend")
    next_step = msg("Name each thing to mend in words the institution can act on.")


@dataclass(eq=False)
class MendUnanswered(Refusal):
    """Everything that was to be mended gets an answer."""

    code_of: str
    item: str
    words: str

    code = "curation.mend_unanswered"
    kind = Kind.CONFLICT
    title = msg("{item} of {code_of} is not answered: {words}")
    next_step = msg("Say for every item what was mended, then hand in again.")


# Institutions


@dataclass(eq=False)
class ApplicationUnknown(Refusal):
    """There is no such application."""

    application_code: str

    code = "curation.application_unknown"
    kind = Kind.MISSING
    title = msg("There is no application {application_code}")
    next_step = msg("Look at the list of applications for the right code.")


@dataclass(eq=False)
class ApplicationOpen(Refusal):
    """The institution is on its way in already."""

    institution: str
    application_code: str

    code = "curation.application_open"
    kind = Kind.CONFLICT
    title = msg("{institution} has an application that is not decided ({application_code})")
    next_step = msg("Go on with it, or withdraw it.")


@dataclass(eq=False)
class NoStepsAsked(Refusal):
    """The terms ask institutions for no steps."""

    institution: str

    code = "curation.no_steps_asked"
    kind = Kind.CONFLICT
    title = msg("The rules in force ask {institution} for no steps")
    next_step = msg("Activate the institution with its decree; no application is needed.")


@dataclass(eq=False)
class StepOutOfOrder(Refusal):
    """Steps are decided in their order."""

    application_code: str
    step: str
    open_step: str

    code = "curation.step_out_of_order"
    kind = Kind.CONFLICT
    title = msg("{step} of {application_code} cannot be decided now; it stands at: {open_step}")
    next_step = msg("Decide the steps in their order.")


@dataclass(eq=False)
class ApplicationMoveRefused(Refusal):
    """An application in this state cannot do that."""

    application_code: str
    state: str
    move: str

    code = "curation.application_move_refused"
    kind = Kind.CONFLICT
    title = msg("The application {application_code} stands at: {state}. This cannot be done: {move}")
    next_step = msg("Look at the application for what comes next.")


@dataclass(eq=False)
class StepsNotPassed(Refusal):
    """Nobody is decreed before every step is passed and every condition met."""

    institution: str
    missed: str

    code = "curation.steps_not_passed"
    kind = Kind.CONFLICT
    title = msg("{institution} cannot be decreed yet. It misses: {missed}")
    next_step = msg("Pass every step, and have every condition met, before the decree.")


# Monitoring


@dataclass(eq=False)
class NotObservable(Refusal):
    """A monitor observes a class that takes place, not one to come."""

    schedule_code: str
    problem: str

    code = "curation.not_observable"
    kind = Kind.CONFLICT
    title = msg("The class {schedule_code} cannot have been observed then: {problem}")
    next_step = msg("Give the moment at which the class was observed.")


@dataclass(eq=False)
class ReviewUnknown(Refusal):
    """There is no such review."""

    review_code: str

    code = "curation.review_unknown"
    kind = Kind.MISSING
    title = msg("There is no review {review_code}")
    next_step = msg("Look at the list of reviews for the right code.")


@dataclass(eq=False)
class ReviewMoveRefused(Refusal):
    """A review in this state cannot do that."""

    review_code: str
    state: str
    move: str

    code = "curation.review_move_refused"
    kind = Kind.CONFLICT
    title = msg("The review {review_code} stands at: {state}. This cannot be done: {move}")
    next_step = msg("Look at the review for what was decided.")


@dataclass(eq=False)
class BadDeadline(Refusal):
    """A deadline lies ahead."""

    deadline_at: datetime

    code = "curation.bad_deadline"
    kind = Kind.INVALID
    title = msg("{deadline_at} cannot be a deadline, because it has passed")
    next_step = msg("Give a day to come.")
