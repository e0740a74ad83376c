"""Staff sign in with password and second factor; failures lock, and no answer says who works here."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest

from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusals import NothingHere
from prakarsa.people import actions, rules
from prakarsa.people.model import NewStaff, Role
from prakarsa.people.refusals import BadEmail, BadName, BadRole, StaffSignInFailed, StaffTaken, WeakPassword
from tests.conftest import NOW
from tests.people.test_signing_in import at_once

RINA = NewStaff("rina@kantor.example", "Rina Wulandari", "officer", "kucing lompat pagar")
SECOND = timedelta(seconds=1)
STEP = 30 * SECOND


@pytest.fixture
def secret(tx: Tx, now: datetime) -> str:
    return actions.hire(tx, RINA, now=now)


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def test_password_and_code_open_a_session_of_12_hours(tx: Tx, now: datetime, secret: str) -> None:
    token = actions.staff_sign_in(tx, " Rina@Kantor.EXAMPLE", RINA.password, code(secret, now), now=now)
    assert isinstance(token, str)

    staff = actions.staff_of(tx, token, now + timedelta(hours=12) - SECOND)
    assert staff is not None
    assert (staff.email, staff.name, staff.role) == (RINA.email, RINA.name, Role.OFFICER)
    assert actions.staff_of(tx, token, now + timedelta(hours=12)) is None
    assert actions.person_of(tx, token, now) is None


@pytest.mark.parametrize(("drift", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_of_drift_is_forgiven(tx: Tx, now: datetime, secret: str, drift: int, opens: bool) -> None:
    answer = actions.staff_sign_in(tx, RINA.email, RINA.password, code(secret, now + drift * STEP), now=now)

    assert isinstance(answer, str) is opens


def test_a_step_opens_once_and_no_older_step_after_it(tx: Tx, now: datetime, secret: str) -> None:
    def opens(step: int, at: datetime) -> bool:
        return isinstance(
            actions.staff_sign_in(tx, RINA.email, RINA.password, code(secret, now + step * STEP), now=at), str
        )

    assert opens(0, now)
    assert not opens(0, now + SECOND)
    assert not opens(-1, now + SECOND)
    assert opens(1, now + SECOND)


def test_an_authenticator_follows_the_real_clock_where_programme_time_was_moved(
    tx: Tx, now: datetime, secret: str
) -> None:
    wall = now + timedelta(days=2_000)

    token = actions.staff_sign_in(tx, RINA.email, RINA.password, code(secret, wall), now=now, wall_at=wall)

    assert isinstance(token, str)
    assert actions.staff_of(tx, token, now) is not None


@pytest.mark.parametrize(
    "bend",
    [
        pytest.param(lambda e, p, t: ("nobody@kantor.example", p, t), id="unknown address"),
        pytest.param(lambda e, p, t: ("not an address\x00", p, t), id="no address"),
        pytest.param(lambda e, p, t: (e, p + " ", t), id="a space after the password"),
        pytest.param(lambda e, p, t: (e, "", t), id="no password"),
        pytest.param(lambda e, p, t: (e, "x" * 10_000_000, t), id="a monstrous password"),
        pytest.param(lambda e, p, t: (e, "\ud800" * 20, t), id="half signs"),
        pytest.param(lambda e, p, t: (e, p, ""), id="no code"),
        pytest.param(lambda e, p, t: (e, p, f"{(int(t) + 1) % 10**6:06}"), id="another code"),
        pytest.param(lambda e, p, t: (e, p, "\ud800"), id="a code of half signs"),
    ],
)
def test_every_failure_gets_the_same_answer(
    tx: Tx, now: datetime, secret: str, bend: Callable[[str, str, str], tuple[str, str, str]]
) -> None:
    answer = actions.staff_sign_in(tx, *bend(RINA.email, RINA.password, code(secret, now)), now=now)

    assert isinstance(answer, StaffSignInFailed)
    assert answer.facts() == {"tries": 5, "lock_minutes": 15}


def test_an_unknown_address_runs_the_same_statements_as_a_known_one(tx: Tx, now: datetime, secret: str) -> None:
    def statements(email: str) -> int:
        before = tx.value("SELECT count(*) FROM journal.entry")
        actions.staff_sign_in(tx, email, "wrong password", "000000", now=now)
        return int(tx.value("SELECT count(*) FROM journal.entry")) - int(before)

    assert statements(RINA.email) == statements("nobody@kantor.example") == 1


def test_five_failures_lock_for_15_minutes(tx: Tx, now: datetime, secret: str) -> None:
    def signs_in(at: datetime, password: str = RINA.password) -> bool:
        return isinstance(actions.staff_sign_in(tx, RINA.email, password, code(secret, at), now=at), str)

    for _ in range(rules.STAFF_TRIES):
        assert not signs_in(now, "wrong password")
    unlock = now + timedelta(minutes=15)

    assert not signs_in(now)
    assert not signs_in(unlock - SECOND)
    assert signs_in(unlock)
    locks = tx.value("SELECT count(*) FROM journal.entry WHERE action = 'staff.locked'")
    assert locks == 1


def test_four_failures_and_a_success_begin_a_new_count(tx: Tx, now: datetime, secret: str) -> None:
    at = now
    for _ in range(3):
        for _ in range(rules.STAFF_TRIES - 1):
            actions.staff_sign_in(tx, RINA.email, "wrong password", "000000", now=at)
        assert isinstance(actions.staff_sign_in(tx, RINA.email, RINA.password, code(secret, at), now=at), str)
        at += STEP


def test_the_same_code_at_once_opens_one_session(database: Database) -> None:
    with database.transaction("test") as tx:
        secret = actions.hire(tx, RINA, now=NOW)
    answers: list[type] = []

    def run() -> None:
        with database.transaction("test") as tx:
            answers.append(type(actions.staff_sign_in(tx, RINA.email, RINA.password, code(secret, NOW), now=NOW)))

    at_once(run, 4)

    assert (answers.count(str), answers.count(StaffSignInFailed)) == (1, 3)
    with database.transaction("test") as tx:
        actions.dismiss(tx, RINA.email, now=NOW)


def test_who_leaves_is_out_at_once(tx: Tx, now: datetime, secret: str) -> None:
    token = actions.staff_sign_in(tx, RINA.email, RINA.password, code(secret, now), now=now)
    assert isinstance(token, str)

    actions.dismiss(tx, RINA.email, now=now)

    assert actions.staff_of(tx, token, now) is None
    later = now + STEP
    assert isinstance(
        actions.staff_sign_in(tx, RINA.email, RINA.password, code(secret, later), now=later), StaffSignInFailed
    )
    with pytest.raises(NothingHere):
        actions.dismiss(tx, RINA.email, now=now)


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        pytest.param(NewStaff("rina", RINA.name, RINA.role, RINA.password), BadEmail, id="address"),
        pytest.param(NewStaff(RINA.email, "", RINA.role, RINA.password), BadName, id="name"),
        pytest.param(NewStaff(RINA.email, RINA.name, "king", RINA.password), BadRole, id="role"),
        pytest.param(NewStaff(RINA.email, RINA.name, RINA.role, "short"), WeakPassword, id="short password"),
        pytest.param(NewStaff(RINA.email, RINA.name, RINA.role, "a" * 20), WeakPassword, id="one sign"),
        pytest.param(NewStaff(RINA.email, RINA.name, RINA.role, "rina12345678"), WeakPassword, id="own address"),
        pytest.param(NewStaff(RINA.email, RINA.name, RINA.role, "x y" * 500), WeakPassword, id="too long"),
        pytest.param(NewStaff(RINA.email, RINA.name, RINA.role, "abc\x00" * 5), WeakPassword, id="control signs"),
    ],
)
def test_a_bad_account_is_not_opened(tx: Tx, now: datetime, new: NewStaff, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.hire(tx, new, now=now)


def test_an_address_is_hired_once(tx: Tx, now: datetime, secret: str) -> None:
    with pytest.raises(StaffTaken):
        actions.hire(tx, RINA, now=now)


def test_password_and_secret_are_not_stored_open(tx: Tx, now: datetime, secret: str) -> None:
    stored = tx.value("SELECT staff::text FROM people.staff WHERE email = %(email)s", email=RINA.email)

    assert RINA.password not in stored
    assert secret not in stored
    assert secret.encode().hex() not in stored
