"""Mass cancellation: every purchase of a class, a course or an institution taken back by the office.

Planned by one person, confirmed by another, run in chunks by any number of workers. Balance, seat and clock go back to
what they were, exactly once each, and everybody concerned is told. Source: programme-rules 15 failure 22.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from prakarsa.card import actions as card
from prakarsa.card.rules import balance_use_by, last_purchase_by
from prakarsa.catalogue import actions as catalogue
from prakarsa.hold import actions as hold
from prakarsa.hold import rules as hold_rules
from prakarsa.hold.model import NewHold, Reason, Scope
from prakarsa.hold.refusals import TargetUnknown
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Facts, Message
from prakarsa.kernel import four_eyes, queue
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import from_json
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField
from prakarsa.kernel.words import duration
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.people import actions as people
from prakarsa.people.model import Contact
from prakarsa.programme import actions as programme
from prakarsa.purchase import cancelling_store as kept
from prakarsa.purchase import messages, rules, store
from prakarsa.purchase.cancelling_model import (
    CANCELLED_SCOPES,
    Cancellation,
    CancellationState,
    NewCancellation,
    TouchedClass,
)
from prakarsa.purchase.cancelling_refusals import (
    CancellationDecided,
    CancellationIncomplete,
    CancellationNotConfirmed,
    CancellationUnknown,
    NothingToCancel,
)
from prakarsa.purchase.model import Purchase

ACT = msg("cancelling every purchase of a class, a course or an institution")
CHUNK = 500
MOST_CLASSES_SHOWN = 20
MOST_AT_ONCE = 1_000
LONGEST_WORDS = 1_000
ANSWER_DAYS = 7
"""Time to answer for the institution concerned, where the rules ask for less."""


def plan(tx: Tx, new: NewCancellation, *, by: str, now: datetime) -> Cancellation:
    """Write down what is to be cancelled and count what that would touch; nothing else changes.

    Raises BadField, TargetUnknown, CancellationIncomplete, HoldIncomplete, NothingToCancel.
    """
    if new.scope not in CANCELLED_SCOPES:
        raise BadField("scope", msg("only a class, a course or an institution can be cancelled as a whole"))
    _check_words(new)
    closing = _closing(tx, new, now)
    hold_rules.check(closing, now, hold.due_process(tx, now))
    found = kept.touched(tx, kept.schedule_ids(tx, new.scope, new.target_code))
    if not found.purchases:
        raise NothingToCancel(new.target_code, found.completed)
    code = f"CNL-{random_code(8)}"
    kept.insert(tx, new, code, closing.target_name, found, by, now)
    facts: Facts = {"scope": new.scope, "target": new.target_code, "purchases": found.purchases}
    _note(tx, "planned", code, facts | {"amount_idr": found.amount_idr}, now)
    return cancellation(tx, code)


def confirm(tx: Tx, code: str, *, by: str, now: datetime) -> Cancellation:
    """A second person confirms: the sale closes at once by a hold, and a worker begins to cancel.

    What is touched is counted anew, since people may have bought meanwhile. The hold is placed by the planner with the
    confirming person as its second. Raises CancellationUnknown, CancellationDecided, SamePerson, HoldIncomplete.
    """
    found = _undecided(tx, code)
    four_eyes.check_two(ACT, found.planned_by, by)
    placed = hold.place(tx, _closing(tx, _as_planned(found), now), by=found.planned_by, second=by, now=now)
    touched = kept.touched(tx, kept.schedule_ids(tx, found.scope, found.target_code))
    kept.confirm(tx, found.cancellation_id, placed.hold_code, touched, by, now)
    facts: Facts = {"hold": placed.hold_code, "purchases": touched.purchases, "amount_idr": touched.amount_idr}
    _note(tx, "confirmed", code, facts, now)
    queue.defer(tx, "cancel_purchases")
    return cancellation(tx, code)


def withdraw(tx: Tx, code: str, *, by: str, now: datetime) -> Cancellation:
    """Give up a plan that nobody has confirmed. Raises CancellationUnknown, CancellationDecided."""
    found = _undecided(tx, code)
    kept.withdraw(tx, found.cancellation_id, by, now)
    _note(tx, "withdrawn", code, {}, now)
    return cancellation(tx, code)


def run(tx: Tx, code: str, *, now: datetime, chunk: int = CHUNK) -> int:
    """Cancel the next purchases, at most `chunk`; how many. Run until it returns 0: then it is finished.

    Any number of workers may run at once and may be killed at any moment: each purchase is cancelled by one of them,
    whole or not at all. Purchases completed meanwhile stay. Raises CancellationUnknown, CancellationNotConfirmed.
    """
    found = cancellation(tx, code)
    if found.confirmed_at is None or found.hold_code is None:
        raise CancellationNotConfirmed(code)
    opened_at = hold.hold(tx, found.hold_code).over_at
    bought_before = max(opened_at, found.confirmed_at + timedelta.resolution)
    classes = kept.schedule_ids(tx, found.scope, found.target_code)
    for wait in (False, True):
        while looked := kept.lock_cancellable(tx, classes, bought_before, chunk, wait=wait):
            fresh = kept.mark_cancelled(tx, found.cancellation_id, looked, now)
            if fresh:
                _restore(tx, found, store.by_ids(tx, fresh), now)
                return len(fresh)
    kept.lock_schedules(tx, classes)  # a payment that began before the sale was closed has ended now
    if kept.finish(tx, found.cancellation_id, classes, bought_before, now):
        done = cancellation(tx, code)
        _note(tx, "finished", code, {"purchases": done.done_purchases, "amount_idr": done.done_idr}, now)
    return 0


def cancellation(tx: Tx, code: str) -> Cancellation:
    """One mass cancellation. Raises CancellationUnknown."""
    found = kept.cancellations(tx, code=code) if code.isprintable() else []
    if not found:
        raise CancellationUnknown(code)
    return found[0]


def cancellations(tx: Tx, *, before: int = 2**62, limit: int = 50) -> list[Cancellation]:
    """A page of mass cancellations, newest first; `before` is the id of the last one seen."""
    return kept.cancellations(tx, before=before, limit=limit)


def to_run(tx: Tx, now: datetime) -> list[str]:
    """Codes of the mass cancellations that a worker has to run, oldest first."""
    return [each.cancellation_code for each in reversed(kept.cancellations(tx, to_run_at=now, limit=MOST_AT_ONCE))]


def classes_of(tx: Tx, code: str) -> list[TouchedClass]:
    """The classes with most purchases still to cancel, at most twenty. Raises CancellationUnknown."""
    found = cancellation(tx, code)
    return kept.touched_classes(tx, kept.schedule_ids(tx, found.scope, found.target_code), MOST_CLASSES_SHOWN)


def _check_words(new: NewCancellation) -> None:
    for field in ("words", "next_step", "legal_basis", "notice_to"):
        if not getattr(new, field).strip():
            raise CancellationIncomplete(field, msg("is empty"))
    for field in ("words", "words_en", "next_step", "next_step_en"):
        text = getattr(new, field)
        if len(text) > LONGEST_WORDS or not all(line.isprintable() for line in text.splitlines()):
            raise CancellationIncomplete(field, hold_rules.TOO_LONG)


def _closing(tx: Tx, new: NewCancellation, now: datetime) -> NewHold:
    """The hold that closes the sale; its institution may answer and appeal. Raises TargetUnknown."""
    target = kept.target(tx, new.scope, new.target_code) if new.target_code.isprintable() else None
    if target is None:
        raise TargetUnknown(new.scope, new.target_code)
    name, institution = target
    return NewHold(
        scope=new.scope,
        reason=new.reason,
        legal_basis=new.legal_basis,
        public_words=new.words,
        notice_to=new.notice_to,
        notice_at=now,
        starts_at=now,
        ends_at=new.closed_until_at,
        review_at=new.review_at,
        target_code=new.target_code,
        target_name=name,
        basis_version=new.basis_version,
        public_words_en=new.words_en,
        evidence=new.evidence,
        proportionality=new.proportionality,
        answer_by_at=now + timedelta(days=max(hold.due_process(tx, now).answer_days, ANSWER_DAYS)),
        party=institution,
    )


def _as_planned(found: Cancellation) -> NewCancellation:
    """The plan as it was kept."""
    return NewCancellation(
        scope=Scope(found.scope),
        target_code=found.target_code,
        reason=Reason(found.reason_code),
        legal_basis=found.legal_basis,
        words=found.public_words,
        next_step=found.next_step,
        notice_to=found.notice_to,
        closed_until_at=found.closed_until_at,
        review_at=found.review_at,
        basis_version=found.basis_version,
        words_en=found.public_words_en,
        next_step_en=found.next_step_en,
        evidence=from_json(found.evidence),
        proportionality=found.proportionality,
    )


def _undecided(tx: Tx, code: str) -> Cancellation:
    if not code.isprintable() or not kept.lock(tx, code):
        raise CancellationUnknown(code)
    found = cancellation(tx, code)
    if found.state is not CancellationState.PLANNED:
        decided_at = found.confirmed_at or found.withdrawn_at
        assert decided_at is not None
        raise CancellationDecided(code, found.state, decided_at)
    return found


def _restore(tx: Tx, of: Cancellation, cancelled: Sequence[Purchase], now: datetime) -> None:
    """Seats, then money, in the house's one order; then the journal, the messages and the count."""
    seats: dict[int, int] = {}
    for purchase in cancelled:
        seats[purchase.schedule_id] = seats.get(purchase.schedule_id, 0) + 1
    catalogue.give_back_seats(tx, seats)
    escrow = ledger.accounts(tx, AccountKind.COURSE_ESCROW, (p.institution_code for p in cancelled))
    ledger.post(
        tx,
        [
            Transfer("void", f"purchase/{p.transaction_code}", escrow[p.institution_code], p.account_id, p.amount_idr)
            for p in cancelled
            if p.amount_idr
        ],
        now=now,
    )
    journal.record(
        tx,
        [
            Event(
                "purchase.cancelled",
                f"purchase/{p.transaction_code}",
                p.person_id,
                {
                    "course_title": p.course_title,
                    "amount_idr": p.amount_idr,
                    "cancellation": of.cancellation_code,
                    "bought_at": p.purchased_at,
                },
            )
            for p in cancelled
        ],
        now=now,
    )
    _tell(tx, of, cancelled, now)
    kept.count_cancelled(tx, of.cancellation_id, len(cancelled), sum(p.amount_idr for p in cancelled))


