"""The web door as one router, to be mounted beside the partner API."""

from litestar import Router
from litestar.di import Provide

from prakarsa.kernel.runtime import Runtime
from prakarsa.web.pages import CONTROLLERS
from prakarsa.web.plumbing.door import guard_of, take_form, visit_of
from prakarsa.web.plumbing.errors import LARGEST_BODY, error_pages
from prakarsa.web.plumbing.visit import Gateways


def web_router(runtime: Runtime, gateways: Gateways) -> Router:
    """Every page. The router answers its own refusals; the application must give it `error_pages` for addresses
    that no route knows, since those never reach a router.
    """
    return Router(
        path="/",
        route_handlers=CONTROLLERS,
        guards=[guard_of(runtime, gateways)],
        before_request=take_form,
        dependencies={"visit": Provide(visit_of, sync_to_thread=False)},
        exception_handlers=error_pages(runtime, gateways),
        request_max_body_size=LARGEST_BODY,
        include_in_schema=False,
    )
