"""Who may rate what, and how ratings are shown. Pure."""

import unicodedata

from prakarsa.feedback.model import CourseTotal, Ratable, Stars, SubjectRatings
from prakarsa.feedback.refusals import (
    AlreadyRated,
    CourseNotCompleted,
    NotYourPurchase,
    ReviewNotReadable,
    ReviewTooLong,
    ReviewTooShort,
    StarsOutOfRange,
)
from prakarsa.kernel.refusal import Refusal, msg

LEAST_STARS, MOST_STARS = 1, 5
LEAST_CHARACTERS, MOST_CHARACTERS = 10, 2_000
SUBJECTS = {"instructor": msg("the instructor"), "facility": msg("the facilities"), "course": msg("the course")}

_UNSHOWABLE = {"Cc", "Cs", "Co", "Cn"}
_REARRANGING = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}  # bidirectional overrides and isolates
_MASKED_WORDS = 3
_DOTS = "•••"


def refusal_to_rate(purchase_id: int, found: Ratable | None, stars: Stars) -> Refusal | None:
    """Why this rating cannot be taken; None when it can. `found` is the person's own live purchase."""
    if found is None:
        return NotYourPurchase(purchase_id)
    if found.completed_at is None:
        return CourseNotCompleted()
    if found.rated_at is not None:
        return AlreadyRated(found.rated_at)
    for subject, words in SUBJECTS.items():
        if not LEAST_STARS <= getattr(stars, subject) <= MOST_STARS:
            return StarsOutOfRange(words)
    return None


def read_review(text: str) -> str:
    """A review as kept: trimmed, lines ended by a line feed.

    Raises ReviewNotReadable, ReviewTooShort (fewer than 10 characters), ReviewTooLong (more than 2,000).
    """
    kept = text.replace("\r\n", "\n").strip()
    if not showable(kept):
        raise ReviewNotReadable
    if len(kept) < LEAST_CHARACTERS:
        raise ReviewTooShort(len(kept), LEAST_CHARACTERS)
    if len(kept) > MOST_CHARACTERS:
        raise ReviewTooLong(len(kept), MOST_CHARACTERS)
    return kept


def showable(text: str) -> bool:
    """Whether every character may stand on a page: no controls but line feeds, nothing that turns text around."""
    return all(
        sign == "\n" or (unicodedata.category(sign) not in _UNSHOWABLE and sign not in _REARRANGING) for sign in text
    )


def averages(total: CourseTotal | None) -> SubjectRatings:
    """Sums as averages in tenths, halves rounded up."""
    if total is None or total.ratings == 0:
        return SubjectRatings(0, 0, 0, 0)
    return SubjectRatings(
        _tenths(total.instructor_stars, total.ratings),
        _tenths(total.facility_stars, total.ratings),
        _tenths(total.course_stars, total.ratings),
        total.ratings,
    )


def masked_name(name: str) -> str:
    """The first letters of a name: enough to see that people wrote, too little to find them."""
    return " ".join(word[0] + _DOTS for word in name.split()[:_MASKED_WORDS])


def _tenths(total: int, count: int) -> int:
    return (20 * total + count) // (2 * count)
