"""Verbs of gap lists: tell each partner what it misses, take its answers item by item, decide them item by item.

Source: the founding story ("Which condition do we miss, who decides, by when?"); the French lesson (notice, reasons,
time to answer) and the British one (a named reason that somebody can act on).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.facts import OUTSIDE_PRICE, PROOFS
from prakarsa.catalogue.model import Value
from prakarsa.catalogue.rules import condition_facts
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts, Message
from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField
from prakarsa.kernel.words import day
from prakarsa.partner import actions as partners
from prakarsa.partner.model import PartnerContact, PartnerKind
from prakarsa.rehearsal import gap_store as store
from prakarsa.rehearsal import messages, rules
from prakarsa.rehearsal.dry_running import course_findings_of, findings_of_course, kept_run, partner_findings
from prakarsa.rehearsal.gap_model import CLOSED, GapAnswer, GapItem, GapList, GapOutcome, GapState
from prakarsa.rehearsal.model import DryRun, Finding, Thing, Verdict
from prakarsa.rehearsal.refusals import (
    EvidenceMissing,
    GapAnswerWaits,
    GapClosed,
    GapDeadlineSet,
    GapListUnknown,
    GapNotAnswered,
    GapOverdue,
    GapStillMissed,
    GapUnknown,
    WordsMissing,
)

LONGEST_WORDS = 2_000
MOST_EVIDENCE = 10
PARTNERS_PER_CHUNK = 25
MOST_ROWS = 200
MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """An item with everything said about it, newest first, and the kinds of evidence that can show it."""

    item: GapItem
    answers: tuple[GapAnswer, ...]
    accepted_kinds: tuple[EvidenceKind, ...]


def make_gap_lists(
    tx: Tx, run_code: str, *, due_at: datetime, by: str, base_url: str, now: datetime, chunk: int = PARTNERS_PER_CHUNK
) -> int:
    """Make and mail the lists of the next partners; how many partners were looked at. Run until it returns 0.

    What is asked is what is missed now, under the rules that were rehearsed: something mended since the dry run is not
    asked for. Each partner gets one list per dry run and one letter, with a link to its desk that lasts until the
    deadline. Raises DryRunUnknown, GapDeadlineImpossible, GapDeadlineSet.
    """
    run = kept_run(tx, run_code)
    through = store.lock_dry_run(tx, run_code)
    if run.gaps_due_at is None:
        store.begin_gaps(tx, run_code, rules.check_due(due_at, now), by)
        facts: Facts = {"due_at": due_at, "by": by}
        journal.record(tx, [Event("rehearsal.gap_lists_begun", f"dry_run/{run_code}", facts=facts)], now=now)
    elif run.gaps_due_at != due_at:
        raise GapDeadlineSet(run_code, run.gaps_due_at)
    found = store.next_partners(tx, through, chunk)
    contacts = partners.contacts_of(tx, [code for code, _ in found])
    for code, partner_id in found:
        missed = _missed(tx, run, code, now)
        if missed:
            _make_list(tx, run, code, partner_id, missed, contacts.get(code), due_at, base_url, now)
    last = found[-1][1] if found else through
    store.go_on_gaps(tx, run_code, last, finished=len(found) < chunk, now=now)
    return len(found)


def gap_list(tx: Tx, list_code: str, *, partner_code: str | None = None) -> GapList:
    """One list; of one partner only, if one is named. Raises GapListUnknown."""
    found = store.lists(tx, list_code=list_code, limit=1) if _fits(list_code) else []
    if not found or partner_code not in {None, found[0].partner_code}:
        raise GapListUnknown(list_code[:40])
    return found[0]


def gap_lists(
    tx: Tx, *, run_code: str | None = None, partner_code: str | None = None, before: int = 2**62, limit: int = 50
) -> list[GapList]:
    """One page of lists, newest first: of a dry run, of a partner, or all."""
    if not _fits(run_code or "x") or not _fits(partner_code or "x"):
        return []
    page = min(max(limit, 1), MOST_ROWS)
    return store.lists(tx, run_code=run_code, partner_code=partner_code, before=before, limit=page)


def gap_items(tx: Tx, found: GapList, *, after: int = 0, limit: int = 50) -> list[Answered]:
    """One page of the items of a list with what was said about each."""
    page = min(max(limit, 1), MOST_ITEMS)
    return _answered(tx, store.items(tx, gap_list_id=found.gap_list_id, after=after, limit=page))


def gap_item(tx: Tx, item_code: str, *, partner_code: str | None = None) -> Answered:
    """One item with what was said about it; of one partner only, if one is named. Raises GapUnknown."""
    found = store.items(tx, item_code=item_code, limit=1) if _fits(item_code) else []
    if not found or partner_code not in {None, found[0].partner_code}:
        raise GapUnknown(item_code[:40])
    return _answered(tx, found)[0]


def undecided(tx: Tx, *, after: int = 0, limit: int = 50) -> list[Answered]:
    """One page of answers that wait for a decision, oldest item first."""
    page = min(max(limit, 1), MOST_ROWS)
    return _answered(tx, store.items(tx, state=GapState.ANSWERED, after=after, limit=page))


def answer_gap(
    tx: Tx, item_code: str, *, partner_code: str, words: str, evidence: Sequence[Evidence], now: datetime
) -> GapItem:
    """A partner answers one item of its own list, with evidence. One answer at a time; again after it is turned down.

    Raises GapUnknown, GapClosed, GapAnswerWaits, GapOverdue, EvidenceMissing, EvidenceUnfit, BadField.
    """
    item = _locked(tx, item_code)
    if item.partner_code != partner_code:
        raise GapUnknown(item_code[:40])
    if item.state in CLOSED:
        raise GapClosed(item_code, item.state)
    if item.state is GapState.ANSWERED:
        raise GapAnswerWaits(item_code, store.answers(tx, [item.gap_item_id])[item.gap_item_id][0].answered_at)
    if now > item.due_at:
        raise GapOverdue(item_code, item.due_at)
    said = _paragraphs("words", words)
    if not evidence:
        raise EvidenceMissing(item_code)
    if len(evidence) > MOST_EVIDENCE:
        raise BadField("evidence", msg("name at most ten pieces"))
    today = now.astimezone(JAKARTA).date()
    for piece in evidence:
        evidences.check(piece, accepted=accepted_kinds(item), today=today)
    store.insert_answer(tx, item, said, evidence, now)
    store.set_state(tx, item, GapState.ANSWERED, now)
    facts: Facts = {"evidence": [f"{piece.kind}: {piece.reference}" for piece in evidence]}
    journal.record(tx, [_event("answered", item_code, facts)], now=now)
    return gap_item(tx, item_code).item


def decide_gap(tx: Tx, item_code: str, *, outcome: GapOutcome, words: str, by: str, now: datetime) -> GapItem:
    """A curator decides the answer to one item.

    Accepting a condition of a course attests its fact on the partner's evidence, so that the course meets it at once
    and everywhere. Conditions that rest on other records (decree, ownership, profile, way of teaching) are accepted
    only when those records say so. Rejecting needs words on what to mend; the partner may answer again until the
    deadline.
    Raises GapUnknown, GapClosed, GapNotAnswered, WordsMissing, GapStillMissed, and what `catalogue.attest` raises.
    """
    item = _locked(tx, item_code)
    if item.state in CLOSED:
        raise GapClosed(item_code, item.state)
    if item.state is not GapState.ANSWERED:
        raise GapNotAnswered(item_code)
    if outcome is GapOutcome.REJECTED and not words.strip():
        raise WordsMissing(item_code)
    said = _paragraphs("words", words) if words.strip() else "–"
    answer = store.answers(tx, [item.gap_item_id])[item.gap_item_id][0]
    if outcome is GapOutcome.ACCEPTED:
        _attest(tx, item, answer, by, now)
        if _still_missed(tx, item, now):
            raise GapStillMissed(item_code, item.condition)
    store.decide_answer(tx, item, outcome, said, by, now)
    state = GapState.ACCEPTED if outcome is GapOutcome.ACCEPTED else GapState.REJECTED
    store.set_state(tx, item, state, now)
    journal.record(tx, [_event(outcome, item_code, {"by": by, "condition": item.condition})], now=now)
    _tell_decided(tx, item, now)
    return gap_item(tx, item_code).item


def give_time(tx: Tx, list_code: str, due_at: datetime, *, reason: str, by: str, now: datetime) -> GapList:
    """Give one partner another deadline, with a reason. Raises GapListUnknown, GapDeadlineImpossible, WordsMissing."""
    found = gap_list(tx, list_code)
    if not reason.strip():
        raise WordsMissing(list_code)
    store.extend(tx, found, rules.check_due(due_at, now))
    facts: Facts = {"was": found.due_at, "due_at": due_at, "reason": _paragraphs("reason", reason), "by": by}
    journal.record(tx, [Event("rehearsal.gap_time_given", f"gap_list/{list_code}", facts=facts)], now=now)
    return gap_list(tx, list_code)


def close_met_gaps(tx: Tx, *, now: datetime, chunk: int = 1_000) -> int:
    """Close items that the facts have settled without this list; how many. Run until it returns 0."""
    closed = store.close_met(tx, chunk, now)
    events = [_event(state, code, {"thing": thing, "condition": condition}) for code, state, thing, condition in closed]
    journal.record(tx, events, now=now)
    return len(closed) or _close_met_of_partners(tx, chunk, now)


def accepted_kinds(item: GapItem) -> tuple[EvidenceKind, ...]:
    """The kinds of evidence that can show what an item asks for, in their order."""
    fact = condition_facts.get(item.bit, "")
    if not fact:
        return (EvidenceKind.WEB_PAGE, EvidenceKind.DOCUMENT, EvidenceKind.FINDING)
    kinds = PROOFS[fact, _is_there(fact)].kinds | (PROOFS[fact, False].kinds if fact == OUTSIDE_PRICE else set())
    return tuple(kind for kind in EvidenceKind if kind in kinds)


def _is_there(fact: str) -> bool:
    """Whether the condition is met when the fact is true."""
    return fact not in {"free_elsewhere", "is_bundle"}


def _missed(tx: Tx, run: DryRun, client_code: str, now: datetime) -> list[Finding]:
    """What a partner misses now under the rehearsed rules; of a course also where its own platform sells it."""
    partner = partners.partner(tx, client_code)
    (findings,) = partner_findings(tx, [partner], run.change, now)
    if partner.kind is PartnerKind.INSTITUTION:
        findings = findings + course_findings_of(tx, client_code, run.change, now)
    return [finding for finding in findings if finding.verdict is Verdict.MISSED]


def _make_list(
    tx: Tx,
    run: DryRun,
    client_code: str,
    partner_id: int,
    missed: Sequence[Finding],
    contact: PartnerContact | None,
    due_at: datetime,
    base_url: str,
    now: datetime,
) -> None:
    list_code = f"GAP-{random_code(8)}"
    list_id = store.insert_list(tx, list_code, run, partner_id, due_at, now if contact else None, now)
    store.insert_items(tx, list_id, {f"ITM-{random_code(10)}": finding for finding in missed})
    facts: Facts = {"partner": client_code, "items": len(missed), "due_at": due_at, "told": contact is not None}
    journal.record(tx, [Event("rehearsal.gap_list_made", f"gap_list/{list_code}", facts=facts)], now=now)
    if contact is None:
        return
    token = partners.issue_desk_link(tx, client_code, now=now, until=due_at)
    params = {
        "partner_name": contact.name,
        "effective_day": day(run.change.effective_on, contact.language),
        "title": run.change.title,
        "items": len(missed),
        "due_at": due_at.isoformat(),
        "link": f"{base_url}/desk/{token}",
    }
    message = Message(None, "email", messages.GAP_LIST, contact.email, contact.language, params)
    journal.tell(tx, [message], now=now)


def _tell_decided(tx: Tx, item: GapItem, now: datetime) -> None:
    """One letter for everything decided together: when no answer of the list waits any more."""
    found = gap_list(tx, item.list_code)
    contact = partners.contacts_of(tx, [item.partner_code]).get(item.partner_code)
    if found.answered or contact is None:
        return
    params = {
        "partner_name": contact.name,
        "list_code": found.list_code,
        "settled": found.closed,
        "rejected": found.rejected,
        "open": found.open,
        "due_at": found.due_at.isoformat(),
    }
    message = Message(None, "email", messages.GAP_DECIDED, contact.email, contact.language, params)
    journal.tell(tx, [message], now=now)


def _attest(tx: Tx, item: GapItem, answer: GapAnswer, by: str, now: datetime) -> None:
    fact = condition_facts.get(item.bit)
    if fact is not None:
        value = _value(fact, answer.evidence)
        catalogue.attest(tx, item.thing_code, fact, value, answer.evidence, by=by, now=now)


def _value(fact: str, evidence: Sequence[Evidence]) -> Value:
    """What the evidence says: the lowest price if any was seen, else that the condition's fact is as it should be."""
    if fact == OUTSIDE_PRICE:
        return min((piece.price_idr for piece in evidence if piece.price_idr is not None), default=None)
    return _is_there(fact)


