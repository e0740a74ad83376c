"""Every way complaints say no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class UnknownCategory(Refusal):
    """A complaint is about one of the known subjects (programme-rules 11)."""

    known: str

    code = "complaint.unknown_category"
    kind = Kind.INVALID
    title = msg("Complaints have no such subject")
    next_step = msg("Choose one of these: {known}.")


@dataclass(eq=False)
class WordsTooShort(Refusal):
    """Nobody can act on a word or two."""

    characters: int
    least: int

    code = "complaint.words_too_short"
    kind = Kind.INVALID
    title = msg("The text has {characters} characters; it needs at least {least}")
    next_step = msg("Write what happened, when, and what you expected.")


@dataclass(eq=False)
class WordsTooLong(Refusal):
    """A page of text is enough to begin with."""

    characters: int
    most: int

    code = "complaint.words_too_long"
    kind = Kind.INVALID
    title = msg("The text has {characters} characters; it may have {most}")
    next_step = msg("Keep to what happened and what you expected.")


@dataclass(eq=False)
class WordsNotReadable(Refusal):
    """The text holds control characters, or signs that would rearrange the page around it."""

    code = "complaint.words_not_readable"
    kind = Kind.INVALID
    title = msg("The text holds characters that cannot be shown")
    next_step = msg("Remove what was pasted and type the text again.")


@dataclass(eq=False)
class ComplaintUnknown(Refusal):
    """No complaint has this number."""

    code = "complaint.unknown"
    kind = Kind.MISSING
    title = msg("There is no complaint with this number")
    next_step = msg("Look at the list of complaints for the right number.")


@dataclass(eq=False)
class AlreadyAnswered(Refusal):
    """A complaint is answered once; the person may open another."""

    number: str
    answered_at: datetime

    code = "complaint.already_answered"
    kind = Kind.CONFLICT
    title = msg("Complaint {number} was answered on {answered_at}")
    next_step = msg("Nothing needs to be done. If something is still wrong, the person can open another complaint.")
