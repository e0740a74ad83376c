"""A one-time code opens one session for its owner, and tells a stranger nothing."""

import threading
from datetime import datetime, timedelta

import pytest

from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.people import actions, rules
from prakarsa.people.refusals import (
    BadAddress,
    CodeMalformed,
    CodeOver,
    CodeTriedOut,
    CodeUsed,
    CodeWrong,
    TooManyCodes,
)
from prakarsa.people.rules import Channel
from tests.conftest import NOW
from tests.people.applicants import applicants

SITI = applicants(1, seed=51)[0]
NOBODY = "+6280009999999"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def siti(tx: Tx, now: datetime) -> int:
    (person_id,) = actions.register(tx, [SITI], now=now)
    assert isinstance(person_id, int)
    return person_id


def code_sent(tx: Tx, now: datetime = NOW) -> str:
    return str(journal.claim(tx, limit=10, now=now)[-1].params["otp"])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_code_from_the_message_opens_a_session_of_90_days(tx: Tx, now: datetime, siti: int) -> None:
    handle = actions.begin_sign_in(tx, SITI.phone, now=now)
    (message,) = journal.claim(tx, limit=10, now=now)
    token = actions.finish_sign_in(tx, handle, message.params["otp"], now=now + MINUTE)

    assert (message.channel, message.address, message.template) == ("sms", SITI.phone, "people.sign_in_code")
    assert isinstance(token, str)
    signed_in = actions.person_of(tx, token, now + timedelta(days=90))
    assert signed_in is not None
    assert signed_in.person_id == siti
    assert actions.person_of(tx, token, now + MINUTE + timedelta(days=90)) is None
    assert actions.staff_of(tx, token, now) is None
    assert [row.action for row in journal.timeline(tx, siti)] == [
        "person.signed_in",
        "person.code_sent",
        "person.registered",
    ]


@pytest.mark.parametrize(
    ("typed", "hint", "channel"),
    [
        (SITI.phone.replace("+62", "0"), None, "sms"),
        (SITI.email.upper(), None, "email"),
        (SITI.phone, Channel.EMAIL, "email"),
        (SITI.email, Channel.SMS, "sms"),
    ],
)
def test_the_code_goes_where_the_address_or_the_hint_says(
    tx: Tx, now: datetime, siti: int, typed: str, hint: Channel | None, channel: str
) -> None:
    actions.begin_sign_in(tx, typed, hint, now=now)
    (message,) = journal.claim(tx, limit=10, now=now)

    assert message.channel == channel
    assert message.address == {"sms": SITI.phone, "email": SITI.email}[channel]


def test_signing_out_ends_the_session(tx: Tx, now: datetime, siti: int) -> None:
    handle = actions.begin_sign_in(tx, SITI.phone, now=now)
    token = actions.finish_sign_in(tx, handle, code_sent(tx), now=now)
    assert isinstance(token, str)

    actions.sign_out(tx, token, now=now)
    actions.sign_out(tx, "never-given", now=now)

    assert actions.person_of(tx, token, now) is None
    assert journal.timeline(tx, siti)[0].action == "person.signed_out"


def test_a_stranger_gets_the_same_answers_as_an_owner(tx: Tx, now: datetime, siti: int) -> None:
    outcomes: list[list[type]] = []
    for address in (SITI.phone, NOBODY):
        handles = [actions.begin_sign_in(tx, address, now=now) for _ in range(rules.CODES_PER_HOUR)]
        tries = [actions.finish_sign_in(tx, handles[0], "000000", now=now) for _ in range(4)]
        late = actions.finish_sign_in(tx, handles[1], "000000", now=now + 5 * MINUTE)
        with pytest.raises(TooManyCodes) as refused:
            actions.begin_sign_in(tx, address, now=now)
        assert refused.value.retry_after_seconds == 3600
        assert {len(handle) for handle in handles} == {32}
        outcomes.append([type(answer) for answer in [*tries, late]])

    assert outcomes[0] == outcomes[1] == [CodeWrong, CodeWrong, CodeTriedOut, CodeTriedOut, CodeOver]
    assert {m.address for m in journal.claim(tx, limit=10, now=now)} == {SITI.phone}
    assert tx.value("SELECT count(*) FROM journal.entry WHERE person_id IS DISTINCT FROM %(id)s", id=siti) == 0


