"""Policy: found schemes, show what is in force and what was, change it by two people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from prakarsa.cli.arguments import When, moment_option, read_when
from prakarsa.cli.dry_run import dry_run
from prakarsa.cli.opening import named, one_transaction
from prakarsa.cli.output import Json, picked, reader_language, show_record, show_rows, words
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import show as show_fact
from prakarsa.programme import actions as programme
from prakarsa.programme.changing import STATE_WORDS
from prakarsa.programme.comparing import CHANGE_CODE
from prakarsa.programme.model import Change, Effect, Parameter
from prakarsa.programme.rules import differences

group = typer.Typer(
    help="Schemes, dated terms in force, and changes of them. Every change takes two people: the console signs them "
    "in, the terminal trusts the name its operator gives with --by.",
    no_args_is_help=True,
)
group.command("dry-run")(dry_run)
Code = Annotated[str, typer.Argument(metavar="CHANGE", help="Code of the change.")]
By = Annotated[str | None, typer.Option("--by", help="Whose act this is; the operator's, unless given.")]
WaveOption = Annotated[int | None, typer.Option(min=1, max=9_999, help="Number of a wave; else the newest one.")]
SIDE_HELP = "A moment (2020-08-06, now), a change by its code, a loaded scheme by its name, or a change file."


@group.command()
def load(
    scheme: Annotated[str, typer.Argument(metavar="FILE|NAME", help="A scheme file, or one that ships by its name.")],
    author: Annotated[str, typer.Option(help="Who wrote it.")],
    approver: Annotated[str, typer.Option(help="Who approved it; somebody else.")],
    json: Json = False,
) -> None:
    """Found a scheme: load its dated rows. Loading it again changes nothing; what is to be different is proposed."""
    with one_transaction() as (tx, runtime):
        loaded = programme.load_scheme(
            tx, scheme, author=named(tx, author), approver=named(tx, approver), now=runtime.clock.now()
        )
    record = {"scheme": loaded.scheme, "title": loaded.title, "rows": len(loaded.parameters)}
    show_record(record, json=json, title=words(msg("The scheme is loaded.")))


@group.command()
def show(
    wave: WaveOption = None,
    at: Annotated[When | None, moment_option("Now, unless given.")] = None,
    known_at: Annotated[
        When | None, moment_option("As known at another moment: --known-at +0d shows what later changes made of it.")
    ] = None,
    json: Json = False,
) -> None:
    """Every parameter in force for a wave at a moment, with its legal basis, its source and the two people behind it.

    What counted at that same moment is shown, so this is what a decision of that moment was made under.
    """
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        asked = at.at(now) if at else now
        of = programme.wave(tx, wave) if wave is not None else programme.newest_wave(tx, asked)
        rows = programme.parameters_in_force(tx, of.number, asked, known_at=known_at.at(now) if known_at else None)
    title = words(
        msg("Wave {wave_number} of {scheme}, {asked_at}"), wave_number=of.number, scheme=of.scheme, asked_at=asked
    )
    show_rows([_row(row, of.scheme, json=json) for row in rows], json=json, title=title)


@group.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=SIDE_HELP)],
    after: Annotated[str, typer.Argument(metavar="B", help="The same.")],
    wave: WaveOption = None,
    json: Json = False,
) -> None:
    """Which parameters of a wave differ between two sides.

    A moment shows what was in force then, as known then. A change, proposed or in a file, is looked at on its first day
    (or today, if that is later) as if it were approved; a scheme today, or on its first day.
    """
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        number = wave if wave is not None else programme.newest_wave(tx, now).number
        found = differences(_side(tx, before, number, now), _side(tx, after, number, now))
    rows = [
        {
            "name": each.name,
            "before": _value(each.before, json=json),
            "after": _value(each.after, json=json),
            "legal_basis": each.after.legal_basis if each.after else None,
            "change_code": each.after.change_code if each.after else None,
        }
        for each in found
    ]
    show_rows(rows, json=json, empty=words(msg("Both sides say the same.")))


@group.command()
def history(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the parameter.")],
    json: Json = False,
) -> None:
    """Every value a parameter has had: for which waves and days, on which basis, and from when to when it counted."""
    with one_transaction() as (tx, _):
        found = programme.history(tx, name)
    rows = [
        {"scheme": scheme, "waves": _waves(row)}
        | picked(row, "effective_from", "effective_to")
        | {"value": _value(row, json=json)}
        | picked(row, "legal_basis", "change_code", "known_from", "known_until", "author", "approver")
        for scheme, values in found.items()
        for row in values
    ]
    show_rows(rows, json=json)


@group.command()
def propose(
    file: Annotated[str, typer.Argument(metavar="FILE|NAME", help="A change file, or one that ships by its name.")],
    by: By = None,
    json: Json = False,
) -> None:
    """Put a change before the office. Nothing is different until somebody else approves it."""
    text = programme.change_text(file)
    with one_transaction() as (tx, runtime):
        proposed = programme.propose(tx, text, author=named(tx, by), now=runtime.clock.now())
    show_record(_record(proposed), json=json, title=words(msg("The change is proposed.")))


@group.command()
def approve(code: Code, by: By = None, json: Json = False) -> None:
    """Approve a change somebody else proposed: its rows count from now on, for the waves and days they name."""
    with one_transaction() as (tx, runtime):
        approved = programme.approve(tx, code, by=named(tx, by), now=runtime.clock.now())
    show_record(_record(approved), json=json, title=words(msg("The change is approved.")))


@group.command()
def withdraw(code: Code, by: By = None, json: Json = False) -> None:
    """Close a change nobody has approved."""
    with one_transaction() as (tx, runtime):
        withdrawn = programme.withdraw(tx, code, by=named(tx, by), now=runtime.clock.now())
    show_record(_record(withdrawn), json=json, title=words(msg("The change is withdrawn.")))


@group.command()
def revoke(
    code: Code,
    reason: Annotated[str | None, typer.Option(help="Why an approved change has to go; this proposes it.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Agree with somebody else's proposal.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Take an approved change back: one person proposes it with --reason, another agrees with --confirm.

    What the change decided meanwhile stands.
    """
    if (reason is None) == (not confirm):
        raise typer.BadParameter("give either --reason or --confirm")
    with one_transaction() as (tx, runtime):
        who, now = named(tx, by), runtime.clock.now()
        if reason is None:
            changed = programme.revoke(tx, code, by=who, now=now)
        else:
            changed = programme.propose_revocation(tx, code, reason=reason, by=who, now=now)
    show_record(_record(changed), json=json)


