"""Values of a card."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CardState(StrEnum):
    """What may happen with a card."""

    ACTIVE = "active"
    """It can buy."""
    REVOKED = "revoked"
    """Its owner did not buy in time; its money went back to the state."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card: one per person for life (Permenko 11/2020 art. 17)."""

    card_id: int
    person_id: int
    wave_number: int
    account_id: int
    issued_at: datetime
    notified_at: datetime
    state: str
    revoked_at: datetime | None
    balance_idr: int


@dataclass(frozen=True, slots=True)
class Winner:
    """A selected person who has no card yet."""

    application_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A card with its number and how to reach its owner: for the owner's own pages and for demonstrations."""

    card_id: int
    person_id: int
    number: str
    name: str
    phone: str
    email: str
    balance_idr: int
