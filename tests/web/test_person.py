"""What a person can do on the pages, from applying to being paid."""

import re
from datetime import timedelta

import pytest

from prakarsa.hold import actions as holds
from prakarsa.kernel.db import Tx
from prakarsa.partner import actions as partners
from prakarsa.people.actions import persons
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import OtpOrder, Purchase
from tests import worlds
from tests.conftest import NOW
from tests.web.conftest import Browser, Served, signed_in

FORM = {
    "name": "Dewi Lestari",
    "nik": "3174015701900001",
    "kk": "3174010101100001",
    "birth_date": "1990-01-17",
    "citizenship": "ID",
    "phone": "0812 0000 1111",
    "email": "dewi@example.com",
    "education": "sma",
    "in_formal_education": "no",
    "situation": "laid_off",
    "true_data": "yes",
}


@pytest.fixture(scope="module")
def open_wave(served: Served) -> int:
    """Wave 5 is open; wave 4 has closed."""
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx)
        plan = WavePlan(
            number=5,
            scheme="prakerja-2020",
            opens_at=NOW - timedelta(days=1),
            closes_at=NOW + timedelta(days=5),
            quota=100,
            budget_year=2020,
            region_quota={},
        )
        programme.open_wave(tx, plan, now=NOW)
    return 5


@pytest.fixture(scope="module")
def holder(served: Served, open_wave: int) -> worlds.HeldCard:
    """Somebody with a card."""
    with served.runtime.database.transaction("test") as tx:
        return worlds.a_card(tx)


@pytest.fixture(scope="module")
def mine(served: Served, holder: worlds.HeldCard) -> Browser:
    """The holder's browser."""
    return signed_in(served, holder.person_id)


def applied(browser: Browser, **bent: str) -> tuple[int, str]:
    answer = browser.post("/apply", {**FORM, **bent}, seen_on="/apply")
    return answer.status_code, answer.text


def test_the_start_page_names_the_open_wave(browser: Browser, open_wave: int) -> None:
    assert "Wave 5 is open" in browser.get("/?lang=en").text


def test_every_problem_stands_beside_its_field_and_everything_typed_is_kept(browser: Browser, open_wave: int) -> None:
    browser.get("/?lang=en")
    status, page = applied(browser, nik="123", phone="999", name="", birth_date="17/01/1990", situation="dreamer")
    assert status == 400
    for name in ("name", "birth_date", "situation"):
        assert f'id="p-{name}"' in page
    assert 'value="dewi@example.com"' in page
    assert 'value="123"' in page
    status, page = applied(browser, nik="123", phone="999")
    assert 'id="p-nik"' in page
    assert 'id="p-phone"' in page
    assert "exactly 16 digits" in page


def test_nothing_is_taken_without_the_promise_that_it_is_true(browser: Browser, open_wave: int) -> None:
    status, page = applied(browser, true_data="")
    assert status == 400
    assert 'id="p-true_data"' in page


def test_an_application_is_receipted_and_the_same_again_is_the_same(browser: Browser, open_wave: int) -> None:
    status, page = applied(browser)
    assert status == 201
    number = re.search(r'class="number">([^<]+)<', page)
    assert number
    status, again = applied(browser)
    assert status == 201
    assert number[1] in again


def test_another_person_with_the_same_nik_is_told_beside_the_field(browser: Browser, open_wave: int) -> None:
    applied(browser)
    status, page = applied(browser, name="Orang Lain", phone="0812 0000 2222", email="lain@example.com")
    assert status == 400
    assert 'id="p-nik"' in page


def test_a_code_works_once_and_opens_the_page_that_was_asked_for(served: Served, holder: worlds.HeldCard) -> None:
    browser = signed_in(served, holder.person_id)
    assert browser.get("/card").status_code == 200
    assert browser.http.cookies.get("prakarsa_code") is None


def test_a_wrong_code_counts_and_a_stranger_learns_nothing(served: Served) -> None:
    browser = served.browser()
    answer = browser.post("/sign-in", {"address": "nobody@example.com"}, seen_on="/sign-in")
    assert answer.headers["location"] == "/sign-in/code"
    for left in ("2", "1"):
        answer = browser.post("/sign-in/code", {"otp": "000000"}, seen_on="/sign-in/code")
        assert answer.status_code == 401
        assert "people.code_wrong" in answer.text
        assert left in answer.text
    assert "people.code_tried_out" in browser.post("/sign-in/code", {"otp": "000000"}, seen_on="/sign-in/code").text


