"""The SQL of complaints. Words and answers are sealed at rest."""

from datetime import datetime
from typing import LiteralString

from prakarsa.complaint.model import Category, Complaint, Owner
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)
_WORDS, _ANSWER = "complaint.words", "complaint.answer"


def insert(
    tx: Tx, number: str, person_id: int, category: Category, owner: Owner, words: str, now: datetime, due_at: datetime
) -> None:
    """Keep a complaint."""
    tx.run(
        sql["insert"],
        number=number,
        person_id=person_id,
        category=category.value,
        owner=owner.value,
        words_sealed=tx.keyring.seal(_WORDS, words),
        now=now,
        due_at=due_at,
    )


def answer(tx: Tx, number: str, words: str, by: str, now: datetime) -> bool:
    """Keep an answer; whether it is the first."""
    sealed = tx.keyring.seal(_ANSWER, words)
    return tx.run(sql["answer"], number=number, answer_sealed=sealed, answered_by=by, now=now) == 1


def by_number(tx: Tx, number: str) -> Complaint | None:
    """One complaint."""
    found = _complaints(tx, sql["by_number"], number=number)
    return found[0] if found else None


def of_person(tx: Tx, person_id: int, before: int, limit: int) -> list[Complaint]:
    """One page of a person's complaints, newest first."""
    return _complaints(tx, sql["of_person"], person_id=person_id, before=before, limit=limit)


def open_ones(tx: Tx, owner: Owner, after: int, limit: int) -> list[Complaint]:
    """One page of an owner's unanswered complaints, oldest first."""
    return _complaints(tx, sql["open_ones"], owner=owner.value, after=after, limit=limit)


def _complaints(tx: Tx, query: LiteralString, **params: int | str) -> list[Complaint]:
    keyring = tx.keyring
    return [
        Complaint(
            complaint_id,
            number,
            person_id,
            Category(category),
            Owner(owner),
            keyring.open(_WORDS, words_sealed),
            opened_at,
            due_at,
            keyring.open(_ANSWER, answer_sealed) if answer_sealed else None,
            answered_by,
            answered_at,
        )
        for (
            complaint_id,
            number,
            person_id,
            category,
            owner,
            words_sealed,
            opened_at,
            due_at,
            answer_sealed,
            answered_by,
            answered_at,
        ) in tx.tuples(query, **params)
    ]
