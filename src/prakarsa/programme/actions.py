"""Verbs of the programme: load a scheme, ask for the terms in force, open and fund a wave."""

import tomllib
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.programme import rules, store
from prakarsa.programme.model import Parameter, Scheme, SchemeFile, Terms, Wave, WavePhase, WavePlan
from prakarsa.programme.refusals import (
    BadPolicyFile,
    NoWaveYet,
    PolicyConflict,
    SchemeUnknown,
    WaveUnknown,
)

SCHEMES = Path(__file__).parent / "schemes"
MOST_BYTES = 2**20
"""A scheme file is read whole; those that ship take a hundredth of this."""
STATE_ACCOUNT = "rkun"


def read_scheme_file(name_or_path: str) -> SchemeFile:
    """A scheme that ships with the product, by name, or any other by path. Raises BadPolicyFile."""
    shipped = SCHEMES / f"{name_or_path}.toml"
    path = shipped if "/" not in name_or_path and shipped.exists() else Path(name_or_path)
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
            raise BadPolicyFile(f"it is not a file of at most {MOST_BYTES} bytes")
        return rules.read_scheme(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPolicyFile(str(error)) from error


def load_scheme(tx: Tx, name_or_path: str, *, now: datetime) -> SchemeFile:
    """Load a scheme's dated rows. Loading again adds what is new; a value once loaded is never rewritten.

    Raises BadPolicyFile, PolicyConflict.
    """
    file = read_scheme_file(name_or_path)
    loaded = {(p.name, p.first_wave, p.effective_from): p for p in store.parameters(tx, file.scheme)}
    for row in file.parameters:
        earlier = loaded.get((row.name, row.first_wave, row.effective_from))
        if earlier is not None and earlier.value != row.value:
            raise PolicyConflict(row.name, row.effective_from)
    if any((p.name, p.first_wave, p.effective_from) not in loaded for p in file.parameters):
        store.insert_scheme(tx, file, Path(name_or_path).name, now)
        event = Event("policy.loaded", f"scheme/{file.scheme}", facts={"rows": len(file.parameters)})
        journal.record(tx, [event], now=now)
    return file


def schemes(tx: Tx) -> list[Scheme]:
    """Every scheme that was loaded, by name."""
    return store.schemes(tx)


def parameters_in_force(tx: Tx, wave_number: int | None, now: datetime) -> list[Parameter]:
    """The rows that speak for a wave at a moment, by name; without a number, for the newest wave that has opened.

    Raises WaveUnknown, NoWaveYet.
    """
    of = wave(tx, wave_number) if wave_number is not None else _newest_opened(tx, now)
    on = now.astimezone(JAKARTA).date()
    return [row for row in store.parameters(tx, of.scheme) if row.covers(of.number, on)]


def parameters(tx: Tx, scheme: str) -> list[Parameter]:
    """Every dated row of a scheme, by name. Raises SchemeUnknown."""
    rows = store.parameters(tx, scheme)
    if not rows:
        raise SchemeUnknown(scheme)
    return rows


def terms(tx: Tx, wave_number: int, now: datetime) -> Terms:
    """The terms in force for a wave at a moment (its day in Jakarta). Raises WaveUnknown, PolicyGap."""
    return terms_of(tx, wave(tx, wave_number), now)


def terms_of(tx: Tx, of: Wave, now: datetime) -> Terms:
    """The terms in force for this wave at a moment. Raises PolicyGap."""
    return rules.terms_in_force(store.parameters(tx, of.scheme), of.number, now.astimezone(JAKARTA).date())


def current_terms(tx: Tx, now: datetime) -> Terms:
    """The terms of the newest wave that has opened: those the catalogue is held to. Raises NoWaveYet."""
    return terms_of(tx, _newest_opened(tx, now), now)


def open_wave(tx: Tx, plan: WavePlan, *, now: datetime) -> Wave:
    """Announce a wave; it opens and closes by the clock. Raises BadWavePlan, SchemeUnknown, WaveNumberTaken, PolicyGap.

    The terms must be complete on the opening day, so that nobody applies under rules that do not exist.
    """
    rules.check_plan(plan)
    rows = parameters(tx, plan.scheme)
    rules.terms_in_force(rows, plan.number, plan.opens_at.astimezone(JAKARTA).date())
    account_id = ledger.account(tx, AccountKind.TRAINING_BUDGET, f"wave/{plan.number}")
    opened = store.insert_wave(tx, plan, account_id)
    journal.record(
        tx,
        [Event("wave.planned", f"wave/{plan.number}", facts={"quota": plan.quota, "opens_at": plan.opens_at})],
        now=now,
    )
    return opened


def wave(tx: Tx, number: int) -> Wave:
    """One wave. Raises WaveUnknown."""
    found = store.wave(tx, number)
    if found is None:
        raise WaveUnknown(number)
    return found


def waves(tx: Tx) -> list[Wave]:
    """All waves by number."""
    return store.waves(tx)


def wave_open_at(tx: Tx, now: datetime) -> Wave | None:
    """The wave that takes applications at that moment, if there is one."""
    return next((w for w in store.waves(tx) if w.phase(now) is WavePhase.OPEN), None)


def fund(tx: Tx, number: int, *, training_idr: int, incentive_idr: int, now: datetime) -> None:
    """Move a wave's decreed money from the state treasury to its budgets; once per wave.

    Source: PMK 25/2020, the decree releases the money (programme-rules 4).
    """
    state = ledger.account(tx, AccountKind.STATE, STATE_ACCOUNT)
    reference = f"wave/{number}"
    budgets = (
        (AccountKind.TRAINING_BUDGET, "training_budget", training_idr),
        (AccountKind.INCENTIVE_BUDGET, "incentive_budget", incentive_idr),
    )
    posted = ledger.post(
        tx,
        [
            Transfer(reason, reference, state, ledger.account(tx, kind, reference), amount_idr)
            for kind, reason, amount_idr in budgets
            if amount_idr
        ],
        now=now,
    )
    if posted:
        facts = {"training_idr": training_idr, "incentive_idr": incentive_idr}
        journal.record(tx, [Event("wave.funded", reference, facts=facts)], now=now)


def _newest_opened(tx: Tx, now: datetime) -> Wave:
    known = store.waves(tx)
    if not known:
        raise NoWaveYet
    opened = [w for w in known if w.phase(now) is not WavePhase.PLANNED] or known[:1]
    return opened[-1]
