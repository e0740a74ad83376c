"""Values of the certificate room."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says, as it was on the day of issue. `completed_at` is when the last step was attended."""

    programme_name: str
    person_name: str
    course_code: str
    course_title: str
    hours: int
    institution_name: str
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class Certificate:
    """An issued certificate. `credential` is the signed Open Badges 3.0 credential (compact JWS)."""

    number: str
    purchase_id: int
    person_id: int
    issued_at: datetime
    facts: Facts
    verification_url: str
    credential: str
    revoked_at: datetime | None
    revoke_reason: str | None

    @property
    def valid(self) -> bool:
        """Whether it still proves what it says."""
        return self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Background:
    """What a certificate needs of a purchase that the purchase itself does not know."""

    purchase_id: int
    wave_number: int
    person_public_id: str
    course_description: str
    programme_name: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A certificate to be kept."""

    number: str
    purchase_id: int
    person_id: int
    facts: Facts
    credential: str
