"""What a value of each parameter looks like: its type, and the unit its name ends in. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType, NoneType
from typing import Any, get_args

from prakarsa.kernel.refusal import msg
from prakarsa.programme.model import Terms

TYPES: Mapping[str, Any] = MappingProxyType({field.name: field.type for field in fields(Terms)})
OPTIONAL = frozenset(field.name for field in fields(Terms) if field.default is not MISSING)
"""Parameters with a default: what was true before they existed."""
NONE = "none"
"""How a policy file writes "no such limit": TOML has no null."""
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "course_delivery_modes": ("self_paced", "webinar", "in_person"),
        "eligibility_target_groups": ("job_seeker", "laid_off", "furloughed", "worker", "micro_business"),
        "hold_four_eyes_scopes": ("programme", "platform", "institution", "course", "schedule", "card", "person"),
        "institution_pipeline": ("due_diligence", "governance", "assessment", "facility"),
    }
)
"""Lists whose words mean something to the rooms above: a test keeps them equal to theirs."""
MOST_IDR = 10**12
LONGEST_NAME = 80
_PLAIN_YEAR = 2021


@dataclass(frozen=True, slots=True)
class Unit:
    """What is wanted, in words, and whether a value is that."""

    wanted: str
    holds: Callable[[object], bool]


def nearest(name: str) -> str:
    """The known parameter whose name is most like this one."""
    [found] = get_close_matches(name[:LONGEST_NAME], list(TYPES), n=1, cutoff=0)
    return found


def unit_of(name: str) -> Unit:
    """The unit of a parameter, from its type and the ending of its name."""
    kind = TYPES[name]
    options = get_args(kind) or (kind,)
    if kind == tuple[str, ...]:
        return Unit(msg("a list of words"), lambda value: isinstance(value, list) and all(map(_is_word, value)))
    if kind == tuple[int, ...]:
        return Unit(
            msg("a list of whole days, such as [30, 90]"),
            lambda value: isinstance(value, list) and all(_whole(0, 3_650)(each) for each in value),
        )
    if bool in options:
        return Unit(msg("true or false"), lambda value: isinstance(value, bool))
    unit = next((unit for ending, unit in _NUMBERS if ending in name), _COUNT) if int in options else _text(name)
    return Unit(unit.wanted, lambda value: value == NONE or unit.holds(value)) if NoneType in options else unit


def unknown_word(name: str, value: object) -> str | None:
    """The first word of a list that means nothing there; None when all do."""
    known = WORDS.get(name)
    if known is None or not isinstance(value, list):
        return None
    return next((str(word) for word in value if word not in known), None)


def as_term(value: object) -> Any:
    """A value of a file as the rules read it."""
    if value == NONE:
        return None
    return tuple(value) if isinstance(value, list) else value


def _whole(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value.strip() != "" and value.isprintable()


def _is_month_day(value: object) -> bool:
    """A day that every year has."""
    return isinstance(value, str) and len(value) == len("12-15") and _is_day(f"{_PLAIN_YEAR}-{value}")


def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_COUNT = Unit(msg("a whole number"), _whole(0, 1_000))
_NUMBERS = (
    ("_idr", Unit(msg("whole rupiah, such as 600000"), _whole(0, MOST_IDR))),
    ("_percent", Unit(msg("whole percent from 0 to 100"), _whole(0, 100))),
    ("_days", Unit(msg("a whole number of days, such as 30"), _whole(0, 3_650))),
    ("_hours", Unit(msg("a whole number of hours, such as 72"), _whole(0, 8_784))),
    ("_minutes", Unit(msg("a whole number of minutes, such as 60"), _whole(0, 10_080))),
    ("_months", Unit(msg("a whole number of months, such as 1"), _whole(0, 120))),
    ("_years", Unit(msg("a whole number of years, such as 18"), _whole(0, 150))),
)
_MONTH_DAYS = frozenset({"balance_use_by", "balance_last_purchase", "payout_link_by", "survey_answer_by"})
_DAYS = frozenset({"institution_approved_since"})


def _text(name: str) -> Unit:
    if name in _MONTH_DAYS:
        return Unit(msg("a month and a day that every year has, such as 12-15"), _is_month_day)
    if name in _DAYS:
        return Unit(msg("a day, such as 2023-02-17"), _is_day)
    return Unit(msg("a word"), _is_word)
