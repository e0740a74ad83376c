"""Every way buying and cancelling says no."""

from dataclasses import dataclass
from datetime import datetime

from prakarsa.kernel.refusal import ClockEffect, Kind, Refusal, msg


@dataclass(eq=False)
class CardUnknown(Refusal):
    """No card has this number."""

    code = "purchase.card_unknown"
    kind = Kind.CONFLICT
    title = msg("No card has this number")
    next_step = msg("Compare the 16 digits with the number in your account and type them again.")


@dataclass(eq=False)
class CardRevoked(Refusal):
    """The card ended because nothing was bought in time."""

    code = "purchase.card_revoked"
    kind = Kind.CONFLICT
    title = msg("This card has ended and cannot buy any more")
    next_step = msg("If you think this is wrong, ask us in your account under Questions.")


@dataclass(eq=False)
class BalanceLapsed(Refusal):
    """The year's last day of use is over."""

    use_by_at: datetime

    code = "purchase.balance_lapsed"
    kind = Kind.CONFLICT
    title = msg("The balance could be used until {use_by_at}")
    next_step = msg("The rest of the balance goes back to the state; nothing needs to be done.")


@dataclass(eq=False)
class FirstPurchaseTooLate(Refusal):
    """The first-purchase clock has run out."""

    deadline_at: datetime

    code = "purchase.first_purchase_too_late"
    kind = Kind.CONFLICT
    title = msg("The first course had to be bought by {deadline_at}")
    partner_title = msg("The time for the first purchase with this card is over")
    next_step = msg("If something of ours kept you from buying, ask us in your account under Questions.")


