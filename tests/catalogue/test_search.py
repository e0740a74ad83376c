"""The public finds what can be bought now, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from prakarsa.catalogue import actions, refusals
from prakarsa.catalogue.model import CourseMode, Seller
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import BadField
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms, WavePlan
from tests.catalogue.conftest import CLASS, COURSE, OFFICER, on_sale, scheduled, stage
from tests.conftest import NOW


@pytest.fixture
def shop(tx: Tx, terms: Terms) -> Tx:
    """Three courses on sale, each with one class."""
    stage(tx)
    lain = NewPartner(PartnerKind.INSTITUTION, "lp-lain", "Sekolah Kopi/Teh Lain", basis="Decree 2")
    partners.register(tx, lain, now=NOW)
    offer(tx, terms, "barista-1", "pintar", "kelas-kita")
    offer(
        tx,
        terms,
        "jahit-1",
        "kelas-kita",
        title="Menjahit dasar",
        field="Mode",
        mode=CourseMode.IN_PERSON,
        price_idr=900_000,
    )
    offer(tx, terms, "web-1", "pintar", title="Web & e-commerce", field="Digital", institution_code="lp-lain")
    return tx


def offer(tx: Tx, terms: Terms, code: str, *platforms: str, **bent: object) -> None:
    on_sale(tx, replace(COURSE, course_code=code, **bent), terms, *platforms)  # type: ignore[arg-type]  # bent fields
    scheduled(tx, terms, replace(CLASS, schedule_code=f"{code}-sep", course_code=code))


def found(tx: Tx, **asked: object) -> list[str]:
    return [course.course_code for course in actions.search(tx, **({"now": NOW} | asked))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["barista-1", "jahit-1", "web-1"]),
        ({"text": "barista"}, ["barista-1"]),
        ({"text": "BARI"}, ["barista-1"]),
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
        ({"max_price_idr": 10**40}, ["barista-1", "jahit-1", "web-1"]),
        ({"max_price_idr": -1}, []),
        ({"platform": "kelas-kita"}, ["barista-1", "jahit-1"]),
        ({"platform": "pintar", "text": "dasar"}, ["barista-1"]),
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
    for asked in ({"text": text}, {"field": text}, {"platform": text}):
        assert isinstance(found(shop, **asked), list)


def test_a_cursor_that_is_no_code_is_refused(shop: Tx) -> None:
    with pytest.raises(BadField):
        found(shop, after="\x00")


def test_a_row_says_what_a_buyer_needs(shop: Tx) -> None:
    (row, *_) = actions.search(shop, now=NOW)
    assert (row.next_starts_at, row.seats_left, row.mode) == (CLASS.starts_at, 10, CourseMode.WEBINAR)
    assert (row.institution_code, row.institution_name) == ("lp-nusa", "Pelatihan Nusa")
    assert row.sellers == (Seller("kelas-kita", "Kelas Kita"), Seller("pintar", "Pintar"))
    assert actions.fields_on_sale(shop) == ["Digital", "Kuliner", "Mode"]


def test_the_next_open_class_is_shown_and_seats_of_open_classes_are_added_up(shop: Tx, terms: Terms) -> None:
    later = {1: CLASS.starts_at + timedelta(days=30), 2: CLASS.starts_at + timedelta(days=31)}
    october = replace(CLASS, schedule_code="oct", starts_at=later[1], ends_at=later[2], meetings=later, seats=5)
    scheduled(shop, terms, october)
    (row, *_) = actions.search(shop, now=NOW)
    assert (row.next_starts_at, row.seats_left) == (CLASS.starts_at, 15)
    (row,) = actions.search(shop, now=CLASS.starts_at)
    assert (row.course_code, row.next_starts_at, row.seats_left) == ("barista-1", later[1], 5)


def test_what_cannot_be_bought_is_not_shown(shop: Tx, terms: Terms) -> None:
    now = NOW
    assert found(shop, now=CLASS.starts_at) == []

    (schedule,) = actions.schedules(shop, "barista-1")
    actions.take_seats(shop, {schedule.schedule_id: 10})
    assert "barista-1" not in found(shop)
    actions.give_back_seats(shop, {schedule.schedule_id: 1})
    assert "barista-1" in found(shop)

    actions.reopen(shop, "barista-1", OFFICER, now=now)
    assert "barista-1" not in found(shop)
    actions.unlist(shop, "jahit-1", "kelas-kita", now=now)
    assert "jahit-1" not in found(shop)
    partners.end(shop, "lp-lain", "decree ran out", now=now)
    assert found(shop) == []


def test_a_course_vanishes_with_its_only_platform(shop: Tx) -> None:
    partners.end(shop, "kelas-kita", "agreement ran out", now=NOW)
    assert found(shop) == ["barista-1", "web-1"]


def test_pages_follow_one_another_without_gap_or_repetition(tx: Tx, terms: Terms) -> None:
    stage(tx)
    for number in range(25):
        offer(tx, terms, f"c-{number}", title=f"Kursus {number % 3}")
    seen: list[str] = []
    while page := found(tx, after=seen[-1] if seen else None, limit=4):
        assert len(page) <= 4
        seen += page
    assert sorted(seen) == sorted(f"c-{n}" for n in range(25))


def test_the_page_of_a_course_shows_classes_sellers_and_conditions(shop: Tx, now: datetime) -> None:
    programme.load_scheme(shop, "prakerja-2020", now=now)
    opens = now - timedelta(days=8)
    programme.open_wave(
        shop, WavePlan(4, "prakerja-2020", opens, opens + timedelta(days=4), 800_000, 2020, {}), now=now
    )

    page = actions.course_page(shop, "barista-1", now=now)

    assert page.course.title == "Barista dasar"
    assert [schedule.schedule_code for schedule in page.schedules] == ["barista-1-sep"]
    assert [seller.client_code for seller in page.sellers] == ["kelas-kita", "pintar"]
    assert len(page.conditions) == 11
    assert all(check.passed for check in page.conditions)


def test_a_course_that_was_never_approved_has_no_public_page(shop: Tx, now: datetime) -> None:
    actions.register_course(shop, replace(COURSE, course_code="draft-1"), now=now)
    for code in ("draft-1", "nothing", "\x00", "\ud800"):
        with pytest.raises(refusals.CourseUnknown):
            actions.course_page(shop, code, now=now)
