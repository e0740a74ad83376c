"""Values of a hold."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from prakarsa.kernel.evidence import Evidence
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import TwoWords


class Scope(StrEnum):
    """How far a hold reaches, widest first."""

    PROGRAMME = "programme"
    """Everywhere, for everybody."""
    PLATFORM = "platform"
    """One platform, by client code."""
    INSTITUTION = "institution"
    """Courses of one institution, by client code."""
    COURSE = "course"
    """One course, by course code."""
    SCHEDULE = "schedule"
    """One class, by schedule code."""
    PERSON = "person"
    """One person, by person id; never named in public."""
    CARD = "card"
    """One card, by card id; never named in public."""


PRIVATE_SCOPES = frozenset({Scope.PERSON, Scope.CARD})
"""Holds on people are told to those people and counted in public, never listed."""


PERSON_PARTY = "person/"
"""How a party that is a person begins; their id follows. Any other party is a client code."""


class Capability(StrEnum):
    """What is suspended."""

    SELLING = "selling"
    """Buying a course."""
    REDEEMING = "redeeming"
    """Taking part in a class: redeem codes, identity checks, attendance."""
    PAYOUT = "payout"
    """Paying incentives."""


class Clock(StrEnum):
    """A deadline of a person."""

    FIRST_PURCHASE = "first_purchase"
    """Until when the first course is bought."""
    NEXT_PURCHASE = "next_purchase"
    """Until when the course after a completed one is bought."""
    REDEEM_WINDOW = "redeem_window"
    """Until when attendance of a meeting is taken."""
    SURVEY = "survey"
    """Until when a survey is answered."""
    LINKING = "linking"
    """Until when an account for incentives is linked."""


PAUSED_BY = {
    Clock.FIRST_PURCHASE: Capability.SELLING,
    Clock.NEXT_PURCHASE: Capability.SELLING,
    Clock.REDEEM_WINDOW: Capability.REDEEMING,
    Clock.SURVEY: Capability.PAYOUT,
    Clock.LINKING: Capability.PAYOUT,
}
"""The capability without which a clock may not run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What somebody is trying to do, seen by the scopes it touches. None: that scope is not part of it."""

    platform: str | None = None
    institution: str | None = None
    course: str | None = None
    schedule: str | None = None
    person_id: int | None = None
    card_id: int | None = None

    def code_at(self, scope: Scope) -> str | None:
        """The target code a hold of this scope would name."""
        found = {
            Scope.PROGRAMME: None,
            Scope.PLATFORM: self.platform,
            Scope.INSTITUTION: self.institution,
            Scope.COURSE: self.course,
            Scope.SCHEDULE: self.schedule,
            Scope.PERSON: self.person_id,
            Scope.CARD: self.card_id,
        }[scope]
        return None if found is None else str(found)


class Reason(StrEnum):
    """The published list of reasons."""

    COMPLIANCE_REVIEW = "compliance_review"
    """Conditions of a regulation are being checked."""
    SCHEME_CHANGE = "scheme_change"
    """The rules have changed and this is being checked against the new ones."""
    FAILED_MONITORING = "failed_monitoring"
    """Monitors found that the training is not what was promised."""
    NOT_DELIVERED = "not_delivered"
    """What was promised was not delivered."""
    FREE_ELSEWHERE = "free_elsewhere"
    """The same training is free somewhere else."""
    DEARER_THAN_ELSEWHERE = "dearer_than_elsewhere"
    """The same training costs less somewhere else."""
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    """Seller and trainer belong together."""
    PROVIDER_FAILURE = "provider_failure"
    """A platform or institution no longer works."""
    STOLEN_CARD = "stolen_card"
    """The card was reported lost or stolen."""
    IDENTITY_MISUSE = "identity_misuse"
    """Somebody may be using another person's identity."""
    FALSE_DATA = "false_data"
    """What was declared may not be true."""
    PAYMENT_ERROR = "payment_error"
    """Money may have gone to the wrong place."""
    SECURITY = "security"
    """A key, an account or a system may be in wrong hands."""
    TECHNICAL = "technical"
    """A system cannot serve correctly."""
    HOLIDAY = "holiday"
    """A public holiday falls on it."""
    PARTNER_REQUEST = "partner_request"
    """The partner asked for it."""
    COURT_ORDER = "court_order"
    """A court ordered it."""


REASON_WORDS = {
    Reason.COMPLIANCE_REVIEW: msg("Conditions of a regulation are being checked"),
    Reason.SCHEME_CHANGE: msg("The rules have changed and this is being checked against the new ones"),
    Reason.FAILED_MONITORING: msg("Monitors found that the training is not what was promised"),
    Reason.NOT_DELIVERED: msg("What was promised was not delivered"),
    Reason.FREE_ELSEWHERE: msg("The same training is free somewhere else"),
    Reason.DEARER_THAN_ELSEWHERE: msg("The same training costs less somewhere else"),
    Reason.CONFLICT_OF_INTEREST: msg("Seller and trainer belong together"),
    Reason.PROVIDER_FAILURE: msg("A platform or institution no longer works"),
    Reason.STOLEN_CARD: msg("The card was reported lost or stolen"),
    Reason.IDENTITY_MISUSE: msg("Somebody may be using another person's identity"),
    Reason.FALSE_DATA: msg("What was declared may not be true"),
    Reason.PAYMENT_ERROR: msg("Money may have gone to the wrong place"),
    Reason.SECURITY: msg("A key, an account or a system may be in wrong hands"),
    Reason.TECHNICAL: msg("A system cannot serve correctly"),
    Reason.HOLIDAY: msg("A public holiday falls on it"),
    Reason.PARTNER_REQUEST: msg("The partner asked for it"),
    Reason.COURT_ORDER: msg("A court ordered it"),
}

