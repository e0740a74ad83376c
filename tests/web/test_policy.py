"""Policy in the console: proposed by one, approved by another, and open to everybody's eyes."""

import pyotp
import pytest

from prakarsa.kernel.clock import wall_now
from prakarsa.programme import actions as programme
from tests import worlds
from tests.conftest import NOW
from tests.web.conftest import PASSWORD, Browser, Served, hired

LIST = "/console/policy"
CHANGE = """\
scheme = "prakerja-2020"
change = "More time for the first course"
[instruments]
permenko-1 = { title = "Permenko 1/2020", version = "signed 2020-08-20" }
[first_purchase_deadline_days]
instrument = "permenko-1"
article = "art. 2"
source = "a test"
values = [
    { waves = "4-", from = 2020-08-20, value = 45 },
]
"""


def a_browser(served: Served, role: str, number: int) -> Browser:
    email, secret = hired(served.runtime, role, number)
    browser = served.browser()
    form = {"email": email, "password": PASSWORD, "totp": pyotp.TOTP(secret).at(wall_now())}
    assert browser.post("/console/sign-in", form, seen_on="/console/sign-in").headers["location"] == "/console"
    return browser


@pytest.fixture(scope="module")
def office(served: Served) -> tuple[Browser, Browser]:
    """An officer and a curator, with wave 4 closed."""
    with served.runtime.database.transaction("test") as tx:
        worlds.a_wave(tx)
    return a_browser(served, "officer", 1), a_browser(served, "curator", 2)


def proposed(browser: Browser, text: str = CHANGE) -> str:
    answer = browser.post(LIST, {"file": text}, seen_on=LIST)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("?")[0]


def deadline_days(served: Served) -> int:
    with served.runtime.database.transaction("test") as tx:
        in_force = programme.parameters_in_force(tx, 4, NOW.replace(day=21))
    return next(int(str(row.value)) for row in in_force if row.name == "first_purchase_deadline_days")


def test_one_proposes_another_approves_and_two_take_it_back(served: Served, office: tuple[Browser, Browser]) -> None:
    officer, curator = office
    page = proposed(officer)
    own = officer.get(f"{page}?lang=en").text
    assert "Somebody else has to approve it" in own
    assert "30 → <strong>45</strong>" in own
    assert f"{page}/dry-run" in own
    assert officer.post(f"{page}/approve", seen_on=page).status_code == 403
    assert deadline_days(served) == 30
    assert curator.post(f"{page}/approve", seen_on=page).headers["location"] == f"{page}?done=policy_approved"
    assert deadline_days(served) == 45

    assert curator.post(f"{page}/revocation", {"reason": ""}, seen_on=page).status_code == 400
    asked = curator.post(f"{page}/revocation", {"reason": "Salah hitung."}, seen_on=page)
    assert asked.headers["location"].endswith("done=policy_revocation_proposed")
    assert curator.post(f"{page}/revoke", seen_on=page).status_code == 403
    assert officer.post(f"{page}/revoke", seen_on=page).status_code == 303
    assert deadline_days(served) == 30
    assert "Salah hitung." in officer.get(page).text
    assert page.rsplit("/", 1)[1] in officer.get(LIST).text


def test_a_proposal_can_be_withdrawn(office: tuple[Browser, Browser]) -> None:
    officer, curator = office
    page = proposed(officer)
    assert officer.post(f"{page}/withdraw", seen_on=page).status_code == 303
    assert curator.post(f"{page}/approve", seen_on=page).status_code == 409


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            CHANGE.replace("45", '"45 days"'),
            "Line 10, first_purchase_deadline_days: 45 days has the wrong type or unit",
        ),
        (CHANGE.replace("[first_", "[frist_"), "The nearest known name is first_purchase_deadline_days"),
        (CHANGE.replace("45", "30"), "This changes nothing"),
        (CHANGE.replace("08-20, v", "08-10, v"), "before today"),
        ("<script>alert(1)</script>", "The policy file cannot be used"),
        ("[" * 5_000, "The policy file cannot be used"),
    ],
    ids=["unit", "name", "no effect", "reaches back", "no policy", "nested"],
)
def test_a_bad_file_comes_back_with_the_reason_and_what_was_typed(
    office: tuple[Browser, Browser], text: str, said: str
) -> None:
    officer = office[0]
    officer.get(f"{LIST}?lang=en")
    answer = officer.post(LIST, {"file": text}, seen_on=LIST)
    assert answer.status_code in {400, 409}
    assert said in answer.text
    assert "<script>alert" not in answer.text
    officer.get(f"{LIST}?lang=id")


def test_anybody_sees_what_is_in_force_and_what_was(served: Served, office: tuple[Browser, Browser]) -> None:
    stranger = served.browser()
    page = stranger.get("/policy?wave=4&lang=en").text
    assert "What is in force for wave 4" in page
    assert "Permenko 11/2020 art. 20(2)" in page
    assert "signed 2020-08-04" in page
    history = stranger.get("/policy/course_bundles_allowed?lang=en").text
    assert "from 1 July 2020" in history
    assert stranger.get("/policy/course_bundels_allowed").status_code == 404
    for number in ("77", "9" * 18, "x", "-1"):
        assert stranger.get(f"/policy?wave={number}").status_code in {200, 404}
