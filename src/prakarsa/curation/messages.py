"""What institutions are told."""

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import msg

APPROVED = Template(
    "curation.course_approved",
    msg(
        "The course {title} ({course_code}) was approved with {result_percent} percent. It can be listed on platforms."
    ),
    subject=msg("Your course was approved"),
)
REJECTED = Template(
    "curation.course_rejected",
    msg(
        "The course {title} ({course_code}) was not approved: {reason}. There are {count} things to mend, each with "
        "its reason: {items}. Mend them, answer each, and hand the course in again ({round_code})."
    ),
    subject=msg("Your course needs mending"),
)
STEP_PASSED = Template(
    "curation.step_passed",
    msg("{step}: passed ({application_code}). Next: {next}."),
    subject=msg("A step of your application was passed"),
)
STEP_REJECTED = Template(
    "curation.step_rejected",
    msg(
        "{step}: not passed ({application_code}): {reason}. There are {count} things to mend: {items}. Answer each, "
        "and hand in again."
    ),
    subject=msg("Your application needs mending"),
)
REVIEW_OPENED = Template(
    "curation.review_opened",
    msg(
        "Monitors found that the course {title} ({course_code}) is not as promised: {items}. The programme office "
        "looks at it by {due_at} ({review_code}). You may send what speaks for you until then."
    ),
    subject=msg("Your course is being reviewed"),
)
REVIEW_CLOSED = Template(
    "curation.review_closed",
    msg("The review {review_code} of the course {title} ({course_code}) is closed and nothing follows: {words}"),
    subject=msg("The review of your course is closed"),
)
REVIEW_IMPROVE = Template(
    "curation.review_improve",
    msg("The course {title} ({course_code}) has to be put right by {improve_by_at}: {words} ({review_code})."),
    subject=msg("Your course has to be put right"),
)
REVIEW_HELD = Template(
    "curation.review_held",
    msg(
        "Selling the course {title} ({course_code}) is on hold ({hold_code}): {words} You may answer and appeal; those "
        "who bought it finish it."
    ),
    subject=msg("Your course is on hold"),
)
