"""Invented Indonesians, as many as wanted, for demonstrations, rehearsals and tests.

Nobody real can be among them: their identity numbers name districts 90 to 99, which no regency has (the largest,
Yahukimo, has 51); their telephones lie in +62 800 0, which no operator gives out; their mail domain is reserved.
Where they live follows the real weight of the provinces (places.csv: each province's people in 2025, Kepmendagri
300.2.2-2138/2025, spread over some of its regencies).

Of every thousand, 876 pass each rule of August 2020 (programme-rules 3); the others meet exactly one that stops them.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import accumulate, cycle, islice
from pathlib import Path
from random import Random

import msgspec

from prakarsa.gateways.simulators.names import AT_HOME, CULTURES
from prakarsa.people.nik import FEMALE_DAY_OFFSET, Sex
from prakarsa.people.provinces import PROVINCES

MOST_PEOPLE = 10_000_000  # the telephone range has seven free digits

EXCLUDED_OCCUPATIONS = (  # Permenko 11/2020 art. 2(5)
    "PEGAWAI NEGERI SIPIL (PNS)",
    "TENTARA NASIONAL INDONESIA (TNI)",
    "KEPOLISIAN RI (POLRI)",
    "KEPALA DESA",
    "PERANGKAT DESA",
    "ANGGOTA DPRD KABUPATEN/KOTA",
    "KOMISARIS BUMN",
)
OTHER_AID = (("DTKS",), ("BSU",), ("DTKS",), ("BPUM",), ("BSU",), ("DTKS", "BPUM"))

_OCCUPATIONS = {
    "job_seeker": ("BELUM/TIDAK BEKERJA",),
    "laid_off": ("KARYAWAN SWASTA", "BELUM/TIDAK BEKERJA", "BURUH HARIAN LEPAS"),
    "furloughed": ("KARYAWAN SWASTA",),
    "worker": ("KARYAWAN SWASTA", "KARYAWAN SWASTA", "BURUH HARIAN LEPAS", "TRANSPORTASI", "KARYAWAN HONORER"),
    "micro_business": ("WIRASWASTA", "PERDAGANGAN", "PETANI/PEKEBUN"),
}
_SITUATIONS = tuple(_OCCUPATIONS)
_SITUATION_WEIGHTS = tuple(accumulate((38, 26, 12, 14, 10)))
_EDUCATIONS = ("sd", "smp", "sma", "diploma", "sarjana")
_EDUCATION_WEIGHTS = tuple(accumulate((6, 13, 56, 9, 16)))
_HOUSEHOLD_SIZES = (1, 2, 3, 4, 5)
_HOUSEHOLD_WEIGHTS = tuple(accumulate((45, 30, 15, 7, 3)))
_OLD_SPELLING = str.maketrans({"u": "oe", "U": "Oe", "j": "dj", "J": "Dj", "y": "j", "Y": "J", "c": "tj", "C": "Tj"})
_FOREIGN = ("MY", "PH", "TL", "IN", "NL")

_FIRST_INVENTED_DISTRICT = 90
_DAYS_PER_YEAR = 365.2425
_YOUNGEST_ADULT_DAYS = 18 * 366
_OLDEST_USUAL_DAYS = int(64.9 * _DAYS_PER_YEAR)
_PHONE_STRIDE = 7_654_321  # has no factor in common with 10, so each number comes once


class _Case(Enum):
    """What is particular about a person."""

    NOTHING = "passes every rule"
    ELDER = "over 64, which excludes from 2023 only"
    MINOR = "under 18"
    STUDENT = "in formal education"
    OFFICIAL = "holds an excluded occupation"
    AIDED = "receives another aid"
    FOREIGN = "not a citizen"
    UNKNOWN = "not in the registry"
    MISNAMED = "stands in the registry under another spelling"
    MISDATED = "stands in the registry with another birth date"


_PER_THOUSAND = {
    _Case.ELDER: 5,
    _Case.MINOR: 10,
    _Case.STUDENT: 10,
    _Case.OFFICIAL: 32,
    _Case.AIDED: 55,
    _Case.FOREIGN: 2,
    _Case.UNKNOWN: 5,
    _Case.MISNAMED: 6,
    _Case.MISDATED: 4,
}
_DECK = [case for case, number in _PER_THOUSAND.items() for _ in range(number)]
_DECK += [_Case.NOTHING] * (1000 - len(_DECK))


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person: what they say of themselves, and what the registries hold about them."""

    nik: str
    kk: str
    name: str
    birth_date: date
    sex: Sex
    province_code: str
    province: str
    regency: str
    phone: str
    email: str
    education: str
    situation: str
    in_formal_education: bool
    occupation: str
    other_aid: tuple[str, ...]
    registered: bool
    registered_name: str
    registered_birth_date: date | None
    citizenship: str


