"""docs/permissions.md: who may open which page, press which button, call which address."""

from prakarsa.api.v1_endpoints import BASE_PATH, ENDPOINTS
from prakarsa.web.permissions import PERMISSIONS
from tools.documents import table


def pages() -> str:
    """Every route of the pages."""
    rows = [(f"`{route}`", who.words) for route, who in PERMISSIONS.items()]
    return table(("page or form", "who"), rows)


def addresses() -> str:
    """Every address of the partner API."""
    rows = [(f"`POST {BASE_PATH}{each.path}`", f"{each.caller.value}s, signed") for each in ENDPOINTS]
    return table(("address", "who"), rows)