@dataclass(eq=False)
class ScheduleUnknown(Refusal):
    """No schedule has this code."""

    schedule_code: str

    code = "purchase.schedule_unknown"
    kind = Kind.CONFLICT
    title = msg("There is no class with the code {schedule_code}")
    next_step = msg("Choose a class from the catalogue; the platform may show an old list.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class ScheduleMismatch(Refusal):
    """The schedule belongs to another course."""

    course_code: str
    schedule_code: str

    code = "purchase.schedule_mismatch"
    kind = Kind.CONFLICT
    title = msg("The class {schedule_code} does not belong to the course {course_code}")
    next_step = msg("Choose the class again from the course's own page.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class CourseNotOnSale(Refusal):
    """The course is not approved for the programme."""

    course_title: str

    code = "purchase.course_not_on_sale"
    kind = Kind.CONFLICT
    title = msg("The course {course_title} is not approved for the programme at the moment")
    next_step = msg("Choose another course from the catalogue.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class InstitutionNotActive(Refusal):
    """The institution is not a partner of the programme."""

    course_title: str

    code = "purchase.institution_not_active"
    kind = Kind.CONFLICT
    title = msg("The institution of {course_title} is not a partner of the programme at the moment")
    next_step = msg("Choose a course of another institution from the catalogue.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class NotListedHere(Refusal):
    """The course is not sold on this platform."""

    course_title: str

    code = "purchase.not_listed_here"
    kind = Kind.CONFLICT
    title = msg("The course {course_title} is not sold on this platform")
    next_step = msg("The catalogue names the platforms that sell it.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class PlatformNotActive(Refusal):
    """The platform's agreement is not in force."""

    platform_code: str

    code = "purchase.platform_not_active"
    kind = Kind.CONFLICT
    title = msg("The platform {platform_code} may not sell for the programme at the moment")
    next_step = msg("Use another platform; the catalogue names those that sell your course.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class TrainingStarted(Refusal):
    """The class has begun."""

    starts_at: datetime

    code = "purchase.training_started"
    kind = Kind.CONFLICT
    title = msg("The class began at {starts_at}")
    next_step = msg("Choose a later class of this course.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class EnrolmentClosed(Refusal):
    """It is too close to the start."""

    enrolment_closes_at: datetime

    code = "purchase.enrolment_closed"
    kind = Kind.CONFLICT
    title = msg("Enrolment for this class closed at {enrolment_closes_at}")
    next_step = msg("Choose a later class of this course.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class SoldOut(Refusal):
    """No seat is left."""

    schedule_code: str

    code = "purchase.sold_out"
    kind = Kind.CONFLICT
    title = msg("Every seat of this class is taken")
    next_step = msg("Choose another class of this course or another course.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class AgeNotMet(Refusal):
    """The course asks for another age."""

    age_years: int
    min_age_years: int | None
    max_age_years: int | None

    code = "purchase.age_not_met"
    kind = Kind.CONFLICT
    title = msg("This course is for people aged {min_age_years} to {max_age_years}; you are {age_years}")
    partner_title = msg("The buyer does not meet the age condition of this course")
    next_step = msg("Choose a course without this condition.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class EducationNotMet(Refusal):
    """The course asks for a higher education."""

    min_education: str

    code = "purchase.education_not_met"
    kind = Kind.CONFLICT
    title = msg("This course asks for the education level {min_education} at least")
    partner_title = msg("The buyer does not meet the education condition of this course")
    next_step = msg("Choose a course without this condition.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class PriceMismatch(Refusal):
    """The platform asks for another price than the catalogue's."""

    amount_idr: int
    price_idr: int

    code = "purchase.price_mismatch"
    kind = Kind.CONFLICT
    title = msg("The platform asked for {amount_idr}, but the approved price is {price_idr}")
    next_step = msg("Tell the platform to correct its price; you lose nothing.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class BalanceTooLow(Refusal):
    """The balance does not cover the price; nobody may add money of their own."""

    balance_idr: int
    price_idr: int

    code = "purchase.balance_too_low"
    kind = Kind.CONFLICT
    title = msg("Your balance is {balance_idr}; the course costs {price_idr}")
    partner_title = msg("The balance of the card does not cover the price")
    next_step = msg("Choose a course that your balance covers; the price cannot be split.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class BoughtAlready(Refusal):
    """The same training cannot be bought twice."""

    course_title: str

    code = "purchase.bought_already"
    kind = Kind.CONFLICT
    title = msg("You have bought {course_title} already")
    next_step = msg("You find it in your account under My courses.")


@dataclass(eq=False)
class EarlierCourseOpen(Refusal):
    """One course after another."""

    course_title: str

    code = "purchase.earlier_course_open"
    kind = Kind.CONFLICT
    title = msg("Your course {course_title} is not finished yet")
    partner_title = msg("The buyer has an earlier course that is not finished")
    next_step = msg("Finish it first; then the next one can be bought.")


@dataclass(eq=False)
class EarlierCourseUnrated(Refusal):
    """A finished course must be rated before the next is bought."""

    course_title: str

    code = "purchase.earlier_course_unrated"
    kind = Kind.CONFLICT
    title = msg("Your finished course {course_title} is not rated yet")
    partner_title = msg("The buyer has a finished course that is not rated yet")
    next_step = msg("Rate it in your account under My courses; it takes a minute.")


@dataclass(eq=False)
class AccountOfOtherCard(Refusal):
    """The platform account has paid with another card before."""

    code = "purchase.account_of_other_card"
    kind = Kind.CONFLICT
    title = msg("This platform account belongs to another card")
    next_step = msg("Sign in to the platform with your own account and try again.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class CardOfOtherAccount(Refusal):
    """The card has been used with another account of this platform before."""

    code = "purchase.card_of_other_account"
    kind = Kind.CONFLICT
    title = msg("Your card is tied to another account on this platform")
    next_step = msg("Use the account you bought with before, or ask us in your account under Questions.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class TooManyCodes(Refusal):
    """More one-time codes were asked for than anyone needs."""

    retry_after_seconds: int

    code = "purchase.too_many_codes"
    kind = Kind.TOO_MANY
    title = msg("Too many one-time codes were asked for this card")
    next_step = msg("Wait {retry_after_seconds} seconds, then try again.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class TokenUnknown(Refusal):
    """The payment token is not one of this platform's."""

    code = "purchase.token_unknown"
    kind = Kind.CONFLICT
    title = msg("The payment token is not known")
    next_step = msg("Start the payment again to get a new token and a new code.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class TokenSpent(Refusal):
    """The payment token has paid for another invoice."""

    code = "purchase.token_spent"
    kind = Kind.CONFLICT
    title = msg("This payment token has been used for another invoice")
    next_step = msg("Start a new payment for the new invoice.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class OtpExpired(Refusal):
    """The one-time code is too old."""

    expired_at: datetime

    code = "purchase.otp_expired"
    kind = Kind.CONFLICT
    title = msg("The one-time code expired at {expired_at}")
    next_step = msg("Start the payment again; a new code comes by SMS.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class OtpWrong(Refusal):
    """The one-time code is not right."""

    tries_left: int

    code = "purchase.otp_wrong"
    kind = Kind.CONFLICT
    title = msg("The one-time code is not right; tries left: {tries_left}")
    next_step = msg("Type the six digits of the newest SMS.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class OtpTriesUsedUp(Refusal):
    """The one-time code was typed wrongly too often."""

    code = "purchase.otp_tries_used_up"
    kind = Kind.CONFLICT
    title = msg("The one-time code was typed wrongly too often and is void")
    next_step = msg("Start the payment again; a new code comes by SMS.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class InvoiceTaken(Refusal):
    """The invoice code belongs to another purchase."""

    invoice_code: str

    code = "purchase.invoice_taken"
    kind = Kind.CONFLICT
    title = msg("The invoice {invoice_code} belongs to another purchase")
    next_step = msg("Give every purchase an invoice code of its own.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class InvoiceUnknown(Refusal):
    """This platform has no purchase with this invoice."""

    invoice_code: str

    code = "purchase.invoice_unknown"
    kind = Kind.CONFLICT
    title = msg("There is no purchase with the invoice {invoice_code}")
    next_step = msg("Nothing was charged for it; the payment can be made again.")


@dataclass(eq=False)
class TransactionUnknown(Refusal):
    """This platform has no purchase with this transaction code."""

    transaction_code: str

    code = "purchase.transaction_unknown"
    kind = Kind.CONFLICT
    title = msg("There is no transaction {transaction_code}")
    next_step = msg("Compare the code with the answer to the payment.")


@dataclass(eq=False)
class InvoiceMismatch(Refusal):
    """Invoice and transaction are of different purchases."""

    invoice_code: str
    transaction_code: str

    code = "purchase.invoice_mismatch"
    kind = Kind.CONFLICT
    title = msg("The transaction {transaction_code} does not belong to the invoice {invoice_code}")
    next_step = msg("Send both codes from the same payment.")


@dataclass(eq=False)
class VoidedAlready(Refusal):
    """The purchase was cancelled before."""

    voided_at: datetime

    code = "purchase.voided_already"
    kind = Kind.CONFLICT
    title = msg("The transaction was cancelled at {voided_at}")
    next_step = msg("Nothing needs to be done: balance, seat and deadline are restored.")


@dataclass(eq=False)
class RedeemedAlready(Refusal):
    """The training has begun for this person."""

    redeemed_at: datetime

    code = "purchase.redeemed_already"
    kind = Kind.CONFLICT
    title = msg("The redeem code was used at {redeemed_at}; the purchase can no longer be cancelled")
    next_step = msg("Ask the programme office if the course is not delivered as promised.")
