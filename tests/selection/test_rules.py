"""Each rule of screening keeps out whom it names and nobody else, and every reason is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.words import refusal_words
from prakarsa.people.model import SITUATION_WORDS, Situation
from prakarsa.people.refusals import Barred
from prakarsa.people.rules import BAR_WORDS
from prakarsa.programme import rules as programme_rules
from prakarsa.programme.actions import read_scheme_file
from prakarsa.programme.model import Terms, Wave
from prakarsa.selection import rules
from prakarsa.selection.model import Applicant, RegistryRecord, Standing, Tier
from prakarsa.selection.refusals import (
    BadSeed,
    ExcludedOccupation,
    HouseholdLimit,
    InFormalEducation,
    NotCitizen,
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

BORN = date(1990, 5, 17)
APPLIED = datetime(2020, 8, 9, 5, 0, tzinfo=UTC)
APPLIED_2023 = datetime(2023, 2, 17, 5, 0, tzinfo=UTC)
HALF_DAY = timedelta(hours=12)


def terms_of(scheme: str, wave_number: int, on: date) -> Terms:
    return programme_rules.terms_in_force(read_scheme_file(scheme).parameters, wave_number, on)


TERMS = terms_of("prakerja-2020", 4, date(2020, 8, 8))
LATER = terms_of("prakerja-2020", 12, date(2021, 2, 23))
NORMAL = terms_of("prakerja-2023", 48, date(2023, 2, 17))


def an_applicant(**bend: Any) -> Applicant:
    good = Applicant(1, "APP1", 1, APPLIED, "Siti Nur'aini", BORN, "job_seeker", False, "ID", b"kk", None, None)
    return replace(good, **bend)


def a_record(**bend: Any) -> RegistryRecord:
    good = RegistryRecord(True, "SITI NURAINI", BORN, "ID", "BELUM/TIDAK BEKERJA", False, (), "v1")
    return replace(good, **bend)


@pytest.mark.parametrize(
    ("applicant", "record", "terms", "others", "expected"),
    [
        pytest.param({}, {}, TERMS, 0, [], id="passes"),
        pytest.param({"name": "SITI  NUR’AINI"}, {}, TERMS, 0, [], id="case, signs and blanks are no difference"),
        pytest.param({}, {"found": False}, TERMS, 0, [NotInRegistry()], id="unknown to the registry"),
        pytest.param({}, {"name": "Siti Noeraini"}, TERMS, 0, [RegistryNameDiffers()], id="old spelling"),
        pytest.param({}, {"name": "Nuraini Siti"}, TERMS, 0, [RegistryNameDiffers()], id="words swapped"),
        pytest.param({}, {"birth_date": date(1989, 5, 17)}, TERMS, 0, [RegistryBirthDateDiffers()], id="birth date"),
        pytest.param({}, {"birth_date": None}, TERMS, 0, [RegistryBirthDateDiffers()], id="no birth date there"),
        pytest.param({}, {"citizenship": "MY"}, TERMS, 0, [NotCitizen("Indonesia")], id="foreign by the registry"),
        pytest.param({"citizenship": "MY"}, {}, TERMS, 0, [NotCitizen("Indonesia")], id="foreign by own word"),
        pytest.param({}, {"citizenship": ""}, TERMS, 0, [], id="registry silent about citizenship"),
        pytest.param({"in_formal_education": True}, {}, TERMS, 0, [InFormalEducation()], id="student by own word"),
        pytest.param({}, {"in_formal_education": True}, TERMS, 0, [InFormalEducation()], id="student by the registry"),
        pytest.param(
            {},
            {"occupation": "Pegawai  Negeri Sipil (PNS)"},
            TERMS,
            0,
            [ExcludedOccupation("Pegawai  Negeri Sipil (PNS)")],
            id="civil servant",
        ),
        pytest.param(
            {},
            {"occupation": "ANGGOTA DPRD KABUPATEN/KOTA"},
            TERMS,
            0,
            [ExcludedOccupation("ANGGOTA DPRD KABUPATEN/KOTA")],
            id="regional parliament",
        ),
        pytest.param({}, {"occupation": "KARYAWAN BUMN"}, TERMS, 0, [], id="an employee of a state enterprise"),
        pytest.param({}, {"occupation": "ISTRI KEPALA DESA"}, TERMS, 0, [], id="only the beginning counts"),
        pytest.param(
            {},
            {"other_aid": ("BPUM", "DTKS")},
            TERMS,
            0,
            [ReceivesOtherAid(rules.AID_WORDS["DTKS"]), ReceivesOtherAid(rules.AID_WORDS["BPUM"])],
            id="two other aids are two reasons",
        ),
        pytest.param({}, {"other_aid": ("PIP",)}, TERMS, 0, [], id="an aid that does not exclude"),
        pytest.param(
            {"applied_at": APPLIED + timedelta(days=900)},
            {"other_aid": ("DTKS",)},
            NORMAL,
            0,
            [],
            id="other aid no longer excludes in 2023",
        ),
        pytest.param(
            {"barred_reason": "first_purchase_missed"},
            {},
            TERMS,
            0,
            [Barred(BAR_WORDS["first_purchase_missed"])],
            id="barred",
        ),
        pytest.param({"granted_wave": 2}, {}, TERMS, 0, [PriorGrant(2)], id="selected before"),
        pytest.param({"situation": "pensioner"}, {}, TERMS, 0, [NotTargetGroup("pensioner")], id="no target group"),
        pytest.param({}, {}, TERMS, 9, [], id="no household limit in wave 4"),
        pytest.param({}, {}, LATER, 1, [], id="second of a household in wave 12"),
        pytest.param({}, {}, LATER, 2, [HouseholdLimit(2)], id="third of a household in wave 12"),
        pytest.param(
            {"citizenship": "MY", "in_formal_education": True},
            {"found": False},
            LATER,
            2,
            [NotInRegistry(), NotCitizen("Indonesia"), InFormalEducation(), HouseholdLimit(2)],
            id="every reason, not only the first",
        ),
    ],
)
def test_screening_reasons(
    applicant: dict[str, Any], record: dict[str, Any], terms: Terms, others: int, expected: list[Refusal]
) -> None:
    registry = a_record(**record) if record.get("found", True) else RegistryRecord(found=False)

    reasons = rules.screening_reasons(an_applicant(**applicant), registry, terms, rules.Family(others))

    assert [(type(r), r.facts()) for r in reasons] == [(type(r), r.facts()) for r in expected]


@pytest.mark.parametrize(
    ("born", "terms", "applied_at", "expected"),
    [
        pytest.param(date(2002, 8, 9), TERMS, APPLIED, [], id="18 today"),
        pytest.param(date(2002, 8, 10), TERMS, APPLIED, [TooYoung(17, 18)], id="18 tomorrow"),
        pytest.param(date(2002, 8, 10), TERMS, APPLIED + HALF_DAY, [], id="tomorrow begins earlier in Jakarta"),
        pytest.param(date(1920, 1, 1), TERMS, APPLIED, [], id="no highest age in 2020"),
        pytest.param(date(1958, 2, 18), NORMAL, APPLIED_2023, [], id="64 until tomorrow in 2023"),
        pytest.param(date(1958, 2, 17), NORMAL, APPLIED_2023, [TooOld(65, 64)], id="65 in 2023"),
    ],
)
def test_ages_are_completed_years_on_the_day_of_applying(
    born: date, terms: Terms, applied_at: datetime, expected: list[Refusal]
) -> None:
    person = an_applicant(birth_date=born, applied_at=applied_at)

    reasons = rules.screening_reasons(person, a_record(birth_date=born), terms, rules.Family(0))

    assert [(type(r), r.facts()) for r in reasons] == [(type(r), r.facts()) for r in expected]


OPENS, CLOSES = datetime(2020, 8, 8, 5, tzinfo=UTC), datetime(2020, 8, 12, 5, tzinfo=UTC)
WAVE = Wave(1, 4, "prakerja-2020", OPENS, CLOSES, 10, {}, 2020, 1)
FREE = Standing(1, "31", "worker", None, None, None, None)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("standing", "now", "expected"),
    [
        pytest.param(FREE, OPENS, None, id="the opening second"),
        pytest.param(FREE, CLOSES - SECOND, None, id="the last second"),
        pytest.param(FREE, OPENS - SECOND, WaveNotOpenYet(4, OPENS, CLOSES), id="too early, told when"),
        pytest.param(FREE, CLOSES, WaveClosed(4, CLOSES), id="too late, told since when"),
        pytest.param(replace(FREE, barred_reason="false_data"), OPENS, Barred(BAR_WORDS["false_data"]), id="barred"),
        pytest.param(replace(FREE, barred_reason="odd"), OPENS, Barred("odd"), id="barred for an unlisted reason"),
        pytest.param(replace(FREE, granted_wave=2), OPENS, PriorGrant(2), id="selected before"),
        pytest.param(replace(FREE, undecided_wave=3), OPENS, StillInWave(3), id="waits for another draw"),
    ],
)
def test_who_may_join_a_wave(standing: Standing, now: datetime, expected: Refusal | None) -> None:
    refusal = rules.application_refusal(WAVE, standing, TERMS, now)

    assert type(refusal) is type(expected)
    assert expected is None or (refusal is not None and refusal.facts() == expected.facts())


def test_the_reserved_seats_are_for_those_the_crisis_hit() -> None:
    tiers = {situation: rules.tier_of(situation) for situation in Situation}

    assert {s for s, tier in tiers.items() if tier is Tier.AFFECTED} == {"laid_off", "furloughed", "micro_business"}
    assert set(SITUATION_WORDS) == set(Situation)


@pytest.mark.parametrize("reason", [TooYoung(17, 18), PriorGrant(2), NotInRegistry(), ReceivesOtherAid("x")])
def test_a_stored_reason_comes_back_as_it_was(reason: Refusal) -> None:
    again = rules.reason_from(reason.code, reason.facts())

    assert type(again) is type(reason)
    assert again.facts() == reason.facts()


@pytest.mark.parametrize(
    ("code", "facts"), [("selection.of_another_release", {}), ("selection.too_young", {"age": 17})]
)
def test_a_reason_of_another_release_is_still_told(code: str, facts: dict[str, int]) -> None:
    again = rules.reason_from(code, facts)

    assert isinstance(again, ReasonOnFile)
    assert code in refusal_words(again, "en").title


@pytest.mark.parametrize(
    ("seed", "source", "after", "refusal"),
    [
        pytest.param("12345678", "gazette", SECOND, None, id="good"),
        pytest.param("1234567", "gazette", SECOND, BadSeed, id="short"),
        pytest.param("1" * 201, "gazette", SECOND, BadSeed, id="long"),
        pytest.param("1234\n5678", "gazette", SECOND, BadSeed, id="a line break"),
        pytest.param(" 12345678", "gazette", SECOND, BadSeed, id="a blank in front"),
        pytest.param("\ud80012345678", "gazette", SECOND, BadSeed, id="half a sign"),
        pytest.param("12345678", "  ", SECOND, BadSeed, id="no source"),
        pytest.param("12345678", "x" * 501, SECOND, BadSeed, id="a long source"),
        pytest.param("12345678", "gazette", timedelta(0), SeedTooEarly, id="at the moment of the commitment"),
        pytest.param("12345678", "gazette", -SECOND, SeedTooEarly, id="before it"),
    ],
)
def test_a_seed_is_public_and_comes_later(
    seed: str, source: str, after: timedelta, refusal: type[Refusal] | None
) -> None:
    def check() -> None:
        rules.check_seed(seed, source, committed_at=CLOSES, now=CLOSES + after)

    if refusal is None:
        check()
    else:
        with pytest.raises(refusal):
            check()
