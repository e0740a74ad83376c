"""The certificate room's SQL."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from prakarsa.certificate import badge
from prakarsa.certificate.badge import SigningKey
from prakarsa.certificate.model import Background, Certificate, Facts, Fresh
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)
_KEY = "certificate.key"


def background(tx: Tx, purchase_ids: Sequence[int]) -> dict[int, Background]:
    """What certificates need beyond the purchases, by purchase."""
    rows = tx.rows(Background, sql["background"], purchase_ids=list(purchase_ids))
    return {row.purchase_id: row for row in rows}


def insert_certificates(tx: Tx, fresh: Sequence[Fresh], key_id: str, now: datetime) -> None:
    """Keep certificates signed with one key."""
    tx.run(
        sql["insert_certificates"],
        numbers=[each.number for each in fresh],
        purchase_ids=[each.purchase_id for each in fresh],
        person_ids=[each.person_id for each in fresh],
        facts=[msgspec.json.encode(each.facts).decode() for each in fresh],
        credentials=[each.credential for each in fresh],
        key_id=key_id,
        now=now,
    )


def certificate(tx: Tx, number: str) -> Certificate | None:
    """One certificate by its number in written form."""
    found = _certificates(tx, number=number)
    return found[0] if found else None


def of_person(tx: Tx, person_id: int) -> list[Certificate]:
    """A person's certificates, newest first."""
    return _certificates(tx, person_id=person_id)


def revoke(tx: Tx, number: str, reason: str, now: datetime) -> bool:
    """Withdraw a certificate; whether it was valid until now."""
    return tx.run(sql["revoke"], number=number, reason=reason, now=now) == 1


def signing_key(tx: Tx, base_url: str, now: datetime) -> SigningKey:
    """The key in use at an address, made on first use."""
    rows = tx.tuples(sql["key_in_use"], base_url=base_url)
    if not rows:
        fresh = Ed25519PrivateKey.generate()
        tx.run(
            sql["insert_key"],
            key_id=badge.signing_key(fresh, base_url).key_id,
            base_url=base_url,
            secret_sealed=tx.keyring.seal(_KEY, fresh.private_bytes_raw().hex()),
            now=now,
        )
        rows = tx.tuples(sql["key_in_use"], base_url=base_url)
    return _key(tx, *rows[0])


def signing_keys(tx: Tx) -> list[SigningKey]:
    """Every key ever used, oldest first."""
    return [_key(tx, *row) for row in tx.tuples(sql["keys"])]


def programme_name(tx: Tx) -> str | None:
    """What the programme calls itself; None before its first wave."""
    name: str | None = tx.value(sql["programme_name"])
    return name


def _key(tx: Tx, key_id: str, base_url: str, secret_sealed: bytes) -> SigningKey:
    secret = bytes.fromhex(tx.keyring.open(_KEY, secret_sealed))
    return SigningKey(Ed25519PrivateKey.from_private_bytes(secret), base_url, key_id)


def _certificates(tx: Tx, *, number: str | None = None, person_id: int | None = None) -> list[Certificate]:
    return [
        Certificate(
            number,
            purchase_id,
            person_id,
            issued_at,
            msgspec.convert(facts, Facts),
            badge.verification_url(base_url, number),
            credential,
            revoked_at,
            revoke_reason,
        )
        for number, purchase_id, person_id, issued_at, facts, base_url, credential, revoked_at, revoke_reason in (
            tx.tuples(sql["certificates"], number=number, person_id=person_id)
        )
    ]
