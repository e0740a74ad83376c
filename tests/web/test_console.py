"""What staff can do in the console, and what each role cannot."""

import time
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
    "capability": "selling",
    "target_code": "",
    "reason": "compliance_review",
    "legal_basis": "Permenko 11/2020 art. 30",
    "basis_version": "7 Juli 2020",
    "public_words": "Semua mitra sedang diperiksa.",
    "public_words_en": "All partners are being checked.",
    "proportionality": "Semua mitra memakai perjanjian yang sama.",
    "evidence_kind_1": "finding",
    "evidence_1": "FND-1",
    "evidence_on_1": "2020-08-10",
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


@pytest.fixture(scope="module")
def tokens(staff: dict[str, Browser]) -> dict[str, str]:
    """What each role's forms carry, from the page it comes to first."""
    first = {role: browser.get("/console") for role, browser in staff.items()}
    return {
        role: token_in((staff[role].get(page.headers["location"]) if page.is_redirect else page).text)
        for role, page in first.items()
    }


@pytest.mark.parametrize("role", [role.value for role in Role])
@pytest.mark.parametrize("route", [route for route, who in PERMISSIONS.items() if who.roles])
def test_each_role_may_do_what_the_map_says_and_nothing_else(
    staff: dict[str, Browser], tokens: dict[str, str], role: str, route: str
) -> None:
    method, address = in_address(route)
    browser = staff[role]
    data = {"_csrf": tokens[role]} if method == "POST" else None
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
        ({"basis_version": ""}, "basis_version"),
        ({"proportionality": " "}, "proportionality"),
        ({"capability": "breathing"}, "capability"),
        ({"evidence_kind_1": ""}, "evidence_kind_1"),
        ({"evidence_1": "not a code"}, "evidence_1"),
        ({"evidence_on_1": "2020-02-30"}, "evidence_on_1"),
        ({"scope": "platform", "target_code": worlds.PLATFORM, "evidence_1": ""}, "evidence_1"),
        ({"answer_by_at": "2020-08-17 12:00"}, "answer_by_at"),
        ({"ends_at": "2021-08-17 12:00"}, "ends_at"),
        ({"scope": "schedule", "target_code": "no-such"}, "target_code"),
        ({"scope": "card", "target_code": "1234567812345678"}, "target_code"),
        ({"scope": "person", "target_code": "no-such"}, "target_code"),
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
        ({"reason": "stolen_card"}, "reason"),
        ({"starts_at": "2020-01-01 00:00"}, "starts_at"),
    ):
        answer = officer.post("/console/holds", {**HOLD, **bent}, seen_on="/console/holds")
        assert answer.status_code in {400, 404}, bent
        assert f'id="p-{field}"' in answer.text, bent
        assert "Permenko 11/2020 art. 30" in answer.text or "legal_basis" in bent
        assert "1234567812345678" not in answer.text.split('name="target_code"')[0]
    assert "Semua mitra" not in officer.get("/status").text


def status_of(served: Served) -> str:
    """The status page of the next second: it is made once in each, however many ask."""
    time.sleep(1)
    return served.browser().get("/status?lang=en").text


def test_a_wide_hold_takes_two_people_is_published_and_lifted(served: Served, staff: dict[str, Browser]) -> None:
    officer, other = staff["officer"], staff["admin"]
    answer = officer.post("/console/holds", HOLD, seen_on="/console/holds")
    waiting = answer.headers["location"].removesuffix("?done=hold_proposed")
    assert waiting.startswith("/console/holds/proposals/HPR-")
    assert "All partners are being checked." not in status_of(served), "nothing is held yet"
    assert waiting in officer.get("/console/holds").text
    assert f"{waiting}/confirm" not in officer.get(waiting).text, "not by whoever proposed it"
    alone = officer.post(f"{waiting}/confirm", seen_on=waiting)
    assert (alone.status_code, "kernel.same_person" in alone.text) == (403, True)
    confirmed = other.post(f"{waiting}/confirm", seen_on=waiting)
    page = confirmed.headers["location"].removesuffix("?done=held")
    with served.runtime.database.transaction("test") as tx:
        (hold,) = holds.in_force(tx, served.runtime.clock.now())
        assert hold.placed_by.startswith("staff/")
        assert hold.second_person not in {None, hold.placed_by}
        assert hold.answer_by_at == hold.notice_at + timedelta(days=holds.due_process(tx, hold.placed_at).answer_days)
    assert page == f"/console/holds/{hold.hold_code}"
    assert other.post(f"{waiting}/confirm", seen_on=page).status_code == 409
    assert "All partners are being checked." in status_of(served)
    assert officer.post(f"{page}/lift", {"lift_reason": ""}, seen_on=page).status_code == 400
    lifted = officer.post(f"{page}/lift", {"lift_reason": "Pemeriksaan selesai."}, seen_on=page)
    assert lifted.headers["location"] == f"{page}?done=lifted"
    public = status_of(served)
    assert "Nothing is on hold" in public
    assert "Pemeriksaan selesai." in public
    token = token_in(officer.get("/console/holds").text)
    again = officer.http.post(f"{page}/lift", data={"lift_reason": "Lagi.", "_csrf": token})
    assert again.status_code == 409
    assert "hold.over" in again.text


def test_a_proposed_hold_is_rejected_with_a_reason(staff: dict[str, Browser]) -> None:
    waiting = staff["officer"].post("/console/holds", HOLD, seen_on="/console/holds").headers["location"].split("?")[0]
    assert staff["admin"].post(f"{waiting}/reject", {"reject_reason": ""}, seen_on=waiting).status_code == 400
    answer = staff["admin"].post(f"{waiting}/reject", {"reject_reason": "Terlalu luas."}, seen_on=waiting)
    assert answer.headers["location"] == "/console/holds?done=hold_rejected"
    assert "Terlalu luas." in staff["officer"].get(waiting).text


