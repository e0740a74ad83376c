"""Shared words: numbers that check themselves, keys that keep purposes apart, a clock that all processes share."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.kernel.clock import MovableClock, wall_now
from prakarsa.kernel.ids import luhn_digit, luhn_holds, mask, random_card_number, random_code
from prakarsa.kernel.keyring import Keyring, master_secret
from prakarsa.kernel.migrate import require_version
from prakarsa.kernel.refusals import BadSetting
from prakarsa.kernel.settings import read_settings, write_settings
from prakarsa.kernel.words import duration, moment, rupiah

digits = st.text("0123456789", min_size=1, max_size=18)


@given(digits)
def test_the_check_digit_completes_a_number(body: str) -> None:
    assert luhn_holds(body + luhn_digit(body))


@given(body=digits, place=st.integers(0, 17), other=st.integers(1, 9))
def test_one_wrong_digit_is_noticed(body: str, place: int, other: int) -> None:
    number = body + luhn_digit(body)
    at = place % len(number)
    wrong = number[:at] + str((int(number[at]) + other) % 10) + number[at + 1 :]

    assert not luhn_holds(wrong)


def test_a_known_number_checks() -> None:
    assert luhn_holds("4539578763621486")
    assert not luhn_holds("")
    assert not luhn_holds("45395787636214８6")


def test_card_numbers_have_sixteen_digits_and_a_check_digit() -> None:
    numbers = {random_card_number() for _ in range(1_000)}

    assert len(numbers) == 1_000
    assert all(len(number) == 16 and luhn_holds(number) and number[0] != "0" for number in numbers)


def test_codes_use_only_signs_that_can_be_read_aloud() -> None:
    assert set(random_code(10_000)) <= set("23456789BCDFGHJKLMNPQRSTVWXZ")


def test_masking_shows_the_end_only() -> None:
    assert mask("1234567890123456") == "••••••••••••3456"
    assert mask("12") == "12"


@given(st.text(max_size=200))
def test_what_is_sealed_opens_for_its_own_purpose_only(text: str) -> None:
    keyring = Keyring(bytes(32))
    sealed = keyring.seal("person.nik", text)

    assert keyring.open("person.nik", sealed) == text
    for purpose, changed in (
        ("person.kk", sealed),
        ("person.nik", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("person.nik", b"\x02" + sealed[1:]),
    ):
        with pytest.raises(ValueError, match="sealed"):
            keyring.open(purpose, changed)


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_a_digest_of_parts_knows_where_each_begins(left: list[str], right: list[str]) -> None:
    keyring = Keyring(bytes(32))

    assert (keyring.digest("otp", *left) == keyring.digest("otp", *right)) == (left == right)


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = master_secret({}, tmp_path)

    assert master_secret({}, tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert master_secret({"PRAKARSA_SECRET_KEY": "ab" * 32}, tmp_path) == b"\xab" * 32
    for bad in ("xyz", "ab"):
        with pytest.raises(BadSetting):
            master_secret({"PRAKARSA_SECRET_KEY": bad}, tmp_path)


def test_processes_share_one_moved_moment(tmp_path: Path) -> None:
    one, other = MovableClock(tmp_path / "clock"), MovableClock(tmp_path / "clock")
    assert abs(one.now() - wall_now()) < timedelta(seconds=5)

    one.move_to(datetime(2020, 8, 20, tzinfo=UTC))
    assert abs(other.now() - datetime(2020, 8, 20, tzinfo=UTC)) < timedelta(seconds=5)

    other.reset()
    assert abs(one.now() - wall_now()) < timedelta(seconds=5)


def test_settings_come_from_the_environment_before_the_file(tmp_path: Path) -> None:
    write_settings(tmp_path, {"base_url": 'http://x/"\\', "pool_size": 3})
    home = {"PRAKARSA_HOME": str(tmp_path)}

    assert read_settings(home).base_url == 'http://x/"\\'
    assert read_settings(home | {"PRAKARSA_POOL_SIZE": "5"}).pool_size == 5
    for name, value in (("PRAKARSA_POOL_SIZE", "many"), ("PRAKARSA_POOL_SIZE", "-1")):
        with pytest.raises(BadSetting):
            read_settings(home | {name: value})


@pytest.mark.parametrize("text", ["no_such_setting = 1", "= ="])
def test_a_settings_file_that_cannot_be_right_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "prakarsa.toml").write_text(text)
    with pytest.raises(BadSetting):
        read_settings({"PRAKARSA_HOME": str(tmp_path)})


def test_money_moments_and_lengths_as_people_write_them() -> None:
    at = datetime(2020, 9, 15, 16, 59, 59, tzinfo=UTC)

    assert rupiah(1_000_000, "id") == "Rp1.000.000"
    assert rupiah(-5, "en") == "-Rp5"
    assert moment(at, "id") == "15 September 2020 23.59 WIB"
    assert moment(at, "en") == "15 September 2020 23:59 WIB"
    assert duration(timedelta(days=3, hours=2, minutes=5), "en") == "3 days 2 hours"
    assert duration(timedelta(), "en") == "0 seconds"


@pytest.mark.parametrize(("version", "serves"), [(150018, False), (160000, True), (180001, True)])
def test_a_server_older_than_sixteen_is_refused_in_words(version: int, serves: bool) -> None:
    if serves:
        require_version(version)
        return
    with pytest.raises(BadSetting) as refusal:
        require_version(version)
    assert "PostgreSQL 15 is too old" in refusal.value.problem
