"""What buying tells the person."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

OTP = Template(
    "purchase.otp",
    msg(
        "{otp} is your code to pay {amount_idr} for {course_title} at {platform_name}. "
        "Valid until {expires_at}. Tell it to nobody, not even to us."
    ),
    subject=msg("Your payment code"),
)
RECEIPT = Template(
    "purchase.receipt",
    msg(
        "{name}, you bought {course_title} for {amount_idr}. Your redeem code is {redeem_code}: "
        "you need it at the first meeting. Transaction {transaction_code}."
    ),
    subject=msg("Your course and your redeem code"),
)
GIVEN_BACK = msg("A purchase of yours was cancelled; the time in between is given back.")
"""Why a clock stood still between buying and cancelling."""
VOIDED = Template(
    "purchase.voided",
    msg(
        "{name}, the purchase of {course_title} was cancelled. {amount_idr} is back on your card, "
        "and your deadline has been given back the time in between."
    ),
    subject=msg("Purchase cancelled"),
)
CANCELLED = Template(
    "purchase.cancelled",
    msg(
        "{name}, the programme office cancelled {course_title} (class of {class_starts_at}). {why}\n\n"
        "{amount_idr} is back on your card and your place is given up. While you held it, your clock stood still for "
        "{stood_still}, and that time is yours again: you have until {deadline_at}.\n\n"
        "What you can do now: {next_step} Reference: {reference}."
    ),
    subject=msg("Cancelled: {course_title}"),
)
CANCELLED_SHORT = Template(
    "purchase.cancelled_short",
    msg(
        "{course_title} was cancelled by the programme office. {amount_idr} is back on your card, your clock was given "
        "back {stood_still}. Choose another course by {deadline_at}. More in your e-mail. {reference}"
    ),
)
CANCELLED_FREE = Template(
    "purchase.cancelled_free",
    msg(
        "{name}, the programme office cancelled {course_title} (class of {class_starts_at}). {why}\n\n"
        "It was free, so no money moves. While you held your place, your clock stood still for {stood_still}, and that "
        "time is yours again: you have until {deadline_at}.\n\n"
        "What you can do now: {next_step} Reference: {reference}."
    ),
    subject=msg("Cancelled: {course_title}"),
)
CANCELLED_FREE_SHORT = Template(
    "purchase.cancelled_free_short",
    msg(
        "{course_title} was cancelled by the programme office. Your clock was given back {stood_still}. "
        "Choose another course by {deadline_at}. More in your e-mail. {reference}"
    ),
)
