"""A refusal: a request we understood and declined, with its cause, what to do next, and what it does to a deadline."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

Fact = int | str | bool | None


def msg(text: str) -> str:
    """Mark a sentence that people read, so that the translation catalogue finds it. Returns it unchanged."""
    return text


class Kind(Enum):
    """What sort of no this is. The doors, and only they, turn it into a status."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    CONFLICT = "conflict"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


class ClockEffect(Enum):
    """What this no does to the person's deadline."""

    RUNS = "runs"
    PAUSED = "paused"
    NONE = "none"


CLOCK_WORDS = {
    ClockEffect.RUNS: msg("Your deadline keeps running."),
    ClockEffect.PAUSED: msg("Your deadline is paused until this is over."),
    ClockEffect.NONE: msg("No deadline is affected."),
}


@dataclass(eq=False)  # not frozen: Python itself writes the traceback onto a raised error
class Refusal(Exception):
    """Subclass once per reason; the fields are the facts a caller may see.

    `title` and `next_step` may name facts in braces; kernel.words fills them in the reader's language.
    """

    code: ClassVar[str]
    kind: ClassVar[Kind]
    title: ClassVar[str]
    next_step: ClassVar[str]
    clock: ClassVar[ClockEffect] = ClockEffect.NONE
    clock_words: ClassVar[str] = ""
    """What is said of the deadline, where the words of its effect would promise too much."""
    partner_title: ClassVar[str] = ""
    """What a partner is told instead of the title, where the title holds facts about the person."""
    every: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init_subclass__(cls) -> None:
        """Publish the code; two reasons may never share one."""
        code = cls.__dict__.get("code")
        if code is None:
            return
        taken = Refusal.every.get(code)
        # a slotted or reloaded dataclass is made twice under the same qualified name
        if taken is not None and taken.__qualname__ != cls.__qualname__:
            raise TypeError(f"refusal code taken: {code}")
        Refusal.every[code] = cls

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"

    def with_clock(self, effect: ClockEffect) -> "Refusal":
        """This refusal where policy gives it another effect on the deadline than its kind usually has."""
        vars(self).update(clock=effect, clock_words="")
        return self

    def raw_facts(self) -> dict[str, object]:
        """The facts as Python values, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def facts(self) -> dict[str, Fact]:
        """The facts as JSON values: numbers stay numbers, moments become ISO 8601, all else text."""
        return {name: _plain(value) for name, value in self.raw_facts().items()}


def _plain(value: object) -> Fact:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)
