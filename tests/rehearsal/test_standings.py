"""The cut-over: what decides is derived at the moment itself; what is recorded is told once, with its cause."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import Course
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.partner import actions as partners
from prakarsa.programme import actions as programme
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import OtpOrder, PaymentToken
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.audit import INVARIANTS
from tests import worlds
from tests.rehearsal.catalogues import a_course

EARLY = datetime(2020, 8, 1, 3, 0, tzinfo=UTC)
BEGINS = datetime(2020, 8, 6, 17, 0, tzinfo=UTC)  # the first moment of 7 August in Jakarta
BEFORE, AFTER = BEGINS - timedelta(seconds=1), BEGINS
MINUTE = timedelta(minutes=1)
DOCUMENT = Evidence(EvidenceKind.DOCUMENT, "ab" * 32, EARLY.date())
INTERACTIVE = "Online training is interactive"


@pytest.fixture
def world(tx: Tx) -> Tx:
    """Wave 4 under the launch rules, six days before Permenko 11/2020 begins."""
    worlds.a_wave(tx, scheme="prakerja-2020-launch", now=EARLY)
    return tx


def approved(tx: Tx, *, now: datetime = EARLY) -> str:
    text = programme.change_text("permenko-11-2020")
    code = programme.propose(tx, text, author="staff/1", now=now).change_code
    programme.approve(tx, code, by="staff/2", now=now)
    return code


def revoked(tx: Tx, code: str, now: datetime) -> None:
    programme.propose_revocation(tx, code, reason="Putusan pengadilan", by="staff/1", now=now)
    programme.revoke(tx, code, by="staff/2", now=now)


def recorded(tx: Tx, now: datetime, *, chunk: int = 1_000) -> None:
    for each in rehearsal.see_rule_sets(tx, now=now):
        while rehearsal.record_standings(tx, each.rule_set, now=now, chunk=chunk):
            pass


def told(tx: Tx, now: datetime) -> int:
    return rehearsal.tell_standings(tx, now=now)


def turns(tx: Tx, course: Course) -> list[str]:
    return tx.values(
        "SELECT action FROM journal.entry WHERE subject = %(subject)s AND action LIKE 'rehearsal.%%' ORDER BY entry_id",
        subject=f"course/{course.course_code}",
    )


def buy(tx: Tx, course: Course, now: datetime) -> Any:
    """What a buyer of wave 4 is told at that moment."""
    card = worlds.a_card(tx, now=EARLY)
    seller = worlds.a_platform(tx)
    order = OtpOrder(
        seller, card.number, f"user-{card.card_id}", course.course_code, f"{course.course_code}-A", course.price_idr
    )
    [answer] = purchases.send_otp(tx, [order], now=now)
    return answer


def test_at_the_effective_moment_only_those_that_miss_something_leave(world: Tx) -> None:
    sound, lacking = a_course(world), a_course(world, has_live_session=False)
    approved(world)
    for course in (sound, lacking):
        assert isinstance(buy(world, course, BEFORE), PaymentToken)
    assert isinstance(buy(world, sound, AFTER), PaymentToken)
    refusal = buy(world, lacking, AFTER)
    assert not isinstance(refusal, PaymentToken)
    assert INTERACTIVE in str(refusal.raw_facts())


def test_after_revocation_everything_is_back_at_once(world: Tx) -> None:
    lacking = a_course(world, has_live_session=False)
    code = approved(world)
    assert not isinstance(buy(world, lacking, AFTER), PaymentToken)
    revoked(world, code, AFTER + MINUTE)
    assert isinstance(buy(world, lacking, AFTER + MINUTE), PaymentToken)


def test_each_course_carries_its_state_under_each_rule_set(world: Tx) -> None:
    lacking = a_course(world, has_live_session=False)
    code = approved(world)
    recorded(world, EARLY)
    now, coming = rehearsal.standings_of(world, lacking.course_code)
    assert (now.in_force, now.meets, now.begins_on) == (True, True, None)
    assert (coming.in_force, coming.meets, coming.change_code) == (False, False, code)
    assert (coming.conditions, coming.begins_at) == ([INTERACTIVE], BEGINS)


def test_a_course_leaves_and_returns_in_the_journal_once_each_with_its_cause(world: Tx) -> None:
    sound, lacking = a_course(world), a_course(world, has_live_session=False)
    code = approved(world)
    for moment in (EARLY, EARLY + MINUTE, BEFORE, AFTER, AFTER + MINUTE):
        recorded(world, moment)
    assert turns(world, lacking) == ["rehearsal.course_will_leave", "rehearsal.course_left"]
    revoked(world, code, AFTER + 2 * MINUTE)
    for moment in (AFTER + 2 * MINUTE, AFTER + 3 * MINUTE):
        recorded(world, moment)
    assert turns(world, lacking)[2:] == ["rehearsal.course_returned"]
    assert turns(world, sound) == []
    [cause] = world.values("SELECT facts -> 'missed' ->> 0 FROM journal.entry WHERE action = 'rehearsal.course_left'")
    assert cause == INTERACTIVE


def test_a_course_that_is_mended_in_time_is_told_that_it_stays(world: Tx) -> None:
    lacking = a_course(world, free_elsewhere=True)
    approved(world)
    recorded(world, EARLY)
    catalogue.attest(world, lacking.course_code, "free_elsewhere", False, [DOCUMENT], by="staff/2", now=EARLY + MINUTE)
    recorded(world, EARLY + MINUTE)
    recorded(world, AFTER)
    assert turns(world, lacking) == ["rehearsal.course_will_leave", "rehearsal.course_will_stay"]


def test_an_institution_gets_one_letter_for_everything_that_turned_at_once(world: Tx) -> None:
    courses = [a_course(world, has_live_session=False) for _ in range(25)]
    partners.set_contact(world, courses[0].institution_code, "kurikulum@balai.example", "en", now=EARLY)
    approved(world)
    recorded(world, EARLY, chunk=4)
    assert told(world, EARLY) == 1
    assert told(world, EARLY) == 0
    letters = [m.params for m in journal.claim(world, limit=1_000, now=AFTER) if m.template == "rehearsal.standings"]
    assert [(letter["will_leave"], letter["left"]) for letter in letters] == [(25, 0)]
    assert "And 5 more" in str(letters[0]["courses"])


def test_recording_that_stops_between_chunks_goes_on_where_it_was(world: Tx) -> None:
    courses = [a_course(world, has_live_session=False) for _ in range(7)]
    approved(world)
    [first, *_] = [each for each in rehearsal.see_rule_sets(world, now=AFTER) if each.in_force]
    assert rehearsal.record_standings(world, first.rule_set, now=AFTER, chunk=3) == 3
    # whoever comes after a crash begins a round like any other
    recorded(world, AFTER + MINUTE, chunk=3)
    for course in courses:
        assert turns(world, course) == ["rehearsal.course_left"]


def test_the_preview_lists_who_leaves_and_why(world: Tx) -> None:
    a_course(world)
    lacking = a_course(world, has_live_session=False, is_bundle=True)
    approved(world)
    recorded(world, EARLY)
    [coming] = [each for each in rehearsal.standing_counts(world) if not each.in_force]
    assert (coming.meets, coming.misses) == (1, 1)
    [leaver] = rehearsal.leavers(world, coming.rule_set)
    assert (leaver.course_code, leaver.conditions) == (
        lacking.course_code,
        [INTERACTIVE, "It is one course, not a bundle"],
    )


def test_what_is_recorded_is_in_the_journal(world: Tx) -> None:
    a_course(world, has_live_session=False)
    approved(world)
    for moment in (EARLY, AFTER):
        recorded(world, moment)
        told(world, moment)
    assert [invariant.exceptions(world) for invariant in INVARIANTS] == [[] for _ in INVARIANTS]


def test_a_course_that_is_off_sale_already_does_not_leave_twice(world: Tx) -> None:
    bundle = a_course(world, is_bundle=True, has_live_session=False)  # bundles ended on 1 July 2020
    approved(world)
    for moment in (EARLY, AFTER, AFTER + MINUTE):
        recorded(world, moment)
    assert turns(world, bundle) == ["rehearsal.course_left"]
    [now] = rehearsal.standing_counts(world)
    assert (now.misses, now.already) == (1, 0)
    assert [invariant.exceptions(world) for invariant in INVARIANTS] == [[] for _ in INVARIANTS]


def test_the_preview_tells_those_that_leave_from_those_that_are_off_sale_today(world: Tx) -> None:
    leaving, off = a_course(world, free_elsewhere=True), a_course(world, is_bundle=True)
    approved(world)
    recorded(world, EARLY)
    [coming] = [each for each in rehearsal.standing_counts(world) if not each.in_force]
    assert (coming.misses, coming.already) == (2, 1)
    found = {each.course_code: each.already for each in rehearsal.leavers(world, coming.rule_set)}
    assert found == {leaving.course_code: False, off.course_code: True}