def test_a_code_of_an_address_nobody_has_opens_nothing_even_if_guessed(tx: Tx, now: datetime) -> None:
    handle = actions.begin_sign_in(tx, NOBODY, now=now)
    tx.run(
        "UPDATE people.sign_in_code SET code_digest = %(d)s",
        d=tx.keyring.digest("people.sign_in_code", handle, "123456"),
    )

    assert isinstance(actions.finish_sign_in(tx, handle, "123456", now=now), CodeWrong)


def test_three_wrong_tries_kill_a_code(tx: Tx, now: datetime, siti: int) -> None:
    handle = actions.begin_sign_in(tx, SITI.phone, now=now)
    code = code_sent(tx)

    answers = [actions.finish_sign_in(tx, handle, wrong(code), now=now) for _ in range(3)]
    after = actions.finish_sign_in(tx, handle, code, now=now)

    assert [a.facts() for a in answers if isinstance(a, Refusal)] == [
        {"tries_left": 2},
        {"tries_left": 1},
        {"tries": 3},
    ]
    assert isinstance(after, CodeTriedOut)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "\x00\x00\x00\x00\x00\x00", "\ud800"])
def test_what_is_not_six_digits_does_not_count_as_a_try(tx: Tx, now: datetime, siti: int, typed: str) -> None:
    handle = actions.begin_sign_in(tx, SITI.phone, now=now)
    code = code_sent(tx)

    refused = [actions.finish_sign_in(tx, handle, typed, now=now) for _ in range(5)]
    token = actions.finish_sign_in(tx, handle, f" {code[:3]} {code[3:]} ", now=now)

    assert {type(answer) for answer in refused} == {CodeMalformed}
    assert isinstance(token, str)


def test_a_code_lives_for_the_minutes_it_was_given(tx: Tx, now: datetime, siti: int) -> None:
    for ttl, age, expected in ((5, 5 * MINUTE, CodeOver), (2, 2 * MINUTE, CodeOver), (2, 1.99 * MINUTE, str)):
        handle = actions.begin_sign_in(tx, SITI.phone, now=now, ttl_minutes=ttl)
        assert isinstance(actions.finish_sign_in(tx, handle, code_sent(tx), now=now + age), expected)


def test_a_code_works_once_and_only_with_its_own_handle(tx: Tx, now: datetime, siti: int) -> None:
    first = actions.begin_sign_in(tx, SITI.phone, now=now)
    code = code_sent(tx)
    second = actions.begin_sign_in(tx, SITI.phone, now=now)

    if code_sent(tx) != code:
        assert isinstance(actions.finish_sign_in(tx, second, code, now=now), CodeWrong)
    assert isinstance(actions.finish_sign_in(tx, "guessed", code, now=now), CodeOver)
    assert isinstance(actions.finish_sign_in(tx, "\ud800", code, now=now), CodeOver)
    assert isinstance(actions.finish_sign_in(tx, first, code, now=now), str)
    assert isinstance(actions.finish_sign_in(tx, first, code, now=now), CodeUsed)


def test_an_hour_after_the_first_of_five_codes_a_sixth_is_sent(tx: Tx, now: datetime, siti: int) -> None:
    for minutes in range(5):
        actions.begin_sign_in(tx, SITI.email, now=now + minutes * MINUTE)
    with pytest.raises(TooManyCodes) as refused:
        actions.begin_sign_in(tx, SITI.email, now=now + 10 * MINUTE)
    assert refused.value.retry_after_seconds == 50 * 60

    actions.begin_sign_in(tx, SITI.phone, now=now + 10 * MINUTE)  # the other address has its own count
    actions.begin_sign_in(tx, SITI.email, now=now + 60 * MINUTE)