PERSONAL_REASONS = frozenset({Reason.STOLEN_CARD, Reason.IDENTITY_MISUSE, Reason.FALSE_DATA})
"""Reasons that only a card or a person can give."""

UNEVIDENCED_REASONS = frozenset({Reason.TECHNICAL, Reason.HOLIDAY, Reason.PARTNER_REQUEST})
"""Reasons that need no evidence: our own system, the calendar, or the partner's own word is what they rest on."""

SCOPE_WORDS = {
    Scope.PROGRAMME: msg("The whole programme"),
    Scope.PLATFORM: msg("One platform"),
    Scope.INSTITUTION: msg("Courses of one institution"),
    Scope.COURSE: msg("One course"),
    Scope.SCHEDULE: msg("One class"),
    Scope.PERSON: msg("One person"),
    Scope.CARD: msg("One card"),
}

CAPABILITY_WORDS = {
    Capability.SELLING: msg("Buying courses"),
    Capability.REDEEMING: msg("Taking part in classes"),
    Capability.PAYOUT: msg("Payments to people"),
}


@dataclass(frozen=True, slots=True)
class NewHold:
    """A hold to be placed. `target_name` is the name the public knows the target by.

    `ends_at` ends it by itself; `review_at` promises a public word by then, and without an end the hold is over at a
    review that does not take place. One of them is mandatory. `public_words` are Indonesian, `public_words_en` English.
    `basis_version` says as of which day or amendment the legal basis was read. `party` is whom it hits and who may
    answer and appeal: a client code, or `person/<id>`. The door gives it for a course, a class and a card, whose
    institution or owner this room does not know; it follows from the target of any other hold.
    """

    scope: Scope
    reason: Reason
    legal_basis: str
    public_words: str
    notice_to: str
    notice_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    target_code: str | None = None
    target_name: str = ""
    capability: Capability = Capability.SELLING
    basis_version: str = ""
    public_words_en: str = ""
    evidence: tuple[Evidence, ...] = ()
    proportionality: str = ""
    answer_by_at: datetime | None = None
    party: str = ""


@dataclass(frozen=True, slots=True)
class DueProcess:
    """What the rules of the day ask of a hold: scopes that two people answer for, days to answer and to decide."""

    four_eyes_scopes: frozenset[str] = frozenset({Scope.PROGRAMME, Scope.PLATFORM})
    answer_days: int = 0
    appeal_days: int = 14


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as placed, and how it ended if it has."""

    hold_id: int
    hold_code: str
    scope: str
    target_code: str | None
    target_name: str
    reason_code: str
    legal_basis: str
    public_words: str
    notice_to: str
    notice_at: datetime
    placed_by: str
    placed_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    review_at: datetime | None
    lifted_at: datetime | None
    lifted_by: str | None
    lift_reason: str | None
    capability: str
    basis_version: str
    public_words_en: str
    evidence: list[dict[str, Any]]
    proportionality: str
    answer_by_at: datetime | None
    second_person: str | None
    party: str
    four_eyes: bool
    over_at: datetime

    @property
    def is_private(self) -> bool:
        """Whether only the person it hits may know of it."""
        return self.scope in PRIVATE_SCOPES

    @property
    def words(self) -> TwoWords:
        """What everybody it hurts is told, in both languages."""
        return TwoWords(self.public_words, self.public_words_en)

    @property
    def person_id(self) -> int | None:
        """The person it hits, if it hits one."""
        return int(self.party.removeprefix(PERSON_PARTY)) if self.party.startswith(PERSON_PARTY) else None

    @property
    def next_word_at(self) -> datetime:
        """By when people hear again: its review, or its end."""
        promised = [moment for moment in (self.review_at, self.ends_at) if moment is not None]
        return min(promised)

    def in_force(self, now: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.starts_at <= now < self.over_at


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of time in which a clock does not run, and why; `words` are Indonesian, `words_en` English.

    An open end, or one that lies ahead, means that it still lasts.
    """

    starts_at: datetime
    ends_at: datetime | None
    cause: str
    words: str
    words_en: str = ""

    def lasts(self, now: datetime) -> bool:
        """Whether the clock stands still at that moment."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)

    def told_in(self, language: str) -> str:
        """Why, in the reader's language as far as it was written."""
        return self.words_en if language == "en" and self.words_en else self.words


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of a person at a moment: when its clock started, when it would have ended, when it ends, and why.

    `pauses` are those that moved it, in their order.
    """

    starts_at: datetime
    first_deadline_at: datetime
    deadline_at: datetime
    paused_now: bool
    pauses: tuple[Pause, ...]

    @property
    def paused(self) -> timedelta:
        """By how much the deadline has moved."""
        return self.deadline_at - self.first_deadline_at

    def over(self, now: datetime) -> bool:
        """Whether the last moment has passed."""
        return now > self.deadline_at


@dataclass(frozen=True, slots=True)
class PrivateCount:
    """How many holds on cards or people are in force; all that the public learns of them."""

    scope: str
    capability: str
    holds: int
