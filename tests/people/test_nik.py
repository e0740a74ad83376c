"""Identity numbers say where and when they were given, or why they cannot be any."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.gateways.simulators.population import generate
from prakarsa.people import nik as numbers
from prakarsa.people.nik import Nik, parse_nik, valid_kk
from prakarsa.people.provinces import PROVINCES

TODAY = date(2020, 8, 10)


@pytest.mark.parametrize(
    ("text", "birth_date", "sex"),
    [
        pytest.param("3171011708450003", date(1945, 8, 17), "male", id="a man, last century"),
        pytest.param("3171015708450003", date(1945, 8, 17), "female", id="a woman: 40 on the day"),
        pytest.param("3171017112990001", date(1999, 12, 31), "female", id="the highest day of a woman"),
        pytest.param("9671011008200001", date(2020, 8, 10), "male", id="born today"),
        pytest.param("1101011108200001", date(1920, 8, 11), "male", id="tomorrow's date is a century ago"),
        pytest.param("3171012902000001", date(2000, 2, 29), "male", id="29 February of the leap century"),
        pytest.param("3171016902960001", date(1996, 2, 29), "female", id="a woman of 29 February"),
    ],
)
def test_a_nik_tells_birth_date_and_sex(text: str, birth_date: date, sex: str) -> None:
    read = parse_nik(text, TODAY)

    assert (read.birth_date, read.sex) == (birth_date, sex)


def test_a_nik_tells_its_place_and_serial() -> None:
    assert parse_nik("3578105702930042", TODAY) == Nik(
        number="3578105702930042",
        province_code="35",
        regency_code="3578",
        district_code="357810",
        birth_date=date(1993, 2, 17),
        sex="female",
        serial=42,
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", numbers.WRONG_LENGTH, id="empty"),
        pytest.param("317101170845000", numbers.WRONG_LENGTH, id="15 digits"),
        pytest.param("31710117084500031", numbers.WRONG_LENGTH, id="17 digits"),
        pytest.param("31710117O8450003", numbers.NOT_DIGITS, id="a letter O"),
        pytest.param("3171011708 45003", numbers.NOT_DIGITS, id="a space"),
        pytest.param("-171011708450003", numbers.NOT_DIGITS, id="a sign"),
        pytest.param("３１７１０１１７０８４５０００３", numbers.NOT_DIGITS, id="digits of another script"),
        pytest.param("0071011708450003", numbers.UNKNOWN_PROVINCE, id="province 00"),
        pytest.param("2071011708450003", numbers.UNKNOWN_PROVINCE, id="province 20"),
        pytest.param("3100011708450003", numbers.UNKNOWN_REGION, id="regency 00"),
        pytest.param("3171001708450003", numbers.UNKNOWN_REGION, id="district 00"),
        pytest.param("3171010008450003", numbers.IMPOSSIBLE_DATE, id="day 0"),
        pytest.param("3171013208450003", numbers.IMPOSSIBLE_DATE, id="day 32"),
        pytest.param("3171014008450003", numbers.IMPOSSIBLE_DATE, id="day 40: nobody's"),
        pytest.param("3171017208450003", numbers.IMPOSSIBLE_DATE, id="day 32 of a woman"),
        pytest.param("3171011713450003", numbers.IMPOSSIBLE_DATE, id="month 13"),
        pytest.param("3171012902970001", numbers.IMPOSSIBLE_DATE, id="29 February of an ordinary year"),
        pytest.param("3171011708450000", numbers.NO_SERIAL, id="serial 0000"),
    ],
)
def test_what_is_no_nik_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$") as refused:
        parse_nik(text, TODAY)

    assert len(text) < 16 or text not in str(refused.value)


@given(text=st.text(max_size=20) | st.from_regex(r"[0-9]{16}", fullmatch=True), days=st.integers(0, 30_000))
def test_any_text_is_read_or_refused_and_nobody_is_born_tomorrow(text: str, days: int) -> None:
    today = date(1990, 1, 1) + timedelta(days=days)
    try:
        read = parse_nik(text, today)
    except ValueError:
        return

    assert read.birth_date <= today
    assert read.number == text
    assert read.province_code in PROVINCES


@given(seed=st.integers(0, 2**32), today=st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_every_invented_nik_reads_as_its_person(seed: int, today: date) -> None:
    for person in generate(30, seed, today):
        read = parse_nik(person.nik, today)

        assert read.birth_date == person.birth_date
        assert read.sex == person.sex
        assert read.province_code == person.province_code
        assert valid_kk(person.kk)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("3171011708150003", True),
        ("3171012902160001", True),
        ("3171015708150003", False),
        ("3171013002150003", False),
        ("3171011708150000", False),
        ("9971011708150003", False),
        ("317101170815000", False),
        ("317101170815000x", False),
    ],
)
def test_a_family_card_number_holds_a_province_a_day_and_a_serial(text: str, *, valid: bool) -> None:
    assert valid_kk(text) is valid


def test_all_38_provinces_are_known() -> None:
    assert len(PROVINCES) == 38
