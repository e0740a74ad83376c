"""Verbs of what a partner declares about itself: legal form, age, papers, reach (programme-rules 6.2, 6.3)."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.partner import rules, store
from prakarsa.partner.model import Profile
from prakarsa.partner.refusals import PartnerUnknown


def set_profile(tx: Tx, client_code: str, profile: Profile, *, now: datetime) -> Profile:
    """Keep what a partner declares about itself, in place of what it declared before.

    The journal names the fields that changed; numbers of papers stay out of it. Raises PartnerUnknown, BadField.
    """
    sound = rules.checked_profile(profile, now.astimezone(JAKARTA).date())
    found = store.lock_partner(tx, client_code) if rules.client_code_fits(client_code) else None
    if found is None:
        raise PartnerUnknown(client_code)
    before = store.profiles(tx, [client_code]).get(client_code, Profile())
    changed = [field.name for field in fields(Profile) if getattr(before, field.name) != getattr(sound, field.name)]
    if changed:
        store.set_profile(tx, found.partner_id, sound, now)
        event = Event("partner.profile_changed", f"partner/{client_code}", facts={"fields": changed})
        journal.record(tx, [event], now=now)
    return sound


def profile(tx: Tx, client_code: str) -> Profile:
    """What a partner declares about itself; empty when it never did. Raises PartnerUnknown."""
    if not rules.client_code_fits(client_code) or client_code not in store.partners_by_code(tx, [client_code]):
        raise PartnerUnknown(client_code)
    return profiles(tx, [client_code])[client_code]


def profiles(tx: Tx, client_codes: Sequence[str]) -> dict[str, Profile]:
    """The same of many, by client code; those that declared nothing have an empty one."""
    fitting = [code for code in client_codes if rules.client_code_fits(code)]
    return dict.fromkeys(fitting, Profile()) | store.profiles(tx, fitting)
