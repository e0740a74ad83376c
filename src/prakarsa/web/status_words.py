"""The public status in sentences, and the strips that show what probes met."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from prakarsa.hold.model import Capability, Scope
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import say
from prakarsa.notice.probe_model import PlatformHistory, ProbeHour
from prakarsa.notice.status_model import PublicEvent, PublicHold

Words = dict[Scope, str]
HEADLINES = {
    Capability.SELLING: msg("Buying is on hold: {name}"),
    Capability.REDEEMING: msg("Taking part in classes is on hold: {name}"),
    Capability.PAYOUT: msg("Payments are on hold: {name}"),
}
EVERYWHERE = {
    Capability.SELLING: msg("Buying is on hold for everyone"),
    Capability.REDEEMING: msg("Taking part in classes is on hold for everyone"),
    Capability.PAYOUT: msg("Payments are on hold for everyone"),
}
AFFECTED: dict[Capability, Words] = {
    Capability.SELLING: {
        Scope.PROGRAMME: msg("Everybody who wants to buy a course, on every platform."),
        Scope.PLATFORM: msg("Everybody who wants to buy on {name}."),
        Scope.INSTITUTION: msg("Everybody who wants to buy a course of {name}."),
        Scope.COURSE: msg("Everybody who wants to buy the course {name}."),
        Scope.SCHEDULE: msg("Everybody who wants to buy a place in the class {name}."),
    },
    Capability.REDEEMING: {
        Scope.PROGRAMME: msg("Everybody who is learning, anywhere."),
        Scope.PLATFORM: msg("Everybody who is learning in a course bought on {name}."),
        Scope.INSTITUTION: msg("Everybody who is learning at {name}."),
        Scope.COURSE: msg("Everybody who is learning in the course {name}."),
        Scope.SCHEDULE: msg("Everybody who is learning in the class {name}."),
    },
    Capability.PAYOUT: {
        Scope.PROGRAMME: msg("Everybody who waits for a payment."),
        Scope.PLATFORM: msg("Everybody who waits for a payment after a course bought on {name}."),
        Scope.INSTITUTION: msg("Everybody who waits for a payment after a course of {name}."),
        Scope.COURSE: msg("Everybody who waits for a payment after the course {name}."),
        Scope.SCHEDULE: msg("Everybody who waits for a payment after the class {name}."),
    },
}
STILL_WORKS: dict[Capability, Words] = {
    Capability.SELLING: {
        Scope.PROGRAMME: msg("Courses already bought go on: classes, attendance, certificates, ratings and payments."),
        Scope.PLATFORM: msg("The same courses on other platforms, and everything already bought."),
        Scope.INSTITUTION: msg("Courses of every other institution, and everything already bought."),
        Scope.COURSE: msg("Every other course, and the places already bought in this one."),
        Scope.SCHEDULE: msg("Every other class of this course, every other course, and the places already bought."),
    },
    Capability.REDEEMING: dict.fromkeys(
        (Scope.PROGRAMME, Scope.PLATFORM, Scope.INSTITUTION, Scope.COURSE, Scope.SCHEDULE),
        msg("Buying, certificates and payments. Places already bought stay yours."),
    ),
    Capability.PAYOUT: dict.fromkeys(
        (Scope.PROGRAMME, Scope.PLATFORM, Scope.INSTITUTION, Scope.COURSE, Scope.SCHEDULE),
        msg("Buying, classes and certificates. What was earned stays owed and is paid afterwards."),
    ),
}
DEADLINES = {
    Capability.SELLING: msg("It is paused for as long as the hold keeps you from buying. You lose no time."),
    Capability.REDEEMING: msg("The time in which your attendance is taken is paused. You lose no meeting."),
    Capability.PAYOUT: msg("The times for linking an account and for surveys are paused. You lose no money."),
}
EVENTS = {
    "placed": "{headline}",
    "reviewed": msg("Goes on: {headline}"),
    "over": msg("Over: {headline}"),
}


def headline(hold: PublicHold | PublicEvent, language: str) -> str:
    """What is on hold, as a heading."""
    capability = Capability(hold.capability)
    if hold.scope == Scope.PROGRAMME:
        return say(EVERYWHERE[capability], language)
    return say(HEADLINES[capability], language, name=hold.target_name)


def affected(hold: PublicHold, language: str) -> str:
    """Who is affected."""
    return say(AFFECTED[Capability(hold.capability)][Scope(hold.scope)], language, name=hold.target_name)


def still_works(hold: PublicHold, language: str) -> str:
    """What goes on all the same."""
    return say(STILL_WORKS[Capability(hold.capability)][Scope(hold.scope)], language)


def deadline(hold: PublicHold, language: str) -> str:
    """What becomes of deadlines."""
    return say(DEADLINES[Capability(hold.capability)], language)


def event_title(event: PublicEvent, language: str) -> str:
    """What was said of a hold, as a heading."""
    return say(EVENTS[event.kind.partition("-")[0]], language, headline=headline(event, language))


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of a strip: of the minutes in which something was said to be on sale, those in which it could be
    bought. `percent` is None when nothing was said to be on sale or nobody looked.
    """

    starts_at: datetime
    percent: int | None
    walks: int

    @property
    def state(self) -> str:
        """How it is drawn."""
        if self.percent is None:
            return "none"
        return "good" if self.percent == 100 else "part" if self.percent >= 50 else "bad"

    @property
    def height(self) -> int:
        """Of 24 units; never so small that it cannot be seen."""
        return 4 if self.percent is None else max(4, self.percent * 24 // 100)


def strip(history: PlatformHistory, now: datetime, *, length: timedelta, bars: int) -> list[Bar]:
    """What probes met at a platform, in so many equal stretches that end with the present hour, oldest first."""
    ends_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    each = length / bars
    found = []
    for place in range(bars):
        starts_at = ends_at - length + place * each
        within = [hour for hour in history.hours if starts_at <= hour.hour_at < starts_at + each]
        found.append(Bar(starts_at, _percent(within), sum(hour.walks for hour in within)))
    return found


def _percent(hours: list[ProbeHour]) -> int | None:
    said = sum(hour.minutes_said for hour in hours)
    return sum(hour.minutes_could for hour in hours) * 100 // said if said else None
