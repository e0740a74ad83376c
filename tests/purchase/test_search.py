"""What is on sale is found, by Indonesian words and filters, page by page; what cannot be bought says why."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseMode
from prakarsa.hold.model import Scope
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import BadField
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme import rules as policy
from prakarsa.programme.model import Terms
from prakarsa.purchase import refusals
from prakarsa.purchase.offer_refusals import NoClassPlanned
from prakarsa.purchase.offers import Offer, Offers, Query, SellerOffer, offer_page, purchasable
from tests import worlds
from tests.catalogue.conftest import CLASS, COURSE, OFFICER, on_sale, scheduled, stage
from tests.conftest import NOW


@pytest.fixture(scope="session")
def terms() -> Terms:
    """The terms that came with Permenko 11/2020, as wave 4 met them."""
    return policy.terms_in_force(programme.read_scheme_file("prakerja-2020").parameters, 4, date(2020, 8, 16))


@pytest.fixture
def shop(tx: Tx, terms: Terms) -> Tx:
    """Three courses on sale, each with one class."""
    worlds.a_wave(tx)
    stage(tx)
    lain = NewPartner(PartnerKind.INSTITUTION, "lp-lain", "Sekolah Kopi/Teh Lain", basis="Decree 2")
    partners.register(tx, lain, now=NOW)
    offer(tx, terms, "barista-1", "pintar", "kelas-kita")
    offer(
        tx,
        terms,
        "jahit-1",
        "kelas-kita",
        title="Pelatihan menjahit dasar",
        field="Mode",
        mode=CourseMode.IN_PERSON,
        price_idr=900_000,
    )
    offer(tx, terms, "web-1", "pintar", title="Web & e-commerce", field="Digital", institution_code="lp-lain")
    return tx


def offer(tx: Tx, terms: Terms, code: str, *platforms: str, **bent: object) -> None:
    course = replace(COURSE, course_code=code, **bent)  # type: ignore[arg-type]  # bent fields
    on_sale(tx, course, terms, *platforms)
    in_person = course.mode is CourseMode.IN_PERSON
    venue = {"province_code": "32", "place": "Bandung"} if in_person else {}
    scheduled(tx, terms, replace(CLASS, schedule_code=f"{code}-sep", course_code=code, **venue))  # type: ignore[arg-type]  # as above


def ask(tx: Tx, now: datetime = NOW, **asked: object) -> Offers:
    return purchasable(tx, Query(**asked), now=now)  # type: ignore[arg-type]  # asked fields


def found(tx: Tx, now: datetime = NOW, **asked: object) -> list[str]:
    return [each.course_code for each in ask(tx, now, **asked).page]


def the(tx: Tx, code: str, **asked: object) -> Offer:
    return next(each for each in ask(tx, include_refused=True, **asked).page if each.course_code == code)


def counts(found: Offers, facet: str) -> dict[str, int]:
    return {each.value: each.count for each in found.facets[facet]}


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["barista-1", "jahit-1", "web-1"]),
        ({"text": "barista"}, ["barista-1"]),
        ({"text": "barist"}, ["barista-1"]),
        ({"text": "BARI"}, ["barista-1"]),
        ({"text": "melatih"}, ["barista-1", "jahit-1"]),
        ({"text": "latihan menjahitkan"}, ["jahit-1"]),
        ({"text": "dasar"}, ["barista-1", "jahit-1"]),
        ({"text": "dasar kuliner"}, ["barista-1"]),
        ({"text": "dasar nusa"}, ["barista-1", "jahit-1"]),
        ({"text": "commerce"}, ["web-1"]),
        ({"text": "e-commerce"}, ["web-1"]),
        ({"text": "teh"}, ["web-1"]),
        ({"text": "web kopi"}, ["web-1"]),
        ({"text": "web nusa"}, []),
        ({"text": "  "}, ["barista-1", "jahit-1", "web-1"]),
        ({"text": "zzz"}, []),
        ({"field": "Mode"}, ["jahit-1"]),
        ({"mode": CourseMode.IN_PERSON}, ["jahit-1"]),
        ({"max_price_idr": 250_000}, ["barista-1", "web-1"]),
        ({"min_price_idr": 250_001}, ["jahit-1"]),
        ({"min_price_idr": 250_000, "max_price_idr": 250_000}, ["barista-1", "web-1"]),
        ({"min_price_idr": 3, "max_price_idr": 2}, []),
        ({"max_price_idr": 10**40}, ["barista-1", "jahit-1", "web-1"]),
        ({"max_price_idr": -1}, []),
        ({"min_rating_tenths": 1}, []),
        ({"min_rating_tenths": 0}, ["barista-1", "jahit-1", "web-1"]),
        ({"platform": "kelas-kita"}, ["barista-1", "jahit-1"]),
        ({"platform": "pintar", "text": "dasar"}, ["barista-1"]),
        ({"platform": "nobody"}, []),
        ({"province": "32"}, ["jahit-1"]),
        ({"province": "31"}, []),
        ({"starts_from": date(2020, 9, 1), "starts_to": date(2020, 9, 1)}, ["barista-1", "jahit-1", "web-1"]),
        ({"starts_from": date(2020, 9, 2)}, []),
        ({"starts_to": date(2020, 8, 31)}, []),
        ({"starts_from": date.min, "starts_to": date.max, "province": "32"}, ["jahit-1"]),
        ({"after": "barista-1"}, ["jahit-1", "web-1"]),
        ({"after": "unknown"}, []),
        ({"limit": 0}, ["barista-1"]),
        ({"limit": 10**9}, ["barista-1", "jahit-1", "web-1"]),
    ],
)
def test_a_search_gives_these_courses(shop: Tx, asked: dict[str, object], codes: list[str]) -> None:
    assert found(shop, **asked) == codes


@pytest.mark.parametrize(
    "text",
    [
        "'",
        "\\",
        "a'b",
        "a & b | !c",
        "x:*",
        "<->",
        "\x00",
        "\ud800",
        "😀",
        "a" * 10_000,
        "a " * 10_000,
        "%",
        "_",
        "²",
        "١",
    ],
)
def test_any_text_can_be_searched_for(shop: Tx, text: str) -> None:
    for name in ("text", "field", "platform", "province"):
        assert isinstance(found(shop, **{name: text}), list)


def test_a_cursor_that_is_no_code_is_refused(shop: Tx) -> None:
    with pytest.raises(BadField):
        found(shop, after="\x00")


def test_a_row_says_what_a_buyer_needs(shop: Tx) -> None:
    (row, *_) = ask(shop).page
    assert (row.next_starts_at, row.seats_left, row.mode) == (CLASS.starts_at, 10, CourseMode.WEBINAR)
    assert (row.institution_code, row.institution_name) == ("lp-nusa", "Pelatihan Nusa")
    assert row.sellers == (SellerOffer("kelas-kita", "Kelas Kita", None), SellerOffer("pintar", "Pintar", None))
    assert row.refusal is None


def test_the_next_open_class_is_shown_and_seats_of_open_classes_are_added_up(shop: Tx, terms: Terms) -> None:
    later = {1: CLASS.starts_at + timedelta(days=30), 2: CLASS.starts_at + timedelta(days=31)}
    october = replace(CLASS, schedule_code="oct", starts_at=later[1], ends_at=later[2], meetings=later, seats=5)
    scheduled(shop, terms, october)
    (row, *_) = ask(shop).page
    assert (row.next_starts_at, row.seats_left, row.schedule_code) == (CLASS.starts_at, 15, "barista-1-sep")
    (row,) = ask(shop, CLASS.starts_at).page
    assert (row.course_code, row.next_starts_at, row.seats_left) == ("barista-1", later[1], 5)
    (row,) = ask(shop, starts_from=date(2020, 9, 2)).page
    assert (row.next_starts_at, row.seats_left) == (later[1], 5)


def test_what_cannot_be_bought_is_not_shown_and_says_why_when_asked(shop: Tx) -> None:
    assert found(shop, CLASS.starts_at) == []

    (schedule,) = catalogue.schedules(shop, "barista-1")
    catalogue.take_seats(shop, {schedule.schedule_id: 10})
    assert "barista-1" not in found(shop)
    assert isinstance(the(shop, "barista-1").refusal, refusals.SoldOut)
    catalogue.give_back_seats(shop, {schedule.schedule_id: 1})
    assert "barista-1" in found(shop)

    catalogue.withdraw(shop, "barista-1", OFFICER, now=NOW)
    assert "barista-1" not in found(shop)
    assert isinstance(the(shop, "barista-1").refusal, refusals.CourseNotOnSale)
    catalogue.unlist(shop, "jahit-1", "kelas-kita", now=NOW)
    assert "jahit-1" not in found(shop)
    assert isinstance(the(shop, "jahit-1").refusal, refusals.NotListedHere)
    partners.end(shop, "lp-lain", "decree ran out", now=NOW)
    assert found(shop) == []
    assert isinstance(the(shop, "web-1").refusal, refusals.InstitutionNotActive)


def test_a_course_without_a_class_says_so(shop: Tx, terms: Terms) -> None:
    on_sale(shop, replace(COURSE, course_code="later-1", title="Zaman nanti"), terms)
    assert "later-1" not in found(shop)
    told = the(shop, "later-1")
    assert isinstance(told.refusal, NoClassPlanned)
    assert isinstance(told.sellers[0].refusal, NoClassPlanned)


def test_a_course_vanishes_with_its_only_platform(shop: Tx) -> None:
    partners.end(shop, "kelas-kita", "agreement ran out", now=NOW)
    assert found(shop) == ["barista-1", "web-1"]
    told = the(shop, "barista-1")
    assert told.refusal is None
    assert [type(seller.refusal) for seller in told.sellers] == [refusals.PlatformNotActive, type(None)]


@pytest.mark.parametrize(
    ("scope", "target", "left"),
    [
        (Scope.PROGRAMME, None, []),
        (Scope.PLATFORM, "kelas-kita", ["barista-1", "web-1"]),
        (Scope.INSTITUTION, "lp-nusa", ["web-1"]),
        (Scope.COURSE, "web-1", ["barista-1", "jahit-1"]),
        (Scope.SCHEDULE, "web-1-sep", ["barista-1", "jahit-1"]),
    ],
)
def test_what_is_held_is_not_on_sale_and_its_hold_is_named(
    shop: Tx, scope: Scope, target: str | None, left: list[str]
) -> None:
    hold = worlds.a_hold(shop, scope=scope, target=target)
    answer = ask(shop)
    assert [each.course_code for each in answer.page] == left
    assert answer.total == len(left)
    assert (answer.everywhere is not None) == (scope is Scope.PROGRAMME)
    told = [each.refusal for each in ask(shop, include_refused=True).page if each.course_code not in left]
    assert {getattr(refusal, "hold_code", None) for refusal in told} == {hold.hold_code}


def test_facets_count_what_each_narrower_query_would_find(shop: Tx) -> None:
    answer = ask(shop, text="dasar")
    assert counts(answer, "field") == {"Kuliner": 1, "Mode": 1}
    assert counts(answer, "mode") == {"webinar": 1, "in_person": 1}
    assert counts(answer, "platform") == {"kelas-kita": 2, "pintar": 1}
    assert counts(answer, "province") == {"32": 1}
    assert counts(answer, "price") == {"1-250000": 1, "750001-1000000": 1}
    # a filter narrows every facet but its own
    narrowed = ask(shop, text="dasar", field="Mode")
    assert counts(narrowed, "field") == {"Kuliner": 1, "Mode": 1}
    assert counts(narrowed, "mode") == {"in_person": 1}


def test_words_that_say_nothing_exclude_nothing(shop: Tx) -> None:
    assert found(shop, text="kursus barista untuk yang") == found(shop, text="barista")
    assert found(shop, text="yang") == []


def test_ratings_are_kept_with_the_course_and_can_be_asked_for(shop: Tx) -> None:
    course = catalogue.course(shop, "barista-1")
    for stars in (5, 4):
        catalogue.rated(shop, course.course_id, stars)
    assert found(shop, min_rating_tenths=45) == ["barista-1"]
    assert found(shop, min_rating_tenths=46) == []
    (row, *_) = ask(shop).page
    assert (row.rating_tenths, row.ratings) == (45, 2)
    assert counts(ask(shop), "rating") == {"45": 1, "40": 1, "35": 1, "30": 1}


def test_pages_follow_one_another_without_gap_or_repetition(tx: Tx, terms: Terms) -> None:
    worlds.a_wave(tx)
    stage(tx)
    for number in range(25):
        offer(tx, terms, f"c-{number}", title=f"Kursus {number % 3}")
    seen: list[str] = []
    after: str | None = None
    while True:
        answer = ask(tx, after=after, limit=4)
        assert answer.total == 25
        seen += [each.course_code for each in answer.page]
        after = answer.after
        if after is None:
            break
        assert len(answer.page) == 4
    assert sorted(seen) == sorted(f"c-{n}" for n in range(25))


def test_before_the_first_wave_nothing_can_be_bought(tx: Tx) -> None:
    assert ask(tx).everywhere is not None


def test_a_page_of_a_course_says_for_each_class_and_platform_whether_it_can_be_bought(shop: Tx) -> None:
    worlds.a_hold(shop, scope=Scope.PLATFORM, target="pintar")
    page = offer_page(shop, "barista-1", now=NOW)
    assert page.offer.refusal is None
    (only,) = page.classes
    assert only.schedule.schedule_code == "barista-1-sep"
    assert [(s.client_code, s.refusal is None) for s in only.sellers] == [("kelas-kita", True), ("pintar", False)]
