"""Invented people are plausible, different from each other, and nobody real."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.gateways.simulators import population
from prakarsa.gateways.simulators.names import AT_HOME, CULTURES
from prakarsa.gateways.simulators.population import (
    EXCLUDED_OCCUPATIONS,
    Invented,
    generate,
    read_population,
    write_population,
)
from prakarsa.people.provinces import PROVINCES

TODAY = date(2020, 8, 10)


@pytest.fixture(scope="module")
def people() -> list[Invented]:
    return list(generate(20_000, 7, TODAY))


def age_years(person: Invented) -> int:
    born = person.birth_date
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))


def faults(person: Invented) -> list[str]:
    """The rules of August 2020 (programme-rules 3) that this person does not pass."""
    checks = {
        "unknown": not person.registered,
        "name": person.registered and person.registered_name != person.name,
        "birth date": person.registered and person.registered_birth_date != person.birth_date,
        "age": age_years(person) < 18,
        "education": person.in_formal_education,
        "citizenship": person.citizenship != "ID",
        "other aid": bool(person.other_aid),
        person.occupation: person.occupation in EXCLUDED_OCCUPATIONS,
    }
    return [name for name, failed in checks.items() if failed]


@given(seed=st.integers(), count=st.integers(0, 60))
def test_the_same_seed_gives_the_same_people_and_a_larger_count_only_adds(seed: int, count: int) -> None:
    assert list(generate(count, seed, TODAY)) == list(generate(60, seed, TODAY))[:count]


def test_another_seed_gives_other_people() -> None:
    assert list(generate(10, 1, TODAY)) != list(generate(10, 2, TODAY))


def test_nik_telephone_and_mail_are_unique(people: list[Invented]) -> None:
    for numbers in ({p.nik for p in people}, {p.phone for p in people}, {p.email for p in people}):
        assert len(numbers) == len(people)


def test_nobody_can_be_real(people: list[Invented]) -> None:
    for person in people:
        assert person.nik[4] == "9"  # no regency has a 90th district
        assert person.phone.startswith("+628000")
        assert len(person.phone) == len("+628000") + 7
        assert person.email.endswith("@peserta.example")
        assert person.email.isascii()


def test_most_pass_every_rule_and_each_rule_stops_somebody(people: list[Invented]) -> None:
    stopped = Counter(tuple(faults(person)) for person in people)

    assert 0.85 <= stopped[()] / len(people) <= 0.90
    assert max(map(len, stopped)) == 1
    assert {fault for (fault, *_) in filter(None, stopped)} == {
        "unknown",
        "name",
        "birth date",
        "age",
        "education",
        "citizenship",
        "other aid",
        *EXCLUDED_OCCUPATIONS,
    }


def test_a_thousand_people_suffice_to_meet_every_rule() -> None:
    met = {fault for person in generate(1000, 3, TODAY) for fault in faults(person)}

    assert len(met) == 7 + len(EXCLUDED_OCCUPATIONS)


def test_households_of_one_to_five_share_a_family_card(people: list[Invented]) -> None:
    sizes = Counter(Counter(person.kk for person in people).values())

    assert set(sizes) == {1, 2, 3, 4, 5}
    assert sizes[1] > sizes[2] > sizes[3] > sizes[4] > sizes[5]


def test_people_live_in_every_province_and_most_on_java(people: list[Invented]) -> None:
    homes = Counter(person.province_code for person in people)

    assert set(homes) == set(PROVINCES)
    assert sum(homes[code] for code in ("31", "32", "33", "34", "35", "36")) > len(people) / 2
    assert all(person.province == PROVINCES[person.province_code] for person in people)


def test_each_province_has_three_regencies_and_names_at_home_there() -> None:
    path = Path(population.__file__).with_name("places.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    regencies = Counter(row["regency_code"][:2] for row in rows)
    assert set(regencies) == set(PROVINCES) == set(AT_HOME)
    assert min(regencies.values()) >= 3
    assert len({row["regency_code"] for row in rows}) == len(rows)
    assert {culture for cultures in AT_HOME.values() for culture in cultures} == set(CULTURES)


@pytest.mark.parametrize("count", [-1, population.MOST_PEOPLE + 1])
def test_more_people_than_there_are_numbers_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="count must be between"):
        generate(count, 1, TODAY)


def test_a_population_file_gives_back_whom_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"

    assert write_population(path, generate(300, 5, TODAY)) == 300
    assert list(read_population(path)) == list(generate(300, 5, TODAY))
    assert [found.name for found in tmp_path.iterdir()] == ["people.jsonl"]
