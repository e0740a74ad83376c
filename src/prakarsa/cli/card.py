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

_OF_CLOCK = ("first_deadline_at", "deadline_at", "paused", "paused_now", "stopped_by_purchase")
group = typer.Typer(help="Cards and their clocks.", no_args_is_help=True)


@group.command()
def show(person: PersonName, json: Json = False) -> None:
    """A person's card, its number masked, and its clocks of buying."""
    with one_transaction() as (tx, runtime):
        whom = people.person_named(tx, person)
        found = cards.card_of_person(tx, whom.person_id)
        clocks = purchase.clocks_of(tx, whom.person_id, runtime.clock.now())
        if found is None or clocks.first_purchase is None:
            raise NoCard
        number = cards.number_of(tx, whom.person_id)
    record = (
        {"person": person, "number": mask(number)}
        | picked(found, "state", "wave_number", "balance_idr", "issued_at", "revoked_at")
        | picked(clocks.first_purchase, *_OF_CLOCK)
    )
    if clocks.next_purchase is not None:
        record |= {f"next_{name}": value for name, value in picked(clocks.next_purchase, *_OF_CLOCK).items()}
    show_record(record, json=json)


@group.command()
def revoke_overdue(json: Json = False) -> None:
    """Take back every card whose first-purchase clock has run out; clocks that stand still are left alone."""
    with opened() as runtime:
        revoked = rounds.revoke_overdue_cards(runtime, actor=operator())
    show_record({"cards_revoked": revoked}, json=json)
