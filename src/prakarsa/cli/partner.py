"""Partners: register, keys, return addresses, who owns whom, test codes."""

from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from prakarsa.attendance import actions as attendance
from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import EndedListing
from prakarsa.cli.arguments import ClientCode, read_day
from prakarsa.cli.opening import one_transaction
from prakarsa.cli.output import Json, picked, show_record, show_rows, words
from prakarsa.cli.partner_desk import contact, desk_close, desk_link
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.runtime import Runtime
from prakarsa.partner import actions as partner
from prakarsa.partner.model import NewPartner, Partner, PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme.refusals import NoWaveYet

group = typer.Typer(help="Platforms and institutions.", no_args_is_help=True)
group.command("contact")(contact)
group.command("desk-link")(desk_link)
group.command("desk-close")(desk_close)
keys = typer.Typer(help="Keys that partners sign their requests with.", no_args_is_help=True)
redirects = typer.Typer(help="Addresses people may be sent back to.", no_args_is_help=True)
group.add_typer(keys, name="key")
group.add_typer(redirects, name="redirect")
OVERLAP_DAYS = 7


@group.command()
def register(
    kind: Annotated[PartnerKind, typer.Argument(help="What it does in the programme.")],
    code: ClientCode,
    name: Annotated[str, typer.Argument(help="Its public name.")],
    basis: Annotated[str | None, typer.Option(help="Agreement or decree; without one it is pending.")] = None,
    commission: Annotated[int, typer.Option(min=0, max=100, help="Percent of the price; platforms only.")] = 0,
    redirect: Annotated[list[str] | None, typer.Option(help="Return address; again for each.")] = None,
    json: Json = False,
) -> None:
    """Register a platform or an institution; the same again changes nothing."""
    new = NewPartner(kind, code, name, basis, commission, tuple(redirect or ()))
    with one_transaction() as (tx, runtime):
        cap = _commission_cap(tx, runtime)
        registered = partner.register(tx, new, now=runtime.clock.now(), max_commission_percent=cap)
    show_record(_record(registered), json=json)


@group.command("list")
def list_partners(
    kind: Annotated[PartnerKind | None, typer.Option(help="Only these.")] = None,
    after: Annotated[str, typer.Option(help="Client code to go on after.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many at most.")] = 100,
    json: Json = False,
) -> None:
    """Partners by client code."""
    with one_transaction() as (tx, _):
        found = partner.partners(tx, kind, after=after, limit=limit)
    show_rows([_record(each) for each in found], json=json)


@group.command()
def activate(
    code: ClientCode,
    basis: Annotated[str, typer.Option(help="The agreement or decree that was signed.")],
    json: Json = False,
) -> None:
    """Make a pending or ended partner active."""
    with one_transaction() as (tx, runtime):
        cap = _commission_cap(tx, runtime)
        changed = partner.activate(tx, code, basis, now=runtime.clock.now(), max_commission_percent=cap)
    show_record(_record(changed), json=json)


@group.command()
def amend(
    code: ClientCode,
    basis: Annotated[str, typer.Option(help="The agreement that replaces the one in force.")],
    commission: Annotated[int, typer.Option(min=0, max=100, help="Percent of the price.")],
    json: Json = False,
) -> None:
    """Replace the agreement in force, with its own commission."""
    with one_transaction() as (tx, runtime):
        cap = _commission_cap(tx, runtime)
        changed = partner.amend(tx, code, basis, commission, now=runtime.clock.now(), max_commission_percent=cap)
    show_record(_record(changed), json=json)


@group.command()
def end(
    code: ClientCode,
    reason: Annotated[str, typer.Option(help="Why the agreement or decree is over.")],
    json: Json = False,
) -> None:
    """End a partner; every key of it stops at once."""
    with one_transaction() as (tx, runtime):
        changed = partner.end(tx, code, reason, now=runtime.clock.now())
    show_record(_record(changed), json=json)


@keys.command("issue")
def issue_key(
    code: ClientCode,
    overlap_days: Annotated[int, typer.Option(min=0, max=90, help="How long older keys stay valid.")] = OVERLAP_DAYS,
    json: Json = False,
) -> None:
    """Make a new signing key. It is shown this once."""
    with one_transaction() as (tx, runtime):
        secret = partner.issue_key(tx, code, now=runtime.clock.now(), overlap=timedelta(days=overlap_days))
    record = {"client_code": code, "sign_key": secret, "older_keys_valid_days": overlap_days}
    show_record(record, json=json, title=words(msg("Keep this key; it is not shown again.")))


