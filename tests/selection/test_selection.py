"""A wave from the first application to the last message: set by set, safe to run again, every no with its reason."""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakarsa.gateways.simulators.population import Invented, generate
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.people import actions as people
from prakarsa.people.refusals import Barred
from prakarsa.programme.refusals import WaveUnknown
from prakarsa.selection import actions, drawing, store
from prakarsa.selection.drawing import Entry
from prakarsa.selection.model import Application, NewApplication, State
from prakarsa.selection.refusals import (
    AlreadyDecreed,
    DecreeNumberTaken,
    HouseholdLimit,
    ListChanged,
    NoSeed,
    NotAllScreened,
    NotCommitted,
    NotDrawn,
    NotDrawnYet,
    NotRegistered,
    PriorGrant,
    RegistryUnavailable,
    SeedAlreadyEntered,
    SeedTooEarly,
    StillInWave,
    WaveClosed,
    WaveNotOpenYet,
    WaveStillOpen,
)
from tests.selection.wave4 import (
    APPLIED,
    CLOSES,
    COMMITTED,
    DRAWN,
    OPENS,
    SEED,
    SEEDED,
    SOURCE,
    drawn,
    joined,
    open_wave,
    passes,
    registered,
    registry_of,
    screen_all,
)

INVENTED = list(generate(1_200, 11, OPENS.date()))
ELIGIBLE = [person for person in INVENTED if passes(person)]
SECOND = timedelta(seconds=1)


def only(answers: list[Application | Refusal]) -> Application | Refusal:
    (answer,) = answers
    return answer


# Applying


def test_applying_again_gives_the_first_application_even_after_closing(tx: Tx) -> None:
    open_wave(tx)
    (person_id,) = registered(tx, INVENTED[:1])
    (first,) = joined(tx, [person_id])

    again = actions.apply(tx, [NewApplication(person_id, 4)] * 3, now=APPLIED + SECOND)
    late = only(actions.apply(tx, [NewApplication(person_id, 4)], now=CLOSES))

    assert again == [first, first, first]
    assert late == first
    assert (first.region, first.wave_number, first.state) == (INVENTED[0].province_code, 4, State.APPLIED)
    assert [row.action for row in journal.timeline(tx, person_id)] == ["application.received", "person.registered"]


def test_a_list_answers_each_row_and_one_bad_row_fails_no_other(tx: Tx) -> None:
    open_wave(tx, 4)
    open_wave(tx, 5, opens_at=CLOSES, closes_at=CLOSES + timedelta(days=9))
    one, two, barred = registered(tx, INVENTED[:3])
    people.bar(tx, [barred], "false_data", now=OPENS)
    orders = [(one, 4), (two, 99), (2**40, 4), (barred, 4), (two, 5), (one, 4), (one, 5), (two, 4)]

    answers = actions.apply(tx, [NewApplication(*order) for order in orders], now=APPLIED)

    assert [type(answer) for answer in answers] == [
        Application,
        WaveUnknown,
        NotRegistered,
        Barred,
        WaveNotOpenYet,
        Application,
        WaveNotOpenYet,
        Application,
    ]
    assert actions.apply(tx, [], now=APPLIED) == []


def test_nobody_waits_for_two_draws_at_once(tx: Tx) -> None:
    open_wave(tx, 4, quota=1)
    open_wave(tx, 5)
    one, two = registered(tx, ELIGIBLE[:2])
    joined(tx, [one, two], 4)

    waiting = only(actions.apply(tx, [NewApplication(one, 5)], now=APPLIED))
    screen_all(tx, registry_of(ELIGIBLE[:2]))
    on_the_list = only(actions.apply(tx, [NewApplication(one, 5)], now=APPLIED))
    drawn(tx)
    answers = actions.apply(tx, [NewApplication(one, 5), NewApplication(two, 5)], now=APPLIED)

    assert isinstance(waiting, StillInWave)
    assert isinstance(on_the_list, StillInWave)
    assert Counter(type(answer) for answer in answers) == {Application: 1, PriorGrant: 1}


# Screening


