"""Verbs of the card room: issue a wave's cards, look one up, revoke."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from prakarsa.card import messages, rules, store
from prakarsa.card.model import Card, CardHolder
from prakarsa.card.probing import issue_probe_card
from prakarsa.card.refusals import NoCard, NoDecree
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_card_number
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.selection import actions as selection

__all__ = [
    "card_of_number",
    "card_of_person",
    "cards",
    "holders",
    "issue_probe_card",
    "issue_wave",
    "lock",
    "number_index",
    "number_of",
    "revoke",
]

LONGEST_NUMBER = 40
"""Characters of what may be looked up as a card number, blanks included."""


def issue_wave(tx: Tx, wave_number: int, *, now: datetime, chunk: int = 2_000) -> int:
    """Give cards to the next selected people of a decreed wave; how many. Run until it returns 0.

    Each gets a 16-digit number with check digit, the training balance from the wave's budget, and a message; the
    first-purchase clock starts with that message. Safe to run again or beside itself: one card per person for life.
    Raises WaveUnknown, NoDecree, Overdrawn.
    """
    wave = programme.wave(tx, wave_number)
    if selection.decree_of(tx, wave_number) is None:
        raise NoDecree(wave_number)
    winners = store.winners_without_card(tx, wave.wave_id, chunk)
    if not winners:
        return 0
    terms = programme.terms_of(tx, wave, now)
    person_ids = [winner.person_id for winner in winners]
    account_ids = ledger.open_accounts(tx, AccountKind.CARD, [f"person/{person_id}" for person_id in person_ids])
    store.insert_cards(tx, wave.wave_id, person_ids, account_ids, [random_card_number() for _ in winners], now)
    ledger.post(
        tx,
        [
            Transfer(
                "wave_credit", f"wave/{wave_number}", wave.budget_account_id, account_id, terms.training_balance_idr
            )
            for account_id in account_ids
        ],
        now=now,
    )
    _tell_and_record(tx, wave_number, person_ids, terms.training_balance_idr, rules.first_purchase_by(now, terms), now)
    return len(winners)


def card_of_person(tx: Tx, person_id: int) -> Card | None:
    """The person's card, if there is one."""
    found = store.cards(tx, person_id=person_id)
    return found[0] if found else None


def cards(tx: Tx, card_ids: Sequence[int]) -> Mapping[int, Card]:
    """Cards by id."""
    return {card.card_id: card for card in store.cards(tx, card_ids=card_ids)}


def number_of(tx: Tx, person_id: int) -> str:
    """The person's own card number in full: shown to its owner only. Raises NoCard."""
    card = card_of_person(tx, person_id)
    if card is None:
        raise NoCard
    return store.number(tx, card.card_id)


def holders(tx: Tx, wave_number: int, *, after: int = 0, limit: int = 1_000) -> list[CardHolder]:
    """Active cards of a wave with numbers and contacts, one page in card order. For demonstrations and rehearsals."""
    wave = programme.wave(tx, wave_number)
    rows = store.numbers_of_wave(tx, wave.wave_id, after, limit)
    contacts = people.contacts(tx, [person_id for _, person_id, _, _ in rows])
    return [
        CardHolder(
            card_id,
            person_id,
            number,
            contacts[person_id].name,
            contacts[person_id].phone,
            contacts[person_id].email,
            balance,
        )
        for card_id, person_id, number, balance in rows
    ]


def number_index(tx: Tx, number: str) -> bytes:
    """What a card number is looked up by; the number itself is stored sealed."""
    return store.number_index(tx, number)


def card_of_number(tx: Tx, number: str) -> Card | None:
    """The card with this number, if there is one. For whoever was shown the card; the number is not repeated."""
    card_id = store.card_of_number(tx, number) if len(number) <= LONGEST_NUMBER else None
    return None if card_id is None else cards(tx, [card_id]).get(card_id)


def lock(tx: Tx, card_ids: Sequence[int]) -> None:
    """Lock cards, always in the same order, until the transaction ends."""
    if card_ids:
        store.lock(tx, card_ids)


def revoke(tx: Tx, deadlines: Mapping[int, datetime], *, now: datetime) -> None:
    """Take back cards whose first-purchase clock ran out: money to the state, person barred, message sent.

    `deadlines` gives each locked card the deadline it missed. Source: Permenko 11/2020 art. 20(3);
    programme-rules 10.
    """
    found = store.cards(tx, card_ids=list(deadlines))
    state = ledger.account(tx, AccountKind.STATE, programme.STATE_ACCOUNT)
    store.mark_revoked(tx, [card.card_id for card in found], now)
    ledger.post(
        tx,
        [
            Transfer("revocation", f"card/{card.card_id}", card.account_id, state, card.balance_idr)
            for card in found
            if card.balance_idr
        ],
        now=now,
    )
    people.bar(tx, [card.person_id for card in found], "first_purchase_missed", now=now)
    contacts = people.contacts(tx, [card.person_id for card in found])
    journal.record(
        tx,
        [Event("card.revoked", f"card/{c.card_id}", c.person_id, {"deadline_at": deadlines[c.card_id]}) for c in found],
        now=now,
    )
    journal.tell(
        tx,
        [
            Message(
                c.person_id,
                "sms",
                messages.REVOKED,
                contacts[c.person_id].phone,
                contacts[c.person_id].language,
                {"name": contacts[c.person_id].name, "deadline_at": deadlines[c.card_id]},
            )
            for c in found
        ],
        now=now,
    )


def _tell_and_record(
    tx: Tx, wave_number: int, person_ids: Sequence[int], balance_idr: int, deadline_at: datetime, now: datetime
) -> None:
    contacts = people.contacts(tx, person_ids)
    facts = {"wave_number": wave_number, "balance_idr": balance_idr, "deadline_at": deadline_at}
    journal.record(
        tx, [Event("card.issued", f"person/{person_id}/card", person_id, facts) for person_id in person_ids], now=now
    )
    journal.tell(
        tx,
        [
            Message(
                person_id,
                "sms",
                messages.ISSUED,
                contacts[person_id].phone,
                contacts[person_id].language,
                {**facts, "name": contacts[person_id].name},
            )
            for person_id in person_ids
        ],
        now=now,
    )
