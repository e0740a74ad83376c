"""What partners are told about rules to come, what they miss, and where their courses stand."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

GAP_LIST = Template(
    "rehearsal.gap_list",
    msg(
        "{partner_name}: new rules begin on {effective_day} ({title}). Under them {items} conditions are not met yet. "
        "The list says what is missing, for which course, and what you can show. Please answer by {due_at}: {link} "
        "Whoever has this link can answer for you; keep it like a key. Nothing changes before the rules begin."
    ),
    subject=msg("What is still missing under the new rules"),
)
GAP_DECIDED = Template(
    "rehearsal.gap_decided",
    msg(
        "{partner_name}: your answers to the list {list_code} were decided. Settled: {settled}. Turned down: "
        "{rejected}. Not answered: {open}. For each one turned down the list on your desk says what to mend, and you "
        "can answer again until {due_at}."
    ),
    subject=msg("Your answers were decided"),
)
STANDINGS = Template(
    "rehearsal.standings",
    msg(
        "{partner_name}: the standing of your courses has changed. Off sale now: {left}. On sale again: {returned}. "
        "Leaving sale when new rules begin: {will_leave}. Staying on sale then: {will_stay}. {courses} "
        "Purchases already made are not affected."
    ),
    subject=msg("Where your courses stand"),
)
