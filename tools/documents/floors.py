"""The rooms in their order, read from the import contract, so that the floor plan is written down once."""

import tomllib
from importlib import import_module

from tools.documents import ROOT


def _floors() -> list[list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in layers if layer != "__main__"]


FLOORS = _floors()
"""From the doors down to the kernel. Rooms of one floor do not know each other."""


def sentence_of(room: str) -> str:
    """What a room is about, in its own words."""
    words = import_module(f"prakarsa.{room}").__doc__ or ""
    return " ".join(words.split())
