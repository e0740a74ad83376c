"""What partners read during a hold: a refusal with its cause, and still the state of a redeem code."""

from datetime import timedelta

from prakarsa.hold.model import Capability, Scope
from tests import worlds
from tests.api.conftest import World
from tests.api.test_institution_calls import COMMIT, STATUS, require_fourteen_members


def test_a_hold_on_taking_part_refuses_to_redeem_and_goes_on_answering_about_the_code(world: World) -> None:
    receipt = world.buy(world.cards[0], world.courses[0], invoice="INV-HELD")
    code = {"redeem_code": world.redeem_code(receipt["transaction_code"])}
    world.clock.moment += timedelta(seconds=1)
    with world.runtime.database.transaction("test") as tx:
        hold = worlds.a_hold(
            tx,
            scope=Scope.COURSE,
            target=world.courses[0].course_code,
            capability=Capability.REDEEMING,
            now=world.clock.moment,
        )

    status = world.institution.call(STATUS, code)
    commit = world.institution.call(COMMIT, code)

    require_fourteen_members(status)
    assert hold.hold_code in status.body["message"]
    assert hold.public_words in status.body["message"]
    assert commit.status == 400
    assert commit.body["refusal"] == "hold.redeeming_held"
    assert commit.body["deadline"] == "paused"
    assert status.body["message"] == commit.body["message"]