def test_screening_excludes_whom_the_rules_name_with_every_reason(tx: Tx) -> None:
    open_wave(tx)
    ids = registered(tx, INVENTED)
    joined(tx, ids)
    registry = registry_of(INVENTED)

    assert screen_all(tx, registry, chunk=500) == 1_200
    assert registry.asked == [500, 500, 200]

    numbers = actions.counts(tx, 4)
    assert numbers[State.ELIGIBLE] == len(ELIGIBLE)
    assert numbers[State.APPLIED] == 0
    codes: Counter[str] = Counter()
    for person_id, person in zip(ids, INVENTED, strict=True):
        (mine,) = actions.my_applications(tx, person_id)
        assert (mine.state is State.ELIGIBLE) == (person in ELIGIBLE)
        codes.update(reason.code for reason in mine.reasons)
    assert set(codes) == {
        "selection.not_in_registry",
        "selection.name_differs",
        "selection.birth_date_differs",
        "selection.not_citizen",
        "selection.too_young",
        "selection.in_formal_education",
        "selection.excluded_occupation",
        "selection.receives_other_aid",
    }


def test_half_an_answer_is_no_answer(tx: Tx) -> None:
    open_wave(tx)
    joined(tx, registered(tx, INVENTED[:3]))
    registry = registry_of(INVENTED)
    registry.look_up = lambda niks: {}  # type: ignore[method-assign]  # a registry that forgets

    with pytest.raises(RegistryUnavailable):
        actions.screen(tx, 4, registry, now=CLOSES)


def a_family(size: int) -> list[Invented]:
    return [replace(p, kk=ELIGIBLE[0].kk) for p in ELIGIBLE[:size]]


@pytest.mark.parametrize("chunk", [1, 2, 500])
def test_a_family_card_gets_its_two_places_in_the_order_of_applying(tx: Tx, chunk: int) -> None:
    open_wave(tx, 12)
    family = a_family(4)
    ids = registered(tx, family)
    for person_id in reversed(ids):
        joined(tx, [person_id], 12)

    screen_all(tx, registry_of(family), 12, chunk=chunk)

    states = [actions.my_applications(tx, person_id)[0].state for person_id in reversed(ids)]
    assert states == [State.ELIGIBLE, State.ELIGIBLE, State.EXCLUDED, State.EXCLUDED]
    (reason,) = actions.my_applications(tx, ids[0])[0].reasons
    assert isinstance(reason, HouseholdLimit)


def test_people_selected_earlier_count_for_their_family(tx: Tx) -> None:
    open_wave(tx, 12, quota=2)
    open_wave(tx, 13, quota=2)
    family = a_family(4)
    ids = registered(tx, family)
    joined(tx, ids[:2], 12)
    screen_all(tx, registry_of(family), 12)
    drawn(tx, 12)
    joined(tx, ids[2:], 13)

    screen_all(tx, registry_of(family), 13)

    assert actions.counts(tx, 13)[State.EXCLUDED] == 2


# The draw


def test_each_step_of_the_draw_waits_for_the_one_before(tx: Tx) -> None:
    open_wave(tx)
    joined(tx, registered(tx, ELIGIBLE[:5]))
    with pytest.raises(WaveStillOpen):
        actions.commit_list(tx, 4, now=CLOSES - SECOND)
    with pytest.raises(NotAllScreened) as waiting:
        actions.commit_list(tx, 4, now=CLOSES)
    assert waiting.value.waiting == 5
    screen_all(tx, registry_of(ELIGIBLE))
    with pytest.raises(NotCommitted):
        actions.enter_seed(tx, 4, SEED, SOURCE, now=SEEDED)
    with pytest.raises(NotCommitted):
        actions.run_draw(tx, 4, now=DRAWN)
    committed = actions.commit_list(tx, 4, now=COMMITTED)
    assert actions.commit_list(tx, 4, now=SEEDED) == committed
    with pytest.raises(NoSeed):
        actions.run_draw(tx, 4, now=DRAWN)
    with pytest.raises(SeedTooEarly):
        actions.enter_seed(tx, 4, SEED, SOURCE, now=COMMITTED)
    seeded = actions.enter_seed(tx, 4, SEED, SOURCE, now=SEEDED)
    assert actions.enter_seed(tx, 4, SEED, SOURCE, now=SEEDED + SECOND) == seeded
    for seed, source in (("another seed", SOURCE), (SEED, "another source")):
        with pytest.raises(SeedAlreadyEntered):
            actions.enter_seed(tx, 4, seed, source, now=DRAWN)
    for verb in (
        lambda: list(actions.publish(tx, 4)),
        lambda: actions.decree(tx, 4, "SK-4", by="t", now=DRAWN),
        lambda: actions.announce(tx, 4, now=DRAWN),
    ):
        with pytest.raises(NotDrawnYet):
            verb()
    result = actions.run_draw(tx, 4, now=DRAWN)
    assert actions.run_draw(tx, 4, now=DRAWN + SECOND) == result
    assert (result.entries, result.selected) == (5, 5)


