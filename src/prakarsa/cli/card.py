"""Cards: look at one, take back those whose clock ran out."""

import typer

from prakarsa.card import actions as cards
from prakarsa.card.refusals import NoCard
from prakarsa.cli.arguments import PersonName
from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, picked, show_record
from prakarsa.gateways import rounds
from prakarsa.kernel.ids import mask
from prakarsa.people import actions as people
from prakarsa.purchase import actions as purchase

group = typer.Typer(help="Cards and their clocks.", no_args_is_help=True)


@group.command()
def show(person: PersonName, json: Json = False) -> None:
    """A person's card, its number masked, and its first-purchase clock."""
    with one_transaction() as (tx, runtime):
        whom = people.person_named(tx, person)
        found = cards.card_of_person(tx, whom.person_id)
        clock = purchase.clock_of(tx, whom.person_id, runtime.clock.now())
        if found is None or clock is None:
            raise NoCard
        number = cards.number_of(tx, whom.person_id)
    record = (
        {"person": person, "number": mask(number)}
        | picked(found, "state", "wave_number", "balance_idr", "issued_at", "revoked_at")
        | picked(clock, "first_deadline_at", "deadline_at", "paused", "paused_now", "stopped_by_purchase")
    )
    show_record(record, json=json)


@group.command()
def revoke_overdue(json: Json = False) -> None:
    """Take back every card whose first-purchase clock has run out; clocks that stand still are left alone."""
    with opened() as runtime:
        revoked = rounds.revoke_overdue_cards(runtime, actor=operator())
    show_record({"cards_revoked": revoked}, json=json)
