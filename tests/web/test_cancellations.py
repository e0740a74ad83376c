"""Mass cancellation in the console: counted first, confirmed by somebody else, run, explained to the person."""

import pyotp
import pytest

from prakarsa.card import actions as cards
from prakarsa.catalogue.model import Schedule
from prakarsa.kernel.clock import wall_now
from prakarsa.purchase import cancelling
from prakarsa.purchase.model import Purchase
from tests import worlds
from tests.purchase.cancelled import full_class
from tests.web.conftest import PASSWORD, Browser, Served, hired, signed_in

PLAN = {
    "scope": "schedule",
    "reason": "not_delivered",
    "legal_basis": "Permenko 11/2020 art. 37",
    "basis_version": "4 August 2020",
    "words": "Kelas jatuh pada hari libur bersama.",
    "words_en": "The class falls on a common holiday.",
    "next_step": "Pilih kelas lain di katalog.",
    "next_step_en": "Choose another class in the catalogue.",
    "notice_to": "Balai Satu, melalui surat",
    "evidence_kind": "web_page",
    "evidence": "https://libur.example/2020",
    "closed_until_at": "2020-10-01 09:00",
    "review_at": "",
}
LIST = "/console/cancellations"


def an_officer(served: Served, number: int) -> Browser:
    email, secret = hired(served.runtime, "officer", number)
    browser = served.browser()
    form = {"email": email, "password": PASSWORD, "totp": pyotp.TOTP(secret).at(wall_now())}
    assert browser.post("/console/sign-in", form, seen_on="/console/sign-in").headers["location"] == "/console"
    return browser


@pytest.fixture(scope="module")
def officers(served: Served) -> tuple[Browser, Browser]:
    """Two officers."""
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx)
    return an_officer(served, 1), an_officer(served, 2)


@pytest.fixture
def full(served: Served) -> tuple[Schedule, list[Purchase]]:
    """A class with three purchases."""
    with served.runtime.database.transaction("test") as tx:
        return full_class(tx, 3)


def planned(officer: Browser, of: Schedule) -> str:
    answer = officer.post(LIST, PLAN | {"target_code": of.schedule_code}, seen_on=LIST)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("?")[0]


def test_one_officer_plans_another_confirms_and_everything_is_given_back(
    served: Served, officers: tuple[Browser, Browser], full: tuple[Schedule, list[Purchase]]
) -> None:
    first, second = officers
    schedule, bought = full
    page = planned(first, schedule)
    shown = first.get(page).text
    assert "Rp300,000" in first.get(f"{page}?lang=en").text or "Rp300.000" in shown
    assert "/confirm" not in shown
    assert first.post(f"{page}/confirm", seen_on=page).status_code == 403
    assert "/confirm" in second.get(page).text
    assert second.post(f"{page}/confirm", seen_on=page).status_code == 303
    assert second.post(f"{page}/run", seen_on=page).headers["location"] == f"{page}?done=cancelled"

    with served.runtime.database.transaction("test") as tx:
        assert cancelling.cancellation(tx, page.rsplit("/", 1)[1]).state == "finished"
        card = cards.card_of_person(tx, bought[0].person_id)
        assert card is not None
        assert card.balance_idr == worlds.BALANCE_IDR
    timeline = signed_in(served, bought[0].person_id).get("/timeline?lang=en").text
    assert "The programme office cancelled Barista" in timeline
    assert page.rsplit("/", 1)[1] in first.get(LIST).text


def test_a_plan_can_be_withdrawn(officers: tuple[Browser, Browser], full: tuple[Schedule, list[Purchase]]) -> None:
    page = planned(officers[0], full[0])
    assert officers[0].post(f"{page}/withdraw", seen_on=page).status_code == 303
    assert officers[1].post(f"{page}/confirm", seen_on="/console").status_code == 409


@pytest.mark.parametrize(
    ("bent", "field"),
    [
        ({"target_code": "no-such-class"}, "target_code"),
        ({"target_code": "\x01"}, "target_code"),
        ({"words": ""}, "words"),
        ({"next_step": " "}, "next_step"),
        ({"basis_version": ""}, "basis_version"),
        ({"evidence": ""}, "evidence"),
        ({"evidence": "nothing to look at"}, "evidence"),
        ({"evidence_kind": "hearsay"}, "evidence_kind"),
        ({"closed_until_at": ""}, "closed_until_at"),
        ({"closed_until_at": "2020-08-01 09:00"}, "closed_until_at"),
        ({"scope": "programme"}, "scope"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    officers: tuple[Browser, Browser], full: tuple[Schedule, list[Purchase]], bent: dict[str, str], field: str
) -> None:
    answer = officers[0].post(LIST, PLAN | {"target_code": full[0].schedule_code} | bent, seen_on=LIST)
    assert answer.status_code == 400, answer.text
    assert f'href="#f-{field}"' in answer.text
