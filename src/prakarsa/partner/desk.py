"""Verbs of a partner's desk: whom to write to, and the link in a letter that lets a partner answer without an account.

A link is a capability: whoever has it may answer for the partner until it ends. Only a digest of it is kept, and a new
address ends every link that went to the old one.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel.db import Tx
from prakarsa.kernel.keyring import same, token_digest
from prakarsa.partner import desk_store, rules, store
from prakarsa.partner.model import Partner, PartnerContact
from prakarsa.partner.refusals import PartnerUnknown

LINK_DAYS = 30
TOKEN_BYTES = 32
_TOKEN_LENGTH = 43


def set_contact(tx: Tx, client_code: str, email: str, language: str, *, now: datetime) -> PartnerContact:
    """Say whom to write to at a partner, and in which language; the same again changes nothing.

    Links that were mailed to another address stop working at once. Raises PartnerUnknown, BadField.
    """
    address, tongue = rules.read_email(email), rules.read_language(language)
    found = store.lock_partner(tx, client_code) if rules.client_code_fits(client_code) else None
    if found is None:
        raise PartnerUnknown(client_code)
    before = desk_store.contacts(tx, [client_code]).get(client_code)
    contact = PartnerContact(client_code, found.name, address, tongue)
    if contact != before:
        desk_store.set_contact(tx, found.partner_id, address, tongue, now)
        moved = before is not None and before.email != address
        ended = desk_store.end_links(tx, found.partner_id, now) if moved else 0
        facts: Facts = {"language": tongue, "links_ended": ended}
        journal.record(tx, [Event("partner.contact_set", f"partner/{client_code}", facts=facts)], now=now)
    return contact


def contacts_of(tx: Tx, client_codes: Sequence[str]) -> dict[str, PartnerContact]:
    """Whom to write to at these partners, by client code; those who named nobody are left out."""
    return desk_store.contacts(tx, [code for code in client_codes if rules.client_code_fits(code)])


def issue_desk_link(tx: Tx, client_code: str, *, now: datetime, until: datetime | None = None) -> str:
    """A new link to a partner's desk: its token, shown this once. Ends after 30 days, or at `until` if later.

    Raises PartnerUnknown.
    """
    return issue_desk_links(tx, [client_code], now=now, until=until)[client_code]


def issue_desk_links(
    tx: Tx, client_codes: Sequence[str], *, now: datetime, until: datetime | None = None
) -> dict[str, str]:
    """New links for many partners at once: tokens by client code. Raises PartnerUnknown."""
    known = store.partners_by_code(tx, [code for code in client_codes if rules.client_code_fits(code)])
    if unknown := [code for code in client_codes if code not in known]:
        raise PartnerUnknown(unknown[0])
    expires_at = max(now + timedelta(days=LINK_DAYS), until or now)
    tokens = {code: secrets.token_urlsafe(TOKEN_BYTES) for code in known}
    rows = [(token_digest(token), known[code].partner_id) for code, token in tokens.items()]
    desk_store.insert_links(tx, rows, now, expires_at)
    facts: Facts = {"until": expires_at}
    events = [Event("partner.desk_link_issued", f"partner/{code}", facts=facts) for code in tokens]
    journal.record(tx, events, now=now)
    return tokens


def desk_of(tx: Tx, token: str, now: datetime) -> Partner | None:
    """The partner whose desk this token opens now; None for a token that ended, or that nobody was given.

    A partner whose agreement is over still gets in: it may owe answers.
    """
    if len(token) != _TOKEN_LENGTH or not token.isascii():
        return None
    digest = token_digest(token)
    found = desk_store.link(tx, digest, now)
    return found[1] if found is not None and same(found[0], digest) else None


def end_desk_links(tx: Tx, client_code: str, *, now: datetime) -> int:
    """Stop every link to a partner's desk, as when a letter went astray; how many. Raises PartnerUnknown."""
    found = store.lock_partner(tx, client_code) if rules.client_code_fits(client_code) else None
    if found is None:
        raise PartnerUnknown(client_code)
    ended = desk_store.end_links(tx, found.partner_id, now)
    if ended:
        journal.record(
            tx, [Event("partner.desk_links_ended", f"partner/{client_code}", facts={"links": ended})], now=now
        )
    return ended
