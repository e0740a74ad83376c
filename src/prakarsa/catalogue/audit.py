"""What must always be true of courses and classes (design, Invariants)."""

from prakarsa.catalogue.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg

INVARIANTS = (
    stated(
        msg("Every course stands where the journal last moved it"),
        msg("it is {state}, the journal says {told}"),
        sql["audit_decisions"],
    ),
    stated(
        msg("A course is on sale where the journal says so"),
        msg("listing on {platform} and journal do not agree"),
        sql["audit_listings"],
    ),
    stated(
        msg("A course says what was attested about it last"),
        msg("{fact} is not what was attested"),
        sql["audit_attestations"],
    ),
    recorded(
        msg("Every course, every class and every attestation is in the journal"),
        sql["audit_states"],
        "catalogue.attested",
        "catalogue.course_registered",
        "catalogue.schedule_added",
    ),
)
