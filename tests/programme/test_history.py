"""Programme-rules section 16 cell by cell, and decisions of the past that find their own terms again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme import actions, rules, store
from prakarsa.programme.model import ChangeState, Parameter, Terms
from tests.programme.histories import CELLS, COLUMNS, Column, written

SHIPPED = {column.scheme: actions.read_scheme_file(column.scheme).parameters for column in COLUMNS}
FOUNDING = SHIPPED["prakerja-2020"]
BEGINS = datetime(2020, 4, 12, tzinfo=UTC)
WAVES = (1, 3, 4, 11, 12, 30, 47)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.heading)
@pytest.mark.parametrize("name", CELLS)
def test_the_shipped_schemes_say_what_the_parameter_history_says(name: str, column: Column) -> None:
    terms = rules.terms_in_force(SHIPPED[column.scheme], column.wave, column.on)
    assert getattr(terms, name) == CELLS[name][COLUMNS.index(column)]


@pytest.mark.parametrize("wave", [1, 3, 4, 12])
def test_bundles_end_for_the_whole_catalogue_on_the_day_of_the_circular(wave: int) -> None:
    """PMO circular S-148/Dir-Eks/06/2020: from 1 July 2020, a month before the rules that bind wave 4."""
    assert rules.terms_in_force(FOUNDING, wave, date(2020, 6, 30)).course_bundles_allowed
    assert not rules.terms_in_force(FOUNDING, wave, date(2020, 7, 1)).course_bundles_allowed


def test_the_launch_scheme_with_the_change_is_the_scheme_written_with_hindsight() -> None:
    """For the waves and days where nothing later has a say: wave 4 to 11 until the end of 2020."""
    launch = actions.read_scheme_file("prakerja-2020-launch").parameters
    changed = [*launch, *actions.read_change(actions.change_text("permenko-11-2020")).parameters]
    for on in (date(2020, 8, 7), date(2020, 12, 31)):
        for wave in (1, 3, 4, 11):
            assert rules.terms_in_force(changed, wave, on) == rules.terms_in_force(FOUNDING, wave, on)
    before = rules.terms_in_force(changed, 4, date(2020, 8, 6))
    assert before == rules.terms_in_force(launch, 4, date(2020, 8, 6))
    assert not before.course_requires_interactive


@dataclass(frozen=True)
class Deed:
    """Something that happens to policy: a change is approved with these rows, or the nth one is revoked."""

    after: timedelta
    rows: tuple[Parameter, ...] = ()
    revokes: int = 0


@st.composite
def a_row(draw: st.DrawFn) -> Parameter:
    name = draw(st.sampled_from(sorted(CELLS)))
    value = written(draw(st.sampled_from(CELLS[name])))
    first = draw(st.sampled_from(WAVES))
    last = draw(st.none() | st.integers(first, 47))
    begins = draw(st.dates(date(2020, 4, 11), date(2023, 1, 1)))
    ends = draw(st.none() | st.integers(1, 900).map(lambda days: begins + timedelta(days)))
    return Parameter(name, value, first, last, begins, ends, "basis", "source", "instrument", "art. 1", "version")


deeds = st.lists(
    st.builds(
        Deed,
        after=st.integers(0, 400 * 24).map(lambda hours: timedelta(hours=hours)),
        rows=st.lists(a_row(), min_size=1, max_size=4).map(tuple),
    )
    | st.builds(Deed, after=st.integers(0, 4_000).map(lambda hours: timedelta(hours=hours)), revokes=st.integers(1, 5)),
    max_size=8,
)
questions = st.lists(
    st.tuples(st.sampled_from(WAVES), st.integers(0, 1_000 * 24).map(lambda hours: timedelta(hours=hours))), min_size=1
)


@given(deeds=deeds, questions=questions)
def test_a_past_decision_evaluated_again_at_its_own_moment_gives_its_own_result(
    deeds: list[Deed], questions: list[tuple[int, timedelta]]
) -> None:
    decided = []
    for wave, after in questions:
        now = BEGINS + after
        decided.append((wave, now, _decide(_told(deeds, until=now), wave, now)))
    everything = _told(deeds, until=None)
    for wave, now, terms in decided:
        assert _decide(everything, wave, now) == terms


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(deeds=deeds)
def test_the_verbs_leave_every_past_decision_as_it_was(database: Database, deeds: list[Deed]) -> None:
    with database.transaction("test") as tx, tx.connection.transaction(force_rollback=True):
        actions.load_scheme(tx, "prakerja-2020", author="staff/1", approver="staff/2", now=BEGINS)
        decided: list[tuple[int, datetime, Terms]] = []
        now = BEGINS
        for deed in deeds:
            now += deed.after + timedelta(minutes=1)
            _do(tx, deed, now)
            decided += [(wave, now, _ask(tx, wave, now)) for wave in WAVES]
        rows = actions.parameters(tx, "prakerja-2020")
        for wave, at, terms in decided:
            assert _ask(tx, wave, at) == terms
            assert _decide(rows, wave, at) == terms, "the rules find what the statement finds"


@given(data=st.data(), first=a_row(), second=a_row())
def test_of_two_changes_that_speak_the_later_approved_counts(
    data: st.DataObject, first: Parameter, second: Parameter
) -> None:
    second = replace(second, name=first.name, value=first.value)
    first = replace(first, value=written(data.draw(st.sampled_from(CELLS[first.name]))))
    wave, on = data.draw(st.integers(1, 47)), data.draw(st.dates(date(2020, 4, 11), date(2024, 1, 1)))
    assume(first.covers(wave, on) and second.covers(wave, on))
    early = replace(first, change_code="CHG-1", known_from=BEGINS)
    late = replace(second, change_code="CHG-2", known_from=BEGINS + timedelta(days=1))
    for rows in ([*FOUNDING, early, late], [*FOUNDING, late, early]):
        known = rules.known(rows, BEGINS + timedelta(days=2))
        [speaking] = [row for row in rules.rows_in_force(known, wave, on) if row.name == first.name]
        assert speaking == late


def _told(deeds: Sequence[Deed], until: datetime | None) -> list[Parameter]:
    """The rows as they stood at a moment: what was approved by then, and what was revoked by then."""
    rows: list[list[Parameter]] = []
    now = BEGINS
    for number, deed in enumerate(deeds):
        now += deed.after
        if until is not None and now > until:
            break
        if deed.rows:
            rows.append([replace(row, change_code=f"CHG-{number}", known_from=now) for row in deed.rows])
        elif rows:
            taken = deed.revokes % len(rows)
            rows[taken] = [replace(row, known_until=row.known_until or now) for row in rows[taken]]
    return [*FOUNDING, *(row for change in rows for row in change)]


def _decide(rows: Sequence[Parameter], wave: int, now: datetime) -> Terms:
    return rules.terms_in_force(rules.known(rows, now), wave, actions.jakarta_day(now))


def _ask(tx: Tx, wave: int, now: datetime) -> Terms:
    on = actions.jakarta_day(now)
    return rules.as_terms(store.values(tx, "prakerja-2020", wave, on, now), wave, on)


def _do(tx: Tx, deed: Deed, now: datetime) -> None:
    """Carry it out with the verbs; what they refuse does not happen."""
    try:
        if deed.rows:
            proposed = actions.propose(tx, _file(deed.rows), author="staff/1", now=now)
            actions.approve(tx, proposed.change_code, by="staff/2", now=now)
            return
        standing = [each for each in actions.changes(tx) if each.state is ChangeState.APPROVED]
        if standing:
            code = standing[deed.revokes % len(standing)].change_code
            actions.propose_revocation(tx, code, reason="a test", by="staff/1", now=now)
            actions.revoke(tx, code, by="staff/2", now=now)
    except Refusal as refusal:
        assert refusal.code in {"programme.policy_overlap", "programme.policy_changes_nothing"}  # noqa: PT017  a deed may also go through


def _file(rows: Sequence[Parameter]) -> str:
    head = 'scheme = "prakerja-2020"\nchange = "A change"\nretroactive_leave = "a test"\n'
    head += '[instruments]\ntest = { title = "Test", version = "1" }\n'
    names = dict.fromkeys(row.name for row in rows)
    return head + "".join(_block(name, [row for row in rows if row.name == name]) for name in names)


def _block(name: str, rows: Sequence[Parameter]) -> str:
    values = "".join(f"    {{ {_value(row)} }},\n" for row in rows)
    return f'[{name}]\ninstrument = "test"\narticle = "art. 1"\nsource = "test"\nvalues = [\n{values}]\n'


def _value(row: Parameter) -> str:
    parts: dict[str, Any] = {"value": msgspec.json.encode(row.value).decode(), "from": row.effective_from}
    if row.effective_to is not None:
        parts["to"] = row.effective_to
    parts["waves"] = f'"{row.first_wave}-{row.last_wave or ""}"'
    return ", ".join(f"{key} = {value}" for key, value in parts.items())
