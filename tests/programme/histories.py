"""The parameter history of programme-rules section 16, as far as rules of ours use it, for tables and properties."""

from dataclasses import dataclass
from datetime import date

ONLINE = ("self_paced", "webinar")
EVERYWHERE = ("self_paced", "webinar", "in_person")
AID = ("DTKS", "BSU", "BPUM")


@dataclass(frozen=True)
class Column:
    """One column of the table: a wave of its cohort on a day of its period, in the scheme of its time."""

    heading: str
    scheme: str
    wave: int
    on: date


COLUMNS = (
    Column("2020-04", "prakerja-2020", 1, date(2020, 5, 1)),
    Column("2020-08", "prakerja-2020", 4, date(2020, 8, 16)),
    Column("2021", "prakerja-2020", 12, date(2021, 3, 1)),
    Column("2022", "prakerja-2020", 30, date(2022, 6, 1)),
    Column("2023-24", "prakerja-2023", 48, date(2023, 3, 1)),
)
CELLS: dict[str, tuple[object, object, object, object, object]] = {
    "training_balance_idr": (1_000_000, 1_000_000, 1_000_000, 1_000_000, 3_500_000),
    "incentive_count": (4, 4, 4, 4, 1),
    "incentive_amount_idr": (600_000, 600_000, 600_000, 600_000, 600_000),
    "survey_count": (3, 3, 3, 3, 2),
    "survey_amount_idr": (50_000, 50_000, 50_000, 50_000, 50_000),
    "first_purchase_deadline_days": (30, 30, 30, 30, 15),
    "next_purchase_deadline_days": (None, None, None, None, 15),
    # "not found" in the two last columns: no day earlier than the last day of use
    "balance_last_purchase": ("12-15", "12-15", "11-30", None, None),
    "course_bundles_allowed": (True, False, False, False, False),
    "course_requires_interactive": (False, True, True, True, True),
    "course_block_affiliated": (False, True, True, True, True),
    # "reasonable" is no number; "not found" in 2023 leaves the cap where it was
    "settlement_max_commission_percent": (None, 15, 15, 15, 15),
    "exclusion_other_aid": (AID, AID, AID, AID, ()),
    "eligibility_max_per_kk": (None, None, 2, 2, 2),
    "eligibility_max_age_years": (None, None, None, None, 64),
    # all re-apply
    "institution_approved_since": (None, None, None, None, "2023-01-01"),
    "course_delivery_modes": (ONLINE, EVERYWHERE, ONLINE, ONLINE, EVERYWHERE),
}
"""By parameter, one value per column. Rows of the table that no built rule uses are left out: how offline registration,
rating collection and the face check were done.
"""


def written(value: object) -> object:
    """A value as a policy file writes it."""
    if value is None:
        return "none"
    return list(value) if isinstance(value, tuple) else value