def test_nobody_joins_behind_a_commitment(tx: Tx) -> None:
    open_wave(tx)
    early, late = registered(tx, ELIGIBLE[:2])
    joined(tx, [early])
    screen_all(tx, registry_of(ELIGIBLE))
    actions.commit_list(tx, 4, now=COMMITTED)

    # a request that began before closing and arrives after the commitment
    assert isinstance(only(actions.apply(tx, [NewApplication(late, 4)], now=CLOSES - SECOND)), WaveClosed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    reserved=st.sampled_from([0, 50, 80, 100]),
    region_quota=st.dictionaries(st.sampled_from(["31", "32", "33", "35", "96"]), st.integers(1, 30), max_size=4),
    quota=st.integers(1, 70),
    seed=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=8, max_size=30),
    size=st.integers(0, 60),
)
def test_the_database_draws_as_the_rule_does_and_the_file_proves_it(
    tx: Tx, reserved: int, region_quota: dict[str, int], quota: int, seed: str, size: int
) -> None:
    with tx.savepoint():
        quota = sum(region_quota.values()) or quota
        wave = open_wave(tx, quota=quota, region_quota=region_quota)
        tx.run(
            "UPDATE programme.parameter SET value = %(v)s::jsonb WHERE name = 'selection_reserved_percent'",
            v=str(reserved),
        )
        if size:
            joined(tx, registered(tx, ELIGIBLE[:size]))
        screen_all(tx, registry_of(ELIGIBLE))
        with store.entries(tx, wave.wave_id) as rows:
            entries: list[Entry] = list(rows)
        drawn(tx, seed=seed)

        with store.results(tx, wave.wave_id) as found:
            results = list(found)
        draw = actions.draw_of(tx, 4)
        assert draw is not None
        assert results == drawing.draw(entries, draw.terms, seed)
        assert draw.terms.reserved_percent == reserved
        assert sum(r.verdict == drawing.SELECTED for r in results) == min(quota, size) == draw.selected
        assert drawing.verify_document(json.loads("".join(actions.publish(tx, 4)))) == []
        raise psycopg.Rollback


def test_the_published_file_names_nobody(tx: Tx, tmp_path: Path) -> None:
    open_wave(tx, quota=30)
    joined(tx, registered(tx, ELIGIBLE[:80]))
    screen_all(tx, registry_of(ELIGIBLE))
    drawn(tx)
    path = tmp_path / "draw.json"
    path.write_text("".join(actions.publish(tx, 4)), encoding="utf-8")

    assert drawing.verify_file(path) == []
    text = path.read_text(encoding="utf-8")
    for person in ELIGIBLE[:80]:
        for secret in (person.nik, person.name, person.phone, person.email, person.kk):
            assert secret not in text
    for public_id in tx.values("SELECT public_id FROM people.person"):
        assert public_id not in text


def test_a_list_that_was_changed_behind_the_commitment_is_not_drawn(tx: Tx) -> None:
    open_wave(tx)
    joined(tx, registered(tx, ELIGIBLE[:5]))
    screen_all(tx, registry_of(ELIGIBLE))
    actions.commit_list(tx, 4, now=COMMITTED)
    actions.enter_seed(tx, 4, SEED, SOURCE, now=SEEDED)
    tx.run("UPDATE selection.application SET tier = CASE tier WHEN 'general' THEN 'affected' ELSE 'general' END")

    with pytest.raises(ListChanged):
        actions.run_draw(tx, 4, now=DRAWN)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE selection.draw SET seed = 'a better seed'",
        "UPDATE selection.draw SET list_sha256 = ''",
        "UPDATE selection.draw SET drawn_at = NULL, selected = NULL",
        "DELETE FROM selection.draw",
    ],
)
def test_the_database_refuses_a_second_draw(tx: Tx, statement: str) -> None:
    open_wave(tx)
    drawn(tx)

    with pytest.raises(psycopg.errors.RaiseException), tx.savepoint():
        tx.run(statement)


def test_a_wave_nobody_joined_is_drawn_and_decreed_too(tx: Tx) -> None:
    open_wave(tx)
    drawn(tx)

    assert actions.decree(tx, 4, "SK-4/2020", by="staff/1", now=DRAWN).persons == 0
    assert drawing.verify_document(json.loads("".join(actions.publish(tx, 4)))) == []
    assert actions.announce(tx, 4, now=DRAWN) == 0


# Decree, winners, news


