"""The people room's SQL: persons, bars, sign-in codes, sessions, staff."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from psycopg import Rollback

from prakarsa.kernel.db import Tx, queries
from prakarsa.kernel.ids import random_code
from prakarsa.people.model import Contact, Person, Registration, Role, Staff
from prakarsa.people.rules import Channel, Keys, Known

sql = queries(__file__)
_NIK, _KK, _PHONE, _EMAIL, _TOTP = "person.nik", "person.kk", "person.phone", "person.email", "staff.totp"
_ADDRESS = {Channel.SMS: _PHONE, Channel.EMAIL: _EMAIL}
_PUBLIC_ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a code goes to."""

    person_id: int
    public_id: str
    name: str
    phone: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A code on which one try has just been spent."""

    code_id: int
    person_id: int | None
    code_digest: bytes
    tries: int


@dataclass(frozen=True, slots=True)
class StaffSecrets:
    """What a staff sign-in is checked against."""

    staff_id: int
    password_hash: str
    totp_secret: str
    last_totp_step: int
    failed_tries: int
    locked_until: datetime | None


def keys_of(tx: Tx, registration: Registration) -> Keys:
    """The blind indexes of a registration."""
    index = tx.keyring.index
    return Keys(
        nik=index(_NIK, registration.nik),
        kk=index(_KK, registration.kk),
        phone=index(_PHONE, registration.phone),
        email=index(_EMAIL, registration.email),
    )


def lock_registration(tx: Tx, *, alone: bool) -> None:
    """Keep lists of registrations from waiting for each other in a circle."""
    tx.run(sql["lock_registration"], alone=alone)


def known(tx: Tx, keys: Sequence[Keys]) -> list[Known]:
    """Everybody who holds one of these NIKs, phones or addresses."""
    return tx.rows(
        Known,
        sql["known"],
        niks=[k.nik for k in keys],
        phones=[k.phone for k in keys],
        emails=[k.email for k in keys],
    )


def barred(tx: Tx, nik_indexes: Sequence[bytes]) -> dict[bytes, str]:
    """The reason for each of these NIKs that is barred."""
    return dict(tx.tuples(sql["barred"], niks=list(nik_indexes)))


def insert_people(
    tx: Tx, registrations: Sequence[tuple[Registration, Keys]], now: datetime
) -> dict[bytes, tuple[int, str]]:
    """Add people in NIK-index order; id and public id of each that was added, by NIK index."""
    rows = sorted(registrations, key=lambda row: row[1].nik)
    people, keys = [row[0] for row in rows], [row[1] for row in rows]
    seal = tx.keyring.seal
    added = tx.tuples(
        sql["insert_people"],
        now=now,
        public_ids=[random_code(_PUBLIC_ID_LENGTH) for _ in people],
        names=[p.name for p in people],
        birth_dates=[p.birth_date for p in people],
        sexes=[p.sex for p in people],
        province_codes=[p.province_code for p in people],
        educations=[p.education for p in people],
        situations=[p.situation for p in people],
        in_schools=[p.in_formal_education for p in people],
        citizenships=[p.citizenship for p in people],
        languages=[p.language for p in people],
        niks_sealed=[seal(_NIK, p.nik) for p in people],
        niks=[k.nik for k in keys],
        kks_sealed=[seal(_KK, p.kk) for p in people],
        kks=[k.kk for k in keys],
        phones_sealed=[seal(_PHONE, p.phone) for p in people],
        phones=[k.phone for k in keys],
        emails_sealed=[seal(_EMAIL, p.email) for p in people],
        emails=[k.email for k in keys],
    )
    return {nik_index: (person_id, public_id) for nik_index, person_id, public_id in added}


def persons(tx: Tx, person_ids: Sequence[int]) -> dict[int, Person]:
    """People by id; unknown ids are left out."""
    return {p.person_id: p for p in tx.rows(Person, sql["persons"], person_ids=list(person_ids))}


def person_named(tx: Tx, public_id: str) -> Person | None:
    """The person with a public id."""
    return tx.row(Person, sql["person_named"], public_id=public_id)


def contacts(tx: Tx, person_ids: Sequence[int]) -> dict[int, Contact]:
    """How to reach people, opened."""
    open_ = tx.keyring.open
    return {
        person_id: Contact(person_id, name, open_(_PHONE, phone), open_(_EMAIL, email), language)
        for person_id, name, phone, email, language in tx.tuples(sql["contacts"], person_ids=list(person_ids))
    }


def niks(tx: Tx, person_ids: Sequence[int]) -> dict[int, str]:
    """Identity numbers, opened."""
    open_ = tx.keyring.open
    rows = tx.tuples(sql["niks"], person_ids=list(person_ids))
    return {person_id: open_(_NIK, sealed) for person_id, sealed in rows}


def bar(tx: Tx, person_ids: Sequence[int], reason: str, now: datetime) -> list[tuple[int, str]]:
    """Bar people; id and public id of those who were free until now."""
    return [
        (person_id, public_id)
        for person_id, public_id in tx.tuples(sql["bar"], person_ids=list(person_ids), reason=reason, now=now)
    ]


def address_index(tx: Tx, channel: Channel, address: str) -> bytes:
    """The blind index of a phone number or mail address."""
    return tx.keyring.index(_ADDRESS[channel], address)


def lock_address(tx: Tx, address: bytes) -> None:
    """Requests for one address take turns."""
    tx.run(sql["lock_address"], address=address)


def codes_since(tx: Tx, address: bytes, since: datetime) -> list[datetime]:
    """When codes were made for an address, oldest first."""
    return tx.values(sql["codes_since"], address=address, since=since)


def owner_of_address(tx: Tx, address: bytes) -> Owner | None:
    """Whoever registered with this phone number or mail address."""
    open_ = tx.keyring.open
    for person_id, public_id, name, phone, email, language in tx.tuples(sql["owner_of_address"], address=address):
        return Owner(person_id, public_id, name, open_(_PHONE, phone), open_(_EMAIL, email), language)
    return None


def insert_code(
    tx: Tx, *, handle: bytes, address: bytes, person_id: int | None, code: bytes, now: datetime, expires_at: datetime
) -> None:
    """Keep a code's digest, also for an address that nobody has."""
    tx.run(
        sql["insert_code"],
        handle=handle,
        address=address,
        person_id=person_id,
        code=code,
        now=now,
        expires_at=expires_at,
    )


