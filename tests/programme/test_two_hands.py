"""Two approvals of one scheme at once are decided one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from prakarsa.kernel.db import Database
from prakarsa.programme import actions
from prakarsa.programme.policy_refusals import PolicyChangesNothing
from tests.conftest import NOW

PERMENKO = actions.change_text("permenko-11-2020")
SIGNED = NOW - timedelta(days=12)


def test_the_same_change_proposed_twice_is_approved_once(database: Database) -> None:
    with database.transaction("test") as tx:
        actions.load_scheme(tx, "prakerja-2020-launch", author="staff/1", approver="staff/2", now=SIGNED)
        codes = [actions.propose(tx, PERMENKO, author="staff/1", now=SIGNED).change_code for _ in range(2)]
    ready = Barrier(len(codes))

    def approve(code: str) -> str:
        try:
            with database.transaction("test") as tx:
                ready.wait()
                return actions.approve(tx, code, by="staff/2", now=SIGNED).state.value
        except PolicyChangesNothing:
            return "changes nothing"

    with ThreadPoolExecutor(len(codes)) as hands:
        assert sorted(hands.map(approve, codes)) == ["approved", "changes nothing"]
