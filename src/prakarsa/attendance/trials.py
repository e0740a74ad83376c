"""The test cases an institution can try without a purchase (partner-api 1.8).

Named `TC<kind>-<sequence>-<expected HTTP status>`; kind 1 is self-paced, kind 2 a webinar. A negative case meets its
one refusal wherever the code is used and at every sequence, and cannot be reset; the sequence in its name tells the
cases of a kind apart.
"""

from datetime import datetime, timedelta
from types import MappingProxyType

from prakarsa.attendance.model import Ticket, TrialCase, TrialFailure
from prakarsa.attendance.refusals import (
    AlreadyAttended,
    CourseTypeDoesNotFit,
    RedeemCodeCancelled,
    RedeemCodeOfAnother,
    RedeemCodeUnknown,
    TooEarly,
    TransactionCancelled,
)
from prakarsa.catalogue.model import POST_TEST, CourseMode
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal

PREFIX = "PRAT-"
CODE_LENGTH = 6
_MEETINGS = 10

_POSITIVE = (1, POST_TEST)
_NEGATIVE = {
    1: TrialFailure.CODE_UNKNOWN,
    2: TrialFailure.OTHER_INSTITUTION,
    3: TrialFailure.CODE_CANCELLED,
    4: TrialFailure.TRANSACTION_CANCELLED,
    5: TrialFailure.COURSE_TYPE,
    6: TrialFailure.ALREADY_USED,
    7: TrialFailure.TOO_EARLY,
}


def _cases(kind: int, mode: CourseMode) -> list[TrialCase]:
    positive = [TrialCase(f"TC{kind}-{n:03}-200", mode, n) for n in _POSITIVE]
    return positive + [TrialCase(f"TC{kind}-{n:03}-400", mode, n, failure) for n, failure in _NEGATIVE.items()]


CASES = MappingProxyType(
    {case.name: case for case in [*_cases(1, CourseMode.SELF_PACED), *_cases(2, CourseMode.WEBINAR)]}
)


def starting_attendance(case: TrialCase, issued_at: datetime) -> dict[int, datetime]:
    """What is attended before the first try and after a reset: a case about a later step has the first one done."""
    return {} if case.sequence == 1 else {1: issued_at}


def ticket(
    case: TrialCase, redeem_code: str, institution_id: int, attended: dict[int, datetime], now: datetime
) -> Ticket:
    """The test code as if it had been bought: a class of today with ten meetings."""
    today = now.astimezone(JAKARTA).replace(hour=0, minute=0, second=0, microsecond=0)
    return Ticket(
        redeem_code=redeem_code,
        institution_id=institution_id,
        mode=case.mode,
        course_code=f"TEST-{case.name}",
        invoice_code=f"TEST-INVOICE-{case.name}",
        schedule_code=f"TEST-SCHEDULE-{case.name}",
        platform_name="Test",
        starts_at=today,
        ends_at=today + timedelta(days=1, seconds=-1),
        meetings=_MEETINGS,
        meeting_starts={},
        attended=attended,
        trial=case,
    )


def refusal(failure: TrialFailure, of: Ticket, sequence: int) -> Refusal:
    """The refusal a negative case meets, with facts as a real code would show them."""
    match failure:
        case TrialFailure.CODE_UNKNOWN:
            return RedeemCodeUnknown()
        case TrialFailure.OTHER_INSTITUTION:
            return RedeemCodeOfAnother()
        case TrialFailure.CODE_CANCELLED:
            return RedeemCodeCancelled(of.starts_at)
        case TrialFailure.TRANSACTION_CANCELLED:
            return TransactionCancelled(of.starts_at)
        case TrialFailure.COURSE_TYPE:
            return CourseTypeDoesNotFit(sequence)
        case TrialFailure.ALREADY_USED:
            return AlreadyAttended(sequence, of.starts_at)
        case TrialFailure.TOO_EARLY:
            return TooEarly(sequence, of.ends_at, of.ends_at + timedelta(hours=2))
