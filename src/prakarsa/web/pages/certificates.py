"""Certificates for anyone who wants to check one, and the keys to check them without us."""

import msgspec
from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.certificate import actions as certificates
from prakarsa.certificate.refusals import CertificateRevoked
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import NothingHere
from prakarsa.web.plumbing.errors import THIS_ADDRESS
from prakarsa.web.plumbing.forms import Form
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.visit import Here, Named, Visit

File = Response[bytes | str]
BESIDE = {"certificate.bad_number": "number"}


class Certificates(Controller):
    """Verification."""

    path = "/"

    @show("/certificates")
    def ask_number(self, visit: Here) -> Response[str] | Redirect:
        """A field for the number; a right one leads to its page."""
        number = visit.query("number")
        if not number:
            return visit.page("certificates.html")
        visit.form = Form({"number": number})
        try:
            with visit.transaction() as tx:
                found = certificates.certificate(tx, number)
        except Refusal as refusal:
            visit.form.refuse(refusal, BESIDE)
            return visit.form_again("certificates.html")
        return visit.go(f"/certificates/{found.number}")

    @show("/certificates/{name:str}")
    def certificate(self, visit: Here, name: Named) -> Response[str] | File:
        """What a certificate says and whether it stands: as a page, as `.pdf` to print, as `.jwt` to verify."""
        number, _, ending = name.partition(".")
        if ending == "pdf":
            return _paper(visit, number)
        if ending == "jwt":
            return _credential(visit, number)
        if ending:
            raise NothingHere(THIS_ADDRESS)
        with visit.transaction() as tx:
            found = certificates.certificate(tx, number)
        return visit.page("certificate.html", found=found)

    @show("/issuer")
    def issuer(self, visit: Here) -> File:
        """The issuer's profile (Open Badges 3.0)."""
        with visit.transaction() as tx:
            return _json(visit, certificates.issuer(tx, visit.runtime.settings.base_url, now=visit.now))

    @show("/issuer/keys/{key_id:str}")
    def key(self, visit: Here, key_id: Named) -> File:
        """One public key as a bare JWK: the address that credentials name as their key."""
        with visit.transaction() as tx:
            found = certificates.public_key(tx, f"{visit.runtime.settings.base_url.rstrip('/')}/issuer/keys/{key_id}")
        if found is None:
            raise NothingHere(THIS_ADDRESS)
        return _json(visit, found)

    @show("/.well-known/jwks.json")
    def keys(self, visit: Here) -> File:
        """Every public key, retired ones included (RFC 7517)."""
        with visit.transaction() as tx:
            return _json(visit, certificates.jwks(tx))


def _paper(visit: Visit, number: str) -> File:
    with visit.transaction() as tx:
        found = certificates.certificate(tx, number)
        content = certificates.paper_of(tx, number, visit.language)
    return visit.file(content, "application/pdf", name=f"{found.number}.pdf")


def _credential(visit: Visit, number: str) -> File:
    with visit.transaction() as tx:
        found = certificates.certificate(tx, number)
    if found.revoked_at is not None:
        raise CertificateRevoked(found.number, found.revoked_at, found.revoke_reason or "")
    return visit.file(found.credential, "application/jwt", name=f"{found.number}.jwt")


def _json(visit: Visit, document: object) -> File:
    return visit.file(msgspec.json.encode(document), "application/json")