@dataclass(frozen=True, slots=True)
class _Place:
    code: str
    regency: str
    people_thousands: int


@dataclass(frozen=True, slots=True)
class _Household:
    district_code: str
    regency: str
    kk: str


def generate(count: int, seed: int, today: date) -> Iterator[Invented]:
    """`count` people, the same for the same seed and day, whatever the count; memory stays flat.

    Raises ValueError above MOST_PEOPLE.
    """
    if not 0 <= count <= MOST_PEOPLE:
        raise ValueError(f"count must be between 0 and {MOST_PEOPLE}")
    return islice(_Maker(seed, today).people(), count)


def write_population(path: Path, people: Iterable[Invented]) -> int:
    """Write people to a JSON Lines file, one each; the file appears when it is whole. Returns how many."""
    encoder = msgspec.json.Encoder()
    draft = path.with_name(path.name + ".draft")
    written = 0
    with draft.open("wb") as file:
        for person in people:
            file.write(encoder.encode(person) + b"\n")
            written += 1
    draft.replace(path)
    return written


def read_population(path: Path) -> Iterator[Invented]:
    """The people of a file that write_population made, in its order."""
    decoder = msgspec.json.Decoder(Invented)
    with path.open("rb") as file:
        for line in file:
            yield decoder.decode(line)


