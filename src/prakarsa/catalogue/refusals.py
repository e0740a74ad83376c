"""Every way the catalogue says no to a course, a listing, a class; `sheet_refusals` are those of a file."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import ClockEffect, Kind, Refusal, msg

# Conditions of Permenko 11/2020 (programme-rules 6.1)


@dataclass(eq=False)
class NotInteractive(Refusal):
    """Online training without a live session (Permenko 11/2020 art. 29(3), 30(2)h)."""

    course_code: str

    code = "catalogue.not_interactive"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} is online but has no live session with an instructor")
    next_step = msg("Add a webinar or live room, and show it in a schedule (Permenko 11/2020 art. 29(3)).")


@dataclass(eq=False)
class FreeElsewhere(Refusal):
    """The same training is free elsewhere (art. 29(4))."""

    course_code: str

    code = "catalogue.free_elsewhere"
    kind = Kind.CONFLICT
    title = msg("The same training as {course_code} is offered free of charge elsewhere")
    next_step = msg("Offer training that differs in material or evaluation (Permenko 11/2020 art. 29(4), (6)).")


@dataclass(eq=False)
class PriceAboveOutside(Refusal):
    """The same training costs less elsewhere (art. 29(5))."""

    course_code: str
    price_idr: int
    outside_price_idr: int

    code = "catalogue.price_above_outside"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} costs {price_idr} here and {outside_price_idr} elsewhere")
    next_step = msg("Lower the price to that of the same training elsewhere (Permenko 11/2020 art. 29(5)).")


@dataclass(eq=False)
class Bundle(Refusal):
    """Several courses in one order (PMO circular S-148/Dir-Eks/06/2020)."""

    course_code: str

    code = "catalogue.bundle"
    kind = Kind.CONFLICT
    title = msg("{course_code} is a bundle of several courses")
    next_step = msg("Offer each course by itself: one order buys one course (circular S-148/Dir-Eks/06/2020).")


@dataclass(eq=False)
class CompletionNotTracked(Refusal):
    """Nobody would know who finished (programme-rules 6.1 no. 6)."""

    course_code: str

    code = "catalogue.completion_not_tracked"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} does not record who finishes it")
    next_step = msg("Record completion for each participant; the programme pays for training that is finished.")


@dataclass(eq=False)
class AffiliatedPlatform(Refusal):
    """A platform would sell the courses of its own entity (art. 36(5))."""

    course_code: str
    platform: str

    code = "catalogue.affiliated_platform"
    kind = Kind.CONFLICT
    title = msg("The platform {platform} and the institution of {course_code} own one another")
    next_step = msg("List the course on a platform of another owner (Permenko 11/2020 art. 36(5)).")


@dataclass(eq=False)
class NoExpert(Refusal):
    """No expert took part in the assessment (art. 32(4))."""

    course_code: str

    code = "catalogue.no_expert"
    kind = Kind.CONFLICT
    title = msg("No expert has assessed the course {course_code}")
    next_step = msg("Have an expert assess the course before it is approved (Permenko 11/2020 art. 32(4)).")


@dataclass(eq=False)
class InstitutionNotDecreed(Refusal):
    """The institution is not, or no longer, decreed (art. 30(1))."""

    course_code: str
    institution: str

    code = "catalogue.institution_not_decreed"
    kind = Kind.CONFLICT
    title = msg("The institution {institution} of {course_code} has no decree in force")
    next_step = msg("The institution must be decreed before its courses are approved (Permenko 11/2020 art. 30(1)).")


@dataclass(eq=False)
class NoCurriculum(Refusal):
    """Curriculum, syllabus or lesson plan is missing (art. 30(2)d)."""

    course_code: str

    code = "catalogue.no_curriculum"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} has no structured curriculum, syllabus and lesson plan")
    next_step = msg("Hand in all three documents (Permenko 11/2020 art. 30(2)d).")


@dataclass(eq=False)
class NoEvaluation(Refusal):
    """There is no evaluation of learning (art. 30(2)g)."""

    course_code: str

    code = "catalogue.no_evaluation"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} does not evaluate what was learned")
    next_step = msg("Add an evaluation, such as a test before and after (Permenko 11/2020 art. 30(2)g).")


@dataclass(eq=False)
class ModeNotAdmitted(Refusal):
    """The programme does not pay for this way of teaching."""

    course_code: str
    mode: str

    code = "catalogue.mode_not_admitted"
    kind = Kind.CONFLICT
    title = msg("The programme does not admit the way the course {course_code} is taught ({mode})")
    next_step = msg("Teach it in an admitted way, or wait for rules that admit this one.")


@dataclass(eq=False)
class NoPresenceLog(Refusal):
    """Neither attendance nor progress is recorded (art. 30(2)g)."""

    course_code: str

    code = "catalogue.no_presence_log"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} records neither attendance nor progress")
    next_step = msg("Record attendance in person, or progress online (Permenko 11/2020 art. 30(2)g).")


# Courses


@dataclass(eq=False)
class CourseUnknown(Refusal):
    """There is no such course."""

    course_code: str

    code = "catalogue.course_unknown"
    kind = Kind.MISSING
    title = msg("There is no course {course_code}")
    next_step = msg("Check the course code for a typing mistake.")


@dataclass(eq=False)
class CourseCodeTaken(Refusal):
    """The code belongs to a course with other content."""

    course_code: str

    code = "catalogue.course_code_taken"
    kind = Kind.CONFLICT
    title = msg("The course code {course_code} is already used for another course")
    next_step = msg("Use another code, or change the course that has this one.")


@dataclass(eq=False)
class CourseNotEditable(Refusal):
    """What was assessed is not changed behind the assessor's back."""

    course_code: str
    state: str

    code = "catalogue.course_not_editable"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} is {state}, so its content cannot be changed")
    next_step = msg("Reopen the course first; it is then assessed again before it is sold.")


