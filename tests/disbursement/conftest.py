"""A real bank on 127.0.0.1 with empty books for every test."""

from collections.abc import Iterator

import httpx
import pytest

from prakarsa.gateways.bank import BankClient
from prakarsa.gateways.simulators.bank import bank_app
from tests.gateways.loopback import Stage, caller, serving

TOKEN = "bank-token"


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with serving(stage) as url:
        yield stage, url


@pytest.fixture(scope="module")
def clients(stage: tuple[Stage, str]) -> Iterator[tuple[BankClient, httpx.Client]]:
    with BankClient(stage[1], TOKEN, timeout_seconds=5) as bank, caller(stage[1], TOKEN) as raw:
        yield bank, raw


@pytest.fixture
def bank(stage: tuple[Stage, str], clients: tuple[BankClient, httpx.Client]) -> BankClient:
    stage[0].inside = bank_app(TOKEN)
    return clients[0]


@pytest.fixture
def books(bank: BankClient, clients: tuple[BankClient, httpx.Client]) -> httpx.Client:
    """Looks into the bank's own books."""
    return clients[1]
