"""How marks become a result, what a rejection has to say, which move follows which. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from prakarsa.catalogue.model import Check
from prakarsa.curation.model import (
    APPLICATION_MOVE_WORDS,
    APPLICATION_MOVES,
    APPLICATION_WORDS,
    FULL_MARK,
    ROUND_MOVE_WORDS,
    ROUND_MOVES,
    ROUND_WORDS,
    STEP_WORDS,
    Application,
    ApplicationMove,
    ApplicationState,
    Difference,
    Indicator,
    IndicatorSet,
    Mark,
    Mend,
    Round,
    RoundMove,
    RoundState,
    Step,
    StepState,
)
from prakarsa.curation.refusals import (
    ApplicationMoveRefused,
    BadIndicatorFile,
    MarksIncomplete,
    MendUnanswered,
    NothingToMend,
    RoundMoveRefused,
    StepOutOfOrder,
)
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField

WHOLE = 100
"""What the weights of a set add up to."""
MOST_INDICATORS = 99
"""One form has room for their marks and notes (web/plumbing/forms.py)."""
LONGEST_TEXT = 2_000
LOW_MARK = 2
"""Marks up to this say in a note what is wanting; a rejection lists them."""
_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_INDICATOR_KEYS = {"code", "weight", "question", "question_en"}


def read_indicators(document: dict[str, Any]) -> IndicatorSet:
    """A set of indicators from its parsed file. Raises BadIndicatorFile naming the first problem."""
    name, version = document.get("name"), document.get("version")
    if not isinstance(name, str) or not _CODE.fullmatch(name):
        raise BadIndicatorFile("name: use lower-case letters, digits, underscores")
    if type(version) is not int or not 0 < version < 10_000:
        raise BadIndicatorFile("version: use a whole number from 1")
    groups = document.get("group")
    if not isinstance(groups, list) or set(document) - {"name", "version", "title", "source", "group"}:
        raise BadIndicatorFile("it needs name, version, title, source and groups, and nothing else")
    indicators = tuple(indicator for group in groups for indicator in _read_group(group))
    codes = [indicator.code for indicator in indicators]
    if len(codes) > MOST_INDICATORS:
        raise BadIndicatorFile(f"it has more than {MOST_INDICATORS} indicators")
    if repeated := next((code for code in codes if codes.count(code) > 1), None):
        raise BadIndicatorFile(f"{repeated}: it is there twice")
    total = sum(indicator.weight for indicator in indicators)
    if total != WHOLE:
        raise BadIndicatorFile(f"the weights add up to {total}, not to {WHOLE}")
    title, source = _read_text(document, "title", ""), _read_text(document, "source", "")
    return IndicatorSet(0, name, version, title, source, indicators)


def _read_group(group: object) -> list[Indicator]:
    if not isinstance(group, dict) or set(group) - {"title", "title_en", "indicator"}:
        raise BadIndicatorFile("a group has title, title_en and indicators, and nothing else")
    title, title_en = _read_text(group, "title", "group "), _read_text(group, "title_en", "group ")
    rows = group.get("indicator")
    if not isinstance(rows, list) or not rows:
        raise BadIndicatorFile(f"{title_en}: it has no indicators")
    return [_read_indicator(row, title, title_en) for row in rows]


def _read_indicator(row: object, title: str, title_en: str) -> Indicator:
    if not isinstance(row, dict) or set(row) != _INDICATOR_KEYS:
        raise BadIndicatorFile(f"{title_en}: an indicator has code, weight, question, question_en, and nothing else")
    code, weight = row["code"], row["weight"]
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise BadIndicatorFile(f"{title_en}: a code is written in lower-case letters, digits, underscores")
    if type(weight) is not int or not 1 <= weight <= WHOLE:
        raise BadIndicatorFile(f"{code}: its weight is a whole number from 1 to {WHOLE}")
    question, question_en = _read_text(row, "question", f"{code}: "), _read_text(row, "question_en", f"{code}: ")
    return Indicator(code, title, title_en, question, question_en, weight)


def _read_text(table: dict[str, Any], key: str, place: str) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT or not text.isprintable():
        raise BadIndicatorFile(f"{place}{key}: it is missing or cannot be read")
    return text.strip()


def due_at(begins_at: datetime, days: int) -> datetime:
    """The end of the last day in Jakarta by which the programme office has answered (Permenko 3/2020 art. 27)."""
    last = begins_at.astimezone(JAKARTA).date() + timedelta(days=days + 1)
    return datetime.combine(last, datetime.min.time(), JAKARTA) - timedelta(seconds=1)


def check_marks(of: Round, indicators: Sequence[Indicator], marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Every indicator marked once, with a note where it is low; notes tidied. Raises MarksIncomplete."""
    known = [indicator.code for indicator in indicators]
    for code in [*known, *marks]:
        if problem := _mark_problem(marks.get(code), known=code in known):
            raise MarksIncomplete(of.round_code, code[:LONGEST_TEXT], problem)
    return {code: Mark(marks[code].points, marks[code].note.strip()) for code in known}


