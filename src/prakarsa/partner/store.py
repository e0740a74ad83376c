"""The partner room's SQL. Signing keys are sealed before they reach a statement."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from prakarsa.kernel.db import Tx, queries
from prakarsa.partner.model import (
    Credentials,
    KeySummary,
    LegalForm,
    NewPartner,
    Ownership,
    Partner,
    PartnerKind,
    PartnerStatus,
    Profile,
)

sql = queries(__file__)
_SIGN_KEY = "partner.sign_key"


def insert_partners(
    tx: Tx, drafts: Sequence[tuple[NewPartner, PartnerStatus]], account_ids: Sequence[int], now: datetime
) -> set[str]:
    """Insert those whose client code is free; the codes inserted."""
    return set(
        tx.values(
            sql["insert_partners"],
            kinds=[new.kind.value for new, _ in drafts],
            client_codes=[new.client_code for new, _ in drafts],
            names=[new.name for new, _ in drafts],
            statuses=[status.value for _, status in drafts],
            bases=[new.basis for new, _ in drafts],
            commissions=[new.commission_percent for new, _ in drafts],
            account_ids=list(account_ids),
            now=now,
        )
    )


def partners_by_code(tx: Tx, client_codes: Sequence[str]) -> dict[str, Partner]:
    """The partners that have these codes, by code."""
    found = [partner_of(row) for row in tx.tuples(sql["partners_by_code"], client_codes=list(client_codes))]
    return {partner.client_code: partner for partner in found}


def partners(tx: Tx, kind: PartnerKind | None, after: str, limit: int | None) -> list[Partner]:
    """Partners by client code."""
    return [partner_of(row) for row in tx.tuples(sql["partners"], kind=kind, after=after, limit=limit)]


def lock_partner(tx: Tx, client_code: str) -> Partner | None:
    """One partner, locked, so that changes to it and to its keys queue."""
    rows = tx.tuples(sql["lock_partner"], client_code=client_code)
    return partner_of(rows[0]) if rows else None


def change_partner(
    tx: Tx, partner: Partner, status: PartnerStatus, basis: str | None, commission_percent: int
) -> Partner:
    """Another status, basis or commission; the partner as it is now."""
    rows = tx.tuples(
        sql["change_partner"],
        partner_id=partner.partner_id,
        status=status.value,
        basis=basis,
        commission_percent=commission_percent,
    )
    return partner_of(rows[0])


def insert_key(tx: Tx, partner_id: int, secret: str, now: datetime) -> int:
    """Keep a new key sealed; its id."""
    sealed = tx.keyring.seal(_SIGN_KEY, secret)
    return int(tx.value(sql["insert_key"], partner_id=partner_id, secret_sealed=sealed, now=now))


def expire_keys(tx: Tx, partner_id: int, until: datetime) -> None:
    """Keys in use end at this moment, or earlier if that was said before."""
    tx.run(sql["expire_keys"], partner_id=partner_id, until=until)


def revoke_keys(tx: Tx, partner_id: int, key_id: int | None, now: datetime) -> int:
    """Stop all keys, or one; how many had not been stopped before."""
    return tx.run(sql["revoke_keys"], partner_id=partner_id, key_id=key_id, now=now)


def keys_in_use(tx: Tx, partner_id: int, now: datetime) -> int:
    """How many keys a signature is tried against."""
    return int(tx.value(sql["keys_in_use"], partner_id=partner_id, now=now))


def keys(tx: Tx, partner_id: int) -> list[KeySummary]:
    """Every key's life, newest first."""
    return tx.rows(KeySummary, sql["keys"], partner_id=partner_id)


def credentials(tx: Tx, client_code: str, now: datetime) -> Credentials | None:
    """A partner with its usable secrets, opened, newest first."""
    rows = tx.tuples(sql["credentials"], client_code=client_code, now=now)
    if not rows:
        return None
    *partner, sealed = rows[0]
    return Credentials(partner_of(partner), tuple(tx.keyring.open(_SIGN_KEY, secret) for secret in sealed))


def insert_redirects(tx: Tx, rows: Sequence[tuple[int, str]]) -> None:
    """Keep return addresses; those already kept stay."""
    tx.run(sql["insert_redirects"], partner_ids=[row[0] for row in rows], uris=[row[1] for row in rows])


def delete_redirect(tx: Tx, partner_id: int, uri: str) -> None:
    """Forget a return address."""
    tx.run(sql["delete_redirect"], partner_id=partner_id, uri=uri)


def redirects(tx: Tx, partner_id: int) -> list[str]:
    """The return addresses of a partner, in order."""
    return tx.values(sql["redirects"], partner_id=partner_id)


def lock_ownership(tx: Tx) -> None:
    """Until this transaction ends nobody else changes who owns whom, so two halves of a cycle cannot meet."""
    tx.run(sql["lock_ownership"])


def owned_below(tx: Tx, owner_id: int) -> list[tuple[str, str]]:
    """Every ownership below an owner, as client codes of owner and owned."""
    return [(owner, owned) for owner, owned in tx.tuples(sql["owned_below"], owner_id=owner_id)]


def rebuild_affiliation(tx: Tx) -> None:
    """Make the table of platforms and institutions that belong together agree with who owns whom now."""
    tx.run(sql["rebuild_affiliation"])


def affiliated(tx: Tx, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of these pairs of partners are related by ownership."""
    left_ids, right_ids = [left for left, _ in pairs], [right for _, right in pairs]
    return {(left, right) for left, right in tx.tuples(sql["affiliated"], left_ids=left_ids, right_ids=right_ids)}


def insert_ownership(tx: Tx, owner_id: int, owned_id: int, since: date) -> bool:
    """Keep an ownership; whether it was new."""
    return tx.run(sql["insert_ownership"], owner_id=owner_id, owned_id=owned_id, since=since) == 1


def delete_ownership(tx: Tx, owner_id: int, owned_id: int) -> bool:
    """Forget an ownership; whether it was there."""
    return tx.run(sql["delete_ownership"], owner_id=owner_id, owned_id=owned_id) == 1


def ownerships(tx: Tx) -> list[Ownership]:
    """Every ownership, by owner and owned."""
    return tx.rows(Ownership, sql["ownerships"])


def set_profile(tx: Tx, partner_id: int, profile: Profile, now: datetime) -> None:
    """Keep what a partner declares, in place of what it declared before."""
    tx.run(sql["set_profile"], partner_id=partner_id, **asdict(profile), now=now)


def profiles(tx: Tx, client_codes: Sequence[str]) -> dict[str, Profile]:
    """What these partners declared, by client code; those that declared nothing are left out."""
    rows = tx.tuples(sql["profiles"], client_codes=list(client_codes))
    return {code: _profile(row) for code, *row in rows}


def _profile(row: Sequence[Any]) -> Profile:
    legal_form, founded_on, business_number, tax_number, provinces_served, certified_on, contract = row
    return Profile(
        legal_form=None if legal_form is None else LegalForm(legal_form),
        founded_on=founded_on,
        business_number=business_number,
        tax_number=tax_number,
        provinces_served=provinces_served,
        integration_certified_on=certified_on,
        platform_contract=contract,
    )


def partner_of(row: Sequence[Any]) -> Partner:
    """A partner from the columns that every statement reads it by."""
    partner_id, kind, client_code, name, status, basis, commission_percent, registered_at, account_id = row
    return Partner(
        partner_id,
        PartnerKind(kind),
        client_code,
        name,
        PartnerStatus(status),
        basis,
        commission_percent,
        registered_at,
        account_id,
    )
