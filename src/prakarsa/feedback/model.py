"""Values of feedback."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stars:
    """1 to 5 for each subject of programme-rules 8."""

    instructor: int
    facility: int
    course: int


@dataclass(frozen=True, slots=True)
class Ratable:
    """What the rules must know of the purchase to be rated."""

    course_id: int
    transaction_code: str
    completed_at: datetime | None
    rated_at: datetime | None


@dataclass(frozen=True, slots=True)
class SubjectRatings:
    """A course's averages by subject, in tenths; 0 without ratings."""

    instructor_tenths: int
    facility_tenths: int
    course_tenths: int
    count: int


@dataclass(frozen=True, slots=True)
class CourseTotal:
    """The sums over a course's ratings."""

    course_id: int
    ratings: int
    instructor_stars: int
    facility_stars: int
    course_stars: int


@dataclass(frozen=True, slots=True)
class Review:
    """One review as the public sees it: the name is masked."""

    rating_id: int
    masked_name: str
    stars: Stars
    review: str
    rated_at: datetime
