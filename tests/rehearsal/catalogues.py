"""A catalogue in which courses meet and miss what they are told to."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import Course, CourseMode, NewCourse, NewSchedule
from prakarsa.kernel.db import Tx
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms
from prakarsa.rehearsal.model import RuleChange
from tests import worlds
from tests.conftest import NOW

SOUND: dict[str, Any] = {
    "has_live_session": True,
    "tracks_completion": True,
    "has_curriculum": True,
    "has_evaluation": True,
    "has_presence_log": True,
    "expert_assessed": True,
}


def strict(tx: Tx) -> Terms:
    """The terms of wave 4: Permenko 11/2020 in full."""
    worlds.a_wave(tx)
    return programme.terms(tx, worlds.WAVE, NOW)


def lax(tx: Tx) -> Terms:
    """Terms that ask nothing of a course: what was practised before August 2020."""
    return replace(
        strict(tx),
        course_requires_interactive=False,
        course_free_equivalent_prohibited=False,
        course_bundles_allowed=True,
        course_block_affiliated=False,
        course_requires_expert=False,
        course_completion_required=False,
        course_requires_curriculum=False,
        course_requires_evaluation=False,
        course_requires_presence_log=False,
        course_delivery_modes=("self_paced", "webinar", "in_person"),
        settlement_max_commission_percent=None,
    )


def a_course(
    tx: Tx,
    *,
    institution: str = worlds.INSTITUTION,
    platforms: tuple[str, ...] = (worlds.PLATFORM,),
    seats: int = 20,
    starts_at: datetime = NOW + timedelta(days=5),
    **content: Any,
) -> Course:
    """A course on sale with one class; without further words it meets everything."""
    worlds.a_wave(tx)
    code = content.pop("course_code", f"KRS-{secrets.token_hex(4)}")
    worlds.an_institution(tx, institution)
    base: dict[str, Any] = {
        "title": f"Kursus {code}",
        "field": "Kuliner",
        "mode": CourseMode.WEBINAR,
        "hours": 10,
        "meetings": 1,
        "price_idr": 200_000,
    }
    new = NewCourse(course_code=code, institution_code=institution, **base | SOUND | content)
    catalogue.register_course(tx, new, now=NOW)
    catalogue.submit(tx, code, by="staff/1", now=NOW)
    catalogue.approve(tx, code, by="staff/2", now=NOW, terms=lax(tx))
    for platform in platforms:
        worlds.a_platform(tx, platform)
        catalogue.list_course(tx, code, platform, now=NOW, terms=lax(tx))
    if seats:
        meetings = {} if new.mode is CourseMode.SELF_PACED else {1: starts_at}
        plan = NewSchedule(f"{code}-A", code, starts_at, starts_at + timedelta(days=20), seats, meetings)
        catalogue.add_schedule(tx, plan, now=NOW)
    return catalogue.course(tx, code)


def august(tx: Tx, **after: Any) -> RuleChange:
    """Permenko 11/2020 as a change for wave 4; more of the terms after it can be bent."""
    return RuleChange(
        scheme="prakerja-2020",
        title="Permenko 11/2020",
        change_code=None,
        file_digest="0" * 64,
        wave_number=worlds.WAVE,
        waves=(worlds.WAVE,),
        effective_on=NOW.date() + timedelta(days=14),
        before=lax(tx),
        after=replace(strict(tx), **after),
    )
