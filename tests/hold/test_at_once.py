"""Many hands at the same moment: one hold from one proposal, one open appeal, one decision, one lifting."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from prakarsa.hold import actions
from prakarsa.hold.audit import INVARIANTS
from prakarsa.hold.hearing_model import Outcome
from prakarsa.hold.model import Scope
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from tests import worlds
from tests.conftest import NOW
from tests.hold.test_holds import HOLD

HANDS = 6


@pytest.fixture
def committed(database: Database) -> Iterator[Database]:
    """Deeds of these tests stay, so every one of them ends with sound books."""
    yield database
    with database.transaction("test") as tx:
        assert [invariant.sentence for invariant in INVARIANTS if invariant.exceptions(tx)] == []


def at_once(database: Database, act: Callable[[Tx, int], object]) -> list[str]:
    """The codes of the refusals that so many hands met; empty for whoever succeeded."""

    def one(hand: int) -> str:
        try:
            with database.transaction(f"staff/{hand}") as tx:
                act(tx, hand)
        except Refusal as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(HANDS) as hands:
        return sorted(hands.map(one, range(10, 10 + HANDS)))


def test_a_proposal_becomes_one_hold(committed: Database) -> None:
    with committed.transaction("test") as tx:
        code = actions.propose(tx, HOLD, by="staff/1", now=NOW).proposal_code

    told = at_once(committed, lambda tx, hand: actions.confirm(tx, code, by=f"staff/{hand}", now=NOW))

    assert told == [""] + ["hold.proposal_decided"] * (HANDS - 1)
    with committed.transaction("test") as tx:
        assert len(actions.in_force(tx, NOW)) == 1


def test_a_party_has_one_open_appeal_and_it_is_decided_once(committed: Database) -> None:
    with committed.transaction("test") as tx:
        hold = worlds.a_hold(tx, scope=Scope.INSTITUTION).hold_code

    told = at_once(
        committed, lambda tx, _: actions.appeal(tx, hold, party=worlds.INSTITUTION, words="Keliru.", now=NOW)
    )
    assert told == [""] + ["hold.appeal_open"] * (HANDS - 1)

    with committed.transaction("test") as tx:
        [(appeal, _)] = actions.open_appeals(tx, NOW)
    told = at_once(
        committed,
        lambda tx, hand: actions.decide_appeal(
            tx, appeal.statement_code, outcome=Outcome.UPHELD, words="Benar.", by=f"staff/{hand}", now=NOW
        ),
    )
    assert told == [""] + ["hold.appeal_decided"] * (HANDS - 1)


def test_a_hold_is_lifted_once(committed: Database) -> None:
    with committed.transaction("test") as tx:
        hold = worlds.a_hold(tx, scope=Scope.COURSE).hold_code

    told = at_once(committed, lambda tx, hand: actions.lift(tx, hold, reason="Selesai.", by=f"staff/{hand}", now=NOW))

    assert told == [""] + ["hold.over"] * (HANDS - 1)
