"""Handing messages over. The development carrier writes them to a file; it is the only one that shows codes.

A carrier for a real SMS provider or mail relay implements `Carrier`; none ships yet.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from prakarsa.kernel.clock import wall_now


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in the words its reader gets."""

    to: str
    channel: str
    template: str
    subject: str
    text: str
    otp: str | None


class Carrier(Protocol):
    """Something that takes messages to people."""

    def carry(self, messages: Sequence[Worded]) -> None:
        """Take them all, or raise OSError and take none."""


class OutboxFile:
    """Development only: each message becomes one JSON line of a file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def carry(self, messages: Sequence[Worded]) -> None:
        """Append the messages in one write, so that readers and other writers see whole lines."""
        at = wall_now()
        lines = "".join(_line(message, at) for message in messages).encode()
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, lines)
        finally:
            os.close(descriptor)


def _line(message: Worded, at: datetime) -> str:
    fields = {
        "to": message.to,
        "channel": message.channel,
        "template": message.template,
        "subject": message.subject,
        "text": message.text,
        "at": at.isoformat(),
    }
    if message.otp is not None:
        fields["otp"] = message.otp
    return json.dumps(fields, ensure_ascii=False) + "\n"
