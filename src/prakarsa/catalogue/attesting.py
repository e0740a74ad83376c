"""Verbs of what is attested about courses on evidence, and of listings that a change of ownership forbids."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.catalogue import attesting_store, facts, rules, store
from prakarsa.catalogue.model import Attestation, Course, EndedListing, Value
from prakarsa.catalogue.refusals import AffiliatedPlatform, CourseUnknown
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import EvidenceUnfit
from prakarsa.programme.model import Terms

LISTING_CHUNK = 1_000


def attest(
    tx: Tx, course_code: str, fact: str, value: Value, evidence: Sequence[Evidence], *, by: str, now: datetime
) -> Course:
    """Say on evidence what is true of a course, in any state; the course as it then is. The same again adds nothing.

    `fact` is one of `facts.FACTS`; `value` is whole rupiah or None for the outside price, else true or false. A course
    on sale that then misses a condition leaves sale by that alone, and comes back by a later attestation.
    Raises CourseUnknown, FactUnknown, EvidenceMissing, EvidenceUnfit, BadField.
    """
    person = rules.line("by", by)
    facts.check(course_code, fact, value, evidence, now.astimezone(JAKARTA).date())
    course = store.lock_courses(tx, [course_code]).get(course_code) if rules.code_fits(course_code) else None
    if course is None:
        raise CourseUnknown(course_code)
    _check_classes(tx, course, evidence)
    said = attestations(tx, [course.course_id])[course.course_id]
    if any((each.fact, each.value, each.evidence) == (fact, value, tuple(evidence)) for each in said):
        return course
    attesting_store.attest(tx, course, fact, value, evidence, person, now)
    told = {"fact": fact, "value": value, "was": getattr(course, fact), "by": person}
    told["evidence"] = [f"{piece.kind}: {piece.reference}" for piece in evidence]
    journal.record(tx, [Event("catalogue.attested", f"course/{course_code}", facts=told)], now=now)
    return store.courses_by_code(tx, [course_code])[course_code]


def attestations(tx: Tx, course_ids: Sequence[int]) -> dict[int, list[Attestation]]:
    """What stands attested about each of these courses: the last word on each fact, newest first."""
    found: dict[int, list[Attestation]] = {course_id: [] for course_id in course_ids}
    for attestation in attesting_store.attestations(tx, course_ids):
        found[attestation.course_id].append(attestation)
    return found


def attestation_history(tx: Tx, course_id: int) -> list[Attestation]:
    """Everything that was ever attested about a course, newest first."""
    return attesting_store.attestations(tx, [course_id], every=True)


def end_affiliated_listings(tx: Tx, terms: Terms, *, now: datetime, limit: int = LISTING_CHUNK) -> list[EndedListing]:
    """End listings on platforms that belong with the institution, at most `limit`; those that were ended.

    Whoever records an ownership calls this next, in the same transaction, and a worker calls it by the clock for what
    was listed at the same moment. Free courses stay where the terms allow them. When the ownership ends, the courses
    may be listed again. Source: Permenko 11/2020 art. 36(5).
    """
    if not terms.course_block_affiliated:
        return []
    cause = AffiliatedPlatform.code
    ended = attesting_store.end_affiliated(tx, not terms.course_allow_affiliated_free, cause, now, limit)
    events = [
        Event("catalogue.unlisted", f"course/{course_code}", facts={"platform": platform, "cause": cause})
        for course_code, platform in ended
    ]
    journal.record(tx, events, now=now)
    return [EndedListing(course_code, platform, cause) for course_code, platform in ended]


def sells_anything(tx: Tx, institution_id: int) -> bool:
    """Whether any platform lists a course of this institution, which shows that the two have a contract."""
    return attesting_store.sells_anything(tx, institution_id)


def _check_classes(tx: Tx, course: Course, evidence: Sequence[Evidence]) -> None:
    named = [piece.reference for piece in evidence if piece.kind is EvidenceKind.CLASS]
    if named and set(named) != attesting_store.classes_that_meet(tx, course.course_id, named):
        raise EvidenceUnfit(EvidenceKind.CLASS, msg("it is not a class of this course with a meeting"))
