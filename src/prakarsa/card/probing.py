"""The card that probes walk with: it reaches the payment like anybody's, and buys nothing."""

from dataclasses import replace
from datetime import date, datetime

from prakarsa.card import store
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_card_number
from prakarsa.kernel.refusal import Refusal
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind
from prakarsa.people import actions as people
from prakarsa.people.model import Education, NewPerson, Situation
from prakarsa.programme import actions as programme

NOBODY = NewPerson(
    name="Kartu Uji",
    birth_date=date(1985, 1, 1),
    nik="3199990101850001",  # there is no district 99 and no regency 99
    kk="3199990101100001",
    phone="+6280099999990",  # no such prefix: messages to it would reach nobody, and none are sent
    email="kartu-uji-0@prakarsa.invalid",  # a domain that never exists (RFC 2606)
    education=Education.PASCASARJANA,
    situation=Situation.WORKER,
)
"""The invented owner of the card, old enough and schooled enough for every course."""
STAND_INS = tuple(
    replace(
        NOBODY,
        nik=f"{NOBODY.nik[:-1]}{n + 1}",
        phone=f"{NOBODY.phone[:-1]}{n}",
        email=f"kartu-uji-{n}@prakarsa.invalid",
    )
    for n in range(5)
)
"""Whoever registers under one of these numbers must not be able to keep the probes at home."""


def issue_probe_card(tx: Tx, now: datetime) -> str:
    """The number of the installation's one probe card, made when there is none.

    Its account stays empty: the rules of buying ask a probe for everything but money, and no state money is bound. It
    belongs to the newest wave that has opened, and moves on with it, so that it meets the terms of those who buy now.
    Raises NoWaveYet, and Refusal when the invented person cannot be registered.
    """
    wave = programme.newest_wave(tx, now)
    owner = _owner(tx, now)
    known = store.probe_card(tx, owner)
    if known is None:
        [account_id] = ledger.open_accounts(tx, AccountKind.CARD, [f"person/{owner}"])
        card_id = store.insert_probe_card(tx, wave.wave_id, owner, account_id, random_card_number(), now)
        if card_id is not None:
            facts = {"wave_number": wave.number, "probe": True}
            journal.record(tx, [Event("card.issued", f"person/{owner}/card", owner, facts)], now=now)
        known = store.probe_card(tx, owner)
        assert known is not None
    card_id, wave_id = known
    if wave_id != wave.wave_id:
        store.move_probe_card(tx, card_id, wave.wave_id)
        facts = {"wave_number": wave.number}
        journal.record(tx, [Event("card.probe_moved", f"card/{card_id}", facts=facts)], now=now)
    return store.number(tx, card_id)


def _owner(tx: Tx, now: datetime) -> int:
    """The first of the invented people who can be registered, or was."""
    answers = (people.register(tx, [each], now=now)[0] for each in STAND_INS)
    refused: list[Refusal] = []
    for answer in answers:
        if not isinstance(answer, Refusal):
            return answer
        refused.append(answer)
    raise refused[0]
