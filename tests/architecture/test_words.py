"""Everything a person reads exists in every language, with the same facts in it."""

import re
from collections import Counter
from importlib import import_module
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from prakarsa.journal.model import Template
from prakarsa.kernel.refusal import CLOCK_WORDS
from prakarsa.kernel.words import LANGUAGES
from tests.architecture.house import SOURCE
from tools import words
from tools.documents.refusals import every_refusal

TRANSLATED = sorted(set(LANGUAGES) - {"en"})
REPAIR = "run: make fix, then translate what is empty"
_PERCENT = re.compile(r"%\((\w+)\)[sd]")


def catalogue(language: str) -> Catalog:
    with words.catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language)


def facts(text: str) -> Counter[str]:
    """The facts that a sentence names, in either notation."""
    if _PERCENT.search(text):
        return Counter(_PERCENT.findall(text))
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def sentences() -> set[str]:
    """What must not only be translated but differ: causes, next steps, messages."""
    refusals = {
        text
        for kind in every_refusal()
        for text in (kind.title, kind.next_step, kind.partner_title, kind.clock_words)
        if text
    }
    for path in SOURCE.glob("*/messages.py"):
        import_module(f"prakarsa.{path.parent.name}.messages")
    return (
        refusals
        | set(CLOCK_WORDS.values())
        | {text for each in Template.every.values() for text in (each.text, each.subject) if text}
    )


def of(message: Message) -> list[str]:
    """Every form of a translation: one, or one per plural."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_every_language_but_english_has_a_catalogue() -> None:
    assert words.languages() == TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_has_exactly_the_sentences_that_are_marked(language: str) -> None:
    marked = {message.id for message in words.marked() if message.id}
    written = {message.id for message in catalogue(language) if message.id}
    assert marked - written == set(), REPAIR
    assert written - marked == set(), REPAIR


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_nothing_is_guessed(language: str) -> None:
    found = [message for message in catalogue(language) if message.id]
    assert [message.id for message in found if message.fuzzy or not all(of(message))] == [], REPAIR


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_facts(language: str) -> None:
    found = [message for message in catalogue(language) if message.id and all(of(message))]
    wrong = [
        (message.id, message.string)
        for message in found
        if (facts(str(message.string)) != facts(message.id) if isinstance(message.id, str) else _loses_a_fact(message))
    ]
    assert wrong == []


def _loses_a_fact(message: Message) -> bool:
    """Of several forms the last speaks of many and names every fact; the others may leave the number out."""
    *_, many = of(message)
    known = facts(message.id[-1])
    return facts(many) != known or any(facts(form) - known for form in of(message))


@pytest.mark.parametrize("language", TRANSLATED)
def test_causes_next_steps_and_messages_are_not_left_in_english(language: str) -> None:
    translated = {message.id: message.string for message in catalogue(language) if message.id}
    assert sorted(text for text in sentences() if translated.get(text, text) == text) == [], REPAIR


def test_the_template_for_translators_is_up_to_date() -> None:
    assert words.TEMPLATE.read_bytes() == words.template_text(), "run: make fix"
