"""Values of the programme: terms in force, parameters as dated rows, waves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


@dataclass(frozen=True, slots=True)
class Terms:
    """Every policy parameter in force for one wave at one moment. Names are the names in a scheme file."""

    training_balance_idr: int
    incentive_amount_idr: int
    incentive_count: int
    incentive_interval_months: int
    survey_amount_idr: int
    survey_count: int
    first_purchase_deadline_days: int
    balance_use_by: str
    purchase_sequential: bool
    rating_required_before_next_purchase: bool
    rating_required_for_payout: bool
    otp_ttl_minutes: int
    otp_tries: int
    deadline_pause_on_hold: bool
    redeem_window_before_minutes: int
    redeem_window_after_minutes: int
    attendance_min_percent: int
    enrolment_close_days_online: int
    enrolment_close_days_in_person: int
    eligibility_citizenship: str
    eligibility_min_age_years: int
    eligibility_max_age_years: int | None
    eligibility_max_per_kk: int | None
    eligibility_target_groups: tuple[str, ...]
    exclusion_occupations: tuple[str, ...]
    exclusion_other_aid: tuple[str, ...]
    exclusion_prior_grant: bool
    selection_reserved_percent: int
    course_requires_interactive: bool
    course_free_equivalent_prohibited: bool
    course_bundles_allowed: bool
    course_block_affiliated: bool
    course_requires_expert: bool
    settlement_max_commission_percent: int | None
    complaint_answer_hours: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of one parameter, for a range of waves, from a day to a day (exclusive), on a legal basis."""

    name: str
    value: object
    first_wave: int
    last_wave: int | None
    effective_from: date
    effective_to: date | None
    legal_basis: str
    source: str

    def covers(self, wave_number: int, on: date) -> bool:
        """Whether this row speaks for that wave on that day."""
        return (
            self.first_wave <= wave_number
            and (self.last_wave is None or wave_number <= self.last_wave)
            and self.effective_from <= on
            and (self.effective_to is None or on < self.effective_to)
        )

    def overlaps(self, other: "Parameter") -> bool:
        """Whether both rows would speak for some wave on some day."""
        return (
            (other.last_wave is None or self.first_wave <= other.last_wave)
            and (self.last_wave is None or other.first_wave <= self.last_wave)
            and self.effective_from < (other.effective_to or date.max)
            and other.effective_from < (self.effective_to or date.max)
        )


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as loaded; `source_file` is the file it was last loaded from."""

    scheme: str
    title: str
    source_file: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme as written in its file."""

    scheme: str
    title: str
    parameters: tuple[Parameter, ...]


class WavePhase(Enum):
    """Where a wave stands; a function of the clock, never stored."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class WavePlan:
    """A wave to be opened. `region_quota` gives seats per province code; empty means one national quota."""

    number: int
    scheme: str
    opens_at: datetime
    closes_at: datetime
    quota: int
    budget_year: int
    region_quota: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave of applications."""

    wave_id: int
    number: int
    scheme: str
    opens_at: datetime
    closes_at: datetime
    quota: int
    region_quota: dict[str, int]
    budget_year: int
    budget_account_id: int

    def phase(self, now: datetime) -> WavePhase:
        """Planned, open or closed at that moment; the closing second itself is closed."""
        if now < self.opens_at:
            return WavePhase.PLANNED
        return WavePhase.OPEN if now < self.closes_at else WavePhase.CLOSED
