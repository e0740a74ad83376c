"""Staff of the programme office. A password never stands on a command line: others can read those."""

import os
import sys
from typing import Annotated

import pyotp
import typer

from prakarsa.cli.opening import one_transaction
from prakarsa.cli.output import Json, picked, show_record, show_rows, words
from prakarsa.kernel.refusal import msg
from prakarsa.people import actions as people
from prakarsa.people.model import NewStaff, Role

group = typer.Typer(help="Who works in the programme office.", no_args_is_help=True)
PASSWORD_VARIABLE = "PRAKARSA_STAFF_PASSWORD"  # noqa: S105  the name of a variable
LONGEST_PASSWORD = 1_000


@group.command()
def add(
    email: Annotated[str, typer.Argument(help="Address they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name.")],
    role: Annotated[Role, typer.Option(help="What they may do.")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read it from standard input.")] = False,
    json: Json = False,
) -> None:
    """Open an account; the secret for their authenticator is shown this once."""
    password = _password(from_stdin=password_stdin)
    with one_transaction() as (tx, runtime):
        secret = people.hire(tx, NewStaff(email, name, role.value, password), now=runtime.clock.now())
    record = {
        "email": email,
        "role": role.value,
        "totp_secret": secret,
        "totp_uri": pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Prakarsa"),
    }
    show_record(record, json=json, title=words(msg("Hand the secret over safely; it is not shown again.")))


@group.command("list")
def list_staff(json: Json = False) -> None:
    """Everybody who has an account now."""
    with one_transaction() as (tx, _):
        found = people.staff_members(tx)
    show_rows([picked(each, "email", "name", "role") for each in found], json=json)


@group.command()
def dismiss(email: Annotated[str, typer.Argument(help="Address of the account.")], json: Json = False) -> None:
    """End an account and all its sessions."""
    with one_transaction() as (tx, runtime):
        people.dismiss(tx, email, now=runtime.clock.now())
    show_record({"email": email, "dismissed": True}, json=json)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline(LONGEST_PASSWORD).rstrip("\r\n")
    if given := os.environ.get(PASSWORD_VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"give the password with --password-stdin or in {PASSWORD_VARIABLE}")
    return str(typer.prompt(words(msg("Password")), hide_input=True, confirmation_prompt=True))
