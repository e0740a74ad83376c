"""Holds from the terminal: two people, an appeal, a history; a card number goes in and never comes out."""

import json

from prakarsa.hold.model import Scope
from prakarsa.kernel.db import Database
from tests import worlds
from tests.cli.program import Here, Program
from tests.conftest import NOW

PLACE = (
    "hold", "place", "--reason", "technical", "--legal-basis", "art. 36", "--basis-version", "2020-07-07",
    "--public-words", "Diperiksa.", "--public-words-en", "Being checked.", "--notice-to", "Semua",
    "--proportionality", "Semua kelas memakai sistem yang sama.", "--review-at", "+3d",
)  # fmt: skip


def test_a_wide_hold_is_proposed_and_says_what_to_do_next(here: Here, program: Program) -> None:
    told = program.run(*PLACE, "--scope", "programme", settings={"PRAKARSA_LANGUAGE": "en"})
    assert told.code == 0
    assert "nothing is held yet" in told.out
    [waiting] = here.answer("hold", "proposals")
    assert f"prakarsa hold confirm {waiting['proposal_code']}" in told.out
    assert here.answer("hold", "list") == []

    assert here.refusal("hold", "confirm", waiting["proposal_code"]) == "kernel.same_person"

    rejected = here.answer("hold", "reject", waiting["proposal_code"], "--reason", "Tidak perlu seluas itu.")
    assert rejected["reject_reason"] == "Tidak perlu seluas itu."
    assert here.answer("hold", "proposals") == []


def test_a_hold_is_reviewed_appealed_and_ended_by_somebody_else(here: Here, database: Database) -> None:
    with database.transaction("test") as tx:
        school = worlds.an_institution(tx).client_code
        hold = worlds.a_hold(tx, scope=Scope.INSTITUTION, now=NOW)
    code = hold.hold_code
    kept = here.answer("hold", "review", code, "--words", "Dua temuan belum diperbaiki.", "--next-at", "+9d")
    assert kept["over_at"] == kept["review_at"]
    said = here.answer("hold", "answer", code, "--party", school, "--words", "Sudah diperbaiki.",
                            "--evidence", "finding:FND-9@2020-08-01")  # fmt: skip
    assert said["evidence"][0]["reference"] == "FND-9"
    appeal = here.answer("hold", "appeal", code, "--party", school, "--words", "Temuan itu keliru.")
    [listed] = here.answer("hold", "appeals")
    assert (listed["statement_code"], listed["overdue"]) == (appeal["statement_code"], False)
    decided = here.answer(
        "hold", "decide", appeal["statement_code"], "--outcome", "upheld", "--words", "Benar, temuan itu keliru."
    )
    assert decided["outcome"] == "upheld"
    shown = here.answer("hold", "show", code)
    assert [deed["what"] for deed in shown["history"]][-2:] == ["upheld", "lifted"]
    assert shown["lift_reason"] == "Benar, temuan itu keliru."
    assert here.run("hold", "show", code).code == 0
    assert here.answer("hold", "appeals") == []


def test_a_card_number_is_never_printed(here: Here, database: Database) -> None:
    with database.transaction("test") as tx:
        card = worlds.a_card(tx)
    on_card = ("--scope", "card", "--reason", "stolen_card", "--evidence", "journal:card/1@2020-08-01")
    done = here.run(*_without(PLACE, "--reason"), *on_card, "--target", card.number, "--json")
    assert done.code == 0, done.err
    placed = json.loads(done.out)
    assert placed["target_code"] == str(card.card_id)
    assert placed["party"] == f"person/{card.person_id}"
    for words in (("list",), ("list", "--people"), ("list", "--all"), ("show", placed["hold_code"])):
        assert card.number not in here.run("hold", *words, "--json").out
    assert placed["hold_code"] not in [each["hold_code"] for each in here.answer("hold", "list", "--all")]
    assert placed["hold_code"] in [each["hold_code"] for each in here.answer("hold", "list", "--people")]
    missing = here.run(*_without(PLACE, "--reason"), *on_card, "--target", "9999888877776666", "--json")
    assert "9999888877776666" not in missing.out + missing.err


def test_every_reason_is_listed_in_both_languages(here: Here) -> None:
    listed = here.answer("hold", "reasons")
    assert {"reason", "id", "en"} == set(listed[0])
    assert len(listed) > 10


def _without(words: tuple[str, ...], option: str) -> tuple[str, ...]:
    place = words.index(option)
    return (*words[:place], *words[place + 2 :])