@contextmanager
def kept_only_if(tx: Tx, wanted: bool) -> Iterator[None]:
    """Do the same work either way, so that its time tells nothing, and undo it when it is not wanted."""
    with tx.savepoint():
        yield
        if not wanted:
            raise Rollback


def spend_try(tx: Tx, handle: bytes, most: int, now: datetime) -> Tried | None:
    """Spend a try on a living code and lock it; None when it is used, over, tried out or unknown."""
    return tx.row(Tried, sql["spend_try"], handle=handle, most=most, now=now)


def code_state(tx: Tx, handle: bytes, now: datetime) -> tuple[bool, int] | None:
    """Whether a code was used, and how often it was tried; None when it has run out or is unknown."""
    rows = tx.tuples(sql["code_state"], handle=handle, now=now)
    return (rows[0][0], rows[0][1]) if rows else None


def use_code(tx: Tx, code_id: int, now: datetime) -> None:
    """The code has done its work."""
    tx.run(sql["use_code"], code_id=code_id, now=now)


def insert_session(
    tx: Tx,
    token: bytes,
    *,
    now: datetime,
    expires_at: datetime,
    person_id: int | None = None,
    staff_id: int | None = None,
) -> None:
    """Open a session under the digest of its token."""
    tx.run(sql["insert_session"], token=token, person_id=person_id, staff_id=staff_id, now=now, expires_at=expires_at)


def person_of_session(tx: Tx, token: bytes, now: datetime) -> Person | None:
    """Who is signed in with this token."""
    return tx.row(Person, sql["person_of_session"], token=token, now=now)


def staff_of_session(tx: Tx, token: bytes, now: datetime) -> Staff | None:
    """Which member of staff is signed in with this token."""
    for staff_id, email, name, role in tx.tuples(sql["staff_of_session"], token=token, now=now):
        return Staff(staff_id, email, name, Role(role))
    return None


def end_session(tx: Tx, token: bytes) -> tuple[int | None, str | None, int | None] | None:
    """Forget a session; person id and public id, or staff id, of whose it was."""
    rows = tx.tuples(sql["end_session"], token=token)
    return (rows[0][0], rows[0][1], rows[0][2]) if rows else None


def insert_staff(
    tx: Tx, *, email: str, name: str, role: Role, password_hash: str, totp: str, now: datetime
) -> int | None:
    """A new member of staff; None when the address is taken."""
    staff_id: int | None = tx.value(
        sql["insert_staff"],
        email=email,
        name=name,
        role=role.value,
        password_hash=password_hash,
        totp=tx.keyring.seal(_TOTP, totp),
        now=now,
    )
    return staff_id


def staff_to_check(tx: Tx, email: str) -> StaffSecrets | None:
    """The secrets of one account, locked until this transaction ends."""
    for staff_id, password_hash, totp, last_step, failed_tries, locked_until in tx.tuples(
        sql["staff_to_check"], email=email
    ):
        secret = tx.keyring.open(_TOTP, totp)
        return StaffSecrets(staff_id, password_hash, secret, last_step, failed_tries, locked_until)
    return None


def staff_failed(tx: Tx, staff_id: int, failed_tries: int, locked_until: datetime | None) -> None:
    """Count a failure, or lock."""
    tx.run(sql["staff_failed"], staff_id=staff_id, failed_tries=failed_tries, locked_until=locked_until)


def staff_passed(tx: Tx, staff_id: int, step: int) -> None:
    """Forget failures and spend the step of the second factor."""
    tx.run(sql["staff_passed"], staff_id=staff_id, step=step)


def staff_members(tx: Tx) -> list[Staff]:
    """Everybody who works in the programme office, by address."""
    found = tx.tuples(sql["staff_members"])
    return [Staff(staff_id, email, name, Role(role)) for staff_id, email, name, role in found]


def end_staff(tx: Tx, email: str, now: datetime) -> int | None:
    """End somebody's account and sessions; None when there is no such account."""
    staff_id: int | None = tx.value(sql["end_staff"], email=email, now=now)
    return staff_id


def sweep(tx: Tx, before: datetime, limit: int) -> int:
    """Throw away codes and sessions that ran out before a moment; how many."""
    return int(tx.value(sql["sweep"], before=before, limit=limit))
