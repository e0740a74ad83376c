"""Mass cancellation at the terminal: counted, confirmed by another, run, shown."""

import pytest

from prakarsa.kernel.db import Database
from prakarsa.purchase import cancelling
from tests.cli.program import Here
from tests.conftest import NOW
from tests.purchase.cancelled import PLANNER, full_class, the_plan

WORDS = ("--words", "Hari libur.", "--next-step", "Pilih kelas lain.", "--notice-to", "Balai Satu")
GROUNDS = ("--reason", "not_delivered", "--legal-basis", "Permenko 11/2020", "--basis-version", "2020-08-04")
EVIDENCE = ("--evidence", "web_page:https://libur.example/2020@2020-08-15", "--closed-until", "+30d")


@pytest.fixture(scope="module")
def schedule_code(database: Database, here: Here) -> str:
    """A class with four purchases."""
    with database.transaction("test") as tx:
        return full_class(tx, 4)[0].schedule_code


def test_what_one_person_plans_another_confirms_and_a_command_runs(
    database: Database, here: Here, schedule_code: str
) -> None:
    target = ("--scope", "schedule", "--target", schedule_code)
    planned = here.answer("purchase", "cancel", "plan", *target, *GROUNDS, *WORDS, *EVIDENCE)
    assert (planned["purchases"], planned["state"]) == (4, "planned")
    assert here.refusal("purchase", "cancel", "confirm", planned["cancellation_code"]) == "kernel.same_person"
    assert here.refusal("purchase", "cancel", "run", planned["cancellation_code"]) == (
        "purchase.cancellation_not_confirmed"
    )
    assert here.answer("purchase", "cancel", "withdraw", planned["cancellation_code"])["state"] == "withdrawn"

    with database.transaction("test") as tx:
        plan = the_plan(schedule_code)
        code = cancelling.plan(tx, plan, by=PLANNER, now=NOW).cancellation_code
    assert here.answer("purchase", "cancel", "confirm", code)["state"] == "running"
    assert here.answer("purchase", "cancel", "show", code)["classes"][0]["purchases"] == 4
    done = here.answer("purchase", "cancel", "run", code)
    assert (done["state"], done["done_purchases"]) == ("finished", 4)
    assert [row["state"] for row in here.answer("purchase", "cancel", "list")] == ["finished", "withdrawn"]
    assert here.answer("purchase", "cancel", "show", code)["classes"] == []


def test_wrong_use_is_told_before_anything_is_opened(here: Here, schedule_code: str) -> None:
    target = ("--scope", "schedule", "--target", schedule_code)
    hearsay = ("--evidence", "hearsay")
    assert here.refusal("purchase", "cancel", "plan", *target, *GROUNDS, *WORDS, *hearsay) == "kernel.bad_field"
    assert here.refusal("purchase", "cancel", "show", "CNL-NONE") == "purchase.cancellation_unknown"
