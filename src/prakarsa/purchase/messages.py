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
VOIDED = Template(
    "purchase.voided",
    msg(
        "{name}, the purchase of {course_title} was cancelled. {amount_idr} is back on your card, "
        "and your deadline has been given back the time in between."
    ),
    subject=msg("Purchase cancelled"),
)
