"""Curation's pages: what waits, marks on a phone, steps of an institution, what monitors saw, reviews."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseState, NewSchedule
from prakarsa.curation import actions as curation
from prakarsa.curation.model import Step
from prakarsa.kernel.db import Database
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.people import actions as people
from prakarsa.people.model import Role
from prakarsa.programme import actions as programme
from tests.conftest import NOW
from tests.curation.conftest import COURSE, LP
from tests.web.conftest import Browser, Served, staff_browser
from tests.worlds import a_wave

PATH = "/console/curation"
START = NOW - timedelta(days=2)
Staff = Callable[[str], Browser]


@pytest.fixture(scope="module")
def staff(served: Served) -> Staff:
    """Browsers in which staff have signed in, one for each role."""
    known: dict[str, Browser] = {}

    def in_role(role: str) -> Browser:
        if role not in known:
            known[role] = staff_browser(served, role)
        return known[role]

    return in_role


@pytest.fixture(scope="module")
def office(database: Database, served: Served, staff: Staff) -> dict[str, str]:
    """A wave, an institution, a draft course with a class that was held, and the staff ids of who judges it."""
    with database.transaction("test") as tx:
        a_wave(tx)
        partners.register(tx, NewPartner(PartnerKind.INSTITUTION, LP, "Nusa", "Decree 1"), now=NOW)
        catalogue.register_course(tx, COURSE, now=NOW)
        meetings = {1: START, 2: START + timedelta(hours=2)}
        new = NewSchedule("kelas-1", "barista-1", START, START + timedelta(days=1), 9, meetings)
        catalogue.add_schedule(tx, new, now=NOW - timedelta(days=9))
        curation.load_indicators(tx, "course", by="test", now=NOW)
    for role in ("curator", "assessor", "monitor"):
        staff(role)
    with database.transaction("test") as tx:
        return {member.role.value: f"staff/{member.staff_id}" for member in people.staff_members(tx)}


def round_code(database: Database) -> str:
    with database.transaction("test") as tx:
        found = curation.round_of(tx, "barista-1")
        assert found is not None
        return found.round_code


def test_a_course_is_assessed_on_the_pages(database: Database, staff: Staff, office: dict[str, str]) -> None:
    curator, assessor = staff("curator"), staff("assessor")
    opened = curator.post(f"{PATH}/rounds", {"course_code": "barista-1", "answers": ""}, seen_on=PATH)
    assert opened.status_code == 303
    code = round_code(database)
    page = f"{PATH}/rounds/{code}"
    assert "Barista dasar" in curator.get(PATH).text

    tie = {"client_code": LP, "words": "Saya mengajar di sana"}
    assert assessor.post(f"{PATH}/ties", tie, seen_on=f"{PATH}/ties").status_code == 303
    refused = curator.post(f"{page}/call", {"who": office["assessor"]}, seen_on=page)
    assert refused.status_code == 403 or refused.status_code == 400
    assert "Saya mengajar di sana" in refused.text
    with database.transaction("test") as tx:
        curation.end_interest(tx, office["assessor"], LP, by="test", now=NOW)
    assert curator.post(f"{page}/call", {"who": office["assessor"]}, seen_on=page).status_code == 303

    sheet = f"{page}/marks"
    assert "Barista dasar" in assessor.get(PATH).text
    with database.transaction("test") as tx:
        codes = [each.code for each in curation.indicators(tx).indicators]
    marks = {f"points_{each}": "4" for each in codes} | {f"note_{each}": "" for each in codes}
    low = assessor.post(sheet, marks | {"points_live": "1"}, seen_on=sheet)
    assert low.status_code == 400
    assert 'id="p-note_live"' in low.text
    none = assessor.post(sheet, {}, seen_on=sheet)
    assert none.status_code == 400
    assert assessor.post(sheet, marks, seen_on=sheet).status_code == 303
    assert office["assessor"] in curator.get(page).text
    with database.transaction("test") as tx:
        assert catalogue.course(tx, "barista-1").state is CourseState.SUBMITTED

    assert curator.post(f"{page}/approve", {}, seen_on=page).status_code == 409
    wrong = curator.post(f"{page}/reject", {"reason": "Belum", "mend": "tanpa titik dua"}, seen_on=page)
    assert wrong.status_code == 400
    done = curator.post(f"{page}/reject", {"reason": "Belum", "mend": "syllabus: rinci"}, seen_on=page)
    assert done.status_code == 303
    assert "rinci" in curator.get(page).text


def test_a_monitor_writes_down_a_class_and_a_curator_decides_the_review(
    database: Database, staff: Staff, office: dict[str, str]
) -> None:
    curator, monitor = staff("curator"), staff("monitor")
    page = f"{PATH}/observations"
    seen = {
        "schedule_code": "kelas-1",
        "observed_at": (START + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M"),
        "summary": "Ruang kosong",
        "aspect": "timing",
        "severity": "critical",
        "promised": "Dua jam",
        "delivered": "Tidak ada kelas",
        "evidence_kind_1": "document",
        "evidence_1": "deed.pdf",
    }
    assert monitor.post(page, seen, seen_on=page).status_code in {400, 422}
    assert monitor.post(page, seen | {"schedule_code": "nobody"}, seen_on=page).status_code == 400
    kept = monitor.post(page, seen | {"evidence_1": "ab" * 32}, seen_on=page)
    assert kept.headers["location"].endswith("done=review_opened")
    with database.transaction("test") as tx:
        [review] = curation.reviews(tx)
    about = f"{PATH}/reviews/{review.review_code}"
    assert "Tidak ada kelas" in curator.get(about).text
    assert monitor.get(about).status_code == 200
    assert monitor.http.post(f"{about}/close", data={}).status_code == 403
    until = (NOW + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    words = {"improve_words": "Jadwalkan ulang", "until": until}
    assert curator.post(f"{about}/improve", words, seen_on=about).status_code == 303
    hold = {
        "hold_words": "Tidak diperbaiki",
        "legal_basis": "art. 30(2)",
        "basis_version": "2020-08-01",
        "public_words": "Kelas tidak diadakan.",
        "public_words_en": "No class took place.",
        "proportionality": "Hanya kursus ini.",
        "review_at": until,
    }
    assert curator.post(f"{about}/hold", hold | {"review_at": ""}, seen_on=about).status_code == 400
    assert curator.post(f"{about}/hold", hold, seen_on=about).status_code == 303
    assert "HLD-" in curator.get(about).text


def test_an_institution_goes_through_its_steps_on_the_pages(
    database: Database, staff: Staff, office: dict[str, str]
) -> None:
    curator = staff("curator")
    ties = f"{PATH}/ties"
    asked = curator.post(f"{PATH}/applications", {"client_code": LP}, seen_on=ties)
    assert asked.status_code == 409, "the rules of 2020 ask for no steps"
    with database.transaction("test") as tx:
        terms = replace(programme.current_terms(tx, NOW), institution_pipeline=tuple(Step)[:2])
        code = curation.apply(tx, LP, in_person=False, by="test", now=NOW, terms=terms).application_code
    page = f"{PATH}/applications/{code}"
    assert "Nusa" in curator.get(PATH).text
    decision = {"step": "due_diligence", "verdict": "reject", "reason": "Belum lengkap", "mend": ""}
    assert curator.post(f"{page}/decision", decision, seen_on=page).status_code == 400
    mend = decision | {"mend": "tax_number: tidak terbaca"}
    assert curator.post(f"{page}/decision", mend, seen_on=page).status_code == 303
    assert curator.post(f"{page}/answers", {"answer_tax_number": ""}, seen_on=page).status_code == 400
    assert curator.post(f"{page}/answers", {"answer_tax_number": "Dipindai"}, seen_on=page).status_code == 303
    assert "Dipindai" in curator.get(page).text
    out_of_order = decision | {"step": "governance", "verdict": "pass"}
    assert curator.post(f"{page}/decision", out_of_order, seen_on=page).status_code == 409
    for step in ("due_diligence", "governance"):
        passed = {"step": step, "verdict": "pass", "reason": "Sesuai", "evidence_kind_1": "document"}
        shown = passed | {"evidence_1": "ab" * 32}
        assert curator.post(f"{page}/decision", shown, seen_on=page).status_code == 303
    assert curator.get(page).status_code == 200


def test_every_page_opens_for_those_it_is_for_and_not_for_others(staff: Staff, office: dict[str, str]) -> None:
    for role in Role:
        browser = staff(role.value)
        judges = role not in {Role.FINANCE}
        for page in ("", "/indicators", "/ties"):
            assert browser.get(PATH + page).status_code == (200 if judges else 403), (role, page)
        watches = role in {Role.CURATOR, Role.AUDITOR, Role.MONITOR, Role.ADMIN}
        assert browser.get(f"{PATH}/observations").status_code == (200 if watches else 403)
    assert staff("assessor").get("/console").headers["location"] == PATH
    assert staff("assessor").get("/console/waves").status_code == 403


def test_unknown_codes_are_not_found(staff: Staff, office: dict[str, str]) -> None:
    curator = staff("curator")
    for page in ("rounds/NOPE", "applications/NOPE", "reviews/NOPE", "rounds/%00"):
        assert curator.get(f"{PATH}/{page}").status_code in {400, 404}
