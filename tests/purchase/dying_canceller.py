"""A worker that is killed while cancelling: `python -m tests.purchase.dying_canceller MOMENT URL CODE`.

The master secret is read from standard input, so that no list of processes shows it.
"""

import os
import signal
import sys

from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from prakarsa.purchase import cancelling
from tests.purchase.cancelled import LATER

MOMENTS = ("in the first chunk", "after the first chunk", "in the second chunk", "finishing")


def work(moment: str, url: str, code: str, master: bytes) -> None:
    """Cancel the way a worker does, two at a time, up to the moment."""

    def alive_until(reached: str) -> None:
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url, Keyring(master))
    database.open()
    with database.transaction("test") as tx:
        cancelling.run(tx, code, now=LATER, chunk=2)
        alive_until("in the first chunk")
    alive_until("after the first chunk")
    with database.transaction("test") as tx:
        cancelling.run(tx, code, now=LATER, chunk=2)
        alive_until("in the second chunk")
    done = 1
    while done:
        with database.transaction("test") as tx:
            done = cancelling.run(tx, code, now=LATER, chunk=2)
            if not done:
                alive_until("finishing")


if __name__ == "__main__":
    work(sys.argv[1], sys.argv[2], sys.argv[3], bytes.fromhex(sys.stdin.read()))
