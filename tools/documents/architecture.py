"""The made parts of ARCHITECTURE.md and docs/concepts.md: floor plan, lawful moves, conditions, invariants."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from prakarsa.catalogue.model import MOVES as COURSE_MOVES
from prakarsa.catalogue.model import CourseState
from prakarsa.cli.audit import INVARIANTS as CHECKED
from prakarsa.kernel.audit import Invariant
from prakarsa.partner.model import MOVES as PARTNER_MOVES
from prakarsa.partner.model import PartnerStatus
from prakarsa.purchase import rules as purchase
from prakarsa.purchase.model import Ask, Situation
from tools.documents import table
from tools.documents.floors import FLOORS, sentence_of


def rooms() -> str:
    """The house from top to bottom, each room in its own words."""
    rows = [
        (str(height), f"`{room}/`", sentence_of(room))
        for height, floor in zip(range(len(FLOORS) - 1, -1, -1), FLOORS, strict=True)
        for room in floor
    ]
    return table(("floor", "room", "what it is about"), rows)


def course_moves() -> str:
    """The life of a course in curation."""
    return _moves(COURSE_MOVES, CourseState.DRAFT)


def partner_moves() -> str:
    """The life of a partnership."""
    return _moves(PARTNER_MOVES, PartnerStatus.PENDING)


def purchase_conditions() -> str:
    """The conditions of buying, in the order in which a refusal is chosen."""
    nobody = Situation(**{field.name: _nothing(field) for field in fields(Situation)})
    ask = Ask(b"", None, None, "", "", None)
    case = purchase.Case(ask, nobody, None, (), (), datetime(2020, 8, 16, tzinfo=UTC))
    return "\n".join(f"{place}. {check.name}" for place, check in enumerate(purchase.checks(case), 1))


def invariants() -> str:
    """What must be true at every moment, room by room, as the rooms state it and `audit verify` checks it."""
    rooms_up = [room for floor in reversed(FLOORS) for room in floor if room != "cli"]
    rows = [(f"`{room}`", each.sentence) for room in rooms_up for each in stated_by(room)]
    told = {sentence for _, sentence in rows}
    rows += [("all", each.sentence) for each in CHECKED if each.sentence not in told]
    return table(("room", "what must be true"), rows)


def stated_by(room: str) -> tuple[Invariant, ...]:
    """The invariants of one room."""
    if find_spec(f"prakarsa.{room}.audit") is None:
        return ()
    found: tuple[Invariant, ...] = getattr(import_module(f"prakarsa.{room}.audit"), "INVARIANTS", ())
    return found


def _moves(moves: Mapping[tuple[Any, Any], Enum], start: Enum) -> str:
    rows = [("", "begins", start.value)]
    rows += [(before.value, move.value, after.value) for (before, move), after in moves.items()]
    return table(("from", "what happens", "to"), rows)


def _nothing(field: Any) -> Any:
    """The empty value of a field: there is no such card, class, platform."""
    if field.default is not MISSING:
        return field.default
    return {"bool": False, bool: False, "int": 0, int: 0}.get(field.type)
