"""A server that is asked to stop ends by itself and leaves nothing running."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.flows.test_demo import free_port
from tests.kernel.test_embedded import gone

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_stopped_server_takes_its_embedded_database_along(home: Path, sign: signal.Signals, workers: int) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PRAKARSA_DATABASE_URL"}
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "prakarsa", "serve", "--port", str(port), "--workers", str(workers)],
        env=environment | {"PRAKARSA_HOME": str(home)},
    ) as server:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                assert httpx.get(f"http://127.0.0.1:{port}/status", timeout=5).status_code == 200
                break
            time.sleep(0.1)
        server.send_signal(sign)
        code = server.wait(timeout=40)

    assert code in (0, 130 if sign is signal.SIGINT else 0)
    assert gone(home)
