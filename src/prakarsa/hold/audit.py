"""What must always be true of holds (design, Invariants)."""

from prakarsa.hold.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    recorded(
        msg("Everything done to a hold is in the journal"),
        sql["audit_states"],
        "hold.placed",
        "hold.lifted",
        "hold.proposed",
        "hold.confirmed",
        "hold.rejected",
        "hold.reviewed",
        "hold.answered",
        "hold.appealed",
        "hold.appeal_decided",
    ),
    stated(
        msg("Every hold ends by itself if nobody ends it"),
        msg("no moment at which it is over"),
        sql["audit_open_ended"],
    ),
    stated(
        msg("Two people answer for every hold that needs two"),
        msg("only {placed_by} answers for it"),
        sql["audit_two_people"],
    ),
    stated(
        msg("Nobody decides an appeal against their own hold, and an upheld appeal ends the hold"),
        msg("see the appeal {statement}"),
        sql["audit_appeals"],
    ),
    stated(
        msg("A hold promises its next word by the day its newest review named"),
        msg("it says {review_at}"),
        sql["audit_reviews"],
    ),
)
