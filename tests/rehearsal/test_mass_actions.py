"""Many things at once: looked at first, stood behind by two, resumable anywhere, and undone exactly."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.audit import INVARIANTS as CATALOGUE_INVARIANTS
from prakarsa.hold import actions as holds
from prakarsa.hold.model import NewHold, Reason, Scope
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusals import BadField, SamePerson
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal import mass_actions
from prakarsa.rehearsal.audit import INVARIANTS
from prakarsa.rehearsal.mass_model import ItemState, MassAction, MassKind, MassState, NewMassAction, Selection
from prakarsa.rehearsal.refusals import (
    MassActionNotReady,
    MassActionUnknown,
    SelectionEmpty,
    SelectionOpen,
    SelectionTooWide,
    WordsMissing,
)
from tests import worlds
from tests.conftest import NOW
from tests.rehearsal.catalogues import a_course

LATER = NOW + timedelta(minutes=5)
INTERACTIVE = 1
HOLD = NewHold(
    scope=Scope.COURSE,
    reason=Reason.COMPLIANCE_REVIEW,
    legal_basis="Permenko 11/2020 art. 30",
    public_words="Syarat kursus sedang diperiksa.",
    notice_to="Semua lembaga pelatihan, dengan surat elektronik",
    notice_at=NOW - timedelta(days=7),
    starts_at=NOW,
    ends_at=NOW + timedelta(days=14),
    review_at=NOW + timedelta(days=7),
    basis_version="4 Agustus 2020",
    public_words_en="The conditions of the course are being checked.",
    evidence=(Evidence(EvidenceKind.DOCUMENT, "ab" * 32, NOW.date()),),
    proportionality="Hanya kursus yang tidak memenuhi syarat.",
    answer_by_at=NOW + timedelta(days=10),
)


def planned(tx: Tx, *, hold: NewHold | None = None, **selection: object) -> MassAction:
    kind = MassKind.UNLIST if hold is None else MassKind.HOLD
    chosen = Selection(**selection or {"condition": INTERACTIVE})  # type: ignore[arg-type]  # bent by each test
    return rehearsal.plan_mass_action(tx, NewMassAction(kind, chosen, "Penertiban", hold), by="staff/1", now=NOW)


def run(tx: Tx, action: MassAction, *, chunk: int = 200) -> MassAction:
    if action.state is MassState.PLANNED:
        rehearsal.confirm_mass_action(tx, action.action_code, by="staff/2", now=NOW)
    while rehearsal.run_mass_action(tx, action.action_code, now=NOW, chunk=chunk):
        pass
    return rehearsal.mass_action(tx, action.action_code)


def undone(tx: Tx, action: MassAction, *, chunk: int = 200) -> MassAction:
    rehearsal.undo_mass_action(tx, action.action_code, reason="Keliru", by="staff/3", now=LATER)
    while rehearsal.put_back(tx, action.action_code, now=LATER, chunk=chunk):
        pass
    return rehearsal.mass_action(tx, action.action_code)


def on_sale(tx: Tx) -> set[tuple[str, str]]:
    return set(
        tx.tuples(
            "SELECT course_code, client_code FROM catalogue.listing JOIN catalogue.course USING (course_id)"
            " JOIN partner.partner ON partner_id = platform_id WHERE ended_at IS NULL"
        )
    )


def sound(tx: Tx) -> None:
    for invariants in (INVARIANTS, CATALOGUE_INVARIANTS):
        assert [each.exceptions(tx) for each in invariants] == [[] for _ in invariants]


def test_a_plan_changes_nothing_and_shows_its_list(tx: Tx) -> None:
    a_course(tx)
    lacking = a_course(tx, has_live_session=False, platforms=("pasar-satu", "pasar-dua"))
    before = on_sale(tx)
    action = planned(tx)
    assert (action.state, action.items, on_sale(tx)) == (MassState.PLANNED, 2, before)
    items = rehearsal.mass_items(tx, action)
    assert [(each.course_code, each.platform_code) for each in items] == [
        (lacking.course_code, "pasar-satu"),
        (lacking.course_code, "pasar-dua"),
    ]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"institution": "balai-dua"}, {"KRS-B"}),
        ({"platform": "pasar-dua"}, {"KRS-C"}),
        ({"field": "Bahasa"}, {"KRS-C"}),
        ({"condition": INTERACTIVE}, {"KRS-A", "KRS-B"}),
        ({"condition": INTERACTIVE, "institution": "balai-dua"}, {"KRS-B"}),
    ],
)
def test_a_selection_takes_what_fits_everything_it_says(
    tx: Tx, selection: dict[str, object], expected: set[str]
) -> None:
    a_course(tx, course_code="KRS-A", has_live_session=False)
    a_course(tx, course_code="KRS-B", has_live_session=False, institution="balai-dua")
    a_course(tx, course_code="KRS-C", field="Bahasa", platforms=("pasar-dua",))
    action = planned(tx, **selection)
    assert {each.course_code for each in rehearsal.mass_items(tx, action)} == expected


def test_nobody_confirms_their_own_plan_and_nothing_runs_before_it_is_confirmed(tx: Tx) -> None:
    a_course(tx, has_live_session=False)
    action = planned(tx)
    with pytest.raises(MassActionNotReady):
        rehearsal.run_mass_action(tx, action.action_code, now=NOW)
    with pytest.raises(SamePerson):
        rehearsal.confirm_mass_action(tx, action.action_code, by="staff/1", now=NOW)
    assert run(tx, action).state is MassState.DONE


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
def test_it_runs_to_its_end_in_any_chunks_and_is_undone_exactly(tx: Tx, chunk: int) -> None:
    for _ in range(5):
        a_course(tx, has_live_session=False, platforms=("pasar-satu", "pasar-dua"))
    a_course(tx)
    before = on_sale(tx)
    action = run(tx, planned(tx), chunk=chunk)
    assert (action.done, len(on_sale(tx))) == (10, 1)
    assert rehearsal.run_mass_action(tx, action.action_code, now=NOW) == 0
    back = undone(tx, action, chunk=chunk)
    assert (back.state, back.undone, back.kept) == (MassState.UNDONE, 10, 0)
    assert on_sale(tx) == before
    sound(tx)


def test_what_somebody_else_has_changed_since_is_left_alone_and_reported(tx: Tx) -> None:
    touched, untouched = a_course(tx, has_live_session=False), a_course(tx, has_live_session=False)
    action = run(tx, planned(tx))
    catalogue.list_course(tx, touched.course_code, worlds.PLATFORM, now=LATER)
    catalogue.unlist(tx, touched.course_code, worlds.PLATFORM, now=LATER + timedelta(seconds=1))
    back = undone(tx, action)
    assert (back.undone, back.kept) == (1, 1)
    [kept] = rehearsal.mass_items(tx, back, state=ItemState.KEPT)
    assert kept.course_code == touched.course_code
    assert on_sale(tx) == {(untouched.course_code, worlds.PLATFORM)}
    sound(tx)


def test_a_listing_that_was_ended_before_its_turn_is_skipped_and_not_put_back(tx: Tx) -> None:
    gone = a_course(tx, has_live_session=False)
    a_course(tx, has_live_session=False)
    action = planned(tx)
    catalogue.unlist(tx, gone.course_code, worlds.PLATFORM, now=NOW)
    ran = run(tx, action)
    assert (ran.done, ran.skipped) == (1, 1)
    undone(tx, ran)
    assert (gone.course_code, worlds.PLATFORM) not in on_sale(tx)


def test_undoing_a_run_that_is_not_finished_stops_it(tx: Tx) -> None:
    for _ in range(4):
        a_course(tx, has_live_session=False)
    before = on_sale(tx)
    action = planned(tx)
    rehearsal.confirm_mass_action(tx, action.action_code, by="staff/2", now=NOW)
    assert rehearsal.run_mass_action(tx, action.action_code, now=NOW, chunk=1) == 1
    back = undone(tx, action)
    assert (back.state, back.undone, back.skipped) == (MassState.UNDONE, 1, 3)
    assert on_sale(tx) == before
    with pytest.raises(MassActionNotReady):
        rehearsal.run_mass_action(tx, action.action_code, now=LATER)


def test_holds_are_placed_on_each_course_with_due_process_and_lifted_by_undoing(tx: Tx) -> None:
    lacking = [a_course(tx, has_live_session=False) for _ in range(3)]
    a_course(tx)
    action = run(tx, planned(tx, hold=HOLD), chunk=2)
    standing = [each for each in holds.in_force(tx, NOW) if each.scope == Scope.COURSE]
    assert {each.target_code for each in standing} == {course.course_code for course in lacking}
    assert {(each.placed_by, each.second_person, each.party) for each in standing} == {
        ("staff/1", "staff/2", worlds.INSTITUTION)
    }
    holds.lift(tx, standing[0].hold_code, reason="Sudah lengkap", by="staff/4", now=LATER)
    back = undone(tx, action)
    assert (back.undone, back.kept) == (2, 1)
    assert [each for each in holds.in_force(tx, LATER) if each.scope == Scope.COURSE] == []
    sound(tx)


def test_so_many_holds_that_one_wider_one_would_say_more_are_refused(tx: Tx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mass_actions, "MOST_HOLDS", 1)
    for _ in range(2):
        a_course(tx, has_live_session=False)
    with pytest.raises(SelectionTooWide):
        planned(tx, hold=HOLD)


def test_a_plan_that_is_given_up_never_runs(tx: Tx) -> None:
    a_course(tx, has_live_session=False)
    action = planned(tx)
    rehearsal.withdraw_mass_action(tx, action.action_code, by="staff/1", now=NOW)
    with pytest.raises(MassActionNotReady):
        rehearsal.confirm_mass_action(tx, action.action_code, by="staff/2", now=NOW)
    sound(tx)


def test_plans_that_mean_everything_or_nothing_are_refused(tx: Tx) -> None:
    a_course(tx)
    with pytest.raises(SelectionOpen):
        rehearsal.plan_mass_action(tx, NewMassAction(MassKind.UNLIST, Selection(), "Semua"), by="staff/1", now=NOW)
    with pytest.raises(SelectionEmpty):
        planned(tx, institution="nobody")
    with pytest.raises(WordsMissing):
        rehearsal.plan_mass_action(
            tx, NewMassAction(MassKind.UNLIST, Selection(field="Kuliner"), " "), by="staff/1", now=NOW
        )
    with pytest.raises(BadField):
        planned(tx, field="\x00")
    with pytest.raises(BadField):
        rehearsal.plan_mass_action(
            tx, NewMassAction(MassKind.HOLD, Selection(field="Kuliner"), "Tanpa"), by="staff/1", now=NOW
        )


@pytest.mark.parametrize("code", ["", "MASS-1", "\x00", "é", "x" * 9_000])
def test_codes_nobody_gave_are_refused(tx: Tx, code: str) -> None:
    with pytest.raises(MassActionUnknown):
        rehearsal.mass_action(tx, code)
    with pytest.raises(MassActionUnknown):
        rehearsal.run_mass_action(tx, code, now=NOW)


RUNNER = """
import sys, time
from datetime import datetime
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from prakarsa.rehearsal import actions as rehearsal

