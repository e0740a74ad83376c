"""What a notice must have, who it goes to, and when probes mean an alarm. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from prakarsa.hold.model import PRIVATE_SCOPES, Capability, Scope
from prakarsa.kernel.refusal import msg
from prakarsa.notice.model import TO_PARTNERS, Audience, HeldThing, NewNotice, NoticeKind, OpenNotice
from prakarsa.notice.refusals import NoticeIncomplete

SWEEP_AGAIN = timedelta(minutes=15)
"""How long after a sweep those whom a hold has come to concern meanwhile are told."""
PRIVATE_NOT_LATER = timedelta(days=1)
"""The end of a hold on a card or a person is told within this time, or not at all."""
TITLE_LONGEST, WORDS_LONGEST, SMS_LONGEST = 120, 4_000, 300
_CODE = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_WAVE = re.compile(r"[0-9]{1,4}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def check(new: NewNotice) -> None:
    """Title and words in both languages, readable and not too long; a code where the audience needs one.

    Text messages are paid for by length, so urgent words are short. Raises NoticeIncomplete.
    """
    longest = SMS_LONGEST if new.urgent else WORDS_LONGEST
    for field, most in (
        ("title", TITLE_LONGEST),
        ("title_en", TITLE_LONGEST),
        ("words", longest),
        ("words_en", longest),
    ):
        text = getattr(new, field)
        if not text.strip():
            raise NoticeIncomplete(field, msg("is empty"))
        if len(text) > most:
            raise NoticeIncomplete(field, msg("is too long"))
        if _CONTROL.search(text):
            raise NoticeIncomplete(field, msg("has characters that cannot be shown"))
    if new.audience in TO_PARTNERS:
        if new.audience_code:
            raise NoticeIncomplete("audience_code", msg("is not needed for these recipients"))
        if new.urgent:
            raise NoticeIncomplete("urgent", msg("is for people: partners are told by e-mail"))
        return
    if not (_WAVE if new.audience is Audience.WAVE else _CODE).fullmatch(new.audience_code):
        raise NoticeIncomplete("audience_code", msg("is needed for these recipients"))


def audience_of(notice: OpenNotice, hold: HeldThing | None) -> str | None:
    """The statement that finds the people a notice is for, by name; None when it is for partners only.

    Selling everywhere concerns everybody who can still buy; a narrower hold on selling those it has turned away; one
    on taking part those with a place; one on payments those who wait for theirs.
    """
    if hold is None:
        audience = Audience(str(notice.audience))
        if audience in TO_PARTNERS:
            return None
        return "audience_wave" if audience is Audience.WAVE else "audience_class_learners"
    if hold.scope in PRIVATE_SCOPES:
        return "audience_alone"
    if notice.kind != NoticeKind.HOLD_PLACED:
        return "audience_told"
    if hold.capability == Capability.SELLING:
        return "audience_buyers" if hold.scope == Scope.PROGRAMME else "audience_turned_away"
    anywhere = hold.scope in {Scope.PROGRAMME, Scope.PLATFORM}
    if hold.capability == Capability.REDEEMING:
        return "audience_learners" if anywhere else "audience_class_learners"
    return "audience_payees" if anywhere else "audience_class_payees"


def partners_of(notice: OpenNotice, hold: HeldThing | None) -> str | None:
    """Which partners a notice is for, in the words of the statement that finds them; None when for none."""
    if hold is None:
        return notice.audience if notice.audience in TO_PARTNERS else None
    if hold.scope in PRIVATE_SCOPES:
        return None
    return hold.scope if notice.kind == NoticeKind.HOLD_PLACED else "told"


def closes_after_sweep(notice: OpenNotice) -> bool:
    """Whether everybody a notice is for is known when it is sent. A hold in force goes on hurting new people."""
    return notice.kind != NoticeKind.HOLD_PLACED


def xml_text(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _CONTROL.sub("", text.replace("\r", "\n")).replace("\ufffe", "").replace("\uffff", "")


def alarming(newest_first: Sequence[bool], in_a_row: int) -> bool:
    """Whether the newest walks, so many in a row, could not buy what was said to be on sale."""
    return len(newest_first) >= in_a_row and not any(newest_first[:in_a_row])


def hour_of(at: datetime) -> datetime:
    """The beginning of the hour a moment lies in."""
    return at.replace(minute=0, second=0, microsecond=0)
