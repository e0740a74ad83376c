"""Sending what waits: one batch after another, woken by the database when something new is queued."""

import logging
import threading

import psycopg

from prakarsa.gateways.messages import Carrier
from prakarsa.gateways.sending import send_batch
from prakarsa.kernel.refusals import DatabaseUnavailable
from prakarsa.kernel.runtime import Runtime

LOOK_EVERY_SECONDS = 2.0
_CHANNEL = "prakarsa_messages"
_log = logging.getLogger(__name__)


class Sender(threading.Thread):
    """Drains the queue until told to stop."""

    def __init__(self, runtime: Runtime, carrier: Carrier) -> None:
        super().__init__(name="prakarsa-sender", daemon=True)
        self._runtime = runtime
        self._carrier = carrier
        self._over = threading.Event()

    def stop(self) -> None:
        """Finish the batch at hand and end."""
        self._over.set()
        self.join(timeout=30)

    def run(self) -> None:
        """Send, then wait to be woken; start over after a lost connection."""
        while not self._over.is_set():
            try:
                with psycopg.connect(self._runtime.database.url, autocommit=True) as bell:
                    bell.execute(f"LISTEN {_CHANNEL}")
                    self._drain_and_wait(bell)
            except (psycopg.OperationalError, DatabaseUnavailable):
                _log.warning("the database is out of reach; trying again")
                self._over.wait(1.0)

    def _drain_and_wait(self, bell: psycopg.Connection) -> None:
        while not self._over.is_set():
            while send_batch(self._runtime, self._carrier) and not self._over.is_set():
                pass
            for _ in bell.notifies(timeout=LOOK_EVERY_SECONDS, stop_after=1):
                break
