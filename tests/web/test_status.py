"""The public status as a page, as JSON and as Atom: true within a second, and never about single people."""

import re
import time
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from lxml import etree, html

from prakarsa.hold import actions as holds
from prakarsa.hold.model import Hold, Scope
from prakarsa.kernel.clock import MovableClock
from prakarsa.notice import actions as notices
from prakarsa.notice.probe_model import Outcome, Said, Walk
from tests import worlds
from tests.notice.holds import WORDS, WORDS_EN, a_hold
from tests.web.conftest import Browser, Served

ATOM = {"a": "http://www.w3.org/2005/Atom"}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
HOSTILE = "<script>alert('x')</script> ]]> &amp; 😀"


@pytest.fixture
def held(served: Served) -> Any:
    """A way to place holds that are lifted after the test."""
    placed: list[Hold] = []

    def place(*arguments: Any, **named: Any) -> Hold:
        with served.runtime.database.transaction("test") as tx:
            hold = a_hold(tx, *arguments, now=served.runtime.clock.now(), **named)
        placed.append(hold)
        return hold

    yield place
    with served.runtime.database.transaction("test") as tx:
        for hold in placed:
            found = holds.hold(tx, hold.hold_code)
            if found.over_at > served.runtime.clock.now():
                holds.lift(tx, hold.hold_code, reason="Selesai.", by="staff/1", now=served.runtime.clock.now())


@pytest.fixture(scope="module", autouse=True)
def on_sale(served: Served) -> None:
    """Something to buy."""
    with served.runtime.database.transaction("test") as tx:
        worlds.a_class(tx)
        worlds.a_card(tx)


def later(served: Served, **length: float) -> None:
    """Time passes."""
    clock = served.runtime.clock
    assert isinstance(clock, MovableClock)
    clock.move_to(clock.now() + timedelta(**(length or {"seconds": 2})))


def entries(answer: httpx.Response) -> list[Any]:
    return etree.fromstring(answer.content).xpath("a:entry", namespaces=ATOM)  # type: ignore[no-any-return]  # lxml


def test_without_a_hold_the_page_says_so_and_what_can_be_bought(served: Served, browser: Browser) -> None:
    later(served)
    page = browser.get("/status?lang=en").text

    assert "Nothing is on hold" in page
    assert "courses can be bought now" in page


def test_a_hold_is_told_in_the_readers_language_with_the_time_of_the_next_word(
    served: Served, browser: Browser, held: Any
) -> None:
    hold = held()
    later(served)
    english, indonesian = browser.get("/status?lang=en").text, browser.get("/status?lang=id").text

    assert WORDS_EN in english
    assert WORDS in indonesian
    assert "Buying is on hold for everyone" in english
    assert hold.hold_code in indonesian
    assert "Next word by" in english


def test_a_hold_is_seen_within_a_second(served: Served, browser: Browser, held: Any) -> None:
    later(served)
    browser.get("/status.json")
    hold = held()
    time.sleep(1.01)

    told = browser.get("/status.json").json()

    assert [each["code"] for each in told["holds"]] == [hold.hold_code]
    assert told["buying"]["held_by"] == hold.hold_code
    assert told["buying"]["courses_on_sale"] == 0


def test_the_document_has_both_languages_and_what_still_works(served: Served, browser: Browser, held: Any) -> None:
    held(Scope.INSTITUTION, worlds.INSTITUTION)
    with served.runtime.database.transaction("test") as tx:
        notices.count_reach(tx, now=served.runtime.clock.now())
    later(served)

    [hold] = browser.get("/status.json").json()["holds"]

    assert hold["words"] == {"id": WORDS, "en": WORDS_EN}
    assert hold["still_works"]["en"] == "Courses of every other institution, and everything already bought."
    assert hold["reach"]["courses"] == 1
    assert RFC_3339.fullmatch(hold["next_word_at"])


def test_the_feed_has_what_rfc_4287_demands(served: Served, browser: Browser, held: Any) -> None:
    hold = held()
    with served.runtime.database.transaction("test") as tx:
        holds.review(
            tx,
            hold.hold_code,
            words="Hampir selesai.",
            next_review_at=served.runtime.clock.now() + timedelta(days=9),
            by="staff/3",
            now=served.runtime.clock.now(),
        )
        holds.lift(tx, hold.hold_code, reason="Selesai.", by="staff/1", now=served.runtime.clock.now())
    later(served)
    answer = browser.get("/status.atom?lang=en")
    feed = etree.fromstring(answer.content)

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    for of in (feed, *entries(answer)):
        for name in ("id", "title", "updated"):  # exactly one each: 4.1.1, 4.1.2
            assert len(of.findall(f"a:{name}", ATOM)) == 1, name
        assert RFC_3339.fullmatch(of.findtext("a:updated", "", ATOM))  # 3.3
        assert re.fullmatch(r"https?://\S+", of.findtext("a:id", "", ATOM))  # an absolute IRI: 4.2.6
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in of.findall("a:link", ATOM)]
        assert len(links) == len(set(links))
        assert all(link.get("href") for link in of.findall("a:link", ATOM))
    assert feed.findtext("a:author/a:name", "", ATOM)  # in place of one per entry: 4.1.1
    assert any(link.get("rel") == "self" for link in feed.findall("a:link", ATOM))
    ids = [entry.findtext("a:id", "", ATOM) for entry in entries(answer)]
    assert len(ids) == len(set(ids))
    assert all(entry.find("a:content", ATOM).get("type") == "text" for entry in entries(answer))
    updated = [entry.findtext("a:updated", "", ATOM) for entry in entries(answer)]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext("a:updated", "", ATOM) == updated[0]
    assert {identity.rsplit(".", 1)[-1].split("-")[0] for identity in ids if hold.hold_code in identity} == {
        "placed",
        "reviewed",
        "over",
    }


