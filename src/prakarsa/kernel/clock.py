"""Where the moment comes from. Only doors read a clock; everything below is told the moment.

Programme time may be moved for a demonstration or a sandbox by writing seconds into the clock file; every process
reads the same file, so all of them live in the same moment. Transport security (signature windows) always uses the
wall clock.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


def wall_now() -> datetime:
    """The real moment, in UTC, whatever programme time says."""
    return datetime.now(UTC)


class Clock(Protocol):
    """Tells the programme's moment."""

    def now(self) -> datetime:
        """The present moment of the programme, in UTC."""


class SystemClock:
    """Programme time is real time."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return wall_now()


class MovableClock:
    """Real time plus an offset kept in a file, so that several processes share one moved moment."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._offset = timedelta()

    def now(self) -> datetime:
        """Real time plus the offset now in the file; a missing file means no offset."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return wall_now()
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            self._offset = timedelta(seconds=float(self._path.read_text() or 0))
            self._stamp = stamp
        return wall_now() + self._offset

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now, in every process that reads the file."""
        self._write((moment - wall_now()).total_seconds())

    def reset(self) -> None:
        """Return to real time."""
        self._write(0.0)

    def _write(self, offset_seconds: float) -> None:
        draft = self._path.with_suffix(".draft")
        draft.write_text(repr(offset_seconds))
        os.replace(draft, self._path)  # noqa: PTH105  one atomic step, so a reader never sees half a number
