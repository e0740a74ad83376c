"""Every complaint has an owner, a date by which it is answered, and one answer."""

from datetime import timedelta

import pytest

from prakarsa.complaint import actions, rules
from prakarsa.complaint.model import Category, Owner
from prakarsa.complaint.refusals import (
    AlreadyAnswered,
    ComplaintUnknown,
    UnknownCategory,
    WordsNotReadable,
    WordsTooLong,
    WordsTooShort,
)
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme import actions as programme
from tests.conftest import NOW
from tests.worlds import a_person, a_wave, deeds, messages_to

WORDS = "Saya hadir pada pertemuan kedua,\r\ntetapi tidak tercatat."
KEPT = "Saya hadir pada pertemuan kedua,\ntetapi tidak tercatat."
ANSWER = "Kehadiran Anda sudah kami catat. Terima kasih."


@pytest.fixture(autouse=True)
def wave(tx: Tx) -> None:
    a_wave(tx)


@pytest.mark.parametrize("category", list(Category))
def test_every_subject_has_an_owner_and_words(category: Category) -> None:
    assert rules.OWNER[category] in set(Owner)
    assert rules.CATEGORY_WORDS[category]
    assert rules.OWNER_WORDS[rules.OWNER[category]]


def test_a_complaint_says_who_answers_and_by_when(tx: Tx) -> None:
    person_id = a_person(tx)
    hours = programme.current_terms(tx, NOW).complaint_answer_hours

    opened = actions.open_complaint(tx, person_id, "attendance", WORDS, now=NOW)

    assert (opened.category, opened.owner, opened.words) == (Category.ATTENDANCE, Owner.INSTITUTION, KEPT)
    assert opened.due_at == NOW + timedelta(hours=hours)
    assert not opened.overdue(opened.due_at)
    assert opened.overdue(opened.due_at + timedelta(seconds=1))
    assert actions.mine(tx, person_id) == [opened]
    assert deeds(tx, person_id)[-1] == "complaint.opened"
    sooner = actions.open_complaint(tx, person_id, "fraud", WORDS, now=NOW, answer_hours=1)
    assert sooner.due_at == NOW + timedelta(hours=1)
    assert actions.mine(tx, person_id) == [sooner, opened]
    assert actions.mine(tx, person_id, before=sooner.complaint_id) == [opened]
    assert actions.mine(tx, a_person(tx)) == []


def test_words_and_answer_are_sealed_at_rest_and_stay_out_of_the_journal(tx: Tx) -> None:
    opened = actions.open_complaint(tx, a_person(tx), "identity", WORDS, now=NOW)
    actions.answer(tx, opened.number, ANSWER, "staff/1", now=NOW)
    kept = tx.value(
        "SELECT string_agg(row::text, ' ') FROM (SELECT encode(words_sealed, 'escape') || "
        "encode(answer_sealed, 'escape') FROM complaint.complaint WHERE number = %(number)s UNION ALL "
        "SELECT entry::text FROM journal.entry) AS row",
        number=opened.number,
    )
    assert "hadir" not in kept
    assert "Terima kasih" not in kept


def test_the_first_answer_stands_and_the_person_gets_it(tx: Tx) -> None:
    person_id = a_person(tx)
    opened = actions.open_complaint(tx, person_id, "incentive", WORDS, now=NOW)
    later = NOW + timedelta(days=1)

    answered = actions.answer(tx, opened.number, f" {ANSWER} ", "staff/1", now=later)

    assert (answered.answer, answered.answered_by, answered.answered_at) == (ANSWER, "staff/1", later)
    assert not answered.overdue(later + timedelta(days=900))
    assert actions.mine(tx, person_id) == [answered]
    assert deeds(tx, person_id)[-1] == "complaint.answered"
    template, facts = messages_to(tx, person_id)[-1]
    assert template == "complaint.answered"
    assert (facts["number"], facts["answer"]) == (opened.number, ANSWER)
    with pytest.raises(AlreadyAnswered):
        actions.answer(tx, opened.number, "Jawaban yang lain.", "staff/2", now=later)
    assert actions.complaint(tx, opened.number) == answered


def test_an_owner_sees_what_is_unanswered_oldest_first_page_by_page(tx: Tx) -> None:
    people = [a_person(tx) for _ in range(3)]
    opened = [
        actions.open_complaint(tx, person_id, category, WORDS, now=NOW + timedelta(hours=hour))
        for hour, (person_id, category) in enumerate(
            (person_id, category) for person_id in people for category in ("certificate", "purchase", "class_access")
        )
    ]
    ours = [each for each in opened if each.owner is Owner.INSTITUTION]
    actions.answer(tx, ours[1].number, ANSWER, "staff/1", now=NOW)
    expected = [each.number for each in ours if each is not ours[1]]

    first = actions.open_ones(tx, Owner.INSTITUTION, limit=3)
    second = actions.open_ones(tx, Owner.INSTITUTION, first[-1].complaint_id, 3)

    assert [each.number for each in (*first, *second)] == expected
    assert [each.owner for each in actions.open_ones(tx, Owner.PLATFORM)] == [Owner.PLATFORM] * 3
    assert actions.open_ones(tx, Owner.REGISTRY) == []


@pytest.mark.parametrize(
    ("category", "words", "expected"),
    [
        ("weather", WORDS, UnknownCategory),
        ("", WORDS, UnknownCategory),
        ("attendance", "tolong", WordsTooShort),
        ("attendance", " " * 100, WordsTooShort),
        ("attendance", "x" * 4_001, WordsTooLong),
        ("attendance", "tolong saya\x00", WordsNotReadable),
        ("attendance", "tolong saya \ud800", WordsNotReadable),
    ],
)
def test_what_is_not_a_complaint_is_refused(tx: Tx, category: str, words: str, expected: type[Refusal]) -> None:
    person_id = a_person(tx)
    with pytest.raises(expected):
        actions.open_complaint(tx, person_id, category, words, now=NOW)
    assert actions.mine(tx, person_id) == []


@pytest.mark.parametrize("number", ["", "C-NOBODY", "\x00", "\ud800", "x" * 10_000])
def test_a_number_nobody_has_is_refused(tx: Tx, number: str) -> None:
    with pytest.raises(ComplaintUnknown):
        actions.answer(tx, number, ANSWER, "staff/1", now=NOW)