def _tell(tx: Tx, of: Cancellation, cancelled: Sequence[Purchase], now: datetime) -> None:
    contacts = people.contacts(tx, [p.person_id for p in cancelled])
    by_when = _by_when(tx, cancelled, now)
    journal.tell(
        tx,
        [
            message
            for purchase in cancelled
            for message in _messages(of, purchase, contacts[purchase.person_id], by_when[purchase.card_id], now)
        ],
        now=now,
    )


def _messages(
    of: Cancellation, purchase: Purchase, contact: Contact, deadline_at: datetime, now: datetime
) -> list[Message]:
    """An urgent SMS that says it in one breath, and an e-mail that says all of it."""
    why, next_step = of.words_in(contact.language)
    facts: Facts = {
        "name": contact.name,
        "course_title": purchase.course_title,
        "class_starts_at": purchase.schedule_starts_at,
        "amount_idr": purchase.amount_idr,
        "why": why,
        "stood_still": duration(now - purchase.purchased_at, contact.language),
        "deadline_at": deadline_at,
        "next_step": next_step,
        "reference": of.cancellation_code,
    }
    paid = purchase.amount_idr > 0
    letter = messages.CANCELLED if paid else messages.CANCELLED_FREE
    short = messages.CANCELLED_SHORT if paid else messages.CANCELLED_FREE_SHORT
    return [
        Message(purchase.person_id, "sms", short, contact.phone, contact.language, facts, urgent=True),
        Message(purchase.person_id, "email", letter, contact.email, contact.language, facts, urgent=True),
    ]


