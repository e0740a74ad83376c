"""What staff can do in the console, and what each role cannot."""

from datetime import timedelta

import pytest

from prakarsa.card import actions as cards
from prakarsa.complaint import actions as complaints
from prakarsa.disbursement import actions as payouts
from prakarsa.feedback import actions as feedback
from prakarsa.feedback.model import Stars
from prakarsa.gateways.simulators.population import Invented
from prakarsa.hold import actions as holds
from prakarsa.people import actions as people
from prakarsa.people.model import Role
from prakarsa.selection import actions as selection
from prakarsa.selection.drawing import verify_document
from prakarsa.selection.model import NewApplication
from prakarsa.web.permissions import PERMISSIONS
from tests import worlds
from tests.conftest import NOW
from tests.disbursement.worlds import an_account_number
from tests.people.applicants import as_applicant
from tests.web.conftest import PASSWORD, Browser, Served, signed_in, staff_browser, token_in

FILLED = {"number": "4", "code": "HLD-23456789"}
HOLD = {
    "scope": "programme",
    "target_code": "",
    "reason": "compliance_review",
    "legal_basis": "Permenko 11/2020 art. 30",
    "public_words": "Semua mitra sedang diperiksa.",
    "notice_to": "Semua platform, melalui surat",
    "starts_at": "",
    "ends_at": "",
    "review_at": "2020-08-20 12:00",
}


@pytest.fixture(scope="module")
def staff(served: Served) -> dict[str, Browser]:
    """A signed-in browser for every role."""
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx)
    return {role.value: staff_browser(served, role.value) for role in Role}


def in_address(route: str) -> tuple[str, str]:
    """Method and an address of a route of the map."""
    method, template = route.split(" ")
    for name, value in FILLED.items():
        template = template.replace("{" + name + "}", value)
    return method, template


@pytest.mark.parametrize("role", [role.value for role in Role])
@pytest.mark.parametrize("route", [route for route, who in PERMISSIONS.items() if who.roles])
def test_each_role_may_do_what_the_map_says_and_nothing_else(staff: dict[str, Browser], role: str, route: str) -> None:
    method, address = in_address(route)
    browser = staff[role]
    token = token_in(browser.get("/console").text)
    data = {"_csrf": token} if method == "POST" else None
    answer = browser.http.request(method, address, data=data)
    if role in PERMISSIONS[route].roles:
        assert answer.status_code != 403, answer.text
    else:
        assert answer.status_code == 403
        assert "web.not_your_role" in answer.text


def test_every_personal_or_staff_route_turns_a_stranger_away(browser: Browser) -> None:
    for route, who in PERMISSIONS.items():
        if not (who.person or who.roles):
            continue
        method, address = in_address(route)
        answer = browser.http.request(method, address)
        assert answer.status_code == 303, route
        assert "sign-in" in answer.headers["location"]


def test_a_persons_session_opens_no_console_and_a_staff_session_no_card(
    served: Served, staff: dict[str, Browser]
) -> None:
    token = staff["officer"].http.cookies["prakarsa_staff"]
    browser = served.browser()
    browser.http.cookies.set("prakarsa_person", token)
    assert browser.get("/card").status_code == 303


def test_a_wrong_password_is_refused_without_telling_what_was_wrong(served: Served) -> None:
    browser = served.browser()
    for form in (
        {"email": "officer@kantor.example", "password": "salah", "totp": "000000"},
        {"email": "nobody@kantor.example", "password": PASSWORD, "totp": "000000"},
    ):
        answer = browser.post("/console/sign-in", form, seen_on="/console/sign-in")
        assert answer.status_code == 401
        assert "people.staff_sign_in_failed" in answer.text
        assert PASSWORD not in answer.text


def test_machines_that_try_passwords_are_slowed_down(served: Served) -> None:
    browser = served.browser()
    statuses = []
    for _ in range(25):
        answer = browser.post("/console/sign-in", {"email": "x"}, seen_on="/console/sign-in")
        statuses.append(answer.status_code)
    assert 429 in statuses
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "kernel.too_many_requests" in answer.text


