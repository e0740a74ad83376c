"""Verbs of attendance: look at a redeem code, attend with or without a face check, test without a purchase."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from prakarsa.attendance import answers, holding, rules, store, trials
from prakarsa.attendance.identity import IdentityOutcome, IdentityProvider
from prakarsa.attendance.model import (
    Bought,
    Finished,
    Opened,
    OpenVerification,
    Outcome,
    Proof,
    RedeemStatus,
    TestCode,
    Ticket,
    Verification,
)
from prakarsa.attendance.refusals import (
    CheckNotFinished,
    NotAPositiveTestCode,
    NotATestCode,
    RedeemCodeOfAnother,
    RedeemCodeUnknown,
    RedirectNotRegistered,
    TransactionCancelled,
    VerificationUnknown,
)
from prakarsa.card import actions as cards
from prakarsa.catalogue.model import CourseMode
from prakarsa.hold.model import Deadline
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel import ids, queue
from prakarsa.kernel.db import Tx
from prakarsa.kernel.keyring import same
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import BadField
from prakarsa.partner.model import Partner
from prakarsa.people.refusals import BadEmail
from prakarsa.people.rules import read_email
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Purchase

_TOKEN_BYTES = 32
ANSWER_LANGUAGE = "id"
"""The dialect speaks Indonesian (partner-api 1.7)."""


def redeem_status(
    tx: Tx, institution: Partner, redeem_code: str, sequence: int, *, now: datetime, language: str = ANSWER_LANGUAGE
) -> RedeemStatus:
    """State of a redeem code and of one of its steps (partner-api 2.6). Goes on answering once the code is used.

    It answers during a hold as well, and says in `held` why the code cannot be used meanwhile.
    Raises RedeemCodeUnknown, RedeemCodeOfAnother, TransactionCancelled, RedeemCodeCancelled, SequenceOutOfRange,
    SequenceBeyondMeetings, CourseTypeDoesNotFit.
    """
    ticket, purchase = _ticket(tx, redeem_code, now)
    if refusal := rules.refusal_to_look(ticket, institution.partner_id, sequence):
        raise refusal
    why = holding.held(tx, purchase, now) if purchase else None
    return replace(answers.redeem_status(ticket, sequence, language=language), held=why)


def commit(
    tx: Tx, institution: Partner, redeem_code: str, *, now: datetime, language: str = ANSWER_LANGUAGE
) -> RedeemStatus:
    """The old way to redeem: attend sequence 1 on the institution's word alone (partner-api 2.7).

    Raises what `redeem_status` raises, and AlreadyAttended, TooEarly, TooLate; what a hold on taking part says.
    """
    ticket, purchase = _ticket(tx, redeem_code, now, lock=True)
    _require_attendable(tx, ticket, purchase, institution, 1, now)
    if purchase is None:
        store.attend_test_code(tx, ticket.redeem_code, 1, now)
    else:
        bought = Bought(purchase.purchase_id, purchase.transaction_code, purchase.card_id, purchase.person_id)
        attend(tx, bought, 1, Proof.CODE_ONLY, now=now)
    ticket, _ = _ticket(tx, redeem_code, now)
    return answers.redeem_status(ticket, 1, language=language)


def open_verification(
    tx: Tx,
    institution: Partner,
    redeem_code: str,
    sequence: int,
    email: str,
    redirect_uri: str,
    base_url: str,
    *,
    now: datetime,
    language: str = ANSWER_LANGUAGE,
) -> Opened:
    """A link on which the person proves to be there for one step (partner-api 2.8). Lives 15 minutes, works once.

    May be asked for again until the step is attended. `email` names the person's account at the institution; only a
    blind index of it is kept. Raises what `redeem_status` raises, and AlreadyAttended, FirstMeetingMissing, TooEarly,
    TooLate, RedirectNotRegistered, EmailAlreadyUsed, BadField; what a hold on taking part says.
    """
    ticket, purchase = _ticket(tx, redeem_code, now)
    _require_attendable(tx, ticket, purchase, institution, sequence, now)
    if redirect_uri not in store.redirect_uris(tx, institution.partner_id):
        raise RedirectNotRegistered
    address = _read_email(email)
    if purchase is not None:
        store.take_learning_account(tx, purchase.course_id, address, purchase.purchase_id)

    state = secrets.token_urlsafe(_TOKEN_BYTES)
    store.insert_verification(
        tx,
        state,
        purchase_id=purchase.purchase_id if purchase else None,
        test_code=None if purchase else ticket.redeem_code,
        sequence=sequence,
        redirect_uri=redirect_uri,
        now=now,
        expires_at=now + rules.VERIFICATION_LIFE,
    )
    return answers.opened(ticket, state, base_url, language=language)


def verification(tx: Tx, state: str, *, now: datetime) -> Verification:
    """What the consent page shows.

    Raises VerificationUnknown, VerificationUsed, VerificationExpired; what a hold on taking part says.
    """
    walked = _walked(tx, state)
    if refusal := rules.refusal_to_walk(walked, now):
        raise refusal
    if walked.bought is not None:
        holding.require_not_held(tx, walked.bought, now)
    page = store.verification_page(tx, walked.verification_id)
    if page is None:
        raise VerificationUnknown
    return page


def consent(
    tx: Tx, state: str, person_id: int | None, provider: IdentityProvider, return_url: str, *, now: datetime
) -> str:
    """Record the person's consent and begin the check; where their browser must go.

    Only the person who bought the course may consent; a test code needs nobody. Consenting again begins a new check
    and drops the former. The provider is told our public name for the person, nothing else (UU 27/2022).
    Raises VerificationUnknown, VerificationUsed, VerificationExpired, SignInNeeded, NotYourVerification,
    TransactionCancelled, IdentityUnavailable; what a hold on taking part says.
    """
    walked = _walked(tx, state)
    if refusal := rules.refusal_to_consent(walked, person_id, now):
        raise refusal
    if walked.bought is not None:
        holding.require_not_held(tx, walked.bought, now)
        _require_live(tx, walked.bought)  # no lock: others must not wait while the provider is asked
    check = provider.begin(f"verification-{walked.verification_id}", return_url, walked.person_public_id)
    store.consent(tx, walked.verification_id, check.check_id, now)
    _record(tx, "attendance.consented", walked.bought, {"sequence": walked.sequence}, now)
    return check.url


def conclude(tx: Tx, state: str, check_id: str, provider: IdentityProvider, *, now: datetime) -> Outcome:
    """Ask the provider how the check ended, attend on a match, and say where the browser goes.

    The browser is never believed: the outcome comes from the provider, for the check this verification began. A failed
    check is recorded and leaves the person free to try again on a new link. Asking again gives the first answer.
    Raises VerificationUnknown, VerificationExpired, CheckNotFinished, TransactionCancelled, IdentityUnavailable,
    IdentityCheckOver; what a hold on taking part says, before the provider is asked.
    """
    walked = _walked(tx, state)
    if walked.check_id is None or not same(walked.check_id.encode(), check_id.encode(errors="surrogatepass")):
        raise VerificationUnknown
    matched = walked.outcome == IdentityOutcome.MATCH
    if walked.outcome is None:
        matched = _decide(tx, walked, walked.check_id, provider, now)
    return Outcome(matched, answers.redirect_with(walked.redirect_uri, state, matched=matched))


def attend(tx: Tx, bought: Bought, sequence: int, proof: Proof, *, now: datetime) -> None:
    """Record one step as attended, once. The caller has established the proof and holds the card's lock.

    The first step redeems the code, after which the purchase cannot be cancelled. When this may have been the last
    step, a worker is asked to decide whether the course is complete.
    """
    if not store.insert_attended(tx, bought.purchase_id, sequence, proof, now):
        return
    purchases.mark_redeemed(tx, bought.purchase_id, now=now)
    _record(tx, "attendance.attended", bought, {"sequence": sequence, "proof": proof.value}, now)
    if rules.may_be_finished(attended(tx, bought.purchase_id)):
        store.insert_finished(tx, bought.purchase_id, now)
        queue.defer(tx, "issue_certificates")


def attended(tx: Tx, purchase_id: int) -> set[int]:
    """The sequences attended of a purchase."""
    return set(store.attended(tx, purchase_id))


def deadlines(tx: Tx, purchase: Purchase, sequences: Iterable[int], *, now: datetime) -> dict[int, Deadline]:
    """From when until when each step of a purchase can be attended, and by what holds its end has moved."""
    ticket = _ticket_of(tx, purchase)
    found = {sequence: holding.deadline_of(tx, ticket, purchase, sequence, now) for sequence in sequences}
    return {sequence: deadline for sequence, deadline in found.items() if deadline is not None}


def why_held(tx: Tx, purchase: Purchase, *, now: datetime) -> Refusal | None:
    """The hold that keeps a purchase's redeem code from being used now, if there is one."""
    return holding.held(tx, purchase, now)


