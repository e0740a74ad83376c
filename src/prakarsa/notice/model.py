"""Values of notices: what is announced, to whom, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prakarsa.kernel.refusal import msg


class NoticeKind(StrEnum):
    """What a notice is about."""

    HOLD_PLACED = "hold_placed"
    """A hold was placed. Goes on telling people as long as the hold goes on hurting new ones."""
    HOLD_REVIEWED = "hold_reviewed"
    """A hold was looked at again and goes on."""
    HOLD_OVER = "hold_over"
    """A hold was lifted or has ended."""
    OFFICE = "office"
    """Words of the programme office."""


KIND_WORDS = {
    NoticeKind.HOLD_PLACED: msg("A hold was placed"),
    NoticeKind.HOLD_REVIEWED: msg("A hold was reviewed"),
    NoticeKind.HOLD_OVER: msg("A hold is over"),
    NoticeKind.OFFICE: msg("Words of the office"),
}


class Audience(StrEnum):
    """To whom the office writes. What the code beside it means depends on it."""

    WAVE = "wave"
    """Everybody with an active card of a wave, by its number."""
    COURSE = "course"
    """Everybody with a live, uncompleted place in any class of a course, by course code."""
    INSTITUTION = "institution"
    """The same for every course of an institution, by client code."""
    SCHEDULE = "schedule"
    """The same for one class, by schedule code."""
    PARTNERS = "partners"
    """Every active partner; no code."""
    PLATFORMS = "platforms"
    """Every active platform; no code."""
    INSTITUTIONS = "institutions"
    """Every active institution; no code."""


AUDIENCE_WORDS = {
    Audience.WAVE: msg("Everybody with an active card of a wave"),
    Audience.COURSE: msg("Everybody who is learning in a course"),
    Audience.INSTITUTION: msg("Everybody who is learning at an institution"),
    Audience.SCHEDULE: msg("Everybody who is learning in a class"),
    Audience.PARTNERS: msg("Every platform and every institution"),
    Audience.PLATFORMS: msg("Every platform"),
    Audience.INSTITUTIONS: msg("Every institution"),
}
TO_PARTNERS = frozenset({Audience.PARTNERS, Audience.PLATFORMS, Audience.INSTITUTIONS})


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Words of the office to be sent. `title` and `words` are Indonesian; urgent ones go by SMS, which costs money."""

    audience: Audience
    audience_code: str
    title: str
    title_en: str
    words: str
    words_en: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What became of the messages of one notice. `without_address` are partners who never gave one."""

    people: int
    partners: int
    queued: int
    sent: int
    failed: int
    without_address: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as kept, with its deliveries as a worker last counted them."""

    notice_id: int
    notice_code: str
    kind: str
    hold_id: int | None
    audience: str | None
    audience_code: str | None
    title: str
    title_en: str
    words: str
    words_en: str
    urgent: bool
    written_by: str
    written_at: datetime
    sent_by: str | None
    sent_at: datetime | None
    discarded_at: datetime | None
    swept_at: datetime | None
    closed_at: datetime | None
    people: int
    partners: int
    queued: int
    sent: int
    failed: int
    without_address: int
    counted_at: datetime | None
    settled_at: datetime | None
    hold_code: str | None
    scope: str | None
    target_name: str | None

    @property
    def deliveries(self) -> Deliveries:
        """The counts by themselves."""
        return Deliveries(self.people, self.partners, self.queued, self.sent, self.failed, self.without_address)

    @property
    def is_draft(self) -> bool:
        """Whether it was written and neither sent nor discarded."""
        return self.sent_at is None and self.discarded_at is None


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """A notice that is being spread. `reached_id` is where its sweep goes on."""

    notice_id: int
    notice_code: str
    kind: str
    hold_id: int | None
    audience: str | None
    audience_code: str | None
    title: str
    title_en: str
    words: str
    words_en: str
    reached_id: int
    urgent: bool
    swept_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldThing:
    """The hold a notice speaks of, as far as those it concerns are told of it."""

    hold_id: int
    hold_code: str
    scope: str
    capability: str
    target_code: str | None
    target_name: str
    public_words: str
    public_words_en: str
    legal_basis: str
    starts_at: datetime
    over_at: datetime
    lift_reason: str | None
    next_word_at: datetime
    review_words: str | None


@dataclass(frozen=True, slots=True)
class Concerned:
    """One person of an audience; `place` is where they stand in its order."""

    place: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ConcernedPartner:
    """One partner of an audience."""

    partner_id: int
    client_code: str
    name: str
