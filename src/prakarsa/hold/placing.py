"""Placing and ending a hold; for wide ones, one person proposes and another confirms."""

from dataclasses import replace
from datetime import datetime

from prakarsa.hold import messages, rules, store
from prakarsa.hold.hearing_model import Proposal
from prakarsa.hold.model import PERSON_PARTY, PRIVATE_SCOPES, SCOPE_WORDS, DueProcess, Hold, NewHold, Scope
from prakarsa.hold.refusals import HoldUnknown, ProposalDecided, ProposalUnknown, TargetUnknown
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts, Message, Template
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import SecondPersonNeeded
from prakarsa.partner import actions as partner
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.programme.refusals import NoWaveYet, PolicyGap

PLACING = msg("a hold that reaches this far")
MOST_PROPOSALS = 200


def due_process(tx: Tx, now: datetime) -> DueProcess:
    """What the terms of the newest wave ask of a hold.

    Before there is any wave, and where the policy has a gap, two people answer for the widest scopes: a hold must be
    possible then, too.
    """
    try:
        terms = programme.current_terms(tx, now)
    except (NoWaveYet, PolicyGap):
        return DueProcess()
    return DueProcess(frozenset(terms.hold_four_eyes_scopes), terms.hold_answer_days, terms.hold_appeal_days)


def place(tx: Tx, new: NewHold, *, by: str, second: str | None = None, now: datetime) -> Hold:
    """Place a hold. It bites at its start in every process, because every act reads the holds of its moment.

    The door gives the name of a course, class, card or person; names of partners are looked up. `second` is whoever
    looked at it as well. Raises HoldIncomplete, EvidenceUnfit, TargetUnknown, PartnerUnknown, SecondPersonNeeded,
    SamePerson.
    """
    process = due_process(tx, now)
    named = _checked(tx, new, process, now)
    if second is not None:
        rules.check_two(by, second, PLACING)
    elif rules.needs_two(new.scope, process):
        raise SecondPersonNeeded(PLACING)
    return _insert(tx, named, process, by, second, now)


def propose(tx: Tx, new: NewHold, *, by: str, now: datetime) -> Proposal:
    """Ask a second person to stand behind a hold. Nothing is held by it.

    Raises HoldIncomplete, EvidenceUnfit, TargetUnknown, PartnerUnknown.
    """
    named = _checked(tx, new, due_process(tx, now), now)
    code = f"HPR-{random_code(8)}"
    store.insert_proposal(tx, named, code, by, now)
    facts: Facts = {"scope": named.scope, "capability": named.capability, "reason": named.reason}
    journal.record(tx, [Event("hold.proposed", f"hold/{code}", facts=facts)], now=now)
    return proposal(tx, code)


def confirm(tx: Tx, proposal_code: str, *, by: str, now: datetime) -> Hold:
    """Stand behind what somebody else proposed. The hold is placed as it was written, but never begins before now.

    Raises ProposalUnknown, ProposalDecided, SamePerson, HoldIncomplete (its end has passed meanwhile).
    """
    waiting = _waiting(tx, proposal_code)
    rules.check_two(waiting.proposed_by, by, PLACING)
    process = due_process(tx, now)
    named = _checked(tx, rules.confirmed(waiting.wanted, now), process, now)
    placed = _insert(tx, named, process, waiting.proposed_by, by, now)
    store.decide_proposal(tx, waiting.proposal_id, by=by, hold_id=placed.hold_id, now=now)
    journal.record(
        tx, [Event("hold.confirmed", f"hold/{proposal_code}", facts={"hold_code": placed.hold_code})], now=now
    )
    return placed


def reject(tx: Tx, proposal_code: str, *, reason: str, by: str, now: datetime) -> Proposal:
    """Take a proposal off the list, saying why; whoever made it may do so, too.

    Raises ProposalUnknown, ProposalDecided, BadField.
    """
    words = rules.needed_words("reject_reason", reason)
    waiting = _waiting(tx, proposal_code)
    store.decide_proposal(tx, waiting.proposal_id, by=by, reject_reason=words, now=now)
    journal.record(tx, [Event("hold.rejected", f"hold/{proposal_code}", facts={"reason": words})], now=now)
    return proposal(tx, proposal_code)


def proposal(tx: Tx, proposal_code: str) -> Proposal:
    """One proposal. Raises ProposalUnknown."""
    found = store.proposal(tx, proposal_code=proposal_code)
    if found is None:
        raise ProposalUnknown(proposal_code)
    return found