def _mark_problem(mark: Mark | None, *, known: bool) -> str:
    if not known:
        return msg("there is no such indicator in this set")
    if mark is None:
        return msg("it is missing")
    if not 0 <= mark.points <= FULL_MARK:
        return msg("it is not from 0 to 4")
    if len(mark.note) > LONGEST_TEXT or not mark.note.replace("\n", " ").replace("\r", " ").isprintable():
        return msg("its note is longer than 2,000 printable characters")
    return msg("a low mark needs a note that says what is wanting") if _low(mark) and not mark.note.strip() else ""


def score_tenths(indicators: Sequence[Indicator], marks: Mapping[str, Mark]) -> int:
    """The weighted share of full marks, in tenths of a percent, rounded down."""
    reached = sum(indicator.weight * marks[indicator.code].points for indicator in indicators)
    return reached * 1_000 // (FULL_MARK * sum(indicator.weight for indicator in indicators))


def result_tenths(scores: Sequence[int], gap_percent: int) -> int | None:
    """The result of these scores in tenths of a percent, rounded down; None while another score is needed.

    Two scores that lie at most `gap_percent` points apart count by their mean. Beyond that a third is asked for, and
    the two that lie closest count; of two pairs equally close the lower one, since public money rests on it.
    """
    if len(scores) < 2:
        return None
    if len(scores) == 2 and abs(scores[0] - scores[1]) > gap_percent * 10:
        return None
    closest = min(combinations(sorted(scores), 2), key=lambda pair: (pair[1] - pair[0], pair[0]))
    return sum(closest) // 2


def percent_text(tenths: int) -> str:
    """Tenths of a percent as people write them."""
    return f"{tenths // 10}.{tenths % 10}"


def passes(tenths: int, pass_percent: int) -> bool:
    """Whether a result reaches the pass mark."""
    return tenths >= pass_percent * 10


def call_move(of: Round, *, called: int) -> RoundMove:
    """What calling one more assessor is: the first, the second, or the third after two that differ."""
    if of.state is RoundState.DIFFERING:
        return RoundMove.CALL_THIRD
    return RoundMove.CALL_SECOND if called else RoundMove.CALL_FIRST


def score_move(result: int | None, *, scored: int) -> RoundMove:
    """What one more score is: one of two, the one that agrees, or the one that differs."""
    if result is not None:
        return RoundMove.AGREE
    return RoundMove.DIFFER if scored >= 2 else RoundMove.SCORE


def after_round(of: Round, move: RoundMove) -> RoundState:
    """The state after a move. Raises RoundMoveRefused."""
    state = ROUND_MOVES.get((of.state, move))
    if state is None:
        raise RoundMoveRefused(of.round_code, ROUND_WORDS[of.state], ROUND_MOVE_WORDS[move])
    return state


