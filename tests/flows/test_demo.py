"""A stranger runs one command, reads demo.json, and uses the programme with nothing but HTTP."""

import hashlib
import hmac
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.kernel.test_embedded import gone

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PEOPLE = 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Demo:
    """A running demonstration, as a stranger sees it."""

    home: Path
    process: subprocess.Popen[bytes]
    manifest: dict[str, Any]

    @property
    def base_url(self) -> str:
        return str(self.manifest["base_url"])

    def call(self, partner: dict[str, Any], name: str, body: dict[str, Any], authorization: str = "") -> httpx.Response:
        """Sign by the published recipe, with nothing of ours."""
        path, text = f"/api/v1/integration/{name}", json.dumps(body, separators=(",", ":"))
        stamp = str(int(time.time()))
        message = f"{partner['client_code']}{stamp}POST{path}{text}".encode()
        headers = {
            "client_code": partner["client_code"],
            "timestamp": stamp,
            "signature": hmac.new(partner["sign_key"].encode(), message, hashlib.sha1).hexdigest(),
            "content-type": "application/json",
        }
        if authorization:
            headers["authorization"] = authorization
        return httpx.post(self.base_url + path, content=text, headers=headers, timeout=30)

    def otp(self, to: str, count: int = 1) -> str:
        """The newest code that arrived for this phone, once `count` have arrived."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            lines = [json.loads(line) for line in Path(self.manifest["outbox"]).read_text().splitlines()]
            codes = [line["otp"] for line in lines if line["to"] == to and line["template"] == "purchase.otp"]
            if len(codes) >= count:
                return str(codes[-1])
            time.sleep(0.05)
        raise AssertionError(f"no code for {to}")

    def buy(self, card: dict[str, Any], course: dict[str, Any], invoice: str) -> dict[str, Any]:
        """Both steps; the data of the answer."""
        platform = self.manifest["platforms"][0]
        wish = {
            "prakerja_id": card["prakerja_id"],
            "user_platform_id": f"u-{card['prakerja_id']}",
            "course_code": course["course_code"],
            "schedule_code": course["schedule_code"],
            "amount": course["amount"],
        }
        sent = self.call(platform, "payment/send-otp", wish).json()
        assert sent["success"], sent
        paid = self.call(
            platform,
            "payment/authorize",
            {"otp": self.otp(card["phone"]), "invoice_url": "https://dp.example/i", "invoice_code": invoice},
            f"Payment {sent['data']['payment_token']}",
        ).json()
        assert paid["success"], paid
        return dict(paid["data"])

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command beside the running demonstration."""
        return subprocess.run(
            [sys.executable, "-m", "prakarsa", *arguments],
            env={**os.environ, "PRAKARSA_HOME": str(self.home)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """One demonstration for the module, ended by Ctrl-C."""
    with tempfile.TemporaryDirectory(prefix="prakarsa-demo-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        arguments = ["demo", "--people", str(PEOPLE), "--port", str(free_port()), "--home", folder]
        environment = {k: v for k, v in os.environ.items() if k != "PRAKARSA_DATABASE_URL"}
        with (home.parent / f"{home.name}.out").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "prakarsa", *arguments], env=environment, stdout=output, stderr=output
            )
        try:
            deadline = time.monotonic() + 150
            while not (home / "demo.json").exists():
                words = (home.parent / f"{home.name}.out").read_text()
                assert process.poll() is None, words
                assert time.monotonic() < deadline, words
                time.sleep(0.2)
            yield Demo(home, process, json.loads((home / "demo.json").read_text()))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            (home.parent / f"{home.name}.out").unlink()
            assert gone(home), "the demonstration left its database server running"


def test_the_manifest_keeps_its_contract(demo: Demo) -> None:
    manifest = demo.manifest
    assert len(manifest["platforms"]) >= 2
    assert len(manifest["institutions"]) >= 3
    assert len(manifest["courses"]) >= 20
    assert min(course["seats"] for course in manifest["courses"]) <= 50
    assert len(manifest["cards"]) == PEOPLE // 3
    assert all(
        re.fullmatch(r"\d{16}", card["prakerja_id"]) and card["balance"] == 1_000_000 for card in manifest["cards"]
    )
    assert {re.sub(r"\D.*", "", code["redeem_code"]) for code in manifest["test_codes"]} == {""}
    assert all(code["redeem_code"].startswith("PRAT-") for code in manifest["test_codes"])
    assert {"officer", "finance", "auditor"} <= {member["role"] for member in manifest["staff"]}
    assert stat.S_IMODE((demo.home / "demo.json").stat().st_mode) == 0o600


def test_a_stranger_buys_looks_and_cancels(demo: Demo) -> None:
    platform, card, course = demo.manifest["platforms"][0], demo.manifest["cards"][0], demo.manifest["courses"][0]
    codes = {"course_code": course["course_code"], "schedule_code": course["schedule_code"]}
    before = demo.call(platform, "payment/quota-schedule", codes).json()["data"]["quota"]

    paid = demo.buy(card, course, "INV-S-1")
    assert demo.call(platform, "payment/quota-schedule", codes).json()["data"]["quota"] == before - 1
    looked = demo.call(platform, "payment/status", {"invoice_code": "INV-S-1"}).json()["data"]
    assert (looked["transaction_code"], looked["status"]) == (paid["transaction_code"], "SUCCESS")

    codes_of = {"invoice_code": "INV-S-1", "transaction_code": paid["transaction_code"]}
    assert demo.call(platform, "payment/void", codes_of).json()["success"]
    again = demo.call(platform, "payment/void", codes_of)
    assert (again.status_code, again.json()["code"]) == (400, "ERRPLT40028")
    assert demo.call(platform, "payment/quota-schedule", codes).json()["data"]["quota"] == before


def test_each_institution_can_walk_its_test_codes(demo: Demo) -> None:
    keys = {institution["client_code"]: institution for institution in demo.manifest["institutions"]}
    for code in demo.manifest["test_codes"]:
        sequence = int(code["case"].split("-")[1])
        asked = {"redeem_code": code["redeem_code"], "sequence": sequence if sequence == 999 else 1}
        answer = demo.call(keys[code["client_code"]], "payment/redeem-code/status", asked)
        assert answer.status_code == int(code["case"].split("-")[2]), (code, answer.text)


def test_every_public_page_opens(demo: Demo) -> None:
    for address in ("/", "/courses", "/status", "/draws", "/certificates", "/errors", "/sign-in", "/apply", "/console"):
        answer = httpx.get(demo.base_url + address, follow_redirects=True)
        assert answer.status_code == 200, address
        assert "http://" not in re.sub(r"http://127\.0\.0\.1:\d+", "", answer.text), address


def test_commands_work_beside_it(demo: Demo) -> None:
    card, course = demo.manifest["cards"][1], demo.manifest["courses"][1]
    explained = demo.command("explain", "--card", card["prakerja_id"], "--schedule", course["schedule_code"], "--json")
    assert explained.returncode == 0, explained.stderr
    assert demo.command("audit", "verify").returncode == 0
    published = demo.home / "again.json"
    assert demo.command("draw", "publish", "4", "--out", str(published)).returncode == 0
    assert demo.command("draw", "verify", str(published)).returncode == 0


def test_a_second_demonstration_does_not_take_its_place(demo: Demo) -> None:
    refused = demo.command("demo", "--once", "--people", "100", "--home", str(demo.home), "--port", str(free_port()))

    assert refused.returncode == 1
    assert "demo.home_in_use" in refused.stderr


def test_after_a_kill_of_the_server_every_acknowledged_purchase_is_there(demo: Demo) -> None:
    """The last test of the module: it takes the server away in the middle of a sale and starts another."""
    course = demo.manifest["courses"][2]
    port = int(demo.base_url.rsplit(":", 1)[1])
    acknowledged: dict[str, str] = {}

    def sale(place: int) -> None:
        with suppress(httpx.TransportError, AssertionError):
            paid = demo.buy(demo.manifest["cards"][10 + place], course, f"INV-K-{place}")
            acknowledged[f"INV-K-{place}"] = paid["transaction_code"]

    with ThreadPoolExecutor(8) as buyers:
        sales = [buyers.submit(sale, place) for place in range(60)]
        while len(acknowledged) < 15:
            assert not all(s.done() for s in sales)
            time.sleep(0.01)
        for process in psutil.process_iter(["cmdline"]):
            words = process.info["cmdline"] or []
            if words[1:4] == ["-m", "prakarsa", "serve"] and str(port) in words:
                process.kill()

    server = subprocess.Popen(
        [sys.executable, "-m", "prakarsa", "serve", "--port", str(port)],
        env={**os.environ, "PRAKARSA_HOME": str(demo.home)},
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                httpx.get(demo.base_url, timeout=2)
                break
            time.sleep(0.1)
        for invoice, transaction in acknowledged.items():
            found = demo.call(demo.manifest["platforms"][0], "payment/status", {"invoice_code": invoice}).json()
            assert found["data"]["transaction_code"] == transaction
            assert found["data"]["status"] == "SUCCESS"
        verified = demo.command("audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
    finally:
        server.terminate()
        server.wait(timeout=30)
