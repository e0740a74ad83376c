"""The SQL of gap lists."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import msgspec

from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence
from prakarsa.rehearsal import rules
from prakarsa.rehearsal.gap_model import GapAnswer, GapItem, GapList, GapOutcome, GapState
from prakarsa.rehearsal.model import DryRun, Finding, Thing
from prakarsa.rehearsal.store import sql


def lock_dry_run(tx: Tx, run_code: str) -> int:
    """Lock a dry run whose lists are being made; the id of the last partner looked at."""
    return int(tx.value(sql["lock_dry_run"], run_code=run_code))


def begin_gaps(tx: Tx, run_code: str, due_at: datetime, by: str) -> None:
    """Say by when partners must answer."""
    tx.run(sql["begin_gaps"], run_code=run_code, due_at=due_at, by=by)


def go_on_gaps(tx: Tx, run_code: str, through: int, *, finished: bool, now: datetime) -> None:
    """Remember how far the lists are made."""
    tx.run(sql["go_on_gaps"], run_code=run_code, through=through, finished=finished, now=now)


def next_partners(tx: Tx, after: int, limit: int) -> list[tuple[str, int]]:
    """The next partners to look at: client code and id."""
    return [(code, partner_id) for code, partner_id in tx.tuples(sql["next_partners"], after=after, limit=limit)]


def insert_list(
    tx: Tx, list_code: str, run: DryRun, partner_id: int, due_at: datetime, told_at: datetime | None, now: datetime
) -> int:
    """Keep a list; its id."""
    return int(
        tx.value(
            sql["insert_gap_list"],
            list_code=list_code,
            dry_run_id=run.dry_run_id,
            partner_id=partner_id,
            due_at=due_at,
            told_at=told_at,
            now=now,
        )
    )


def insert_items(tx: Tx, gap_list_id: int, items: Mapping[str, Finding]) -> None:
    """Keep the items of a list, by their codes."""
    rows = [
        {
            "item_code": code,
            "thing": finding.thing,
            "thing_id": finding.thing_id,
            "thing_code": finding.code,
            "thing_name": finding.name,
            "condition": finding.condition,
            "bit": finding.bit,
            "refusal_code": finding.refusal.code if finding.refusal else "",
            "facts": finding.refusal.facts() if finding.refusal else {},
        }
        for code, finding in items.items()
    ]
    tx.run(sql["insert_gap_items"], gap_list_id=gap_list_id, rows=msgspec.json.encode(rows).decode())


def lists(
    tx: Tx,
    *,
    list_code: str | None = None,
    run_code: str | None = None,
    partner_code: str | None = None,
    before: int = 2**62,
    limit: int,
) -> list[GapList]:
    """One page of lists, newest first."""
    return tx.rows(
        GapList,
        sql["gap_lists"],
        list_code=list_code,
        run_code=run_code,
        partner_code=partner_code,
        before=before,
        limit=limit,
    )


def items(
    tx: Tx,
    *,
    item_code: str | None = None,
    gap_list_id: int | None = None,
    state: GapState | None = None,
    after: int = 0,
    limit: int,
) -> list[GapItem]:
    """One page of items, in the order they were asked."""
    rows = tx.tuples(
        sql["gap_items"], item_code=item_code, gap_list_id=gap_list_id, state=state, after=after, limit=limit
    )
    return [_item(row) for row in rows]


def lock_item(tx: Tx, item_code: str) -> GapItem | None:
    """One item, locked."""
    if tx.value(sql["lock_gap_item"], item_code=item_code) is None:
        return None
    (found,) = items(tx, item_code=item_code, limit=1)
    return found


def set_state(tx: Tx, item: GapItem, state: GapState, now: datetime) -> None:
    """Where an item stands from now on."""
    tx.run(sql["set_gap_state"], gap_item_id=item.gap_item_id, state=state.value, now=now)


def insert_answer(tx: Tx, item: GapItem, words: str, evidence: Sequence[Evidence], now: datetime) -> None:
    """Keep an answer."""
    tx.run(
        sql["insert_gap_answer"],
        gap_item_id=item.gap_item_id,
        words=words,
        evidence=evidences.to_json(evidence),
        now=now,
    )


def decide_answer(tx: Tx, item: GapItem, outcome: GapOutcome, words: str, by: str, now: datetime) -> None:
    """Keep what was decided about the answer that waits."""
    tx.run(
        sql["decide_gap_answer"],
        gap_item_id=item.gap_item_id,
        outcome=outcome.value,
        words=words,
        by=by,
        now=now,
    )


def answers(tx: Tx, item_ids: Sequence[int]) -> dict[int, list[GapAnswer]]:
    """The answers to these items, newest first, by item id."""
    found: dict[int, list[GapAnswer]] = {item_id: [] for item_id in item_ids}
    for row in tx.tuples(sql["gap_answers"], gap_item_ids=list(item_ids)):
        answer_id, item_id, words, evidence, answered_at, outcome, *decision = row
        kept = GapOutcome(outcome) if outcome else None
        said = evidences.from_json(evidence)
        found[item_id].append(GapAnswer(answer_id, item_id, words, said, answered_at, kept, *decision))
    return found


def extend(tx: Tx, gap_list: GapList, due_at: datetime) -> None:
    """Give a partner another deadline."""
    tx.run(sql["extend_gap_list"], gap_list_id=gap_list.gap_list_id, due_at=due_at)


def close_met(tx: Tx, limit: int, now: datetime) -> list[tuple[str, GapState, str, str]]:
    """Close items of courses that the facts decide: item, state, thing and condition of each."""
    rows = tx.tuples(
        sql["close_gaps"],
        own_bits=rules.OWN_BITS,
        affiliated_bit=rules.AFFILIATED_BIT,
        decreed_bit=rules.DECREED_BIT,
        mode_bit=rules.MODE_BIT,
        limit=limit,
        now=now,
    )
    return [(code, GapState(state), thing, condition) for code, state, thing, condition in rows]


def partners_open(tx: Tx, after: int, limit: int) -> list[tuple[GapItem, str]]:
    """One page of open items about partners themselves, each with the code of the dry run that asks."""
    return [(_item(row[:-1]), row[-1]) for row in tx.tuples(sql["other_gaps"], after=after, limit=limit)]


def _item(row: Sequence[Any]) -> GapItem:
    values = dict(zip(_ITEM_COLUMNS, row, strict=True))
    return GapItem(**values | {"thing": Thing(values["thing"]), "state": GapState(values["state"])})


_ITEM_COLUMNS = tuple(field.name for field in fields(GapItem))
"""The columns of every statement that reads items, in their order."""
