"""Policy is dated data: the same question at the same moment always gets the same answer."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.kernel.db import Tx
from prakarsa.programme import actions, rules
from prakarsa.programme.model import Parameter
from prakarsa.programme.refusals import BadPolicyFile, PolicyConflict, PolicyGap, SchemeUnknown

SHIPPED = {name: actions.read_scheme_file(name) for name in ("prakerja-2020", "prakerja-2023")}
DAY = date(2020, 8, 16)


def terms(wave: int, on: date = DAY, scheme: str = "prakerja-2020") -> object:
    return rules.terms_in_force(SHIPPED[scheme].parameters, wave, on)


@pytest.mark.parametrize(
    ("name", "launch", "august", "year_2021", "normal_scheme"),
    [
        ("training_balance_idr", 1_000_000, 1_000_000, 1_000_000, 3_500_000),
        ("incentive_count", 4, 4, 4, 1),
        ("incentive_amount_idr", 600_000, 600_000, 600_000, 600_000),
        ("survey_count", 3, 3, 3, 2),
        ("survey_amount_idr", 50_000, 50_000, 50_000, 50_000),
        ("first_purchase_deadline_days", 30, 30, 30, 15),
        ("course_requires_interactive", False, True, True, True),
        ("course_block_affiliated", False, True, True, True),
        ("course_bundles_allowed", True, False, False, False),
        ("settlement_max_commission_percent", None, 15, 15, 15),
        ("eligibility_max_per_kk", None, None, 2, 2),
        ("eligibility_max_age_years", None, None, None, 64),
        ("exclusion_other_aid", ("DTKS", "BSU", "BPUM"), ("DTKS", "BSU", "BPUM"), ("DTKS", "BSU", "BPUM"), ()),
        ("selection_reserved_percent", 0, 80, 80, 0),
    ],
)
def test_the_shipped_schemes_say_what_the_parameter_history_says(
    name: str, launch: object, august: object, year_2021: object, normal_scheme: object
) -> None:
    """programme-rules 16; the columns are cohorts: waves 1, 4, 12 and 48."""
    assert getattr(terms(1), name) == launch
    assert getattr(terms(4), name) == august
    assert getattr(terms(12, date(2021, 3, 1)), name) == year_2021
    assert getattr(terms(48, date(2023, 3, 1), "prakerja-2023"), name) == normal_scheme


@given(wave=st.integers(1, 47), on=st.dates(date(2020, 4, 11), date(2030, 1, 1)))
def test_every_wave_has_complete_terms_on_every_day_of_its_scheme(wave: int, on: date) -> None:
    assert terms(wave, on) == terms(wave, on)


def test_before_the_scheme_nothing_is_in_force() -> None:
    with pytest.raises(PolicyGap):
        terms(1, date(2020, 4, 10))


whole = st.integers(1, 30)
days = st.dates(date(2020, 1, 1), date(2024, 1, 1))


@given(
    rows=st.lists(st.tuples(whole, st.none() | whole, days, st.none() | days), min_size=2, max_size=2),
    wave=whole,
    on=days,
)
def test_rows_that_cover_one_wave_and_day_are_seen_to_overlap(
    rows: list[tuple[int, int | None, date, date | None]], wave: int, on: date
) -> None:
    one, other = (Parameter("otp_tries", 3, *row, "basis", "source") for row in rows)

    if one.covers(wave, on) and other.covers(wave, on):
        assert one.overlaps(other)
        assert other.overlaps(one)


SCHEME = (actions.SCHEMES / "prakerja-2020.toml").read_text()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param("[otp_tries]", "[otp_trys]", "otp_trys is not a parameter", id="unknown name"),
        pytest.param("value = 1_000_000", 'value = "a million"', "wrong type", id="text for money"),
        pytest.param("value = 1_000_000", "value = -1", "wrong type", id="negative"),
        pytest.param(
            'waves = "4-", from = 2020-04-11, value = 30',
            'waves = "3-", from = 2020-04-11, value = 30',
            "two values cover the same wave and day",
            id="overlap",
        ),
        pytest.param('waves = "4-"', 'waves = "x"', "waves are written", id="bad waves"),
        pytest.param('basis = "Practice from 2022"', 'basis = ""', "legal basis", id="no basis"),
        pytest.param("from = 2020-04-11", "from = 2020-04-11T00:00:00Z", "days", id="moment for a day"),
        pytest.param('scheme = "prakerja-2020"', "scheme = 7", "needs a scheme", id="no scheme"),
    ],
)
def test_a_bad_policy_file_is_refused_with_the_reason(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in SCHEME
    path = tmp_path / "scheme.toml"
    path.write_text(SCHEME.replace(old, new))

    with pytest.raises(BadPolicyFile) as refusal:
        actions.read_scheme_file(str(path))

    assert problem in refusal.value.problem


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"= =", b"x = 1\n" * 10])
def test_a_file_that_is_no_policy_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scheme.toml"
    path.write_bytes(content)
    with pytest.raises(BadPolicyFile):
        actions.read_scheme_file(str(path))


def test_a_missing_parameter_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scheme.toml"
    path.write_text('scheme = "x"\ntitle = "x"\n')
    with pytest.raises(BadPolicyFile) as refusal:
        actions.read_scheme_file(str(path))
    assert refusal.value.problem == "attendance_min_percent is missing"


def test_loading_twice_changes_nothing_and_rewriting_the_past_is_refused(tx: Tx, tmp_path: Path) -> None:
    now = datetime(2020, 8, 1, tzinfo=UTC)
    actions.load_scheme(tx, "prakerja-2020", now=now)
    rows = actions.parameters(tx, "prakerja-2020")
    actions.load_scheme(tx, "prakerja-2020", now=now)
    assert actions.parameters(tx, "prakerja-2020") == rows
    assert sorted(rows, key=repr) == sorted(SHIPPED["prakerja-2020"].parameters, key=repr)

    changed = tmp_path / "scheme.toml"
    changed.write_text(SCHEME.replace("value = 1_000_000", "value = 2_000_000"))
    with pytest.raises(PolicyConflict):
        actions.load_scheme(tx, str(changed), now=now)


def test_an_unknown_scheme_is_refused(tx: Tx) -> None:
    with pytest.raises(SchemeUnknown):
        actions.parameters(tx, "nowhere")
