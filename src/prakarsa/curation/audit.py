"""What must always be true of curation (design, Invariants)."""

from prakarsa.curation.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg

PROBLEMS = (
    msg("fewer than two scores"),
    msg("scored by somebody with a tie to the institution"),
    msg("decided by one of its assessors"),
)
"""What `audit_independent.sql` finds, marked here for the translators."""
INVARIANTS = (
    stated(
        msg("A course approved by experts has two scores of different people without a tie to its institution"),
        "{problem}",
        sql["audit_independent"],
    ),
    stated(
        msg("A score is the weighted share of its marks"),
        msg("{kept} tenths of a percent are kept, the marks give {marked}"),
        sql["audit_scores"],
    ),
    stated(
        msg("A course in assessment is decided there and nowhere else"),
        msg("it does not stand where {round} left it"),
        sql["audit_bypassed"],
    ),
    stated(
        msg("The weights of the indicators add up to 100"),
        msg("those of version {version} add up to {sum}"),
        sql["audit_weights"],
    ),
    recorded(
        msg("Every assessment, step, observation and review is in the journal"),
        sql["audit_states"],
        "curation.indicators_loaded",
        "curation.round_opened",
        "curation.round_approved",
        "curation.round_rejected",
        "curation.assessor_called",
        "curation.scored",
        "curation.interest_declared",
        "curation.application_opened",
        "curation.step_passed",
        "curation.step_rejected",
        "curation.observed",
        "curation.review_opened",
    ),
)