def test_the_decree_counts_people_and_the_money_of_each(tx: Tx) -> None:
    open_wave(tx, 4, quota=30)
    open_wave(tx, 5, quota=30)
    joined(tx, registered(tx, ELIGIBLE[:50]))
    screen_all(tx, registry_of(ELIGIBLE))
    drawn(tx, 4)
    drawn(tx, 5)

    decree = actions.decree(tx, 4, "SK-4/2020", by="staff/1", now=DRAWN)

    assert (decree.persons, decree.training_idr, decree.incentive_idr, decree.survey_idr) == (
        30,
        1_000_000,
        2_400_000,
        150_000,
    )
    assert decree.total_idr == 30 * 3_550_000
    assert actions.decree(tx, 4, "SK-4/2020", by="staff/2", now=DRAWN + SECOND) == decree == actions.decree_of(tx, 4)
    with pytest.raises(AlreadyDecreed):
        actions.decree(tx, 4, "SK-4b/2020", by="staff/1", now=DRAWN)
    for number in ("SK-4/2020", "", "x" * 101, "a\x00b", "\ud800"):
        with pytest.raises(DecreeNumberTaken):
            actions.decree(tx, 5, number, by="staff/1", now=DRAWN)


def test_winners_come_in_pages(tx: Tx) -> None:
    open_wave(tx, quota=30)
    joined(tx, registered(tx, ELIGIBLE[:50]))
    screen_all(tx, registry_of(ELIGIBLE))
    drawn(tx)

    pages, after = [], 0
    while page := actions.winners(tx, 4, after, 7):
        pages += page
        after = page[-1][0]

    assert len(pages) == len(set(pages)) == 30
    assert all(actions.my_applications(tx, person_id)[0].state is State.SELECTED for _, person_id in pages)


def test_everybody_who_was_not_selected_is_told_why_once(tx: Tx) -> None:
    open_wave(tx, quota=400)
    ids = registered(tx, INVENTED)
    joined(tx, ids)
    screen_all(tx, registry_of(INVENTED))
    drawn(tx)

    told = 0
    while done := actions.announce(tx, 4, now=DRAWN, chunk=100):
        told += done
    assert actions.announce(tx, 4, now=DRAWN + SECOND) == 0

    messages = journal.claim(tx, limit=5_000, now=DRAWN)
    assert told == len(messages) == 1_200 - 400
    by_template = Counter(message.template for message in messages)
    assert by_template["selection.not_drawn"] == len(ELIGIBLE) - 400
    phones = [message.address for message in messages]
    assert len(set(phones)) == len(phones)
    winners = {people.contacts(tx, [person_id])[person_id].phone for _, person_id in actions.winners(tx, 4, 0, 5_000)}
    assert winners.isdisjoint(phones)
    for message in messages:
        if message.template == "selection.not_drawn":
            assert message.params["place"] > message.params["last_place"] > 0
            assert message.params["entries"] == len(ELIGIBLE)
        else:
            assert message.params["reasons"]


def test_a_person_sees_every_wave_with_state_place_and_reason(tx: Tx) -> None:
    open_wave(tx, 4, quota=1)
    ids = registered(tx, ELIGIBLE[:2])
    joined(tx, ids)
    assert {actions.my_applications(tx, i)[0].state for i in ids} == {State.APPLIED}
    screen_all(tx, registry_of(ELIGIBLE))
    drawn(tx)
    loser = next(i for i in ids if actions.my_applications(tx, i)[0].state is State.NOT_SELECTED)
    open_wave(tx, 5)
    joined(tx, [loser], 5)

    newest, first = actions.my_applications(tx, loser)

    assert (newest.wave_number, newest.state, newest.reasons, newest.place) == (5, State.APPLIED, (), None)
    (reason,) = first.reasons
    assert isinstance(reason, NotDrawn)
    assert (reason.place, reason.entries) == (first.place, first.entries) == (2, 2)
    assert [row.action for row in journal.timeline(tx, loser)] == [
        "application.received",
        "application.not_selected",
        "application.screened",
        "application.received",
        "person.registered",
    ]
    assert actions.my_applications(tx, 2**40) == []


def test_the_journal_of_a_wave_can_be_read_back(tx: Tx, now: datetime) -> None:
    open_wave(tx)
    drawn(tx)
    actions.decree(tx, 4, "SK-4", by="staff/1", now=now)

    actions_of_wave = tx.values("SELECT action FROM journal.entry WHERE subject = 'wave/4' ORDER BY entry_id")

    assert actions_of_wave == ["wave.planned", "draw.committed", "draw.seeded", "draw.run", "wave.decreed"]
