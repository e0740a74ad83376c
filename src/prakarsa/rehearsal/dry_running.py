"""Verbs of a dry run: what a change of rules would do to every course, institution and platform. Changes nothing.

Courses pass in pages by code and are judged by the rules that decide a sale, so the memory needed does not grow with
the catalogue, and a dry run cannot disagree with the cut-over. Run it in one snapshot (`Database.snapshot`).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import Attestation, Course, CourseState
from prakarsa.curation import actions as curation
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.partner import actions as partners
from prakarsa.partner import rules as partner_rules
from prakarsa.partner.model import Check, Partner, PartnerKind, PartnerStatus, Profile
from prakarsa.programme import actions as programme
from prakarsa.programme.comparing import CHANGE_CODE
from prakarsa.programme.model import Terms
from prakarsa.rehearsal import evidence, rules, store
from prakarsa.rehearsal.model import CourseFacts, DryRun, Finding, RuleChange, Summary
from prakarsa.rehearsal.refusals import DryRunUnknown, NothingChanges, SchemeWithoutWaves

PAGE = 200
Each = Callable[[Sequence[Finding]], None]
Tell = Callable[[int], None]


def nobody(_: Sequence[Finding]) -> None:
    """For dry runs of which only the summary is wanted."""


def untold(_: int) -> None:
    """For dry runs that nobody watches."""


def change_of(tx: Tx, change: str, *, wave: int | None = None, now: datetime) -> RuleChange:
    """A change, by its code or as the text of its file, beside what is in force now.

    It is judged for the newest wave it changes, or for the wave given, on the day it begins (today if that has passed).
    Raises what reading a change raises, ChangeUnknown, WaveUnknown, SchemeWithoutWaves, NothingChanges.
    """
    code, scheme, title, text, begins = _named(tx, change)
    on = max(begins, now.astimezone(JAKARTA).date())
    known = [each for each in programme.waves(tx) if each.scheme == scheme]
    if not known:
        raise SchemeWithoutWaves(scheme)
    pairs = {
        each.number: (programme.terms_of(tx, each, now), programme.proposed_terms(tx, change, each.number, on))
        for each in known
    }
    if wave is not None:
        programme.wave(tx, wave)
    waves = tuple(number for number, (before, after) in pairs.items() if before != after)
    chosen = wave if wave is not None else max(waves, default=0)
    if not waves or chosen not in pairs:
        raise NothingChanges(scheme)
    before, after = pairs[chosen]
    digest = hashlib.sha256(text.encode()).hexdigest()
    return RuleChange(scheme, title, code, digest, chosen, waves, on, before=before, after=after)


def dry_run(
    tx: Tx, change: str, *, wave: int | None = None, now: datetime, each: Each = nobody, tell: Tell = untold
) -> tuple[RuleChange, Summary]:
    """What a change would do. `each` is handed the findings of one thing after another, `tell` how many passed.

    Raises what `change_of` raises.
    """
    found = change_of(tx, change, wave=wave, now=now)
    return found, rehearse(tx, found, now=now, each=each, tell=tell)


def rehearse(tx: Tx, change: RuleChange, *, now: datetime, each: Each = nobody, tell: Tell = untold) -> Summary:
    """What these terms in place of those would do: the part of a dry run that follows from two sets of terms."""
    tally = rules.Tally(change.before, change.after)
    # a dry run of which only the numbers are wanted does not gather what they rest on
    with_evidence = each is not nobody
    for page in pages(tx, now):
        for course, facts, findings in _judged(tx, page, change, with_evidence=with_evidence):
            tally.see_course(course, facts)
            tally.see(findings)
            each(findings)
        tell(len(page))
    current = [partner for partner in partners.partners(tx) if partner.status is not PartnerStatus.ENDED]
    for findings in partner_findings(tx, current, change, now):
        tally.see(findings)
        each(findings)
    return tally.summary(store.touched(tx, change, tally.leaving, now))


def keep(tx: Tx, change: RuleChange, summary: Summary, *, by: str, now: datetime) -> DryRun:
    """Keep a dry run, so that gap lists can be made from it and anybody can later see what was known when."""
    run_code = f"DRY-{random_code(8)}"
    store.insert_dry_run(tx, run_code, change, summary, by, now)
    facts = {
        "change": change.change_code,
        "file": change.file_digest,
        "leaving": summary.leaving,
        "on_sale_after": summary.on_sale_after,
    }
    journal.record(tx, [Event("rehearsal.dry_run_kept", f"dry_run/{run_code}", facts=facts)], now=now)
    return kept_run(tx, run_code)


def kept_run(tx: Tx, run_code: str) -> DryRun:
    """A dry run that was kept. Raises DryRunUnknown."""
    found = store.dry_run(tx, run_code) if run_code.isascii() and run_code.isprintable() else None
    if found is None:
        raise DryRunUnknown(run_code[:40])
    return found


def kept_runs(tx: Tx, *, change_code: str | None = None, before: int = 2**62, limit: int = 20) -> list[DryRun]:
    """One page of kept dry runs, newest first; `before` is the dry_run_id of the last one seen."""
    return store.dry_runs(tx, change_code, before, min(max(limit, 1), 200))


def pages(tx: Tx, now: datetime, institution: str | None = None) -> Iterator[list[tuple[Course, CourseFacts]]]:
    """Every approved course with what surrounds it, in pages by code; of one institution, or of all."""
    after = ""
    while True:
        found = catalogue.courses(tx, state=CourseState.APPROVED, institution=institution, after=after, limit=PAGE)
        if not found:
            return
        facts = store.course_facts(tx, [course.course_id for course in found], now)
        yield [(course, facts[course.course_id]) for course in found]
        after = found[-1].course_code


def course_findings_of(tx: Tx, institution: str, change: RuleChange, now: datetime) -> list[Finding]:
    """Every finding about the courses of one institution."""
    return [
        finding
        for page in pages(tx, now, institution)
        for _, _, findings in _judged(tx, page, change, with_evidence=False)
        for finding in findings
    ]


def findings_of_course(tx: Tx, course_code: str, change: RuleChange, now: datetime) -> list[Finding]:
    """Every finding about one course, with what it rests on. Raises CourseUnknown."""
    course = catalogue.course(tx, course_code)
    page = [(course, store.course_facts(tx, [course.course_id], now)[course.course_id])]
    ((_, _, findings),) = _judged(tx, page, change, with_evidence=True)
    return findings


def partner_findings(tx: Tx, found: Sequence[Partner], change: RuleChange, now: datetime) -> Iterator[list[Finding]]:
    """Every condition of each of these platforms and institutions, with what it rests on."""
    codes = [partner.client_code for partner in found]
    profiles, listed = partners.profiles(tx, codes), store.listed_institutions(tx, codes)
    passed = curation.steps_of(tx, [each.client_code for each in found if each.kind is PartnerKind.INSTITUTION])
    today = now.astimezone(JAKARTA).date()
    for partner in found:
        profile, sold = profiles[partner.client_code], partner.client_code in listed
        steps = passed.get(partner.client_code, {})
        before = _partner_checks(partner, profile, steps, change.before, today, listed=sold)
        after = _partner_checks(partner, profile, steps, change.after, change.effective_on, listed=sold)
        judged = rules.partner_findings(partner, before, after)
        yield [replace(each, shown=evidence.of_partner(each, partner, profile)) for each in judged]


def _judged(
    tx: Tx, page: Sequence[tuple[Course, CourseFacts]], change: RuleChange, *, with_evidence: bool
) -> Iterator[tuple[Course, CourseFacts, list[Finding]]]:
    said: dict[int, dict[str, Attestation]] = {}
    ways: dict[tuple[str, str], list[str]] = {}
    if with_evidence:
        attested = catalogue.attestations(tx, [course.course_id for course, _ in page])
        said = {course_id: {each.fact: each for each in rows} for course_id, rows in attested.items()}
        pairs = {(seller, course.institution_code) for course, facts in page for seller in facts.affiliated}
        ways = store.ownership_paths(tx, pairs) if pairs else {}
    for course, facts in page:
        findings = list(rules.course_findings(course, facts, change.before, change.after))
        if with_evidence:
            attestations = said.get(course.course_id, {})
            findings = [
                replace(each, shown=evidence.of_course(each, course, facts, attestations, ways)) for each in findings
            ]
        yield course, facts, findings


def _partner_checks(
    partner: Partner, profile: Profile, steps: Mapping[str, str], terms: Terms, on: date, *, listed: bool
) -> list[Check]:
    if partner.kind is PartnerKind.PLATFORM:
        return partner_rules.platform_conditions(partner, profile, terms)
    checks = partner_rules.institution_conditions(partner, profile, terms, on=on, listed=listed)
    return [*checks, rules.steps_check(partner.client_code, steps, terms)]


def _named(tx: Tx, change: str) -> tuple[str | None, str, str, str, date]:
    """Code, scheme, title, text and first day of a change that is given by its code or as its text."""
    code = change.strip()
    if CHANGE_CODE.fullmatch(code):
        known = programme.change(tx, code)
        return known.change_code, known.scheme, known.title, known.file_text, known.effective_from
    file = programme.read_change(change)
    return None, file.scheme, file.title, change, file.effective_from
