"""Values of complaints."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Category(StrEnum):
    """What a complaint is about (programme-rules 11)."""

    REGISTRATION = "registration"
    """Signing up or signing in does not work."""
    IDENTITY = "identity"
    """NIK, family card, name or birth date do not agree with the civil registry."""
    SELECTION = "selection"
    """Not selected, or excluded by a rule."""
    BALANCE = "balance"
    """The training balance is missing or wrong."""
    PURCHASE = "purchase"
    """A course could not be bought or cancelled."""
    CLASS_ACCESS = "class_access"
    """Bought, but not let into the class."""
    ATTENDANCE = "attendance"
    """Was there, but is not counted as there."""
    CERTIFICATE = "certificate"
    """Finished, but has no certificate, or a wrong one."""
    INCENTIVE = "incentive"
    """The incentive was not paid."""
    SURVEY = "survey"
    """A survey cannot be answered or was not paid."""
    ACCOUNT_BLOCK = "account_block"
    """The account or card was blocked or revoked."""
    FRAUD = "fraud"
    """Somebody cheats, or somebody used the person's data."""


class Owner(StrEnum):
    """Who has to answer."""

    PMO = "pmo"
    """The programme office."""
    PLATFORM = "platform"
    """The digital platform that sold the course."""
    INSTITUTION = "institution"
    """The training institution that teaches it."""
    PAYMENT_PROVIDER = "payment_provider"
    """The bank or e-wallet that pays people."""
    REGISTRY = "registry"
    """The civil registry."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint with its words opened: for the person and for staff alone, never for logs or the journal."""

    complaint_id: int
    number: str
    person_id: int
    category: Category
    owner: Owner
    words: str
    opened_at: datetime
    due_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None

    def overdue(self, now: datetime) -> bool:
        """Whether the answer is late at this moment."""
        return self.answered_at is None and now > self.due_at