def _by_when(tx: Tx, cancelled: Sequence[Purchase], now: datetime) -> Mapping[int, datetime]:
    """For each card the moment by which its owner has to act: the nearest of its clocks, or the year's last day."""
    cards = card.cards(tx, sorted({p.card_id for p in cancelled}))
    waves = {number: programme.wave(tx, number) for number in {each.wave_number for each in cards.values()}}
    terms = {number: programme.terms(tx, number, now) for number in waves}
    standing = kept.courses_of_cards(tx, list(cards))
    pauses = store.pauses(tx, list(cards), now)
    found: dict[int, datetime] = {}
    for card_id, each in cards.items():
        courses, of, mine = standing[card_id], terms[each.wave_number], pauses.get(card_id, ())
        first = rules.first_purchase_clock(each.notified_at, of, mine, has_purchase=courses.any_left, now=now)
        following = rules.next_purchase_clock(courses.completed_at, of, mine, has_open_course=courses.any_open, now=now)
        running = [clock.deadline_at for clock in (first, following) if clock and not clock.stopped_by_purchase]
        year = waves[each.wave_number].budget_year
        found[card_id] = min([*running, last_purchase_by(year, of) or balance_use_by(year, of)])
    return found


def _note(tx: Tx, what: str, code: str, facts: Facts, now: datetime) -> None:
    journal.record(tx, [Event(f"purchase.cancellation_{what}", f"cancellation/{code}", facts=facts)], now=now)
