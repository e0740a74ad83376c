"""Money moves between accounts and is never made or lost."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakarsa.kernel.db import Database, Tx
from prakarsa.ledger import actions
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.ledger.refusals import Overdrawn
from tests.conftest import NOW


def state_and_card(tx: Tx) -> tuple[int, int]:
    return actions.account(tx, AccountKind.STATE, "t"), actions.account(tx, AccountKind.CARD, "c")


def test_posting_a_batch_twice_moves_money_once(tx: Tx, now: datetime) -> None:
    state, card = state_and_card(tx)
    batch = [Transfer("credit", "wave/4", state, card, 1_000_000)]

    assert actions.post(tx, batch, now=now) == 1
    assert actions.post(tx, batch, now=now) == 0
    assert actions.balance_idr(tx, card) == 1_000_000


def test_a_card_never_goes_below_zero_and_nothing_of_the_batch_stays(tx: Tx, now: datetime) -> None:
    state, card = state_and_card(tx)
    actions.post(tx, [Transfer("credit", "1", state, card, 10)], now=now)

    with pytest.raises(Overdrawn), tx.savepoint():
        actions.post(tx, [Transfer("credit", "2", state, card, 5), Transfer("buy", "3", card, state, 16)], now=now)

    assert actions.balance_idr(tx, card) == 10


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 10**12)).filter(lambda m: m[0] != m[1]),
        max_size=30,
    )
)
def test_all_balances_always_sum_to_zero(database: Database, moves: list[tuple[int, int, int]]) -> None:
    with database.transaction("test") as tx:
        accounts = actions.open_accounts(tx, AccountKind.STATE, [f"owner-{n}" for n in range(5)])
        reference = tx.value("SELECT gen_random_uuid()::text")
        actions.post(
            tx,
            [
                Transfer("move", f"{reference}/{n}", accounts[a], accounts[b], amount)
                for n, (a, b, amount) in enumerate(moves)
            ],
            now=NOW,
        )
        assert actions.verify(tx) == []
        assert sum(total for _, _, total in actions.balances(tx)) == 0