def test_a_hold_needs_everything_due_process_asks_for(staff: dict[str, Browser]) -> None:
    officer = staff["officer"]
    for bent, field in (
        ({"legal_basis": ""}, "legal_basis"),
        ({"public_words": " "}, "public_words"),
        ({"notice_to": ""}, "notice_to"),
        ({"review_at": ""}, "review_at"),
        ({"review_at": "2019-01-01 12:00"}, "review_at"),
        ({"review_at": "yesterday"}, "review_at"),
        ({"scope": "galaxy"}, "scope"),
        ({"scope": "platform"}, "target_code"),
        ({"scope": "platform", "target_code": "no-such"}, "target_code"),
        ({"scope": "course", "target_code": "no-such"}, "target_code"),
        ({"reason": "mood"}, "reason"),
        ({"starts_at": "2020-01-01 00:00"}, "starts_at"),
    ):
        answer = officer.post("/console/holds", {**HOLD, **bent}, seen_on="/console/holds")
        assert answer.status_code in {400, 404}, bent
        assert f'id="p-{field}"' in answer.text, bent
        assert "Permenko 11/2020 art. 30" in answer.text or "legal_basis" in bent
    assert "Semua mitra" not in officer.get("/status").text


def test_a_hold_is_placed_published_and_lifted(served: Served, staff: dict[str, Browser]) -> None:
    officer = staff["officer"]
    answer = officer.post("/console/holds", HOLD, seen_on="/console/holds")
    assert answer.headers["location"] == "/console/holds?done=held"
    with served.runtime.database.transaction("test") as tx:
        (hold,) = holds.in_force(tx, served.runtime.clock.now())
    assert hold.placed_by.startswith("staff/")
    assert "Semua mitra sedang diperiksa." in served.browser().get("/status").text
    page = f"/console/holds/{hold.hold_code}"
    assert officer.post(f"{page}/lift", {"lift_reason": ""}, seen_on=page).status_code == 400
    lifted = officer.post(f"{page}/lift", {"lift_reason": "Pemeriksaan selesai."}, seen_on=page)
    assert lifted.headers["location"] == f"{page}?done=lifted"
    public = served.browser().get("/status?lang=en").text
    assert "Nothing is on hold" in public
    assert "Pemeriksaan selesai." in public
    token = token_in(officer.get(page).text)
    again = officer.http.post(f"{page}/lift", data={"lift_reason": "Lagi.", "_csrf": token})
    assert again.status_code == 409
    assert "hold.over" in again.text


def test_a_course_is_held_under_the_name_people_know(served: Served, staff: dict[str, Browser]) -> None:
    with served.runtime.database.transaction("test") as tx:
        course_code = worlds.a_class(tx).course_code
    form = {**HOLD, "scope": "course", "target_code": course_code}
    staff["officer"].post("/console/holds", form, seen_on="/console/holds")
    with served.runtime.database.transaction("test") as tx:
        (hold,) = holds.in_force(tx, served.runtime.clock.now())
        assert hold.target_name == "Barista untuk pemula"
        holds.lift(tx, hold.hold_code, reason="ok", by="test", now=served.runtime.clock.now())


def test_a_wave_is_planned_with_every_mistake_named(staff: dict[str, Browser]) -> None:
    officer = staff["officer"]
    plan = {
        "number": "7",
        "scheme": "prakerja-2020",
        "opens_at": "2020-09-03T12:00",
        "closes_at": "2020-09-07T12:00",
        "quota": "800.000",
        "budget_year": "2020",
    }
    for bent, field in (
        ({"number": "0"}, "number"),
        ({"number": "4"}, "number"),
        ({"number": "vii"}, "number"),
        ({"scheme": "no-such"}, "scheme"),
        ({"opens_at": ""}, "opens_at"),
        ({"quota": "-5"}, "quota"),
        ({"quota": "9" * 30}, "quota"),
    ):
        answer = officer.post("/console/waves", {**plan, **bent}, seen_on="/console/waves")
        assert answer.status_code in {400, 404, 409}, bent
        assert f'id="p-{field}"' in answer.text, bent
    backwards = officer.post("/console/waves", {**plan, "closes_at": "2020-09-01T12:00"}, seen_on="/console/waves")
    assert "programme.bad_wave_plan" in backwards.text
    assert officer.post("/console/waves", plan, seen_on="/console/waves").status_code == 303
    page = officer.get("/console/waves?lang=id").text
    assert "800.000" in page
    assert "3 September 2020 12.00 WIB" in page