def _still_missed(tx: Tx, item: GapItem, now: datetime) -> bool:
    """Whether the thing misses the condition, by the facts as they are now."""
    run = kept_run(tx, gap_list(tx, item.list_code).run_code)
    if item.thing is not Thing.COURSE:
        return item.condition in _own_missed(tx, run, item.partner_code, now)
    findings = findings_of_course(tx, item.thing_code, run.change, now)
    return any(each.condition == item.condition and each.verdict is Verdict.MISSED for each in findings)


def _close_met_of_partners(tx: Tx, chunk: int, now: datetime) -> int:
    """Items about partners themselves: judged one partner at a time; there are some hundreds at most."""
    still: dict[tuple[str, str], set[str]] = {}
    closed, after = 0, 0
    while page := store.partners_open(tx, after, chunk):
        after = page[-1][0].gap_item_id
        for item, run_code in page:
            key = (run_code, item.partner_code)
            if key not in still:
                still[key] = _own_missed(tx, kept_run(tx, run_code), item.partner_code, now)
            if item.condition not in still[key]:
                store.set_state(tx, item, GapState.MET, now)
                facts: Facts = {"thing": item.thing_code, "condition": item.condition}
                journal.record(tx, [_event(GapState.MET, item.item_code, facts)], now=now)
                closed += 1
    return closed


