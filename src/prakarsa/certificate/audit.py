"""What must always be true of certificates (design, Invariants)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from prakarsa.certificate import actions, badge
from prakarsa.certificate.model import Facts
from prakarsa.certificate.store import sql
from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import Invariant, Problem, stated
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg


@dataclass(frozen=True, slots=True)
class _Proof:
    number: str
    facts: dict[str, Any]
    credential: str


def proof_problem(number: str, facts: Facts, credential: str, public_keys: Mapping[str, Any]) -> str:
    """Why a signed credential does not prove what its certificate says; empty when it does."""
    try:
        proved = badge.verify(credential, public_keys)
    except ValueError as error:
        return str(error)
    said = (number, facts.person_name, facts.course_code, facts.course_title, facts.hours, facts.institution_name)
    signed = (
        proved.number,
        proved.person_name,
        proved.course_code,
        proved.course_title,
        proved.hours,
        proved.institution_name,
    )
    return "" if said == signed else "the signed credential says something else"


def _unproved(tx: Tx) -> list[Problem]:
    public_keys = actions.jwks(tx)
    problems: list[Problem] = []
    with tx.stream(_Proof, sql["audit_proofs"]) as proofs:
        for proof in proofs:
            if problem := _problem(proof, public_keys):
                problems.append(Problem(f"certificate/{proof.number}", {"problem": problem}))
    return problems


def _problem(proof: _Proof, public_keys: Mapping[str, Any]) -> str:
    try:
        facts = msgspec.convert(proof.facts, Facts)
    except msgspec.ValidationError as error:
        return f"its facts cannot be read: {error}"
    return proof_problem(proof.number, facts, proof.credential, public_keys)


INVARIANTS = (
    stated(
        msg("Completed purchases have one certificate each, and no others have any"),
        msg("completion and certificate of {transaction_code} do not agree"),
        sql["audit_completed"],
    ),
    Invariant(msg("The signature of every certificate proves what it says"), "{problem}", _unproved),
    recorded(
        msg("Every certificate issued and withdrawn is in the journal"),
        sql["audit_states"],
        "certificate.issued",
        "certificate.revoked",
    ),
)
