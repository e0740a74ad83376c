"""Which conditions a course meets, how it moves through curation, which classes are possible. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from prakarsa.catalogue import refusals as no
from prakarsa.catalogue.model import MOVES, Check, Course, CourseContent, CourseMove, CourseState, NewCourse
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.partner.model import Partner, PartnerStatus
from prakarsa.partner.refusals import CommissionAboveCap
from prakarsa.people.model import Education
from prakarsa.programme.model import Terms

SCHEDULABLE = frozenset({CourseState.DRAFT, CourseState.SUBMITTED, CourseState.APPROVED})
"""States in which classes may be planned."""
EDITABLE = frozenset({CourseState.DRAFT, CourseState.SUBMITTED})
"""States in which the content may still change."""
MOST_HOURS = 2_000
MOST_MEETINGS = 10
HIGHEST_PRICE_IDR = 1_000_000_000
OLDEST_YEARS = 120
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
# PostgreSQL ships a stemmer for Indonesian and no list of such words
_FILLERS = frozenset(
    [
        "atau",
        "bagi",
        "dalam",
        "dan",
        "dari",
        "dengan",
        "di",
        "ke",
        "kursus",
        "oleh",
        "pada",
        "pelatihan",
        "untuk",
        "yang",
        "a",
        "and",
        "for",
        "in",
        "of",
        "the",
    ]
)
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """A course in its surroundings: its institution, an affiliated platform that lists it, the terms in force."""

    course: Course
    institution_status: PartnerStatus
    affiliated_platform: str | None
    terms: Terms


def conditions(
    course: Course, institution_status: PartnerStatus, affiliated_platform: str | None, terms: Terms
) -> list[Check]:
    """Every condition of programme-rules 6.1 that a course must meet, each passed or with its refusal.

    `affiliated_platform` is the client code of a platform that lists the course and owns, or is owned by, its
    institution; None when there is none. The terms say which conditions are demanded; one that is not passes.
    """
    standing = Standing(course, institution_status, affiliated_platform, terms)
    return [Check(each.name, each.rule(standing)) for each in CONDITIONS]


def missed(checks: list[Check]) -> list[Refusal]:
    """The refusals of the conditions that are not met."""
    return [check.refusal for check in checks if check.refusal]


def _interactive(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 29(3), 30(2)h: online training is interactive."""
    demanded = at.terms.course_requires_interactive and at.course.mode.online
    return no.NotInteractive(at.course.course_code) if demanded and not at.course.has_live_session else None


