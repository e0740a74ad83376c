"""The SQL of a partner's desk. Addresses are sealed before they reach a statement; links are kept as digests."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.kernel.db import Tx
from prakarsa.partner.model import Partner, PartnerContact
from prakarsa.partner.store import partner_of, sql

_CONTACT = "partner.contact"


def set_contact(tx: Tx, partner_id: int, email: str, language: str, now: datetime) -> None:
    """Keep an address, in place of an earlier one."""
    sealed = tx.keyring.seal(_CONTACT, email)
    tx.run(sql["set_contact"], partner_id=partner_id, email_sealed=sealed, language=language, now=now)


def contacts(tx: Tx, client_codes: Sequence[str]) -> dict[str, PartnerContact]:
    """The contacts of these partners, opened, by client code."""
    return {
        code: PartnerContact(code, name, tx.keyring.open(_CONTACT, sealed), language)
        for code, name, sealed, language in tx.tuples(sql["contacts"], client_codes=list(client_codes))
    }


def insert_links(tx: Tx, links: Sequence[tuple[bytes, int]], now: datetime, expires_at: datetime) -> None:
    """Keep links: digest and partner of each."""
    digests, partner_ids = [digest for digest, _ in links], [partner_id for _, partner_id in links]
    tx.run(sql["insert_desk_links"], digests=digests, partner_ids=partner_ids, now=now, expires_at=expires_at)


def link(tx: Tx, digest: bytes, now: datetime) -> tuple[bytes, Partner] | None:
    """The digest as kept and the partner of a link that works now."""
    rows = tx.tuples(sql["desk_link"], digest=digest, now=now)
    return (bytes(rows[0][0]), partner_of(rows[0][1:])) if rows else None


def end_links(tx: Tx, partner_id: int, now: datetime) -> int:
    """End every link of a partner; how many worked."""
    return tx.run(sql["end_desk_links"], partner_id=partner_id, now=now)
