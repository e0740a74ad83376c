"""How every page behaves, whatever it is about: languages, headers, forms, methods, errors."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

import prakarsa
from prakarsa.kernel.refusal import Refusal
from prakarsa.web.app import web_router
from prakarsa.web.plumbing.language import chosen_language
from prakarsa.web.plumbing.visit import local_path
from prakarsa.web.timeline_words import SENTENCES
from tests.web.conftest import Browser, Served, serving, token_in

SOURCE = Path(prakarsa.__file__).parent


def language_of(page: str) -> str:
    found = re.search(r'<html lang="(\w+)">', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("asked", "cookie", "accepts", "expected"),
    [
        ("", "", "", "id"),
        ("", "", "en-GB,en;q=0.9", "en"),
        ("", "", "fr, id;q=0.3, en;q=0.8", "en"),
        ("", "", "in", "id"),
        ("", "", "en;q=0", "id"),
        ("", "id", "en", "id"),
        ("en", "id", "id", "en"),
        ("xx", "en", "id", "en"),
        ("", "", "\x00;;;q=,en;q=nonsense", "id"),
    ],
)
def test_the_switch_wins_then_the_cookie_then_the_browser_then_indonesian(
    asked: str, cookie: str, accepts: str, expected: str
) -> None:
    assert chosen_language(asked, cookie, accepts) == expected


def test_the_language_switch_is_remembered(browser: Browser) -> None:
    assert language_of(browser.get("/status").text) == "id"
    assert language_of(browser.get("/status?lang=en").text) == "en"
    assert language_of(browser.get("/").text) == "en"
    assert language_of(browser.get("/?lang=id").text) == "id"
    assert language_of(browser.get("/errors").text) == "id"


def test_the_switch_leads_back_to_the_same_page(browser: Browser) -> None:
    assert 'href="/sign-in?next=%2Ftimeline&amp;lang=en"' in browser.get("/sign-in?next=/timeline&lang=id").text


@pytest.mark.parametrize(
    "path", ["/", "/status", "/errors", "/no-such-page", "/static/prakarsa.css", "/sign-in", "/card", "/issuer"]
)
def test_every_answer_carries_the_security_headers(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_pages_load_nothing_from_elsewhere_and_run_no_script(browser: Browser) -> None:
    for path in ("/", "/errors", "/sign-in"):
        page = browser.get(path).text
        assert "<script" not in page
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
        assert " style=" not in page
        assert " on" + "click" not in page


def test_unknown_pages_are_404_and_wrong_methods_405(browser: Browser) -> None:
    assert browser.get("/no-such-page").status_code == 404
    assert "kernel.nothing_here" in browser.get("/no-such-page").text
    wrong = browser.http.delete("/status")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["allow"]
    assert "kernel.method_not_allowed" in wrong.text
    assert browser.http.post("/status").status_code == 405


def test_the_head_of_a_page_can_be_asked_for(browser: Browser) -> None:
    answer = browser.http.head("/status")
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/errors/%00",
        "/errors/%ff%fe",
        "/errors/" + "x" * 5_000,
        "/?lang=%00",
        "/?lang=en&lang=id&done=%ff",
        "/status?" + "&".join(f"a{i}=1" for i in range(500)),
        "/static/..%2fapp.py",
        "/static/prakarsa.txt",
        "/sign-in?next=%ff%00",
    ],
)
def test_hostile_addresses_get_a_readable_page(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in {200, 404}
    assert "Traceback" not in answer.text


def test_personal_pages_ask_to_sign_in_and_come_back(browser: Browser) -> None:
    answer = browser.get("/timeline?before=12")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Ftimeline%3Fbefore%3D12"


def test_staff_pages_ask_staff_to_sign_in(browser: Browser) -> None:
    answer = browser.get("/console/waves")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/console/sign-in")


@pytest.mark.parametrize("cookie", ["x", "x" * 40, "x" * 4_000, "%00%00%00%00%00%00%00%00%00"])
def test_a_made_up_session_is_nobody(browser: Browser, cookie: str) -> None:
    browser.http.cookies.set("prakarsa_person", cookie)
    assert browser.get("/timeline").status_code == 303
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\r\nLocation: https://evil.example",
        "javascript:alert(1)",
        "",
        "card",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(address: str) -> None:
    assert local_path(address, "/card") == "/card"


def test_local_addresses_are_kept() -> None:
    assert local_path("/verify/abc?x=1", "/card") == "/verify/abc?x=1"


def test_a_form_without_its_token_is_refused(browser: Browser) -> None:
    answer = browser.http.post("/sign-in", data={"address": "081234567890"})
    assert answer.status_code == 403
    assert "web.stale_form" in answer.text


def test_a_form_with_another_browsers_token_is_refused(browser: Browser, served: Served) -> None:
    stranger = served.browser()
    token = token_in(stranger.get("/sign-in").text)
    browser.get("/sign-in")
    answer = browser.http.post("/sign-in", data={"address": "081234567890", "_csrf": token})
    assert answer.status_code == 403


def test_a_form_sent_from_another_site_is_refused_even_with_a_token(browser: Browser) -> None:
    token = token_in(browser.get("/sign-in").text)
    for site in ("cross-site", "same-site"):
        answer = browser.http.post(
            "/sign-in", data={"address": "081234567890", "_csrf": token}, headers={"Sec-Fetch-Site": site}
        )
        assert answer.status_code == 403


def test_a_form_with_its_token_is_taken(browser: Browser) -> None:
    answer = browser.post("/sign-in", {"address": "nonsense"}, seen_on="/sign-in")
    assert answer.status_code == 400
    assert "nonsense" in answer.text
    assert "people.bad_address" in answer.text


def test_the_token_changes_with_the_session(browser: Browser) -> None:
    before = token_in(browser.get("/sign-in").text)
    browser.http.cookies.set("prakarsa_person", "some-session-token")
    assert token_in(browser.get("/sign-in").text) != before


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"\xff\xfe=1", "application/x-www-form-urlencoded", 400),
        (b"a=%ff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=1" % i for i in range(1_000)), "application/x-www-form-urlencoded", 400),
        (b"a=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b'{"a": 1}', "application/json", 403),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x", 403),
        (b"--x\r\n\r\n", "multipart/form-data", 403),
        (b"", "", 403),
        (b"a=1", "text/plain; charset=\xff", 403),
    ],
)
def test_unreadable_forms_are_refused(browser: Browser, body: bytes, kind: str, status: int) -> None:
    headers = {b"Content-Type": kind.encode("latin-1")}
    answer = browser.http.post("/sign-in", content=body, headers=headers)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_text_from_outside_is_escaped(browser: Browser) -> None:
    answer = browser.post("/sign-in", {"address": '"><script>alert(1)</script>'}, seen_on="/sign-in")
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookies = browser.get("/sign-in?lang=en").headers.get_list("set-cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie


def test_on_a_site_with_tls_cookies_travel_over_tls_only_and_are_still_read(served: Served) -> None:
    settings = replace(served.runtime.settings, base_url="https://prakarsa.example")
    secure = replace(served.runtime, settings=settings)

    def build(_: str) -> Litestar:
        return Litestar([web_router(secure, served.outside)], openapi_config=None)

    with serving(build) as url, httpx.Client(base_url=url, trust_env=False) as http:
        answer = http.get("/sign-in?lang=en")
        cookies = answer.headers.get_list("set-cookie")
        assert all(cookie.startswith("__Host-") and "Secure" in cookie and "Path=/;" in cookie for cookie in cookies)
        assert "strict-transport-security" in answer.headers
        kept = "; ".join(cookie.split(";")[0] for cookie in cookies)
        again = http.get("/sign-in", headers={"Cookie": kept})
        assert language_of(again.text) == "en"
        form = {"address": "nonsense", "_csrf": token_in(again.text)}
        assert http.post("/sign-in", data=form, headers={"Cookie": kept}).status_code == 400


def test_public_pages_set_no_cookie(browser: Browser) -> None:
    for path in ("/", "/status", "/errors"):
        assert "set-cookie" not in browser.get(path).headers


def test_every_refusal_has_its_page_in_both_languages(browser: Browser) -> None:
    listing = browser.get("/errors").text
    for code in Refusal.every:
        if code.startswith("test."):
            continue
        assert f'href="/errors/{code}"' in listing
        page = browser.get(f"/errors/{code}")
        assert page.status_code == 200
        assert 'lang="id"' in page.text
        assert 'lang="en"' in page.text
        assert "{" not in re.sub(r"<code>.*?</code>", "", page.text.split("<main", 1)[1])


def test_the_pages_know_the_refusals_of_every_room() -> None:
    doors = {"api", "cli", "jobs"}
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] not in doors:
            codes = set(re.findall(r'^    code = "([a-z_.]+)"', path.read_text(), re.MULTILINE))
            assert codes <= set(Refusal.every), path


def test_everything_that_can_happen_to_a_person_has_a_sentence() -> None:
    for path in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Event"):
                continue
            of_a_person = len(call.args) > 2 or any(word.arg == "person_id" for word in call.keywords)
            action = call.args[0]
            if of_a_person and isinstance(action, ast.Constant):
                assert str(action.value) in SENTENCES, path


def test_static_files_may_be_kept_for_ever(browser: Browser) -> None:
    address = re.search(r'href="(/static/prakarsa.css\?v=[0-9a-f]+)"', browser.get("/").text)
    assert address
    answer = browser.get(address[1])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")


def test_the_start_page_says_that_nothing_is_on_hold(browser: Browser) -> None:
    assert "Nothing is on hold" in browser.get("/?lang=en").text
    assert "Nothing is on hold" in browser.get("/status?lang=en").text
