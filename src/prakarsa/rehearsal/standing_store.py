"""The SQL of standings."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import msgspec

from prakarsa.kernel.db import Tx
from prakarsa.rehearsal import rules
from prakarsa.rehearsal.standing_model import CourseStanding, Leaver, RuleSet, RuleSetCount, Turn, Turned
from prakarsa.rehearsal.store import sql


def sync_rule_sets(tx: Tx, asked: Sequence[RuleSet], now: datetime) -> list[tuple[str, bool]]:
    """Make these the rule sets of the moment; those that changed, and whether each is in force."""
    rows = msgspec.json.encode([asdict(each) for each in asked]).decode()
    return [(rule_set, in_force) for rule_set, in_force in tx.tuples(sql["sync_rule_sets"], rows=rows, now=now)]


def rule_sets(tx: Tx) -> list[RuleSet]:
    """Rule sets that courses stand under now, soon, or until they have been recorded as free of them."""
    return tx.rows(RuleSet, sql["rule_sets"])


def lock_rule_set(tx: Tx, rule_set: str) -> int | None:
    """Lock a rule set; the id of the last course recorded under it in the present pass."""
    found = tx.value(sql["lock_rule_set"], rule_set=rule_set)
    return None if found is None else int(found)


def record(tx: Tx, rule_set: str, through: int, limit: int, now: datetime) -> tuple[int, list[Turned]]:
    """Judge the next courses; how many were looked at, and whose standing turned."""
    [(looked_at, last, turns)] = tx.tuples(
        sql["record_standings"],
        rule_set=rule_set,
        through=through,
        limit=limit,
        decreed_bit=rules.DECREED_BIT,
        mode_bit=rules.MODE_BIT,
        affiliated_bit=rules.AFFILIATED_BIT,
        now=now,
    )
    tx.run(sql["go_on_recording"], rule_set=rule_set, through=last or 0)
    return looked_at, [Turned(code, Turn(turn), missed) for code, turn, missed in turns or ()]


def untold_partners(tx: Tx, limit: int) -> list[str]:
    """Institutions that have something to be told."""
    return tx.values(sql["untold_partners"], limit=limit)


def take_untold(tx: Tx, client_codes: Sequence[str]) -> dict[str, list[Turned]]:
    """What these institutions have not been told, and count it as told from now on."""
    found: dict[str, list[Turned]] = {}
    for code, course_code, turn, missed in tx.tuples(sql["tell_standings"], client_codes=list(client_codes)):
        found.setdefault(code, []).append(Turned(course_code, Turn(turn), missed))
    return found


def standings_of(tx: Tx, course_code: str) -> list[CourseStanding]:
    """Where a course stands under each rule set in force or to come."""
    return tx.rows(CourseStanding, sql["standings_of"], course_code=course_code)


def counts(tx: Tx, institution: str | None) -> list[RuleSetCount]:
    """How many courses meet and miss each rule set in force or to come."""
    return tx.rows(RuleSetCount, sql["rule_set_counts"], institution=institution)


def leavers(tx: Tx, rule_set: str, after: int, limit: int) -> list[Leaver]:
    """One page of courses that miss something of a rule set, by id."""
    return tx.rows(Leaver, sql["cut_over"], rule_set=rule_set, after=after, limit=limit)