@group.command()
def changes(json: Json = False) -> None:
    """Every change that was proposed, the newest first."""
    with one_transaction() as (tx, _):
        found = programme.changes(tx)
    names = ("change_code", "scheme", "title")
    rows = [picked(each, *names) | _state(each, json=json) | picked(each, "effective_from") for each in found]
    show_rows(rows, json=json, empty=words(msg("No change was proposed.")))


@group.command("change")
def one_change(code: Code, json: Json = False) -> None:
    """One change: who, when, and what each of its rows puts in the place of what."""
    with one_transaction() as (tx, runtime):
        found = programme.change(tx, code)
        effects = programme.effects_of(tx, found, runtime.clock.now())
    rows = [
        picked(each.after, "name")
        | {"waves": _waves(each.after)}
        | picked(each.after, "effective_from", "effective_to")
        | {"before": _before(each, json=json), "after": _value(each.after, json=json)}
        | picked(each.after, "legal_basis", "instrument", "article", "instrument_version")
        for each in sorted(effects, key=lambda each: not each.changes)
    ]
    if json:
        show_record(_record(found) | {"rows": rows}, json=True)
        return
    show_record(_record(found), json=False)
    show_rows([{key: row[key] for key in list(row)[:7]} for row in rows], json=False)


@group.command()
def schemes(json: Json = False) -> None:
    """Every scheme that was loaded."""
    with one_transaction() as (tx, _):
        rows = programme.schemes(tx)
    names = ("scheme", "title", "source_file", "loaded_at", "author", "approver", "approved_at")
    show_rows([picked(row, *names) for row in rows], json=json)


def _side(tx: Tx, told: str, wave: int, now: datetime) -> Sequence[Parameter]:
    if CHANGE_CODE.fullmatch(told):
        return programme.under_change(tx, told, wave, now)
    if told in {scheme.scheme for scheme in programme.schemes(tx)}:
        return programme.under_scheme(tx, told, wave, now)
    try:
        moment = now if told == "now" else read_when(told).at(now)
    except typer.BadParameter:
        return programme.under_change(tx, programme.change_text(told), wave, now)
    return programme.parameters_in_force(tx, wave, moment)


def _row(row: Parameter, scheme: str, *, json: bool) -> dict[str, object]:
    if not json:
        basis = {"waves": _waves(row), "from": row.effective_from} | picked(row, "legal_basis", "instrument_version")
        value = {"name": row.name, "value": _value(row, json=False)}
        return value | basis | picked(row, "author", "approver", "change_code")
    names = ("name", "value", "first_wave", "last_wave", "effective_from", "effective_to", "legal_basis", "instrument")
    more = ("article", "instrument_version", "source", "change_code", "known_from", "author", "approver")
    return {"scheme": scheme} | picked(row, *names, *more)


def _value(row: Parameter | None, *, json: bool) -> object:
    if row is None or json:
        return row.value if row else None
    return _told(row.name, row.value)


def _before(effect: Effect, *, json: bool) -> object:
    return list(effect.before) if json else "; ".join(_told(effect.after.name, value) for value in effect.before)


def _told(name: str, value: object) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return words(msg("yes")) if value else words(msg("no"))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or words(msg("none"))
    return words(msg("no limit")) if value == "none" else show_fact(name, value, reader_language())


def _record(change: Change) -> dict[str, object]:
    names = ("change_code", "scheme", "title")
    more = ("effective_from", "retroactive_leave", "author", "proposed_at", "approver", "approved_at", "withdrawn_by")
    last = ("withdrawn_at", "revocation_author", "revocation_reason", "revoked_by", "revoked_at")
    return picked(change, *names) | {"state": change.state.value} | picked(change, *more, *last)


def _state(change: Change, *, json: bool) -> dict[str, object]:
    return {"state": change.state.value if json else STATE_WORDS[change.state]} | picked(change, "author", "approver")


def _waves(row: Parameter) -> str:
    last = "" if row.last_wave is None else str(row.last_wave)
    return str(row.first_wave) if last == str(row.first_wave) else f"{row.first_wave}-{last}"
