"""The SQL of attendance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from prakarsa.attendance.model import (
    Bought,
    Finished,
    OpenVerification,
    Proof,
    TestCode,
    TrialCase,
    Verification,
)
from prakarsa.attendance.refusals import EmailAlreadyUsed
from prakarsa.kernel.db import Tx, queries
from prakarsa.kernel.keyring import token_digest

sql = queries(__file__)
_EMAIL = "learning.email"


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with one of its set meetings, if it has any."""

    meetings: int
    card_revoked_at: datetime | None
    sequence: int | None
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptTestCode:
    """A test code with what was attended on it."""

    redeem_code: str
    institution_id: int
    test_case: str
    issued_at: datetime
    attended: dict[int, datetime]


def class_of_purchase(tx: Tx, purchase_id: int) -> list[ClassRow]:
    """How many meetings the class has, which of them have a set moment, and whether the card was revoked."""
    return tx.rows(ClassRow, sql["class_of_purchase"], purchase_id=purchase_id)


def voided_at(tx: Tx, purchase_id: int) -> datetime | None:
    """When a purchase was cancelled, if it was."""
    at: datetime | None = tx.value(sql["voided_at"], purchase_id=purchase_id)
    return at


def attended(tx: Tx, purchase_id: int) -> dict[int, datetime]:
    """What was attended of a purchase: moments by sequence."""
    return dict(tx.tuples(sql["attended"], purchase_id=purchase_id))


def insert_attended(tx: Tx, purchase_id: int, sequence: int, proof: Proof, now: datetime) -> bool:
    """Attend a step; whether it is new."""
    return tx.run(sql["insert_attended"], purchase_id=purchase_id, sequence=sequence, proof=proof.value, now=now) == 1


def insert_finished(tx: Tx, purchase_id: int, now: datetime) -> None:
    """Have somebody decide whether this purchase is complete."""
    tx.run(sql["insert_finished"], purchase_id=purchase_id, now=now)


def lock_finished(tx: Tx, limit: int) -> dict[int, int]:
    """Purchases that wait to be decided, held until this transaction ends: their cards by purchase."""
    return dict(tx.tuples(sql["lock_finished"], limit=limit))


def take_finished(tx: Tx, purchase_ids: Sequence[int]) -> list[Finished]:
    """Take these away, with what was attended."""
    rows = tx.tuples(sql["take_finished"], purchase_ids=list(purchase_ids))
    return [Finished(purchase_id, meetings, frozenset(seq), last_at) for purchase_id, meetings, seq, last_at in rows]


def redirect_uris(tx: Tx, partner_id: int) -> set[str]:
    """The addresses a partner registered."""
    return set(tx.values(sql["redirect_uris"], partner_id=partner_id))


def take_learning_account(tx: Tx, course_id: int, email: str, purchase_id: int) -> None:
    """Give an address to a purchase for this course. Raises EmailAlreadyUsed."""
    index = tx.keyring.index(_EMAIL, email)
    taken = tx.value(sql["take_learning_account"], course_id=course_id, email_index=index, purchase_id=purchase_id)
    if taken is None:
        raise EmailAlreadyUsed


def insert_verification(
    tx: Tx,
    state: str,
    *,
    purchase_id: int | None,
    test_code: str | None,
    sequence: int,
    redirect_uri: str,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Keep a verification under the digest of its state."""
    tx.run(
        sql["insert_verification"],
        state_digest=token_digest(state),
        purchase_id=purchase_id,
        test_code=test_code,
        sequence=sequence,
        redirect_uri=redirect_uri,
        now=now,
        expires_at=expires_at,
    )


def lock_verification(tx: Tx, state: str) -> OpenVerification | None:
    """The verification with this state, held until this transaction ends."""
    rows = tx.tuples(sql["lock_verification"], state_digest=token_digest(state))
    if not rows:
        return None
    number, sequence, uri, expires_at, consented_at, check_id, outcome, test_code, public_id, *bought = rows[0]
    return OpenVerification(
        number,
        Bought(*bought) if test_code is None else None,
        public_id,
        test_code,
        sequence,
        uri,
        expires_at,
        consented_at,
        check_id,
        outcome,
    )


def verification_page(tx: Tx, verification_id: int) -> Verification | None:
    """What the consent page shows."""
    return tx.row(Verification, sql["verification_page"], verification_id=verification_id)


def consent(tx: Tx, verification_id: int, check_id: str, now: datetime) -> None:
    """The person agreed, and this check began."""
    tx.run(sql["consent"], verification_id=verification_id, check_id=check_id, now=now)


def decide(tx: Tx, verification_id: int, outcome: str, now: datetime) -> None:
    """The provider has decided."""
    tx.run(sql["decide"], verification_id=verification_id, outcome=outcome, now=now)


def lock_test_code(tx: Tx, redeem_code: str) -> None:
    """Hold a test code until this transaction ends."""
    tx.run(sql["lock_test_code"], redeem_code=redeem_code)


def test_code(tx: Tx, redeem_code: str) -> KeptTestCode | None:
    """One test code."""
    rows = tx.tuples(sql["test_code"], redeem_code=redeem_code)
    if not rows:
        return None
    code, institution_id, test_case, issued_at, moments = rows[0]
    by_sequence = {int(sequence): datetime.fromisoformat(at) for sequence, at in moments.items()}
    return KeptTestCode(code, institution_id, test_case, issued_at, by_sequence)


def attend_test_code(tx: Tx, redeem_code: str, sequence: int, now: datetime) -> None:
    """Attend a step of a test code; the first time stands."""
    tx.run(sql["attend_test_code"], redeem_code=redeem_code, sequence=str(sequence), now=now)


def reset_test_code(tx: Tx, redeem_code: str, attended: Mapping[int, datetime]) -> None:
    """Set a test code's attendance to this."""
    tx.run(sql["reset_test_code"], redeem_code=redeem_code, attended=_moments(attended))


def insert_test_codes(
    tx: Tx, institution_id: int, fresh: Sequence[tuple[str, TrialCase, Mapping[int, datetime]]], now: datetime
) -> None:
    """Keep a code for each case the institution has none for."""
    tx.run(
        sql["insert_test_codes"],
        institution_id=institution_id,
        codes=[code for code, _, _ in fresh],
        cases=[case.name for _, case, _ in fresh],
        attended=[_moments(attended) for _, _, attended in fresh],
        now=now,
    )


def test_codes(tx: Tx, institution_id: int) -> list[TestCode]:
    """An institution's test codes by case."""
    return tx.rows(TestCode, sql["test_codes"], institution_id=institution_id)


def _moments(attended: Mapping[int, datetime]) -> str:
    return msgspec.json.encode({str(sequence): at.isoformat() for sequence, at in attended.items()}).decode()
