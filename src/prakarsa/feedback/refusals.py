"""Every way feedback says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class NotYourPurchase(Refusal):
    """There is no such purchase, or another person made it; which of the two is not told."""

    purchase_id: int

    code = "feedback.not_your_purchase"
    kind = Kind.MISSING
    title = msg("You have no purchase with this number")
    next_step = msg("Rate a course from the list of your own courses.")


@dataclass(eq=False)
class CourseNotCompleted(Refusal):
    """Only who has finished a course can judge it (programme-rules 8)."""

    code = "feedback.course_not_completed"
    kind = Kind.CONFLICT
    title = msg("This course is not completed yet")
    next_step = msg("Attend every meeting and the final test. The course can be rated once its certificate is issued.")


@dataclass(eq=False)
class AlreadyRated(Refusal):
    """A course is rated once."""

    rated_at: datetime

    code = "feedback.already_rated"
    kind = Kind.CONFLICT
    title = msg("You rated this course on {rated_at}")
    next_step = msg("Nothing needs to be done.")


@dataclass(eq=False)
class StarsOutOfRange(Refusal):
    """The scale is 1 to 5 (programme-rules 8)."""

    subject: str

    code = "feedback.stars_out_of_range"
    kind = Kind.INVALID
    title = msg("The rating for {subject} is not between 1 and 5 stars")
    next_step = msg("Give 1 to 5 stars to each: the instructor, the facilities and the course.")


@dataclass(eq=False)
class ReviewTooShort(Refusal):
    """A review is obligatory and has to say something (programme-rules 8)."""

    characters: int
    least: int

    code = "feedback.review_too_short"
    kind = Kind.INVALID
    title = msg("The review has {characters} characters; it needs at least {least}")
    next_step = msg("Write in a sentence what was good or bad about the course.")


@dataclass(eq=False)
class ReviewTooLong(Refusal):
    """A review is a few paragraphs at most."""

    characters: int
    most: int

    code = "feedback.review_too_long"
    kind = Kind.INVALID
    title = msg("The review has {characters} characters; it may have {most}")
    next_step = msg("Shorten it. To report a problem in detail, open a complaint.")


@dataclass(eq=False)
class ReviewNotReadable(Refusal):
    """The text holds control characters, or signs that would rearrange the page around it."""

    code = "feedback.review_not_readable"
    kind = Kind.INVALID
    title = msg("The review holds characters that cannot be shown")
    next_step = msg("Remove what was pasted and type the text again.")
