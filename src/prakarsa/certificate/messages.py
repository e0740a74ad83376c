"""What the certificate room tells people."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

ISSUED = Template(
    "certificate.issued",
    msg(
        "{name}, you completed {course_title}. Your certificate has the number {number}. Anyone can check it at {url}. "
        "Rate the course in your account: the incentive is paid after that."
    ),
    subject=msg("Your certificate"),
)
REVOKED = Template(
    "certificate.revoked",
    msg(
        "{name}, your certificate {number} for {course_title} was withdrawn: {reason}. "
        "If you think this is wrong, open a complaint in your account."
    ),
    subject=msg("Your certificate was withdrawn"),
)
