"""What people who were not selected are told; those selected hear from the card room when the card is issued."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

NOT_DRAWN = Template(
    "selection.not_drawn",
    msg(
        "{name}, you were not selected in wave {wave_number}. The draw gave you place {place} of {entries}; the last "
        "place selected in your group was {last_place}. You can join the next wave."
    ),
    subject=msg("The result of your application"),
)
EXCLUDED = Template(
    "selection.excluded",
    msg(
        "{name}, your application for wave {wave_number} was not in the draw. Reason: {reasons}. What you can do is "
        "written in your account."
    ),
    subject=msg("The result of your application"),
)
