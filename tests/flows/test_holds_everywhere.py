"""A hold takes effect at every door within a second of its commit: two servers, a worker, one database, no restart."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from prakarsa.hold import actions as holds
from prakarsa.kernel.clock import wall_now
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from prakarsa.partner import actions as partners
from tests import worlds
from tests.api.client import Answer, PartnerClient
from tests.cli.program import Program, bare_environment
from tests.flows.test_demo import free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
SERVERS = 2
PLACE = (
    "hold", "place", "--reason", "compliance_review", "--legal-basis", "Permenko 11/2020 art. 30(2)h",
    "--basis-version", "2020-08-04", "--public-words", "Mitra sedang diperiksa.",
    "--public-words-en", "Partners are being checked.", "--notice-to", "Semua mitra", "--second", "staff/2",
    "--proportionality", "Semua mitra memakai perjanjian yang sama.", "--evidence", "finding:FND-1@2020-08-10",
    "--review-at", "+3d",
)  # fmt: skip


@dataclass
class Installation:
    """Two server processes and a worker on one database."""

    program: Program
    database: Database
    addresses: list[str]
    clients: list[PartnerClient]
    order: dict[str, object] = field(default_factory=dict)
    card_id: int = 0

    def new_card(self) -> None:
        """Another card and another class from now on."""
        now = wall_now()
        with self.database.transaction("test") as tx:
            schedule, card = worlds.a_class(tx, now=now), worlds.a_card(tx, now=now)
        self.card_id = card.card_id
        self.order = {
            "prakerja_id": card.number,
            "user_platform_id": f"user-{card.card_id}",
            "course_code": schedule.course_code,
            "schedule_code": schedule.schedule_code,
            "amount": worlds.PRICE_IDR,
        }

    def buy(self, client: PartnerClient) -> Answer:
        """The first step of a purchase."""
        return client.call("/payment/send-otp", self.order)

    def everywhere(self, met: Callable[[PartnerClient, str], bool]) -> float:
        """How long until every server process behaves so, in seconds."""
        began = time.perf_counter()
        waiting = list(zip(self.clients, self.addresses, strict=True))
        while waiting:
            waiting = [(client, address) for client, address in waiting if not met(client, address)]
            told = [self.buy(client).body for client, _ in waiting]
            assert time.perf_counter() - began < 10, f"it does not happen at all: {told}"
        return time.perf_counter() - began

    def refused_everywhere(self, code: str) -> float:
        """How long until every server process refuses so."""
        return self.everywhere(lambda client, _: self.buy(client).refusal == code)

    def sells_everywhere(self) -> float:
        """How long until every server process sells."""
        return self.everywhere(lambda client, _: self.buy(client).status == 200)


@pytest.fixture(scope="module")
def installation(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Everything started once; each test asks with a card of its own, because codes are limited for each."""
    home = tmp_path_factory.mktemp("home")
    master = secrets.token_bytes(32)
    settings = {
        "PRAKARSA_DATABASE_URL": database_url,
        "PRAKARSA_SECRET_KEY": master.hex(),
        "PRAKARSA_OUTBOX_FILE": str(home / "outbox.jsonl"),
        "PRAKARSA_BASE_URL": "https://prakarsa.example",
    }
    program = Program(home, bare_environment(home) | settings)
    database = Database(database_url, Keyring(master), max_size=2)
    database.open()
    now = wall_now()
    with database.transaction("test") as tx:
        worlds.a_wave(tx, now=now)
        platform = worlds.a_platform(tx).client_code
        key = partners.issue_key(tx, platform, now=now)
    addresses = [f"http://127.0.0.1:{free_port()}" for _ in range(SERVERS)]
    with ExitStack() as running:
        running.callback(database.close)
        for address in addresses:
            running.enter_context(started(program, "serve", "--port", address.rpartition(":")[2]))
        running.enter_context(started(program, "worker"))
        for address in addresses:
            wait_until_it_answers(address)
        clients = [PartnerClient(address, platform, key) for address in addresses]
        for client in clients:
            running.callback(client.http.close)
        yield Installation(program, database, addresses, clients)


@contextmanager
def started(program: Program, *command: str) -> Iterator[None]:
    """A process of the installation, stopped at the end."""
    with subprocess.Popen([sys.executable, "-m", "prakarsa", *command], env=program.environment) as process:
        try:
            yield
            assert process.poll() is None, f"{command} ended by itself"
        finally:
            process.terminate()
            process.wait(timeout=60)


def wait_until_it_answers(address: str) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            assert httpx.get(f"{address}/status", timeout=20).status_code == 200
            return
        time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def test_a_hold_is_seen_by_every_process_within_a_second_and_so_is_its_end(installation: Installation) -> None:
    here = installation
    here.new_card()
    here.sells_everywhere()

    placed = here.program.answer(*PLACE, "--scope", "programme")
    assert here.refused_everywhere("hold.selling_held") < 1
    refused = here.buy(here.clients[0])
    assert refused.body["deadline"] == "paused"
    assert "Mitra sedang diperiksa." in refused.body["message"]
    for page in ("/status", f"/holds/{placed['hold_code']}", "/"):
        assert here.everywhere(lambda _, address, page=page: says(address + page, "Partners are being checked.")) < 10

    here.program.answer("hold", "lift", placed["hold_code"], "--reason", "Pemeriksaan selesai.")
    assert here.sells_everywhere() < 1


def test_a_hold_on_one_card_stops_that_card_everywhere_and_tells_the_platform_nothing(
    installation: Installation,
) -> None:
    here = installation
    here.new_card()
    here.sells_everywhere()

    placed = here.program.answer(*PLACE, "--scope", "card", "--target", str(here.card_id))
    assert here.refused_everywhere("hold.card_held") < 1
    refused = here.buy(here.clients[0])
    assert "diperiksa" not in json.dumps(refused.body)
    assert not says(f"{here.addresses[0]}/status", placed["hold_code"])
    with here.database.transaction("test") as tx:
        assert [hold.hold_code for hold in holds.in_force(tx, wall_now())] == []
    told = wait_for_message(here.program.home / "outbox.jsonl", "hold.on_you")
    assert placed["hold_code"] in told

    here.program.answer("hold", "lift", placed["hold_code"], "--reason", "Kartunya sudah diperiksa.")
    assert here.sells_everywhere() < 1


def test_a_hold_ends_by_itself_everywhere_without_any_job(installation: Installation) -> None:
    here = installation
    here.new_card()
    ends_at = (wall_now() + timedelta(seconds=12)).isoformat()
    placed = here.program.answer(*PLACE[:-2], "--scope", "programme", "--ends-at", ends_at)
    assert here.refused_everywhere("hold.selling_held") < 1

    time.sleep(max((holds_over_at(here, placed["hold_code"]) - wall_now()).total_seconds(), 0))

    assert here.sells_everywhere() < 1


def holds_over_at(here: Installation, hold_code: str) -> datetime:
    """When it is over by itself."""
    with here.database.transaction("test") as tx:
        return holds.hold(tx, hold_code).over_at


def says(address: str, words: str) -> bool:
    """Whether a page says these words to an English reader."""
    return words in httpx.get(address, headers={"accept-language": "en"}, timeout=20).text


def wait_for_message(outbox: Path, template: str) -> str:
    """The first message of this template that the worker sends."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        lines = outbox.read_text().splitlines() if outbox.exists() else []
        found = [line for line in lines if json.loads(line)["template"] == template]
        if found:
            return found[0]
        time.sleep(0.2)
    raise AssertionError(f"no message {template}")