def proposals(tx: Tx) -> list[Proposal]:
    """Holds that wait for a second person, oldest first."""
    return store.proposals_waiting(tx, MOST_PROPOSALS)


def lift(tx: Tx, hold_code: str, *, reason: str, by: str, now: datetime) -> Hold:
    """End a hold now, with a reason that is published. Raises HoldUnknown, HoldOver, BadField."""
    words = rules.needed_words("lift_reason", reason)
    hold = locked(tx, hold_code)
    rules.check_standing(hold, now)
    return end(tx, hold, words, by, now)


def end(tx: Tx, hold: Hold, reason: str, by: str, now: datetime) -> Hold:
    """Write down that a locked hold is over, and tell the person it hit."""
    store.lift(tx, hold.hold_id, reason, by, now)
    record(tx, "hold.lifted", hold, {} if hold.is_private else {"reason": reason}, now)
    tell_person(tx, hold, messages.OVER_FOR_YOU, {"lift_reason": reason}, now)
    return locked(tx, hold.hold_code)


def locked(tx: Tx, hold_code: str) -> Hold:
    """One hold, locked until the end of the transaction. Raises HoldUnknown."""
    found = store.lock(tx, hold_code)
    if found is None:
        raise HoldUnknown(hold_code)
    return found


def record(tx: Tx, action: str, hold: Hold, facts: Facts, now: datetime) -> None:
    """One line of the journal about a hold, and of the timeline of the person it hits."""
    event = Event(action, f"hold/{hold.hold_code}", hold.person_id, {"hold_code": hold.hold_code, **facts})
    journal.record(tx, [event], now=now)


def tell_person(tx: Tx, hold: Hold, template: Template, facts: Facts, now: datetime) -> None:
    """Write to the person whom a hold hits, if it hits one."""
    if hold.person_id is None:
        return
    contact = people.contacts(tx, [hold.person_id]).get(hold.person_id)
    if contact is None:
        return
    params: Facts = {
        "name": contact.name,
        "hold_code": hold.hold_code,
        "since_at": hold.starts_at,
        "public_words": hold.words.in_language(contact.language),
    }
    message = Message(hold.person_id, "sms", template, contact.phone, contact.language, params | facts)
    journal.tell(tx, [message], now=now)


def _checked(tx: Tx, new: NewHold, process: DueProcess, now: datetime) -> NewHold:
    settled = rules.settled(new)
    rules.check(settled, now, process)
    return _named(tx, settled)


def _insert(tx: Tx, named: NewHold, process: DueProcess, by: str, second: str | None, now: datetime) -> Hold:
    four_eyes = rules.needs_two(named.scope, process)
    hold = store.insert(tx, named, f"HLD-{random_code(8)}", by=by, second=second, four_eyes=four_eyes, now=now)
    facts: Facts = {"scope": hold.scope, "capability": hold.capability, "until": hold.next_word_at}
    if not hold.is_private:
        facts |= {"target": hold.target_code, "reason": hold.reason_code}
    record(tx, "hold.placed", hold, facts, now)
    tell_person(tx, hold, messages.ON_YOU, {}, now)
    return hold


def _waiting(tx: Tx, proposal_code: str) -> Proposal:
    store.lock_proposal(tx, proposal_code)
    found = proposal(tx, proposal_code)
    if found.decided_at is not None:
        raise ProposalDecided(proposal_code, found.decided_at)
    return found


def _named(tx: Tx, new: NewHold) -> NewHold:
    """The hold with the name people know its target by; cards and people go without one."""
    if new.scope is Scope.PROGRAMME:
        return replace(new, target_name="Kartu Prakerja")
    if new.scope in PRIVATE_SCOPES:
        person_id = int(new.party.removeprefix(PERSON_PARTY))
        if not people.persons(tx, [person_id]):
            raise TargetUnknown(new.scope, str(new.target_code))
        return replace(new, target_name=SCOPE_WORDS[new.scope])
    if new.scope in {Scope.COURSE, Scope.SCHEDULE}:
        if not new.target_name.strip():
            raise TargetUnknown(new.scope, str(new.target_code))
        partner.partner(tx, new.party)
        return new
    found = partner.partner(tx, str(new.target_code))
    if found.kind.value != new.scope.value:
        raise TargetUnknown(new.scope, str(new.target_code))
    return replace(new, target_name=found.name)
