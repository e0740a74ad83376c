"""Verbs of the partner room: register, activate, end; keys; return addresses; who owns whom."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind
from prakarsa.partner import rules, store
from prakarsa.partner.desk import contacts_of, desk_of, end_desk_links, issue_desk_link, issue_desk_links, set_contact
from prakarsa.partner.model import (
    Credentials,
    KeySummary,
    NewPartner,
    Ownership,
    Partner,
    PartnerKind,
    PartnerMove,
)
from prakarsa.partner.profiling import profile, profiles, set_profile
from prakarsa.partner.refusals import (
    ClientCodeTaken,
    OwnershipCycle,
    OwnershipUnknown,
    PartnerUnknown,
    TooManyKeys,
    TooManyRedirects,
)

__all__ = [
    "activate",
    "add_redirect",
    "affiliated",
    "affiliated_pairs",
    "amend",
    "contacts_of",
    "desk_of",
    "end",
    "end_desk_links",
    "end_ownership",
    "issue_desk_link",
    "issue_desk_links",
    "issue_key",
    "keys",
    "keys_of",
    "ownerships",
    "partner",
    "partners",
    "partners_of",
    "profile",
    "profiles",
    "record_ownership",
    "redirect_registered",
    "redirects",
    "register",
    "register_all",
    "remove_redirect",
    "revoke_keys",
    "set_contact",
    "set_profile",
]


def register(tx: Tx, new: NewPartner, *, now: datetime, max_commission_percent: int | None = None) -> Partner:
    """Register a platform or institution, active when a basis is given; the same again returns the first.

    The cap is `terms.settlement_max_commission_percent`, which the caller asks of the programme. Return addresses of
    a partner registered earlier stay as they are.
    Raises BadField, CommissionAboveCap, RedirectNotAllowed, TooManyRedirects, ClientCodeTaken.
    """
    (outcome,) = register_all(tx, [new], now=now, max_commission_percent=max_commission_percent)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def register_all(
    tx: Tx, wanted: Sequence[NewPartner], *, now: datetime, max_commission_percent: int | None = None
) -> list[Partner | Refusal]:
    """Register many at once, in order: each a partner, or the refusal that `register` would raise for it."""
    checked = [_checked(new, max_commission_percent) for new in wanted]
    drafts: dict[str, NewPartner] = {}
    for new in checked:
        if isinstance(new, NewPartner):
            drafts.setdefault(new.client_code, new)
    accounts = ledger.open_accounts(tx, AccountKind.PARTNER, list(drafts))
    added = store.insert_partners(tx, [(new, rules.first_status(new)) for new in drafts.values()], accounts, now)
    known = store.partners_by_code(tx, list(drafts))
    fresh = [(drafts[code], known[code]) for code in drafts if code in added]
    store.insert_redirects(tx, [(partner.partner_id, uri) for new, partner in fresh for uri in new.redirect_uris])
    journal.record(tx, [_registered(new, partner) for new, partner in fresh], now=now)
    return [new if isinstance(new, Refusal) else _as_known(new, known[new.client_code]) for new in checked]


def partner(tx: Tx, client_code: str) -> Partner:
    """One partner. Raises PartnerUnknown."""
    found = store.partners_by_code(tx, [client_code]) if rules.client_code_fits(client_code) else {}
    if client_code not in found:
        raise PartnerUnknown(client_code)
    return found[client_code]


def partners_of(tx: Tx, client_codes: Sequence[str]) -> dict[str, Partner]:
    """The partners that have these client codes, by code; codes nobody has are left out."""
    return store.partners_by_code(tx, [code for code in client_codes if rules.client_code_fits(code)])


def partners(tx: Tx, kind: PartnerKind | None = None, *, after: str = "", limit: int | None = None) -> list[Partner]:
    """Partners by client code, all or one page after a code. Raises BadField."""
    if after and not rules.client_code_fits(after):
        raise BadField("after", msg("it is not a client code"))
    return store.partners(tx, kind, after, limit)


def activate(
    tx: Tx, client_code: str, basis: str, *, now: datetime, max_commission_percent: int | None = None
) -> Partner:
    """An agreement (platform, Permenko 11/2020 art. 36(1)) or decree (institution, art. 30(1)) was signed.

    Raises PartnerUnknown, StatusMoveRefused, BasisMissing, BadField, CommissionAboveCap.
    """
    found = _locked(tx, client_code)
    status = rules.after(found, PartnerMove.ACTIVATE, basis.strip())
    rules.check_commission(found.kind, found.commission_percent, max_commission_percent)
    changed = store.change_partner(tx, found, status, rules.tidy("basis", basis), found.commission_percent)
    journal.record(tx, [_event("activated", client_code, {"basis": changed.basis})], now=now)
    return changed


def amend(
    tx: Tx,
    client_code: str,
    basis: str,
    commission_percent: int,
    *,
    now: datetime,
    max_commission_percent: int | None = None,
) -> Partner:
    """A new agreement replaces the one in force, with its own commission.

    Raises PartnerUnknown, StatusMoveRefused, BasisMissing, BadField, CommissionAboveCap.
    """
    found = _locked(tx, client_code)
    status = rules.after(found, PartnerMove.AMEND, basis.strip())
    rules.check_commission(found.kind, commission_percent, max_commission_percent)
    changed = store.change_partner(tx, found, status, rules.tidy("basis", basis), commission_percent)
    facts: Facts = {"basis": changed.basis, "commission_percent": commission_percent}
    journal.record(tx, [_event("amended", client_code, facts)], now=now)
    return changed


def end(tx: Tx, client_code: str, reason: str, *, now: datetime) -> Partner:
    """The agreement or decree is over; every key stops at once. Raises PartnerUnknown, StatusMoveRefused, BadField."""
    found = _locked(tx, client_code)
    status = rules.after(found, PartnerMove.END)
    changed = store.change_partner(tx, found, status, found.basis, found.commission_percent)
    revoked = store.revoke_keys(tx, found.partner_id, None, now)
    facts: Facts = {"reason": rules.tidy("reason", reason), "keys_revoked": revoked}
    journal.record(tx, [_event("ended", client_code, facts)], now=now)
    return changed


def issue_key(tx: Tx, client_code: str, *, now: datetime, overlap: timedelta = timedelta()) -> str:
    """A new signing key: 32 lowercase hexadecimal digits, shown this once and kept sealed (partner-api 1.3).

    Keys issued earlier stay valid for `overlap`, so that a partner can change over without a gap.
    Raises PartnerUnknown, PartnerEnded, TooManyKeys, BadField.
    """
    rules.check_overlap(overlap)
    found = _locked(tx, client_code)
    rules.check_may_sign(found)
    store.expire_keys(tx, found.partner_id, now + overlap)
    if store.keys_in_use(tx, found.partner_id, now) >= rules.MOST_KEYS:
        raise TooManyKeys(client_code, rules.MOST_KEYS)
    secret = secrets.token_hex(16)
    key_id = store.insert_key(tx, found.partner_id, secret, now)
    facts: Facts = {"key_id": key_id, "older_keys_until": now + overlap}
    journal.record(tx, [_event("key_issued", client_code, facts)], now=now)
    return secret


def revoke_keys(tx: Tx, client_code: str, *, now: datetime, key_id: int | None = None) -> int:
    """Stop every key of a partner, or the one named, at once; how many were stopped. Raises PartnerUnknown."""
    found = _locked(tx, client_code)
    revoked = store.revoke_keys(tx, found.partner_id, key_id, now)
    if revoked:
        journal.record(tx, [_event("keys_revoked", client_code, {"keys": revoked, "key_id": key_id})], now=now)
    return revoked


def keys(tx: Tx, client_code: str) -> list[KeySummary]:
    """The life of each key, newest first, without any secret. Raises PartnerUnknown."""
    return store.keys(tx, partner(tx, client_code).partner_id)


def keys_of(tx: Tx, client_code: str, now: datetime) -> Credentials | None:
    """A partner and the secrets it may sign with now; None when nobody has the code.

    The partner may be pending or ended: whoever admits a request looks at its status too.
    """
    return store.credentials(tx, client_code, now) if rules.client_code_fits(client_code) else None


def add_redirect(tx: Tx, client_code: str, uri: str, *, now: datetime) -> None:
    """Register an address people may be sent back to; once more changes nothing.

    Raises PartnerUnknown, RedirectNotAllowed, TooManyRedirects.
    """
    rules.check_redirect(uri)
    found = _locked(tx, client_code)
    known = store.redirects(tx, found.partner_id)
    if uri in known:
        return
    if len(known) >= rules.MOST_REDIRECTS:
        raise TooManyRedirects(client_code, rules.MOST_REDIRECTS)
    store.insert_redirects(tx, [(found.partner_id, uri)])
    journal.record(tx, [_event("redirect_added", client_code, {"uri": uri})], now=now)


def remove_redirect(tx: Tx, client_code: str, uri: str, *, now: datetime) -> None:
    """Forget a return address; nothing happens when it was not registered. Raises PartnerUnknown."""
    found = _locked(tx, client_code)
    if uri in store.redirects(tx, found.partner_id):
        store.delete_redirect(tx, found.partner_id, uri)
        journal.record(tx, [_event("redirect_removed", client_code, {"uri": uri})], now=now)


def redirects(tx: Tx, client_code: str) -> list[str]:
    """The registered return addresses of a partner. Raises PartnerUnknown."""
    return store.redirects(tx, partner(tx, client_code).partner_id)


def redirect_registered(tx: Tx, partner_id: int, uri: str) -> bool:
    """Whether this very address, character by character, is registered."""
    return uri in store.redirects(tx, partner_id)


def record_ownership(tx: Tx, owner_code: str, owned_code: str, since: date, *, now: datetime) -> None:
    """One partner owns another since a day; recording it again changes nothing.

    Who belongs with whom (`partner.affiliation`) is made anew in the same transaction. Listings that become forbidden
    by it are ended by `catalogue.actions.end_affiliated_listings`, which the caller calls next.
    Raises PartnerUnknown, BadField (a day to come), OwnershipCycle naming the path.
    """
    owner, owned = partner(tx, owner_code), partner(tx, owned_code)
    rules.check_since(since, now.astimezone(JAKARTA).date())
    store.lock_ownership(tx)
    if path := rules.path_down(store.owned_below(tx, owned.partner_id), owned_code, owner_code):
        raise OwnershipCycle(owner_code, owned_code, " > ".join([*path, owned_code]))
    if store.insert_ownership(tx, owner.partner_id, owned.partner_id, since):
        store.rebuild_affiliation(tx)
        facts: Facts = {"owned": owned_code, "since": since}
        journal.record(tx, [_event("ownership_recorded", owner_code, facts)], now=now)


def end_ownership(tx: Tx, owner_code: str, owned_code: str, *, now: datetime) -> None:
    """One partner no longer owns another; what was forbidden by it alone may be listed again.

    Raises PartnerUnknown, OwnershipUnknown.
    """
    owner, owned = partner(tx, owner_code), partner(tx, owned_code)
    store.lock_ownership(tx)
    if not store.delete_ownership(tx, owner.partner_id, owned.partner_id):
        raise OwnershipUnknown(owner_code, owned_code)
    store.rebuild_affiliation(tx)
    journal.record(tx, [_event("ownership_ended", owner_code, {"owned": owned_code})], now=now)


def ownerships(tx: Tx) -> list[Ownership]:
    """Every recorded ownership, by owner."""
    return store.ownerships(tx)


def affiliated(tx: Tx, platform_id: int, institution_id: int) -> bool:
    """Whether one of the two is the other or owns it, directly or through others (Permenko 11/2020 art. 36(5))."""
    return bool(store.affiliated(tx, [(platform_id, institution_id)]))


def affiliated_pairs(tx: Tx, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of many (platform, institution) pairs of which `affiliated` would be true."""
    return store.affiliated(tx, pairs) if pairs else set()


def _checked(new: NewPartner, max_commission_percent: int | None) -> NewPartner | Refusal:
    try:
        return rules.checked(new, max_commission_percent)
    except Refusal as refusal:
        return refusal


def _as_known(new: NewPartner, known: Partner) -> Partner | Refusal:
    return known if rules.same_partner(known, new) else ClientCodeTaken(new.client_code)


def _registered(new: NewPartner, partner: Partner) -> Event:
    facts: Facts = {
        "kind": partner.kind,
        "status": partner.status,
        "basis": partner.basis,
        "commission_percent": partner.commission_percent,
        "redirect_uris": new.redirect_uris,
    }
    return _event("registered", partner.client_code, facts)


def _locked(tx: Tx, client_code: str) -> Partner:
    found = store.lock_partner(tx, client_code) if rules.client_code_fits(client_code) else None
    if found is None:
        raise PartnerUnknown(client_code)
    return found


def _event(what: str, client_code: str, facts: Facts) -> Event:
    return Event(f"partner.{what}", f"partner/{client_code}", facts=facts)
