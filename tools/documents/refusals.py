"""docs/refusals.md: every way the product says no."""

from functools import cache
from importlib import import_module
from pathlib import Path

import prakarsa
from prakarsa.kernel.refusal import ClockEffect, Refusal
from prakarsa.kernel.words import say
from tools.documents import table
from tools.documents.floors import FLOORS, sentence_of

SOURCE = Path(prakarsa.__file__).parent
DEADLINE = {ClockEffect.RUNS: "\ndeadline runs on", ClockEffect.PAUSED: "\n**deadline paused**", ClockEffect.NONE: ""}
BELONGS = {"demo": "cli"}
"""Refusals that name a part of a room instead of the room."""


@cache
def every_refusal() -> tuple[type[Refusal], ...]:
    """All refusals by code, loaded from every file that defines one."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "(Refusal):" not in path.read_text(encoding="utf-8"):
            continue
        import_module(".".join(("prakarsa", *path.relative_to(SOURCE).with_suffix("").parts)))
    return tuple(Refusal.every[code] for code in sorted(Refusal.every))


def refusals() -> str:
    """One table per room, from the doors down."""
    parts = []
    for room in (room for floor in FLOORS for room in floor):
        found = [kind for kind in every_refusal() if BELONGS.get(prefix(kind), prefix(kind)) == room]
        if found:
            head = ("code, kind, deadline", "English", "Bahasa Indonesia")
            parts.append(f"## {room}\n\n{sentence_of(room)}\n\n{table(head, [_row(kind) for kind in found])}")
    return "\n\n".join(parts)


def prefix(kind: type[Refusal]) -> str:
    """Where a refusal comes from, by its code."""
    return kind.code.partition(".")[0]


def _row(kind: type[Refusal]) -> tuple[str, ...]:
    return (f"`{kind.code}`\n{kind.kind.value}{DEADLINE[kind.clock]}", _words(kind, "en"), _words(kind, "id"))


def _words(kind: type[Refusal], language: str) -> str:
    """Cause and next step; in brackets what a partner is told instead of a cause that holds facts about a person."""
    partners = f" *({say(kind.partner_title, language)}.)*" if kind.partner_title else ""
    return f"**{say(kind.title, language)}.**{partners}\n{say(kind.next_step, language)}"
