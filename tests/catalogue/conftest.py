"""A catalogue to bend: one institution, two platforms, one course that meets every condition, the terms of wave 4."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prakarsa.catalogue import actions
from prakarsa.catalogue.model import Course, CourseMode, NewCourse, NewSchedule, Schedule
from prakarsa.kernel.db import Tx
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme import rules as policy
from prakarsa.programme.model import Terms
from tests.conftest import NOW

START = datetime(2020, 9, 1, 2, 0, tzinfo=UTC)
OFFICER = "Sari Wulandari"
INSTITUTION = NewPartner(PartnerKind.INSTITUTION, "lp-nusa", "Pelatihan Nusa", basis="Decree 1")
PLATFORM = NewPartner(PartnerKind.PLATFORM, "kelas-kita", "Kelas Kita", basis="PKS 1", commission_percent=15)
OTHER_PLATFORM = NewPartner(PartnerKind.PLATFORM, "pintar", "Pintar", basis="PKS 2")
COURSE = NewCourse(
    course_code="barista-1",
    institution_code="lp-nusa",
    title="Barista dasar",
    field="Kuliner",
    mode=CourseMode.WEBINAR,
    hours=12,
    meetings=2,
    price_idr=250_000,
    has_live_session=True,
    tracks_completion=True,
    has_curriculum=True,
    has_evaluation=True,
    has_presence_log=True,
    expert_assessed=True,
)
CLASS = NewSchedule(
    "barista-1-sep",
    "barista-1",
    START,
    START + timedelta(days=7),
    10,
    {1: START, 2: START + timedelta(days=6)},
)


@pytest.fixture(scope="session")
def terms() -> Terms:
    """The terms that came with Permenko 11/2020, as wave 4 met them."""
    return policy.terms_in_force(programme.read_scheme_file("prakerja-2020").parameters, 4, date(2020, 8, 16))


@pytest.fixture(scope="session")
def terms_before() -> Terms:
    """The terms of wave 3, before Permenko 11/2020 and the circular on bundles."""
    return policy.terms_in_force(programme.read_scheme_file("prakerja-2020").parameters, 3, date(2020, 6, 30))


def stage(tx: Tx) -> None:
    """Register the partners."""
    partners.register_all(tx, [INSTITUTION, PLATFORM, OTHER_PLATFORM], now=NOW)


def on_sale(tx: Tx, new: NewCourse, terms: Terms, *platforms: str) -> Course:
    """A course taken all the way to its platforms."""
    actions.register_course(tx, new, now=NOW)
    actions.submit(tx, new.course_code, OFFICER, now=NOW)
    approved = actions.approve(tx, new.course_code, OFFICER, now=NOW, terms=terms)
    for platform in platforms or (PLATFORM.client_code,):
        actions.list_course(tx, new.course_code, platform, now=NOW, terms=terms)
    return approved


def scheduled(tx: Tx, terms: Terms, new: NewSchedule = CLASS) -> Schedule:
    """A class of the course."""
    return actions.add_schedule(tx, new, now=NOW, terms=terms)