database = Database(sys.argv[1], Keyring(bytes(32)))
database.open()
while True:
    with database.transaction("test") as tx:
        rehearsal.run_mass_action(tx, sys.argv[2], now=datetime.fromisoformat(sys.argv[3]), chunk=2)
    time.sleep(0.05)
"""


def test_a_run_whose_process_is_killed_goes_on_where_it_was(database: Database) -> None:
    with database.transaction("test") as tx:
        for _ in range(20):
            a_course(tx, has_live_session=False)
        action = planned(tx)
        rehearsal.confirm_mass_action(tx, action.action_code, by="staff/2", now=NOW)
    runner = subprocess.Popen([sys.executable, "-c", RUNNER, database.url, action.action_code, NOW.isoformat()])
    try:
        for _ in range(600):
            with database.transaction("test") as tx:
                done = rehearsal.mass_action(tx, action.action_code).done
            if done >= 4:
                break
            time.sleep(0.02)
    finally:
        runner.kill()
        runner.wait()
    assert done >= 4
    with database.transaction("test") as tx:
        ran = run(tx, rehearsal.mass_action(tx, action.action_code))
        assert (ran.state, ran.done, ran.skipped) == (MassState.DONE, 20, 0)
        assert on_sale(tx) == set()
        told = "SELECT count(*) FROM journal.entry WHERE action = 'catalogue.unlisted'"
        assert tx.value(told) == 20
        sound(tx)
