"""What a card tells its owner."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

ISSUED = Template(
    "card.issued",
    msg(
        "{name}, you are selected in wave {wave_number}. Your card holds {balance_idr} for training. "
        "Buy your first course by {deadline_at}. Your card number is in your account; tell it to nobody."
    ),
    subject=msg("You are selected"),
)
REVOKED = Template(
    "card.revoked",
    msg(
        "{name}, your card ended because no course was bought by {deadline_at}. "
        "If you think this is wrong, ask us in your account."
    ),
    subject=msg("Your card has ended"),
)
