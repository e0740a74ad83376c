"""A hold has due process or is refused; it stands from its start to its end and never longer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prakarsa.card import actions as cards
from prakarsa.hold import actions
from prakarsa.hold.model import Capability, DueProcess, NewHold, Reach, Reason, Scope
from prakarsa.hold.refusals import (
    CardHeld,
    HoldIncomplete,
    HoldOver,
    HoldUnknown,
    OfferHeld,
    OwnRedeemingHeld,
    PayoutHeld,
    PersonHeld,
    RedeemingHeld,
    SellingHeld,
    TargetUnknown,
)
from prakarsa.hold.rules import as_refusal, blocking, check, settled
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusal import ClockEffect
from prakarsa.kernel.refusals import BadField, EvidenceUnfit
from prakarsa.kernel.words import partner_words, refusal_words
from prakarsa.partner.refusals import PartnerUnknown
from tests import worlds
from tests.conftest import NOW

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FINDING = Evidence(EvidenceKind.FINDING, "FND-1", date(2020, 8, 15))
HOLD = NewHold(
    scope=Scope.PROGRAMME,
    reason=Reason.COMPLIANCE_REVIEW,
    legal_basis="Permenko 11/2020 art. 30(2)h",
    basis_version="as of 2020-07-07",
    public_words="Kelengkapan administrasi mitra sedang diperiksa.",
    public_words_en="Administrative requirements of partners are being checked.",
    evidence=(FINDING,),
    proportionality="Every partner sells under the same agreement; nothing smaller would cover the gap.",
    notice_to="all platforms by e-mail",
    notice_at=NOW,
    answer_by_at=NOW + WEEK,
    starts_at=NOW,
    ends_at=None,
    review_at=NOW + WEEK,
)
"""A hold that lacks nothing; tests of other rooms bend it, too. Those on one thing are made by worlds.a_hold."""
ON_COURSE = replace(HOLD, scope=Scope.COURSE, target_code="CRS-1", target_name="Barista", party=worlds.INSTITUTION)
ON_CARD = replace(HOLD, scope=Scope.CARD, target_code="7", party="person/9")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"review_at": None}, "ends_at", id="open-ended"),
        pytest.param({"legal_basis": " "}, "legal_basis", id="no legal basis"),
        pytest.param({"basis_version": ""}, "basis_version", id="no version of the legal basis"),
        pytest.param({"legal_basis": "x" * 1_001}, "legal_basis", id="a legal basis nobody reads to its end"),
        pytest.param({"public_words": ""}, "public_words", id="no words"),
        pytest.param({"public_words": "Diperiksa \x1b[31m"}, "public_words", id="words that steer a terminal"),
        pytest.param({"proportionality": " "}, "proportionality", id="no proportion"),
        pytest.param({"evidence": ()}, "evidence", id="no evidence, though it stops everybody"),
        pytest.param({"notice_to": ""}, "notice_to", id="no notice"),
        pytest.param({"notice_at": NOW + WEEK}, "notice_at", id="notice after the start"),
        pytest.param({"answer_by_at": None}, "answer_by_at", id="no time to answer"),
        pytest.param({"answer_by_at": NOW + DAY}, "answer_by_at", id="too little time to answer"),
        pytest.param({"answer_by_at": NOW + 181 * DAY}, "answer_by_at", id="an answer next year"),
        pytest.param(
            {"notice_at": NOW - 30 * DAY, "answer_by_at": NOW}, "answer_by_at", id="a time to answer that is over"
        ),
        pytest.param({"ends_at": NOW}, "ends_at", id="ends when it starts"),
        pytest.param({"ends_at": NOW + 181 * DAY}, "ends_at", id="ends in half a year"),
        pytest.param({"review_at": NOW - WEEK}, "review_at", id="review in the past"),
        pytest.param({"review_at": NOW + 181 * DAY}, "review_at", id="review in half a year"),
        pytest.param({"ends_at": NOW + DAY}, "review_at", id="review after the end"),
        pytest.param({"starts_at": NOW - WEEK}, "starts_at", id="backdated"),
        pytest.param({"starts_at": NOW + 181 * DAY, "review_at": None, "ends_at": NOW + 182 * DAY}, "starts_at",
                     id="starts in half a year"),
        pytest.param({"target_code": "x"}, "target", id="programme with a target"),
        pytest.param({"scope": Scope.COURSE}, "target", id="course without a target"),
        pytest.param({"reason": Reason.STOLEN_CARD}, "reason", id="a stolen programme"),
    ],
)  # fmt: skip
def test_a_hold_without_due_process_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(HoldIncomplete) as refusal:
        check(replace(HOLD, **change), NOW, DueProcess(answer_days=3))  # type: ignore[arg-type]  # one field is bent

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"party": ""}, "party", id="nobody can appeal"),
        pytest.param({"party": "balai-satu"}, "party", id="an institution answers for a card"),
        pytest.param({"party": "person/Sari"}, "party", id="a person by name"),
        pytest.param({"target_code": "3174011234560001"[:3] + "x"}, "target", id="not an id"),
        pytest.param({"evidence": ()}, "evidence", id="no evidence"),
        pytest.param({"proportionality": ""}, "proportionality", id="no proportion"),
    ],
)
def test_a_hold_on_a_card_is_grounded_and_can_be_appealed(change: dict[str, object], field: str) -> None:
    with pytest.raises(HoldIncomplete) as refusal:
        check(replace(ON_CARD, **change), NOW)  # type: ignore[arg-type]  # one field of a good default is bent

    assert refusal.value.field == field


def test_evidence_may_be_missing_only_where_our_own_system_the_calendar_or_the_partner_is_the_ground() -> None:
    for reason in Reason:
        bare = settled(replace(HOLD, scope=Scope.PLATFORM, target_code="pasar", reason=reason, evidence=()))
        if reason in {Reason.TECHNICAL, Reason.HOLIDAY, Reason.PARTNER_REQUEST}:
            check(bare, NOW)
        else:
            with pytest.raises(HoldIncomplete):
                check(bare, NOW)


def test_evidence_can_be_looked_at_again() -> None:
    unfit = Evidence(EvidenceKind.DOCUMENT, "a letter", date(2020, 8, 15))
    with pytest.raises(EvidenceUnfit):
        check(replace(HOLD, evidence=(unfit,)), NOW)
    with pytest.raises(BadField):
        check(replace(HOLD, evidence=(FINDING,) * 21), NOW)


def test_a_hold_on_one_course_needs_no_word_about_proportion() -> None:
    check(replace(ON_COURSE, proportionality=""), NOW)


def test_a_hold_stands_until_it_is_lifted(tx: Tx) -> None:
    hold = actions.place(tx, HOLD, by="staff/1", second="staff/2", now=NOW)
    assert [h.hold_code for h in actions.in_force(tx, NOW)] == [hold.hold_code]

    lifted = actions.lift(tx, hold.hold_code, reason="all partners comply", by="staff/2", now=NOW + DAY)

    assert lifted.over_at == NOW + DAY
    assert actions.in_force(tx, NOW + DAY) == []
    with pytest.raises(HoldOver):
        actions.lift(tx, hold.hold_code, reason="again", by="staff/2", now=NOW + DAY)


def test_a_hold_with_an_end_ends_by_itself(tx: Tx) -> None:
    actions.place(tx, replace(HOLD, ends_at=NOW + WEEK, review_at=None), by="staff/1", second="staff/2", now=NOW)

    assert len(actions.in_force(tx, NOW + WEEK - timedelta(seconds=1))) == 1
    assert actions.in_force(tx, NOW + WEEK) == []


def test_a_hold_whose_review_does_not_take_place_is_over(tx: Tx) -> None:
    actions.place(tx, HOLD, by="staff/1", second="staff/2", now=NOW)

    assert len(actions.in_force(tx, NOW + WEEK - timedelta(seconds=1))) == 1
    assert actions.in_force(tx, NOW + WEEK) == []


def test_lifting_needs_a_reason_and_an_existing_hold(tx: Tx) -> None:
    with pytest.raises(BadField):
        actions.lift(tx, "HLD-X", reason=" ", by="staff/1", now=NOW)
    with pytest.raises(HoldUnknown):
        actions.lift(tx, "HLD-X", reason="because", by="staff/1", now=NOW)


def test_a_hold_names_an_existing_target(tx: Tx) -> None:
    platform, school = worlds.a_platform(tx), worlds.an_institution(tx)
    on_platform = replace(HOLD, scope=Scope.PLATFORM, target_code=platform.client_code)
    placed = actions.place(tx, on_platform, by="staff/1", second="staff/2", now=NOW)
    assert (placed.target_name, placed.party) == (platform.name, platform.client_code)

    with pytest.raises(TargetUnknown):
        actions.place(tx, replace(on_platform, target_code=school.client_code), by="s", second="t", now=NOW)
    with pytest.raises(PartnerUnknown):
        actions.place(tx, replace(HOLD, scope=Scope.INSTITUTION, target_code="nobody"), by="s", now=NOW)
    with pytest.raises(TargetUnknown):
        actions.place(tx, replace(HOLD, scope=Scope.PERSON, target_code="999999999"), by="s", now=NOW)
    with pytest.raises(TargetUnknown):
        actions.place(tx, replace(ON_COURSE, target_name=""), by="s", now=NOW)


def test_the_widest_hold_is_the_cause_and_says_that_the_deadline_waits(tx: Tx) -> None:
    worlds.an_institution(tx)
    narrow = actions.place(tx, ON_COURSE, by="staff/1", now=NOW)
    holds = actions.in_force(tx, NOW)
    found = blocking(holds, Capability.SELLING, Reach(platform="p", institution="i", course="CRS-1"), NOW)
    assert found == narrow
    assert isinstance(as_refusal(narrow), OfferHeld)
    assert "from your first try" in refusal_words(as_refusal(narrow), "en").clock  # whoever only reads it is not paused
    assert blocking(holds, Capability.SELLING, Reach(platform="p", institution="i", course="CRS-2"), NOW) is None
    assert blocking(holds, Capability.PAYOUT, Reach(course="CRS-1"), NOW) is None

    wide = actions.place(tx, HOLD, by="staff/1", second="staff/2", now=NOW)
    reach = Reach(platform="p", institution="i", course="CRS-1")
    found = blocking(actions.in_force(tx, NOW), Capability.SELLING, reach, NOW)
    assert found == wide
    refusal = as_refusal(wide)
    assert isinstance(refusal, SellingHeld)
    assert refusal.clock is ClockEffect.PAUSED


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("capability", Capability)
def test_every_hold_has_its_own_words_and_pauses_a_deadline(tx: Tx, scope: Scope, capability: Capability) -> None:
    hold = worlds.a_hold(tx, scope=scope, capability=capability)

    refusal = as_refusal(hold)

    expected = {
        Capability.PAYOUT: PayoutHeld,
        Capability.REDEEMING: OwnRedeemingHeld if hold.is_private else RedeemingHeld,
        Capability.SELLING: {
            Scope.PROGRAMME: SellingHeld,
            Scope.CARD: CardHeld,
            Scope.PERSON: PersonHeld,
        }.get(scope, OfferHeld),
    }[capability]
    assert type(refusal) is expected
    assert refusal.clock is ClockEffect.PAUSED
    assert "sedang diperiksa" in refusal_words(refusal, "id").title
    assert "are being checked" in refusal_words(refusal, "en").title
    assert refusal.facts()["public_words"] == hold.public_words
    told = partner_words(refusal, "en").title
    assert ("are being checked" in told) == (not hold.is_private and capability is not Capability.PAYOUT)


def test_holds_on_cards_and_people_are_never_among_the_public_ones(tx: Tx) -> None:
    of_card, of_person = worlds.a_hold(tx, scope=Scope.CARD), worlds.a_hold(tx, scope=Scope.PERSON)
    public = worlds.a_hold(tx, scope=Scope.COURSE)

    assert actions.all_holds(tx) == [public]
    assert actions.in_force(tx, NOW) == [public]
    assert [hold.hold_code for hold in actions.all_private(tx)] == [of_person.hold_code, of_card.hold_code]
    assert [hold.hold_code for hold in actions.all_private(tx, before=of_person.hold_id)] == [of_card.hold_code]
    assert actions.all_private(tx, standing_at=NOW + 200 * DAY) == []
    counted = {(count.scope, count.capability): count.holds for count in actions.counts_private(tx, NOW)}
    assert counted == {("card", "selling"): 1, ("person", "selling"): 1}


def test_a_hold_on_a_card_hits_that_card_and_no_other(tx: Tx) -> None:
    mine, yours = worlds.a_card(tx), worlds.a_card(tx)
    hold = worlds.a_hold(tx, scope=Scope.CARD, target=str(mine.card_id))

    assert actions.in_force(tx, NOW, card_ids=[mine.card_id], person_ids=[mine.person_id]) == [hold]
    assert actions.in_force(tx, NOW, card_ids=[yours.card_id], person_ids=[yours.person_id]) == []
    assert blocking([hold], Capability.SELLING, Reach(card_id=mine.card_id), NOW) == hold
    assert blocking([hold], Capability.SELLING, Reach(card_id=yours.card_id), NOW) is None


def test_whoever_is_hit_personally_is_told_and_nobody_reads_why_in_the_journal(tx: Tx) -> None:
    card = worlds.a_card(tx)
    hold = worlds.a_hold(tx, scope=Scope.CARD, target=str(card.card_id))
    actions.lift(tx, hold.hold_code, reason="Kartunya sudah ditemukan.", by="staff/2", now=NOW + DAY)

    told = [(template, facts) for template, facts in worlds.messages_to(tx, card.person_id) if "hold" in template]
    assert [template for template, _ in told] == ["hold.on_you", "hold.over_for_you"]
    assert told[0][1]["public_words"] == hold.public_words
    assert told[1][1]["lift_reason"] == "Kartunya sudah ditemukan."
    assert worlds.deeds(tx, card.person_id)[-2:] == ["hold.placed", "hold.lifted"]
    facts = tx.values("SELECT facts::text FROM journal.entry WHERE subject = %(s)s", s=f"hold/{hold.hold_code}")
    assert not any("diperiksa" in text or "ditemukan" in text for text in facts)
    assert cards.card_of_number(tx, card.number) == cards.card_of_person(tx, card.person_id)
