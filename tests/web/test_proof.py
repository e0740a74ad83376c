"""What anybody can check, and the identity check a person walks for a meeting."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from prakarsa.attendance import actions as attendance
from prakarsa.certificate import actions as certificates
from prakarsa.certificate import badge
from prakarsa.certificate.model import Certificate
from prakarsa.purchase.model import Purchase
from tests import worlds
from tests.conftest import NOW
from tests.web.conftest import Browser, Served, signed_in


@pytest.fixture(scope="module")
def certificate(served: Served) -> Certificate:
    """A certificate of this installation, signed for its own address."""
    with served.runtime.database.transaction("test") as tx:
        purchase = worlds.a_purchase(tx, meetings=2)
        worlds.attend_all(tx, purchase, now=NOW)
        certificates.issue_due(tx, served.url, now=NOW)
        return certificates.my_certificates(tx, purchase.person_id)[0]


def test_a_certificate_has_a_page_that_says_what_it_proves(browser: Browser, certificate: Certificate) -> None:
    page = browser.get(f"/certificates/{certificate.number}?lang=en")
    assert page.status_code == 200
    assert "This certificate is genuine" in page.text
    assert certificate.facts.person_name in page.text
    assert certificate.facts.course_title in page.text


def test_a_number_may_be_typed_in_any_dress(browser: Browser, certificate: Certificate) -> None:
    typed = certificate.number.replace("-", " ").lower()
    answer = browser.http.get("/certificates", params={"number": typed})
    assert answer.headers["location"] == f"/certificates/{certificate.number}"


def test_a_mistyped_number_and_an_invented_one_are_told_apart(browser: Browser, certificate: Certificate) -> None:
    wrong = certificate.number[:-1] + ("X" if certificate.number[-1] != "X" else "V")
    answer = browser.http.get("/certificates", params={"number": wrong})
    assert answer.status_code == 400
    assert 'id="p-number"' in answer.text
    assert browser.get(f"/certificates/{wrong}").status_code == 400


@pytest.mark.parametrize("name", ["x", "%00", "2020.exe", "a.pdf", "a.jwt", "x" * 3_000, "..%2f..%2fetc%2fpasswd", "؟"])
def test_hostile_numbers_get_a_readable_no(browser: Browser, name: str) -> None:
    assert browser.get(f"/certificates/{name}").status_code in {400, 404}


def test_the_paper_and_the_credential_can_be_downloaded_by_anybody(browser: Browser, certificate: Certificate) -> None:
    paper = browser.get(f"/certificates/{certificate.number}.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    token = browser.get(f"/certificates/{certificate.number}.jwt")
    assert token.headers["access-control-allow-origin"] == "*"
    keys = browser.get("/.well-known/jwks.json").json()
    found = badge.verify(token.text, keys)
    assert found.person_name == certificate.facts.person_name


def test_every_address_inside_the_credential_answers(
    browser: Browser, served: Served, certificate: Certificate
) -> None:
    found = badge.verify(certificate.credential, browser.get("/.well-known/jwks.json").json())
    assert found.key_id.startswith(served.url)
    key = browser.get(found.key_id.removeprefix(served.url))
    assert key.json()["kid"] == found.key_id
    assert browser.get(found.issuer_id.removeprefix(served.url)).json()["id"] == found.issuer_id
    assert browser.get(found.verification_url.removeprefix(served.url)).status_code == 200
    assert browser.get(f"/courses/{found.course_code}").status_code == 200
    assert browser.get("/issuer/keys/nonsense").status_code == 404


def test_a_withdrawn_certificate_says_so_and_gives_no_paper(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        purchase = worlds.a_purchase(tx)
        worlds.attend_all(tx, purchase, now=NOW)
        certificates.issue_due(tx, served.url, now=NOW)
        number = certificates.my_certificates(tx, purchase.person_id)[0].number
        certificates.revoke(tx, number, "Kehadiran dipalsukan", now=NOW)
    browser = served.browser()
    assert "Kehadiran dipalsukan" in browser.get(f"/certificates/{number}").text
    for ending in ("pdf", "jwt"):
        answer = browser.get(f"/certificates/{number}.{ending}")
        assert answer.status_code == 409
        assert "certificate.revoked" in answer.text


def test_the_catalogue_is_searched_filtered_and_paged(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        codes = [worlds.a_class(tx).course_code for _ in range(22)]
    browser = served.browser()
    pages = [browser.get("/courses").text]
    while more := re.search(r'class="button second" href="(/courses\?[^"]*after=[^"]*)"', pages[-1]):
        pages.append(browser.get(more[1].replace("&amp;", "&")).text)
    assert len(pages) >= 2
    assert [sum(f"/courses/{code}" in page for page in pages) for code in codes] == [1] * len(codes)
    assert codes[0] not in browser.get("/courses?text=melayang").text
    assert codes[0] not in browser.get("/courses?max_price=10").text
    assert browser.get("/courses?max_price=murah").status_code == 400
    long = ("text=" + "x" * 5_000, "max_price=" + "9" * 50)
    for query in ("mode=telepathy", "platform=%00", "after=%ff", "field=%00", *long):
        assert browser.get(f"/courses?{query}").status_code in {200, 400}, query


def test_a_course_page_shows_conditions_classes_and_who_sells_it(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        schedule = worlds.a_class(tx)
    page = served.browser().get(f"/courses/{schedule.course_code}?lang=en").text
    assert schedule.schedule_code in page
    assert "100 seats left" in page
    assert f"Platform {worlds.PLATFORM}" in page
    assert served.browser().get("/courses/no-such").status_code == 404
    assert served.browser().get("/courses/%00").status_code == 404


def a_link(served: Served, purchase: Purchase, sequence: int = 1) -> str:
    """A verification link as an institution gets it: the path."""
    with served.runtime.database.transaction("test") as tx:
        opened = attendance.open_verification(
            tx,
            worlds.an_institution(tx),
            purchase.redeem_code,
            sequence,
            "peserta@lp.example",
            worlds.REDIRECT,
            served.url,
            now=served.runtime.clock.now(),
        )
    return opened.url.removeprefix(served.url)


@pytest.mark.parametrize(("button", "status"), [("match", "success"), ("no_match", "failed")])
def test_a_person_signs_in_consents_is_checked_and_returns_to_the_institution(
    served: Served, button: str, status: str
) -> None:
    with served.runtime.database.transaction("test") as tx:
        schedule = worlds.a_class(tx, starts_at=NOW + timedelta(minutes=30), now=NOW - timedelta(days=5))
        purchase = worlds.a_purchase(tx, of=schedule, now=NOW - timedelta(days=4))
    link = a_link(served, purchase)

    stranger = served.browser()
    answer = stranger.get(link)
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["location"]).query)["next"] == [link]

    browser = signed_in(served, purchase.person_id)
    browser.get("/?lang=en")
    page = browser.get(link)
    assert purchase.course_title in page.text
    assert "does not receive: your NIK" in page.text
    assert "form-action 'self' https: http:" in page.headers["content-security-policy"]

    consented = browser.post(link, seen_on=link)
    assert consented.status_code == 303
    scanned = httpx.post(consented.headers["location"], data={"scan": button}, trust_env=False)
    back = scanned.headers["location"]
    assert back.startswith(f"{served.url}{link}/return?check=")

    returned = browser.get(back.removeprefix(served.url))
    assert returned.status_code == 303
    target = urlsplit(returned.headers["location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == "https://lp.example/callback"
    assert parse_qs(target.query)["status"] == [status]
    assert parse_qs(target.query)["course"] == ["7"]
    assert link.endswith(parse_qs(target.query)["state"][0])
    with served.runtime.database.transaction("test") as tx:
        assert attendance.attended(tx, purchase.purchase_id) == ({1} if status == "success" else set())


def test_another_person_cannot_consent(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        schedule = worlds.a_class(tx, starts_at=NOW + timedelta(minutes=30), now=NOW - timedelta(days=5))
        purchase = worlds.a_purchase(tx, of=schedule, now=NOW - timedelta(days=4))
        other = worlds.a_card(tx)
    link = a_link(served, purchase)
    answer = signed_in(served, other.person_id).post(link, seen_on=link)
    assert answer.status_code == 403
    assert "attendance.not_your_verification" in answer.text


@pytest.mark.parametrize("path", ["nonsense", "%00", "nonsense/return?check=x", "x/return"])
def test_made_up_links_are_unknown(browser: Browser, path: str) -> None:
    assert browser.get(f"/verify/{path}").status_code == 404
