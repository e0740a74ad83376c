"""The style sheet and the mark."""

from litestar import Controller, Response

from prakarsa.kernel.refusals import NothingHere
from prakarsa.web.plumbing.errors import THIS_ADDRESS
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.visit import Here, Named
from prakarsa.web.static_files import static_files


class Files(Controller):
    """Static files, few and small."""

    path = "/static"

    @show("/{name:str}")
    def file(self, visit: Here, name: Named) -> Response[bytes | str]:
        """One file; its address changes with its content, so it may be kept for ever."""
        if name not in static_files():
            raise NothingHere(THIS_ADDRESS)
        found = static_files()[name]
        response = visit.file(found.content, found.media_type)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
