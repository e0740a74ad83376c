"""Every no has a code, a cause, a next step and a page, and is found where the reader of the code looks for it."""

import ast
import re
from dataclasses import fields
from string import Formatter

from prakarsa.kernel.refusal import ClockEffect, Kind
from tests.architecture.house import ROOT, python_files, tree
from tools.documents.refusals import every_refusal, prefix

EVERY = every_refusal()
CODES = [kind.code for kind in EVERY]


def test_a_code_is_the_folder_it_comes_from_and_a_name() -> None:
    shape = re.compile(r"[a-z]+\.[a-z][a-z0-9_]*")
    wrong = [k.code for k in EVERY if not shape.fullmatch(k.code) or prefix(k) != k.__module__.split(".")[-2]]
    assert wrong == []


def test_every_refusal_says_what_happened_what_to_do_and_what_the_deadline_does() -> None:
    untold = [
        kind.code
        for kind in EVERY
        if not (kind.__doc__ and kind.title and kind.next_step)
        or not isinstance(kind.kind, Kind)
        or not isinstance(kind.clock, ClockEffect)
    ]
    assert untold == []


def test_a_cause_can_stand_before_other_sentences_and_a_next_step_is_one() -> None:
    assert [kind.title for kind in EVERY if kind.title != kind.title.strip() or kind.title.endswith(".")] == []
    assert [kind.next_step for kind in EVERY if not kind.next_step.endswith((".", "!", "?", "}"))] == []


def test_words_name_only_facts_the_refusal_has() -> None:
    named = {
        kind: {
            name
            for text in (kind.title, kind.next_step, kind.partner_title)
            for _, name, _, _ in Formatter().parse(text)
            if name
        }
        for kind in EVERY
    }
    without = {kind.code: names - {field.name for field in fields(kind)} for kind, names in named.items()}
    assert {code: names for code, names in without.items() if names} == {}


def test_no_fact_is_a_secret_or_a_personal_number() -> None:
    secret = {"nik", "kk", "phone", "email", "card_number", "otp", "token", "password", "sign_key"}
    assert [(kind.code, field.name) for kind in EVERY for field in fields(kind) if field.name in secret] == []


def test_only_a_hold_pauses_a_deadline() -> None:
    """Nobody else may promise it: the clock is computed from holds and cancelled purchases alone."""
    assert {kind.code for kind in EVERY if kind.clock is ClockEffect.PAUSED} == {
        "hold.selling_held",
        "hold.offer_held",
        "hold.card_held",
        "hold.person_held",
        "hold.redeeming_held",
        "hold.own_redeeming_held",
        "hold.payout_held",
    }


def test_refusals_are_defined_in_files_called_refusals() -> None:
    made = [
        f"{path}: {node.name}"
        for path in python_files()
        if not path.name.endswith("refusals.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).split(".")[-1] == "Refusal" for base in node.bases)
    ]
    assert made == []


def test_every_refusal_has_a_line_for_partners_and_people() -> None:
    page = (ROOT / "docs" / "refusals.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"`{code}`" not in page] == []
