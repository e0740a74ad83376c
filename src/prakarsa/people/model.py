"""Values of people: who registers, how to reach them, who works in the programme office."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from prakarsa.kernel.refusal import msg


class Education(StrEnum):
    """The last school somebody finished, in ascending order."""

    NONE = "none"
    """No school finished."""
    SD = "sd"
    """Primary school (sekolah dasar) or its equivalent."""
    SMP = "smp"
    """Junior secondary school (sekolah menengah pertama) or its equivalent."""
    SMA = "sma"
    """Senior secondary or vocational school (SMA, SMK) or its equivalent."""
    DIPLOMA = "diploma"
    """A diploma course of one to four years."""
    SARJANA = "sarjana"
    """A first university degree."""
    PASCASARJANA = "pascasarjana"
    """A second or third university degree."""


EDUCATION_WORDS = {
    Education.NONE: msg("No school finished"),
    Education.SD: msg("Primary school (SD)"),
    Education.SMP: msg("Junior secondary school (SMP)"),
    Education.SMA: msg("Senior secondary or vocational school (SMA or SMK)"),
    Education.DIPLOMA: msg("Diploma (D1 to D4)"),
    Education.SARJANA: msg("First degree (S1)"),
    Education.PASCASARJANA: msg("Second or third degree (S2 or S3)"),
}


class Situation(StrEnum):
    """What somebody lives from: the target groups of Permenko 11/2020 art. 2(2)-(3) (programme-rules 3)."""

    JOB_SEEKER = "job_seeker"
    """Has no work and looks for it, without having been laid off."""
    LAID_OFF = "laid_off"
    """Lost a job through the employer (pemutusan hubungan kerja)."""
    FURLOUGHED = "furloughed"
    """Has a job but was sent home without full pay (dirumahkan)."""
    WORKER = "worker"
    """Works, for a wage or not, and needs better skills."""
    MICRO_BUSINESS = "micro_business"
    """Runs a micro or small business that lost income in the crisis."""


SITUATION_WORDS = {
    Situation.JOB_SEEKER: msg("I am looking for work"),
    Situation.LAID_OFF: msg("I was laid off"),
    Situation.FURLOUGHED: msg("I was sent home without full pay (furloughed)"),
    Situation.WORKER: msg("I work and need better skills"),
    Situation.MICRO_BUSINESS: msg("I run a micro or small business that lost income"),
}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What somebody says of themselves when registering. Sex and province are read from the NIK."""

    name: str
    birth_date: date
    nik: str
    kk: str
    phone: str
    email: str
    education: str
    situation: str
    in_formal_education: bool = False
    citizenship: str = "ID"
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration that has passed every check: texts in their one stored form, the NIK read."""

    name: str
    birth_date: date
    sex: str
    province_code: str
    nik: str
    kk: str
    phone: str
    email: str
    education: str
    situation: str
    in_formal_education: bool
    citizenship: str
    language: str


@dataclass(frozen=True, slots=True)
class Person:
    """A registered person, without the sealed fields. `public_id` may be shown; it says nothing about its owner."""

    person_id: int
    public_id: str
    name: str
    birth_date: date
    sex: str
    province_code: str
    education: str
    situation: str
    in_formal_education: bool
    citizenship: str
    language: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person, unsealed: for messages and for the person alone. Never for logs or the journal."""

    person_id: int
    name: str
    phone: str
    email: str
    language: str


class Role(StrEnum):
    """What a member of staff may do; the doors keep the map of permissions."""

    OFFICER = "officer"
    """Runs waves, answers people, places holds."""
    CURATOR = "curator"
    """Approves courses and partners."""
    ASSESSOR = "assessor"
    """Scores courses as an expert, independently of other assessors."""
    MONITOR = "monitor"
    """Observes classes and writes down what is not as promised."""
    FINANCE = "finance"
    """Runs payouts and reconciliation."""
    AUDITOR = "auditor"
    """Reads everything, changes nothing."""
    ADMIN = "admin"
    """Hires staff and loads policy."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A member of staff to be hired; the second factor is made for them."""

    email: str
    name: str
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff."""

    staff_id: int
    email: str
    name: str
    role: Role
