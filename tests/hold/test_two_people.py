"""Wide holds take two people; what one of them proposes holds nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from prakarsa.hold import actions
from prakarsa.hold.model import DueProcess, Scope
from prakarsa.hold.refusals import HoldIncomplete, ProposalDecided, ProposalUnknown
from prakarsa.hold.rules import needs_two
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import BadField, SamePerson, SecondPersonNeeded
from tests import worlds
from tests.conftest import NOW
from tests.hold.test_holds import DAY, HOLD, ON_COURSE


def test_before_there_is_any_wave_the_widest_scopes_take_two() -> None:
    assert [scope for scope in Scope if needs_two(scope, DueProcess())] == [Scope.PROGRAMME, Scope.PLATFORM]


def test_one_person_alone_cannot_hold_the_programme(tx: Tx) -> None:
    with pytest.raises(SecondPersonNeeded):
        actions.place(tx, HOLD, by="staff/1", now=NOW)
    with pytest.raises(SamePerson):
        actions.place(tx, HOLD, by="staff/1", second="staff/1", now=NOW)
    assert actions.all_holds(tx) == []

    hold = actions.place(tx, HOLD, by="staff/1", second="staff/2", now=NOW)

    assert (hold.placed_by, hold.second_person, hold.four_eyes) == ("staff/1", "staff/2", True)


def test_one_person_is_enough_for_one_course(tx: Tx) -> None:
    worlds.an_institution(tx)

    hold = actions.place(tx, ON_COURSE, by="staff/1", now=NOW)

    assert (hold.second_person, hold.four_eyes) == (None, False)


def test_a_proposal_holds_nothing_until_somebody_else_confirms_it(tx: Tx) -> None:
    proposal = actions.propose(tx, HOLD, by="staff/1", now=NOW)
    assert proposal.wanted == replace(HOLD, target_name="Kartu Prakerja")
    assert actions.proposals(tx) == [proposal]
    assert actions.in_force(tx, NOW) == []
    with pytest.raises(SamePerson):
        actions.confirm(tx, proposal.proposal_code, by="staff/1", now=NOW + DAY)

    hold = actions.confirm(tx, proposal.proposal_code, by="staff/2", now=NOW + DAY)

    assert (hold.placed_by, hold.second_person, hold.placed_at) == ("staff/1", "staff/2", NOW + DAY)
    assert hold.starts_at == NOW + DAY, "not before two people stood behind it"
    assert actions.in_force(tx, NOW + DAY) == [hold]
    assert actions.proposals(tx) == []
    assert actions.proposal(tx, proposal.proposal_code).hold_code == hold.hold_code
    with pytest.raises(ProposalDecided):
        actions.confirm(tx, proposal.proposal_code, by="staff/3", now=NOW + DAY)


def test_a_hold_announced_for_later_starts_when_it_was_meant_to(tx: Tx) -> None:
    later = replace(HOLD, starts_at=NOW + 3 * DAY)
    proposal = actions.propose(tx, later, by="staff/1", now=NOW)

    assert actions.confirm(tx, proposal.proposal_code, by="staff/2", now=NOW + DAY).starts_at == NOW + 3 * DAY


def test_a_proposal_whose_end_has_passed_cannot_be_confirmed(tx: Tx) -> None:
    proposal = actions.propose(tx, replace(HOLD, ends_at=NOW + DAY, review_at=None), by="staff/1", now=NOW)

    with pytest.raises(HoldIncomplete) as refusal:
        actions.confirm(tx, proposal.proposal_code, by="staff/2", now=NOW + 2 * DAY)

    assert refusal.value.field == "ends_at"


def test_a_proposal_whose_time_to_answer_has_passed_cannot_be_confirmed(tx: Tx) -> None:
    late = replace(HOLD, answer_by_at=NOW + 7 * DAY, review_at=NOW + 14 * DAY)
    proposal = actions.propose(tx, late, by="staff/1", now=NOW)

    with pytest.raises(HoldIncomplete) as refusal:
        actions.confirm(tx, proposal.proposal_code, by="staff/2", now=NOW + 7 * DAY)

    assert refusal.value.field == "answer_by_at"


def test_a_proposal_is_rejected_with_a_reason(tx: Tx) -> None:
    proposal = actions.propose(tx, HOLD, by="staff/1", now=NOW)
    with pytest.raises(BadField):
        actions.reject(tx, proposal.proposal_code, reason=" ", by="staff/2", now=NOW)

    rejected = actions.reject(tx, proposal.proposal_code, reason="One platform is enough.", by="staff/2", now=NOW)

    assert (rejected.decided_by, rejected.reject_reason) == ("staff/2", "One platform is enough.")
    assert (actions.proposals(tx), actions.all_holds(tx)) == ([], [])
    with pytest.raises(ProposalDecided):
        actions.confirm(tx, proposal.proposal_code, by="staff/2", now=NOW)
    with pytest.raises(ProposalUnknown):
        actions.reject(tx, "HPR-X", reason="no", by="staff/2", now=NOW)


def test_a_proposal_without_due_process_is_refused_like_a_hold(tx: Tx) -> None:
    with pytest.raises(HoldIncomplete):
        actions.propose(tx, replace(HOLD, review_at=None), by="staff/1", now=NOW)


def test_whoever_kept_a_wide_hold_last_does_not_keep_it_again(tx: Tx) -> None:
    hold = worlds.a_hold(tx, by="staff/1", second="staff/2")

    def review(by: str, days: int) -> None:
        at = NOW + timedelta(days=days)
        actions.review(tx, hold.hold_code, words="Not yet.", next_review_at=at + 3 * DAY, by=by, now=at)

    with pytest.raises(SamePerson):
        review("staff/1", 1)
    review("staff/2", 1)
    with pytest.raises(SamePerson):
        review("staff/2", 2)
    review("staff/1", 2)
