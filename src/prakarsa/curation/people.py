"""Verbs of who may judge: declared ties, and the refusal of everybody who belongs with those they would judge."""

from datetime import datetime

from prakarsa.curation import rules, store
from prakarsa.curation.model import Interest
from prakarsa.curation.refusals import ConflictOfInterest, InterestKnown, InterestUnknown, NotAnAssessor
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx
from prakarsa.partner import actions as partners
from prakarsa.people import staff
from prakarsa.people.model import Role

LONGEST_NAME = 200


def declare_interest(tx: Tx, who: str, partner_code: str, words: str, *, by: str, now: datetime) -> None:
    """Somebody ("staff/7" or their address) belongs with a partner: works for it, owns a share, is married into it.

    From now on they judge neither it nor anybody it owns or is owned by, at any depth.
    Raises PartnerUnknown, InterestKnown, BadField.
    """
    found = partners.partner(tx, partner_code)
    person, told = rules.text("who", staff.named(tx, who), LONGEST_NAME), rules.text("words", words, 500)
    if not store.insert_interest(tx, person, found.partner_id, told, by, now):
        raise InterestKnown(person, partner_code)
    facts = {"who": person, "by": by}
    journal.record(tx, [Event("curation.interest_declared", f"partner/{partner_code}", facts=facts)], now=now)


def end_interest(tx: Tx, who: str, partner_code: str, *, by: str, now: datetime) -> None:
    """A declared tie is over. Raises PartnerUnknown, InterestUnknown."""
    found = partners.partner(tx, partner_code)
    person = staff.named(tx, who)
    if not store.end_interest(tx, person, found.partner_id, now):
        raise InterestUnknown(person, partner_code)
    facts = {"who": person, "by": by}
    journal.record(tx, [Event("curation.interest_ended", f"partner/{partner_code}", facts=facts)], now=now)


def interests(tx: Tx, who: str | None = None) -> list[Interest]:
    """Ties in force, of one person or of everybody."""
    return store.interests(tx, who)


def conflict(tx: Tx, who: str, institution_id: int, institution_code: str) -> ConflictOfInterest | None:
    """Why somebody may not judge an institution; None when nothing is declared that stands in the way.

    Source: KPK 2020, conflict of interest between those who sell, teach and judge (programme-rules 12).
    """
    declared = store.interests(tx, who)
    related = partners.affiliated_pairs(tx, [(each.partner_id, institution_id) for each in declared])
    near = (each for each in declared if (each.partner_id, institution_id) in related)
    found = next(near, None)
    return None if found is None else ConflictOfInterest(who, institution_code, found.client_code, found.words)


def check_no_conflict(tx: Tx, who: str, institution_id: int, institution_code: str) -> None:
    """Nobody judges those they belong with. Raises ConflictOfInterest."""
    if refusal := conflict(tx, who, institution_id, institution_code):
        raise refusal


def working_as(tx: Tx, who: str, role: Role) -> str:
    """The name in the journal of somebody who works in this role, given that name or their address.

    Raises NotAnAssessor.
    """
    for member in staff.staff_members(tx):
        if who in {f"staff/{member.staff_id}", member.email} and member.role is role:
            return f"staff/{member.staff_id}"
    raise NotAnAssessor(who[:LONGEST_NAME], role)
