"""Values of the public status: what is held, whom it concerns, what still works, when the next word comes."""

from dataclasses import dataclass
from datetime import date, datetime

from prakarsa.notice.probe_model import Alarm, PlatformHistory

INDONESIAN = "id"


@dataclass(frozen=True, slots=True)
class PublicHold:
    """A hold as the public may know it.

    `people`, `courses` and `platforms` are those it concerns, as a worker last counted them; None: not counted yet. Of
    a hold on selling, `people` are those whose clock stands still.
    """

    hold_id: int
    hold_code: str
    scope: str
    capability: str
    target_code: str | None
    target_name: str
    reason_code: str
    legal_basis: str
    basis_version: str
    public_words: str
    public_words_en: str
    placed_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    over_at: datetime
    lifted_at: datetime | None
    lift_reason: str | None
    reviewed_at: datetime | None
    review_words: str | None
    people: int | None
    courses: int | None
    platforms: int | None
    counted_at: datetime | None

    @property
    def next_word_at(self) -> datetime:
        """By when people hear again: its review, or its end."""
        return min(moment for moment in (self.review_at, self.ends_at) if moment is not None)

    def told_in(self, language: str) -> str:
        """Its words in the reader's language, as far as they were written."""
        return self.public_words if language == INDONESIAN else self.public_words_en or self.public_words

    def in_force(self, now: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.starts_at <= now < self.over_at


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """Something that was said of a hold: placed, reviewed, over."""

    hold_code: str
    capability: str
    scope: str
    target_name: str
    legal_basis: str
    kind: str
    at: datetime
    words: str
    words_en: str
    starts_at: datetime
    next_word_at: datetime

    def told_in(self, language: str) -> str:
        """Its words in the reader's language, as far as they were written."""
        return self.words if language == INDONESIAN else self.words_en or self.words


@dataclass(frozen=True, slots=True)
class PlatformNow:
    """How many courses can be bought on a platform at this moment."""

    client_code: str
    name: str
    on_sale: int


@dataclass(frozen=True, slots=True)
class ComingChange:
    """A change of the rules that was approved and begins later."""

    change_code: str
    title: str
    effective_from: date
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class StatusReport:
    """Where the programme stands at one moment.

    `on_sale` courses can be bought now on one platform at least; `off_sale` are in the catalogue and cannot; both None
    before there is a wave. `in_force` and `announced` may be cut; `holds_in_force` counts all of the former.
    `private_holds` are on single people: nothing else is told of them.
    """

    at: datetime
    in_force: tuple[PublicHold, ...]
    holds_in_force: int
    private_holds: int
    announced: tuple[PublicHold, ...]
    on_sale: int | None
    off_sale: int | None
    platforms: tuple[PlatformNow, ...]
    changes: tuple[ComingChange, ...]
    alarms: tuple[Alarm, ...]
    probes: tuple[PlatformHistory, ...]
    events: tuple[PublicEvent, ...]

    @property
    def everywhere(self) -> PublicHold | None:
        """The hold that keeps everybody from buying anything, if one stands."""
        return next((hold for hold in self.in_force if (hold.scope, hold.capability) == ("programme", "selling")), None)

    @property
    def next_word_at(self) -> datetime | None:
        """When the next word comes about anything that stands; None when nothing does."""
        return min((hold.next_word_at for hold in self.in_force), default=None)

    @property
    def changed_at(self) -> datetime | None:
        """When something was last announced; None when nothing ever was."""
        moments = [event.at for event in self.events[:1]]
        moments += [change.approved_at for change in self.changes]
        moments += [alarm.over_at or alarm.raised_at for alarm in self.alarms]
        return max(moments, default=None)
