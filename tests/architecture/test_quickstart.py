"""docs/quickstart.md works as it stands: its commands are run, in order, beside a running demonstration."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

PAGE = (ROOT / "docs" / "quickstart.md").read_text(encoding="utf-8")
COMMANDS = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))
TOOLS = ("/bin/bash", "curl", "openssl")


@pytest.fixture
def folder(home: Path) -> Iterator[Path]:
    """A folder as the reader has it: the environment, and a demonstration that serves."""
    (home / ".venv").symlink_to(sys.prefix)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "prakarsa", "demo", "--people", "200", "--port", str(port)],
        cwd=home,
        env={name: value for name, value in os.environ.items() if not name.startswith("PRAKARSA_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        deadline = time.monotonic() + 150
        while not (home / ".prakarsa" / "demo.json").exists():
            assert demo.poll() is None, demo.communicate()[0].decode()[-3_000:]
            assert time.monotonic() < deadline, "the demonstration does not come to its end"
            time.sleep(0.2)
        yield home
    finally:
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=60)


@pytest.mark.slow
@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="the page's commands need bash, curl and openssl")
def test_every_command_of_the_quickstart_does_what_the_page_says(folder: Path) -> None:
    done = subprocess.run(
        ["/bin/bash", "-eu", "-o", "pipefail", "-c", COMMANDS], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-3_000:]

    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"success"')]
    seats, token, paid, paid_again, bought_already, held = answers
    assert seats["data"]["quota"] > 0
    assert token["data"]["payment_token"]
    assert paid["data"]["status"] == "SUCCESS"
    assert paid_again == paid
    assert bought_already["refusal"] == "purchase.bought_already"
    assert (held["refusal"], held["deadline"]) == ("hold.selling_held", "paused")
