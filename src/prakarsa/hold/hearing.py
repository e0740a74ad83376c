"""After a hold was placed: reviews that promise the next word, answers and appeals of those it hits, decisions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from prakarsa.hold import messages, rules, store
from prakarsa.hold.hearing_model import Appeal, Deed, Outcome, Statement
from prakarsa.hold.model import PERSON_PARTY, Hold, Scope
from prakarsa.hold.placing import due_process, end, locked, record
from prakarsa.hold.refusals import AppealDecided, AppealOpen, AppealUnknown, HoldUnknown
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Facts, Message
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import msg
from prakarsa.partner import actions as partner
from prakarsa.people import actions as people

REVIEWING = msg("keeping a hold that reaches this far")
DECIDING = msg("an appeal against a hold")
MOST_APPEALS = 200
_NO_EVIDENCE: tuple[Evidence, ...] = ()


def review(tx: Tx, hold_code: str, *, words: str, next_review_at: datetime, by: str, now: datetime) -> Hold:
    """Look at a hold again, say publicly why it stays, and promise the next word; without an end it lasts until then.

    Where two people had to place it, the same person never keeps it twice in a row. Raises HoldUnknown, HoldOver,
    BadField, SamePerson.
    """
    said = rules.needed_words("review_words", words)
    hold = locked(tx, hold_code)
    rules.check_standing(hold, now)
    rules.check_next_review(hold, next_review_at, now)
    if hold.four_eyes:
        rules.check_two(rules.last_word_by(hold, store.reviews(tx, hold.hold_id)), by, REVIEWING)
    store.insert_review(tx, hold, said, next_review_at, by, now)
    record(tx, "hold.reviewed", hold, {"next_review_at": next_review_at}, now)
    return locked(tx, hold_code)


def answer(
    tx: Tx, hold_code: str, *, party: str, words: str, evidence: Sequence[Evidence] = _NO_EVIDENCE, now: datetime
) -> Statement:
    """What whoever it hits has to say, within the time to answer.

    Raises HoldUnknown, NotTheirHold, HoldOver, NoTimeToAnswer, AnswerTooLate, BadField, EvidenceUnfit.
    """
    hold = _spoken_to(tx, hold_code, party, now)
    rules.check_in_time(hold, now)
    return _say(tx, hold, "answer", party, words, evidence, None, now)


def appeal(
    tx: Tx, hold_code: str, *, party: str, words: str, evidence: Sequence[Evidence] = _NO_EVIDENCE, now: datetime
) -> Appeal:
    """Ask for a decision by somebody else; it is due within the days the terms give (`hold_appeal_days`).

    One at a time for each party. The caller vouches that it speaks for the party. Raises HoldUnknown, NotTheirHold,
    HoldOver, AppealOpen, BadField, EvidenceUnfit.
    """
    hold = _spoken_to(tx, hold_code, party, now)
    for said in store.statements(tx, hold.hold_id):
        if said.is_open and said.party == party and said.due_at is not None:
            raise AppealOpen(hold_code, said.statement_code, said.due_at)
    due_at = now + timedelta(days=due_process(tx, now).appeal_days)
    return _say(tx, hold, "appeal", party, words, evidence, due_at, now)


def decide_appeal(tx: Tx, statement_code: str, *, outcome: Outcome, words: str, by: str, now: datetime) -> Statement:
    """Decide an appeal, with words for whoever made it. Upheld, it ends the hold; dismissed, the hold stays.

    Never by somebody who answers for the hold. Raises AppealUnknown, AppealDecided, SamePerson, BadField.
    """
    said = rules.needed_words("decision_words", words)
    found = store.statement(tx, statement_code)
    if found is None or found.due_at is None:
        raise AppealUnknown(statement_code)
    hold = locked(tx, found.hold_code)
    decided_at = statement(tx, statement_code).decided_at  # read again, now that nobody else can decide it
    if decided_at is not None:
        raise AppealDecided(statement_code, decided_at)
    for answerable in (hold.placed_by, hold.second_person):
        if answerable is not None:
            rules.check_two(answerable, by, DECIDING)
    store.decide_statement(tx, found.statement_id, outcome, said, by, now)
    record(tx, "hold.appeal_decided", hold, {"statement": statement_code, "outcome": outcome}, now)
    if outcome is Outcome.UPHELD and hold.over_at > now:
        end(tx, hold, said, by, now)
    _tell_party(tx, found, outcome, said, now)
    return statement(tx, statement_code)


def statement(tx: Tx, statement_code: str) -> Statement:
    """One answer or appeal. Raises AppealUnknown."""
    found = store.statement(tx, statement_code)
    if found is None:
        raise AppealUnknown(statement_code)
    return found


def statements(tx: Tx, hold_code: str) -> list[Statement]:
    """Everything that was said about a hold, oldest first. Raises HoldUnknown."""
    return store.statements(tx, _known(tx, hold_code).hold_id)


def statements_of(tx: Tx, party: str, *, limit: int = 50) -> list[Statement]:
    """What one party said about holds, newest first."""
    return store.statements_of(tx, party, limit)


def open_appeals(tx: Tx, now: datetime) -> list[tuple[Appeal, bool]]:
    """Appeals that nobody has decided, the most urgent first, each with whether it is overdue."""
    return [(found, found.overdue(now)) for found in store.open_appeals(tx, limit=MOST_APPEALS)]


def history(tx: Tx, hold_code: str) -> list[Deed]:
    """Everything that happened to a hold, in order, and when it ends by itself. Raises HoldUnknown."""
    hold = _known(tx, hold_code)
    return rules.history(
        hold,
        store.proposal(tx, hold_id=hold.hold_id),
        store.reviews(tx, hold.hold_id),
        store.statements(tx, hold.hold_id),
    )


def _spoken_to(tx: Tx, hold_code: str, party: str, now: datetime) -> Hold:
    hold = locked(tx, hold_code)
    rules.check_speaker(hold, party, now)
    if hold.scope == Scope.PROGRAMME:
        partner.partner(tx, party)
    return hold


def _say(
    tx: Tx,
    hold: Hold,
    kind: str,
    party: str,
    words: str,
    evidence: Sequence[Evidence],
    due_at: datetime | None,
    now: datetime,
) -> Statement:
    said = rules.needed_words("words", words)
    rules.check_evidence(evidence, now)
    code = f"STM-{random_code(8)}"
    store.insert_statement(
        tx, hold, code, kind=kind, party=party, words=said, evidence=evidence, due_at=due_at, now=now
    )
    facts: Facts = {"statement": code} if due_at is None else {"statement": code, "due_at": due_at}
    record(tx, "hold.answered" if due_at is None else "hold.appealed", hold, facts, now)
    return statement(tx, code)


def _tell_party(tx: Tx, of: Statement, outcome: Outcome, words: str, now: datetime) -> None:
    """Send a decision to whoever asked for it; a partner that named no address finds it at its desk."""
    params: Facts = {
        "statement_code": of.statement_code,
        "hold_code": of.hold_code,
        "outcome": messages.OUTCOME_WORDS[outcome],
        "decision_words": words,
    }
    template, told = messages.APPEAL_DECIDED, []
    if of.party.startswith(PERSON_PARTY):
        for person_id, who in people.contacts(tx, [int(of.party.removeprefix(PERSON_PARTY))]).items():
            told = [Message(person_id, "sms", template, who.phone, who.language, params | {"name": who.name})]
    else:
        for desk in partner.contacts_of(tx, [of.party]).values():
            told = [Message(None, "email", template, desk.email, desk.language, params | {"name": desk.name})]
    journal.tell(tx, told, now=now)


def _known(tx: Tx, hold_code: str) -> Hold:
    found = store.hold(tx, hold_code)
    if found is None:
        raise HoldUnknown(hold_code)
    return found
