"""docs/partner-api.md: its error table is the code's, its examples run as they stand."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from msgspec.structs import fields

from prakarsa.api.v1_endpoints import BASE_PATH, ENDPOINTS
from tests.api.client import PartnerClient
from tests.api.conftest import World
from tests.api.error_table import PAGE, page_with, table

EXAMPLES = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
NEEDS_TOOLS = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("openssl")), reason="the page's examples need curl and openssl"
)


def run(client: PartnerClient, script: str) -> list[dict[str, Any]]:
    """The answers that a shell prints when a partner pastes the page's function and this."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "BASE_URL": client.base_url,
        "CLIENT_CODE": client.client_code,
        "SIGN_KEY": client.sign_key,
    }
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", EXAMPLES[0] + script], env=environment, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


def test_the_error_table_is_the_codes_own() -> None:
    assert PAGE.read_text() == page_with(table()), "run: python -m tests.api.error_table"


def test_every_address_and_every_member_is_on_the_page() -> None:
    page = PAGE.read_text()
    for endpoint in ENDPOINTS:
        section = page.partition(f"\n### {endpoint.path.removeprefix('/')}\n")[2].partition("\n###")[0]
        assert f"call {BASE_PATH}{endpoint.path} " in section
        assert {field.name for field in fields(endpoint.reads)} - set(re.findall(r"`(\w+)`", section)) <= {"sequence"}


@NEEDS_TOOLS
def test_the_shell_function_signs_as_the_door_verifies(world: World) -> None:
    offer = world.courses[0]
    body = json.dumps({"course_code": offer.course_code, "schedule_code": offer.schedule_code})
    [answer] = run(world.platform, f"call {BASE_PATH}/payment/quota-schedule '{body}'\n")

    assert answer["success"] is True


def _told(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The checks of an explanation, which says no inside of a yes."""
    return answer["data"]["checks"] if answer["success"] else []


@NEEDS_TOOLS
@pytest.mark.parametrize("example", EXAMPLES[1:])
def test_every_example_is_signed_addressed_and_formed_right(world: World, example: str) -> None:
    institutions_own = "/redeem-code/" in example or "/oauth/" in example
    [answer] = run(world.institution if institutions_own else world.platform, example)

    told = next((each for each in _told(answer) if "refusal" in each), answer)
    room = str(told["refusal"]).partition(".")[0]
    assert room in {"purchase", "attendance"}, "the room, not the door, says that these codes are unknown"
