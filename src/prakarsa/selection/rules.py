"""Who may join a wave, who is on the list of its draw, and why not. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Fact, Refusal, msg
from prakarsa.people.model import SITUATION_WORDS, Situation
from prakarsa.people.refusals import Barred
from prakarsa.people.rules import age_years, bar_words
from prakarsa.programme.model import Terms, Wave, WavePhase
from prakarsa.selection.drawing import DrawTerms
from prakarsa.selection.model import Applicant, Draw, RegistryRecord, Standing, Tier
from prakarsa.selection.refusals import (
    BadSeed,
    DecreeNumberTaken,
    ExcludedOccupation,
    HouseholdLimit,
    InFormalEducation,
    NotCitizen,
    NotDrawn,
    NotInRegistry,
    NotTargetGroup,
    PriorGrant,
    ReasonOnFile,
    ReceivesOtherAid,
    RegistryBirthDateDiffers,
    RegistryNameDiffers,
    SeedTooEarly,
    StillInWave,
    TooOld,
    TooYoung,
    WaveClosed,
    WaveNotOpenYet,
)

AID_WORDS = {
    "DTKS": msg("social assistance (DTKS)"),
    "BSU": msg("wage subsidy (BSU)"),
    "BPUM": msg("micro-business grant (BPUM)"),
}
COUNTRY_WORDS = {"ID": msg("Indonesia")}
SEED_SHORTEST, SEED_LONGEST = 8, 200
SEED_LENGTH = msg("it needs 8 to 200 characters")
SEED_SIGNS = msg("it holds a sign that cannot be printed, or a blank at its beginning or end")
SOURCE_MISSING = msg("its public source is missing or longer than 500 characters")

_AFFECTED = frozenset({Situation.LAID_OFF, Situation.FURLOUGHED, Situation.MICRO_BUSINESS})


@dataclass(frozen=True, slots=True)
class Family:
    """The others of one family card who hold a place: selected before, or on the list of a draw."""

    others: int


def tier_of(situation: str) -> Tier:
    """Who the reserved seats are for: those laid off or furloughed, and owners of micro or small businesses that
    lost income.

    Source: Permenko 11/2020 art. 2(2)-(3) and (6), the affected among the second group; programme-rules 3 and 4
    (640,000 of 800,000 seats of wave 4). The text of art. 2(6) is cut off in the copy that was read, so this list is
    ours; a business that lost no income belongs to the situation `worker`.
    """
    return Tier.AFFECTED if situation in _AFFECTED else Tier.GENERAL


def application_refusal(wave: Wave, standing: Standing, terms: Terms, now: datetime) -> Refusal | None:
    """Why a registered person may not join a wave now; None when they may.

    The earlier grant and the bar are checked again at screening, which comes later.
    Source: programme-rules 2 (IN_WAVE only while open; NOT_SELECTED joins a later wave), Permenko 11/2020 art. 17.
    """
    if wave.phase(now) is WavePhase.PLANNED:
        return WaveNotOpenYet(wave.number, wave.opens_at, wave.closes_at)
    if wave.phase(now) is WavePhase.CLOSED:
        return WaveClosed(wave.number, wave.closes_at)
    if standing.barred_reason is not None:
        return Barred(bar_words(standing.barred_reason))
    if terms.exclusion_prior_grant and standing.granted_wave is not None:
        return PriorGrant(standing.granted_wave)
    if standing.undecided_wave is not None:
        return StillInWave(standing.undecided_wave)
    return None


def screening_reasons(person: Applicant, record: RegistryRecord, terms: Terms, family: Family) -> list[Refusal]:
    """Every reason why an application is not on the list of the draw; none means that it is.

    `terms` are those of the wave's opening, so that a newer rule is not retroactive (programme-rules 3, Perpres
    76/2020). Ages are completed years on the day of applying in Jakarta. Source of each rule: its refusal.
    """
    return [
        *_identity_reasons(person, record),
        *_person_reasons(person, record, terms),
        *_exclusion_reasons(person, record, terms),
        *_place_reasons(person, terms, family),
    ]


def not_drawn(draw: Draw, region: str, tier: str, place: int) -> NotDrawn:
    """Why somebody on the list was not selected."""
    return NotDrawn(place, draw.entries, draw.last_place(region, tier))


def draw_terms(wave: Wave, terms: Terms) -> DrawTerms:
    """The seats of a wave and the share that is reserved."""
    return DrawTerms(wave.quota, terms.selection_reserved_percent, dict(wave.region_quota))


def check_seed(seed: str, source: str, *, committed_at: datetime, now: datetime) -> None:
    """A seed is printable, has a public source, and comes after the commitment. Raises BadSeed, SeedTooEarly."""
    if not SEED_SHORTEST <= len(seed) <= SEED_LONGEST:
        raise BadSeed(SEED_LENGTH)
    if not seed.isprintable() or seed != seed.strip():
        raise BadSeed(SEED_SIGNS)
    if not source.strip() or len(source) > 500 or not source.isprintable():
        raise BadSeed(SOURCE_MISSING)
    if now <= committed_at:
        raise SeedTooEarly(committed_at)


def check_decree_number(number: str) -> None:
    """A decree number is a short printable text. Raises DecreeNumberTaken."""
    if not number.strip() or len(number) > 100 or not number.isprintable():
        raise DecreeNumberTaken(number[:100] if number.isprintable() else "")


def reason_from(code: str, facts: Mapping[str, Fact]) -> Refusal:
    """The refusal that was stored as code and facts; one this release does not know is shown by its code."""
    kind = Refusal.every.get(code)
    if kind is None or {field.name for field in fields(kind)} != set(facts):
        return ReasonOnFile(code)
    return kind(**facts)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: letters and their order count; case, accents, signs and blanks do not."""
    return one == other or _letters(one) == _letters(other)


