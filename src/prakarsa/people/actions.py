"""Verbs of people: register, find, bar."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import NothingHere
from prakarsa.people import rules, store
from prakarsa.people.model import Contact, NewPerson, Person, Registration
from prakarsa.people.refusals import PersonUnknown
from prakarsa.people.rules import Directory, Keys
from prakarsa.people.signing_in import (
    begin_sign_in,
    finish_sign_in,
    person_of,
    sign_out,
    sweep,
)
from prakarsa.people.staff import dismiss, hire, staff_members, staff_of, staff_sign_in

__all__ = [
    "bar",
    "begin_sign_in",
    "contacts",
    "dismiss",
    "finish_sign_in",
    "hire",
    "niks",
    "person",
    "person_named",
    "person_of",
    "persons",
    "problems",
    "register",
    "sign_out",
    "staff_members",
    "staff_of",
    "staff_sign_in",
    "sweep",
]


def register(tx: Tx, people: Sequence[NewPerson], *, now: datetime) -> list[int | Refusal]:
    """Register people: for each, in order, the person's id or the first reason why not. One bad row fails no other.

    Exactly the same registration again gives the same id, also within one list. The language alone may differ.
    Refusals: those of `problems`, people.barred, people.nik_taken, people.phone_taken, people.email_taken.
    Source: programme-rules 2 and 3 (NIK as identity, art. 20(3) for the bar), design "Personal data".
    """
    today = now.astimezone(JAKARTA).date()
    answers: dict[int, int | Refusal] = {}
    waiting: dict[int, tuple[Registration, Keys]] = {}
    for place, new in enumerate(people):
        read = rules.read_registration(new, today)
        if isinstance(read, list):
            answers[place] = read[0]
        else:
            waiting[place] = (read, store.keys_of(tx, read))
    if waiting:
        store.lock_registration(tx, alone=len(waiting) == 1)
    while waiting:
        _answer_known(tx, waiting, answers)
        _add_free(tx, waiting, answers, now)
    return [answers[place] for place in range(len(people))]


def problems(new: NewPerson, *, now: datetime) -> list[Refusal]:
    """Every reason why a form cannot be right in itself: for a page that shows them all at once.

    Refusals: people.bad_name, bad_birth_date, bad_nik, birth_date_differs, bad_kk, bad_phone, bad_email,
    bad_education, bad_situation, bad_citizenship, bad_language.
    """
    read = rules.read_registration(new, now.astimezone(JAKARTA).date())
    return read if isinstance(read, list) else []


def person(tx: Tx, person_id: int) -> Person:
    """One person. Raises PersonUnknown."""
    found = store.persons(tx, [person_id]).get(person_id)
    if found is None:
        raise PersonUnknown(person_id)
    return found


def person_named(tx: Tx, public_id: str) -> Person:
    """The person with a public id: how staff name somebody without naming them. Raises NothingHere."""
    found = store.person_named(tx, public_id)
    if found is None:
        raise NothingHere("person")
    return found


def persons(tx: Tx, person_ids: Sequence[int]) -> dict[int, Person]:
    """People by id; unknown ids are left out."""
    return store.persons(tx, person_ids) if person_ids else {}


def contacts(tx: Tx, person_ids: Sequence[int]) -> dict[int, Contact]:
    """How to reach people, by id, unsealed: for messages, and for the person alone."""
    return store.contacts(tx, person_ids) if person_ids else {}


def niks(tx: Tx, person_ids: Sequence[int]) -> dict[int, str]:
    """Identity numbers by person id, unsealed: for asking the registries, for nothing else."""
    return store.niks(tx, person_ids) if person_ids else {}


def bar(tx: Tx, person_ids: Sequence[int], reason: str, *, now: datetime) -> int:
    """Bar people from joining again, for life; how many were not barred before.

    `reason` is a code of rules.BAR_WORDS. Source: Permenko 11/2020 art. 20(3); programme-rules 10.
    """
    newly = store.bar(tx, person_ids, reason, now) if person_ids else []
    facts = {"reason": reason}
    journal.record(
        tx, [Event("person.barred", f"person/{public_id}", person_id, facts) for person_id, public_id in newly], now=now
    )
    return len(newly)


def _answer_known(tx: Tx, waiting: dict[int, tuple[Registration, Keys]], answers: dict[int, int | Refusal]) -> None:
    """Answer everybody whom the database already settles."""
    keys = [keys for _, keys in waiting.values()]
    directory = Directory(store.known(tx, keys), store.barred(tx, [k.nik for k in keys]))
    for place, row in list(waiting.items()):
        answer = directory.answer(*row)
        if answer is not None:
            answers[place] = answer
            del waiting[place]


def _add_free(
    tx: Tx, waiting: dict[int, tuple[Registration, Keys]], answers: dict[int, int | Refusal], now: datetime
) -> None:
    """Add those who share no key with an earlier row of the list; the others look again at what was added."""
    taken: set[bytes] = set()
    free: dict[bytes, int] = {}
    for place, (_, keys) in waiting.items():
        if taken.isdisjoint((keys.nik, keys.phone, keys.email)):
            taken.update((keys.nik, keys.phone, keys.email))
            free[keys.nik] = place
    added = store.insert_people(tx, [waiting[place] for place in free.values()], now) if free else {}
    for nik_index, (person_id, _) in added.items():
        answers[free[nik_index]] = person_id
        del waiting[free[nik_index]]
    journal.record(
        tx,
        [Event("person.registered", f"person/{public_id}", person_id) for person_id, public_id in added.values()],
        now=now,
    )
