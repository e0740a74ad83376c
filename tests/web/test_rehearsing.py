"""The office rehearses a change on its pages, from dry run to decided answer, and changes many things at once."""

import hashlib
from datetime import timedelta

import pytest

from prakarsa.gateways import rehearsal_rounds
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.programme import actions as programme
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.gap_model import GapState
from tests import worlds
from tests.conftest import NOW
from tests.rehearsal.catalogues import a_course
from tests.web.conftest import Browser, Served, staff_browser

EARLY = NOW - timedelta(days=14)
DOCUMENT = Evidence(EvidenceKind.DOCUMENT, hashlib.sha256(b"bukti").hexdigest(), EARLY.date())


@pytest.fixture(scope="module")
def change(served: Served) -> str:
    """Permenko 11/2020, proposed before it begins, and a course that would fall."""
    served.runtime.clock.move_to(EARLY)  # type: ignore[attr-defined]  # the served clock moves
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx, scheme="prakerja-2020-launch", now=EARLY)
        a_course(tx, course_code="KRS-BAIK")
        a_course(tx, course_code="KRS-BEBAS", free_elsewhere=True, title="Kursus <i>bebas</i>")
        text = programme.change_text("permenko-11-2020")
        return programme.propose(tx, text, author="staff/90", now=EARLY).change_code


@pytest.fixture(scope="module")
def officer(served: Served) -> Browser:
    return staff_browser(served, "officer")


@pytest.fixture(scope="module")
def curator(served: Served) -> Browser:
    return staff_browser(served, "curator")


@pytest.fixture(scope="module")
def run(officer: Browser, change: str) -> str:
    """The page of a kept dry run."""
    page = f"/console/policy/{change}/dry-run"
    answer = officer.post(page, seen_on=page)
    return answer.headers["location"].split("?")[0]


def test_the_dry_run_shows_a_picture_and_who_misses_what(officer: Browser, run: str) -> None:
    page = officer.get(f"{run}?lang=en").text
    assert "<svg" in page
    assert "The same training is not free elsewhere: <strong>1</strong>" in page
    assert "1 of 2 courses stay on sale, 1 leave" in page
    assert "<i>bebas" not in page


def test_gap_lists_are_made_from_it_and_decided_item_by_item(
    served: Served, officer: Browser, curator: Browser, run: str
) -> None:
    too_soon = officer.post(f"{run}/gaps", {"due_at": "2020-08-02T12:00"}, seen_on=run)
    assert too_soon.status_code == 400
    done = officer.post(f"{run}/gaps", {"due_at": "2020-08-12T12:00"}, seen_on=run)
    assert done.headers["location"] == f"{run}?done=gaps_made"
    with served.runtime.database.transaction("test") as tx:
        [found] = rehearsal.gap_lists(tx, partner_code=worlds.INSTITUTION)
        [item] = [i.item for i in rehearsal.gap_items(tx, found) if i.item.thing_code == "KRS-BEBAS"]
        rehearsal.answer_gap(
            tx,
            item.item_code,
            partner_code=worlds.INSTITUTION,
            words="Materi kami berbeda.",
            evidence=[DOCUMENT],
            now=EARLY,
        )
    assert item.item_code in curator.get("/console/gaps").text
    assert found.list_code in curator.get(f"/console/gaps/{found.list_code}").text
    path = f"/console/gaps/items/{item.item_code}"
    assert "Materi kami berbeda." in curator.get(path).text
    silent = curator.post(path, {"outcome": "rejected", "words": ""}, seen_on=path)
    assert silent.status_code == 400
    assert officer.post(path, {"outcome": "accepted"}, seen_on="/console/rehearsals").status_code == 403
    decided = curator.post(path, {"outcome": "accepted", "words": "Terbukti."}, seen_on=path)
    assert decided.headers["location"] == f"/console/gaps/{found.list_code}?done=gap_decided"
    with served.runtime.database.transaction("test") as tx:
        assert rehearsal.gap_item(tx, item.item_code).item.state is GapState.ACCEPTED


def test_a_partner_gets_more_time_with_a_reason(served: Served, officer: Browser, run: str) -> None:
    with served.runtime.database.transaction("test") as tx:
        found = rehearsal.gap_lists(tx)[0]
    page = f"/console/gaps/{found.list_code}"
    form = {"due_at": "2020-09-01T12:00", "reason": "Surat baru sampai"}
    assert officer.post(f"{page}/time", form, seen_on=page).headers["location"] == f"{page}?done=gap_time"


def test_the_cut_over_is_seen_before_and_after(served: Served, officer: Browser, change: str) -> None:
    with served.runtime.database.transaction("test") as tx:
        a_course(tx, course_code="KRS-LAIN", has_live_session=False)
        programme.approve(tx, change, by="staff/91", now=EARLY)
    rehearsal_rounds.follow_standings(served.runtime, actor="test")
    rehearsal_rounds.follow_standings(served.runtime, actor="test")
    page = officer.get("/console/rehearsals?lang=en").text
    assert "From 7 August 2020" in page
    with served.runtime.database.transaction("test") as tx:
        [coming] = [each for each in rehearsal.standing_counts(tx) if not each.in_force]
    preview = officer.get(f"/console/cut-over/{coming.rule_set}").text
    assert "KRS-LAIN" in preview
    assert "KRS-BAIK" not in preview
    assert "7 August 2020 00:00 WIB" in preview
    one = officer.get("/console/cut-over/courses/KRS-LAIN").text
    assert "Online training is interactive" in one


def test_a_mass_action_takes_two_people_and_is_undone(served: Served, officer: Browser) -> None:
    form = {"kind": "unlist", "reason": "Penertiban", "condition": "1"}
    planned = officer.post("/console/mass-actions", form, seen_on="/console/mass-actions")
    page = planned.headers["location"].split("?")[0]
    assert "somebody else has to confirm" in officer.get(f"{page}?lang=en").text
    assert officer.post(f"{page}/confirm", seen_on=page).status_code == 403
    code = page.rsplit("/", 1)[1]
    with served.runtime.database.transaction("test") as tx:
        rehearsal.confirm_mass_action(tx, code, by="staff/91", now=EARLY)
    assert officer.post(f"{page}/run", seen_on=page).headers["location"] == f"{page}?done=mass_run"
    done = officer.post(f"{page}/undo", {"reason": "Keliru"}, seen_on=page)
    assert done.headers["location"] == f"{page}?done=mass_undone"
    with served.runtime.database.transaction("test") as tx:
        found = rehearsal.mass_action(tx, code)
    assert (found.undone, found.kept) == (1, 0)


def test_a_mass_hold_without_due_process_is_refused_beside_its_fields(officer: Browser) -> None:
    form = {"kind": "hold", "reason": "Penertiban", "condition": "1"}
    answer = officer.post("/console/mass-actions", form, seen_on="/console/mass-actions")
    assert answer.status_code == 400
    assert 'id="p-legal_basis"' in answer.text
