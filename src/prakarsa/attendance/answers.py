"""How attendance is told to an institution: the members of its dialect, and where it wants people sent back."""

from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import quote, urlsplit, urlunsplit

from prakarsa.attendance.model import Opened, RedeemStatus, Ticket
from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import say

COURSE_TYPE = MappingProxyType({CourseMode.SELF_PACED: 1, CourseMode.WEBINAR: 2, CourseMode.IN_PERSON: 3})
TYPE_LABEL = MappingProxyType(
    {
        CourseMode.SELF_PACED: msg("Self-paced learning"),
        CourseMode.WEBINAR: msg("Webinar"),
        CourseMode.IN_PERSON: msg("Class in person"),
    }
)
LEARNING_METHOD = MappingProxyType(
    {
        CourseMode.SELF_PACED: msg("Online, at your own pace"),
        CourseMode.WEBINAR: msg("Online, live with an instructor"),
        CourseMode.IN_PERSON: msg("Face to face, in a classroom"),
    }
)


def redeem_status(ticket: Ticket, sequence: int, *, language: str) -> RedeemStatus:
    """The fourteen members of partner-api 2.6.2. Every type of course proves attendance by a face check."""
    redeemed_at = ticket.attended.get(1)
    return RedeemStatus(
        redeem_code=ticket.redeem_code,
        course_code=ticket.course_code,
        invoice_code=ticket.invoice_code,
        schedule_code=ticket.schedule_code,
        status=int(redeemed_at is not None),
        attendance_status=int(sequence in ticket.attended),
        redeem_at=redeemed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if redeemed_at else "",
        dp_platform=ticket.platform_name,
        schedule_start_end=f"{_jakarta_day(ticket.starts_at)} - {_jakarta_day(ticket.ends_at)}",
        course_type=COURSE_TYPE[ticket.mode],
        course_type_label=say(TYPE_LABEL[ticket.mode], language),
        course_learning_method=say(LEARNING_METHOD[ticket.mode], language),
        is_online_attendance=True,
        sequence=sequence,
    )


def opened(ticket: Ticket, state: str, base_url: str, *, language: str) -> Opened:
    """A fresh verification: the page at our address, and what kind of course it is for."""
    return Opened(
        url=f"{base_url.rstrip('/')}/verify/{state}",
        state=state,
        course_type=COURSE_TYPE[ticket.mode],
        learning_method=say(LEARNING_METHOD[ticket.mode], language),
    )


def redirect_with(redirect_uri: str, state: str, *, matched: bool) -> str:
    """The institution's address with `state` and `status` appended; its own query stays as it was written."""
    parts = urlsplit(redirect_uri)
    own = f"{parts.query}&" if parts.query else ""
    status = "success" if matched else "failed"
    return urlunsplit(parts._replace(query=f"{own}state={quote(state, safe='')}&status={status}"))


def _jakarta_day(moment: datetime) -> str:
    return moment.astimezone(JAKARTA).date().isoformat()
