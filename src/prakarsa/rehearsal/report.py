"""Findings as rows of a sheet and as JSON: one for each thing and condition. Pure."""

from collections.abc import Mapping
from typing import Any

from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.words import refusal_words, say
from prakarsa.rehearsal.model import THING_WORDS, VERDICT_WORDS, Finding, RuleChange, Shown

COLUMNS = (
    "thing",
    "code",
    "name",
    "partner",
    "condition",
    "verdict",
    "newly_missed",
    "refusal_code",
    "what_is_missing",
    "what_to_do",
    "evidence",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def record(finding: Finding, language: str) -> dict[str, Any]:
    """A finding as JSON shows it: codes for programs, sentences for people in a language."""
    return {
        "thing": finding.thing,
        "code": finding.code,
        "name": finding.name,
        "partner": finding.partner_code,
        "condition": say(finding.condition, language),
        "verdict": finding.verdict,
        "newly_missed": finding.newly,
        "refusal": _refusal(finding.refusal, language) if finding.refusal else None,
        "evidence": [in_words(shown, language) for shown in finding.shown],
    }


def row(record: Mapping[str, Any], language: str) -> list[str]:
    """A record as a row under `COLUMNS`. Nothing a partner wrote can become a formula."""
    refusal = record["refusal"] or {"code": "", "title": "", "next_step": ""}
    thing, verdict = THING_WORDS[record["thing"]], VERDICT_WORDS[record["verdict"]]
    values = (
        say(thing, language),
        record["code"],
        record["name"],
        record["partner"],
        record["condition"],
        say(verdict, language),
        "1" if record["newly_missed"] else "0",
        refusal["code"],
        refusal["title"],
        refusal["next_step"],
        "; ".join(record["evidence"]),
    )
    return [_harmless(value) for value in values]


def change_record(change: RuleChange) -> dict[str, Any]:
    """What was rehearsed."""
    return {
        "scheme": change.scheme,
        "title": change.title,
        "change_code": change.change_code,
        "file_sha256": change.file_digest,
        "wave": change.wave_number,
        "waves": change.waves,
        "effective_on": change.effective_on,
    }


def in_words(shown: Shown, language: str) -> str:
    """One piece of what a finding rests on."""
    return say(shown.words, language, **shown.facts)


def _refusal(refusal: Refusal, language: str) -> dict[str, Any]:
    told = refusal_words(refusal, language)
    return {"code": refusal.code, "facts": refusal.facts(), "title": told.title, "next_step": told.next_step}


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
