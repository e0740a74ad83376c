"""Values of selection: applications, what screening looks at, the draw, the decree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.selection.drawing import AFFECTED, GENERAL, NOT_SELECTED, SELECTED, DrawTerms


@dataclass(frozen=True, slots=True)
class RegistryRecord:
    """What the civil registry and the beneficiary registry hold about one NIK."""

    found: bool
    name: str = ""
    birth_date: date | None = None
    citizenship: str = ""
    occupation: str = ""
    in_formal_education: bool = False
    other_aid: tuple[str, ...] = ()
    version: str = ""  # data version of the registry answer, kept with the decision


class CivilRegistry(Protocol):
    """Whoever can tell what the registries hold."""

    def look_up(self, niks: Sequence[str]) -> Mapping[str, RegistryRecord]:
        """Answers for all NIKs, or raises RegistryUnavailable."""


class Tier(StrEnum):
    """Who the reserved seats of a wave are for."""

    AFFECTED = AFFECTED
    """Lost work or income in the crisis: the reserved seats are theirs first."""
    GENERAL = GENERAL
    """Everybody else."""


class State(StrEnum):
    """Where an application stands."""

    APPLIED = "applied"
    """Received, not yet checked against the registries."""
    EXCLUDED = "excluded"
    """Checked, and at least one rule keeps it out of the draw."""
    ELIGIBLE = "eligible"
    """Checked, and on the list of the draw."""
    SELECTED = SELECTED
    """Drawn."""
    NOT_SELECTED = NOT_SELECTED
    """On the list, but the seats went to others."""


STATE_WORDS = {
    State.APPLIED: msg("We have your application and will check your data"),
    State.EXCLUDED: msg("Your application cannot take part in the draw"),
    State.ELIGIBLE: msg("Your data are right: you take part in the draw"),
    State.SELECTED: msg("You are selected"),
    State.NOT_SELECTED: msg("You were not selected this time"),
}


@dataclass(frozen=True, slots=True)
class NewApplication:
    """A person asks to join a wave."""

    person_id: int
    wave_number: int


@dataclass(frozen=True, slots=True)
class Application:
    """A person in a wave. The public id stands on the public list and is fresh for every wave."""

    application_id: int
    public_id: str
    wave_number: int
    person_id: int
    region: str
    tier: Tier
    applied_at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a registered person may join a wave."""

    person_id: int
    region: str
    situation: str
    barred_reason: str | None
    granted_wave: int | None
    undecided_wave: int | None
    application: Application | None


@dataclass(frozen=True, slots=True)
class Applicant:
    """What screening looks at of one application, besides the registries."""

    application_id: int
    public_id: str
    person_id: int
    applied_at: datetime
    name: str
    birth_date: date
    situation: str
    in_formal_education: bool
    citizenship: str
    kk_index: bytes
    barred_reason: str | None
    granted_wave: int | None


@dataclass(frozen=True, slots=True)
class Screened:
    """How one application came out of screening: no reasons means that it is eligible."""

    applicant: Applicant
    reasons: tuple[Refusal, ...]
    registry_version: str

    @property
    def state(self) -> State:
        """Excluded for any reason, eligible for none."""
        return State.EXCLUDED if self.reasons else State.ELIGIBLE


@dataclass(frozen=True, slots=True)
class Draw:
    """The draw of a wave as far as it has come: committed, seeded, drawn."""

    wave_number: int
    terms: DrawTerms
    entries: int
    list_sha256: str
    entries_sha256: str
    committed_at: datetime
    seed: str | None
    seed_source: str | None
    seeded_at: datetime | None
    drawn_at: datetime | None
    selected: int | None
    last_places: Mapping[str, int]

    def last_place(self, region: str, tier: str) -> int | None:
        """The last place selected among applications of this region and tier; None when none was."""
        return self.last_places.get("|".join(self.terms.group(region, tier)))


@dataclass(frozen=True, slots=True)
class DrawResult:
    """How many were on the list, and how many of them are selected."""

    wave_number: int
    entries: int
    selected: int


@dataclass(frozen=True, slots=True)
class Decree:
    """The beneficiary decree (SK-PKP). Amounts are rupiah for each person (PMK 25/2020; programme-rules 4)."""

    wave_number: int
    number: str
    decreed_at: datetime
    decreed_by: str
    persons: int
    training_idr: int
    incentive_idr: int
    survey_idr: int

    @property
    def training_total_idr(self) -> int:
        """Training balances of everybody together."""
        return self.persons * self.training_idr

    @property
    def incentive_total_idr(self) -> int:
        """Incentives and survey incentives of everybody together."""
        return self.persons * (self.incentive_idr + self.survey_idr)

    @property
    def total_idr(self) -> int:
        """What the decree releases."""
        return self.training_total_idr + self.incentive_total_idr


@dataclass(frozen=True, slots=True)
class MyApplication:
    """One application as its owner sees it, with every reason why it was not selected."""

    application_id: int
    public_id: str
    wave_number: int
    applied_at: datetime
    state: State
    reasons: tuple[Refusal, ...]
    place: int | None
    entries: int | None
