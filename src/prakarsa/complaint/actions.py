"""Verbs of complaints: open, answer, look."""

from datetime import datetime

from prakarsa.complaint import messages, rules, store
from prakarsa.complaint.model import Complaint, Owner
from prakarsa.complaint.refusals import AlreadyAnswered, ComplaintUnknown
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel import ids
from prakarsa.kernel.db import Tx
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme

PREFIX = "C-"
CODE_LENGTH = 10


def open_complaint(
    tx: Tx, person_id: int, category: str, words: str, *, now: datetime, answer_hours: int | None = None
) -> Complaint:
    """Take a complaint or an appeal, and say who answers it and by when (programme-rules 11).

    `answer_hours` overrides the policy in force. Raises UnknownCategory, WordsNotReadable, WordsTooShort,
    WordsTooLong; without a policy to ask, NoWaveYet.
    """
    subject = rules.read_category(category)
    owner = rules.OWNER[subject]
    kept = rules.read_words(words)
    hours = programme.current_terms(tx, now).complaint_answer_hours if answer_hours is None else answer_hours
    due_at = rules.due_at(now, hours)
    number = PREFIX + ids.random_code(CODE_LENGTH)
    store.insert(tx, number, person_id, subject, owner, kept, now, due_at)
    facts = {"category": subject.value, "owner": owner.value, "due_at": due_at}
    journal.record(tx, [Event("complaint.opened", f"complaint/{number}", person_id, facts)], now=now)
    return complaint(tx, number)


def answer(tx: Tx, number: str, words: str, by: str, *, now: datetime) -> Complaint:
    """Answer a complaint, once; the person gets the answer by e-mail. `by` names the member of staff.

    Raises ComplaintUnknown, AlreadyAnswered, WordsNotReadable, WordsTooShort, WordsTooLong.
    """
    kept = rules.read_words(words)
    found = complaint(tx, number)
    if not store.answer(tx, found.number, kept, by, now):
        found = complaint(tx, number)
        raise AlreadyAnswered(found.number, found.answered_at or now)
    facts = {"late": found.overdue(now)}
    journal.record(tx, [Event("complaint.answered", f"complaint/{number}", found.person_id, facts)], now=now)
    contact = people.contacts(tx, [found.person_id])[found.person_id]
    params = {"name": contact.name, "number": number, "answer": kept}
    message = Message(found.person_id, "email", messages.ANSWERED, contact.email, contact.language, params)
    journal.tell(tx, [message], now=now)
    return complaint(tx, number)


def complaint(tx: Tx, number: str) -> Complaint:
    """One complaint, for staff. Raises ComplaintUnknown."""
    found = store.by_number(tx, number) if number.isascii() and number.isprintable() else None
    if found is None:
        raise ComplaintUnknown
    return found


def mine(tx: Tx, person_id: int, before: int = 2**62, limit: int = 50) -> list[Complaint]:
    """One page of a person's own complaints, newest first: those with a smaller `complaint_id` than `before`."""
    return store.of_person(tx, person_id, before, limit)


def open_ones(tx: Tx, owner: Owner, after: int = 0, limit: int = 50) -> list[Complaint]:
    """One page of what an owner still has to answer, oldest first: those with a greater `complaint_id` than `after`."""
    return store.open_ones(tx, owner, after, limit)
