"""Curation at the terminal: a course by two scores, an institution by its steps, a class by a monitor."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import NewSchedule
from prakarsa.kernel.db import Database
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from tests.cli.program import Here
from tests.conftest import NOW
from tests.curation.conftest import COURSE, DP, LP, hired
from tests.worlds import a_wave

PAGE = "web_page:https://gratis.example/barista@2020-08-15"
DOCUMENT = f"document:{'ab' * 32}@2020-08-15"
START = NOW + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def office(database: Database) -> None:
    """A wave, a platform, an institution, a draft course and people to judge it."""
    with database.transaction("test") as tx:
        a_wave(tx)
        partners.register(tx, NewPartner(PartnerKind.INSTITUTION, LP, "Nusa", "Decree 1"), now=NOW)
        partners.register(tx, NewPartner(PartnerKind.PLATFORM, DP, "Kelas Kita", "PKS 1"), now=NOW)
        catalogue.register_course(tx, COURSE, now=NOW)
        catalogue.add_schedule(
            tx,
            NewSchedule(
                "kelas-1", "barista-1", START, START + timedelta(days=1), 9, {1: START, 2: START + timedelta(hours=8)}
            ),
            now=NOW - timedelta(days=9),
        )
        for number in range(2):
            hired(tx, "assessor", f"asesor{number}@example.com")
        hired(tx, "monitor", "pemantau@example.com")


def a_sheet(here: Here, code: str, points: int) -> Path:
    """The sheet that the program gives out, filled in."""
    rows = list(csv.DictReader(io.StringIO(here.run("curation", "course", "sheet", code).out)))
    assert all("\n" not in row["question"] for row in rows)
    file = here.home / f"marks{points}.csv"
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["indicator", "points", "note"])
        writer.writerows((row["indicator"], points, "") for row in rows)
    return file


def test_a_course_goes_through_assessment(here: Here) -> None:
    assert here.refusal("curation", "course", "submit", "barista-1") == "curation.no_indicators"
    assert here.answer("curation", "indicators", "load")["indicators"] == 24
    assert len(here.answer("curation", "indicators", "show")["indicators"]) == 24
    code = here.answer("curation", "course", "submit", "barista-1")["round_code"]
    assert here.refusal("catalogue", "approve", "barista-1") == "curation.round_open"

    here.answer("curation", "tie", "declare", "asesor0@example.com", LP, "--why", "mengajar di sana")
    assert here.refusal("curation", "course", "call", code, "asesor0@example.com") == "curation.conflict_of_interest"
    assert len(here.answer("curation", "tie", "list")) == 1
    here.answer("curation", "tie", "end", "asesor0@example.com", LP)
    for number in range(2):
        here.answer("curation", "course", "call", code, f"asesor{number}@example.com")
    assert here.refusal("curation", "course", "approve", code) == "curation.round_move_refused"
    bad = here.home / "bad.csv"
    bad.write_text("indicator,points\nlive,many\n")
    assert here.refusal("curation", "course", "score", code, "asesor0@example.com", bad) == "kernel.bad_field"
    for number, points in enumerate((4, 3)):
        done = here.answer(
            "curation", "course", "score", code, f"asesor{number}@example.com", a_sheet(here, code, points)
        )
    assert done["state"] == "differing"
    here.answer("curation", "course", "reject", code, "--reason", "Belum jelas", "--mend", "syllabus=Rinci per jam")
    shown = here.answer("curation", "course", "show", code)
    assert shown["to_mend"] == {"syllabus": "Rinci per jam"}
    assert here.run("curation", "course", "show", code).code == 0

    here.answer("catalogue", "reopen", "barista-1")
    assert here.refusal("curation", "course", "submit", "barista-1") == "curation.mend_unanswered"
    again = here.answer("curation", "course", "submit", "barista-1", "--answer", "syllabus=Sudah dirinci")["round_code"]
    for number in range(2):
        here.answer("curation", "course", "call", again, f"asesor{number}@example.com")
        here.answer("curation", "course", "score", again, f"asesor{number}@example.com", a_sheet(here, again, 4))
    assert here.answer("curation", "course", "approve", again)["result_percent"] == "100.0"
    assert here.answer("curation", "queue") == []
    assert [row["state"] for row in here.answer("curation", "course", "list", "--all")] == ["rejected", "approved"]


def test_what_is_attested_needs_evidence_that_shows_it(here: Here) -> None:
    attest = ("catalogue", "attest", "barista-1", "free_elsewhere", "yes", "--evidence")
    assert here.refusal(*attest, DOCUMENT) == "kernel.evidence_unfit"
    assert here.answer(*attest, PAGE)["conditions_missed"] == ["catalogue.free_elsewhere"]
    assert here.answer("catalogue", "attested", "barista-1")[0]["evidence"] == [PAGE]
    assert here.run("catalogue", "attest", "barista-1", "free_elsewhere", "maybe").code == 2


def test_listings_end_with_an_ownership_and_cycles_are_refused(here: Here, database: Database) -> None:
    with database.transaction("test") as tx:
        catalogue.register_course(tx, COURSE.__class__(**{**_fields(), "course_code": "lain-1"}), now=NOW)
        catalogue.submit(tx, "lain-1", "staff/1", now=NOW)
        catalogue.approve(tx, "lain-1", "staff/1", now=NOW)
        catalogue.list_course(tx, "lain-1", DP, now=NOW)
    owned = here.answer("partner", "own", DP, LP)
    assert owned["listings_ended"] == [
        {"course_code": "lain-1", "platform": DP, "cause": "catalogue.affiliated_platform"}
    ]
    cycle = here.run("partner", "own", LP, DP, "--json")
    assert (cycle.json["code"], cycle.json["facts"]["path"]) == ("partner.ownership_cycle", f"{DP} > {LP} > {DP}")
    assert here.refusal("catalogue", "list-on", "lain-1", DP) == "catalogue.affiliated_platform"
    assert here.answer("partner", "disown", DP, LP)["ownerships"] == []
    here.answer("catalogue", "list-on", "lain-1", DP)


def _fields() -> dict[str, object]:
    return {name: getattr(COURSE, name) for name in COURSE.__dataclass_fields__} | {"expert_assessed": True}


def test_a_monitor_writes_down_what_was_seen(here: Here) -> None:
    here.at(START + timedelta(hours=2))
    file = here.home / "findings.toml"
    file.write_text(
        "[[finding]]\naspect = 'timing'\nseverity = 'critical'\npromised = 'Dua jam'\ndelivered = 'Tidak ada kelas'\n"
        f"evidence = ['{DOCUMENT}']\n"
    )
    seen = ("curation", "monitor", "observe", "kelas-1", "pemantau@example.com", "--summary", "Ruang kosong")
    code = here.answer(*seen, "--at", "2020-08-17T12:30", "--findings", file)["review"]
    assert here.refusal(*seen, "--at", "2020-08-11") == "curation.not_observable"
    assert len(here.answer("curation", "monitor", "list")) == 1
    assert here.answer("curation", "review", "show", code)["findings"][0]["severity"] == "critical"
    assert here.run("curation", "review", "show", code).code == 0
    improved = here.answer("curation", "review", "improve", code, "--said", "Jadwalkan ulang", "--until", "+7d")
    assert improved["state"] == "improving"
    held = here.answer(
        "curation", "review", "hold", code, "--said", "Tidak diperbaiki", "--legal-basis", "art. 30(2)",
        "--public-words", "Kelas tidak diadakan.", "--proportionality", "Hanya kursus ini.", "--review-at", "+30d",
        "--basis-version", "2020-08-01", "--public-words-en", "No class took place.",
    )  # fmt: skip
    assert held["state"] == "held"
    assert here.answer("hold", "show", held["hold_code"])["reason_code"] == "failed_monitoring"
    assert here.answer("curation", "review", "list") == []
    assert here.refusal("curation", "review", "close", code, "--said", "Lagi") == "curation.review_move_refused"


def test_an_institution_without_steps_to_take_is_told_so(here: Here) -> None:
    found = here.run("curation", "institution", "apply", LP, "--json")
    assert found.code == 1
    assert found.json["code"] == "curation.no_steps_asked"
    declared = here.answer("curation", "institution", "profile", LP, "--legal-form", "foundation", "--provinces", "3")
    assert (declared["legal_form"], declared["provinces_served"]) == ("foundation", 3)
    met = {row["condition"]: row["met"] for row in here.answer("curation", "institution", "conditions", LP)}
    assert met["The institution is decreed"]
    assert here.answer("curation", "institution", "list") == []


def test_everything_that_must_be_true_still_is(here: Here) -> None:
    found = here.run("audit", "verify", "--json").json
    about = {"A course", "A score", "Every assessment", "Every course", "The weights", "Platforms"}
    mine = [row for row in found["invariants"] if row["invariant"].startswith(tuple(about))]
    assert len(mine) >= 8
    assert [row for row in mine if not row["holds"]] == []
