"""Every way notices say no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class NoticeUnknown(Refusal):
    """There is no notice with this code."""

    notice_code: str

    code = "notice.unknown"
    kind = Kind.MISSING
    title = msg("There is no notice {notice_code}")
    next_step = msg("Look at the list of notices for the right code.")


@dataclass(eq=False)
class NoticeSentAlready(Refusal):
    """What has left cannot be sent again or taken back."""

    notice_code: str
    sent_at: datetime

    code = "notice.sent_already"
    kind = Kind.CONFLICT
    title = msg("The notice {notice_code} was sent at {sent_at}")
    next_step = msg("If something in it is wrong, write another notice that says so.")


@dataclass(eq=False)
class NoticeDiscarded(Refusal):
    """The draft was thrown away."""

    notice_code: str
    discarded_at: datetime

    code = "notice.discarded"
    kind = Kind.CONFLICT
    title = msg("The notice {notice_code} was discarded at {discarded_at}")
    next_step = msg("Write a new one.")


@dataclass(eq=False)
class NoticeIncomplete(Refusal):
    """A notice needs words in both languages."""

    field: str
    problem: str

    code = "notice.incomplete"
    kind = Kind.INVALID
    title = msg("The notice cannot be written: {field} {problem}")
    next_step = msg("Give title and words in Indonesian and in English, and say to whom they go.")


@dataclass(eq=False)
class NobodyToTell(Refusal):
    """The audience is empty."""

    audience: str

    code = "notice.nobody_to_tell"
    kind = Kind.CONFLICT
    title = msg("Nobody belongs to those the notice is for ({audience})")
    next_step = msg("Check the code beside it, or choose other recipients.")
