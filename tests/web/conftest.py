"""The web door served for real: uvicorn on a port of 127.0.0.1, the simulators of outsiders beside it, clients that
keep cookies and send forms as browsers do.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pyotp
import pytest
import uvicorn
from litestar import Litestar

from prakarsa.gateways.bank import BankClient
from prakarsa.gateways.identity import IdentityProviderClient
from prakarsa.gateways.outside import Outside
from prakarsa.gateways.registry import CivilRegistryClient
from prakarsa.gateways.simulators.bank import bank_app
from prakarsa.gateways.simulators.identity import identity_app
from prakarsa.gateways.simulators.population import Invented, generate, write_population
from prakarsa.gateways.simulators.registry import registry_app
from prakarsa.kernel.clock import MovableClock, wall_now
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.settings import Settings
from prakarsa.people import actions as people
from prakarsa.people.model import NewStaff
from prakarsa.web.app import web_router
from prakarsa.web.plumbing.errors import error_pages
from tests import worlds
from tests.conftest import NOW

PASSWORD = "sembilan kuda laut menari"
INVENTED = 60


class Browser:
    """A client that keeps cookies and sends forms as a browser does."""

    def __init__(self, base_url: str) -> None:
        # shorter than the server waits, so that no request meets a connection that is just being closed
        limits = httpx.Limits(keepalive_expiry=2)
        self.http = httpx.Client(base_url=base_url, trust_env=False, timeout=30, limits=limits)

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path)

    def post(self, path: str, form: dict[str, str] | None = None, *, seen_on: str) -> httpx.Response:
        """Send a form with the token of the page it was seen on."""
        token = token_in(self.get(seen_on).text)
        return self.http.post(path, data={**(form or {}), "_csrf": token})


def token_in(page: str) -> str:
    """The token of the first form on a page."""
    found = re.search(r'name="_csrf" value="([0-9a-f]+)"', page)
    assert found, "the page has no form"
    return found[1]


@contextmanager
def serving(build: Callable[[str], Any]) -> Iterator[str]:
    """Serve, in a thread until the end of the block, what `build` makes for the address it is told."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(build(url), log_level="error", lifespan="off", ws="none", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.01)
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(10)


@dataclass(frozen=True, slots=True)
class Served:
    """A served installation."""

    url: str
    runtime: Runtime
    outside: Outside
    opened: list[Browser]

    def browser(self) -> Browser:
        """A fresh browser, closed when the installation is."""
        self.opened.append(Browser(self.url))
        return self.opened[-1]


@pytest.fixture(scope="session")
def invented() -> list[Invented]:
    """People whom the registry simulator knows."""
    return list(generate(INVENTED, seed=7, today=NOW.date()))


@pytest.fixture(scope="session")
def outside(invented: list[Invented], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """Clients of the real simulators, each served on its own port."""
    population = tmp_path_factory.mktemp("population") / "people.jsonl"
    write_population(population, invented)
    with (
        serving(lambda _: registry_app(population, "r")) as registry_url,
        serving(lambda _: bank_app("b")) as bank_url,
        serving(lambda _: identity_app("i")) as identity_url,
        CivilRegistryClient(registry_url, "r", timeout_seconds=10) as registry,
        BankClient(bank_url, "b", timeout_seconds=10) as bank,
        IdentityProviderClient(identity_url, "i") as identity,
    ):
        yield Outside(registry=registry, bank=bank, identity=identity, carrier=None)


@pytest.fixture(scope="module")
def served(
    database: Database, keyring: Keyring, outside: Outside, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """An installation whose clock stands at NOW when a test module begins, and its pages."""
    home = tmp_path_factory.mktemp("home")
    clock = MovableClock(home / "clock")
    clock.move_to(NOW)
    made: list[Runtime] = []

    def build(url: str) -> Litestar:
        runtime = Runtime(Settings(home, base_url=url), keyring, clock, database)
        made.append(runtime)
        return Litestar(
            [web_router(runtime, outside)], exception_handlers=error_pages(runtime, outside), openapi_config=None
        )

    with serving(build) as url:
        served = Served(url, made[0], outside, [])
        yield served
        for browser in served.opened:
            browser.http.close()


@pytest.fixture(scope="module")
def runtime(served: Served) -> Runtime:
    """The served installation's inside."""
    return served.runtime


@pytest.fixture
def browser(served: Served) -> Browser:
    """A fresh browser."""
    return served.browser()


def otp_for(runtime: Runtime, person_id: int) -> str:
    """The newest sign-in code that waits to be sent to a person."""
    with runtime.database.transaction("test") as tx:
        codes = [
            facts["otp"] for template, facts in worlds.messages_to(tx, person_id) if template == "people.sign_in_code"
        ]
    return str(codes[-1])


def signed_in(served: Served, person_id: int) -> Browser:
    """A browser in which this person has signed in, the way people do."""
    browser = served.browser()
    with served.runtime.database.transaction("test") as tx:
        email = people.contacts(tx, [person_id])[person_id].email
    answer = browser.post("/sign-in", {"address": email}, seen_on="/sign-in")
    assert answer.headers["location"] == "/sign-in/code", answer.text
    answer = browser.post("/sign-in/code", {"otp": otp_for(served.runtime, person_id)}, seen_on="/sign-in/code")
    assert answer.headers["location"] == "/card", answer.text
    return browser


def hired(runtime: Runtime, role: str, number: int = 0) -> tuple[str, str]:
    """A new member of staff: e-mail and authenticator secret."""
    email = f"{role}{number or ''}@kantor.example"
    with runtime.database.transaction("test") as tx:
        secret = people.hire(tx, NewStaff(email, f"Staf {role}", role, PASSWORD), now=runtime.clock.now())
    return email, secret


def staff_browser(served: Served, role: str) -> Browser:
    """A browser in which a new member of staff has signed in."""
    email, secret = hired(served.runtime, role)
    browser = served.browser()
    form = {"email": email, "password": PASSWORD, "totp": pyotp.TOTP(secret).at(wall_now())}
    answer = browser.post("/console/sign-in", form, seen_on="/console/sign-in")
    assert answer.headers.get("location") == "/console", answer.text
    return browser