def _own_missed(tx: Tx, run: DryRun, client_code: str, now: datetime) -> set[str]:
    (findings,) = partner_findings(tx, [partners.partner(tx, client_code)], run.change, now)
    return {finding.condition for finding in findings if finding.verdict is Verdict.MISSED}


def _answered(tx: Tx, found: Sequence[GapItem]) -> list[Answered]:
    said = store.answers(tx, [item.gap_item_id for item in found])
    return [Answered(item, tuple(said[item.gap_item_id]), accepted_kinds(item)) for item in found]


def _locked(tx: Tx, item_code: str) -> GapItem:
    found = store.lock_item(tx, item_code) if _fits(item_code) else None
    if found is None:
        raise GapUnknown(item_code[:40])
    return found


def _fits(code: str) -> bool:
    return code.isascii() and code.isprintable() and 0 < len(code) <= 64


def _paragraphs(field: str, text: str) -> str:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    if not any(lines) or sum(map(len, lines)) > LONGEST_WORDS or not all(line.isprintable() for line in lines):
        raise BadField(field, msg("use 1 to 2,000 printable characters"))
    return "\n".join(lines)


def _event(what: str, item_code: str, facts: Facts) -> Event:
    return Event(f"rehearsal.gap_{what}", f"gap_item/{item_code}", facts=facts)
