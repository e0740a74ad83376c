"""Commands that run until they are stopped: serve, worker, and the simulators of outsiders.

Each imports what it runs only when it runs it: help and refusals need no web framework.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from prakarsa.cli.output import Json
from prakarsa.kernel.refusals import MissingSetting
from prakarsa.kernel.runtime import open_runtime
from prakarsa.kernel.settings import read_settings

Port = Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen on.")]


class Outsider(StrEnum):
    """Which outsider to simulate."""

    REGISTRY = "registry"
    BANK = "bank"
    IDENTITY = "identity"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Server processes.")] = 1,
    json: Json = False,
) -> None:
    """Serve the partner API and the pages until stopped."""
    from prakarsa.cli import serving

    serving.serve(host, port, workers)


def worker(json: Json = False) -> None:
    """Send messages and do background work until stopped."""
    from prakarsa.cli.serving import quiet_libraries
    from prakarsa.gateways.outside import reach_outside
    from prakarsa.jobs.working import work

    quiet_libraries()
    with open_runtime() as runtime, reach_outside(runtime.settings) as outside:
        work(runtime, outside)


def simulate(
    outsider: Annotated[Outsider, typer.Argument(help="Which outsider to simulate.")],
    port: Port,
    people: Annotated[Path | None, typer.Option(help="The registry's people (JSON lines).")] = None,
    json: Json = False,
) -> None:
    """Run the simulator of an outsider, with the token from the settings, until stopped."""
    import uvicorn

    from prakarsa.gateways.simulators.bank import bank_app
    from prakarsa.gateways.simulators.identity import identity_app
    from prakarsa.gateways.simulators.registry import registry_app

    settings = read_settings()
    token = getattr(settings, f"{outsider.value}_token")
    if not token:
        name = f"PRAKARSA_{outsider.value.upper()}_TOKEN"
        raise MissingSetting(name, f"set {name} to the token its clients shall bring")
    if outsider is Outsider.REGISTRY:
        if people is None:
            raise MissingSetting("--people", "name the file of people the registry shall know")
        app = registry_app(people, token)
    else:
        app = bank_app(token) if outsider is Outsider.BANK else identity_app(token)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