def take_finished(tx: Tx, limit: int) -> list[Finished]:
    """Take up to `limit` purchases for the decision whether they are complete.

    They are with the taker: they come back when the taker's transaction rolls back, or when more is attended.
    """
    waiting = store.lock_finished(tx, limit)
    if not waiting:
        return []
    # cards before anything else is written, as everywhere: who attends meanwhile waits, and is not overlooked
    cards.lock(tx, list(waiting.values()))
    return store.take_finished(tx, list(waiting))


def issue_test_codes(tx: Tx, institution_id: int, *, now: datetime) -> list[TestCode]:
    """The institution's test codes, one for each documented case (partner-api 1.8); made where there was none."""
    fresh = [
        (trials.PREFIX + ids.random_code(trials.CODE_LENGTH), case, trials.starting_attendance(case, now))
        for case in trials.CASES.values()
    ]
    store.insert_test_codes(tx, institution_id, fresh, now)
    return store.test_codes(tx, institution_id)


def reset_test_code(
    tx: Tx, institution: Partner, redeem_code: str, *, now: datetime, language: str = ANSWER_LANGUAGE
) -> RedeemStatus:
    """Bring a positive test code back to its start (partner-api 2.10); the state afterwards.

    Raises NotATestCode, RedeemCodeUnknown, RedeemCodeOfAnother, NotAPositiveTestCode.
    """
    if not redeem_code.strip().upper().startswith(trials.PREFIX):
        raise NotATestCode
    ticket, _ = _ticket(tx, redeem_code, now, lock=True)
    if ticket.institution_id != institution.partner_id:
        raise RedeemCodeOfAnother
    kept = store.test_code(tx, ticket.redeem_code)
    if kept is None:
        raise RedeemCodeUnknown
    case = trials.CASES[kept.test_case]
    if case.failure is not None:
        raise NotAPositiveTestCode(case.name)
    store.reset_test_code(tx, ticket.redeem_code, trials.starting_attendance(case, kept.issued_at))
    facts = {"institution": institution.client_code}
    event = Event("attendance.test_code_reset", f"test-code/{case.name}", facts=facts)
    journal.record(tx, [event], now=now)
    return redeem_status(tx, institution, redeem_code, case.sequence, now=now, language=language)


