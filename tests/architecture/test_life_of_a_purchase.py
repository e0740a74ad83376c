"""The pictures in ARCHITECTURE.md show what the code does."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from prakarsa.kernel.db import Tx
from tests import worlds
from tests.architecture.house import ROOMS, ROOT, SOURCE

PICTURES = re.findall(r"```mermaid\n(.*?)```", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.DOTALL)
VERB = re.compile(rf"\b({'|'.join(ROOMS)})\.([a-z_]+)\b")


@contextmanager
def watching(room: str) -> Iterator[list[str]]:
    """The verbs of other rooms that a room calls, in order."""
    seen: list[str] = []

    def notice(frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or frame.f_back is None:
            return
        caller, called = Path(frame.f_back.f_code.co_filename), Path(frame.f_code.co_filename)
        name = frame.f_code.co_name
        if called.name == "actions.py" and SOURCE / room in caller.parents and SOURCE / room not in called.parents:
            seen.append(f"{called.parent.name}.{name}")

    sys.setprofile(notice)
    try:
        yield seen
    finally:
        sys.setprofile(None)


def test_a_purchase_calls_the_rooms_below_as_the_picture_shows(tx: Tx, now: datetime) -> None:
    card, schedule = worlds.a_card(tx, now=now), worlds.a_class(tx, now=now)
    with watching("purchase") as called:
        worlds.a_purchase(tx, card=card, of=schedule, now=now)

    assert called == [".".join(verb) for verb in VERB.findall(PICTURES[0])]


def test_every_verb_in_the_pictures_exists() -> None:
    for room, verb in VERB.findall("".join(PICTURES)):
        assert callable(getattr(import_module(f"prakarsa.{room}.actions"), verb))
