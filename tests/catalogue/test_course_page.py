"""The page of a course: open classes, sellers, conditions; and nothing of a course that was never approved."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from prakarsa.catalogue import actions, refusals, rules
from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.db import Tx
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms, WavePlan
from tests.catalogue.conftest import CLASS, COURSE, on_sale, scheduled, stage
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


def test_the_page_of_a_course_shows_classes_sellers_and_conditions(shop: Tx, now: datetime) -> None:
    programme.load_scheme(shop, "prakerja-2020", author="staff/1", approver="staff/2", now=now)
    opens = now - timedelta(days=8)
    programme.open_wave(
        shop, WavePlan(4, "prakerja-2020", opens, opens + timedelta(days=4), 800_000, 2020, {}), now=now
    )

    page = actions.course_page(shop, "barista-1", now=now)

    assert page.course.title == "Barista dasar"
    assert [schedule.schedule_code for schedule in page.schedules] == ["barista-1-sep"]
    assert [seller.client_code for seller in page.sellers] == ["kelas-kita", "pintar"]
    assert len(page.conditions) == len(rules.CONDITIONS)
    assert all(check.passed for check in page.conditions)


def test_a_course_that_was_never_approved_has_no_public_page(shop: Tx, now: datetime) -> None:
    actions.register_course(shop, replace(COURSE, course_code="draft-1"), now=now)
    for code in ("draft-1", "nothing", "\x00", "\ud800"):
        with pytest.raises(refusals.CourseUnknown):
            actions.course_page(shop, code, now=now)
