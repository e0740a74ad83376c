"""Registering takes whole lists, says precisely what is wrong with a row, and never takes a person twice."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.people import actions, rules
from prakarsa.people.model import NewPerson
from prakarsa.people.refusals import (
    BadBirthDate,
    BadCitizenship,
    BadEducation,
    BadEmail,
    BadKk,
    BadLanguage,
    BadName,
    BadNik,
    BadPhone,
    BadSituation,
    Barred,
    BirthDateDiffers,
    EmailTaken,
    NikTaken,
    PersonUnknown,
    PhoneTaken,
)
from tests.conftest import NOW
from tests.people.applicants import TODAY, applicants

GOOD, OTHER, THIRD = applicants(3)


def only(answers: list[int | Refusal]) -> int | Refusal:
    (answer,) = answers
    return answer


def id_of(answer: int | Refusal) -> int:
    assert isinstance(answer, int), answer
    return answer


@pytest.mark.parametrize(
    ("bend", "expected"),
    [
        pytest.param({"name": "   "}, BadName(rules.NAME_EMPTY), id="no name"),
        pytest.param({"name": "Siti\x00"}, BadName(rules.NAME_STRANGE), id="a control sign"),
        pytest.param({"name": "\ud800"}, BadName(rules.NAME_STRANGE), id="half a sign"),
        pytest.param({"name": "Budi 2"}, BadName(rules.NAME_STRANGE), id="a digit"),
        pytest.param({"name": "<b>Budi</b>"}, BadName(rules.NAME_STRANGE), id="markup"),
        pytest.param({"name": "B" * 101}, BadName(rules.NAME_TOO_LONG), id="101 letters"),
        pytest.param({"birth_date": TODAY + timedelta(1)}, BadBirthDate(rules.BORN_LATER), id="born tomorrow"),
        pytest.param({"birth_date": date(1899, 1, 1)}, BadBirthDate(rules.BORN_LONG_AGO), id="121 years old"),
        pytest.param({"birth_date": GOOD.birth_date + timedelta(1)}, BirthDateDiffers(), id="a day beside the NIK"),
        pytest.param({"nik": "317101"}, BadNik("it needs exactly 16 digits"), id="a short NIK"),
        pytest.param(
            {"nik": "99" + GOOD.nik[2:]},
            BadNik("its first two digits are not the code of a province"),
            id="no province",
        ),
        pytest.param({"nik": "٣" * 16}, BadNik("it may hold digits only"), id="digits of another script"),
        pytest.param({"kk": "1"}, BadKk(), id="a short KK"),
        pytest.param({"kk": GOOD.nik}, BadKk(), id="the NIK in place of the KK"),
        pytest.param({"phone": "nol delapan"}, BadPhone(rules.PHONE_CHARACTERS), id="phone in words"),
        pytest.param({"phone": "+14155550100"}, BadPhone(rules.PHONE_ABROAD), id="phone abroad"),
        pytest.param({"phone": "0211234567"}, BadPhone(rules.PHONE_ABROAD), id="a landline"),
        pytest.param({"phone": "0812345"}, BadPhone(rules.PHONE_LENGTH), id="phone too short"),
        pytest.param({"email": "siti"}, BadEmail(rules.EMAIL_AT), id="no @"),
        pytest.param({"email": "a@b@c.example"}, BadEmail(rules.EMAIL_AT), id="two @"),
        pytest.param({"email": "si ti@peserta.example"}, BadEmail(rules.EMAIL_LOCAL), id="a space"),
        pytest.param({"email": "siti..a@peserta.example"}, BadEmail(rules.EMAIL_LOCAL), id="two dots"),
        pytest.param({"email": "siti@peserta"}, BadEmail(rules.EMAIL_DOMAIN), id="no dot in the domain"),
        pytest.param({"email": "siti@-x.example\x00"}, BadEmail(rules.EMAIL_DOMAIN), id="a domain that cannot be"),
        pytest.param({"email": f"{'a' * 250}@b.example"}, BadEmail(rules.EMAIL_LONG), id="255 characters and more"),
        pytest.param(
            {"education": "s3"},
            BadEducation("none, sd, smp, sma, diploma, sarjana, pascasarjana"),
            id="unknown education",
        ),
        pytest.param(
            {"situation": "rich"},
            BadSituation("job_seeker, laid_off, furloughed, worker, micro_business"),
            id="unknown situation",
        ),
        pytest.param({"citizenship": "Indonesia"}, BadCitizenship(), id="a country in words"),
        pytest.param({"language": "jv"}, BadLanguage("id, en"), id="a language we do not speak"),
    ],
)
def test_each_field_is_refused_by_its_own_name(tx: Tx, now: datetime, bend: dict[str, Any], expected: Refusal) -> None:
    bent = replace(GOOD, **bend)

    refusal = only(actions.register(tx, [bent], now=now))

    assert isinstance(refusal, type(expected))
    assert refusal.facts() == expected.facts()
    assert [type(r) for r in actions.problems(bent, now=now)] == [type(expected)]
    entered = [value for value in bend.values() if isinstance(value, str) and len(value) > 4]
    assert not any(value in str(refusal.facts()) for value in entered)


def test_a_form_shows_all_its_problems_at_once(now: datetime) -> None:
    bent = replace(GOOD, name="", kk="", phone="", email="")

    assert [type(r) for r in actions.problems(bent, now=now)] == [BadName, BadKk, BadPhone, BadEmail]


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "+6281234567890",
        "6281234567890",
        "(0812) 3456.7890",
        "+62 0812 3456 7890",
        "006281234567890",
    ],
)
def test_a_phone_number_is_one_number_however_it_is_written(written: str) -> None:
    assert rules.read_phone(written) == "+6281234567890"


def test_texts_are_stored_in_one_form(tx: Tx, now: datetime) -> None:
    dressed = replace(
        GOOD,
        name="  Siti   Nur'aini,  S.Kom. ",
        phone="0800 0123 4567",
        email=" Siti@Peserta.EXAMPLE ",
        nik=f" {GOOD.nik[:6]} {GOOD.nik[6:]}",
        kk=f"{GOOD.kk[:8]} {GOOD.kk[8:]}",
    )

    person_id = id_of(only(actions.register(tx, [dressed], now=now)))

    contact = actions.contacts(tx, [person_id])[person_id]
    assert (contact.name, contact.phone, contact.email) == (
        "Siti Nur'aini, S.Kom.",
        "+6280001234567",
        "siti@peserta.example",
    )
    assert actions.niks(tx, [person_id]) == {person_id: GOOD.nik}


def test_sex_and_province_come_from_the_nik(tx: Tx, now: datetime) -> None:
    person = actions.person(tx, id_of(only(actions.register(tx, [GOOD], now=now))))

    assert person.province_code == GOOD.nik[:2]
    assert person.sex == ("female" if int(GOOD.nik[6:8]) > 40 else "male")
    assert person.name == GOOD.name
    assert person.registered_at == now


def test_nothing_personal_is_stored_open(tx: Tx, now: datetime) -> None:
    actions.register(tx, [GOOD], now=now)

    stored = tx.value("SELECT string_agg(person::text, '') FROM people.person")
    entries = tx.value("SELECT string_agg(entry::text, '') FROM journal.entry")
    for secret in (GOOD.nik, GOOD.kk, GOOD.phone, GOOD.phone.removeprefix("+62"), GOOD.email):
        assert secret not in stored
        assert secret not in entries
        assert secret.encode().hex() not in stored
    assert GOOD.name not in entries


def test_the_same_registration_again_is_the_same_person(tx: Tx, now: datetime) -> None:
    first = only(actions.register(tx, [GOOD], now=now))
    again = actions.register(tx, [replace(GOOD, language="en"), GOOD, GOOD], now=now)

    assert again == [first, first, first]
    assert tx.value("SELECT count(*) FROM people.person") == 1
    assert len(journal.timeline(tx, id_of(first))) == 1


@pytest.mark.parametrize(
    ("bend", "refusal"),
    [
        pytest.param(lambda p: replace(p, name="Orang Lain"), NikTaken, id="another name"),
        pytest.param(lambda p: replace(p, phone="081111111111"), NikTaken, id="another phone"),
        pytest.param(lambda p: replace(p, kk=THIRD.kk), NikTaken, id="another family"),
        pytest.param(
            lambda p: replace(p, situation="worker" if p.situation != "worker" else "laid_off"),
            NikTaken,
            id="another situation",
        ),
        pytest.param(lambda p: replace(OTHER, phone=p.phone), PhoneTaken, id="another person, the same phone"),
        pytest.param(lambda p: replace(OTHER, email=p.email.upper()), EmailTaken, id="another person, the same mail"),
    ],
)
def test_a_key_that_is_taken_is_refused_in_a_list_and_after_it(
    tx: Tx, now: datetime, bend: Callable[[NewPerson], NewPerson], refusal: type[Refusal]
) -> None:
    first, together, third = actions.register(tx, [GOOD, bend(GOOD), THIRD], now=now)
    later = only(actions.register(tx, [bend(GOOD)], now=now))

    assert isinstance(first, int)
    assert isinstance(third, int)
    assert type(together) is type(later) is refusal


def test_a_barred_person_stays_barred(tx: Tx, now: datetime) -> None:
    person_id = id_of(only(actions.register(tx, [GOOD], now=now)))

    assert actions.bar(tx, [person_id], "first_purchase_missed", now=now) == 1
    assert actions.bar(tx, [person_id], "false_data", now=now) == 0
    refusal = only(actions.register(tx, [GOOD], now=now))

    assert isinstance(refusal, Barred)
    assert refusal.reason == rules.BAR_WORDS["first_purchase_missed"]
    assert [row.action for row in journal.timeline(tx, person_id)] == ["person.barred", "person.registered"]


def test_one_bad_row_fails_no_other(tx: Tx, now: datetime) -> None:
    people = applicants(500, seed=3)
    people[7] = replace(people[7], nik="x")
    people[100] = replace(people[100], email=people[99].email)

    answers = actions.register(tx, people, now=now)

    refused = {place: type(answer) for place, answer in enumerate(answers) if isinstance(answer, Refusal)}
    assert refused == {7: BadNik, 100: EmailTaken}
    assert len({answer for answer in answers if isinstance(answer, int)}) == 498


def test_an_empty_list_and_an_unknown_person_are_answered(tx: Tx, now: datetime) -> None:
    assert actions.register(tx, [], now=now) == []
    assert not actions.contacts(tx, [])
    assert not actions.niks(tx, [])
    assert not actions.persons(tx, [])
    with pytest.raises(PersonUnknown):
        actions.person(tx, 2**60)


def test_lists_that_share_people_at_once_agree_on_one_person_each(database: Database) -> None:
    people = applicants(60, seed=21)
    orders = [people, people[::-1], people[30:] + people[:30], [people[5]], [people[40]]] * 3
    answers: list[dict[str, int]] = []

    def run(order: list[NewPerson]) -> None:
        with database.transaction("test") as tx:
            found = actions.register(tx, order, now=NOW)
        answers.append({p.nik: id_of(a) for p, a in zip(order, found, strict=True)})

    threads = [threading.Thread(target=run, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == len(orders)
    whole = answers[0] | answers[1] | answers[2]
    assert all(whole[nik] == person_id for answer in answers for nik, person_id in answer.items())
    assert len(set(whole.values())) == 60


anything = st.text(max_size=40)


@given(
    name=anything,
    nik=anything,
    kk=anything,
    phone=anything,
    email=anything,
    education=anything,
    situation=anything,
    citizenship=anything,
    language=anything,
    birth_date=st.dates(),
)
def test_any_input_gets_an_answer(birth_date: date, **texts: str) -> None:
    assert actions.problems(replace(GOOD, birth_date=birth_date, **texts), now=NOW)  # type: ignore[arg-type]  # all text


@given(text=st.text(alphabet=st.sampled_from("0816+- ()abc@.\x00٣"), max_size=30))
def test_whatever_is_read_as_a_phone_is_read_the_same_again(text: str) -> None:
    try:
        number = rules.read_phone(text)
    except BadPhone:
        return
    assert rules.read_phone(number) == number


@pytest.mark.parametrize(
    ("birth_date", "on", "years"),
    [
        (date(2002, 8, 16), date(2020, 8, 15), 17),
        (date(2002, 8, 16), date(2020, 8, 16), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_a_year_is_complete_on_the_birthday(birth_date: date, on: date, years: int) -> None:
    assert rules.age_years(birth_date, on) == years
