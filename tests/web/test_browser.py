"""The main flows in a real browser, on a small phone and on a desk, by what a person sees and presses."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Response, expect, sync_playwright

from prakarsa.certificate import actions as certificates
from prakarsa.kernel.clock import wall_now
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.selection import actions as selection
from prakarsa.selection.model import State
from tests import worlds
from tests.conftest import NOW
from tests.web.conftest import PASSWORD, Served, hired, otp_for

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SMALLEST_TARGET_PX = 44

REPORT_MADE_EVERY_MS = 1_100
"""A server makes the status report once a second."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, chromium: Chromium, served: Served) -> Iterator[Page]:
    """A page that fails the test when it leaves this machine, runs wider than the screen or complains."""
    context = chromium.new_context(
        base_url=served.url, viewport={"width": request.param, "height": 800}, locale="en-GB"
    )
    page = context.new_page()
    complaints: list[str] = []

    def look(response: Response) -> None:
        if not response.url.startswith(served.url):
            complaints.append(f"loaded {response.url}")
        if response.status >= 500:
            complaints.append(f"{response.status} at {response.url}")

    page.on("response", look)
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    yield page
    assert complaints == []
    context.close()


@pytest.fixture(scope="module", autouse=True)
def wave_five(served: Served) -> None:
    """Wave 5 is open."""
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx)
        plan = WavePlan(5, "prakerja-2020", NOW - timedelta(days=1), NOW + timedelta(days=5), 100, 2020, {})
        programme.open_wave(tx, plan, now=NOW)


def fits(page: Page) -> None:
    """Nothing is cut off, and every button is large enough for a thumb."""
    page.wait_for_load_state("load")  # before the stylesheet has come, everything is small
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], f"{page.url} is {wide} wide"  # type: ignore[index]  # it was given
    small = page.evaluate(
        """least => [...document.querySelectorAll("button, a.button, .nav a, input:not([type=hidden]):not([type=radio])"
             + ":not([type=checkbox]), select")]
             .filter(each => each.offsetHeight && each.offsetHeight < least).map(each => each.outerHTML)""",
        SMALLEST_TARGET_PX,
    )
    assert small == []


