"""What must always be true of partners (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import stated
from prakarsa.kernel.refusal import msg
from prakarsa.partner.store import sql

INVARIANTS = (
    stated(
        msg("Platforms and institutions that belong together are known as such"),
        msg("who owns whom and the table of affiliations do not agree about {institution}"),
        sql["audit_affiliation"],
    ),
    recorded(
        msg("Every partner and every key is in the journal"),
        sql["audit_states"],
        "partner.registered",
        "partner.key_issued",
    ),
    recorded(
        msg("Every way into a partner's desk is in the journal"),
        sql["audit_desk_links"],
        "partner.desk_link_issued",
    ),
)
