"""The real program, as an operator starts it: a process of its own with an environment of its own."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from prakarsa.cli.main import main
from prakarsa.kernel.clock import MovableClock

PROGRAM = Path(sys.executable).with_name("prakarsa")
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Done:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


@dataclass
class Program:
    """An installation to run commands in."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def clock(self) -> MovableClock:
        """The clock every command of this installation reads."""
        return MovableClock(Path(self.environment["PRAKARSA_CLOCK_FILE"]))

    def at(self, moment: datetime) -> None:
        """Make it that moment for every command from now on."""
        self.clock.move_to(moment)

    def run(
        self, *arguments: str | bytes | Path, typed: str | bytes = "", settings: Mapping[str, str] | None = None
    ) -> Done:
        """Run one command to its end."""
        done = subprocess.run(
            [PROGRAM, *arguments],
            input=typed if isinstance(typed, bytes) else typed.encode(),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            env=self.environment | dict(settings or {}),
            cwd=self.home,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def answer(self, *arguments: str | bytes | Path, **more: Any) -> Any:
        """What a command that must succeed says in JSON."""
        done = self.run(*arguments, "--json", **more)
        assert done.code == 0, f"{arguments}: {done.out}{done.err}"
        return done.json

    def refusal(self, *arguments: str | bytes | Path, **more: Any) -> str:
        """The code of the refusal that a command must meet."""
        done = self.run(*arguments, "--json", **more)
        assert done.code == 1, f"{arguments}: {done}"
        assert "Traceback" not in done.err, done.err
        return str(done.json["code"])


@dataclass
class Here(Program):
    """The same installation, its commands run inside this process: a tenth of the time, for many of them."""

    def run(
        self, *arguments: str | bytes | Path, typed: str | bytes = "", settings: Mapping[str, str] | None = None
    ) -> Done:
        """Run one command to its end."""
        assert not typed, "only a process of its own has a standard input"
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (self.environment | dict(settings or {})).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["prakarsa", *(os.fsdecode(argument) for argument in arguments)])
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
                main()
        return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def bare_environment(home: Path) -> dict[str, str]:
    """What a process needs to find Python and nothing that this machine's owner has set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {"PRAKARSA_HOME": str(home), "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
