"""Terms in force: complete for every wave and day, founded by two people, never rewritten."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.catalogue.model import CourseMode
from prakarsa.curation.model import Step
from prakarsa.hold.model import Scope
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import SamePerson
from prakarsa.people.model import Situation
from prakarsa.programme import actions, audit, rules, units
from prakarsa.programme.model import Parameter, Terms
from prakarsa.programme.refusals import PolicyConflict, PolicyGap, SchemeUnknown
from tests import worlds

SHIPPED = {path.stem: actions.read_scheme_file(path.stem) for path in sorted(actions.SCHEMES.glob("*.toml"))}
SCHEME = (actions.SCHEMES / "prakerja-2020.toml").read_text()
DAY = date(2020, 8, 16)
NOW = datetime(2020, 8, 1, tzinfo=UTC)


def terms(wave: int, on: date = DAY, scheme: str = "prakerja-2020") -> Terms:
    return rules.terms_in_force(SHIPPED[scheme].parameters, wave, on)


def found(tx: Tx, name: str = "prakerja-2020", now: datetime = NOW) -> None:
    actions.load_scheme(tx, name, author="staff/1", approver="staff/2", now=now)


@given(wave=st.integers(1, 47), on=st.dates(date(2020, 4, 11), date(2030, 1, 1)))
def test_every_wave_has_complete_terms_on_every_day_of_its_scheme(wave: int, on: date) -> None:
    assert terms(wave, on) == terms(wave, on)


def test_before_the_scheme_nothing_is_in_force() -> None:
    with pytest.raises(PolicyGap):
        terms(1, date(2020, 4, 10))


@pytest.mark.parametrize("scheme", SHIPPED)
def test_every_value_that_ships_rests_on_a_text_with_a_version_and_a_source(scheme: str) -> None:
    rows = SHIPPED[scheme].parameters
    assert {row.name for row in rows} == set(units.TYPES)
    assert [row.name for row in rows if not (row.instrument and row.instrument_version and row.source)] == []
    regulations = [row for row in rows if row.instrument.startswith("Permenko")]
    assert [row.name for row in regulations if not row.article.startswith("art. ")] == []


def test_the_words_of_lists_are_those_of_the_rooms_above() -> None:
    assert set(units.WORDS["course_delivery_modes"]) == set(CourseMode)
    assert set(units.WORDS["institution_pipeline"]) == set(Step)
    assert set(units.WORDS["hold_four_eyes_scopes"]) == set(Scope)
    assert set(units.WORDS["eligibility_target_groups"]) == set(Situation)


whole = st.integers(1, 30)
days = st.dates(date(2020, 1, 1), date(2024, 1, 1))


@given(
    rows=st.lists(st.tuples(whole, st.none() | whole, days, st.none() | days), min_size=2, max_size=2),
    wave=whole,
    on=days,
)
def test_rows_that_cover_one_wave_and_day_are_seen_to_overlap(
    rows: list[tuple[int, int | None, date, date | None]], wave: int, on: date
) -> None:
    one, other = (Parameter("otp_tries", 3, *row, "basis", "source") for row in rows)

    if one.covers(wave, on) and other.covers(wave, on):
        assert one.overlaps(other)
        assert other.overlaps(one)


def test_loading_twice_changes_nothing_and_rewriting_the_past_is_refused(tx: Tx, tmp_path: Path) -> None:
    found(tx)
    rows = actions.parameters(tx, "prakerja-2020")
    found(tx)
    assert actions.parameters(tx, "prakerja-2020") == rows
    assert len(rows) == len(SHIPPED["prakerja-2020"].parameters)
    assert all(rules.terms_in_force(rows, wave, DAY) == terms(wave) for wave in (1, 4, 12))

    changed = tmp_path / "scheme.toml"
    changed.write_text(SCHEME.replace("value = 1_000_000", "value = 2_000_000"))
    with pytest.raises(PolicyConflict):
        found(tx, str(changed))


def test_a_scheme_is_founded_by_two_people_who_are_shown_with_every_value(tx: Tx) -> None:
    with pytest.raises(SamePerson):
        actions.load_scheme(tx, "prakerja-2020", author="staff/1", approver="staff/1", now=NOW)
    found(tx)
    [scheme] = actions.schemes(tx)
    assert (scheme.author, scheme.approver, scheme.approved_at) == ("staff/1", "staff/2", NOW)
    assert {(row.author, row.approver) for row in actions.parameters(tx, "prakerja-2020")} == {("staff/1", "staff/2")}


def test_a_parameter_that_a_later_load_adds_counts_only_from_that_load(tx: Tx, tmp_path: Path) -> None:
    """So decisions made before a release knew the parameter find the default again."""
    older = tmp_path / "prakerja-2020.toml"
    older.write_text(SCHEME)
    found(tx, str(older))
    tx.run("DELETE FROM programme.parameter WHERE name = 'hold_answer_days'")
    later = NOW + timedelta(days=30)
    found(tx, now=later)
    rows = actions.parameters(tx, "prakerja-2020")
    before, after = (rules.terms_in_force(rules.known(rows, at), 4, DAY) for at in (NOW, later))
    assert (before.hold_answer_days, after.hold_answer_days) == (0, 7)


def test_the_terms_of_a_wave_are_those_of_its_rows(tx: Tx) -> None:
    wave = worlds.a_wave(tx)
    assert actions.terms(tx, wave.number, worlds.NOW) == terms(wave.number)
    rows = actions.parameters_in_force(tx, None, worlds.NOW)
    assert [row.name for row in rows] == sorted(units.TYPES)
    assert all(units.as_term(row.value) == getattr(terms(wave.number), row.name) for row in rows)


def test_terms_cost_two_statements(tx: Tx, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wave, and the values that speak for it on that day: nothing of the history is fetched on the hot path."""
    wave = worlds.a_wave(tx)
    asked: list[str] = []
    for name in ("rows", "row", "tuples", "value", "values", "run"):
        monkeypatch.setattr(tx, name, _noting(name, getattr(tx, name), asked))
    actions.terms(tx, wave.number, worlds.NOW)
    assert asked == ["row", "tuples"]


def _noting(name: str, ask: Callable[..., Any], asked: list[str]) -> Callable[..., Any]:
    def note(*arguments: Any, **facts: Any) -> Any:
        asked.append(name)
        return ask(*arguments, **facts)

    return note


def test_an_unknown_scheme_is_refused(tx: Tx) -> None:
    with pytest.raises(SchemeUnknown):
        actions.parameters(tx, "nowhere")


def test_a_scheme_one_person_answers_for_and_a_wave_without_terms_are_found(tx: Tx) -> None:
    worlds.a_wave(tx)
    assert [problem for invariant in audit.INVARIANTS for problem in invariant.exceptions(tx)] == []
    tx.run("UPDATE programme.scheme SET approver = NULL")
    tx.run("DELETE FROM programme.parameter WHERE name = 'otp_tries'")
    problems = [problem.subject for invariant in audit.INVARIANTS for problem in invariant.exceptions(tx)]
    assert problems == ["scheme/prakerja-2020", f"wave/{worlds.WAVE}"]
