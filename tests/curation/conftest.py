"""A programme office with experts: two platforms, two institutions, a draft course, assessors, monitors, a curator."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseMode, NewCourse
from prakarsa.curation import actions
from prakarsa.curation.model import FULL_MARK, Mark, Round
from prakarsa.kernel.db import Tx
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms
from tests.conftest import NOW
from tests.worlds import a_wave

LP, OTHER_LP, DP, OTHER_DP = "lp-nusa", "lp-dua", "kelas-kita", "pintar"
COURSE = NewCourse(
    course_code="barista-1",
    institution_code=LP,
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
)


@dataclass(frozen=True)
class Office:
    """Who works here, as the journal names them."""

    curator: str
    other_curator: str
    assessors: tuple[str, ...]
    monitor: str


def hired(tx: Tx, role: str, email: str) -> str:
    """Somebody who works in this role. Straight into the table: a password costs a tenth of a second."""
    staff_id = tx.value(
        "INSERT INTO people.staff (email, name, role, password_hash, totp_sealed, created_at)"
        " VALUES (%(email)s, 'Somebody', %(role)s, '-', '', %(now)s) RETURNING staff_id",
        email=email,
        role=role,
        now=NOW,
    )
    return f"staff/{staff_id}"


@pytest.fixture
def office(tx: Tx) -> Office:
    """The office, with a wave under Permenko 11/2020, the shipped indicators, partners and a draft course."""
    a_wave(tx)
    wanted = [NewPartner(PartnerKind.INSTITUTION, code, code, "Decree 1") for code in (LP, OTHER_LP)]
    wanted += [NewPartner(PartnerKind.PLATFORM, code, code, "PKS 1") for code in (DP, OTHER_DP)]
    partners.register_all(tx, wanted, now=NOW)
    catalogue.register_course(tx, COURSE, now=NOW)
    actions.load_indicators(tx, "course", by="staff/0", now=NOW)
    return Office(
        hired(tx, "curator", "kurator@example.com"),
        hired(tx, "curator", "kurator2@example.com"),
        tuple(hired(tx, "assessor", f"asesor{n}@example.com") for n in range(4)),
        hired(tx, "monitor", "pemantau@example.com"),
    )


@pytest.fixture
def terms(tx: Tx, office: Office) -> Terms:
    """The terms in force."""
    return programme.current_terms(tx, NOW)


def marked(tx: Tx, points: int, **bent: int) -> dict[str, Mark]:
    """Every indicator with the same mark, some bent; low marks have a note."""
    codes = [each.code for each in actions.indicators(tx).indicators]
    return {code: Mark(bent.get(code, points), "belum ada" if bent.get(code, points) < 3 else "") for code in codes}


def called(tx: Tx, office: Office, count: int = 2, *, now: datetime = NOW, course: str = "barista-1") -> Round:
    """A round with assessors called."""
    opened = actions.submit(tx, course, by="partner", now=now)
    for assessor in office.assessors[:count]:
        opened = actions.call(tx, opened.round_code, assessor, by=office.curator, now=now)
    return opened


def scored(tx: Tx, office: Office, points: Iterable[int] = (FULL_MARK, FULL_MARK), *, now: datetime = NOW) -> Round:
    """A round in which both assessors gave everything the same mark."""
    found = called(tx, office, now=now)
    for assessor, mark in zip(office.assessors, points, strict=False):
        found = actions.score(tx, found.round_code, assessor, marked(tx, mark), now=now)
    return found


def revised(tx: Tx, **bent: object) -> None:
    """The course with some of its content changed."""
    catalogue.revise_course(tx, replace(COURSE, **bent), now=NOW)  # type: ignore[arg-type]  # one bent field
