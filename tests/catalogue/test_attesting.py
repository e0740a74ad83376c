"""What is true of a course is said by a named person, on evidence that shows it."""

import secrets
from dataclasses import replace
from datetime import date, timedelta

import pytest

from prakarsa.catalogue import actions, audit, facts, refusals, rules
from prakarsa.catalogue.attesting_refusals import EvidenceMissing, FactAttested, FactUnknown
from prakarsa.catalogue.model import CourseState, EndedListing, Value
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusals import BadField, EvidenceUnfit
from prakarsa.partner import actions as partners
from prakarsa.programme.model import Terms
from tests.catalogue.conftest import COURSE, OFFICER, on_sale, scheduled, stage
from tests.conftest import NOW

SEEN = date(2020, 8, 15)
PAGE = Evidence(EvidenceKind.WEB_PAGE, "https://gratis.example/barista", SEEN)
PRICE = Evidence(EvidenceKind.OUTSIDE_PRICE, "https://toko.example/barista", SEEN, price_idr=200_000)
DOCUMENT = Evidence(EvidenceKind.DOCUMENT, "ab" * 32, SEEN)
FINDING = Evidence(EvidenceKind.FINDING, "FND-1", SEEN)
CLASS = Evidence(EvidenceKind.CLASS, "barista-1-sep", SEEN)
JOURNAL = Evidence(EvidenceKind.JOURNAL, "course/barista-1", SEEN)
BY_KIND = {piece.kind: piece for piece in (PAGE, PRICE, DOCUMENT, FINDING, CLASS, JOURNAL)}


def test_every_fact_of_a_condition_can_be_attested_both_ways() -> None:
    assert set(rules.condition_facts.values()) == set(facts.FACTS)
    assert set(facts.PROOFS) == {(fact, there) for fact in facts.FACTS for there in (True, False)}
    assert set(rules.condition_facts) == {condition.bit for condition in rules.CONDITIONS if condition.bit}


@pytest.mark.parametrize("fact", facts.FACTS)
@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("kind", list(EvidenceKind))
def test_evidence_of_the_wrong_kind_is_refused_and_told_which_kind_is_needed(
    fact: str, there: bool, kind: EvidenceKind
) -> None:
    value: Value = (200_000 if there else None) if fact == facts.OUTSIDE_PRICE else there
    proof = facts.PROOFS[fact, there]
    if kind in proof.kinds:
        facts.check("barista-1", fact, value, [BY_KIND[kind]], SEEN)
        return
    with pytest.raises(EvidenceUnfit) as refused:
        facts.check("barista-1", fact, value, [BY_KIND[kind]], SEEN)
    assert refused.value.problem == proof.words


@pytest.mark.parametrize(
    ("fact", "value", "evidence", "refusal"),
    [
        ("has_magic", True, [DOCUMENT], FactUnknown),
        ("has_curriculum", 1, [DOCUMENT], BadField),
        ("outside_price_idr", True, [PRICE], BadField),
        ("outside_price_idr", -1, [PRICE], BadField),
        ("has_curriculum", True, [], EvidenceMissing),
        ("outside_price_idr", 199_999, [PRICE], EvidenceUnfit),
        ("free_elsewhere", True, [replace(PAGE, reference="toko")], EvidenceUnfit),
        ("free_elsewhere", True, [replace(PAGE, seen_on=date(2020, 8, 17))], EvidenceUnfit),
        ("has_live_session", True, [CLASS], EvidenceUnfit),
    ],
)
def test_what_shows_nothing_is_refused(
    tx: Tx, fact: str, value: Value, evidence: list[Evidence], refusal: type[Exception]
) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=NOW)
    with pytest.raises(refusal):
        actions.attest(tx, "barista-1", fact, value, evidence, by=OFFICER, now=NOW)
    assert actions.attestations(tx, [1])[1] == []


def test_a_class_of_another_course_shows_no_live_session(tx: Tx, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=NOW)
    actions.register_course(tx, replace(COURSE, course_code="barista-2", has_live_session=False), now=NOW)
    scheduled(tx, terms)
    with pytest.raises(EvidenceUnfit):
        actions.attest(tx, "barista-2", "has_live_session", True, [CLASS], by=OFFICER, now=NOW)
    actions.attest(tx, "barista-1", "has_live_session", True, [CLASS], by=OFFICER, now=NOW)


