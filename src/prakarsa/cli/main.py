"""The command line: one group per room, and the processes."""

import importlib
import sys
from typing import Any

import psycopg
import typer
from typer.core import TyperGroup

from prakarsa.cli.arguments import check_arguments
from prakarsa.cli.output import errors, show_refusal
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import DatabaseUnavailable

COMMANDS = {
    "demo": "demo.command:demo",
    "replay": "replay.command:group",
    "serve": "processes:serve",
    "worker": "processes:worker",
    "probe": "probe:probe",
    "simulate": "processes:simulate",
    "status": "status:status",
    "explain": "explain:explain",
    "policy": "policy:group",
    "wave": "wave:group",
    "draw": "draw:group",
    "card": "card:group",
    "hold": "hold:group",
    "notice": "notice:group",
    "catalogue": "catalogue:group",
    "curation": "curation:group",
    "rehearsal": "rehearsal:group",
    "partner": "partner:group",
    "purchase": "purchase:group",
    "certificate": "certificate:group",
    "payout": "payout:group",
    "complaint": "complaint:group",
    "staff": "staff:group",
    "messages": "messages:group",
    "journal": "journal:group",
    "audit": "audit:group",
}
"""Where each command is, in the order in which help shows them."""


class Commands(TyperGroup):
    """Imports a command when it is asked for: whoever verifies a draw need not wait for the web framework."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One command with all below it, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found = getattr(importlib.import_module(f"prakarsa.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            command: Any = typer.main.get_group(found)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command(cmd_name)(found)
            command = typer.main.get_command(alone)
        command.name = cmd_name
        return command


app = typer.Typer(name="prakarsa", cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def prakarsa() -> None:
    """Runs a national training-voucher programme end to end."""


def main() -> None:
    """Run a command: exit code 0 done, 1 refused or an invariant broken, 2 wrong use."""
    if problem := check_arguments(sys.argv[1:]):
        errors.print(problem, style="bold red", markup=False)
        sys.exit(2)
    try:
        app()
    except (Refusal, psycopg.OperationalError) as error:
        refusal = error if isinstance(error, Refusal) else DatabaseUnavailable(str(error).strip())
        show_refusal(refusal, json="--json" in sys.argv)
        sys.exit(1)
