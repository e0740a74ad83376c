"""Bringing a database to this release's schema (alembic runs plain SQL files; each revision is one transaction)."""

from pathlib import Path

import psycopg

from prakarsa.kernel.refusals import BadSetting

OLDEST = 16
"""The oldest major version of PostgreSQL that serves; tests run on it and on the newest."""
_SCRIPTS = Path(__file__).parents[1] / "migrations"
_LOCK = 7_262_527  # any fixed number: one process migrates, the others wait for it


def migrate(url: str) -> None:
    """Apply every revision that is missing, under one lock; does nothing when the schema is current or newer.

    A newer schema serves the release before it, so old and new servers may run side by side during an upgrade.
    Raises BadSetting for a server that is too old.
    """
    head = max(path.name.split("_")[0] for path in (_SCRIPTS / "versions").glob("*.py"))
    with psycopg.connect(url, autocommit=True) as connection:
        require_version(connection.info.server_version)
        if _revision(connection) >= head:
            return
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if _revision(connection) < head:
            _upgrade(url)


def require_version(server_version: int) -> None:
    """The server must be PostgreSQL 16 or newer (`server_version` as libpq counts it: 160004). Raises BadSetting."""
    if server_version < OLDEST * 10_000:
        found = server_version // 10_000
        raise BadSetting("PRAKARSA_DATABASE_URL", f"PostgreSQL {found} is too old, {OLDEST} or newer is needed")


def _upgrade(url: str) -> None:
    # imported only when there is something to do: most starts find the schema current
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["url"] = url
    command.upgrade(config, "head")


def _revision(connection: psycopg.Connection) -> str:
    """The schema's revision, four digits that sort by age; empty when there is none."""
    if connection.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,):
        return ""
    row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return str(row[0]) if row else ""