def test_a_wave_is_run_from_the_console_to_its_cards(
    served: Served, staff: dict[str, Browser], invented: list[Invented]
) -> None:
    officer, clock = staff["officer"], served.runtime.clock
    with served.runtime.database.transaction("test") as tx:
        registered = people.register(tx, [as_applicant(person) for person in invented], now=clock.now())
        ids = [each for each in registered if isinstance(each, int)]
    officer.post(
        "/console/waves",
        {
            "number": "8",
            "scheme": "prakerja-2020",
            "opens_at": "2020-08-10T12:00",
            "closes_at": "2020-08-16T11:00",
            "quota": "10",
            "budget_year": "2020",
        },
        seen_on="/console/waves",
    )
    with served.runtime.database.transaction("test") as tx:
        selection.apply(tx, [NewApplication(i, 8) for i in ids], now=NOW - timedelta(days=2))
    page = "/console/waves/8"

    def press(step: str, form: dict[str, str] | None = None) -> str:
        answer = officer.post(f"{page}/{step}", form, seen_on=page)
        return str(answer.headers.get("location", answer.text))

    assert "selection.not_all_screened" in press("commit")
    assert press("screen") == f"{page}?done=screened"
    assert press("commit") == f"{page}?done=committed"
    assert "selection.no_seed" in press("draw")
    assert 'id="p-seed"' in press("seed", {"seed": "", "source": "x"})
    assert press("seed", {"seed": "0831-2026-7719", "source": "Undian negara 16 Agustus 2020"}) == f"{page}?done=seeded"
    assert press("draw") == f"{page}?done=drawn"
    assert "card.no_decree" in press("issue")
    assert press("decree", {"decree_number": "SK-8/2020"}) == f"{page}?done=decreed"
    assert press("issue") == f"{page}?done=issued"

    with served.runtime.database.transaction("test") as tx:
        winners = selection.winners(tx, 8)
        assert len(winners) == 10
        assert all(cards.card_of_person(tx, person_id) for _, person_id in winners)
    assert "SK-8/2020" in officer.get(page).text

    browser = served.browser()
    assert "SK-8/2020" in browser.get("/draws").text
    published = browser.get("/draws/8.json")
    assert published.headers["content-type"] == "application/json"
    assert published.headers["access-control-allow-origin"] == "*"
    assert verify_document(published.json()) == []


def test_a_draw_that_is_not_there_is_a_readable_no(browser: Browser) -> None:
    assert browser.get("/draws/4.json").status_code == 409
    for name in ("77.json", "x.json", "4.xml", "4", "-4.json", "9" * 30 + ".json", "%00.json"):
        assert browser.get(f"/draws/{name}").status_code == 404, name


def test_due_payments_are_sent_and_a_failure_is_shown_to_both_sides(served: Served, staff: dict[str, Browser]) -> None:
    with served.runtime.database.transaction("test") as tx:
        purchase = worlds.a_purchase(tx)
        worlds.completed(tx, purchase, now=NOW)
        feedback.rate(tx, purchase.person_id, purchase.purchase_id, Stars(5, 5, 5), "Sangat membantu saya.", now=NOW)
        number = an_account_number("0004")  # the simulated bank says: closed
        payouts.link_account(tx, purchase.person_id, "BNI", number, now=NOW)
    finance = staff["finance"]
    sent = finance.post("/console/payouts/send", seen_on="/console/payouts")
    assert sent.headers["location"] == "/console/payouts?done=sent"
    page = finance.get("/console/payouts?lang=en").text
    assert "Sari Melati Putri" in page
    assert number not in page
    person = signed_in(served, purchase.person_id)
    mine = person.get("/payouts?lang=en").text
    assert "did not arrive" in mine
    assert "Send it again" in mine
    assert number not in mine
    assert person.post("/payouts/retry", seen_on="/payouts").headers["location"] == "/payouts?done=retry"


def test_a_question_is_answered_from_the_console(served: Served, staff: dict[str, Browser]) -> None:
    with served.runtime.database.transaction("test") as tx:
        person_id = worlds.a_person(tx)
        asked = complaints.open_complaint(
            tx, person_id, "balance", "Saldo saya belum muncul.", now=served.runtime.clock.now()
        )
    officer = staff["officer"]
    assert "Saldo saya belum muncul." in officer.get("/console/questions").text
    address = f"/console/questions/{asked.number}"
    short = officer.post(address, {"words": "ya"}, seen_on="/console/questions")
    assert short.status_code == 400
    answered = officer.post(address, {"words": "Saldo Anda sudah muncul hari ini."}, seen_on="/console/questions")
    assert answered.status_code == 303
    assert "Saldo saya belum muncul." not in officer.get("/console/questions").text
    token = token_in(officer.get("/console").text)
    again = officer.http.post(address, data={"words": "Sekali lagi untuk Anda.", "_csrf": token})
    assert again.status_code == 409
    assert "complaint.already_answered" in again.text


def test_the_books_are_shown_and_balance(served: Served, staff: dict[str, Browser]) -> None:
    page = staff["auditor"].get("/console/books?lang=en").text
    assert "The books balance" in page
    assert "State treasury" in page


def test_a_member_of_staff_who_left_is_out_at_once(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        people.dismiss(tx, "curator@kantor.example", now=served.runtime.clock.now())
    browser = served.browser()
    browser.http.cookies.set("prakarsa_staff", "x" * 43)
    assert browser.get("/console").status_code == 303
