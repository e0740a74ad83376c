"""Every way a rehearsal says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class DryRunUnknown(Refusal):
    """No dry run has this code."""

    run_code: str

    code = "rehearsal.dry_run_unknown"
    kind = Kind.MISSING
    title = msg("There is no dry run {run_code}")
    next_step = msg("Look at the list of dry runs for the right code.")


@dataclass(eq=False)
class SchemeWithoutWaves(Refusal):
    """No wave runs under the scheme that the change is about, so there is nothing it would touch."""

    scheme: str

    code = "rehearsal.scheme_without_waves"
    kind = Kind.CONFLICT
    title = msg("No wave runs under the scheme {scheme}, so the change would touch nothing")
    next_step = msg("Write the change for a scheme under which a wave runs; the list of waves names them.")


@dataclass(eq=False)
class NothingChanges(Refusal):
    """The proposed rules say for every wave what is said already."""

    scheme: str

    code = "rehearsal.nothing_changes"
    kind = Kind.CONFLICT
    title = msg("The change says nothing about {scheme} that is not in force already")
    next_step = msg("Check the waves and the days in the file: a dry run compares the day on which it begins.")


@dataclass(eq=False)
class GapDeadlineImpossible(Refusal):
    """The day by which partners must answer cannot be meant."""

    due_at: datetime
    problem: str

    code = "rehearsal.gap_deadline_impossible"
    kind = Kind.INVALID
    title = msg("Partners cannot be asked to answer by {due_at}: {problem}")
    next_step = msg("Give a moment at least three days from now and within a year.")


@dataclass(eq=False)
class GapDeadlineSet(Refusal):
    """The lists of this dry run are being made with another deadline."""

    run_code: str
    due_at: datetime

    code = "rehearsal.gap_deadline_set"
    kind = Kind.CONFLICT
    title = msg("The gap lists of {run_code} are due by {due_at}")
    next_step = msg("Use the same deadline, or give a single partner more time afterwards.")


@dataclass(eq=False)
class GapListUnknown(Refusal):
    """No gap list has this code."""

    list_code: str

    code = "rehearsal.gap_list_unknown"
    kind = Kind.MISSING
    title = msg("There is no gap list {list_code}")
    next_step = msg("Look at the list of gap lists for the right code.")


@dataclass(eq=False)
class GapUnknown(Refusal):
    """No item has this code, or it is another partner's."""

    item_code: str

    code = "rehearsal.gap_unknown"
    kind = Kind.MISSING
    title = msg("There is no item {item_code} on this gap list")
    next_step = msg("Open the list again and choose an item from it.")


@dataclass(eq=False)
class GapClosed(Refusal):
    """The item needs no answer any more."""

    item_code: str
    state: str

    code = "rehearsal.gap_closed"
    kind = Kind.CONFLICT
    title = msg("The item {item_code} is closed ({state})")
    next_step = msg("Nothing needs to be done for this item.")


@dataclass(eq=False)
class GapOverdue(Refusal):
    """The time to answer is over."""

    item_code: str
    due_at: datetime

    code = "rehearsal.gap_overdue"
    kind = Kind.CONFLICT
    title = msg("The time to answer {item_code} ended at {due_at}")
    next_step = msg("Write to the programme office: it can give more time, and it can still take evidence itself.")


@dataclass(eq=False)
class GapAnswerWaits(Refusal):
    """An answer waits for its decision."""

    item_code: str
    answered_at: datetime

    code = "rehearsal.gap_answer_waits"
    kind = Kind.CONFLICT
    title = msg("The answer to {item_code} of {answered_at} is not decided yet")
    next_step = msg("Wait for the decision; if the answer is turned down, you can answer again.")


@dataclass(eq=False)
class GapNotAnswered(Refusal):
    """There is no answer to decide about."""

    item_code: str

    code = "rehearsal.gap_not_answered"
    kind = Kind.CONFLICT
    title = msg("Nobody has answered {item_code} since it was last decided")
    next_step = msg("Wait for the partner's answer.")


@dataclass(eq=False)
class EvidenceMissing(Refusal):
    """An answer without anything to look at."""

    item_code: str

    code = "rehearsal.evidence_missing"
    kind = Kind.INVALID
    title = msg("The answer to {item_code} names no evidence")
    next_step = msg("Name at least one piece of evidence that somebody else can look at.")


@dataclass(eq=False)
class GapStillMissed(Refusal):
    """Accepting the answer would leave the condition missed."""

    item_code: str
    condition: str

    code = "rehearsal.gap_still_missed"
    kind = Kind.CONFLICT
    title = msg("With this evidence {item_code} would still miss: {condition}")
    next_step = msg(
        "Reject it and say what to mend; or record the fact itself (decree, ownership, profile, way of teaching) and "
        "the item closes by itself."
    )


@dataclass(eq=False)
class WordsMissing(Refusal):
    """A decision that somebody has to act on says why."""

    item: str

    code = "rehearsal.words_missing"
    kind = Kind.INVALID
    title = msg("The decision about {item} needs words")
    next_step = msg("Write what was found and what has to be mended.")


@dataclass(eq=False)
class MassActionUnknown(Refusal):
    """No mass action has this code."""

    action_code: str

    code = "rehearsal.mass_action_unknown"
    kind = Kind.MISSING
    title = msg("There is no mass action {action_code}")
    next_step = msg("Look at the list of mass actions for the right code.")


@dataclass(eq=False)
class SelectionEmpty(Refusal):
    """No course fits."""

    code = "rehearsal.selection_empty"
    kind = Kind.CONFLICT
    title = msg("No course on sale fits this selection")
    next_step = msg("Check the codes and the condition; nothing was planned.")


@dataclass(eq=False)
class SelectionOpen(Refusal):
    """A mass action that would reach the whole catalogue."""

    code = "rehearsal.selection_open"
    kind = Kind.INVALID
    title = msg("A mass action needs at least one of institution, platform, field and missing condition")
    next_step = msg("Say which courses are meant; to stop everything, place a hold on the programme.")


@dataclass(eq=False)
class MassActionNotReady(Refusal):
    """The step does not follow from where the mass action stands."""

    action_code: str
    state: str

    code = "rehearsal.mass_action_not_ready"
    kind = Kind.CONFLICT
    title = msg("The mass action {action_code} is {state}, so this cannot be done")
    next_step = msg("A mass action is planned, looked at, confirmed by a second person, run, and if need be undone.")


@dataclass(eq=False)
class SelectionTooWide(Refusal):
    """So many holds one by one would say less than one hold of a wider scope."""

    courses: int
    most: int

    code = "rehearsal.selection_too_wide"
    kind = Kind.CONFLICT
    title = msg("{courses} courses would each get a hold of their own; {most} can at once")
    next_step = msg("Hold the institution or the platform, choose fewer courses, or end their listings instead.")


@dataclass(eq=False)
class StepsNotPassed(Refusal):
    """The institution has not gone through what the new rules ask of it (programme-rules 6.2)."""

    institution: str
    steps: str

    code = "rehearsal.steps_not_passed"
    kind = Kind.CONFLICT
    title = msg("The institution {institution} has not passed every step of approval: {steps}")
    next_step = msg("Apply for approval, and pass each step before the rules begin.")
