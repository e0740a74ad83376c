"""Values of the programme: terms in force, parameters as dated rows, waves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum


@dataclass(frozen=True, slots=True)
class Terms:
    """Every policy parameter in force for one wave at one moment. Names are the names in a scheme file.

    A default says what was true before the parameter existed, for schemes that were loaded earlier.
    """

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
    next_purchase_deadline_days: int | None = None
    balance_last_purchase: str | None = None
    course_delivery_modes: tuple[str, ...] = ("self_paced", "webinar", "in_person")
    course_completion_required: bool = True
    course_requires_curriculum: bool = True
    course_requires_evaluation: bool = True
    course_requires_presence_log: bool = True
    course_allow_affiliated_free: bool = True
    institution_requires_platform_contract: bool = False
    institution_min_age_years: int = 0
    institution_pipeline: tuple[str, ...] = ()
    institution_approved_since: str | None = None
    platform_min_province_percent: int = 0
    platform_requires_certified_integration: bool = False
    curation_sla_days: int = 21
    curation_pass_percent: int = 70
    curation_score_gap_percent: int = 15
    monitoring_findings_for_review: int = 3
    hold_four_eyes_scopes: tuple[str, ...] = ()
    hold_answer_days: int = 0
    hold_appeal_days: int = 14
    payout_link_by: str | None = None
    survey_open_after_days: tuple[int, ...] = (30, 90, 90)
    survey_answer_by: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of one parameter, for a range of waves, from a day to a day (exclusive), on a legal basis.

    `effective_*` say which days it speaks for, `known_*` when it counted: a founding row always, a row of a change from
    its approval to its revocation. `legal_basis` is the sentence people read; instrument, article and version are the
    same in parts.
    """

    name: str
    value: object
    first_wave: int
    last_wave: int | None
    effective_from: date
    effective_to: date | None
    legal_basis: str
    source: str
    instrument: str = ""
    article: str = ""
    instrument_version: str = ""
    change_code: str | None = None
    known_from: datetime | None = None
    known_until: datetime | None = None
    author: str | None = None
    approver: str | None = None

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

    def known(self, now: datetime) -> bool:
        """Whether this row counted at that moment."""
        return (self.known_from is None or self.known_from <= now) and (
            self.known_until is None or now < self.known_until
        )


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as loaded; `source_file` is the file it was last loaded from.

    Author and approver are empty for a scheme that was loaded before two people had to answer for it.
    """

    scheme: str
    title: str
    source_file: str
    loaded_at: datetime
    author: str | None = None
    approver: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme as written in its file."""

    scheme: str
    title: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """A change of a scheme as written in its file. `retroactive_leave` names who allows it to reach back."""

    scheme: str
    title: str
    retroactive_leave: str | None
    parameters: tuple[Parameter, ...]

    @property
    def effective_from(self) -> date:
        """The first day it speaks for."""
        return min(parameter.effective_from for parameter in self.parameters)


class ChangeState(StrEnum):
    """Where a change stands."""

    PROPOSED = "proposed"
    """Written by one person, waiting for another."""
    APPROVED = "approved"
    """Counts from its approval on."""
    WITHDRAWN = "withdrawn"
    """Taken back before anybody approved it; it never counted."""
    REVOCATION_PROPOSED = "revocation_proposed"
    """Approved; one person wants it taken back, and another has to agree."""
    REVOKED = "revoked"
    """Counted from its approval to its revocation; what it decided meanwhile stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a scheme: its rows, its file as written, and the people who answer for it."""

    change_id: int
    change_code: str
    scheme: str
    title: str
    file_text: str
    retroactive_leave: str | None
    author: str
    proposed_at: datetime
    approver: str | None
    approved_at: datetime | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    revocation_author: str | None
    revocation_reason: str | None
    revoked_by: str | None
    revoked_at: datetime | None
    effective_from: date
    parameters: tuple[Parameter, ...] = ()

    @property
    def state(self) -> ChangeState:
        """Where it stands."""
        if self.withdrawn_at is not None:
            return ChangeState.WITHDRAWN
        if self.revoked_at is not None:
            return ChangeState.REVOKED
        if self.approved_at is None:
            return ChangeState.PROPOSED
        return ChangeState.REVOCATION_PROPOSED if self.revocation_author is not None else ChangeState.APPROVED

    @property
    def in_force(self) -> bool:
        """Whether its rows count from now on."""
        return self.state in {ChangeState.APPROVED, ChangeState.REVOCATION_PROPOSED}


@dataclass(frozen=True, slots=True)
class Effect:
    """One row of a change beside what was in force where it speaks: each earlier value once."""

    after: Parameter
    before: tuple[object, ...]

    @property
    def changes(self) -> bool:
        """Whether some wave on some day gets another value."""
        return self.before != (self.after.value,)


@dataclass(frozen=True, slots=True)
class Difference:
    """One parameter that is not the same on two sides; a side without the parameter has None."""

    name: str
    before: Parameter | None
    after: Parameter | None


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
