"""The tree of commands: what every command promises without being run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from prakarsa.cli.main import COMMANDS, app
from tests.cli.program import Program, bare_environment


def leaves(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with the words that lead to it."""
    if not hasattr(command, "list_commands"):
        yield path, command
        return
    for name in command.list_commands(None):
        yield from leaves(command.get_command(None, name), *path, name)


LEAVES = list(leaves(typer.main.get_command(app)))


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_every_command_explains_itself_and_answers_in_json(path: tuple[str, ...], command: Any) -> None:
    assert command.help.strip().endswith(".")
    options = {option: parameter for parameter in command.params for option in parameter.opts}
    assert "--json" in options
    assert [name for name, parameter in options.items() if not parameter.help] == []


def test_every_group_that_the_contract_names_is_there() -> None:
    rooms = {"wave", "policy", "hold", "catalogue", "partner", "payout"}
    assert rooms | {"draw", "audit", "explain", "demo", "serve", "worker"} <= set(COMMANDS)


def test_no_secret_can_be_given_where_other_people_of_the_machine_read_it() -> None:
    secrets = {"password", "secret", "token", "sign_key", "otp", "pin"}
    assert [path for path, command in LEAVES for each in command.params if each.name in secrets] == []


@pytest.mark.parametrize("words", ["--help", "wave --help", "partner key --help", "audit verify --help"])
def test_help_needs_no_installation(tmp_path: Path, words: str) -> None:
    home = tmp_path / "nowhere"
    home.mkdir()
    done = Program(home, bare_environment(home)).run(*words.split())
    assert done.code == 0
    assert "Usage" in done.out
    assert list(home.iterdir()) == []