def seen(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()
    fits(page)


def sign_in(page: Page, served: Served, person_id: int) -> None:
    with served.runtime.database.transaction("test") as tx:
        phone = people.contacts(tx, [person_id])[person_id].phone
    page.goto("/card")
    fits(page)
    page.get_by_label("Phone number or e-mail address").fill(phone)
    page.get_by_role("button", name="Send me a code").click()
    fits(page)
    page.get_by_label("Code").fill(otp_for(served.runtime, person_id))
    page.get_by_role("button", name="Sign in").click()


def test_somebody_applies_and_corrects_a_mistake(page: Page, served: Served) -> None:
    serial = "0001" if page.viewport_size == {"width": 360, "height": 800} else "0002"
    page.goto("/")
    seen(page, "Wave 5 is open")
    page.get_by_role("link", name="Apply now").click()
    fits(page)
    page.get_by_label("Full name").fill("Dewi Lestari")
    page.get_by_label("NIK (identity number)").fill(f"317401570190{serial}9")
    page.get_by_label("KK (family card number)").fill("3174010101100001")
    page.get_by_label("Birth date").fill("1990-01-17")
    page.get_by_label("Mobile number").fill(f"0812 0000 {serial}")
    page.get_by_label("E-mail address").fill(f"dewi{serial}@example.com")
    page.get_by_label("Last school finished").select_option("sma")
    page.get_by_label("Are you at school or university now?").select_option("no")
    page.get_by_label("Your work situation").select_option("laid_off")
    page.get_by_role("button", name="Send the application").click()
    seen(page, "please tick this box")
    assert page.get_by_label("Full name").input_value() == "Dewi Lestari"
    page.get_by_label("What I have written is true").check()
    page.get_by_role("button", name="Send the application").click()
    seen(page, "it needs exactly 16 digits")
    page.get_by_label("NIK (identity number)").fill(f"317401570190{serial}")
    page.get_by_role("button", name="Send the application").click()
    seen(page, "Your application is in")
    number = page.locator(".number").inner_text()
    with served.runtime.database.transaction("test") as tx:
        assert selection.counts(tx, 5)[State.APPLIED] >= 1
    assert len(number) >= 8


def test_somebody_signs_in_and_looks_at_their_card(page: Page, served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        card = worlds.a_card(tx)
    sign_in(page, served, card.person_id)
    seen(page, "Rp1,000,000")
    expect(page.locator(".plastic .number")).to_have_text(f"•••• •••• •••• {card.number[-4:]}")
    page.get_by_role("button", name="Show the number").click()
    spaced = " ".join(card.number[place : place + 4] for place in range(0, 16, 4))
    expect(page.locator(".plastic .number")).to_have_text(spaced)
    fits(page)
    for link in ("My courses", "Payments", "What happened", "Applications", "Questions", "Catalogue"):
        page.get_by_label("My pages").get_by_role("link", name=link).click()
        fits(page)
    page.get_by_role("link", name="ID", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("button", name="Keluar").click()
    seen(page, "Anda sudah keluar.")


def as_staff(page: Page, served: Served, serial: int) -> None:
    """A new officer signs in."""
    email, secret = hired(served.runtime, "officer", serial)
    page.goto("/console")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code of your authenticator").fill(pyotp.TOTP(secret).at(wall_now()))
    page.get_by_role("button", name="Sign in").click()
    seen(page, "Messages waiting to be sent")


def test_two_officers_place_a_hold_that_everybody_sees_and_one_lifts_it(page: Page, served: Served) -> None:
    width = page.viewport_size["width"]  # type: ignore[index]  # it was given
    as_staff(page, served, width)
    page.get_by_role("link", name="Holds").first.click()
    page.get_by_text("Place a hold").click()
    fits(page)
    page.get_by_label("How far it reaches").select_option("programme")
    page.get_by_label("Reason", exact=True).select_option("compliance_review")
    page.get_by_label("Legal basis", exact=True).fill("Permenko 11/2020 art. 30(2)")
    page.get_by_label("Legal basis as of").fill("4 August 2020")
    page.locator("[name=public_words]").fill("Semua mitra sedang diperiksa.")
    page.locator("[name=public_words_en]").fill("All partners are being checked.")
    page.locator("[name=proportionality]").fill("Every partner has the same agreement.")
    page.locator("[name=evidence_kind_1]").select_option("finding")
    page.locator("[name=evidence_1]").fill("FND-1")
    page.locator("[name=evidence_on_1]").fill("2020-08-10")
    page.get_by_label("Who was given notice").fill("Every platform, by letter")
    page.get_by_role("button", name="Place the hold").click()
    seen(page, "no hold is open-ended")
    page.locator("[name=review_at]").fill("2020-08-20T12:00")
    page.get_by_role("button", name="Place the hold").click()
    seen(page, "Nothing is held until somebody else confirms it.")
    fits(page)
    proposal = page.url.split("?")[0]

    page.get_by_role("button", name="Sign out").click()
    as_staff(page, served, width + 1)
    page.goto(proposal)
    page.get_by_role("button", name="Confirm and place the hold").click()
    seen(page, "The hold is placed and public.")

    page.wait_for_timeout(REPORT_MADE_EVERY_MS)
    page.goto("/status")
    seen(page, "All partners are being checked.")
    fits(page)

    page.goto("/console/holds")
    page.get_by_role("link", name="Kartu Prakerja").first.click()
    page.get_by_label("Why it can end").fill("The check is over.")
    page.get_by_role("button", name="Lift the hold").click()
    seen(page, "The hold is lifted.")
    page.wait_for_timeout(REPORT_MADE_EVERY_MS)
    page.goto("/status")
    seen(page, "Nothing is on hold")
    for path in ("/console/waves", "/console/waves/5", "/console/payouts", "/console/questions"):
        page.goto(path)
        fits(page)


def test_anybody_checks_a_certificate(page: Page, served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        purchase = worlds.a_purchase(tx)
        worlds.attend_all(tx, purchase, now=NOW)
        certificates.issue_due(tx, served.url, now=NOW)
        number = certificates.my_certificates(tx, purchase.person_id)[0].number
    page.goto("/")
    page.get_by_role("link", name="Check a certificate").first.click()
    page.get_by_label("Certificate number").fill(number[:-1])
    page.get_by_role("button", name="Check").click()
    seen(page, "This is not a certificate number")
    page.get_by_label("Certificate number").fill(number.lower())
    page.get_by_role("button", name="Check").click()
    seen(page, "This certificate is genuine")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download to print (PDF)").click()
    assert download.value.suggested_filename == f"{number}.pdf"


def test_a_keyboard_reaches_the_content_first_and_focus_is_seen(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Skip to the content"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_public_pages_fit_the_screen(page: Page, served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        course_code = worlds.a_class(tx).course_code
    for path in ("/status", "/errors", "/errors/hold.selling_held", "/draws", f"/courses/{course_code}", "/nowhere"):
        page.goto(path)
        fits(page)
