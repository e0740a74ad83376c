"""Invariants: sentences that must be true of the installation at every moment, and what breaks them.

Each room lists its own in `audit.py`; whoever checks them all only puts the lists together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from string import Formatter
from typing import Any, LiteralString

from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.words import LANGUAGES, translations

SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that breaks an invariant: what it is, and the facts that its invariant's words name."""

    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invariant:
    """A sentence that must be true; the words for an exception, facts in braces; what finds every exception."""

    sentence: str
    words: str
    exceptions: Callable[[Tx], Sequence[Problem]]


def stated(sentence: str, words: str, statement: LiteralString) -> Invariant:
    """An invariant whose exceptions one statement finds: a row for each, with `subject` and `facts` (jsonb)."""
    return Invariant(sentence, words, lambda tx: tx.rows(Problem, statement))


def unworded(refusals: Iterable[type[Refusal]]) -> list[Problem]:
    """Refusals that do not say in every language what is the matter and what to do, with facts they have."""
    return [
        Problem(kind.code, {"problem": problem})
        for kind in sorted(refusals, key=lambda kind: kind.code)
        for problem in _missing_words(kind)
    ]


def _missing_words(kind: type[Refusal]) -> Iterator[str]:
    facts = {field.name for field in fields(kind)}
    for part in ("title", "next_step"):
        text = getattr(kind, part)
        if not text.strip():
            yield f"{part} is empty"
            continue
        for language in LANGUAGES:
            worded = translations(language).gettext(text)
            if language != SOURCE_LANGUAGE and worded == text:
                yield f"{part} is not translated: {language}"
            if unknown := {name for _, name, _, _ in Formatter().parse(worded) if name} - facts:
                yield f"{part} names facts it does not have: {language}, {', '.join(sorted(unknown))}"
