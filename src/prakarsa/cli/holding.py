"""What the hold commands read and show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from prakarsa.cli.arguments import When
from prakarsa.cli.output import picked, words
from prakarsa.gateways import targets
from prakarsa.hold import actions as holds
from prakarsa.hold.hearing_model import DEED_WORDS, Deed, Proposal, Statement
from prakarsa.hold.model import PERSON_PARTY, REASON_WORDS, Capability, Hold, NewHold, Reason, Scope
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence
from prakarsa.people import actions as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A hold as typed, without its moments."""

    scope: Scope
    capability: Capability
    target: str
    reason: Reason
    legal_basis: str
    basis_version: str
    public_words: str
    public_words_en: str
    evidence: tuple[Evidence, ...]
    proportionality: str
    notice_to: str


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of a hold as typed."""

    notice_at: When | None
    answer_by: When | None
    starts_at: When | None
    ends_at: When | None
    review_at: When | None


def read(tx: Tx, typed: Typed, moments: Moments, now: datetime) -> NewHold:
    """The hold meant. Without a time to answer it gets the shortest that the rules in force allow."""
    aimed = targets.aimed(tx, typed.scope, typed.target)
    notice_at = moments.notice_at.at(now) if moments.notice_at else now
    days = holds.due_process(tx, now).answer_days
    shortest = notice_at + timedelta(days=days) if days else None
    return NewHold(
        scope=typed.scope,
        capability=typed.capability,
        target_code=aimed.code,
        target_name=aimed.name,
        party=aimed.party,
        reason=typed.reason,
        legal_basis=typed.legal_basis,
        basis_version=typed.basis_version,
        public_words=typed.public_words,
        public_words_en=typed.public_words_en,
        evidence=typed.evidence,
        proportionality=typed.proportionality,
        notice_to=typed.notice_to,
        notice_at=notice_at,
        answer_by_at=moments.answer_by.at(now) if moments.answer_by else shortest,
        starts_at=moments.starts_at.at(now) if moments.starts_at else now,
        ends_at=moments.ends_at.at(now) if moments.ends_at else None,
        review_at=moments.review_at.at(now) if moments.review_at else None,
    )


def party(tx: Tx, hold: Hold, typed: str) -> str:
    """Who speaks, as the hold room names them: people are typed by their public id. Raises NothingHere."""
    return f"{PERSON_PARTY}{people.person_named(tx, typed).person_id}" if hold.is_private else typed


def record(hold: Hold) -> dict[str, Any]:
    """One hold with everything due process asked for."""
    names = (
        "hold_code",
        "scope",
        "capability",
        "target_code",
        "target_name",
        "party",
        "reason_code",
        "legal_basis",
        "basis_version",
        "public_words",
        "public_words_en",
        "evidence",
        "proportionality",
        "notice_to",
        "notice_at",
        "answer_by_at",
        "placed_by",
        "second_person",
        "placed_at",
        "starts_at",
        "ends_at",
        "review_at",
        "over_at",
        "lifted_at",
        "lift_reason",
    )
    return picked(hold, *names)


def row(hold: Hold, *, json: bool) -> dict[str, Any]:
    """One hold in a list."""
    return (
        picked(hold, "hold_code", "scope", "capability", "target_code", "target_name")
        | {"reason": hold.reason_code if json else REASON_WORDS[Reason(hold.reason_code)]}
        | picked(hold, "starts_at", "over_at", "next_word_at")
    )


def proposal_record(proposal: Proposal) -> dict[str, Any]:
    """One proposed hold."""
    return (
        picked(proposal, "proposal_code", "proposed_by", "proposed_at")
        | picked(proposal.wanted, "scope", "capability", "target_code", "target_name", "reason", "public_words")
        | picked(proposal.wanted, "starts_at", "ends_at", "review_at")
        | picked(proposal, "decided_by", "decided_at", "reject_reason", "hold_code")
    )


def statement_record(said: Statement) -> dict[str, Any]:
    """One answer or appeal."""
    names = ("statement_code", "hold_code", "kind", "party", "words", "evidence", "made_at", "due_at")
    return picked(said, *names, "outcome", "decision_words", "decided_by", "decided_at")


def deed_record(deed: Deed, *, json: bool) -> dict[str, Any]:
    """One line of a history."""
    what = deed.kind.value if json else words(DEED_WORDS[deed.kind])
    return {"at": deed.at, "what": what} | picked(deed, "by", "words", "code")