def marks_visible(state: RoundState) -> bool:
    """Whether anybody but the marker may see marks: not before every score that counts is in."""
    return state in {RoundState.SCORED, RoundState.APPROVED, RoundState.REJECTED}


def to_mend(
    indicators: Sequence[Indicator],
    marks: Sequence[Mapping[str, Mark]],
    checks: Sequence[Check],
    named: Mapping[str, str],
) -> dict[str, str]:
    """What a rejected course has to mend, by item: low indicators with every note, missed conditions, named items.

    Conditions are items by the code of their refusal.
    """
    items: dict[str, str] = {}
    for indicator in indicators:
        low = [sheet[indicator.code] for sheet in marks if indicator.code in sheet and _low(sheet[indicator.code])]
        if low:
            notes = " / ".join(mark.note for mark in low)
            items[indicator.code] = f"{indicator.question} {notes}".strip()
    items |= {check.refusal.code: check.name for check in checks if check.refusal is not None}
    return items | dict(named)


def check_mends(code_of: str, mends: Mapping[str, str]) -> dict[str, str]:
    """The items of a rejection, tidied. Raises NothingToMend, BadField."""
    if not mends:
        raise NothingToMend(code_of)
    return {text("item", item, 100): text("mend", words, 3 * LONGEST_TEXT) for item, words in mends.items()}


def check_answers(code_of: str, mends: Sequence[Mend], answers: Mapping[str, str]) -> dict[str, str]:
    """An answer for everything that was to be mended. Raises MendUnanswered, BadField."""
    for mend in mends:
        if not answers.get(mend.item, "").strip():
            raise MendUnanswered(code_of, mend.item, mend.words)
    unknown = answers.keys() - {mend.item for mend in mends}
    if unknown:
        raise BadField("answers", msg("it answers something that was not asked"))
    return {item: text("answer", answer) for item, answer in answers.items()}


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Difference, ...]:
    """What changed in a course between two rounds, field by field."""
    names = dict.fromkeys([*before, *after])
    return tuple(
        Difference(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def steps_asked(pipeline: Collection[str], in_person: bool) -> tuple[Step, ...]:
    """The steps the terms ask for, in order; rooms are looked at only where somebody teaches in them."""
    return tuple(step for step in Step if step in pipeline and (in_person or step is not Step.FACILITY))


def after_application(of: Application, move: ApplicationMove) -> ApplicationState:
    """The state after a move. Raises ApplicationMoveRefused."""
    state = APPLICATION_MOVES.get((of.state, move))
    if state is None:
        raise ApplicationMoveRefused(of.application_code, APPLICATION_WORDS[of.state], APPLICATION_MOVE_WORDS[move])
    return state


def check_step(of: Application, step: Step) -> None:
    """Whether this is the step that is open. Raises StepOutOfOrder."""
    open_step = next((each for each, state in of.states().items() if state is not StepState.PASSED), None)
    if open_step is not step:
        standing = APPLICATION_WORDS[of.state] if open_step is None else STEP_WORDS[open_step]
        raise StepOutOfOrder(of.application_code, STEP_WORDS[step], standing)


def next_step(of: Application, after: Step) -> Step | None:
    """The step that follows, if there is one."""
    return next(iter(of.steps[of.steps.index(after) + 1 :]), None)


def text(field: str, words: str, longest: int = LONGEST_TEXT) -> str:
    """A text of some lines, tidied. Raises BadField for an empty, long or unprintable one."""
    lines = [" ".join(line.split()) for line in words.strip().splitlines()]
    tidy = "\n".join(lines)
    if not tidy or len(tidy) > longest or not all(line.isprintable() for line in lines):
        raise BadField(field, msg("use some printable characters, not more than a page"))
    return tidy


def _low(mark: Mark) -> bool:
    return mark.points <= LOW_MARK
