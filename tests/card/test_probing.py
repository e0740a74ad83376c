"""The probe's card is there whatever people do, once, and is never anybody's."""

from dataclasses import replace

from prakarsa.card import actions
from prakarsa.card.probing import STAND_INS
from prakarsa.kernel.db import Tx
from prakarsa.people import actions as people
from tests.conftest import NOW
from tests.worlds import a_wave


def test_there_is_one_probe_card_however_often_it_is_asked_for(tx: Tx) -> None:
    a_wave(tx)
    assert actions.issue_probe_card(tx, NOW) == actions.issue_probe_card(tx, NOW)
    assert tx.value("SELECT count(*) FROM card.card WHERE is_probe") == 1


def test_whoever_takes_the_probes_number_does_not_keep_it_at_home(tx: Tx) -> None:
    a_wave(tx)
    squatter = replace(STAND_INS[1], name="Sari Melati Putri", phone=STAND_INS[0].phone, email="sari@example.com")
    [taken] = people.register(tx, [squatter], now=NOW)
    assert isinstance(taken, int)
    assert actions.issue_probe_card(tx, NOW) == actions.issue_probe_card(tx, NOW)
    assert tx.value("SELECT count(*) FROM card.card WHERE is_probe AND person_id <> %(taken)s", taken=taken) == 1
