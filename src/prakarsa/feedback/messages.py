"""What people are told about surveys."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

SURVEY = Template(
    "feedback.survey",
    msg(
        "{name}, {out_of} survey(s) wait for you, the first from {opens_at}. Each is a few questions and earns "
        "{amount_idr}; what you answer does not change what you are paid. Open them in your account."
    ),
    subject=msg("Surveys about your training"),
)