def _ticket(tx: Tx, redeem_code: str, now: datetime, *, lock: bool = False) -> tuple[Ticket, Purchase | None]:
    """What a redeem code stands for; the purchase is None for a test code. Raises RedeemCodeUnknown.

    With `lock`, attending and cancelling wait for each other from here on, as every change to a card's purchases does.
    """
    code = rules.canonical_code(redeem_code)
    if code is None:
        raise RedeemCodeUnknown
    if code.startswith(trials.PREFIX):
        if lock:
            store.lock_test_code(tx, code)
        kept = store.test_code(tx, code)
        if kept is None:
            raise RedeemCodeUnknown
        return trials.ticket(trials.CASES[kept.test_case], code, kept.institution_id, kept.attended, now), None
    purchase = purchases.by_redeem_code(tx, code)
    if purchase is not None and lock:
        cards.lock(tx, [purchase.card_id])
        purchase = purchases.by_redeem_code(tx, code)
    if purchase is None:
        raise RedeemCodeUnknown
    return _ticket_of(tx, purchase), purchase


def _ticket_of(tx: Tx, purchase: Purchase) -> Ticket:
    rows = store.class_of_purchase(tx, purchase.purchase_id)
    return Ticket(
        redeem_code=purchase.redeem_code,
        institution_id=purchase.institution_id,
        mode=CourseMode(purchase.course_mode),
        course_code=purchase.course_code,
        invoice_code=purchase.invoice_code,
        schedule_code=purchase.schedule_code,
        platform_name=purchase.platform_name,
        starts_at=purchase.schedule_starts_at,
        ends_at=purchase.schedule_ends_at,
        meetings=rows[0].meetings,
        meeting_starts={row.sequence: row.starts_at for row in rows if row.sequence and row.starts_at},
        attended=store.attended(tx, purchase.purchase_id),
        voided_at=purchase.voided_at,
        card_revoked_at=rows[0].card_revoked_at,
    )


