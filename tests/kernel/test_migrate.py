"""The schema comes up once, whoever asks first, and a newer one is left alone."""

from concurrent.futures import ThreadPoolExecutor

import psycopg

from prakarsa.kernel.migrate import migrate


def empty_database(postgres_url: str, name: str) -> str:
    with psycopg.connect(postgres_url.replace("/prakarsa?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")  # type: ignore[arg-type]  # our own name
    return postgres_url.replace("/prakarsa?", f"/{name}?")


def revision(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    assert row is not None
    return str(row[0])


def test_processes_that_start_together_bring_the_schema_up_once(postgres_url: str) -> None:
    url = empty_database(postgres_url, "started_together")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, [url] * 2))

    assert revision(url) == "0002"


def test_a_newer_schema_is_left_to_the_newer_release(postgres_url: str) -> None:
    url = empty_database(postgres_url, "from_the_future")
    migrate(url)
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE public.alembic_version SET version_num = '9999'")

    migrate(url)

    assert revision(url) == "9999"
