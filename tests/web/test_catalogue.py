"""The public catalogue: facets that lead somewhere, every no with its reason, the same for programs, no failure."""

import json
import random
import re

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.hold.model import Scope
from prakarsa.kernel.refusal import Refusal
from tests import worlds
from tests.web.conftest import Served, signed_in

PARAMETERS = (
    "text",
    "field",
    "mode",
    "platform",
    "province",
    "rating",
    "min_price",
    "max_price",
    "from",
    "to",
    "all",
    "after",
    "lang",
)
HOSTILE = (
    "",
    "%00",
    "%ff",
    "%ed%a0%80",
    "'",
    "%27%3B DROP TABLE",
    "<script>",
    "-1",
    "1e9",
    "9" * 30,
    "9" * 5_000,
    "٣",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2020-13-40",
    "webinar",
    "😀",
    "a" * 250,
    "..%2f..",
    "%E2%80%AE",
    "1_000",
    "+",
    "true",
    "NaN",
)


def shown(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_search_offers_links_to_narrower_ones_and_ways_back(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        worlds.a_class(tx, platform="dp-facet")
    browser = served.browser()
    page = browser.get("/courses?lang=en").text
    link = re.search(r'href="(/courses\?platform=dp-facet)"', page)
    assert link, "the platform is a facet"
    narrowed = browser.get(link[1]).text
    assert "One course can be bought now" in narrowed
    assert re.search(r'href="/courses\?" aria-current="true"', narrowed)
    assert 'name="platform" value="dp-facet"' in narrowed, "the form keeps what was chosen"


def test_what_cannot_be_bought_says_why_and_what_to_do(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        full = worlds.a_class(tx, seats=1, platform="dp-full")
        catalogue.take_seats(tx, {full.schedule_id: 1})
        held = worlds.a_class(tx, platform="dp-full")
        hold = worlds.a_hold(tx, scope=Scope.COURSE, target=held.course_code, now=served.runtime.clock.now())
    browser = served.browser()
    assert full.course_code not in browser.get("/courses?platform=dp-full").text
    page = shown(browser.get("/courses?platform=dp-full&all=1&lang=en").text)
    assert "Every seat of this class is taken. Choose another class of this course or another course." in page
    assert hold.hold_code in page
    page = shown(browser.get(f"/courses/{held.course_code}?lang=en").text)
    assert "This course cannot be bought now:" in page
    assert hold.hold_code in page
    page = browser.get(f"/courses/{full.course_code}?lang=en").text
    assert "purchase.sold_out" in page


def test_programs_read_the_same_as_people(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        one, full = worlds.a_class(tx, platform="dp-json"), worlds.a_class(tx, platform="dp-json", seats=1)
        catalogue.take_seats(tx, {full.schedule_id: 1})
    answer = served.browser().get("/courses.json?platform=dp-json&all=1&lang=en")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    found = answer.json()
    assert found["total"] == 2
    assert found["everywhere"] is None
    assert {each["client_code"] for course in found["courses"] for each in course["sellers"]} == {"dp-json"}
    by_code = {course["course_code"]: course for course in found["courses"]}
    assert by_code[one.course_code]["refusal"] is None
    assert by_code[one.course_code]["next_class"] == one.schedule_code
    assert by_code[one.course_code]["price_idr"] == worlds.PRICE_IDR
    told = by_code[full.course_code]["refusal"]
    assert told["code"] in Refusal.every
    assert told["title"] == "Every seat of this class is taken"
    assert told["next_step"].endswith(".")
    assert told["deadline"] == "runs"
    assert {"value": "dp-json", "name": "Platform dp-json", "count": 2} in found["facets"]["platform"]


def test_a_parameter_that_cannot_be_read_is_named_to_programs(served: Served) -> None:
    answer = served.browser().get("/courses.json?max_price=murah")
    assert answer.status_code == 400
    assert answer.json()["refusal"]["code"] == "kernel.bad_field"


@pytest.mark.parametrize("page", ["/courses", "/courses.json"])
def test_no_parameter_makes_the_catalogue_fail(served: Served, page: str) -> None:
    browser = served.browser()
    chance = random.Random(7)
    asked = [f"{name}={value}" for name in PARAMETERS for value in HOSTILE]
    asked += ["&".join(chance.sample(asked, 4)) for _ in range(100)]
    for query in asked:
        answer = browser.get(f"{page}?{query}")
        assert answer.status_code in {200, 400}, query
        if page.endswith("json"):
            json.loads(answer.text)


def test_a_person_asks_about_one_platform(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        card = worlds.a_card(tx)
        schedule = worlds.a_class(tx, platform="dp-one")
        worlds.a_platform(tx, "dp-other")
    mine = signed_in(served, card.person_id)
    address = f"/courses/{schedule.course_code}/classes/{schedule.schedule_code}"
    assert "Yes, you can buy it" in mine.get(f"{address}?platform=dp-one&lang=en").text
    other = shown(mine.get(f"{address}?platform=dp-other").text)
    assert "is not sold on this platform" in other
    assert mine.get(f"{address}?platform=nobody").status_code in {404, 409}


def test_a_rating_reaches_the_catalogue(served: Served) -> None:
    with served.runtime.database.transaction("test") as tx:
        schedule = worlds.a_class(tx, platform="dp-stars")
        course = catalogue.course(tx, schedule.course_code)
        catalogue.rated(tx, course.course_id, 5)
        catalogue.rated(tx, course.course_id, 4)
    found = served.browser().get("/courses.json?platform=dp-stars").json()["courses"]
    assert [(each["rating_tenths"], each["ratings"]) for each in found] == [(45, 2)]


@pytest.mark.parametrize("query", ["q=kopi", "min_rating=4", f"text={'x' * 201}"])
def test_a_program_is_told_when_its_question_was_not_understood(served: Served, query: str) -> None:
    answer = served.browser().get(f"/courses.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["refusal"]["code"] == "kernel.bad_field"
