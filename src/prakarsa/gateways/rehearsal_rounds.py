"""Rounds of the rehearsal room: gap lists, standings, changes of many at once; see `rounds`."""

from datetime import datetime

from prakarsa.gateways.rounds import Tell, silently, until_done
from prakarsa.kernel.runtime import Runtime
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.mass_model import MassState


def make_gap_lists(runtime: Runtime, run_code: str, due_at: datetime, *, actor: str, tell: Tell = silently) -> int:
    """Make and mail every gap list of a dry run; how many partners were looked at.

    Raises what `rehearsal.make_gap_lists` raises.
    """
    return until_done(
        runtime,
        lambda tx: rehearsal.make_gap_lists(
            tx, run_code, due_at=due_at, by=actor, base_url=runtime.settings.base_url, now=runtime.clock.now()
        ),
        actor=actor,
        tell=tell,
    )


def follow_standings(runtime: Runtime, *, actor: str, tell: Tell = silently) -> int:
    """Record where every course stands, close gaps that facts have settled, tell institutions; how many were told."""
    with runtime.database.transaction(actor) as tx:
        rule_sets = [each.rule_set for each in rehearsal.see_rule_sets(tx, now=runtime.clock.now())]
    for rule_set in rule_sets:
        _record(runtime, rule_set, actor, tell)
    until_done(runtime, lambda tx: rehearsal.close_met_gaps(tx, now=runtime.clock.now()), actor=actor)
    return until_done(runtime, lambda tx: rehearsal.tell_standings(tx, now=runtime.clock.now()), actor=actor)


def run_mass_action(runtime: Runtime, action_code: str, *, actor: str, tell: Tell = silently) -> int:
    """Run a confirmed mass action to its end, or put back one that was undone; how many items.

    Raises MassActionUnknown, MassActionNotReady.
    """
    with runtime.database.transaction(actor) as tx:
        state = rehearsal.mass_action(tx, action_code).state
    back = state in {MassState.UNDOING, MassState.UNDONE}
    step = rehearsal.put_back if back else rehearsal.run_mass_action
    return until_done(runtime, lambda tx: step(tx, action_code, now=runtime.clock.now()), actor=actor, tell=tell)


def _record(runtime: Runtime, rule_set: str, actor: str, tell: Tell) -> None:
    until_done(
        runtime,
        lambda tx: rehearsal.record_standings(tx, rule_set, now=runtime.clock.now()),
        actor=actor,
        tell=tell,
    )