def test_a_course_is_held_under_the_name_people_know(served: Served, staff: dict[str, Browser]) -> None:
    with served.runtime.database.transaction("test") as tx:
        course_code = worlds.a_class(tx).course_code
    form = {**HOLD, "scope": "course", "target_code": course_code}
    answer = staff["officer"].post("/console/holds", form, seen_on="/console/holds")
    assert answer.headers["location"] == "/console/holds?done=held", "one person is enough for one course"
    with served.runtime.database.transaction("test") as tx:
        (hold,) = holds.in_force(tx, served.runtime.clock.now())
        assert hold.target_name == "Barista untuk pemula"
        assert hold.party == worlds.INSTITUTION
        holds.lift(tx, hold.hold_code, reason="ok", by="test", now=served.runtime.clock.now())


def test_a_hold_is_reviewed_and_its_appeal_decided_by_somebody_else(served: Served, staff: dict[str, Browser]) -> None:
    officer = staff["officer"]
    with served.runtime.database.transaction("test") as tx:
        school = worlds.an_institution(tx).client_code
    form = {**HOLD, "scope": "institution", "target_code": school, "review_at": "2020-08-30 12:00"}
    assert officer.post("/console/holds", form, seen_on="/console/holds").headers["location"].endswith("?done=held")
    now = served.runtime.clock.now()
    with served.runtime.database.transaction("test") as tx:
        (hold,) = holds.in_force(tx, now)
        appeal = holds.appeal(tx, hold.hold_code, party=school, words="Temuan itu keliru.", now=now)
    page = f"/console/holds/{hold.hold_code}"
    late = {"review_words": "Belum selesai.", "next_review_at": "2021-08-30 12:00"}
    assert 'id="p-next_review_at"' in officer.post(f"{page}/review", late, seen_on=page).text
    kept = officer.post(f"{page}/review", {**late, "next_review_at": "2020-09-10 12:00"}, seen_on=page)
    assert kept.headers["location"] == f"{page}?done=reviewed"
    assert "Belum selesai." in served.browser().get(f"/holds/{hold.hold_code}").text
    decision = f"{page}/appeals/{appeal.statement_code}"
    assert appeal.statement_code in officer.get("/console/holds").text
    assert "Temuan itu keliru." in officer.get(decision).text
    assert 'name="outcome"' not in officer.get(decision).text, "not by whoever placed it"
    words = {"outcome": "upheld", "decision_words": "Benar, temuan itu keliru."}
    assert officer.post(decision, words, seen_on=page).status_code == 403
    assert staff["admin"].post(decision, {**words, "outcome": "maybe"}, seen_on=decision).status_code == 400
    assert staff["admin"].get(f"/console/holds/HLD-X/appeals/{appeal.statement_code}").status_code == 404
    decided = staff["admin"].post(decision, words, seen_on=decision)
    assert decided.headers["location"] == f"{page}?done=appeal_decided"
    public = served.browser().get(f"/holds/{hold.hold_code}").text
    assert "Benar, temuan itu keliru." in public
    assert "Temuan itu keliru." not in public, "what a party writes is its own affair"


def test_a_hold_on_a_card_is_seen_by_its_owner_and_by_nobody_else(served: Served, staff: dict[str, Browser]) -> None:
    with served.runtime.database.transaction("test") as tx:
        card, other = worlds.a_card(tx), worlds.a_card(tx)
    form = {**HOLD, "scope": "card", "target_code": card.number, "reason": "identity_misuse"}
    answer = staff["officer"].post("/console/holds", form, seen_on="/console/holds")
    assert answer.headers["location"] == "/console/holds?done=held"
    with served.runtime.database.transaction("test") as tx:
        (hold,) = holds.on_people(tx, served.runtime.clock.now(), [card.card_id], [])
    assert hold.hold_code in staff["officer"].get("/console/holds/people").text
    assert card.number not in staff["officer"].get(f"/console/holds/{hold.hold_code}").text
    address = f"/holds/{hold.hold_code}"
    for public in ("/status", "/", "/courses"):
        assert hold.hold_code not in served.browser().get(public).text
    assert served.browser().get(address).status_code == 404
    stranger = signed_in(served, other.person_id)
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"kind": "appeal", "words": "Bukan saya."}, seen_on="/card").status_code == 404

    mine = signed_in(served, card.person_id)
    assert address in mine.get("/card").text
    assert 'name="words"' in mine.get(address).text
    assert mine.post(address, {"kind": "appeal", "words": ""}, seen_on=address).status_code == 400
    assert mine.post(address, {"kind": "complaint", "words": "x"}, seen_on=address).status_code == 400
    unfit = {"kind": "appeal", "words": "Ini saya.", "evidence_kind_1": "document", "evidence_1": "surat"}
    assert 'id="p-evidence_1"' in mine.post(address, unfit, seen_on=address).text
    answered = mine.post(address, {"kind": "answer", "words": "Kartunya ada pada saya."}, seen_on=address)
    assert answered.headers["location"] == f"{address}?done=hold_answered"
    appealed = mine.post(address, {"kind": "appeal", "words": "Ini saya."}, seen_on=address)
    assert appealed.headers["location"] == f"{address}?done=hold_appealed"
    again = mine.post(address, {"kind": "appeal", "words": "Ini saya."}, seen_on=address)
    assert (again.status_code, "hold.appeal_open" in again.text) == (409, True)
    assert "Ini saya." in mine.get(address).text


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