def test_an_attestation_changes_an_approved_course_and_keeps_who_said_so(tx: Tx, terms: Terms) -> None:
    stage(tx)
    course = on_sale(tx, COURSE, terms)

    changed = actions.attest(tx, "barista-1", "free_elsewhere", True, [PAGE], by=OFFICER, now=NOW)
    again = actions.attest(tx, "barista-1", "free_elsewhere", True, [PAGE], by=OFFICER, now=NOW + timedelta(days=1))
    actions.attest(tx, "barista-1", "outside_price_idr", 200_000, [PRICE], by=OFFICER, now=NOW)

    assert changed.free_elsewhere
    assert again == changed
    assert changed.state is CourseState.APPROVED
    missed = [
        each.refusal.code for each in actions.conditions_of(tx, "barista-1", now=NOW, terms=terms) if each.refusal
    ]
    assert missed == ["catalogue.free_elsewhere", "catalogue.price_above_outside"]
    said = {each.fact: each for each in actions.attestations(tx, [course.course_id])[course.course_id]}
    assert (said["free_elsewhere"].was, said["free_elsewhere"].evidence) == (False, (PAGE,))
    assert (said["outside_price_idr"].was, said["outside_price_idr"].value) == (None, 200_000)
    assert said["outside_price_idr"].evidence[0].seen_on == SEEN
    told = tx.values("SELECT facts ->> 'fact' FROM journal.entry WHERE action = 'catalogue.attested'")
    assert told == ["free_elsewhere", "outside_price_idr"]


def test_the_last_word_stands_and_every_word_is_kept(tx: Tx) -> None:
    stage(tx)
    course = actions.register_course(tx, COURSE, now=NOW)
    for value, piece in ((200_000, PRICE), (None, DOCUMENT), (200_000, PRICE)):
        actions.attest(tx, "barista-1", "outside_price_idr", value, [piece], by=OFFICER, now=NOW)
    assert [each.value for each in actions.attestations(tx, [course.course_id])[course.course_id]] == [200_000]
    assert [each.value for each in actions.attestation_history(tx, course.course_id)] == [200_000, None, 200_000]
    assert not any(invariant.exceptions(tx) for invariant in audit.INVARIANTS)


def test_a_declaration_does_not_undo_what_was_attested(tx: Tx) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=NOW)
    actions.attest(tx, "barista-1", "has_evaluation", False, [FINDING], by=OFFICER, now=NOW)

    with pytest.raises(FactAttested):
        actions.revise_course(tx, replace(COURSE, title="Barista mahir"), now=NOW)
    revised = actions.revise_course(tx, replace(COURSE, title="Barista mahir", has_evaluation=False), now=NOW)
    assert revised.title == "Barista mahir"


def test_listings_that_an_ownership_forbids_are_ended_with_their_cause_and_free_ones_stay(tx: Tx, terms: Terms) -> None:
    stage(tx)
    on_sale(tx, COURSE, terms, "kelas-kita", "pintar")
    on_sale(tx, replace(COURSE, course_code="gratis-1", price_idr=0), terms, "kelas-kita")
    partners.record_ownership(tx, "kelas-kita", "lp-nusa", date(2020, 1, 1), now=NOW)

    ended = actions.end_affiliated_listings(tx, terms, now=NOW)

    assert ended == [EndedListing("barista-1", "kelas-kita", "catalogue.affiliated_platform")]
    assert actions.end_affiliated_listings(tx, terms, now=NOW) == []
    assert not any(invariant.exceptions(tx) for invariant in audit.INVARIANTS)
    cause = "SELECT facts ->> 'cause' FROM journal.entry WHERE action = 'catalogue.unlisted'"
    assert tx.values(cause) == ["catalogue.affiliated_platform"]
    with pytest.raises(refusals.AffiliatedPlatform):
        actions.list_course(tx, "barista-1", "kelas-kita", now=NOW, terms=terms)
    partners.end_ownership(tx, "kelas-kita", "lp-nusa", now=NOW)
    actions.list_course(tx, "barista-1", "kelas-kita", now=NOW, terms=terms)
    assert tx.value("SELECT count(end_cause) FROM catalogue.listing") == 0


def test_terms_that_do_not_forbid_it_end_nothing(tx: Tx, terms: Terms, terms_before: Terms) -> None:
    stage(tx)
    on_sale(tx, COURSE, terms)
    partners.record_ownership(tx, "lp-nusa", "kelas-kita", date(2020, 1, 1), now=NOW)
    assert actions.end_affiliated_listings(tx, terms_before, now=NOW) == []


def test_an_approved_bundle_is_not_listed_when_the_terms_forbid_bundles(tx: Tx, terms: Terms) -> None:
    stage(tx)
    allowing = replace(terms, course_bundles_allowed=True)
    on_sale(tx, replace(COURSE, is_bundle=True), allowing, "kelas-kita")
    with pytest.raises(refusals.Bundle):
        actions.list_course(tx, "barista-1", "pintar", now=NOW, terms=terms)


def test_any_text_as_a_course_code_is_refused_as_unknown(tx: Tx) -> None:
    for code in ("", "'", "\x00", secrets.token_hex(40)):
        with pytest.raises(refusals.CourseUnknown):
            actions.attest(tx, code, "has_curriculum", True, [DOCUMENT], by=OFFICER, now=NOW)