def _require_attendable(
    tx: Tx, ticket: Ticket, purchase: Purchase | None, institution: Partner, sequence: int, now: datetime
) -> None:
    within = why = None
    if purchase is not None:
        why = holding.held(tx, purchase, now)
        within = holding.as_window(holding.deadline_of(tx, ticket, purchase, sequence, now))
    refusal = rules.refusal_to_attend(ticket, institution.partner_id, sequence, within=within, held=why, now=now)
    if refusal:
        raise refusal


def _decide(tx: Tx, walked: OpenVerification, check_id: str, provider: IdentityProvider, now: datetime) -> bool:
    """Take the provider's word once; whether the face matched."""
    if refusal := rules.refusal_to_conclude(walked, now):
        raise refusal
    if walked.bought is not None:
        holding.require_not_held(tx, walked.bought, now)
    outcome = provider.result(check_id)
    if outcome is IdentityOutcome.PENDING:
        raise CheckNotFinished
    store.decide(tx, walked.verification_id, outcome.value, now)
    _record(tx, "attendance.checked", walked.bought, {"sequence": walked.sequence, "outcome": outcome.value}, now)
    matched = outcome is IdentityOutcome.MATCH
    if matched and walked.bought is not None:
        cards.lock(tx, [walked.bought.card_id])
        _require_live(tx, walked.bought)
        attend(tx, walked.bought, walked.sequence, Proof.IDENTITY_CHECK, now=now)
    elif matched and walked.test_code is not None:
        store.attend_test_code(tx, walked.test_code, walked.sequence, now)
    return matched


def _read_email(text: str) -> str:
    try:
        return read_email(text)
    except BadEmail as reason:
        raise BadField("email", reason.problem) from reason


def _walked(tx: Tx, state: str) -> OpenVerification:
    walked = store.lock_verification(tx, state)
    if walked is None:
        raise VerificationUnknown
    return walked


def _require_live(tx: Tx, bought: Bought) -> None:
    if voided_at := store.voided_at(tx, bought.purchase_id):
        raise TransactionCancelled(voided_at)


def _record(tx: Tx, action: str, bought: Bought | None, facts: dict[str, int | str], now: datetime) -> None:
    """Journal a step; what an institution tries with a test code is part of nobody's life."""
    if bought is not None:
        event = Event(action, f"purchase/{bought.transaction_code}", bought.person_id, facts)
        journal.record(tx, [event], now=now)
