"""Policy at the terminal: founded, changed by two named people, compared, and never rewritten."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from prakarsa.kernel.db import Database
from prakarsa.programme.actions import CHANGES
from tests import worlds
from tests.cli.program import Here
from tests.conftest import NOW

SIGNED = NOW - timedelta(days=12)
IN_FORCE = NOW - timedelta(days=9)


@pytest.fixture(scope="module", autouse=True)
def launch(database: Database) -> None:
    """Wave 4 under the launch rules, and the scheme that followed years later."""
    with database.transaction("test") as tx:
        worlds.a_wave(tx, scheme="prakerja-2020-launch", now=SIGNED)
        worlds.programme.load_scheme(tx, "prakerja-2023", author="staff/1", approver="staff/2", now=SIGNED)


def named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    [row] = [row for row in rows if row["name"] == name]
    return row


def test_a_regulation_is_proposed_approved_shown_compared_and_taken_back(here: Here) -> None:
    here.at(SIGNED)
    code = here.answer("policy", "propose", "permenko-11-2020", "--by", "staff/ani")["change_code"]
    assert here.refusal("policy", "approve", code, "--by", "staff/ani") == "kernel.same_person"
    [waiting] = here.answer("policy", "changes")
    assert (waiting["state"], waiting["author"]) == ("proposed", "staff/ani")
    would = here.answer("policy", "diff", "now", code)
    assert named(would, "settlement_max_commission_percent")["after"] == 15
    in_file = here.answer("policy", "diff", "now", str(CHANGES / "permenko-11-2020.toml"))
    assert in_file == [row | {"change_code": None} for row in would]
    assert here.answer("policy", "approve", code, "--by", "staff/budi")["state"] == "approved"

    here.at(NOW)
    shown = named(here.answer("policy", "show", "--wave", "4"), "course_requires_interactive")
    assert shown["value"] is True
    assert (shown["author"], shown["approver"], shown["change_code"]) == ("staff/ani", "staff/budi", code)
    assert (shown["instrument"], shown["article"]) == ("Permenko 11/2020", "art. 29(3), 30(2)h")
    before = here.answer("policy", "show", "--wave", "4", "--at", "2020-08-06")
    assert named(before, "course_requires_interactive")["value"] is False
    assert {row["name"] for row in here.answer("policy", "diff", "2020-08-06", "now")} == {r["name"] for r in would}
    assert here.answer("policy", "diff", "now", "now") == []
    one = here.answer("policy", "change", code)
    assert named(one["rows"], "course_requires_interactive")["before"] == [False]

    assert here.refusal("policy", "revoke", code, "--confirm", "--by", "staff/ani") == "kernel.second_person_needed"
    asked = here.answer("policy", "revoke", code, "--reason", "Salah", "--by", "staff/ani")
    assert asked["state"] == "revocation_proposed"
    here.at(NOW + timedelta(days=1))
    assert here.answer("policy", "revoke", code, "--confirm", "--by", "staff/budi")["state"] == "revoked"
    assert named(here.answer("policy", "show"), "course_requires_interactive")["value"] is False
    then = here.answer("policy", "show", "--at", "2020-08-16T12:00")
    assert named(then, "course_requires_interactive")["value"] is True, "what was in force then, as known then"
    now_known = here.answer("policy", "show", "--at", "2020-08-16T12:00", "--known-at", "+0d")
    assert named(now_known, "course_requires_interactive")["value"] is False
    told = here.answer("policy", "history", "course_requires_interactive")
    assert [(row["scheme"], row["waves"], row["value"]) for row in told] == [
        ("prakerja-2020-launch", "1-", False),
        ("prakerja-2020-launch", "4-", True),
        ("prakerja-2023", "1-", True),
    ]


def test_two_schemes_are_compared_for_a_wave(here: Here) -> None:
    found = here.answer("policy", "diff", "prakerja-2020-launch", "prakerja-2023", "--wave", "48")
    balance = named(found, "training_balance_idr")
    assert (balance["before"], balance["after"]) == (1_000_000, 3_500_000)


def test_a_withdrawn_change_is_over(here: Here, tmp_path: Path) -> None:
    here.at(NOW)
    path = tmp_path / "change.toml"
    text = (CHANGES / "permenko-11-2020.toml").read_text()
    path.write_text(text.replace("2020-08-07, value", "2020-09-07, value").replace("value = 30", "value = 45"))
    code = here.answer("policy", "propose", str(path), "--by", "staff/ani")["change_code"]
    assert here.answer("policy", "withdraw", code, "--by", "staff/ani")["state"] == "withdrawn"
    assert here.refusal("policy", "approve", code, "--by", "staff/budi") == "programme.change_not_open"


def test_a_slip_in_a_file_is_named_with_its_line(here: Here, tmp_path: Path) -> None:
    path = tmp_path / "change.toml"
    path.write_text((CHANGES / "permenko-11-2020.toml").read_text().replace("value = 15", 'value = "15%"'))
    done = here.run("policy", "propose", str(path), settings={"PRAKARSA_LANGUAGE": "en"})
    assert done.code == 1
    assert "settlement_max_commission_percent: 15% has the wrong type or unit" in " ".join(done.err.split())
    assert "whole percent from 0 to 100" in done.err


@pytest.mark.parametrize("words", ["show", "changes", "schemes", "history otp_tries", "diff now 2020-08-10"])
def test_people_at_the_terminal_get_tables(here: Here, words: str) -> None:
    done = here.run("policy", *words.split())
    assert (done.code, done.err) == (0, "")
    assert done.out
