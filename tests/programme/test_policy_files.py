"""A policy file that cannot be used is refused with the line, the parameter and what is wanted instead."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.words import LANGUAGES, refusal_words
from prakarsa.programme import actions, files, units

SCHEME = (actions.SCHEMES / "prakerja-2020.toml").read_text()
CHANGE = actions.change_text("permenko-11-2020")
LINES = {line: number for number, line in reversed(list(enumerate(SCHEME.splitlines(), 1)))}


def refused(text: str, read: Any = files.read_scheme) -> dict[str, object]:
    """The code of the refusal and its facts; its words hold in every language."""
    with pytest.raises(Refusal) as caught:
        read(text)
    for language in LANGUAGES:
        assert refusal_words(caught.value, language).title
    return {"code": caught.value.code.removeprefix("programme."), **caught.value.facts()}


def bent(old: str, new: str) -> str:
    assert old in SCHEME
    return SCHEME.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("first_purchase_deadline_days", '"30 days"'),
        ("first_purchase_deadline_days", "1.5"),
        ("first_purchase_deadline_days", "-1"),
        ("first_purchase_deadline_days", "true"),
        ("first_purchase_deadline_days", '"none"'),
        ("attendance_min_percent", "130"),
        ("attendance_min_percent", "0.8"),
        ("training_balance_idr", '"Rp1.000.000"'),
        ("training_balance_idr", "1_000_000.0"),
        ("balance_use_by", '"13-45"'),
        ("balance_use_by", '"02-29"'),
        ("balance_use_by", '"2020-12-15"'),
        ("balance_use_by", "2020-12-15"),
        ("institution_approved_since", '"last year"'),
        ("survey_open_after_days", "30"),
        ("survey_open_after_days", '["30"]'),
        ("purchase_sequential", "1"),
        ("exclusion_other_aid", '"DTKS"'),
        ("exclusion_other_aid", '[""]'),
        ("otp_tries", "99999999999999999999"),
        ("otp_tries", "0x" + "f" * 10_000),
        ("survey_open_after_days", "[0x" + "f" * 10_000 + "]"),
    ],
)
def test_a_value_in_another_unit_is_refused_with_the_unit_that_is_wanted(name: str, written: str) -> None:
    change = 'scheme = "x"\nchange = "x"\n[instruments]\no = { title = "O", version = "1", articles = false }\n'
    change += (
        f'[{name}]\ninstrument = "o"\nsource = "s"\nvalues = [\n    {{ from = 2020-08-07, value = {written} }},\n]\n'
    )
    told = refused(change, files.read_change)
    assert told["code"] == "policy_wrong_unit"
    assert (told["line"], told["name"], told["wanted"]) == (9, name, units.unit_of(name).wanted)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            "[otp_tries]",
            "[otp_trys]",
            {"code": "policy_name_unknown", "name": "otp_trys", "nearest": "otp_tries", "line": LINES["[otp_tries]"]},
            id="unknown name",
        ),
        pytest.param(
            'waves = "4-", from = 2020-04-11, value = 30',
            'waves = "3-", from = 2020-04-11, value = 30',
            {
                "code": "policy_overlap",
                "name": "first_purchase_deadline_days",
                "wave_number": 3,
                "on": "2020-04-11",
                "line": LINES['    { waves = "4-", from = 2020-04-11, value = 30 },'],
            },
            id="overlap",
        ),
        pytest.param(
            'waves = "4-", from = 2020-04-11, value = 30',
            'waves = "5-", from = 2020-04-11, value = 30',
            {
                "code": "policy_uncovered",
                "name": "first_purchase_deadline_days",
                "wave_number": 4,
                "on": "2020-04-11",
                "line": LINES["[first_purchase_deadline_days]"],
            },
            id="a wave left out",
        ),
        pytest.param(
            "from = 2021-01-01, to = 2022-01-01",
            "from = 2021-02-01, to = 2022-01-01",
            {
                "code": "policy_uncovered",
                "name": "balance_last_purchase",
                "wave_number": 1,
                "on": "2021-01-01",
                "line": LINES["[balance_last_purchase]"],
            },
            id="days left out",
        ),
        pytest.param('waves = "4-"', 'waves = "4-2"', {"code": "policy_waves_empty", "waves": "4-2"}, id="no waves"),
        pytest.param('waves = "4-"', 'waves = "0-"', {"code": "policy_waves_empty", "waves": "0-"}, id="wave 0"),
        pytest.param('waves = "4-"', 'waves = "x"', {"code": "policy_entry_wrong"}, id="bad waves"),
        pytest.param(
            '["programme", "platform"]',
            '["programme", "galaxy"]',
            {"code": "policy_word_unknown", "name": "hold_four_eyes_scopes", "written": "galaxy"},
            id="a word that means nothing",
        ),
        pytest.param(
            'instrument = "committee"',
            'instrument = "commitee"',
            {"code": "policy_instrument_unknown", "instrument": "commitee", "name": "training_balance_idr"},
            id="unknown instrument",
        ),
        pytest.param('article = "art. 20(2)"\n', "", {"code": "policy_entry_wrong"}, id="no article"),
        pytest.param('source = "programme-rules 9"\n', "", {"code": "policy_entry_wrong"}, id="no source"),
        pytest.param("from = 2020-04-11,", "from = 2020-04-11T00:00:00Z,", {"code": "policy_entry_wrong"}, id="moment"),
        pytest.param("to = 2020-07-01", "to = 2020-04-11", {"code": "policy_entry_wrong"}, id="ends as it begins"),
        pytest.param("values = [", "valeus = [", {"code": "policy_entry_wrong"}, id="unknown entry"),
        pytest.param('scheme = "prakerja-2020"', "scheme = 7", {"code": "bad_policy_file"}, id="no scheme"),
        pytest.param(
            "[instruments]", "[instrument]", {"code": "policy_entry_wrong", "name": "instruments"}, id="no texts"
        ),
        pytest.param("title =", "change = 'x'\ntitle =", {"code": "bad_policy_file"}, id="a change"),
    ],
)
def test_a_bad_policy_file_is_refused_with_the_reason(old: str, new: str, told: dict[str, object]) -> None:
    found = refused(bent(old, new))
    assert {key: found[key] for key in told} == told


@pytest.mark.parametrize("name", units.TYPES)
def test_a_scheme_that_leaves_a_parameter_out_is_refused(name: str) -> None:
    begins = SCHEME.index(f"[{name}]\n")
    ends = SCHEME.index("\n]\n", begins) + len("\n]\n")
    assert refused(SCHEME[:begins] + SCHEME[ends:]) == {"code": "policy_name_missing", "name": name}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "= =",
        "x = 1\n" * 10,
        SCHEME + "\n[otp_tries]\n",
        "scheme = " + "[" * 100_000,
        "scheme = " + "9" * 10_000,
        "#" * (files.MOST_BYTES + 1),
        'scheme = "x"\nscheme = "y"\n',
        'scheme = "x"\ntitle = "\\u0000"\n[instruments]\n',
    ],
    ids=["empty", "no TOML", "one name often", "a block twice", "nested", "endless", "too large", "a key twice", "NUL"],
)
def test_what_is_no_policy_is_refused(text: str) -> None:
    for read in (files.read_scheme, files.read_change):
        assert refused(text, read)["code"] == "bad_policy_file"


def test_a_second_value_of_one_key_is_refused_with_its_place() -> None:
    assert "line 2" in str(refused('scheme = "x"\nscheme = "y"\n')["problem"])


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scheme.toml"
    path.write_bytes(content)
    assert refused(str(path), actions.read_scheme_file)["code"] == "bad_policy_file"
    assert refused("/dev/zero", actions.change_text)["code"] == "bad_policy_file"
    assert "no such file" in str(refused("permenko-12-2021", actions.change_text)["problem"])


def test_a_change_says_only_what_is_different() -> None:
    change = files.read_change(CHANGE)
    assert {row.name for row in change.parameters} < set(units.TYPES)
    assert refused('scheme = "x"\nchange = "x"\n[instruments]\n', files.read_change)["code"] == "bad_policy_file"
    assert refused(SCHEME, files.read_change)["code"] == "bad_policy_file"


def test_an_own_instrument_brings_its_own_article_and_sentence() -> None:
    rows = {(row.name, row.first_wave): row for row in files.read_scheme(SCHEME).parameters}
    early, late = (rows["settlement_max_commission_percent", wave] for wave in (1, 4))
    assert (early.instrument, early.article) == ("Permenko 3/2020", "art. 52")
    assert (late.instrument, late.article, late.instrument_version, late.legal_basis) == (
        "Permenko 11/2020",
        "art. 40",
        "signed 2020-08-04, in force 2020-08-07",
        "Permenko 11/2020 art. 40",
    )


@given(text=st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "replace")))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (files.read_scheme, files.read_change):
        with pytest.raises(Refusal):
            read(text)


@given(
    at=st.integers(0, len(CHANGE)),
    length=st.integers(0, 30),
    put=st.sampled_from(["", '"', "]", "[", "{", "=", "2020-08-07", "none", "-1", "\n", "\\u0000", "true", "1e9"]),
)
def test_a_change_with_a_slip_anywhere_is_read_or_refused(at: int, length: int, put: str) -> None:
    try:
        files.read_change(CHANGE[:at] + put + CHANGE[at + length :])
    except Refusal as refusal:
        assert refusal.code.startswith("programme.")  # noqa: PT017  either answer is right


def test_a_file_of_empty_lines_is_refused_before_every_value_is_looked_up_in_it() -> None:
    found = refused("\n" * files.MOST_LINES + SCHEME)
    assert found["code"] == "bad_policy_file"