@dataclass(eq=False)
class SchedulesExist(Refusal):
    """Classes were planned for this way of teaching."""

    course_code: str

    code = "catalogue.schedules_exist"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} has schedules, so its mode and number of meetings cannot be changed")
    next_step = msg("Register a new course for another way of teaching.")


@dataclass(eq=False)
class NotAnInstitution(Refusal):
    """Only training institutions teach."""

    client_code: str

    code = "catalogue.not_an_institution"
    kind = Kind.CONFLICT
    title = msg("{client_code} is not a training institution")
    next_step = msg("Give the client code of the institution that teaches the course.")


@dataclass(eq=False)
class MoveRefused(Refusal):
    """A course in this state cannot do that."""

    course_code: str
    state: str
    move: str

    code = "catalogue.move_refused"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} is {state}, so this cannot be done: {move}")
    next_step = msg("Look at the state of the course: drafts are submitted, submitted courses are decided on.")


@dataclass(eq=False)
class ConditionsMissed(Refusal):
    """The course cannot be approved; `missed` lists the codes of the conditions it misses."""

    course_code: str
    missed: str

    code = "catalogue.conditions_missed"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} cannot be approved. It misses: {missed}")
    next_step = msg("Read each condition on the page of the course, correct the course, and submit it again.")


# Listings


@dataclass(eq=False)
class CourseNotApproved(Refusal):
    """Only approved courses are listed."""

    course_code: str
    state: str

    code = "catalogue.course_not_approved"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} is {state} and cannot be listed")
    next_step = msg("List it once it has been approved.")


@dataclass(eq=False)
class NotAPlatform(Refusal):
    """Only platforms sell."""

    client_code: str

    code = "catalogue.not_a_platform"
    kind = Kind.CONFLICT
    title = msg("{client_code} is not a digital platform")
    next_step = msg("Give the client code of the platform that will sell the course.")


@dataclass(eq=False)
class PlatformInactive(Refusal):
    """The platform has no agreement in force (art. 36(1))."""

    platform: str

    code = "catalogue.platform_inactive"
    kind = Kind.CONFLICT
    title = msg("The platform {platform} has no agreement in force")
    next_step = msg("List the course once the platform has signed (Permenko 11/2020 art. 36(1)).")


@dataclass(eq=False)
class NotListed(Refusal):
    """The platform does not sell this course."""

    course_code: str
    platform: str

    code = "catalogue.not_listed"
    kind = Kind.MISSING
    title = msg("The course {course_code} is not listed on {platform}")
    next_step = msg("Look at the page of the course for the platforms that sell it.")


# Schedules and seats


@dataclass(eq=False)
class ScheduleUnknown(Refusal):
    """There is no such schedule."""

    schedule: str

    code = "catalogue.schedule_unknown"
    kind = Kind.MISSING
    title = msg("There is no schedule {schedule}")
    next_step = msg("Look at the page of the course for its schedules.")


@dataclass(eq=False)
class ScheduleCodeTaken(Refusal):
    """The code belongs to another class."""

    schedule_code: str

    code = "catalogue.schedule_code_taken"
    kind = Kind.CONFLICT
    title = msg("The schedule code {schedule_code} is already used for another class")
    next_step = msg("Use another code, or leave it out and one is made.")


@dataclass(eq=False)
class ScheduleSold(Refusal):
    """People hold seats in this class and rely on its dates."""

    schedule_code: str

    code = "catalogue.schedule_sold"
    kind = Kind.CONFLICT
    title = msg("Seats of the schedule {schedule_code} have been sold, so it cannot be changed")
    next_step = msg("Add another schedule; those who bought keep this one.")


@dataclass(eq=False)
class CourseTakesNoSchedules(Refusal):
    """The course has left curation."""

    course_code: str
    state: str

    code = "catalogue.course_takes_no_schedules"
    kind = Kind.CONFLICT
    title = msg("The course {course_code} is {state} and takes no new schedule")
    next_step = msg("Plan classes for a course that can still be sold.")


@dataclass(eq=False)
class ScheduleImpossible(Refusal):
    """These dates or seats cannot be a class."""

    problem: str

    code = "catalogue.schedule_impossible"
    kind = Kind.INVALID
    title = msg("The schedule is not possible: {problem}")
    next_step = msg("Correct the dates, meetings or seats, and send it again.")


@dataclass(eq=False)
class SoldOut(Refusal):
    """Fewer seats are left than were asked for."""

    schedule_code: str
    seats_left: int

    code = "catalogue.sold_out"
    kind = Kind.CONFLICT
    title = msg("Not enough seats are left in the class {schedule_code}: {seats_left}")
    next_step = msg("Choose another class of this course, or another course.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class SeatsNotSold(Refusal):
    """More seats would come back than were sold."""

    schedule_code: str

    code = "catalogue.seats_not_sold"
    kind = Kind.CONFLICT
    title = msg("More seats of the class {schedule_code} would be given back than were sold")
    next_step = msg("Check which purchases were cancelled; nothing was changed.")
