"""Long work behind a button: as much as a person waits for, the rest at the next press."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 8.0
Tell = Callable[[int], None]


class _Enough(Exception):
    """Ends a round between two of its chunks."""


def finished(work: Callable[[Tell], object], *, seconds: float = PATIENCE_SECONDS) -> bool:
    """Run a round until it is finished or the time is over; whether it is finished.

    A round tells after every chunk, when the chunk is committed; stopping there loses nothing.
    """
    deadline = time.monotonic() + seconds

    def tell(_: int) -> None:
        if time.monotonic() > deadline:
            raise _Enough

    try:
        work(tell)
    except _Enough:
        return False
    return True
