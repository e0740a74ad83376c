"""A partner's desk on the web: a link opens it, nothing else does, and answers arrive with their evidence."""

import hashlib
from datetime import timedelta

import pytest

from prakarsa.kernel.runtime import Runtime
from prakarsa.partner import actions as partners
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.gap_model import GapItem, GapOutcome, GapState
from tests.conftest import NOW
from tests.rehearsal.catalogues import a_course, august
from tests.web.conftest import Browser, Served

DUE = NOW + timedelta(days=10)
DIGEST = hashlib.sha256(b"silabus").hexdigest()
CURRICULUM = "Curriculum, syllabus and lesson plan exist"
ANSWER = {"words": "Silabus lengkap kami lampirkan.", "evidence_kind_1": "document", "evidence_1": DIGEST}


@pytest.fixture(scope="module")
def asked(served: Served) -> GapItem:
    """An item of a gap list that waits for its institution."""
    with served.runtime.database.transaction("test") as tx:
        course = a_course(tx, has_curriculum=False, title="Roti <b>tawar</b>")
        change = august(tx)
        run = rehearsal.keep(tx, change, rehearsal.rehearse(tx, change, now=NOW), by="staff/1", now=NOW)
        while rehearsal.make_gap_lists(tx, run.run_code, due_at=DUE, by="staff/1", base_url=served.url, now=NOW):
            pass
        [found] = rehearsal.gap_lists(tx, partner_code=course.institution_code)
        return next(each.item for each in rehearsal.gap_items(tx, found) if each.item.condition == CURRICULUM)


def token_for(runtime: Runtime, code: str) -> str:
    with runtime.database.transaction("test") as tx:
        return partners.issue_desk_link(tx, code, now=runtime.clock.now())


@pytest.fixture
def desk(runtime: Runtime, asked: GapItem) -> str:
    return f"/desk/{token_for(runtime, asked.partner_code)}"


def test_the_desk_shows_what_is_missing_in_the_readers_language(browser: Browser, desk: str, asked: GapItem) -> None:
    page = browser.get(f"{desk}?lang=en").text
    assert asked.list_code in page
    listed = browser.get(f"{desk}/lists/{asked.list_code}").text
    assert CURRICULUM in listed
    assert "Roti &lt;b&gt;tawar&lt;/b&gt;" in listed
    item = browser.get(f"{desk}/items/{asked.item_code}").text
    assert "Hand in all three documents" in item


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "a" * 3_000])
def test_a_guessed_link_opens_nothing(browser: Browser, token: str, asked: GapItem) -> None:
    for path in ("", f"/lists/{asked.list_code}", f"/items/{asked.item_code}"):
        assert browser.get(f"/desk/{token}{path}").status_code == 404


def test_the_link_of_one_partner_shows_nothing_of_another(served: Served, browser: Browser, asked: GapItem) -> None:
    with served.runtime.database.transaction("test") as tx:
        a_course(tx, institution="balai-dua")
    other = f"/desk/{token_for(served.runtime, 'balai-dua')}"
    assert asked.list_code not in browser.get(other).text
    assert browser.get(f"{other}/lists/{asked.list_code}").status_code == 404
    assert browser.get(f"{other}/items/{asked.item_code}").status_code == 404
    path = f"{other}/items/{asked.item_code}"
    assert browser.post(path, ANSWER, seen_on="/sign-in").status_code == 404


def test_an_answer_arrives_with_its_evidence_and_a_rejection_says_what_to_mend(
    served: Served, browser: Browser, desk: str, asked: GapItem
) -> None:
    path = f"{desk}/items/{asked.item_code}"
    missing = browser.post(path, {"words": "Ya."}, seen_on=path)
    assert missing.status_code == 400
    assert "rehearsal.evidence_missing" in browser.get("/errors").text
    unfit = browser.post(path, ANSWER | {"evidence_1": "bukan digest"}, seen_on=path)
    assert unfit.status_code == 400
    done = browser.post(path, ANSWER, seen_on=path)
    assert done.headers["location"] == f"{desk}/lists/{asked.list_code}?done=gap_answered"
    with served.runtime.database.transaction("staff/1") as tx:
        found = rehearsal.gap_item(tx, asked.item_code)
        assert found.item.state is GapState.ANSWERED
        assert found.answers[0].evidence[0].reference == DIGEST
        rehearsal.decide_gap(
            tx, asked.item_code, outcome=GapOutcome.REJECTED, words="RPP belum ada.", by="staff/1", now=NOW
        )
    assert "RPP belum ada." in browser.get(path).text


def test_the_journal_names_the_partner_not_a_visitor(served: Served, asked: GapItem) -> None:
    with served.runtime.database.transaction("test") as tx:
        actors = tx.values("SELECT actor FROM journal.entry WHERE action = 'rehearsal.gap_answered'")
    assert actors == [f"partner/{asked.partner_code}"]


def test_a_desk_is_never_kept_by_caches_or_told_to_other_sites(browser: Browser, desk: str) -> None:
    answer = browser.get(desk)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert 'content="noindex"' in answer.text
