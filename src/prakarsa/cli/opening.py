"""What every command does first: open the installation; and whom its acts are recorded under."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from prakarsa.kernel.db import Tx
from prakarsa.kernel.runtime import Runtime, open_runtime
from prakarsa.people import staff


def operator() -> str:
    """The person at the terminal, as the journal names them."""
    try:
        return f"cli/{getpass.getuser()}"
    except (KeyError, OSError):  # no account for this user id, as in some containers
        return "cli/unknown"


def named(tx: Tx, who: str | None) -> str:
    """Whose act this is: somebody of the office by their address or name, or the operator."""
    return staff.named(tx, who) if who else operator()


@contextmanager
def opened() -> Iterator[Runtime]:
    """The installation under PRAKARSA_HOME. Raises BadSetting, DatabaseUnavailable."""
    with open_runtime() as runtime:
        yield runtime


@contextmanager
def one_transaction() -> Iterator[tuple[Tx, Runtime]]:
    """The installation with one transaction by the operator, committed at the end."""
    with opened() as runtime, runtime.database.transaction(operator()) as tx:
        yield tx, runtime
