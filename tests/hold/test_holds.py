"""A hold has due process or is refused; it stands from its start to its end and never longer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from prakarsa.hold import actions
from prakarsa.hold.model import NewHold, Reason, Scope
from prakarsa.hold.refusals import HoldIncomplete, HoldOver, HoldUnknown, OfferHeld, SellingHeld, TargetUnknown
from prakarsa.hold.rules import as_refusal, blocking, check
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import ClockEffect
from prakarsa.partner.refusals import PartnerUnknown
from tests import worlds
from tests.conftest import NOW

WEEK = timedelta(days=7)
HOLD = NewHold(
    scope=Scope.PROGRAMME,
    reason=Reason.COMPLIANCE_REVIEW,
    legal_basis="Permenko 11/2020 art. 30(2)h",
    public_words="Administrative requirements of partners are being checked.",
    notice_to="all platforms by e-mail",
    notice_at=NOW,
    starts_at=NOW,
    ends_at=None,
    review_at=NOW + WEEK,
)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"review_at": None}, "ends_at", id="open-ended"),
        pytest.param({"legal_basis": " "}, "legal_basis", id="no legal basis"),
        pytest.param({"public_words": ""}, "public_words", id="no words"),
        pytest.param({"notice_to": ""}, "notice_to", id="no notice"),
        pytest.param({"notice_at": NOW + WEEK}, "notice_at", id="notice after the start"),
        pytest.param({"ends_at": NOW}, "ends_at", id="ends when it starts"),
        pytest.param({"review_at": NOW - WEEK}, "review_at", id="review in the past"),
        pytest.param({"starts_at": NOW - WEEK}, "starts_at", id="backdated"),
        pytest.param({"target_code": "x"}, "target", id="programme with a target"),
        pytest.param({"scope": Scope.COURSE}, "target", id="course without a target"),
    ],
)
def test_a_hold_without_due_process_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(HoldIncomplete) as refusal:
        check(replace(HOLD, **change), NOW)  # type: ignore[arg-type]  # one field of a good default is bent

    assert refusal.value.field == field


def test_a_hold_stands_until_it_is_lifted(tx: Tx) -> None:
    hold = actions.place(tx, HOLD, by="staff/1", now=NOW)
    assert [h.hold_code for h in actions.in_force(tx, NOW)] == [hold.hold_code]

    lifted = actions.lift(tx, hold.hold_code, reason="all partners comply", by="staff/2", now=NOW + WEEK)

    assert lifted.over_at == NOW + WEEK
    assert actions.in_force(tx, NOW + WEEK) == []
    with pytest.raises(HoldOver):
        actions.lift(tx, hold.hold_code, reason="again", by="staff/2", now=NOW + WEEK)


def test_a_hold_with_an_end_ends_by_itself(tx: Tx) -> None:
    actions.place(tx, replace(HOLD, ends_at=NOW + WEEK, review_at=None), by="staff/1", now=NOW)

    assert len(actions.in_force(tx, NOW + WEEK - timedelta(seconds=1))) == 1
    assert actions.in_force(tx, NOW + WEEK) == []


def test_lifting_needs_a_reason_and_an_existing_hold(tx: Tx) -> None:
    with pytest.raises(HoldIncomplete):
        actions.lift(tx, "HLD-X", reason=" ", by="staff/1", now=NOW)
    with pytest.raises(HoldUnknown):
        actions.lift(tx, "HLD-X", reason="because", by="staff/1", now=NOW)


def test_a_hold_names_an_existing_target(tx: Tx) -> None:
    platform, school = worlds.a_platform(tx), worlds.an_institution(tx)
    placed = actions.place(
        tx, replace(HOLD, scope=Scope.PLATFORM, target_code=platform.client_code), by="staff/1", now=NOW
    )
    assert placed.target_name == platform.name

    with pytest.raises(TargetUnknown):
        actions.place(tx, replace(HOLD, scope=Scope.PLATFORM, target_code=school.client_code), by="s", now=NOW)
    with pytest.raises(PartnerUnknown):
        actions.place(tx, replace(HOLD, scope=Scope.INSTITUTION, target_code="nobody"), by="s", now=NOW)


def test_the_widest_hold_is_the_cause_and_says_that_the_deadline_waits(tx: Tx) -> None:
    course = replace(HOLD, scope=Scope.COURSE, target_code="CRS-1", target_name="Barista")
    narrow = actions.place(tx, course, by="staff/1", now=NOW)
    holds = actions.in_force(tx, NOW)
    found = blocking(holds, platform="p", institution="i", course="CRS-1", now=NOW)
    assert found == narrow
    assert isinstance(as_refusal(narrow), OfferHeld)
    assert blocking(holds, platform="p", institution="i", course="CRS-2", now=NOW) is None

    wide = actions.place(tx, HOLD, by="staff/1", now=NOW)
    found = blocking(actions.in_force(tx, NOW), platform="p", institution="i", course="CRS-1", now=NOW)
    assert found == wide
    refusal = as_refusal(wide)
    assert isinstance(refusal, SellingHeld)
    assert refusal.clock is ClockEffect.PAUSED