def _identity_reasons(person: Applicant, record: RegistryRecord) -> list[Refusal]:
    if not record.found:
        return [NotInRegistry()]
    reasons: list[Refusal] = []
    if not same_name(person.name, record.name):
        reasons.append(RegistryNameDiffers())
    if record.birth_date != person.birth_date:
        reasons.append(RegistryBirthDateDiffers())
    return reasons


def _person_reasons(person: Applicant, record: RegistryRecord, terms: Terms) -> list[Refusal]:
    reasons: list[Refusal] = []
    citizenships = {person.citizenship, record.citizenship} - {""}
    if citizenships != {terms.eligibility_citizenship}:
        wanted = terms.eligibility_citizenship
        reasons.append(NotCitizen(COUNTRY_WORDS.get(wanted, wanted)))
    age = age_years(person.birth_date, day_of(person.applied_at))
    if age < terms.eligibility_min_age_years:
        reasons.append(TooYoung(age, terms.eligibility_min_age_years))
    if terms.eligibility_max_age_years is not None and age > terms.eligibility_max_age_years:
        reasons.append(TooOld(age, terms.eligibility_max_age_years))
    if person.in_formal_education or record.in_formal_education:
        reasons.append(InFormalEducation())
    if person.situation not in terms.eligibility_target_groups:
        reasons.append(NotTargetGroup(_situation_words(person.situation)))
    return reasons


def _exclusion_reasons(person: Applicant, record: RegistryRecord, terms: Terms) -> list[Refusal]:
    reasons: list[Refusal] = []
    occupation = " ".join(record.occupation.upper().split())
    if any(occupation.startswith(excluded.upper()) for excluded in terms.exclusion_occupations):
        reasons.append(ExcludedOccupation(record.occupation))
    reasons += [
        ReceivesOtherAid(AID_WORDS.get(aid, aid)) for aid in terms.exclusion_other_aid if aid in record.other_aid
    ]
    if person.barred_reason is not None:
        reasons.append(Barred(bar_words(person.barred_reason)))
    if terms.exclusion_prior_grant and person.granted_wave is not None:
        reasons.append(PriorGrant(person.granted_wave))
    return reasons


def _place_reasons(person: Applicant, terms: Terms, family: Family) -> list[Refusal]:
    most = terms.eligibility_max_per_kk
    return [HouseholdLimit(most)] if most is not None and family.others >= most else []


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Jakarta."""
    return moment.astimezone(JAKARTA).date()


def _situation_words(situation: str) -> str:
    return SITUATION_WORDS[Situation(situation)] if situation in set(Situation) else situation


def _letters(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if sign.isalnum())
