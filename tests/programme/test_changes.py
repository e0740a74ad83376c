"""Changing policy takes two people, is checked twice, and never touches what was decided."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import SamePerson, SecondPersonNeeded
from prakarsa.programme import actions, audit, policy_refusals, rules
from prakarsa.programme.model import ChangeState, Terms
from prakarsa.programme.refusals import SchemeUnknown
from tests import worlds
from tests.worlds import NOW

LAUNCH = "prakerja-2020-launch"
SIGNED = NOW - timedelta(days=12)
"""4 August 2020: the regulation is signed and comes into force three days later."""
IN_FORCE = NOW - timedelta(days=9)
PERMENKO = actions.change_text("permenko-11-2020")


@pytest.fixture(autouse=True)
def launch(tx: Tx) -> None:
    """Wave 4 under the launch rules, announced before the regulation."""
    worlds.a_wave(tx, scheme=LAUNCH, now=SIGNED)


@pytest.fixture(autouse=True)
def sound(tx: Tx, launch: None) -> Iterator[None]:
    yield
    assert [problem for invariant in audit.INVARIANTS for problem in invariant.exceptions(tx)] == []


def change_text(name: str, value: str, *, begins: str = "2020-08-20", leave: str = "", waves: str = "4-") -> str:
    head = f'scheme = "{LAUNCH}"\nchange = "A change of {name}"\n'
    head += f'retroactive_leave = "{leave}"\n' if leave else ""
    head += '[instruments]\noffice = { title = "Setting", version = "1", articles = false }\n'
    block = f'[{name}]\ninstrument = "office"\nsource = "a test"\nvalues = [\n'
    return head + block + f'    {{ waves = "{waves}", from = {begins}, value = {value} }},\n]\n'


def approved(tx: Tx, text: str, now: datetime) -> str:
    code = actions.propose(tx, text, author="staff/1", now=now).change_code
    actions.approve(tx, code, by="staff/2", now=now)
    return code


def revoked(tx: Tx, code: str, now: datetime) -> None:
    actions.propose_revocation(tx, code, reason="It was wrong.", by="staff/1", now=now)
    actions.revoke(tx, code, by="staff/2", now=now)


def terms(tx: Tx, now: datetime) -> Terms:
    return actions.terms(tx, 4, now)


def test_the_regulation_of_august_2020_binds_wave_4_from_its_day_and_not_the_waves_before(tx: Tx) -> None:
    worlds.a_wave(tx, 3, scheme=LAUNCH, now=SIGNED)
    change = actions.propose(tx, PERMENKO, author="staff/1", now=SIGNED)
    assert change.state is ChangeState.PROPOSED
    assert not terms(tx, IN_FORCE).course_requires_interactive, "nobody has approved it"
    assert actions.proposed_terms(tx, change.change_code, 4, IN_FORCE.date()).course_requires_interactive

    actions.approve(tx, change.change_code, by="staff/2", now=SIGNED)
    assert [each.change_code for each in actions.upcoming_changes(tx, SIGNED)] == [change.change_code]
    assert not terms(tx, SIGNED).course_requires_interactive
    assert terms(tx, IN_FORCE).course_requires_interactive
    assert not actions.terms(tx, 3, IN_FORCE).course_requires_interactive
    assert actions.upcoming_changes(tx, IN_FORCE) == []
    [row] = [r for r in actions.parameters_in_force(tx, 4, NOW) if r.name == "settlement_max_commission_percent"]
    assert (row.value, row.change_code, row.author, row.approver) == (15, change.change_code, "staff/1", "staff/2")
    assert (row.instrument, row.article) == ("Permenko 11/2020", "art. 40")


def test_a_day_begins_at_midnight_in_jakarta(tx: Tx) -> None:
    approved(tx, PERMENKO, SIGNED)
    midnight = datetime.fromisoformat("2020-08-07T00:00:00+07:00")
    assert not terms(tx, midnight - timedelta(seconds=1)).course_requires_interactive
    assert terms(tx, midnight).course_requires_interactive


def test_nobody_approves_or_takes_back_alone(tx: Tx) -> None:
    change = actions.propose(tx, PERMENKO, author="staff/1", now=SIGNED)
    with pytest.raises(SamePerson):
        actions.approve(tx, change.change_code, by="staff/1", now=SIGNED)
    actions.approve(tx, change.change_code, by="staff/2", now=SIGNED)
    with pytest.raises(SecondPersonNeeded):
        actions.revoke(tx, change.change_code, by="staff/2", now=NOW)
    with pytest.raises(policy_refusals.RevocationIncomplete):
        actions.propose_revocation(tx, change.change_code, reason=" ", by="staff/2", now=NOW)
    actions.propose_revocation(tx, change.change_code, reason="It was wrong.", by="staff/2", now=NOW)
    with pytest.raises(SamePerson):
        actions.revoke(tx, change.change_code, by="staff/2", now=NOW)
    taken_back = actions.revoke(tx, change.change_code, by="staff/1", now=NOW)
    assert (taken_back.state, taken_back.revoked_by) == (ChangeState.REVOKED, "staff/1")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (change_text("otp_tries", "3"), policy_refusals.PolicyChangesNothing),
        (change_text("otp_tries", "4", begins="2020-08-15"), policy_refusals.PolicyRetroactive),
        (PERMENKO, policy_refusals.PolicyRetroactive),
        (PERMENKO.replace(LAUNCH, "prakerja-1920"), SchemeUnknown),
    ],
    ids=["no effect", "reaches back", "reaches back nine days", "unknown scheme"],
)
def test_a_change_that_cannot_hold_is_not_even_proposed(tx: Tx, text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.propose(tx, text, author="staff/1", now=NOW)
    assert actions.changes(tx) == []


def test_a_change_that_speaks_for_no_wave_and_day_of_its_scheme_is_refused(tx: Tx) -> None:
    text = change_text("otp_tries", "4", begins="2020-01-01, to = 2020-02-01", leave="a test")
    with pytest.raises(policy_refusals.PolicyOutsideScheme):
        actions.propose(tx, text, author="staff/1", now=NOW)


def test_a_change_is_checked_again_when_it_is_approved(tx: Tx) -> None:
    first, second = (
        actions.propose(tx, change_text("otp_tries", "4"), author="staff/1", now=NOW).change_code for _ in range(2)
    )
    actions.approve(tx, first, by="staff/2", now=NOW)
    with pytest.raises(policy_refusals.PolicyChangesNothing):
        actions.approve(tx, second, by="staff/2", now=NOW)
    late = actions.propose(tx, change_text("otp_tries", "5"), author="staff/1", now=NOW).change_code
    with pytest.raises(policy_refusals.PolicyRetroactive):
        actions.approve(tx, late, by="staff/2", now=NOW + timedelta(days=5))


def test_a_change_with_leave_reaches_back_but_not_into_what_was_decided(tx: Tx) -> None:
    earlier = NOW - timedelta(days=3)
    before = terms(tx, earlier)
    approved(tx, change_text("otp_tries", "9", begins="2020-08-10", leave="Perpres 1/2020 art. 2"), NOW)
    assert terms(tx, earlier) == before
    assert terms(tx, NOW).otp_tries == 9
    known_now = actions.parameters_in_force(tx, 4, earlier, known_at=NOW)
    assert [row.value for row in known_now if row.name == "otp_tries"] == [9]


def test_what_a_revoked_change_decided_stands(tx: Tx) -> None:
    code = approved(tx, PERMENKO, SIGNED)
    during = terms(tx, NOW)
    later = NOW + timedelta(days=1)
    revoked(tx, code, later)
    assert terms(tx, NOW) == during
    assert not terms(tx, later).course_requires_interactive
    assert actions.upcoming_changes(tx, SIGNED) == []


def test_the_later_approval_counts_and_under_it_the_earlier_one(tx: Tx) -> None:
    first = approved(tx, change_text("otp_tries", "4"), NOW)
    second = approved(tx, change_text("otp_tries", "5", waves="4-11"), NOW + timedelta(hours=1))
    then = NOW + timedelta(days=10)
    assert terms(tx, then).otp_tries == 5
    assert rules.terms_in_force(actions.parameters(tx, LAUNCH), 12, then.date()).otp_tries == 4
    revoked(tx, second, then)
    assert terms(tx, then).otp_tries == 4
    revoked(tx, first, then)
    assert terms(tx, then).otp_tries == 3


def test_a_change_ends_where_it_says_and_what_was_before_returns(tx: Tx) -> None:
    text = change_text("otp_tries", "4", begins="2020-08-20, to = 2020-09-01")
    approved(tx, text, NOW)
    days = (date(2020, 8, 19), date(2020, 8, 20), date(2020, 8, 31), date(2020, 9, 1))
    rows = actions.parameters(tx, LAUNCH)
    assert [rules.terms_in_force(rows, 4, on).otp_tries for on in days] == [3, 4, 4, 3]


def test_what_is_over_stays_over(tx: Tx) -> None:
    withdrawn = actions.propose(tx, PERMENKO, author="staff/1", now=SIGNED).change_code
    actions.withdraw(tx, withdrawn, by="staff/1", now=SIGNED)
    taken_back = approved(tx, PERMENKO, SIGNED)
    with pytest.raises(policy_refusals.ChangeNotOpen):
        actions.withdraw(tx, taken_back, by="staff/1", now=SIGNED)
    revoked(tx, taken_back, NOW)
    verbs: tuple[Any, ...] = (actions.approve, actions.withdraw, actions.revoke)
    for code in (withdrawn, taken_back):
        for verb in verbs:
            with pytest.raises(policy_refusals.ChangeNotOpen):
                verb(tx, code, by="staff/2", now=NOW)
    with pytest.raises(policy_refusals.ChangeUnknown):
        actions.approve(tx, "CHG-00000000", by="staff/2", now=NOW)


def test_the_rows_of_a_change_are_shown_beside_what_they_replace(tx: Tx) -> None:
    change = actions.propose(tx, PERMENKO, author="staff/1", now=SIGNED)
    effects = {each.after.name: each for each in actions.effects_of(tx, change, SIGNED)}
    assert effects["settlement_max_commission_percent"].before == ("none",)
    assert effects["course_requires_interactive"].changes
    assert not effects["first_purchase_deadline_days"].changes
    actions.approve(tx, change.change_code, by="staff/2", now=SIGNED)
    again = actions.effects_of(tx, actions.change(tx, change.change_code), NOW)
    assert again == [e for e in again if e.before == effects[e.after.name].before], "as it was at its approval"


def test_two_sides_of_policy_are_compared_name_by_name(tx: Tx) -> None:
    code = approved(tx, PERMENKO, SIGNED)
    before, after = (actions.parameters_in_force(tx, 4, at) for at in (SIGNED, NOW))
    found = {each.name: each for each in rules.differences(before, after)}
    assert set(found) == {
        each.after.name for each in actions.effects_of(tx, actions.change(tx, code), NOW) if each.changes
    }
    assert actions.under_change(tx, PERMENKO, 4, SIGNED)[0].name == after[0].name
    under = rules.differences(actions.under_change(tx, PERMENKO, 4, SIGNED), after)
    assert under == []


def test_the_history_of_a_parameter_is_all_it_ever_was(tx: Tx) -> None:
    worlds.programme.load_scheme(tx, "prakerja-2023", author="staff/1", approver="staff/2", now=NOW)
    code = approved(tx, change_text("otp_tries", "4"), NOW)
    revoked(tx, code, NOW + timedelta(days=1))
    told = actions.history(tx, "otp_tries")
    assert list(told) == [LAUNCH, "prakerja-2023"]
    founding, changed = told[LAUNCH]
    assert (founding.change_code, founding.known_from, founding.value) == (None, None, 3)
    assert (changed.change_code, changed.known_from, changed.known_until) == (code, NOW, NOW + timedelta(days=1))
    with pytest.raises(policy_refusals.ParameterUnknown) as refusal:
        actions.history(tx, "otp_trys")
    assert refusal.value.nearest == "otp_tries"
