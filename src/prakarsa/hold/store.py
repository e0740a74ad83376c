"""The hold room's SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import msgspec

from prakarsa.hold.hearing_model import Proposal, Review, Statement
from prakarsa.hold.model import Hold, NewHold, PrivateCount
from prakarsa.kernel.db import Tx, queries
from prakarsa.kernel.evidence import Evidence
from prakarsa.kernel.evidence import to_json as evidence_json

sql = queries(__file__)


def insert(
    tx: Tx, new: NewHold, hold_code: str, *, by: str, second: str | None, four_eyes: bool, now: datetime
) -> Hold:
    """A hold as placed."""
    values = asdict(new) | {"evidence": evidence_json(new.evidence)}
    hold = tx.row(
        Hold, sql["insert_hold"], **values, hold_code=hold_code, by=by, second=second, four_eyes=four_eyes, now=now
    )
    assert hold is not None
    return hold


def lift(tx: Tx, hold_id: int, reason: str, by: str, now: datetime) -> None:
    """End a hold before its time."""
    tx.run(sql["lift_hold"], hold_id=hold_id, reason=reason, by=by, now=now)


def hold(tx: Tx, hold_code: str) -> Hold | None:
    """One hold of any scope."""
    return tx.row(Hold, sql["hold"], hold_code=hold_code)


def lock(tx: Tx, hold_code: str) -> Hold | None:
    """One hold, locked so that two hands cannot move it at once."""
    return tx.row(Hold, sql["lock_hold"], hold_code=hold_code)


def holds(tx: Tx) -> list[Hold]:
    """Every hold on things, newest first."""
    return tx.rows(Hold, sql["holds"])


def holds_standing(tx: Tx, over_after: datetime) -> list[Hold]:
    """Holds on things that are not over at a moment, newest first."""
    return tx.rows(Hold, sql["holds_standing"], over_after=over_after)


def holds_over(tx: Tx, now: datetime, *, before: int, limit: int) -> list[Hold]:
    """One page of the holds on things that are over, newest first."""
    return tx.rows(Hold, sql["holds_over"], now=now, before=before, limit=limit)


def holds_of(tx: Tx, card_ids: Sequence[int], person_ids: Sequence[int], over_after: datetime) -> list[Hold]:
    """Holds on these cards and people that are not over before a moment."""
    cards = [str(card_id) for card_id in card_ids]
    people = [str(person_id) for person_id in person_ids]
    return tx.rows(Hold, sql["holds_of"], cards=cards, people=people, over_after=over_after)


def holds_private(tx: Tx, *, before: int, over_after: datetime | None, limit: int) -> list[Hold]:
    """One page of the holds on cards and people, newest first."""
    return tx.rows(Hold, sql["holds_private"], before=before, over_after=over_after, limit=limit)


def counts_private(tx: Tx, now: datetime) -> list[PrivateCount]:
    """How many holds on cards and people stand."""
    return tx.rows(PrivateCount, sql["counts_private"], now=now)


def insert_proposal(tx: Tx, wanted: NewHold, proposal_code: str, by: str, now: datetime) -> None:
    """A hold as proposed."""
    values = msgspec.json.encode(wanted).decode()
    tx.run(sql["insert_proposal"], wanted=values, proposal_code=proposal_code, by=by, now=now)


def proposal(tx: Tx, *, proposal_code: str | None = None, hold_id: int | None = None) -> Proposal | None:
    """A proposal by its code, or the one a hold grew out of."""
    found = tx.tuples(sql["proposal"], proposal_code=proposal_code, hold_id=hold_id)
    return _proposal(found[0]) if found else None


def lock_proposal(tx: Tx, proposal_code: str) -> None:
    """Keep others from deciding it at the same moment."""
    tx.run(sql["lock_proposal"], proposal_code=proposal_code)


def proposals_waiting(tx: Tx, limit: int) -> list[Proposal]:
    """Proposals that nobody has decided, oldest first."""
    return [_proposal(row) for row in tx.tuples(sql["proposals_waiting"], limit=limit)]


def decide_proposal(
    tx: Tx, proposal_id: int, *, by: str, hold_id: int | None = None, reject_reason: str | None = None, now: datetime
) -> None:
    """What became of it: a hold, or nothing and why."""
    tx.run(
        sql["decide_proposal"],
        proposal_id=proposal_id,
        by=by,
        hold_id=hold_id,
        reject_reason=reject_reason,
        now=now,
    )


def insert_review(tx: Tx, hold: Hold, words: str, next_review_at: datetime, by: str, now: datetime) -> None:
    """A review that took place; the hold's promised word moves with it."""
    tx.run(
        sql["insert_review"],
        hold_id=hold.hold_id,
        words=words,
        was_review_at=hold.review_at,
        next_review_at=next_review_at,
        by=by,
        now=now,
    )
    tx.run(sql["move_review"], hold_id=hold.hold_id, next_review_at=next_review_at)


def reviews(tx: Tx, hold_id: int) -> list[Review]:
    """The reviews of a hold, oldest first."""
    return tx.rows(Review, sql["reviews"], hold_id=hold_id)


def insert_statement(
    tx: Tx,
    hold: Hold,
    statement_code: str,
    *,
    kind: str,
    party: str,
    words: str,
    evidence: Sequence[Evidence],
    due_at: datetime | None,
    now: datetime,
) -> None:
    """What a party said."""
    tx.run(
        sql["insert_statement"],
        statement_code=statement_code,
        hold_id=hold.hold_id,
        kind=kind,
        party=party,
        words=words,
        evidence=evidence_json(evidence),
        due_at=due_at,
        now=now,
    )


def statement(tx: Tx, statement_code: str) -> Statement | None:
    """One answer or appeal."""
    return tx.row(Statement, sql["statement"], statement_code=statement_code)


def statements(tx: Tx, hold_id: int) -> list[Statement]:
    """Everything said about a hold, oldest first."""
    return tx.rows(Statement, sql["statements"], hold_id=hold_id)


def statements_of(tx: Tx, party: str, limit: int) -> list[Statement]:
    """What one party said, newest first."""
    return tx.rows(Statement, sql["statements_of"], party=party, limit=limit)


def open_appeals(tx: Tx, *, limit: int) -> list[Statement]:
    """Appeals that nobody has decided, the most urgent first."""
    return tx.rows(Statement, sql["open_appeals"], limit=limit)


def decide_statement(tx: Tx, statement_id: int, outcome: str, words: str, by: str, now: datetime) -> None:
    """How an appeal ended."""
    tx.run(sql["decide_statement"], statement_id=statement_id, outcome=outcome, words=words, by=by, now=now)


def _proposal(row: tuple[object, ...]) -> Proposal:
    proposal_id, proposal_code, wanted, *rest = row
    return Proposal(proposal_id, proposal_code, msgspec.convert(wanted, NewHold), *rest)  # type: ignore[arg-type]  # a row
