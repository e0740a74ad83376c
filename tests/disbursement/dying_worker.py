"""A worker that is killed at a chosen moment of paying: `python -m tests.disbursement.dying_worker MOMENT URL BANK`.

The master secret is read from standard input, so that no list of processes shows it.
"""

import os
import signal
import sys

from prakarsa.disbursement import actions
from prakarsa.gateways.bank import BankClient
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from tests.disbursement.conftest import TOKEN
from tests.disbursement.worlds import EARNED, PAYER

MOMENTS = ("drafting", "drafted", "handed over", "booking", "booked")


def work(moment: str, url: str, bank_url: str, master: bytes) -> None:
    """Pay one file the way a worker does, up to the moment."""

    def alive_until(reached: str) -> None:
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url, Keyring(master))
    database.open()
    with database.transaction("test") as tx:
        batch = actions.draft_batch(tx, payer=PAYER, now=EARNED)
        assert batch is not None
        alive_until("drafting")
    alive_until("drafted")
    with BankClient(bank_url, TOKEN, timeout_seconds=5) as bank:
        answer = bank.pay(batch)
    alive_until("handed over")
    with database.transaction("test") as tx:
        actions.settle(tx, batch.message_id, answer, now=EARNED)
        alive_until("booking")
    alive_until("booked")


if __name__ == "__main__":
    work(sys.argv[1], sys.argv[2], sys.argv[3], bytes.fromhex(sys.stdin.read()))
