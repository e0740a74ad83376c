"""The office writes to people, sees what became of it, and is told when what is said to be on sale cannot be bought."""

from datetime import timedelta

import pytest

from prakarsa.gateways import rounds
from prakarsa.notice import actions as notices
from prakarsa.notice.probe_model import Outcome, Said, Walk
from tests import worlds
from tests.web.conftest import Browser, Served, staff_browser

FORM = {
    "audience": "wave",
    "audience_code": "4",
    "title": "Libur <b>nasional</b>",
    "title_en": "National holiday",
    "words": "Kelas diliburkan.",
    "words_en": "Classes pause.",
}
PAGE = "/console/notices"


@pytest.fixture(scope="module")
def officer(served: Served) -> Browser:
    with served.runtime.database.transaction("test") as tx:
        for _ in range(3):
            worlds.a_card(tx)
    return staff_browser(served, "officer")


def test_a_notice_is_looked_at_before_it_leaves_and_then_followed(served: Served, officer: Browser) -> None:
    kept = officer.post(PAGE, FORM, seen_on=PAGE)
    address = kept.headers["location"].partition("?")[0]
    draft = officer.get(f"{address}?lang=en").text
    assert "It would reach 3 recipients now" in draft
    assert "Libur &lt;b&gt;nasional&lt;/b&gt;" in draft

    sent = officer.post(f"{address}/send", seen_on=address)
    rounds.tell_those_concerned(served.runtime, actor="test")

    assert sent.headers["location"] == f"{address}?done=notice_sent"
    assert "On their way" in officer.get(address).text
    listed = officer.get(f"{PAGE}?lang=en").text
    assert "3 on their way" in listed
    again = officer.http.post(f"{address}/send", data={"_csrf": "x"})
    assert again.status_code in {403, 409}


@pytest.mark.parametrize(
    "change",
    [
        {"audience": "everybody"},
        {"audience_code": "99"},
        {"title": ""},
        {"words": "x" * 5_000},
        {"words": "x" * 301, "urgent": "yes"},
        {"audience_code": "'; DROP TABLE x"},
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(officer: Browser, change: dict[str, str]) -> None:
    answer = officer.post(PAGE, FORM | change, seen_on=PAGE)

    assert answer.status_code == 400
    assert "Classes pause." in answer.text


def test_a_draft_can_be_thrown_away(officer: Browser) -> None:
    address = officer.post(PAGE, FORM, seen_on=PAGE).headers["location"].partition("?")[0]

    assert officer.post(f"{address}/discard", seen_on=address).headers["location"] == f"{PAGE}?done=notice_discarded"
    assert officer.get(f"{PAGE}/NTC-NOTHING").status_code == 404


def test_an_auditor_looks_and_does_not_write(served: Served) -> None:
    auditor = staff_browser(served, "auditor")

    assert auditor.get(PAGE).status_code == 200
    assert '<form method="post" action="/console/notices"' not in auditor.get(PAGE).text


def test_an_alarm_stands_on_the_first_page_of_the_office(served: Served, officer: Browser) -> None:
    now = served.runtime.clock.now()
    with served.runtime.database.transaction("test") as tx:
        worlds.a_platform(tx)
        for place in range(3):
            walk = Walk(
                platform_code=worlds.PLATFORM,
                at=now + timedelta(minutes=place),
                said=Said.ON_SALE,
                outcome=Outcome.REFUSED,
                refusal_code="hold.selling_held",
                course_code="CRS-1",
            )
            notices.record_probe(tx, walk, now=walk.at)

    page = officer.get("/console?lang=en").text

    assert f"What is said to be on sale on Platform {worlds.PLATFORM} cannot be bought" in page
    assert "hold.selling_held" in page
