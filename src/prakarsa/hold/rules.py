"""What a hold must bring, which hold stands in the way, who may speak against it, and what pauses do to a deadline.

Pure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from prakarsa.hold.hearing_model import Deed, DeedKind, Outcome, Proposal, Review, Statement
from prakarsa.hold.model import (
    PERSON_PARTY,
    PERSONAL_REASONS,
    PRIVATE_SCOPES,
    UNEVIDENCED_REASONS,
    Capability,
    Deadline,
    DueProcess,
    Hold,
    NewHold,
    Pause,
    Reach,
    Scope,
)
from prakarsa.hold.refusals import (
    AnswerTooLate,
    CardHeld,
    HoldIncomplete,
    HoldOver,
    NoTimeToAnswer,
    NotTheirHold,
    OfferHeld,
    OwnRedeemingHeld,
    PayoutHeld,
    PersonHeld,
    RedeemingHeld,
    SellingHeld,
)
from prakarsa.kernel import evidence as evidence_rules
from prakarsa.kernel import four_eyes
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField

LONGEST_DAYS = 180
"""From its start to its end or next review. A measure that needs longer is a rule, not a hold."""
LONGEST_WORDS = 1_000
LATEST_START = timedelta(minutes=5)
MOST_EVIDENCE = 20
FAR_AHEAD = datetime.max.replace(tzinfo=JAKARTA)

_ID = re.compile(r"[0-9]{1,18}")
_WIDEST_FIRST = {scope.value: place for place, scope in enumerate(Scope)}
_WORDED = ("legal_basis", "basis_version", "public_words", "notice_to")
_LOOSE = frozenset({Scope.COURSE, Scope.SCHEDULE})
EMPTY = msg("is empty")
TOO_LONG = msg("is longer than 1,000 characters, or has signs that cannot be printed")
TOO_FAR = msg("may not be more than 180 days away")


def settled(new: NewHold) -> NewHold:
    """The hold with its party, where that follows from the target."""
    if new.scope is Scope.PROGRAMME:
        return replace(new, party="")
    if new.scope in {Scope.PLATFORM, Scope.INSTITUTION}:
        return replace(new, party=new.target_code or "")
    return replace(new, party=f"{PERSON_PARTY}{new.target_code}") if new.scope is Scope.PERSON else new


def check(new: NewHold, now: datetime, process: DueProcess | None = None) -> None:
    """Due process or nothing. Raises HoldIncomplete for the first thing that is missing, EvidenceUnfit.

    Source: French courts stayed suspensions that had no end date, a wrong legal basis, no proportion or no reasons
    (lessons, national training-voucher systems).
    """
    _check_words(new)
    _check_target(new)
    _check_grounds(new, now)
    _check_moments(new, now)
    _check_hearing(new, process or DueProcess(), now)


def _check_words(new: NewHold) -> None:
    for field in _WORDED:
        if not getattr(new, field).strip():
            raise HoldIncomplete(field, EMPTY)
    for field in (*_WORDED, "public_words_en", "proportionality", "target_name"):
        if not _printable(getattr(new, field)):
            raise HoldIncomplete(field, TOO_LONG)


def _check_target(new: NewHold) -> None:
    if (new.scope is Scope.PROGRAMME) != (new.target_code is None):
        raise HoldIncomplete("target", msg("is needed unless the whole programme is held"))
    if new.scope is Scope.PROGRAMME:
        return
    if not new.party:
        raise HoldIncomplete("party", msg("is needed: somebody must be able to answer and to appeal"))
    private = new.scope in PRIVATE_SCOPES
    if private and not _ID.fullmatch(new.target_code or ""):
        raise HoldIncomplete("target", msg("is not the id of a card or a person"))
    of_person = new.party.startswith(PERSON_PARTY)
    if private != of_person or (of_person and not _ID.fullmatch(new.party.removeprefix(PERSON_PARTY))):
        raise HoldIncomplete("party", msg("does not fit how far the hold reaches"))


def _check_grounds(new: NewHold, now: datetime) -> None:
    if new.reason in PERSONAL_REASONS and new.scope not in PRIVATE_SCOPES:
        raise HoldIncomplete("reason", msg("is one that only holds on a card or a person can have"))
    if new.scope not in _LOOSE and not new.proportionality.strip():
        raise HoldIncomplete("proportionality", msg("is empty: say why nothing smaller would do"))
    if new.reason not in UNEVIDENCED_REASONS and not new.evidence:
        raise HoldIncomplete("evidence", msg("is missing: give at least one piece"))
    check_evidence(new.evidence, now)


def check_evidence(pieces: Sequence[Evidence], now: datetime) -> None:
    """Every piece can be looked at again. Raises EvidenceUnfit, BadField."""
    if len(pieces) > MOST_EVIDENCE:
        raise BadField("evidence", msg("give at most 20 pieces"))
    for piece in pieces:
        evidence_rules.check(piece, accepted=frozenset(EvidenceKind), today=now.astimezone(JAKARTA).date())


def _check_moments(new: NewHold, now: datetime) -> None:
    if new.ends_at is None and new.review_at is None:
        raise HoldIncomplete("ends_at", msg("or a review date is needed: no hold is open-ended"))
    if new.starts_at < now - LATEST_START:
        raise HoldIncomplete("starts_at", msg("may not lie in the past"))
    if new.starts_at > now + timedelta(days=LONGEST_DAYS):
        raise HoldIncomplete("starts_at", TOO_FAR)
    for field, moment in (("ends_at", new.ends_at), ("review_at", new.review_at)):
        if moment is not None and moment <= max(new.starts_at, now):
            raise HoldIncomplete(field, msg("must lie after its start and in the future"))
        if moment is not None and moment > new.starts_at + timedelta(days=LONGEST_DAYS):
            raise HoldIncomplete(field, TOO_FAR)
    if new.ends_at is not None and new.review_at is not None and new.review_at > new.ends_at:
        raise HoldIncomplete("review_at", msg("must not lie after the end"))
    if new.notice_at > new.starts_at:
        raise HoldIncomplete("notice_at", msg("must not be later than the start"))


def _check_hearing(new: NewHold, process: DueProcess, now: datetime) -> None:
    if new.answer_by_at is None:
        if process.answer_days:
            raise HoldIncomplete("answer_by_at", msg("is needed: the rules in force give time to answer"))
        return
    earliest = new.notice_at + timedelta(days=process.answer_days)
    if new.answer_by_at < earliest or new.answer_by_at <= new.notice_at:
        raise HoldIncomplete("answer_by_at", msg("gives less time after the notice than the rules in force"))
    if new.answer_by_at <= now:
        raise HoldIncomplete("answer_by_at", msg("has passed: whoever it hits must still be able to answer"))
    if new.answer_by_at > new.notice_at + timedelta(days=LONGEST_DAYS):
        raise HoldIncomplete("answer_by_at", TOO_FAR)


def needs_two(scope: Scope, process: DueProcess) -> bool:
    """Whether two people answer for a hold of this scope (policy `hold_four_eyes_scopes`)."""
    return scope in process.four_eyes_scopes


def check_two(first: str, second: str, act: str) -> None:
    """Two different people, whatever they do together. Raises SecondPersonNeeded, SamePerson."""
    four_eyes.check_two(act, first, second)


def confirmed(wanted: NewHold, now: datetime) -> NewHold:
    """A proposed hold as it can be placed now: nothing starts before two people stand behind it."""
    return replace(wanted, starts_at=max(wanted.starts_at, now))


def check_speaker(hold: Hold, party: str, now: datetime) -> None:
    """Only whom a hold is directed at, while it lasts. A hold on the programme is directed at every partner.

    Raises NotTheirHold, HoldOver.
    """
    of_programme = hold.scope == Scope.PROGRAMME and party and not party.startswith(PERSON_PARTY)
    if not of_programme and (not hold.party or party != hold.party):
        raise NotTheirHold(hold.hold_code)
    check_standing(hold, now)


def check_standing(hold: Hold, now: datetime) -> None:
    """The hold has not ended. Raises HoldOver."""
    if hold.over_at <= now:
        raise HoldOver(hold.hold_code, hold.over_at)


def check_in_time(hold: Hold, now: datetime) -> None:
    """The time to answer is not over. Raises NoTimeToAnswer, AnswerTooLate."""
    if hold.answer_by_at is None:
        raise NoTimeToAnswer(hold.hold_code)
    if now > hold.answer_by_at:
        raise AnswerTooLate(hold.hold_code, hold.answer_by_at)


def check_next_review(hold: Hold, next_review_at: datetime, now: datetime) -> None:
    """The next word comes in the future, before the end and not in half a year. Raises BadField."""
    if next_review_at <= max(now, hold.starts_at):
        raise BadField("next_review_at", msg("it must lie in the future and after the start"))
    if next_review_at > now + timedelta(days=LONGEST_DAYS):
        raise BadField("next_review_at", msg("it may not be more than 180 days away"))
    if hold.ends_at is not None and next_review_at > hold.ends_at:
        raise BadField("next_review_at", msg("it lies after the end of the hold"))


def needed_words(field: str, text: str) -> str:
    """Words that people will read. Raises BadField for none, too many or unprintable ones."""
    if not text.strip():
        raise BadField(field, msg("it is empty"))
    if not _printable(text):
        raise BadField(field, msg("it is longer than 1,000 characters, or has signs that cannot be printed"))
    return text.strip()


def last_word_by(hold: Hold, reviews: Sequence[Review]) -> str:
    """Who decided last that the hold stands."""
    return reviews[-1].reviewed_by if reviews else hold.placed_by


def blocking(holds: Iterable[Hold], capability: Capability, reach: Reach, now: datetime) -> Hold | None:
    """The widest hold in force that suspends this capability for what somebody is trying to do."""
    standing = [
        hold
        for hold in holds
        if hold.capability == capability
        and hold.in_force(now)
        and hold.target_code == reach.code_at(Scope(hold.scope))
        and (hold.target_code is not None or hold.scope == Scope.PROGRAMME)
    ]
    return min(standing, key=lambda hold: (_WIDEST_FIRST[hold.scope], hold.starts_at), default=None)


def as_refusal(hold: Hold) -> Refusal:
    """The hold as told to whoever it keeps from something. What hits one person is told to that person only."""
    words, basis, since, word_by = hold.words, hold.legal_basis, hold.starts_at, hold.next_word_at
    if hold.capability == Capability.PAYOUT:
        return PayoutHeld(hold.hold_code, hold.scope, hold.target_name, words, basis, since, word_by)
    if hold.capability == Capability.REDEEMING:
        if hold.is_private:
            return OwnRedeemingHeld(hold.hold_code, words, basis, since, word_by)
        return RedeemingHeld(hold.hold_code, hold.scope, hold.target_name, words, basis, since, word_by)
    of_scope = {Scope.PROGRAMME: SellingHeld, Scope.CARD: CardHeld, Scope.PERSON: PersonHeld}.get(Scope(hold.scope))
    if of_scope is not None:
        return of_scope(hold.hold_code, words, basis, since, word_by)
    return OfferHeld(hold.hold_code, hold.scope, hold.target_name, words, basis, since, word_by)


def history(
    hold: Hold, proposal: Proposal | None, reviews: Sequence[Review], statements: Sequence[Statement]
) -> list[Deed]:
    """Everything that happened to a hold and will happen by itself, in order."""
    deeds = [Deed(proposal.proposed_at, DeedKind.PROPOSED, proposal.proposed_by)] if proposal else []
    deeds += [
        Deed(hold.notice_at, DeedKind.NOTIFIED, hold.placed_by, hold.notice_to),
        Deed(hold.placed_at, DeedKind.PLACED, hold.second_person or hold.placed_by),
    ]
    if hold.lifted_at is None or hold.starts_at < hold.lifted_at:
        deeds.append(Deed(hold.starts_at, DeedKind.STARTED, ""))
    deeds += [Deed(each.reviewed_at, DeedKind.REVIEWED, each.reviewed_by, each.words) for each in reviews]
    for said in statements:
        kind = DeedKind.APPEALED if said.due_at else DeedKind.ANSWERED
        deeds.append(Deed(said.made_at, kind, said.party, said.words, said.statement_code))
        if said.outcome is not None and said.decided_at is not None:
            decided = DeedKind.UPHELD if said.outcome == Outcome.UPHELD else DeedKind.DISMISSED
            words, by = said.decision_words or "", said.decided_by or ""
            deeds.append(Deed(said.decided_at, decided, by, words, said.statement_code))
    if hold.lifted_at is not None:
        deeds.append(Deed(hold.lifted_at, DeedKind.LIFTED, hold.lifted_by or "", hold.lift_reason or ""))
    else:
        deeds.append(Deed(hold.over_at, DeedKind.OVER, ""))
    return sorted(deeds, key=lambda deed: deed.at)


def moved_deadline(
    deadline: datetime, pauses: Sequence[Pause], *, clock_started_at: datetime, now: datetime
) -> datetime:
    """The deadline moved by exactly the time in which the clock stood still; overlapping pauses count once.

    Only pauses that began before the (moved) deadline count: a clock that has run out stays out. A pause that still
    lasts counts up to `now`.
    """
    counted_to = clock_started_at
    for pause in sorted(pauses, key=lambda p: p.starts_at):
        begins = max(pause.starts_at, counted_to)
        ends = min(pause.ends_at or now, now)
        if begins >= deadline:
            break
        if ends > begins:
            deadline += ends - begins
            counted_to = ends
    return deadline


def paused_now(pauses: Iterable[Pause], now: datetime) -> bool:
    """Whether the clock stands still at that moment."""
    return any(pause.lasts(now) for pause in pauses)


def deadline_with_pauses(
    first_deadline_at: datetime, pauses: Iterable[Pause], *, starts_at: datetime, now: datetime
) -> Deadline:
    """A deadline moved by its pauses, with those that moved it: what a clock shows its owner.

    Pauses before the clock started, and after it ran out, are nothing to it. See `moved_deadline`.
    """
    every = sorted(pauses, key=lambda pause: (pause.starts_at, pause.cause, pause.ends_at or FAR_AHEAD))
    moved = moved_deadline(first_deadline_at, every, clock_started_at=starts_at, now=now)
    counted = tuple(
        pause
        for pause in every
        if pause.starts_at <= now
        and pause.starts_at < moved
        and (pause.ends_at is None or pause.ends_at > max(pause.starts_at, starts_at))
    )
    return Deadline(starts_at, first_deadline_at, moved, paused_now(counted, now), counted)


def _printable(text: str) -> bool:
    return len(text) <= LONGEST_WORDS and all(line.isprintable() for line in text.split("\n"))