def test_too_many_codes_for_one_address_is_429_with_the_time_to_wait(served: Served) -> None:
    browser = served.browser()
    answers = [browser.post("/sign-in", {"address": "081299998888"}, seen_on="/sign-in").status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    last = browser.post("/sign-in", {"address": "081299998888"}, seen_on="/sign-in")
    assert int(last.headers["retry-after"]) > 0


def test_after_signing_out_the_session_is_dead(served: Served, holder: worlds.HeldCard) -> None:
    browser = signed_in(served, holder.person_id)
    token = browser.http.cookies["prakarsa_person"]
    assert browser.post("/sign-out", seen_on="/card").status_code == 303
    browser.http.cookies.set("prakarsa_person", token)
    assert browser.get("/card").status_code == 303


def test_the_card_number_is_masked_until_its_owner_asks(mine: Browser, holder: worlds.HeldCard) -> None:
    spaced = " ".join(holder.number[i : i + 4] for i in range(0, 16, 4))
    hidden = mine.get("/card?lang=en").text
    assert spaced not in hidden
    assert holder.number[-4:] in hidden
    assert mine.http.get("/card/number").status_code == 405
    assert spaced in mine.post("/card/number", seen_on="/card").text


def test_the_card_shows_balance_deadline_and_that_it_can_buy(served: Served, mine: Browser) -> None:
    page = mine.get("/card?lang=en").text
    assert "No course can be bought at this moment" in page
    with served.runtime.database.transaction("test") as tx:
        worlds.a_class(tx)
    page = mine.get("/card?lang=en").text
    assert "Rp1,000,000" in page
    assert "15 September 2020 23:59 WIB" in page
    assert "30 days" in page
    assert "Nothing about your card keeps you from buying" in page


def test_a_hold_is_told_on_the_card_with_cause_and_paused_clock_and_on_the_timeline(
    served: Served, mine: Browser, holder: worlds.HeldCard
) -> None:
    now = served.runtime.clock.now()
    with served.runtime.database.transaction("test") as tx:
        schedule = worlds.a_class(tx)
        hold = worlds.a_hold(tx, now=now)
    with served.runtime.database.transaction("test") as tx:
        wish = OtpOrder(
            worlds.a_platform(tx),
            holder.number,
            f"user-{holder.card_id}",
            schedule.course_code,
            schedule.schedule_code,
            worlds.PRICE_IDR,
        )
        purchases.send_otp(tx, [wish], now=served.runtime.clock.now())
    card = mine.get("/card?lang=en").text
    assert "Administrative requirements are being checked." in card
    assert "The clock is stopped" in card
    assert "hold.selling_held" in card
    line = mine.get("/timeline?lang=en").text
    assert "You could not buy Barista untuk pemula" in line
    assert "Your deadline is paused until this is over." in line
    assert 'href="/errors/hold.selling_held"' in line
    assert "Administrative requirements are being checked." in mine.get("/").text
    assert "Administrative requirements are being checked." in mine.get("/status").text
    assert "Administrative requirements are being checked." in mine.get("/courses").text
    can = mine.get(f"/courses/{schedule.course_code}/classes/{schedule.schedule_code}")
    assert "hold.selling_held" in can.text
    with served.runtime.database.transaction("test") as tx:
        holds.lift(tx, hold.hold_code, reason="The check is over.", by="staff/1", now=served.runtime.clock.now())
    assert "The check is over." in mine.get("/status").text
    assert "hold.selling_held" not in mine.get("/card").text


def test_a_timeline_is_paged_and_a_crazy_page_number_is_the_first_page(served: Served, mine: Browser) -> None:
    assert mine.get("/timeline?before=1").status_code == 200
    for before in ("x", "-1", "9" * 40, "%00", "١٢"):
        assert mine.get(f"/timeline?before={before}").status_code == 200


def bought(served: Served, person_id: int | None = None) -> Purchase:
    with served.runtime.database.transaction("test") as tx:
        return worlds.a_purchase(tx, meetings=2)


def finish(tx: Tx, purchase: Purchase) -> None:
    worlds.completed(tx, purchase, now=NOW + timedelta(days=8))


def test_a_course_is_walked_to_its_rating_and_the_account_is_linked(served: Served) -> None:
    purchase = bought(served)
    browser = signed_in(served, purchase.person_id)
    browser.get("/?lang=en")
    address = f"/my-courses/{purchase.purchase_id}"
    page = browser.get(address).text
    assert purchase.redeem_code in page
    assert page.count("not yet") == 3
    assert "Rate this course" not in page

    with served.runtime.database.transaction("test") as tx:
        finish(tx, purchase)
    page = browser.get(address).text
    assert "Rate this course" in page
    number = re.search(r'/certificates/([0-9A-Z-]+)"', page)
    assert number

    stars = {"instructor": "5", "facility": "4", "course": "3"}
    answer = browser.post(f"{address}/rating", {**stars, "course": "9", "review": "kurang"}, seen_on=address)
    assert answer.status_code == 400
    assert 'value="5" required checked' in answer.text
    answer = browser.post(f"{address}/rating", {**stars, "review": "pendek"}, seen_on=address)
    assert 'id="p-review"' in answer.text
    answer = browser.post(f"{address}/rating", {**stars, "review": "Pengajarnya sabar dan jelas."}, seen_on=address)
    assert answer.status_code == 303
    assert "Pengajarnya sabar" in browser.get(f"/courses/{purchase.course_code}").text

    assert "disbursement" not in browser.get("/payouts").text
    wrong = browser.post("/payouts/account", {"provider": "BNI", "account_number": "12"}, seen_on="/payouts")
    assert wrong.status_code == 400
    assert 'id="p-account_number"' in wrong.text
    right = browser.post("/payouts/account", {"provider": "BNI", "account_number": "8123453456"}, seen_on="/payouts")
    assert right.headers["location"] == "/payouts?done=account_linked"
    page = browser.get("/payouts").text
    assert "3456" in page
    assert "8123453456" not in page
    assert browser.post("/payouts/retry", seen_on="/payouts").status_code == 409


def test_nobody_sees_another_persons_course(served: Served, mine: Browser) -> None:
    purchase = bought(served)
    assert mine.get(f"/my-courses/{purchase.purchase_id}").status_code == 404
    for number in ("0", "x", "9" * 30, "%00", "-1"):
        assert mine.get(f"/my-courses/{number}").status_code == 404


def test_a_question_is_asked_and_waits_for_its_answer(mine: Browser) -> None:
    short = mine.post("/questions", {"category": "purchase", "words": "hi"}, seen_on="/questions")
    assert short.status_code == 400
    assert 'id="p-words"' in short.text
    odd = mine.post("/questions", {"category": "weather", "words": "Kapan hujan berhenti?"}, seen_on="/questions")
    assert 'id="p-category"' in odd.text
    asked = mine.post(
        "/questions", {"category": "purchase", "words": "Saya tidak bisa membeli <b>kursus</b>."}, seen_on="/questions"
    )
    assert asked.status_code == 303
    page = mine.get("/questions").text
    assert "&lt;b&gt;kursus" in page


def test_a_person_joins_the_open_wave_without_filling_in_again(served: Served, open_wave: int) -> None:
    with served.runtime.database.transaction("test") as tx:
        person_id = worlds.a_person(tx)
        public_id = persons(tx, [person_id])[person_id].public_id
    browser = signed_in(served, person_id)
    assert "Join this wave" in browser.get("/apply?lang=en").text
    assert browser.post("/applications", seen_on="/applications").headers["location"] == "/applications?done=applied"
    page = browser.get("/applications").text
    assert "We have your application" in page
    assert public_id not in page
    assert browser.get("/card").text.count("You have no card yet") >= 1


def test_a_partner_page_says_who_an_institution_is(browser: Browser, served: Served, holder: worlds.HeldCard) -> None:
    with served.runtime.database.transaction("test") as tx:
        institution = worlds.an_institution(tx)
        assert partners.partner(tx, institution.client_code)
    assert institution.name in browser.get(f"/institutions/{institution.client_code}").text
    assert browser.get("/institutions/nobody").status_code == 404
