"""Values of probes: what was said to be on sale, and whether it could be bought."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from prakarsa.kernel.refusal import msg

IN_A_ROW = 3
"""So many walks in a row that could not buy what was said to be on sale raise an alarm."""
RAW_KEPT = timedelta(days=7)
SHORT, LONG = timedelta(hours=24), timedelta(days=7)


class Said(StrEnum):
    """What the public catalogue says of a class."""

    ON_SALE = "on_sale"
    """It can be bought now."""
    NOT_ON_SALE = "not_on_sale"
    """It cannot, for a reason that is named."""
    NOTHING = "nothing"
    """The catalogue named no class, or could not be read."""


class Outcome(StrEnum):
    """What the path of a platform answered."""

    COULD = "could"
    """The probe was let through up to the payment."""
    REFUSED = "refused"
    """It was told no, with a reason."""
    FAILED = "failed"
    """No answer, or one that means nothing."""
    NOT_TRIED = "not_tried"
    """There was nothing to try, or it is meant for other people than the probe."""


OUTCOME_WORDS = {
    Outcome.COULD: msg("could be bought"),
    Outcome.REFUSED: msg("was refused"),
    Outcome.FAILED: msg("gave no usable answer"),
    Outcome.NOT_TRIED: msg("was not tried"),
}


class Trouble(StrEnum):
    """Why a walk came to no usable answer."""

    NO_CONNECTION = "no_connection"
    """Nobody answered."""
    TOO_SLOW = "too_slow"
    """The answer did not come in time."""
    TOO_LARGE = "too_large"
    """The answer did not end."""
    NONSENSE = "nonsense"
    """The answer is none that the interface promises."""
    NO_KEY = "no_key"
    """The platform has no key to sign with, so nobody can buy there."""
    NO_CATALOGUE = "no_catalogue"
    """The public catalogue could not be read."""


TROUBLE_WORDS = {
    Trouble.NO_CONNECTION: msg("nobody answered"),
    Trouble.TOO_SLOW: msg("the answer did not come in time"),
    Trouble.TOO_LARGE: msg("the answer did not end"),
    Trouble.NONSENSE: msg("the answer made no sense"),
    Trouble.NO_KEY: msg("the platform has no valid key"),
    Trouble.NO_CATALOGUE: msg("the public catalogue could not be read"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One walk along the path of one platform. `latency_ms` is that of the slowest step."""

    platform_code: str
    at: datetime
    said: Said
    outcome: Outcome
    course_code: str | None = None
    schedule_code: str | None = None
    said_refusal: str | None = None
    refusal_code: str | None = None
    problem: str | None = None
    http_status: int | None = None
    latency_ms: int | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing was tried."""
        return self.outcome is Outcome.NOT_TRIED

    @property
    def mismatch(self) -> bool:
        """Whether the path did not do what the catalogue said."""
        if self.idle:
            return False
        if self.said is Said.ON_SALE:
            return self.outcome is not Outcome.COULD
        if self.said is Said.NOT_ON_SALE:
            return self.outcome is not Outcome.REFUSED or self.refusal_code != self.said_refusal
        return True


@dataclass(frozen=True, slots=True)
class LastTried:
    """The courses that were tried last on one platform, so that the next walk goes on behind them."""

    on_sale: str | None = None
    not_on_sale: str | None = None


@dataclass(frozen=True, slots=True)
class ProbeHour:
    """The walks of one hour: minutes in which something was said to be on sale, and in which it could be bought."""

    hour_at: datetime
    minutes_said: int
    minutes_could: int
    walks: int
    mismatches: int
    slowest_ms: int | None


@dataclass(frozen=True, slots=True)
class PlatformHistory:
    """What probes met at one platform, oldest hour first; hours without walks are missing."""

    client_code: str
    name: str
    hours: tuple[ProbeHour, ...]

    def share_percent(self, since: datetime) -> int | None:
        """Of the minutes in which something was said to be on sale, those in which it could be bought; rounded down.

        None when nothing was said to be on sale.
        """
        counted = [hour for hour in self.hours if hour.hour_at >= since]
        said = sum(hour.minutes_said for hour in counted)
        return sum(hour.minutes_could for hour in counted) * 100 // said if said else None


@dataclass(frozen=True, slots=True)
class Alarm:
    """What was said to be on sale on one platform could not be bought several times in a row."""

    alarm_id: int
    client_code: str
    name: str
    raised_at: datetime
    course_code: str | None
    refusal_code: str | None
    problem: str | None
    over_at: datetime | None
