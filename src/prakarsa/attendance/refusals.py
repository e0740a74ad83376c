"""Every way attendance says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class RedeemCodeUnknown(Refusal):
    """No such redeem code was issued (partner-api 2.6.3)."""

    code = "attendance.redeem_code_unknown"
    kind = Kind.MISSING
    title = msg("This redeem code does not exist")
    next_step = msg("Copy the code from your dashboard or e-mail. The platform's voucher code is another code.")


@dataclass(eq=False)
class RedeemCodeOfAnother(Refusal):
    """The code was bought for a course of another institution; nothing of that purchase is told."""

    code = "attendance.redeem_code_of_another"
    kind = Kind.FORBIDDEN
    title = msg("This redeem code belongs to another training institution")
    next_step = msg("Enter the code at the institution whose course was bought.")


@dataclass(eq=False)
class RedeemCodeCancelled(Refusal):
    """The card was revoked, and its codes with it (programme-rules 10)."""

    cancelled_at: datetime

    code = "attendance.redeem_code_cancelled"
    kind = Kind.CONFLICT
    title = msg("This redeem code was cancelled on {cancelled_at} because its card was revoked")
    next_step = msg("Look at the card's timeline for the reason. If it is wrong, open a complaint.")


@dataclass(eq=False)
class TransactionCancelled(Refusal):
    """The platform cancelled the purchase the code came from."""

    cancelled_at: datetime

    code = "attendance.transaction_cancelled"
    kind = Kind.CONFLICT
    title = msg("The purchase behind this redeem code was cancelled on {cancelled_at}")
    next_step = msg("The money is back on the card: the course can be bought again.")


@dataclass(eq=False)
class CourseTypeDoesNotFit(Refusal):
    """A self-paced course has no meeting with this number."""

    sequence: int

    code = "attendance.course_type_does_not_fit"
    kind = Kind.INVALID
    title = msg("This course is self-paced and has no meeting {sequence}")
    next_step = msg("Use sequence 1 to enter the course and 999 for its final test.")


@dataclass(eq=False)
class SequenceOutOfRange(Refusal):
    """The dialect knows sequences 1 to 10 and 999 (partner-api 2.6.1)."""

    sequence: int

    code = "attendance.sequence_out_of_range"
    kind = Kind.INVALID
    title = msg("There is no sequence {sequence}")
    next_step = msg("Use 1 to 10 for meetings and 999 for the final test.")


@dataclass(eq=False)
class SequenceBeyondMeetings(Refusal):
    """The class has fewer meetings than that."""

    sequence: int
    meetings: int

    code = "attendance.sequence_beyond_meetings"
    kind = Kind.INVALID
    title = msg("This class has {meetings} meeting(s); there is no meeting {sequence}")
    next_step = msg("Use the number of a meeting that is in the class's schedule.")


@dataclass(eq=False)
class FirstMeetingMissing(Refusal):
    """Sequence 1 comes before every other (partner-api 4.3)."""

    sequence: int

    code = "attendance.first_meeting_missing"
    kind = Kind.CONFLICT
    title = msg("The first meeting has not been attended yet")
    next_step = msg("Redeem the code for sequence 1 first.")


@dataclass(eq=False)
class AlreadyAttended(Refusal):
    """A redeem code attends a meeting once."""

    sequence: int
    attended_at: datetime

    code = "attendance.already_attended"
    kind = Kind.CONFLICT
    title = msg("This redeem code was already used for this meeting on {attended_at}")
    next_step = msg("Nothing needs to be done: the attendance is recorded.")


@dataclass(eq=False)
class TooEarly(Refusal):
    """The time to attend this step has not begun (programme-rules 7.2)."""

    sequence: int
    opens_at: datetime
    closes_at: datetime

    code = "attendance.too_early"
    kind = Kind.CONFLICT
    title = msg("This meeting can be entered from {opens_at}")
    next_step = msg("Come back between {opens_at} and {closes_at}.")


@dataclass(eq=False)
class TooLate(Refusal):
    """The time to attend this step is over (programme-rules 7.2)."""

    sequence: int
    opens_at: datetime
    closes_at: datetime

    code = "attendance.too_late"
    kind = Kind.CONFLICT
    title = msg("This meeting could be entered until {closes_at}")
    next_step = msg("Ask the training institution. If a fault of ours kept you out, open a complaint.")


@dataclass(eq=False)
class RedirectNotRegistered(Refusal):
    """People are sent only to addresses the institution registered, character for character."""

    code = "attendance.redirect_not_registered"
    kind = Kind.FORBIDDEN
    title = msg("The return address is not registered for this institution")
    next_step = msg("Send exactly one of the registered addresses, or have this one registered first.")


@dataclass(eq=False)
class EmailAlreadyUsed(Refusal):
    """One learning account per course and address (partner-api 2.8)."""

    code = "attendance.email_already_used"
    kind = Kind.CONFLICT
    title = msg("This e-mail address already takes part in this course with another redeem code")
    next_step = msg("Use the address of the account that belongs to this redeem code.")


@dataclass(eq=False)
class VerificationUnknown(Refusal):
    """No such verification: a mistyped link, or a check that belongs to another one."""

    code = "attendance.verification_unknown"
    kind = Kind.MISSING
    title = msg("This identity check is not known")
    next_step = msg("Go back to the training institution's page and start the check again.")


@dataclass(eq=False)
class VerificationExpired(Refusal):
    """The link has lived its fifteen minutes."""

    expired_at: datetime

    code = "attendance.verification_expired"
    kind = Kind.CONFLICT
    title = msg("This link ran out on {expired_at}")
    next_step = msg("Go back to the training institution's page and start the check again.")


@dataclass(eq=False)
class VerificationUsed(Refusal):
    """The link was walked to its end before."""

    code = "attendance.verification_used"
    kind = Kind.CONFLICT
    title = msg("This link has already been used")
    next_step = msg("Go back to the training institution's page; it shows whether the check succeeded.")


@dataclass(eq=False)
class SignInNeeded(Refusal):
    """Nobody is signed in, so nobody can consent."""

    code = "attendance.sign_in_needed"
    kind = Kind.UNAUTHENTICATED
    title = msg("Sign in to go on with the identity check")
    next_step = msg("Sign in with the phone number or e-mail address of your card.")


@dataclass(eq=False)
class NotYourVerification(Refusal):
    """Only the person who bought the course may be checked for it (programme-rules 7.3: no proxy)."""

    code = "attendance.not_your_verification"
    kind = Kind.FORBIDDEN
    title = msg("This identity check is for another participant")
    next_step = msg("Sign in with the account that bought the course. Nobody may attend for another person.")


@dataclass(eq=False)
class CheckNotFinished(Refusal):
    """The provider is still waiting for the person."""

    code = "attendance.check_not_finished"
    kind = Kind.CONFLICT
    title = msg("The identity check is not finished yet")
    next_step = msg("Finish it on the provider's page, then come back.")


@dataclass(eq=False)
class NotATestCode(Refusal):
    """Only codes made for testing can be set back."""

    code = "attendance.not_a_test_code"
    kind = Kind.INVALID
    title = msg("Only test codes can be reset, and this is not one")
    next_step = msg("Use a code that begins with PRAT-.")


@dataclass(eq=False)
class NotAPositiveTestCode(Refusal):
    """A negative test case has no state to set back."""

    test_case: str

    code = "attendance.not_a_positive_test_code"
    kind = Kind.CONFLICT
    title = msg("The test case {test_case} always fails and cannot be reset")
    next_step = msg("Reset one of the cases whose name ends in 200.")


@dataclass(eq=False)
class IdentityUnavailable(Refusal):
    """The identity provider did not answer, or not in a way that can be understood."""

    problem: str

    code = "attendance.identity_unavailable"
    kind = Kind.UNAVAILABLE
    title = msg("The identity check does not answer now: {problem}")
    next_step = msg("Wait a few minutes and try again. Nothing you have done is lost.")


@dataclass(eq=False)
class IdentityCheckOver(Refusal):
    """The check ran out before the person finished it."""

    check_id: str

    code = "attendance.identity_check_over"
    kind = Kind.CONFLICT
    title = msg("This identity check has run out")
    next_step = msg("Go back to the training institution's page and start the check again.")
