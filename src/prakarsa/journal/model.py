"""Values of the journal: events, seals, messages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One state change. `subject` is what changed (`purchase/TRX…`); facts hold no personal identifier."""

    action: str
    subject: str
    person_id: int | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as recorded."""

    entry_id: int
    at: datetime
    actor: str
    action: str
    subject: str
    person_id: int | None
    facts_text: str
    transaction_id: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a person's timeline."""

    entry_id: int
    at: datetime
    action: str
    subject: str
    facts: Facts


@dataclass(frozen=True)
class Template:
    """The words of one kind of message, in English; the catalogue holds the others.

    `secret` names parameters that must leave no trace once the message is sent.
    """

    name: str
    text: str
    subject: str = ""
    every: ClassVar[dict[str, "Template"]] = {}

    def __post_init__(self) -> None:
        """Publish the template under its name."""
        Template.every[self.name] = self


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one address, to be worded and sent after commit."""

    person_id: int | None
    channel: str
    template: Template
    address: str
    language: str
    params: dict[str, Any] = field(default_factory=dict)
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Queued:
    """A message waiting to be sent, opened."""

    message_id: int
    channel: str
    template: str
    language: str
    address: str
    params: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain of seals does not hold."""

    entry_id: int
    problem: str