def _not_free_elsewhere(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 29(4), (6): not identical to training that is free elsewhere."""
    demanded = at.terms.course_free_equivalent_prohibited
    return no.FreeElsewhere(at.course.course_code) if demanded and at.course.free_elsewhere else None


def _not_dearer_than_outside(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 29(5), (6): no dearer than identical paid training elsewhere."""
    here, outside = at.course.price_idr, at.course.outside_price_idr
    if not at.terms.course_free_equivalent_prohibited or outside is None or here <= outside:
        return None
    return no.PriceAboveOutside(at.course.course_code, here, outside)


def _single_course(at: Standing) -> Refusal | None:
    """PMO circular S-148/Dir-Eks/06/2020, in force since 1 July 2020: one order, one course."""
    return no.Bundle(at.course.course_code) if at.course.is_bundle and not at.terms.course_bundles_allowed else None


def _completion_tracked(at: Standing) -> Refusal | None:
    """Permenko 11/2020 as applied since August 2020 (programme-rules 6.1 no. 6): participants must finish."""
    demanded = at.terms.course_completion_required
    return no.CompletionNotTracked(at.course.course_code) if demanded and not at.course.tracks_completion else None


def _not_affiliated(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 36(5): a platform does not sell paid courses of its own entity."""
    free = at.course.price_idr == 0 and at.terms.course_allow_affiliated_free
    if at.affiliated_platform is None or free or not at.terms.course_block_affiliated:
        return None
    return no.AffiliatedPlatform(at.course.course_code, at.affiliated_platform)


def _expert_assessed(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 32(4): experts take part in the assessment."""
    demanded = at.terms.course_requires_expert
    return no.NoExpert(at.course.course_code) if demanded and not at.course.expert_assessed else None


def _institution_decreed(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 30(1): the institution is decreed before it delivers."""
    if at.institution_status is PartnerStatus.ACTIVE:
        return None
    return no.InstitutionNotDecreed(at.course.course_code, at.course.institution_code)


def _curriculum(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 30(2)d: structured curriculum, syllabus and lesson plan."""
    demanded = at.terms.course_requires_curriculum
    return no.NoCurriculum(at.course.course_code) if demanded and not at.course.has_curriculum else None


def _evaluation(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 30(2)g: a system of learning evaluation."""
    demanded = at.terms.course_requires_evaluation
    return no.NoEvaluation(at.course.course_code) if demanded and not at.course.has_evaluation else None


def _presence_log(at: Standing) -> Refusal | None:
    """Permenko 11/2020 art. 30(2)g: attendance in person, progress online."""
    demanded = at.terms.course_requires_presence_log
    return no.NoPresenceLog(at.course.course_code) if demanded and not at.course.has_presence_log else None


def _mode_admitted(at: Standing) -> Refusal | None:
    """Which ways of teaching the programme pays for (programme-rules 16, delivery modes)."""
    admitted = at.course.mode in at.terms.course_delivery_modes
    return None if admitted else no.ModeNotAdmitted(at.course.course_code, at.course.mode)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of programme-rules 6.1: its bit in `course.misses`, and whether terms ask for it.

    A bit of 0 marks what does not stand in the course's own row: another table or the terms themselves decide.
    """

    bit: int
    name: str
    rule: Callable[[Standing], Refusal | None]
    demanded: Callable[[Terms], bool]


def _always(_: Terms) -> bool:
    return True


CONDITIONS: tuple[Condition, ...] = (
    Condition(1, msg("Online training is interactive"), _interactive, lambda t: t.course_requires_interactive),
    Condition(
        2,
        msg("The same training is not free elsewhere"),
        _not_free_elsewhere,
        lambda t: t.course_free_equivalent_prohibited,
    ),
    Condition(
        4,
        msg("It costs no more than the same training elsewhere"),
        _not_dearer_than_outside,
        lambda t: t.course_free_equivalent_prohibited,
    ),
    Condition(8, msg("It is one course, not a bundle"), _single_course, lambda t: not t.course_bundles_allowed),
    Condition(16, msg("Completion is recorded"), _completion_tracked, lambda t: t.course_completion_required),
    Condition(
        0, msg("No platform sells courses of its own entity"), _not_affiliated, lambda t: t.course_block_affiliated
    ),
    Condition(64, msg("An expert has assessed it"), _expert_assessed, lambda t: t.course_requires_expert),
    Condition(0, msg("The institution is decreed"), _institution_decreed, _always),
    Condition(
        256, msg("Curriculum, syllabus and lesson plan exist"), _curriculum, lambda t: t.course_requires_curriculum
    ),
    Condition(512, msg("Learning is evaluated"), _evaluation, lambda t: t.course_requires_evaluation),
    Condition(1024, msg("Attendance or progress is recorded"), _presence_log, lambda t: t.course_requires_presence_log),
    Condition(0, msg("The way of teaching is admitted"), _mode_admitted, _always),
)
"""The conditions in the order of programme-rules 6.1. The commission (no. 9) is a condition of the platform."""


condition_facts: Mapping[int, str] = MappingProxyType(
    {
        1: "has_live_session",
        2: "free_elsewhere",
        4: "outside_price_idr",
        8: "is_bundle",
        16: "tracks_completion",
        64: "expert_assessed",
        256: "has_curriculum",
        512: "has_evaluation",
        1024: "has_presence_log",
    }
)
"""The fact that decides a condition, by the condition's bit: what has to be attested for it to be met."""


def demanded(terms: Terms) -> int:
    """The bits of `course.misses` that must not be set under these terms."""
    return sum(condition.bit for condition in CONDITIONS if condition.demanded(terms))


def first_missed(misses: int, mode: str, terms: Terms) -> str | None:
    """The name of the first condition that a course with these bits and this way of teaching misses, if it does.

    The institution's decree and its ties to a platform are not in the bits: buying and listing look at them as well.
    """
    if misses and (wanted := misses & demanded(terms)):
        return next(condition.name for condition in CONDITIONS if condition.bit & wanted)
    return None if mode in terms.course_delivery_modes else CONDITIONS[-1].name


def after(course: Course, move: CourseMove) -> CourseState:
    """The state after a move. Raises MoveRefused."""
    state = MOVES.get((course.state, move))
    if state is None:
        raise no.MoveRefused(course.course_code, course.state, move)
    return state


def check_listing(course: Course, platform: Partner, affiliated: bool, terms: Terms) -> None:
    """Whether a platform may sell a course.

    Source: Permenko 11/2020 art. 36(1) (agreement), 36(5) (own entity), 40 (commission); circular
    S-148/Dir-Eks/06/2020 (bundles).
    Raises NotAPlatform, PlatformInactive, CommissionAboveCap, CourseNotApproved, InstitutionNotDecreed, Bundle,
    AffiliatedPlatform.
    """
    if platform.kind != "platform":
        raise no.NotAPlatform(platform.client_code)
    if not platform.active:
        raise no.PlatformInactive(platform.client_code)
    cap = terms.settlement_max_commission_percent
    if cap is not None and platform.commission_percent > cap:
        raise CommissionAboveCap(platform.commission_percent, cap)
    if course.state is not CourseState.APPROVED:
        raise no.CourseNotApproved(course.course_code, course.state)
    if course.institution_status is not PartnerStatus.ACTIVE:
        raise no.InstitutionNotDecreed(course.course_code, course.institution_code)
    if course.is_bundle and not terms.course_bundles_allowed:
        raise no.Bundle(course.course_code)
    free = course.price_idr == 0 and terms.course_allow_affiliated_free
    if affiliated and terms.course_block_affiliated and not free:
        raise no.AffiliatedPlatform(course.course_code, platform.client_code)


def code_fits(text: str) -> bool:
    """Whether a text can be a course or schedule code: 1 to 64 ASCII letters, digits, dots, dashes, underscores.

    Source: partner-api 1.9 (slugs, slugs with a fragment of a UUID, 16 hexadecimal digits).
    """
    return _CODE.fullmatch(text) is not None


def checked(new: NewCourse) -> NewCourse:
    """The course with its texts tidied. Raises BadField naming the first field that is not right."""
    if not code_fits(new.course_code):
        raise BadField("course_code", msg("use 1 to 64 letters, digits, dots, dashes or underscores"))
    _whole("hours", new.hours, 1, MOST_HOURS)
    _whole("meetings", new.meetings, 1, MOST_MEETINGS)
    _whole("price_idr", new.price_idr, 0, HIGHEST_PRICE_IDR)
    _whole("outside_price_idr", new.outside_price_idr, 0, HIGHEST_PRICE_IDR)
    _whole("min_age_years", new.min_age_years, 0, OLDEST_YEARS)
    _whole("max_age_years", new.max_age_years, new.min_age_years or 0, OLDEST_YEARS)
    if new.min_education is not None and new.min_education not in set(Education):
        raise BadField("min_education", msg("it is not a level of education"))
    return replace(
        new,
        title=line("title", new.title),
        field=line("field", new.field),
        description=_paragraphs("description", new.description),
    )


def changes(course: Course, new: NewCourse) -> dict[str, tuple[object, object]]:
    """What would change, by field: the value before and after."""
    names = [field.name for field in fields(CourseContent)]
    pairs = {name: (getattr(course, name), getattr(new, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def check_change(
    course: Course, new: NewCourse, changed: dict[str, tuple[object, object]], has_schedules: bool
) -> None:
    """Whether the content of a course may be replaced. Raises CourseCodeTaken, CourseNotEditable, SchedulesExist."""
    if course.institution_code != new.institution_code:
        raise no.CourseCodeTaken(course.course_code)
    if course.state not in EDITABLE:
        raise no.CourseNotEditable(course.course_code, course.state)
    if has_schedules and changed.keys() & {"mode", "meetings"}:
        raise no.SchedulesExist(course.course_code)


def search_words(text: str) -> list[str]:
    """The words of a search text as the index knows them: at most eight, shortened, without signs.

    Words that say nothing of a course are left out where others remain.
    """
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(text)]
    telling = [word for word in words if word.lower() not in _FILLERS]
    return (telling or words)[:_MOST_WORDS]


def line(field: str, text: str) -> str:
    """One line of text with single blanks. Raises BadField for an empty, long or unprintable one."""
    tidy = " ".join(text.split())
    if not tidy or len(tidy) > 200 or not tidy.isprintable():
        raise BadField(field, msg("use 1 to 200 printable characters"))
    return tidy


def _whole(field: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise BadField(field, msg("the number is out of range"))


def _paragraphs(field: str, text: str) -> str:
    lines = [" ".join(each.split()) for each in text.strip().splitlines()]
    if sum(map(len, lines)) > 5_000 or not all(each.isprintable() for each in lines):
        raise BadField(field, msg("use at most 5,000 printable characters"))
    return "\n".join(lines)
