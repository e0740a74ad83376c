"""The identity provider, spoken to over real HTTP, and the browser of a person who walks its page."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from prakarsa.gateways.identity import IdentityProviderClient
from prakarsa.gateways.simulators.identity import identity_app
from tests.gateways.loopback import caller, serving

RETURN_URL = "http://127.0.0.1:8000/verify/return"
Scan = Callable[[str, str], str]


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProviderClient]:
    with serving(identity_app("token")) as url, IdentityProviderClient(url, "token") as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[httpx.Client]:
    with caller() as client:
        yield client


@pytest.fixture(scope="module")
def scan(browser: httpx.Client) -> Scan:
    """Press a button on the provider's page; the check the browser comes back with."""

    def press(url: str, button: str = "match") -> str:
        answer = browser.post(url, data={"scan": button})
        assert answer.status_code == 303
        return parse_qs(urlsplit(answer.headers["location"]).query)["check"][0]

    return press
