"""What people are told about their account."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

SIGN_IN_CODE = Template(
    "people.sign_in_code",
    msg(
        "{otp} is your sign-in code. It works once, within {minutes} minutes. "
        "Tell it to nobody; we never ask for it by phone or chat."
    ),
    subject=msg("Your sign-in code"),
)
