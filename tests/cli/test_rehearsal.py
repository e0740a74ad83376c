"""The commands of a rehearsal, in their order: dry run with every output, gap lists, standings, mass actions."""

import csv
import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from prakarsa.kernel.db import Database
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.report import COLUMNS
from tests import worlds
from tests.cli.program import Here
from tests.rehearsal.catalogues import a_course

EARLY = datetime(2020, 8, 1, 3, 0, tzinfo=UTC)
DOCUMENT = "document:" + "ab" * 32 + "@2020-07-30"


@pytest.fixture(scope="module")
def office(here: Here, database: Database) -> Here:
    """Wave 4 under the launch rules, and two courses of which one would fall."""
    with database.transaction("test") as tx:
        worlds.a_wave(tx, scheme="prakerja-2020-launch", now=EARLY)
        a_course(tx, course_code="KRS-BAIK")
        a_course(tx, course_code="KRS-BEBAS", free_elsewhere=True)
    here.at(EARLY)
    return here


def test_a_dry_run_of_a_file_writes_table_sheet_json_and_picture(office: Here) -> None:
    sheet, rows_file, drawn = (office.home / name for name in ("findings.csv", "findings.json", "remains.svg"))
    outputs = ("--csv", sheet, "--json-file", rows_file, "--picture", drawn)
    summary = office.answer("policy", "dry-run", "permenko-11-2020", *outputs)["summary"]
    assert (summary["on_sale_before"], summary["leaving"]) == (2, 1)
    with sheet.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert {row["code"] for row in rows if row["verdict"] == "missed" and row["thing"] == "course"} == {"KRS-BEBAS"}
    assert len(json.loads(rows_file.read_text())) == len(rows)
    assert ElementTree.fromstring(drawn.read_text()).tag.endswith("svg")  # noqa: S314  a file of our own making
    told = office.run("policy", "dry-run", "permenko-11-2020")
    assert "The same training is not free elsewhere" in told.out
    assert rehearsal_runs(office) == []


def rehearsal_runs(office: Here) -> list[object]:
    found = office.answer("rehearsal", "runs")
    assert isinstance(found, list)
    return found


def test_a_file_that_cannot_be_written_is_refused_before_any_work(office: Here) -> None:
    nowhere = office.home / "nowhere" / "findings.csv"
    assert office.refusal("policy", "dry-run", "permenko-11-2020", "--csv", nowhere) == "kernel.nothing_here"


def test_gaps_are_asked_answered_and_decided(office: Here, database: Database) -> None:
    office.answer("partner", "contact", worlds.INSTITUTION, "kurikulum@balai.example", "--language", "en")
    run = office.answer("policy", "dry-run", "permenko-11-2020", "--keep")["run_code"]
    assert office.refusal("rehearsal", "gaps", run, "--due", "+1d") == "rehearsal.gap_deadline_impossible"
    lists = office.answer("rehearsal", "gaps", run, "--due", "2020-08-06T12:00")
    [mine] = [each["list_code"] for each in lists if each["partner_code"] == worlds.INSTITUTION]
    [item] = [each for each in office.answer("rehearsal", "items", mine) if each["thing_code"] == "KRS-BEBAS"]
    said = ("--partner", worlds.INSTITUTION, "--words", "Materi berbeda", "--evidence", DOCUMENT)
    assert office.answer("rehearsal", "answer", item["item_code"], *said)["state"] == "answered"
    assert [each["item_code"] for each in office.answer("rehearsal", "undecided")] == [item["item_code"]]
    silent = office.refusal("rehearsal", "decide", item["item_code"], "--outcome", "rejected")
    assert silent == "rehearsal.words_missing"
    decided = office.answer("rehearsal", "decide", item["item_code"], "--outcome", "accepted", "--by", "staff/9")
    assert decided["state"] == "accepted"
    more = office.answer(
        "rehearsal", "give-time", mine, "--until", "2020-08-20", "--reason", "Surat baru sampai", "--by", "staff/9"
    )
    assert more["due_at"].startswith("2020-08-19T17:00")
    with database.transaction("test") as tx:
        assert rehearsal.gap_list(tx, mine).told_at is not None


def test_standings_are_followed_and_shown(office: Here, database: Database) -> None:
    with database.transaction("test") as tx:
        a_course(tx, course_code="KRS-LAIN", has_live_session=False)
    change = office.answer("policy", "propose", "permenko-11-2020", "--by", "staff/1")["change_code"]
    office.answer("policy", "approve", change, "--by", "staff/2")
    counts = office.answer("rehearsal", "standings", "--follow")
    assert [(each["in_force"], each["meets"], each["misses"]) for each in counts] == [(True, 3, 0), (False, 2, 1)]
    [_, coming] = office.answer("rehearsal", "standings", "KRS-LAIN")
    assert (coming["change_code"], coming["missed"]) == (change, ["Online training is interactive"])
    [leaver] = office.answer("rehearsal", "cut-over", coming["rule_set"])
    assert leaver["course_code"] == "KRS-LAIN"


def test_a_mass_action_is_planned_confirmed_run_and_undone(office: Here) -> None:
    plan = ("rehearsal", "mass-actions", "plan", "--kind", "unlist", "--reason", "Penertiban")
    assert office.refusal(*plan) == "rehearsal.selection_open"
    code = office.answer(*plan, "--missing", "has_live_session", "--by", "staff/1")["action_code"]
    command = ("rehearsal", "mass-actions")
    assert office.refusal(*command, "confirm", code, "--by", "staff/1") == "kernel.same_person"
    office.answer(*command, "confirm", code, "--by", "staff/2")
    assert office.answer(*command, "run", code)["done"] == 1
    assert [each["course_code"] for each in office.answer(*command, "show", code)] == ["KRS-LAIN"]
    undone = office.answer(*command, "undo", code, "--reason", "Keliru", "--by", "staff/3")
    assert (undone["state"], undone["undone"]) == ("undone", 1)
    assert office.refusal(*command, "run", "MASS-X") == "rehearsal.mass_action_unknown"


def test_a_desk_link_is_shown_once_and_stopped(office: Here) -> None:
    link = office.answer("partner", "desk-link", worlds.INSTITUTION)["link"]
    assert link.startswith("https://prakarsa.example/desk/")
    assert office.answer("partner", "desk-close", worlds.INSTITUTION)["links_ended"] >= 1
