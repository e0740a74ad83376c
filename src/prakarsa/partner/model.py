"""Values of the partner room."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from prakarsa.kernel.refusal import Refusal, msg


class PartnerKind(StrEnum):
    """What a partner does in the programme."""

    PLATFORM = "platform"
    """A marketplace that sells courses and takes payment from cards."""
    INSTITUTION = "institution"
    """A training institution that teaches the courses."""


class PartnerStatus(StrEnum):
    """Where a partner stands with the programme."""

    PENDING = "pending"
    """Known, may test with its keys, has no agreement or decree yet."""
    ACTIVE = "active"
    """An agreement (platform) or a decree (institution) is in force."""
    ENDED = "ended"
    """The agreement or decree is over; nothing new may be sold or signed."""


class PartnerMove(StrEnum):
    """What can happen to a partner's status."""

    ACTIVATE = "activate"
    """An agreement or decree was signed."""
    AMEND = "amend"
    """A new agreement replaced the one in force."""
    END = "end"
    """The agreement or decree ran out or was withdrawn."""


MOVES: dict[tuple[PartnerStatus, PartnerMove], PartnerStatus] = {
    (PartnerStatus.PENDING, PartnerMove.ACTIVATE): PartnerStatus.ACTIVE,
    (PartnerStatus.PENDING, PartnerMove.END): PartnerStatus.ENDED,
    (PartnerStatus.ACTIVE, PartnerMove.AMEND): PartnerStatus.ACTIVE,
    (PartnerStatus.ACTIVE, PartnerMove.END): PartnerStatus.ENDED,
    (PartnerStatus.ENDED, PartnerMove.ACTIVATE): PartnerStatus.ACTIVE,
}
"""Every lawful change of status; a pair that is not here is refused."""


STATUS_WORDS = {
    PartnerStatus.PENDING: msg("pending"),
    PartnerStatus.ACTIVE: msg("active"),
    PartnerStatus.ENDED: msg("ended"),
}
MOVE_WORDS = {
    PartnerMove.ACTIVATE: msg("activate"),
    PartnerMove.AMEND: msg("amend"),
    PartnerMove.END: msg("end"),
}
"""How statuses and moves read inside a sentence: refusals name them."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A platform or an institution. `account_id` is its account in the ledger."""

    partner_id: int
    kind: PartnerKind
    client_code: str
    name: str
    status: PartnerStatus
    basis: str | None
    commission_percent: int
    registered_at: datetime
    account_id: int

    @property
    def active(self) -> bool:
        """Whether an agreement or decree is in force."""
        return self.status is PartnerStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class NewPartner:
    """A partner to register. With a `basis` (agreement or decree) it is active at once, without one it is pending."""

    kind: PartnerKind
    client_code: str
    name: str
    basis: str | None = None
    commission_percent: int = 0
    redirect_uris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """A partner and every secret it may sign with now, newest first; none when all were revoked or ran out."""

    partner: Partner
    secrets: tuple[str, ...]

    def __repr__(self) -> str:
        """Without the secrets, so that a log line or traceback cannot show them."""
        return f"Credentials(partner={self.partner.client_code!r}, {len(self.secrets)} secrets)"


@dataclass(frozen=True, slots=True)
class KeySummary:
    """One signing key as a console shows it: its life, never its secret."""

    key_id: int
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class LegalForm(StrEnum):
    """What sort of body a partner is in law."""

    GOVERNMENT = "government"
    """A ministry, agency or region of the state itself."""
    STATE_COMPANY = "state_company"
    """A limited company of the state or of a region (BUMN, BUMD)."""
    PRIVATE_COMPANY = "private_company"
    """A limited company in private hands (PT)."""
    COOPERATIVE = "cooperative"
    """A cooperative of its members (koperasi)."""
    FOUNDATION = "foundation"
    """A foundation or association with legal personality (yayasan, perkumpulan)."""
    PARTNERSHIP = "partnership"
    """A partnership without legal personality (CV, firma)."""
    PERSON = "person"
    """One person under a trade name."""


LEGAL_FORM_WORDS = {
    LegalForm.GOVERNMENT: msg("a body of the state"),
    LegalForm.STATE_COMPANY: msg("a limited company of the state or a region"),
    LegalForm.PRIVATE_COMPANY: msg("a private limited company"),
    LegalForm.COOPERATIVE: msg("a cooperative"),
    LegalForm.FOUNDATION: msg("a foundation or association"),
    LegalForm.PARTNERSHIP: msg("a partnership"),
    LegalForm.PERSON: msg("one person"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a partner declares about itself; None: not declared. `provinces_served` counts provinces with users.

    Source: Permenko 11/2020 art. 30(2)a, 30(3), 36(2)-(4), and the documents of 2023 (programme-rules 6.2, 6.3).
    """

    legal_form: LegalForm | None = None
    founded_on: date | None = None
    business_number: str | None = None
    tax_number: str | None = None
    provinces_served: int | None = None
    integration_certified_on: date | None = None
    platform_contract: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One condition by name, and the refusal that says how it is missed; None when it is met."""

    name: str
    refusal: Refusal | None = None

    @property
    def passed(self) -> bool:
        """Whether the condition is met."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Ownership:
    """One partner owns another since a day."""

    owner_code: str
    owned_code: str
    since: date


@dataclass(frozen=True, slots=True)
class PartnerContact:
    """Whom to write to at a partner, and in which language."""

    client_code: str
    name: str
    email: str
    language: str

    def __repr__(self) -> str:
        """Without the address, so that a log line or traceback cannot show it."""
        return f"PartnerContact({self.client_code!r}, language={self.language!r})"
