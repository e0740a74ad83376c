"""An installation that holds data comes up to this release with all of it, and knows of it what this release asks."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg.errors import CheckViolation

from prakarsa.kernel import migrate as migrating
from prakarsa.kernel.migrate import migrate
from tests.kernel.test_migrate import empty_database

HELD = (Path(__file__).parent / "held_by_0001.sql").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def upgraded(postgres_url: str) -> str:
    """A database of release 0001 with data, brought up to this release."""
    url = empty_database(postgres_url, "held_by_0001")
    config = Config()
    config.set_main_option("script_location", str(migrating._SCRIPTS))
    config.attributes["url"] = url
    command.upgrade(config, "0001")
    with psycopg.connect(url) as connection:
        connection.execute(HELD)  # type: ignore[arg-type]  # our own file
    migrate(url)
    return url


def answer(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, options="-c timezone=UTC") as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]  # our own statements


def test_what_each_course_misses_is_known_at_once(upgraded: str) -> None:
    found = answer(upgraded, "SELECT course_code, misses FROM catalogue.course ORDER BY course_code")
    assert found == [("CRS-1", 0), ("CRS-2", 1 | 2 | 4 | 8 | 16 | 64 | 256 | 512 | 1024)]


def test_who_belongs_with_whom_is_known_at_any_depth(upgraded: str) -> None:
    found = answer(upgraded, "SELECT platform_id, institution_id FROM partner.affiliation ORDER BY institution_id")
    assert found == [(1, 2), (1, 3)]


def test_a_hold_with_only_a_review_ends_at_it_and_one_with_an_end_at_its_end(upgraded: str) -> None:
    found = answer(upgraded, "SELECT hold_code, over_at FROM hold.hold ORDER BY hold_code")
    assert found == [("HLD-1", datetime(2020, 8, 27, tzinfo=UTC)), ("HLD-2", datetime(2020, 9, 1, tzinfo=UTC))]


def test_ratings_that_were_given_can_be_searched_by(upgraded: str) -> None:
    assert answer(upgraded, "SELECT ratings, rating_stars FROM catalogue.course WHERE course_code = 'CRS-1'") == [
        (1, 3)
    ]


def test_a_purchase_that_was_redeemed_is_still_not_cancelled_by_a_platform(upgraded: str) -> None:
    with psycopg.connect(upgraded) as connection, pytest.raises(CheckViolation, match="redeemed_or_voided"):
        connection.execute("UPDATE purchase.purchase SET voided_at = '2020-09-02'")


def test_the_release_before_still_places_a_hold_and_writes_a_course(upgraded: str) -> None:
    """Its statements name no column that is new, and none of the new ones is asked of it."""
    with psycopg.connect(upgraded) as connection:
        connection.execute(
            """INSERT INTO hold.hold (hold_code, scope, capability, target_code, target_name, reason_code, legal_basis,
                                      public_words, notice_to, notice_at, placed_by, placed_at, starts_at, ends_at)
               VALUES ('HLD-3', 'platform', 'selling', 'pasar', 'Pasar', 'technical', 'SK-3', 'Kami memeriksa', 'Pasar',
                       now(), 'staff/1', now(), now(), now() + interval '1 day')"""
        )
        connection.execute(
            """INSERT INTO programme.parameter (scheme, name, value, effective_from, legal_basis, source)
               VALUES ('prakerja-2020', 'otp_tries', '3', '2020-04-11', 'office', 'office')
                   ON CONFLICT (scheme, name, first_wave, effective_from) DO NOTHING"""
        )
        connection.execute("UPDATE catalogue.course SET title = 'Kopi' WHERE course_code = 'CRS-2'")
        connection.rollback()
