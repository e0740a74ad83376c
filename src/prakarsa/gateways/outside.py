"""The outsiders this installation speaks to, as far as settings name them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from prakarsa.attendance.identity import IdentityProvider
from prakarsa.disbursement.model import Bank
from prakarsa.gateways.bank import BankClient
from prakarsa.gateways.identity import IdentityProviderClient
from prakarsa.gateways.messages import Carrier, OutboxFile
from prakarsa.gateways.registry import CivilRegistryClient
from prakarsa.kernel.refusals import MissingSetting
from prakarsa.kernel.settings import Settings
from prakarsa.selection.model import CivilRegistry

TIMEOUT_SECONDS = 30.0
Client = TypeVar("Client")


@dataclass(frozen=True, slots=True)
class Outside:
    """Clients of outsiders; None where no address is set."""

    registry: CivilRegistry | None
    bank: Bank | None
    identity: IdentityProvider | None
    carrier: Carrier | None


@contextmanager
def reach_outside(settings: Settings) -> Iterator[Outside]:
    """Make one client each for the process, and close them at the end. Raises BadSetting."""
    with ExitStack() as open_clients:
        yield Outside(
            registry=open_clients.enter_context(
                CivilRegistryClient(settings.registry_url, settings.registry_token, timeout_seconds=TIMEOUT_SECONDS)
            )
            if settings.registry_url
            else None,
            bank=open_clients.enter_context(
                BankClient(settings.bank_url, settings.bank_token, timeout_seconds=TIMEOUT_SECONDS)
            )
            if settings.bank_url
            else None,
            identity=open_clients.enter_context(
                IdentityProviderClient(settings.identity_url, settings.identity_token, timeout_seconds=TIMEOUT_SECONDS)
            )
            if settings.identity_url
            else None,
            carrier=OutboxFile(Path(settings.outbox_file)) if settings.outbox_file else None,
        )


def needed(client: Client | None, setting: str) -> Client:
    """The client, or the refusal that names the setting it needs. Raises MissingSetting."""
    if client is None:
        name = f"PRAKARSA_{setting.upper()}"
        raise MissingSetting(name, f"set {name} to the address of that service")
    return client
