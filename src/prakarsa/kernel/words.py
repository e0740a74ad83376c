"""The reader's language: translations (gettext through Babel), money, dates, refusals in words."""

import gettext
import io
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from string import Formatter

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import CLOCK_WORDS, Refusal, msg

LANGUAGES = ("id", "en")
_LOCALE = Path(__file__).parents[1] / "locale"
_SAID_BEFORE = 4_096
"""Amounts and moments that are kept as written: a page says the same few again and again, and each costs 50 µs."""
_BABEL_LOCALE = {"id": "id_ID", "en": "en_GB"}
_UNITS = (
    (msg("{count} day"), msg("{count} days"), 86_400),
    (msg("{count} hour"), msg("{count} hours"), 3_600),
    (msg("{count} minute"), msg("{count} minutes"), 60),
    (msg("{count} second"), msg("{count} seconds"), 1),
)


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """A refusal as a person reads it."""

    title: str
    next_step: str
    clock: str


@dataclass(frozen=True, slots=True)
class TwoWords:
    """Words that people wrote, in Indonesian and, where somebody wrote it, in English. As text it is Indonesian."""

    id: str
    en: str = ""

    def __str__(self) -> str:
        return self.id

    def in_language(self, language: str) -> str:
        """The words for a reader of this language."""
        return self.en if language == "en" and self.en else self.id


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is the language of the source and needs none."""
    path = _LOCALE / language / "LC_MESSAGES" / "prakarsa.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def say(text: str, language: str, **facts: object) -> str:
    """A marked sentence in the reader's language, its facts filled in as people write them."""
    translated = translations(language).gettext(text) if text else text
    if not facts:
        return translated
    needed = {name for _, name, _, _ in Formatter().parse(translated) if name}
    return translated.format(**{name: show(name, facts.get(name), language) for name in needed})


def refusal_words(refusal: Refusal, language: str) -> RefusalWords:
    """A refusal's cause, next step and effect on the deadline, in the reader's language."""
    facts = refusal.raw_facts()
    return RefusalWords(
        title=say(refusal.title, language, **facts) if facts else say(refusal.title, language),
        next_step=say(refusal.next_step, language, **facts) if facts else say(refusal.next_step, language),
        clock=say(refusal.clock_words or CLOCK_WORDS[refusal.clock], language),
    )


def partner_words(refusal: Refusal, language: str) -> RefusalWords:
    """A refusal as a partner may read it: without facts about the person."""
    words = refusal_words(refusal, language)
    return replace(words, title=say(refusal.partner_title, language)) if refusal.partner_title else words


def show(name: str, value: object, language: str) -> str:
    """One fact as people write it; the unit is in its name."""
    if value is None:
        return "–"
    if isinstance(value, TwoWords):
        return value.in_language(language)
    if isinstance(value, int) and not isinstance(value, bool):
        return rupiah(value, language) if name.endswith("_idr") else str(value)
    if isinstance(value, datetime):
        return moment(value, language)
    if isinstance(value, timedelta):
        return duration(value, language)
    if isinstance(value, date):
        return day(value, language)
    return translations(language).gettext(str(value)) if value else ""


@lru_cache(maxsize=_SAID_BEFORE)
def rupiah(amount_idr: int, language: str) -> str:
    """Rp1.000.000 in Indonesian, Rp1,000,000 in English."""
    sign = "-" if amount_idr < 0 else ""
    return f"{sign}Rp{format_decimal(abs(amount_idr), locale=_BABEL_LOCALE[language])}"


@lru_cache(maxsize=_SAID_BEFORE)
def moment(at: datetime, language: str) -> str:
    """A moment on the Jakarta clock, with the zone people know it by."""
    local = at.astimezone(JAKARTA)
    pattern = "d MMMM yyyy HH.mm 'WIB'" if language == "id" else "d MMMM yyyy HH:mm 'WIB'"
    return str(format_datetime(local, pattern, locale=_BABEL_LOCALE[language]))


def day(on: date, language: str) -> str:
    """A calendar day."""
    return str(format_date(on, "d MMMM yyyy", locale=_BABEL_LOCALE[language]))


def duration(length: timedelta, language: str) -> str:
    """A length of time in its two largest units."""
    seconds = int(length.total_seconds())
    parts: list[str] = []
    for one, many, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count or (size == 1 and not parts):
            parts.append(translations(language).gettext(one if count == 1 else many).format(count=count))
    return " ".join(parts[:2])
