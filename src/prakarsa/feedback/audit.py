"""What must always be true of ratings (design, Invariants)."""

from prakarsa.feedback.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    stated(
        msg("A purchase counts as rated when it has a rating"),
        msg("its mark and its rating do not agree"),
        sql["audit_rated"],
    ),
    recorded(
        msg("Every rating is in the journal"),
        sql["audit_states"],
        "feedback.rated",
    ),
    recorded(
        msg("Every answered survey is in the journal"),
        sql["audit_surveys"],
        "feedback.survey_answered",
    ),
)
