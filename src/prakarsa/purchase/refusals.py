"""Every condition of buying that may not hold: what keeps this card from this course now."""

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
class LastPurchaseDayOver(Refusal):
    """The year's last day of buying is over, before the last day of use (programme-rules 5)."""

    last_purchase_at: datetime

    code = "purchase.last_purchase_day_over"
    kind = Kind.CONFLICT
    title = msg("This year courses could be bought until {last_purchase_at}")
    next_step = msg(
        "Courses you have bought go on as planned. The rest of the balance goes back to the state; "
        "nothing needs to be done."
    )


@dataclass(eq=False)
class NextPurchaseTooLate(Refusal):
    """The next-purchase clock has run out (programme-rules 7.1)."""

    deadline_at: datetime

    code = "purchase.next_purchase_too_late"
    kind = Kind.CONFLICT
    title = msg("After your last course the next one had to be bought by {deadline_at}")
    partner_title = msg("The time for the next purchase with this card is over")
    next_step = msg(
        "Your finished courses, certificates and payments stay as they are. "
        "If something of ours kept you from buying, ask us in your account under Questions."
    )


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
class CourseMissesCondition(Refusal):
    """The course misses a condition of the rules in force for the card's wave (programme-rules 6.1)."""

    course_title: str
    condition: str

    code = "purchase.course_misses_condition"
    kind = Kind.CONFLICT
    title = msg("The course {course_title} does not meet a rule that is in force: {condition}")
    next_step = msg(
        "It is not you and not your card. Choose another course: the catalogue shows those that can be bought today."
    )
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
class AffiliatedSeller(Refusal):
    """Seller and trainer belong together, and the course is not free (Permenko 11/2020 art. 36(5))."""

    course_title: str

    code = "purchase.affiliated_seller"
    kind = Kind.CONFLICT
    title = msg("The course {course_title} may not be sold by a platform that belongs together with its institution")
    next_step = msg("Buy it on another platform, or choose another course; the catalogue names who sells what.")
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
class ProbeBuysNothing(Refusal):
    """The card belongs to a probe, which walks up to the payment and never pays."""

    code = "purchase.probe_buys_nothing"
    kind = Kind.CONFLICT
    title = msg("This card only tests whether courses can be bought; nothing was charged")
    next_step = msg("Nothing needs to be done. Cards of people are not affected.")
