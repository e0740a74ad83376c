"""Certificates: issue what is complete, check one, withdraw one."""

from typing import Annotated

import typer

from prakarsa.certificate import actions as certificates
from prakarsa.certificate.audit import proof_problem
from prakarsa.certificate.model import Certificate
from prakarsa.certificate.refusals import CertificateRevoked
from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, show_record, words
from prakarsa.gateways import rounds
from prakarsa.kernel.refusal import msg

group = typer.Typer(help="Certificates, and proof that they are genuine.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the certificate, however it is typed.")]


@group.command()
def issue(json: Json = False) -> None:
    """Decide on every purchase whose attendance may be complete, and certify those that are."""
    with opened() as runtime, bar(words(msg("Certifying"))) as tell:
        done = rounds.issue_due_certificates(runtime, actor=operator(), tell=tell)
    show_record({"purchases_decided": done}, json=json)


@group.command()
def verify(number: Number, json: Json = False) -> None:
    """Whether a certificate is genuine; exit code 1 when it is unknown, was withdrawn or its proof does not hold."""
    with one_transaction() as (tx, _):
        found = certificates.certificate(tx, number)
        problem = proof_problem(found.number, found.facts, found.credential, certificates.jwks(tx))
    if found.revoked_at is not None:
        raise CertificateRevoked(found.number, found.revoked_at, found.revoke_reason or "")
    genuine = words(msg("The proof does not hold.")) if problem else words(msg("This certificate is genuine."))
    show_record(_record(found) | {"genuine": not problem, "problem": problem}, json=json, title=genuine)
    if problem:
        raise typer.Exit(1)


@group.command()
def revoke(
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; anybody who checks it reads it.")],
    json: Json = False,
) -> None:
    """Withdraw a certificate; its owner is told."""
    with one_transaction() as (tx, runtime):
        found = certificates.revoke(tx, number, reason, now=runtime.clock.now())
    show_record(_record(found), json=json)


def _record(found: Certificate) -> dict[str, object]:
    return picked(found, "number", "issued_at", "valid", "revoked_at", "revoke_reason", "verification_url") | picked(
        found.facts, "person_name", "course_title", "hours", "institution_name", "completed_at"
    )
