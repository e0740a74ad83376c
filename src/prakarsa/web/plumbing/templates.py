"""Turning a template and its values into a page, in the visitor's language."""

from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from prakarsa.kernel import words
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import CLOCK_WORDS, Refusal
from prakarsa.web.permissions import staff_may
from prakarsa.web.static_files import static_url

if TYPE_CHECKING:
    from prakarsa.web.plumbing.visit import Visit

TEMPLATES = Path(__file__).parents[1] / "templates"
OPEN_FACT = "…"
"""Stands for a fact where a refusal is shown without a case of it."""


@lru_cache
def environment(language: str) -> Environment:
    """Jinja for one language: everything escaped, unknown names an error, facts shown as people write them."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    jinja.policies["ext.i18n.trimmed"] = True
    catalogue = words.translations(language)
    jinja.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        catalogue.gettext, catalogue.ngettext, newstyle=True
    )
    for name in ("rupiah", "moment", "day", "duration"):
        jinja.filters[name] = partial(getattr(words, name), language=language)
    jinja.filters["count"] = partial(count, language=language)
    jinja.filters["tenths"] = partial(tenths, language=language)
    jinja.filters["sentence"] = sentence
    jinja.filters["say"] = partial(words.say, language=language)
    jinja.filters["in_words"] = partial(words.refusal_words, language=language)
    jinja.filters["problem"] = partial(problem, language=language)
    jinja.filters["as_input"] = as_input
    jinja.globals.update(static_url=static_url, staff_may=staff_may, explain=partial(explain, language=language))
    return jinja


def render(visit: "Visit", template: str, values: dict[str, Any]) -> str:
    """The page as HTML."""
    return environment(visit.language).get_template(template).render(visit=visit, form=visit.form, **values)


def explain(code: str, facts: dict[str, Any] | None = None, *, language: str) -> words.RefusalWords:
    """A refusal kept as code and facts, in the reader's language; facts that are missing stay open."""
    kind = Refusal.every.get(code)
    if kind is None:
        return words.RefusalWords(code, "", "")
    told = {field.name: OPEN_FACT for field in fields(kind)} | {
        name: fact_as_told(name, value) for name, value in (facts or {}).items() if value is not None
    }
    return words.RefusalWords(
        words.say(kind.title, language, **told) if told else words.say(kind.title, language),
        words.say(kind.next_step, language, **told) if told else words.say(kind.next_step, language),
        words.say(kind.clock_words or CLOCK_WORDS[kind.clock], language),
    )


def problem(found: str | Refusal, language: str) -> str:
    """What is wrong with a field."""
    if isinstance(found, str):
        return words.say(found, language)
    told = words.refusal_words(found, language)
    return f"{sentence(told.title)} {told.next_step}"


def sentence(text: str) -> str:
    """Text that ends like a sentence."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def tenths(number: int, language: str) -> str:
    """A number of tenths with the reader's decimal sign: 4,5 in Indonesian, 4.5 in English."""
    return f"{number // 10}{',' if language == 'id' else '.'}{number % 10}"


def count(number: int, language: str) -> str:
    """A number with the reader's thousands separators."""
    return words.rupiah(number, language).replace("Rp", "")


def as_input(at: datetime) -> str:
    """A moment as a browser's date-and-time field holds it, on the Jakarta clock."""
    return at.astimezone(JAKARTA).strftime("%Y-%m-%dT%H:%M")


def fact_as_told(name: str, value: object) -> object:
    """A fact as it was before it became JSON."""
    if isinstance(value, dict) and value.keys() == {"id", "en"}:
        return words.TwoWords(str(value["id"]), str(value["en"]))
    if isinstance(value, str):
        try:
            if name.endswith("_at"):
                return datetime.fromisoformat(value)
            if name.endswith(("_on", "_date")) or name == "on":
                return date.fromisoformat(value)
        except ValueError:
            return value
    return value
