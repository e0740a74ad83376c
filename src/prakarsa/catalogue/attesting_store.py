"""The SQL of what is attested about courses."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from prakarsa.catalogue.model import Attestation, Course, Value
from prakarsa.catalogue.store import sql
from prakarsa.kernel import evidence as evidences
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence


def attest(
    tx: Tx, course: Course, fact: str, value: Value, evidence: Sequence[Evidence], by: str, now: datetime
) -> None:
    """Write a fact into the course, and who said so on what evidence."""
    known = {
        "fact": fact,
        "value": msgspec.json.encode(value).decode(),
        "was": msgspec.json.encode(getattr(course, fact)).decode(),
        "evidence": evidences.to_json(evidence),
    }
    tx.run(sql["set_fact"], course_id=course.course_id, fact=fact, value=known["value"])
    tx.run(sql["insert_attestation"], course_id=course.course_id, **known, by=by, now=now)


def attestations(tx: Tx, course_ids: Sequence[int], *, every: bool = False) -> list[Attestation]:
    """What was attested about these courses, newest first: the last of each fact, or every one."""
    rows = tx.tuples(sql["attestations"], course_ids=list(course_ids), every=every)
    return [
        Attestation(course_id, fact, value, was, evidences.from_json(evidence), by, at)
        for course_id, fact, value, was, evidence, by, at in rows
    ]


def attested_facts(tx: Tx, course_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Which facts of these courses rest on evidence."""
    return {course_id: frozenset(facts) for course_id, facts in tx.tuples(sql["attested_facts"], ids=list(course_ids))}


def classes_that_meet(tx: Tx, course_id: int, codes: Sequence[str]) -> set[str]:
    """Those of these classes that belong to the course and have a meeting."""
    return set(tx.values(sql["classes_that_meet"], course_id=course_id, codes=list(codes)))


def end_affiliated(tx: Tx, free_too: bool, cause: str, now: datetime, limit: int) -> list[tuple[str, str]]:
    """End listings on platforms that belong with the institution, free courses only if asked: course and platform."""
    rows = tx.tuples(sql["end_affiliated"], free_too=free_too, cause=cause, now=now, limit=limit)
    return [(course_code, platform) for course_code, platform in rows]


def sells_anything(tx: Tx, institution_id: int) -> bool:
    """Whether any platform lists a course of this institution."""
    return bool(tx.value(sql["sells_anything"], institution_id=institution_id))
