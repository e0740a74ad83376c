"""Whatever is sent to whatever page, by whoever: a readable answer below 500, and nothing shown of our inside."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.web.permissions import PERMISSIONS
from tests import worlds
from tests.conftest import NOW
from tests.web.conftest import Browser, Served, signed_in, staff_browser, token_in
from tests.web.test_console import HOLD
from tests.web.test_person import FORM

FIELDS = [
    "address",
    "otp",
    "name",
    "nik",
    "kk",
    "birth_date",
    "citizenship",
    "phone",
    "email",
    "education",
    "in_formal_education",
    "situation",
    "true_data",
    "instructor",
    "facility",
    "course",
    "review",
    "provider",
    "account_number",
    "category",
    "words",
    "scope",
    "target_code",
    "reason",
    "legal_basis",
    "public_words",
    "notice_to",
    "notice_at",
    "starts_at",
    "ends_at",
    "review_at",
    "lift_reason",
    "number",
    "opens_at",
    "closes_at",
    "quota",
    "budget_year",
    "seed",
    "source",
    "decree_number",
    "password",
    "totp",
    "outcome",
    "due_at",
    "kind",
    "condition",
    "institution",
    "platform",
    "field",
    "evidence_1",
    "evidence_kind_1",
    "evidence_on_1",
    "evidence_price_1",
    "hold_reason",
    "proportionality",
    "answer_by_at",
]
GARBAGE = (
    "",
    "\x00",
    "a\x00b",
    "'; DROP TABLE people.person; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {0} {name} %s %(x)s",
    "\u202egnp.exe",
    "😀" * 1_000,
    "9" * 400,
    "-1",
    "1e9",
    "٣",
    "0",
    "2020-13-45T99:99",
    "9999-12-31T23:59",
    "../../etc/passwd",
    "course",
)
QUERIES = ["lang", "next", "before", "after", "owner", "text", "mode", "platform", "max_price", "done", "number"]
PARTS = ("x", "%00", "0", "-1", "9" * 25, quote("😀"), quote("'; --"), "..%2f..", "a" * 3_000, "4")


@pytest.fixture(scope="module")
def everybody(served: Served) -> list[Browser]:
    """A stranger, a person with a card and a purchase, and staff who may do everything."""
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx)
        plan = WavePlan(5, "prakerja-2020", NOW - timedelta(days=1), NOW + timedelta(days=5), 100, 2020, {})
        programme.open_wave(tx, plan, now=NOW)
        purchase = worlds.a_purchase(tx)
    return [served.browser(), signed_in(served, purchase.person_id), staff_browser(served, "admin")]


def filled(template: str, part: str) -> str:
    for name in ("name", "code", "schedule", "number", "token", "purchase_id", "key_id"):
        template = template.replace("{" + name + "}", part)
    return template


@pytest.mark.parametrize("route", [route for route in PERMISSIONS if "{" in route and route.startswith("GET")])
def test_no_address_breaks_a_page(everybody: list[Browser], route: str) -> None:
    for browser in everybody:
        for part in PARTS:
            answer = browser.get(filled(route.removeprefix("GET "), part))
            assert answer.status_code < 500, (part, answer.text[-2_000:])


@pytest.mark.parametrize("route", [each for each in PERMISSIONS if each.startswith("POST") and "out" not in each])
def test_no_form_breaks_a_page(everybody: list[Browser], route: str) -> None:
    template = route.removeprefix("POST ")
    for browser in everybody:
        token = token_in(browser.get("/sign-in").text)
        for garbage in GARBAGE:
            form = dict.fromkeys(FIELDS, garbage) | {"_csrf": token}
            answer = browser.http.post(filled(template, "4"), data=form)
            assert answer.status_code < 500, (garbage, answer.text[-2_000:])
            assert "<script>alert" not in answer.text


def test_no_query_breaks_a_page(everybody: list[Browser]) -> None:
    for browser in everybody:
        for route in PERMISSIONS:
            if not route.startswith("GET") or "{" in route:
                continue
            for garbage in PARTS:
                query = "&".join(f"{name}={garbage}" for name in QUERIES)
                answer = browser.get(f"{route.removeprefix('GET ')}?{query[:6_000]}")
                assert answer.status_code < 500, (route, garbage)


WAVE = {
    "number": "77",
    "scheme": "prakerja-2020",
    "opens_at": "2020-09-03T12:00",
    "closes_at": "2020-09-07T12:00",
    "quota": "10",
    "budget_year": "2020",
}
SOUND = {
    "/apply": FORM,
    "/sign-in": {"address": "dewi@example.com"},
    "/sign-in/code": {"otp": "123456"},
    "/questions": {"category": "purchase", "words": "Saya tidak bisa membeli kursus."},
    "/payouts/account": {"provider": "BNI", "account_number": "8123453456"},
    "/console/holds": {**HOLD, "notice_at": ""},
    "/console/waves": WAVE,
    "/console/waves/4/seed": {"seed": "0831-2026", "source": "Undian negara"},
    "/console/waves/4/decree": {"decree_number": "SK-4"},
    "/console/questions/C-1": {"words": "Saldo Anda sudah muncul."},
}


@pytest.mark.parametrize("path", SOUND)
def test_no_single_bad_field_breaks_a_page(everybody: list[Browser], path: str) -> None:
    for browser in everybody[1:]:
        token = token_in(browser.get("/sign-in").text)
        for name in SOUND[path]:
            for garbage in GARBAGE:
                form = SOUND[path] | {name: garbage, "_csrf": token}
                answer = browser.http.post(path, data=form)
                assert answer.status_code < 500, (name, garbage, answer.text[-2_000:])
