"""What is recorded of a cut-over agrees with the rules that decide it, in generated catalogues."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakarsa.catalogue import rules as catalogue_rules
from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.db import Database
from prakarsa.partner import actions as partners
from prakarsa.programme import actions as programme
from prakarsa.rehearsal import rules, standings, store
from tests import worlds
from tests.rehearsal.catalogues import a_course
from tests.rehearsal.test_standings import AFTER, EARLY, approved, recorded

bent = st.fixed_dictionaries(
    {},
    optional={
        "has_live_session": st.booleans(),
        "free_elsewhere": st.booleans(),
        "outside_price_idr": st.sampled_from([None, 100_000, 300_000]),
        "is_bundle": st.booleans(),
        "tracks_completion": st.booleans(),
        "has_curriculum": st.booleans(),
        "expert_assessed": st.booleans(),
        "mode": st.sampled_from(CourseMode),
        "price_idr": st.sampled_from([0, 150_000]),
        "institution": st.sampled_from(["balai-anak", "balai-bebas"]),
        "platforms": st.sampled_from([("pasar-satu",), ("pasar-satu", "pasar-dua"), ("pasar-dua",), ()]),
    },
)


@pytest.fixture(scope="module")
def related(database: Database) -> Database:
    """A platform that owns an institution, kept for the whole module."""
    with database.transaction("test") as tx:
        worlds.a_wave(tx, scheme="prakerja-2020-launch", now=EARLY)
        worlds.a_platform(tx, "pasar-satu")
        worlds.an_institution(tx, "balai-anak")
        partners.record_ownership(tx, "pasar-satu", "balai-anak", EARLY.date(), now=EARLY)
        approved(tx)
    return database


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(bent, min_size=1, max_size=4), st.booleans())
def test_what_is_recorded_is_what_the_rules_say(related: Database, contents: list[dict[str, Any]], late: bool) -> None:
    now = AFTER if late else EARLY
    with related.transaction("test") as tx, tx.savepoint():
        courses = [a_course(tx, **content) for content in contents]
        recorded(tx, now)
        terms = programme.terms(tx, worlds.WAVE, now)
        code = rules.rule_set_code(terms)
        facts = store.course_facts(tx, [course.course_id for course in courses], now)
        for course in courses:
            [found] = [each for each in standings.standings_of(tx, course.course_code) if each.rule_set == code]
            sellers = facts[course.course_id].sellers
            nobody = bool(sellers) and not rules.free_sellers(course, facts[course.course_id], terms)
            assert found.missed == rules.missed_bits(course, nobody, terms)
            assert found.missed & rules.OWN_BITS == (
                tx.value("SELECT misses FROM catalogue.course WHERE course_id = %(id)s", id=course.course_id)
                & catalogue_rules.demanded(terms)
            )
