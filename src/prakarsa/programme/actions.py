"""Verbs of the programme: load a scheme, ask for the terms in force, open and fund a wave."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel import four_eyes
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.programme import files, rules, store
from prakarsa.programme.changing import (
    approve,
    change,
    changes,
    effects_of,
    jakarta_day,
    propose,
    propose_revocation,
    revoke,
    upcoming_changes,
    withdraw,
)
from prakarsa.programme.comparing import change_file, history, proposed_terms, under_change, under_scheme
from prakarsa.programme.files import read_change
from prakarsa.programme.model import Parameter, Scheme, SchemeFile, Terms, Wave, WavePhase, WavePlan
from prakarsa.programme.policy_refusals import BadPolicyFile
from prakarsa.programme.refusals import NoWaveYet, SchemeUnknown, WaveUnknown

__all__ = [
    "approve",
    "change",
    "change_file",
    "changes",
    "effects_of",
    "history",
    "propose",
    "propose_revocation",
    "proposed_terms",
    "read_change",
    "revoke",
    "under_change",
    "under_scheme",
    "upcoming_changes",
    "withdraw",
]

SCHEMES = Path(__file__).parent / "schemes"
CHANGES = Path(__file__).parent / "changes"
STATE_ACCOUNT = "rkun"


def read_scheme_file(name_or_path: str) -> SchemeFile:
    """A scheme that ships with the product, by name, or any other by path. Raises what `files.read_scheme` raises."""
    return files.read_scheme(_file_text(SCHEMES, name_or_path))


def change_text(name_or_path: str) -> str:
    """The text of a change that ships with the product, by name, or of any other, by path. Raises BadPolicyFile."""
    return _file_text(CHANGES, name_or_path)


def load_scheme(tx: Tx, name_or_path: str, *, author: str, approver: str, now: datetime) -> SchemeFile:
    """Found a scheme: its rows count for every moment, and two people answer for them.

    Loading again adds the parameters that are new; those count from then on. A value once loaded is never rewritten:
    that takes a change. Raises SecondPersonNeeded, SamePerson, PolicyConflict, and what `files.read_scheme` raises.
    """
    four_eyes.check_two(msg("founding a scheme"), author, approver)
    file = read_scheme_file(name_or_path)
    loaded = [row for row in store.parameters(tx, file.scheme) if row.change_code is None]
    rules.check_loaded(file, loaded)
    names = {row.name for row in loaded}
    added = replace(file, parameters=tuple(row for row in file.parameters if row.name not in names))
    if added.parameters:
        known_from = now if loaded else None
        source_file = Path(name_or_path).name
        store.insert_scheme(tx, added, source_file, author=author, approver=approver, known_from=known_from, now=now)
        facts = {"rows": len(added.parameters), "author": author, "approver": approver}
        journal.record(tx, [Event("policy.loaded", f"scheme/{file.scheme}", facts=facts)], now=now)
    return file


def schemes(tx: Tx) -> list[Scheme]:
    """Every scheme that was loaded, by name."""
    return store.schemes(tx)


def parameters_in_force(
    tx: Tx, wave_number: int | None, at: datetime, *, known_at: datetime | None = None
) -> list[Parameter]:
    """The rows that speak for a wave at a moment, by name; without a number, for the newest wave that has opened.

    What counted at that same moment, unless another is given: so a decision finds again what it was made under, and
    `known_at` shows what a later change has made of it. Raises WaveUnknown, NoWaveYet.
    """
    of = wave(tx, wave_number) if wave_number is not None else newest_wave(tx, at)
    counted = rules.known(store.parameters(tx, of.scheme), known_at or at)
    return rules.rows_in_force(counted, of.number, jakarta_day(at))


def parameters(tx: Tx, scheme: str) -> list[Parameter]:
    """Every dated row of a scheme that counts or has counted. Raises SchemeUnknown."""
    rows = store.parameters(tx, scheme)
    if not rows:
        raise SchemeUnknown(scheme)
    return rows


def terms(tx: Tx, wave_number: int, now: datetime) -> Terms:
    """The terms in force for a wave at a moment, by its day in Jakarta and by what counted then.

    Asked again later for the same moment it answers the same, whatever was approved or revoked meanwhile.
    Raises WaveUnknown, PolicyGap.
    """
    return terms_of(tx, wave(tx, wave_number), now)


def terms_of(tx: Tx, of: Wave, now: datetime) -> Terms:
    """The terms in force for this wave at a moment. Raises PolicyGap."""
    on = jakarta_day(now)
    return rules.as_terms(store.values(tx, of.scheme, of.number, on, now), of.number, on)


def current_terms(tx: Tx, now: datetime) -> Terms:
    """The terms of the newest wave that has opened: those the catalogue is held to. Raises NoWaveYet."""
    return terms_of(tx, newest_wave(tx, now), now)


def newest_wave(tx: Tx, now: datetime) -> Wave:
    """The newest wave that has opened; before the first opens, the first. Raises NoWaveYet."""
    known = store.waves(tx)
    if not known:
        raise NoWaveYet
    opened = [w for w in known if w.phase(now) is not WavePhase.PLANNED] or known[:1]
    return opened[-1]


def open_wave(tx: Tx, plan: WavePlan, *, now: datetime) -> Wave:
    """Announce a wave; it opens and closes by the clock. Raises BadWavePlan, SchemeUnknown, WaveNumberTaken, PolicyGap.

    The terms must be complete on the opening day, so that nobody applies under rules that do not exist.
    """
    rules.check_plan(plan)
    rows = rules.known(parameters(tx, plan.scheme), now)
    rules.terms_in_force(rows, plan.number, jakarta_day(plan.opens_at))
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


def _file_text(shipped: Path, name_or_path: str) -> str:
    own = shipped / f"{name_or_path}.toml"
    path = own if "/" not in name_or_path and own.exists() else Path(name_or_path)
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > files.MOST_BYTES:
            raise BadPolicyFile(f"it is not a file of at most {files.MOST_BYTES} bytes")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadPolicyFile(msg("there is no such file, and none that ships has this name")) from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise BadPolicyFile(str(error)) from error
