"""Reading a form: every problem stands beside its field, and nothing typed is lost."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType
from urllib.parse import parse_qsl

from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.web.refusals import UnreadableForm

MOST_FIELDS = 200
NEEDED = msg("please fill this in")
TOO_LONG = msg("this is too long")
NOT_A_NUMBER = msg("this needs to be a whole number")
OUT_OF_RANGE = msg("this number is outside the allowed range")
NOT_A_DAY = msg("this needs to be a day such as 1998-12-31")
NOT_A_MOMENT = msg("this needs to be a day and time such as 2020-08-08 12:00")
NOT_AN_OPTION = msg("please choose one of the options")
NOT_ENCODED = msg("its characters are not UTF-8")
TOO_MANY_FIELDS = msg("it has too many fields")
NOWHERE: Mapping[str, str] = MappingProxyType({})
_NUMBER = re.compile(r"[0-9]{1,18}\Z")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_YEARS = range(1900, 2200)


def plain(text: str) -> str:
    """Text as people type it: composed letters, no control characters, no blanks around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("", text)).strip()


@dataclass
class Form:
    """What was typed, what is wrong with it, and the refusal of the whole if there is one."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: dict[str, str | Refusal] = field(default_factory=dict)
    refusal: Refusal | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong so far."""
        return not self.problems and self.refusal is None

    def refuse(self, refusal: Refusal, beside: Mapping[str, str] = NOWHERE) -> None:
        """Keep a room's no: beside the field that `beside` names for its code, or over the whole form."""
        if refusal.code in beside:
            self.problems.setdefault(beside[refusal.code], refusal)
        elif isinstance(refusal, BadField) and refusal.field in self.values:
            self.problems.setdefault(refusal.field, refusal.problem)
        else:
            self.refusal = refusal

    def text(self, name: str, *, longest: int = 200, needed: bool = True) -> str:
        """A line or paragraph of text."""
        value = self.values.get(name, "")
        if needed and not value:
            self.problems[name] = NEEDED
        elif len(value) > longest:
            self.problems[name] = TOO_LONG
        return value

    def option(self, name: str, options: Collection[str]) -> str:
        """One of the offered options."""
        value = self.text(name)
        if value and value not in options:
            self.problems[name] = NOT_AN_OPTION
        return value

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.values.get(name))

    def whole(self, name: str, *, least: int = 0, most: int = 10**12) -> int:
        """A whole number within bounds; dots and blanks between digits are how people write thousands."""
        value = re.sub(r"[.\s_]", "", self.text(name, longest=40))
        if name in self.problems:
            return least
        if not _NUMBER.match(value):
            self.problems[name] = NOT_A_NUMBER
            return least
        if not least <= int(value) <= most:
            self.problems[name] = OUT_OF_RANGE
        return int(value)

    def day(self, name: str) -> date:
        """A calendar day, as a browser's date field sends it."""
        value = self.text(name, longest=40)
        try:
            found = date.fromisoformat(value)
        except ValueError:
            self.problems.setdefault(name, NOT_A_DAY)
            return date.min
        if found.year not in _YEARS:
            self.problems[name] = NOT_A_DAY
        return found

    def moment(self, name: str, *, needed: bool = True) -> datetime | None:
        """A moment on the Jakarta clock, as a browser's date-and-time field sends it; in UTC."""
        value = self.text(name, longest=40, needed=needed)
        if not value:
            return None
        try:
            found = datetime.fromisoformat(value.replace(" ", "T"))
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None or found.year not in _YEARS:
            self.problems.setdefault(name, NOT_A_MOMENT)
            return None
        return found.replace(tzinfo=JAKARTA).astimezone(UTC)


def read_form(body: bytes) -> dict[str, str]:
    """The fields of a URL-encoded form; of a repeated field the first. Raises UnreadableForm."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise UnreadableForm(NOT_ENCODED) from error
    except ValueError as error:
        raise UnreadableForm(TOO_MANY_FIELDS) from error
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, plain(value))
    return values
