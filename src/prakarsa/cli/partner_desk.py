"""Whom to write to at a partner, and the links to its desk."""

from typing import Annotated

import typer

from prakarsa.cli.arguments import ClientCode
from prakarsa.cli.opening import one_transaction
from prakarsa.cli.output import Json, show_record, words
from prakarsa.kernel.refusal import msg
from prakarsa.partner import actions as partner


def contact(
    code: ClientCode,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Address of the office that answers for the partner.")],
    language: Annotated[str, typer.Option(help="Language of its letters: id or en.")] = "id",
    json: Json = False,
) -> None:
    """Say whom to write to at a partner. Links mailed to another address stop at once."""
    with one_transaction() as (tx, runtime):
        kept = partner.set_contact(tx, code, email, language, now=runtime.clock.now())
    record = {"client_code": kept.client_code, "name": kept.name, "language": kept.language}
    show_record(record, json=json, title=words(msg("The contact is kept.")))


def desk_link(code: ClientCode, json: Json = False) -> None:
    """Make a new link to a partner's desk. It is shown this once; whoever has it may answer for the partner."""
    with one_transaction() as (tx, runtime):
        token = partner.issue_desk_link(tx, code, now=runtime.clock.now())
        link = f"{runtime.settings.base_url}/desk/{token}"
    show_record(
        {"client_code": code, "link": link}, json=json, title=words(msg("Hand this over; it is not shown again."))
    )


def desk_close(code: ClientCode, json: Json = False) -> None:
    """Stop every link to a partner's desk, as when a letter went astray."""
    with one_transaction() as (tx, runtime):
        ended = partner.end_desk_links(tx, code, now=runtime.clock.now())
    show_record({"client_code": code, "links_ended": ended}, json=json)
