"""Verbs of the cut-over: record where each course stands under each rule set, and tell its institution once.

Nothing here takes a course off sale. Whether a course may be bought is decided by its own columns under the terms of
the card at that very moment; so a course that passes never blinks, and no job can be late. What is recorded here is the
history of it, for people: since when, under which rules, for which cause.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from prakarsa.catalogue import rules as catalogue_rules
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts, Message
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import say
from prakarsa.partner import actions as partners
from prakarsa.partner.model import PartnerContact
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms, Wave, WavePhase
from prakarsa.rehearsal import messages, rules
from prakarsa.rehearsal import standing_store as store
from prakarsa.rehearsal.standing_model import TURN_WORDS, CourseStanding, Leaver, RuleSet, RuleSetCount, Turn, Turned

CHUNK = 1_000
PARTNERS_PER_CHUNK = 50
MOST_NAMED = 20
MOST_ROWS = 200


def see_rule_sets(tx: Tx, *, now: datetime) -> list[RuleSet]:
    """Find the rule sets of this moment: in force for a wave that has opened, or of an approved change to come.

    Those that changed are written down; the answer is every set that courses have to be recorded under.
    """
    asked: dict[str, RuleSet] = {}
    opened = [wave for wave in programme.waves(tx) if wave.phase(now) is not WavePhase.PLANNED]
    for wave in opened:
        _add(asked, programme.terms_of(tx, wave, now), wave.number, in_force=True)
    for wave, begins_on, change_code, terms in _coming(tx, opened, now):
        _add(asked, terms, wave.number, in_force=False, begins_on=begins_on, change_code=change_code)
    changed = store.sync_rule_sets(tx, list(asked.values()), now)
    events = [
        Event("rehearsal.rule_set_seen", f"rule_set/{code}", facts={"in_force": in_force}) for code, in_force in changed
    ]
    journal.record(tx, events, now=now)
    return store.rule_sets(tx)


def record_standings(tx: Tx, rule_set: str, *, now: datetime, chunk: int = CHUNK) -> int:
    """Record the next courses under a rule set; how many were looked at. Run until it returns 0.

    Safe to stop anywhere: the next call goes on where the last committed one ended, and a full pass begins again from
    the first course. Each turn is in the journal with its cause, in the same transaction.
    """
    through = store.lock_rule_set(tx, rule_set)
    if through is None:
        return 0
    looked_at, turns = store.record(tx, rule_set, through, chunk, now)
    journal.record(tx, [_turned(rule_set, each) for each in turns], now=now)
    return looked_at


def tell_standings(tx: Tx, *, now: datetime, chunk: int = PARTNERS_PER_CHUNK) -> int:
    """Write to the next institutions whose courses have turned, one letter each; how many. Run until it returns 0.

    Run it after a pass, so that everything that turned at one moment stands in one letter.
    """
    codes = store.untold_partners(tx, chunk)
    if not codes:
        return 0
    turned = store.take_untold(tx, codes)
    contacts = partners.contacts_of(tx, list(turned))
    letters = [_letter(contacts[code], turns) for code, turns in turned.items() if code in contacts]
    journal.tell(tx, letters, now=now)
    events = [
        Event("rehearsal.standings_told", f"partner/{code}", facts=_counts(turns) | {"told": code in contacts})
        for code, turns in turned.items()
    ]
    journal.record(tx, events, now=now)
    return len(turned)


def standings_of(tx: Tx, course_code: str) -> list[CourseStanding]:
    """Where a course stands under each rule set in force or to come, as last recorded; none before the first pass."""
    return store.standings_of(tx, course_code) if catalogue_rules.code_fits(course_code) else []


def standing_counts(tx: Tx, *, institution: str | None = None) -> list[RuleSetCount]:
    """How many courses meet and miss each rule set in force or to come; of one institution, or of all."""
    return store.counts(tx, institution)


def leavers(tx: Tx, rule_set: str, *, after: int = 0, limit: int = 50) -> list[Leaver]:
    """One page of courses that leave sale when a rule set begins, or are off sale under it, each with its causes."""
    return store.leavers(tx, rule_set, after, min(max(limit, 1), MOST_ROWS)) if rule_set.isascii() else []


def begins_at(on: date) -> datetime:
    """The moment at which rules of a day begin to decide: its first in Jakarta."""
    return datetime.combine(on, time.min, JAKARTA)


def _coming(tx: Tx, opened: Sequence[Wave], now: datetime) -> Iterator[tuple[Wave, date, str, Terms]]:
    """Waves under the terms of each day on which an approved change brings something new."""
    today = now.astimezone(JAKARTA).date()
    for change in programme.upcoming_changes(tx, now):
        days = sorted({row.effective_from for row in change.parameters if row.effective_from > today})
        for wave in opened:
            if wave.scheme == change.scheme:
                for on in days:
                    yield (
                        wave,
                        on,
                        change.change_code,
                        programme.proposed_terms(tx, change.change_code, wave.number, on),
                    )


def _add(
    asked: dict[str, RuleSet],
    terms: Terms,
    wave_number: int,
    *,
    in_force: bool,
    begins_on: date | None = None,
    change_code: str | None = None,
) -> None:
    code = rules.rule_set_code(terms)
    known = asked.get(code)
    if known is None:
        asked[code] = RuleSet(
            rule_set=code,
            demanded=catalogue_rules.demanded(terms),
            modes=sorted(terms.course_delivery_modes),
            block_affiliated=terms.course_block_affiliated,
            allow_affiliated_free=terms.course_allow_affiliated_free,
            waves=[wave_number],
            in_force=in_force,
            begins_on=begins_on,
            change_code=change_code,
        )
    elif known.in_force == in_force and wave_number not in known.waves:
        known.waves.append(wave_number)


def _turned(rule_set: str, each: Turned) -> Event:
    facts: Facts = {"rule_set": rule_set, "missed": rules.names_of(each.missed)}
    return Event(f"rehearsal.course_{each.turn}", f"course/{each.course_code}", facts=facts)


def _letter(contact: PartnerContact, turns: Sequence[Turned]) -> Message:
    params = {"partner_name": contact.name, "courses": _named(turns, contact.language), **_counts(turns)}
    return Message(None, "email", messages.STANDINGS, contact.email, contact.language, params)


def _counts(turns: Sequence[Turned]) -> Facts:
    return {turn.value: sum(each.turn is turn for each in turns) for turn in Turn}


def _named(turns: Sequence[Turned], language: str) -> str:
    """The first courses one by one with their causes; the rest as a number."""
    lines = []
    for each in turns[:MOST_NAMED]:
        causes = "; ".join(say(name, language) for name in rules.names_of(each.missed))
        lines.append(f"{each.course_code}: {say(TURN_WORDS[each.turn], language)}{f' ({causes})' if causes else ''}.")
    if len(turns) > MOST_NAMED:
        lines.append(say(msg("And {count} more; your desk lists them all."), language, count=len(turns) - MOST_NAMED))
    return " ".join(lines)