@pytest.mark.parametrize("typed", ["", "siti", "@", "0812", "a@b", "\x00", "\ud800", "+1 415 555 0100", "9" * 10_000])
def test_what_is_no_address_is_refused(tx: Tx, now: datetime, typed: str) -> None:
    with pytest.raises(BadAddress):
        actions.begin_sign_in(tx, typed, now=now)


def test_neither_code_nor_handle_nor_token_is_stored(tx: Tx, now: datetime, siti: int) -> None:
    handle = actions.begin_sign_in(tx, SITI.phone, now=now)
    code = code_sent(tx)
    token = actions.finish_sign_in(tx, handle, code, now=now)
    assert isinstance(token, str)

    stored = "".join(
        str(tx.values(f"SELECT t::text FROM {table} t"))
        for table in ("people.sign_in_code", "people.session", "journal.entry", "journal.message")
    )
    for secret in (handle, code, token):
        assert secret not in stored.replace(str(siti), "")


def test_the_right_code_sent_many_times_at_once_opens_one_session(database: Database) -> None:
    person = applicants(2, seed=52)[1]
    with database.transaction("test") as tx:
        actions.register(tx, [person], now=NOW)
        handle = actions.begin_sign_in(tx, person.phone, now=NOW)
        code = code_sent(tx)
    answers: list[str | Refusal] = []

    def run() -> None:
        with database.transaction("test") as tx:
            answers.append(actions.finish_sign_in(tx, handle, code, now=NOW))

    at_once(run, 12)

    assert sorted(type(answer).__name__ for answer in answers) == ["CodeUsed"] * 11 + ["str"]


def test_wrong_codes_at_once_are_counted_one_by_one(database: Database) -> None:
    person = applicants(3, seed=52)[2]
    with database.transaction("test") as tx:
        actions.register(tx, [person], now=NOW)
        handle = actions.begin_sign_in(tx, person.phone, now=NOW)
        code = code_sent(tx)
    answers: list[str | Refusal] = []

    def run() -> None:
        with database.transaction("test") as tx:
            answers.append(actions.finish_sign_in(tx, handle, wrong(code), now=NOW))

    at_once(run, 10)

    assert sorted(type(answer).__name__ for answer in answers) == ["CodeTriedOut"] * 8 + ["CodeWrong"] * 2


def test_requests_at_once_get_five_codes_together(database: Database) -> None:
    answers: list[type] = []

    def run() -> None:
        try:
            with database.transaction("test") as tx:
                answers.append(type(actions.begin_sign_in(tx, "siapa@peserta.example", now=NOW)))
        except TooManyCodes as refusal:
            answers.append(type(refusal))

    at_once(run, 12)

    assert (answers.count(str), answers.count(TooManyCodes)) == (5, 7)


def test_what_ended_is_swept_away(tx: Tx, now: datetime, siti: int) -> None:
    while actions.sweep(tx, now=now + timedelta(days=200)):  # what the races above have left
        pass
    handle = actions.begin_sign_in(tx, SITI.phone, now=now)
    token = actions.finish_sign_in(tx, handle, code_sent(tx), now=now)
    assert isinstance(token, str)

    assert actions.sweep(tx, now=now + timedelta(days=1)) == 0
    assert actions.sweep(tx, now=now + timedelta(days=2)) == 1
    assert actions.person_of(tx, token, now + timedelta(days=2)) is not None
    assert actions.sweep(tx, now=now + timedelta(days=92)) == 1
    assert actions.sweep(tx, now=now + timedelta(days=92)) == 0


def at_once(run: object, count: int) -> None:
    assert callable(run)
    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
