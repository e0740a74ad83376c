"""The stage: a home of its own, tokens and ports, and every process of the real stack, started and stopped."""

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from prakarsa.cli.demo.refusals import HomeInUse, HomeNotADemo, PortTaken, ProcessFailed
from prakarsa.kernel.settings import write_settings

MARKER = "demo.home"
CLOCK_FILE = "clock"
OUTBOX_FILE = "outbox.jsonl"
PEOPLE_FILE = "people.jsonl"
MANIFEST_FILE = "demo.json"
_KEPT_OUT = (CLOCK_FILE, OUTBOX_FILE, PEOPLE_FILE, MANIFEST_FILE)
_PR_SET_PDEATHSIG = 1
_START_SECONDS = 60


@dataclass
class Stage:
    """Where the demonstration plays."""

    home: Path
    port: int
    ports: dict[str, int]
    tokens: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        """The address of both doors."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str, *arguments: str) -> None:
        """Start one process of the stack; it ends with this one, however this one ends."""
        log = (self.home / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", "prakarsa", *arguments],
            env={**os.environ, "PRAKARSA_HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        log.close()

    def wait_for(self, name: str, url: str) -> None:
        """Until that process answers HTTP. Raises ProcessFailed."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self.processes[name].poll() is not None:
                break
            with suppress(httpx.TransportError):
                httpx.get(url, timeout=2)
                return
            time.sleep(0.05)
        raise ProcessFailed(name, str(self.home / f"{name}.log"))

    def ended(self) -> list[str]:
        """Names of processes that are no longer there."""
        return [name for name, process in self.processes.items() if process.poll() is not None]

    def stop(self) -> None:
        """Ask every process to finish, server first; then make sure."""
        for name in dict.fromkeys(("server", "worker", *self.processes)):  # each once: a second signal means "at once"
            process = self.processes.get(name)
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
                continue
            process.kill()
            process.wait()


@contextmanager
def set_stage(home: Path, port: int) -> Iterator[Stage]:
    """A fresh stage in `home`; everything is stopped at the end. Raises HomeNotADemo, HomeInUse, PortTaken."""
    home = home.resolve()
    _claim(home)
    _require_free(port)
    outsiders = ("registry", "bank", "identity")
    stage = Stage(home, port, _free_ports(outsiders), {name: secrets.token_urlsafe(24) for name in outsiders})
    write_settings(
        home,
        {
            "base_url": stage.base_url,
            "clock_file": str(home / CLOCK_FILE),
            "outbox_file": str(home / OUTBOX_FILE),
            **{f"{name}_url": f"http://127.0.0.1:{stage.ports[name]}" for name in outsiders},
            **{f"{name}_token": stage.tokens[name] for name in outsiders},
        },
    )
    try:
        yield stage
    finally:
        stage.stop()


def _claim(home: Path) -> None:
    """Only an empty folder or an earlier demonstration may be used: nobody's installation is ever overwritten."""
    if home.exists() and any(home.iterdir()) and not (home / MARKER).exists():
        raise HomeNotADemo(str(home))
    home.mkdir(parents=True, exist_ok=True)
    marker = home / MARKER
    with suppress(FileNotFoundError, ValueError, ProcessLookupError):
        earlier = int(marker.read_text())
        if earlier != os.getpid() and _is_ours(earlier):
            raise HomeInUse(str(home), earlier)
    marker.write_text(str(os.getpid()))
    for name in _KEPT_OUT:
        (home / name).unlink(missing_ok=True)
    for log in home.glob("*.log"):
        log.unlink()


def _is_ours(pid: int) -> bool:
    os.kill(pid, 0)
    command = Path(f"/proc/{pid}/cmdline")
    return not command.exists() or b"prakarsa" in command.read_bytes()


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTaken(port) from error


def _free_ports(names: tuple[str, ...]) -> dict[str, int]:
    probes = [socket.socket() for _ in names]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return {name: probe.getsockname()[1] for name, probe in zip(names, probes, strict=True)}
    finally:
        for probe in probes:
            probe.close()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
