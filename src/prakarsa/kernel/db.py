"""Transactions: opened and closed at the door, handed down as `Tx`.

psycopg with explicit SQL kept in named files; no mapper stands between a statement and its plan.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg.rows import class_row, scalar_row, tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout

from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.refusals import DatabaseUnavailable

Row = TypeVar("Row")
POOL_WAIT_SECONDS = 10


def queries(room_file: str) -> dict[str, LiteralString]:
    """The named statements of a room: every `sql/*.sql` beside `room_file`, by file name.

    They are files of ours, never built from input, which is what `LiteralString` promises.
    """
    folder = Path(room_file).parent / "sql"
    return {path.stem: path.read_text() for path in sorted(folder.glob("*.sql"))}


class Tx:
    """One transaction: what to read and write with, the keys for sealed columns, and who is acting."""

    def __init__(self, connection: psycopg.Connection[Any], keyring: Keyring, actor: str) -> None:
        self.connection = connection
        self.keyring = keyring
        self.actor = actor

    def rows(self, kind: type[Row], query: LiteralString, **params: Any) -> list[Row]:
        """Every row of the answer as a `kind`; columns are named after its fields."""
        with self.connection.cursor(row_factory=class_row(kind)) as cursor:
            return cursor.execute(query, params).fetchall()

    def row(self, kind: type[Row], query: LiteralString, **params: Any) -> Row | None:
        """The first row as a `kind`, or None."""
        with self.connection.cursor(row_factory=class_row(kind)) as cursor:
            return cursor.execute(query, params).fetchone()

    def tuples(self, query: LiteralString, **params: Any) -> list[tuple[Any, ...]]:
        """Every row as a tuple."""
        with self.connection.cursor(row_factory=tuple_row) as cursor:
            return cursor.execute(query, params).fetchall()

    def value(self, query: LiteralString, **params: Any) -> Any:
        """The first column of the first row, or None."""
        with self.connection.cursor(row_factory=scalar_row) as cursor:
            return cursor.execute(query, params).fetchone()

    def values(self, query: LiteralString, **params: Any) -> list[Any]:
        """The first column of every row."""
        with self.connection.cursor(row_factory=scalar_row) as cursor:
            return cursor.execute(query, params).fetchall()

    def run(self, query: LiteralString, **params: Any) -> int:
        """Execute for effect; the number of rows touched."""
        return self.connection.execute(query, params).rowcount

    def copy_in(self, statement: LiteralString, rows: Iterable[Sequence[Any]]) -> None:
        """Stream rows through `COPY … FROM STDIN`."""
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def stream(self, kind: type[Row], query: LiteralString, **params: Any) -> Iterator[Iterator[Row]]:
        """Rows one after another through a server-side cursor, for sets that must not fill memory."""
        with self.connection.cursor(name="stream", row_factory=class_row(kind)) as cursor:
            cursor.itersize = 5_000
            yield iter(cursor.execute(query, params))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that may fail without losing the whole."""
        with self.connection.transaction():
            yield


class Database:
    """A pool of connections to one PostgreSQL."""

    def __init__(self, url: str, keyring: Keyring, *, max_size: int = 16) -> None:
        self.url = url
        self._keyring = keyring
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=max_size,
            open=False,
            timeout=POOL_WAIT_SECONDS,
            check=ConnectionPool.check_connection,
            kwargs={"options": "-c search_path=public,jobs -c timezone=UTC -c lock_timeout=20s"},
        )

    def open(self) -> None:
        """Connect. Raises DatabaseUnavailable."""
        try:
            self._pool.open(wait=True, timeout=30)
        except PoolTimeout as error:
            self._pool.close()
            raise DatabaseUnavailable("no connection within 30 seconds") from error

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    @contextmanager
    def transaction(self, actor: str) -> Iterator[Tx]:
        """One transaction by `actor`: committed at the end, rolled back by any exception."""
        try:
            connection_context = self._pool.connection()
            connection = connection_context.__enter__()
        except (PoolTimeout, psycopg.OperationalError) as error:
            raise DatabaseUnavailable("no connection is free") from error
        try:
            yield Tx(connection, self._keyring, actor)
        except BaseException as error:
            connection_context.__exit__(type(error), error, error.__traceback__)
            raise
        else:
            connection_context.__exit__(None, None, None)

    @contextmanager
    def snapshot(self, actor: str) -> Iterator[Tx]:
        """One transaction that only reads, and sees a single moment however long it lasts."""
        with self.transaction(actor) as tx:
            tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield tx
