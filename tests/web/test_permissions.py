"""The map of permissions and the routes say the same, and the doors keep to it."""

from litestar import Litestar
from litestar.routes import HTTPRoute

from prakarsa.people.model import Role
from prakarsa.web.app import web_router
from prakarsa.web.permissions import PERMISSIONS
from tests.web.conftest import Served


def routes_of(served: Served) -> set[str]:
    app = Litestar([web_router(served.runtime, served.outside)], openapi_config=None)
    return {
        f"{method} {route.path_format}"
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_its_entry_and_every_entry_its_route(served: Served) -> None:
    assert routes_of(served) == set(PERMISSIONS)


def test_roles_in_the_map_exist() -> None:
    assert {role for who in PERMISSIONS.values() for role in who.roles} <= {role.value for role in Role}


def test_everything_in_the_console_asks_for_a_role_except_the_way_in_and_out() -> None:
    open_ones = {route for route, who in PERMISSIONS.items() if " /console" in route and not who.roles}
    assert open_ones == {"GET /console/sign-in", "POST /console/sign-in", "POST /console/sign-out"}


def test_an_auditor_changes_nothing() -> None:
    assert not [route for route, who in PERMISSIONS.items() if route.startswith("POST") and "auditor" in who.roles]