def test_hostile_words_stay_words_everywhere(served: Served, browser: Browser, held: Any) -> None:
    hold = held(words=HOSTILE, words_en=HOSTILE)
    with served.runtime.database.transaction("test") as tx:  # a sign that XML cannot hold, past every form
        tx.run("UPDATE hold.hold SET public_words = public_words || chr(7) WHERE hold_id = %(id)s", id=hold.hold_id)
    later(served)

    page = browser.get("/status").text
    [entry, *_] = entries(browser.get("/status.atom"))
    [told] = browser.get("/status.json").json()["holds"]

    assert "<script" not in page
    assert not html.fromstring(page).xpath("//script")
    assert "<script>alert('x')</script> ]]> &amp;" in entry.findtext("a:content", "", ATOM)
    assert told["words"]["id"].startswith("<script>")


def test_nothing_about_holds_on_people_is_public(served: Served, browser: Browser, held: Any) -> None:
    with served.runtime.database.transaction("test") as tx:
        card = worlds.a_card(tx)
    secret = "Laporan kartu hilang nomor 77"
    party = f"person/{card.person_id}"
    hold = held(Scope.CARD, str(card.card_id), party=party, name="kartu", words=secret, words_en=secret)
    with served.runtime.database.transaction("test") as tx:
        notices.count_reach(tx, now=served.runtime.clock.now())
        while notices.announce_holds(tx, base_url=served.url, now=served.runtime.clock.now()):
            pass
    later(served)
    everything = "".join(browser.get(path).text for path in ("/status", "/status.json", "/status.atom", "/"))

    assert secret not in everything
    assert hold.hold_code not in everything
    assert browser.get("/status.json").json()["holds_on_people"] == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(served: Served, browser: Browser, held: Any) -> None:
    held()
    later(served)
    for path in ("/status.json", "/status.atom"):
        first = browser.get(path)
        later(served)
        again = browser.http.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
        assert first.headers["cache-control"] == "public, max-age=15"
        assert first.headers["access-control-allow-origin"] == "*"
        assert "last-modified" in first.headers
    since = browser.get("/status.atom").headers["last-modified"]
    assert browser.http.get("/status.atom", headers={"if-modified-since": since}).status_code == 304

    with served.runtime.database.transaction("test") as tx:
        worlds.a_class(tx)
        worlds.a_platform(tx, "toko-tiga")
    later(served)
    changed = browser.http.get("/status.json", headers={"if-none-match": browser.get("/status.json").headers["etag"]})
    assert changed.status_code == 304
    assert browser.http.get("/status.json", headers={"if-none-match": 'W/"old"'}).status_code == 200


@pytest.mark.parametrize("value", ["x", "Thu, 99 Xxx 2020", "-1", "Sun, 06 Nov 99999999 08:49:37 GMT", '"', "W/"])
def test_hostile_headers_get_the_feed(browser: Browser, value: str) -> None:
    for header in ("if-modified-since", "if-none-match"):
        assert browser.http.get("/status.atom", headers={header: value}).status_code == 200


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=99999999999999999999", "lang=%00", "before=1&before=2"]
)
def test_hostile_queries_get_an_answer(browser: Browser, query: str) -> None:
    for path in ("/status", "/status.json", "/status.atom"):
        assert browser.get(f"{path}?{query}").status_code == 200


def test_what_probes_met_is_shown_in_plain_words(served: Served, browser: Browser) -> None:
    now = served.runtime.clock.now()
    with served.runtime.database.transaction("test") as tx:
        for place in range(4):
            outcome = Outcome.COULD if place == 0 else Outcome.REFUSED
            walk = Walk(
                platform_code=worlds.PLATFORM,
                at=now - timedelta(minutes=4 - place),
                said=Said.ON_SALE,
                outcome=outcome,
                course_code="CRS-1",
            )
            notices.record_probe(tx, walk, now=walk.at)
    later(served)

    page, told = browser.get("/status?lang=en").text, browser.get("/status.json").json()
    [platform] = [each for each in told["buying"]["platforms"] if each["code"] == worlds.PLATFORM]

    assert "cannot be bought" in page
    assert platform["could_buy_percent"]["last_24_hours"] == 25
    assert [alarm["platform"] for alarm in told["alarms"]] == [worlds.PLATFORM]
    with served.runtime.database.transaction("test") as tx:
        good = Walk(platform_code=worlds.PLATFORM, at=now, said=Said.ON_SALE, outcome=Outcome.COULD)
        notices.record_probe(tx, good, now=now)


def test_a_change_of_the_rules_is_announced(served: Served, browser: Browser) -> None:
    told = browser.get("/status.json").json()

    assert told["changes"] == []
    assert isinstance(datetime.fromisoformat(told["as_of"]), datetime)
