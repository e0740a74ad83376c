"""What must always be true of rehearsals (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg
from prakarsa.rehearsal.store import sql

INVARIANTS = (
    recorded(
        msg("Every dry run kept, every gap asked, answered and decided is in the journal"),
        sql["audit_gaps"],
        "rehearsal.dry_run_kept",
        "rehearsal.gap_list_made",
        "rehearsal.gap_answered",
        "rehearsal.gap_accepted",
        "rehearsal.gap_rejected",
        "rehearsal.gap_met",
        "rehearsal.gap_dropped",
    ),
    stated(
        msg("Every item of a gap list stands where its last answer left it"),
        msg("it is {state}, its last answer is {told}"),
        sql["audit_gap_states"],
    ),
    stated(
        msg("Every course recorded as off sale left it in the journal, with its cause"),
        msg("the journal does not say that it left under {rule_set}"),
        sql["audit_standings"],
    ),
    recorded(
        msg("Every step of a mass action is in the journal"),
        sql["audit_mass_actions"],
        "rehearsal.mass_planned",
        "rehearsal.mass_confirmed",
        "rehearsal.mass_withdrawn",
        "rehearsal.mass_undone",
    ),
    stated(
        msg("Every item a mass action changed is in the journal"),
        msg("{course} is said to be {state}, which the journal does not know of"),
        sql["audit_mass_items"],
    ),
)
