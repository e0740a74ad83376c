"""What a finding rests on, as sentences with facts: declared, attested, planned, owned. Pure."""

from collections.abc import Mapping

from prakarsa.catalogue.model import Attestation, Course
from prakarsa.catalogue.rules import condition_facts
from prakarsa.kernel.evidence import EVIDENCE_WORDS
from prakarsa.kernel.refusal import msg
from prakarsa.partner.model import Partner, Profile
from prakarsa.rehearsal import rules
from prakarsa.rehearsal.model import CourseFacts, Finding, Shown, Verdict

INTERACTIVE_BIT, PRICE_BIT = 1, 4


def of_course(
    finding: Finding,
    course: Course,
    facts: CourseFacts,
    attestations: Mapping[str, Attestation],
    ways: Mapping[tuple[str, str], list[str]],
) -> tuple[Shown, ...]:
    """What stands behind one finding about a course."""
    if finding.verdict is Verdict.NOT_ASKED:
        return ()
    if finding.bit == rules.AFFILIATED_BIT:
        return _owned(course, facts, ways)
    if finding.bit == rules.DECREED_BIT:
        return (Shown(msg("the institution is {status}"), {"status": course.institution_status}),)
    if finding.bit == rules.MODE_BIT:
        return (Shown(msg("it is taught as {mode}"), {"mode": course.mode}),)
    return (*_own(finding.bit, course, facts), *_attested(finding.bit, attestations))


def of_partner(finding: Finding, partner: Partner, profile: Profile) -> tuple[Shown, ...]:
    """What stands behind one finding about a platform or institution."""
    shown = [Shown(msg("basis: {basis}"), {"basis": partner.basis})]
    if partner.kind == "platform":
        shown.append(
            Shown(msg("commission: {commission_percent} percent"), {"commission_percent": partner.commission_percent})
        )
        shown.append(Shown(msg("provinces with users: {provinces}"), {"provinces": profile.provinces_served}))
    else:
        shown.append(Shown(msg("founded on: {founded_on}"), {"founded_on": profile.founded_on}))
    return tuple(shown)


def _own(bit: int, course: Course, facts: CourseFacts) -> list[Shown]:
    """What the course's own row and timetable say."""
    if bit == PRICE_BIT:
        prices = {"price_idr": course.price_idr, "outside_price_idr": course.outside_price_idr}
        return [Shown(msg("{price_idr} here, {outside_price_idr} elsewhere"), prices)]
    if bit == INTERACTIVE_BIT and facts.next_live_at is not None:
        live = {"schedule_code": facts.next_live_code, "starts_at": facts.next_live_at}
        return [Shown(msg("next live class {schedule_code} on {starts_at}"), live)]
    if bit == INTERACTIVE_BIT and course.mode.online:
        return [Shown(msg("no live class is planned"))]
    return []


def _attested(bit: int, attestations: Mapping[str, Attestation]) -> list[Shown]:
    said = attestations.get(condition_facts.get(bit, ""))
    if said is None:
        return [Shown(msg("declared by the institution, nothing attested"))]
    shown = [Shown(msg("attested by {by} on {attested_at}"), {"by": said.attested_by, "attested_at": said.attested_at})]
    for each in said.evidence:
        facts = {"kind": EVIDENCE_WORDS[each.kind], "reference": each.reference, "seen_on": each.seen_on}
        shown.append(Shown(msg("{kind}: {reference}, seen on {seen_on}"), facts))
    return shown


def _owned(course: Course, facts: CourseFacts, ways: Mapping[tuple[str, str], list[str]]) -> tuple[Shown, ...]:
    sold = [Shown(msg("sold on {platforms}"), {"platforms": ", ".join(facts.sellers)})] if facts.sellers else []
    owned = [
        Shown(msg("ownership: {path}"), {"path": " > ".join(ways.get((seller, course.institution_code), [seller]))})
        for seller in facts.affiliated
    ]
    return (*sold, *owned)
