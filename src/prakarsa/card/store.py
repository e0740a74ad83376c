"""The card room's SQL."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.card.model import Card, Winner
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)
_NUMBER = "card.number"


def winners_without_card(tx: Tx, wave_id: int, limit: int) -> list[Winner]:
    """Selected people of a wave who still wait for their card, locked against a second issuer."""
    return tx.rows(Winner, sql["winners_without_card"], wave_id=wave_id, limit=limit)


def insert_cards(
    tx: Tx, wave_id: int, person_ids: Sequence[int], account_ids: Sequence[int], numbers: Sequence[str], now: datetime
) -> None:
    """New cards, their numbers sealed; told and issued at the same moment."""
    keyring = tx.keyring
    tx.copy_in(
        sql["copy_cards"],
        (
            (person_id, wave_id, account_id, keyring.seal(_NUMBER, number), keyring.index(_NUMBER, number), now, now)
            for person_id, account_id, number in zip(person_ids, account_ids, numbers, strict=True)
        ),
    )


def number_index(tx: Tx, number: str) -> bytes:
    """The blind index a card number is found by."""
    return tx.keyring.index(_NUMBER, number)


def card_of_number(tx: Tx, number: str) -> int | None:
    """The id of the card with this number."""
    found = tx.value(sql["card_of_number"], number_index=number_index(tx, number))
    return None if found is None else int(found)


def number(tx: Tx, card_id: int) -> str:
    """The card number, opened."""
    return tx.keyring.open(_NUMBER, tx.value(sql["number_sealed"], card_id=card_id))


def numbers_of_wave(tx: Tx, wave_id: int, after: int, limit: int) -> list[tuple[int, int, str, int]]:
    """Active cards of a wave in card order: card, person, number opened, balance."""
    rows = tx.tuples(sql["numbers_of_wave"], wave_id=wave_id, after=after, limit=limit)
    return [(card, person, tx.keyring.open(_NUMBER, sealed), balance) for card, person, sealed, balance in rows]


def cards(tx: Tx, *, person_id: int | None = None, card_ids: Sequence[int] = ()) -> list[Card]:
    """Cards of a person, or by id."""
    return tx.rows(Card, sql["cards"], person_id=person_id, card_ids=list(card_ids))


def lock(tx: Tx, card_ids: Sequence[int]) -> list[int]:
    """Lock cards in card order; every verb that changes a card's money takes this lock first."""
    return tx.values(sql["lock_cards"], card_ids=list(card_ids))


def mark_revoked(tx: Tx, card_ids: Sequence[int], now: datetime) -> None:
    """End cards for good."""
    tx.run(sql["mark_revoked"], card_ids=list(card_ids), now=now)


def probe_card(tx: Tx, person_id: int) -> tuple[int, int] | None:
    """Card and wave of a person's probe card."""
    rows = tx.tuples(sql["probe_card"], person_id=person_id)
    return (rows[0][0], rows[0][1]) if rows else None


def insert_probe_card(tx: Tx, wave_id: int, person_id: int, account_id: int, number: str, now: datetime) -> int | None:
    """A probe card; None when there is one already."""
    card_id: int | None = tx.value(
        sql["insert_probe_card"],
        person_id=person_id,
        wave_id=wave_id,
        account_id=account_id,
        number_sealed=tx.keyring.seal(_NUMBER, number),
        number_index=tx.keyring.index(_NUMBER, number),
        now=now,
    )
    return card_id


def move_probe_card(tx: Tx, card_id: int, wave_id: int) -> None:
    """A probe card belongs to another wave from now on."""
    tx.run(sql["move_probe_card"], card_id=card_id, wave_id=wave_id)
