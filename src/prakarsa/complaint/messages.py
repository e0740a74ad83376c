"""What complaints tell people."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

ANSWERED = Template(
    "complaint.answered",
    msg(
        "{name}, here is the answer to your complaint {number}:\n\n{answer}\n\nAll your complaints are in your account."
    ),
    subject=msg("Answer to your complaint"),
)