@keys.command("revoke")
def revoke_keys(
    code: ClientCode,
    key_id: Annotated[int | None, typer.Option(min=1, max=2**62, help="Only this key; else every key.")] = None,
    json: Json = False,
) -> None:
    """Stop keys at once."""
    with one_transaction() as (tx, runtime):
        revoked = partner.revoke_keys(tx, code, now=runtime.clock.now(), key_id=key_id)
    show_record({"client_code": code, "keys_revoked": revoked}, json=json)


@keys.command("list")
def list_keys(code: ClientCode, json: Json = False) -> None:
    """The life of each key, never its secret."""
    with one_transaction() as (tx, _):
        found = partner.keys(tx, code)
    show_rows([picked(key, "key_id", "created_at", "expires_at", "revoked_at") for key in found], json=json)


@redirects.command("add")
def add_redirect(
    code: ClientCode,
    uri: Annotated[str, typer.Argument(help="The address, character by character.")],
    json: Json = False,
) -> None:
    """Register a return address."""
    with one_transaction() as (tx, runtime):
        partner.add_redirect(tx, code, uri, now=runtime.clock.now())
        registered = partner.redirects(tx, code)
    show_record({"client_code": code, "redirect_uris": registered}, json=json)


@redirects.command("remove")
def remove_redirect(
    code: ClientCode,
    uri: Annotated[str, typer.Argument(help="The address, character by character.")],
    json: Json = False,
) -> None:
    """Forget a return address."""
    with one_transaction() as (tx, runtime):
        partner.remove_redirect(tx, code, uri, now=runtime.clock.now())
        registered = partner.redirects(tx, code)
    show_record({"client_code": code, "redirect_uris": registered}, json=json)


@group.command()
def own(
    owner: Annotated[str, typer.Argument(help="Client code of the owner.")],
    owned: Annotated[str, typer.Argument(help="Client code of the one that is owned.")],
    since: Annotated[date | None, typer.Option(parser=read_day, metavar="DAY", help="Today, unless given.")] = None,
    json: Json = False,
) -> None:
    """Record that one partner owns another; a platform may not sell courses of its own entity."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        partner.record_ownership(tx, owner, owned, since or now.astimezone(JAKARTA).date(), now=now)
        _show_ownership(tx, _end_forbidden(tx, now), json=json)


@group.command()
def disown(
    owner: Annotated[str, typer.Argument(help="Client code of the owner.")],
    owned: Annotated[str, typer.Argument(help="Client code of the one that was owned.")],
    json: Json = False,
) -> None:
    """Record that one partner no longer owns another; what was forbidden by it alone may be listed again."""
    with one_transaction() as (tx, runtime):
        partner.end_ownership(tx, owner, owned, now=runtime.clock.now())
        _show_ownership(tx, [], json=json)


@group.command("test-codes")
def show_test_codes(code: ClientCode, json: Json = False) -> None:
    """The redeem codes an institution tests with, one for each documented case."""
    with one_transaction() as (tx, runtime):
        found = partner.partner(tx, code)
        codes = attendance.issue_test_codes(tx, found.partner_id, now=runtime.clock.now())
    show_rows([{"client_code": code, "redeem_code": each.redeem_code, "case": each.case} for each in codes], json=json)


def _end_forbidden(tx: Tx, now: datetime) -> list[EndedListing]:
    """Take off sale what the platform may no longer sell; before the first wave there is nothing on sale."""
    try:
        terms = programme.current_terms(tx, now)
    except NoWaveYet:
        return []
    ended: list[EndedListing] = []
    while found := catalogue.end_affiliated_listings(tx, terms, now=now):
        ended += found
    return ended


def _show_ownership(tx: Tx, ended: list[EndedListing], *, json: bool) -> None:
    rows = [picked(each, "owner_code", "owned_code", "since") for each in partner.ownerships(tx)]
    over = [picked(each, "course_code", "platform", "cause") for each in ended]
    if json:
        show_record({"ownerships": rows, "listings_ended": over}, json=True)
        return
    show_rows(rows, json=False)
    show_rows(over, json=False, title=words(msg("Listings that ended")), empty=words(msg("No listing ended.")))


def _commission_cap(tx: Tx, runtime: Runtime) -> int | None:
    """The cap of the newest wave; none is known before the first."""
    try:
        return programme.current_terms(tx, runtime.clock.now()).settlement_max_commission_percent
    except NoWaveYet:
        return None


def _record(found: Partner) -> dict[str, object]:
    return picked(found, "client_code", "kind", "name", "status", "basis", "commission_percent", "registered_at")