class _Maker:
    """Draws people one after the other. Counters keep numbers apart; there are at most a few ten thousand."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = Random(seed)  # noqa: S311  invented people need repeatable draws, not secret ones
        self._today = today.toordinal()
        self._places = _places()
        self._place_weights = list(accumulate(place.people_thousands for place in self._places))
        self._serials: Counter[tuple[str, Sex, int]] = Counter()
        self._cards: Counter[tuple[str, int]] = Counter()
        self._occupations = cycle(EXCLUDED_OCCUPATIONS)
        self._aids = cycle(OTHER_AID)
        self._countries = cycle(_FOREIGN)

    def people(self) -> Iterator[Invented]:
        """People without end, household by household."""
        cases = self._cases()
        index = 0
        while True:
            household = self._household()
            for _ in range(self._random.choices(_HOUSEHOLD_SIZES, cum_weights=_HOUSEHOLD_WEIGHTS)[0]):
                yield self._person(index, household, next(cases))
                index += 1

    def _cases(self) -> Iterator[_Case]:
        """Shuffled decks, so that every thousand people holds every case in its share."""
        deck = _DECK.copy()
        while True:
            self._random.shuffle(deck)
            yield from deck

    def _household(self) -> _Household:
        place = self._random.choices(self._places, cum_weights=self._place_weights)[0]
        district_code = f"{place.code}{_FIRST_INVENTED_DISTRICT + int(self._random.random() * 10)}"
        made = date.fromordinal(self._today - int(self._random.random() * 12 * _DAYS_PER_YEAR))
        self._cards[district_code, made.year % 10] += 1
        serial = self._cards[district_code, made.year % 10]
        kk = f"{district_code}{made.day:02}{made.month:02}{made.year % 100:02}{serial:04}"
        return _Household(district_code, place.regency, kk)

    def _person(self, index: int, household: _Household, case: _Case) -> Invented:
        random = self._random
        sex: Sex = "female" if random.random() < 0.5 else "male"
        province_code = household.district_code[:2]
        birth_date = self._birth_date(case)
        name = self._name(province_code, sex)
        situation = random.choices(_SITUATIONS, cum_weights=_SITUATION_WEIGHTS)[0]
        return Invented(
            nik=self._nik(household.district_code, birth_date, sex),
            kk=household.kk,
            name=name,
            birth_date=birth_date,
            sex=sex,
            province_code=province_code,
            province=PROVINCES[province_code],
            regency=household.regency,
            phone=f"+628000{index * _PHONE_STRIDE % MOST_PEOPLE:07}",
            email=f"{name.lower().replace(' ', '.')}.{index + 1}@peserta.example",
            education="sma" if case is _Case.MINOR else random.choices(_EDUCATIONS, cum_weights=_EDUCATION_WEIGHTS)[0],
            situation=situation,
            in_formal_education=case is _Case.STUDENT,
            occupation=self._occupation(case, situation),
            other_aid=next(self._aids) if case is _Case.AIDED else (),
            registered=case is not _Case.UNKNOWN,
            registered_name=self._registered_name(case, name),
            registered_birth_date=self._registered_birth_date(case, birth_date),
            citizenship=next(self._countries) if case is _Case.FOREIGN else "ID",
        )

    def _birth_date(self, case: _Case) -> date:
        share = self._random.random()
        if case is _Case.MINOR:
            age_days = 15 * 366 + share * (18 * 365 - 15 * 366)
        elif case is _Case.ELDER:
            age_days = 66 * 366 + share * 5 * 365
        else:  # applicants are mostly young
            age_days = _YOUNGEST_ADULT_DAYS + share**1.9 * (_OLDEST_USUAL_DAYS - _YOUNGEST_ADULT_DAYS)
        return date.fromordinal(self._today - int(age_days))

    def _nik(self, district_code: str, birth_date: date, sex: Sex) -> str:
        decade = birth_date.year % 10
        self._serials[district_code, sex, decade] += 1
        serial = self._serials[district_code, sex, decade]
        day = birth_date.day + (FEMALE_DAY_OFFSET if sex == "female" else 0)
        return f"{district_code}{day:02}{birth_date.month:02}{birth_date.year % 100:02}{serial:04}"

    def _name(self, province_code: str, sex: Sex) -> str:
        random = self._random
        culture = CULTURES[random.choice(AT_HOME[province_code])]
        parts = culture.female if sex == "female" else culture.male
        return " ".join([word for words in parts if (word := random.choice(words))])

    def _occupation(self, case: _Case, situation: str) -> str:
        if case is _Case.OFFICIAL:
            return next(self._occupations)
        if case in (_Case.STUDENT, _Case.MINOR):
            return "PELAJAR/MAHASISWA"
        return self._random.choice(_OCCUPATIONS[situation])

    def _registered_name(self, case: _Case, name: str) -> str:
        if case is _Case.UNKNOWN:
            return ""
        if case is not _Case.MISNAMED:
            return name
        respelled = name.translate(_OLD_SPELLING)
        return respelled if respelled != name else " ".join(reversed(name.split()))

    def _registered_birth_date(self, case: _Case, birth_date: date) -> date | None:
        if case is _Case.UNKNOWN:
            return None
        if case is not _Case.MISDATED:
            return birth_date
        return birth_date.replace(year=birth_date.year - 1, day=min(birth_date.day, 28))


def _places() -> list[_Place]:
    with Path(__file__).with_name("places.csv").open(encoding="utf-8", newline="") as file:
        return [
            _Place(row["regency_code"], row["regency"], int(row["people_thousands"])) for row in csv.DictReader(file)
        ]
