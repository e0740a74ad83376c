"""When there is nothing at an address, when the database is gone, when we made a mistake: still the envelope."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace

import psycopg
import pytest
from litestar import Litestar

from prakarsa.api.app import api_router
from prakarsa.api.failures import as_refusal
from prakarsa.api.v1_envelope import failure
from prakarsa.kernel.db import Database
from prakarsa.kernel.keyring import Keyring
from tests.api.client import PartnerClient, answer_of, raw_exchange, raw_request
from tests.api.conftest import World, application
from tests.gateways.loopback import serving

LOOK = "/payment/redeem-code/status"
ENVELOPE = {"success", "message", "code", "refusal", "next_step", "deadline"}


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/integration/payment/status",
        "/api/v1/integration/payment",
        "/api/v1/integration/payment/status/extra",
        "//api/v1/integration/nothing",
        "/api/v1/integration/payment/%00",
        "/api/v1/integration/../../nothing",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_unknown_address_under_api_answers_in_the_envelope(world: World, path: str, method: str) -> None:
    status, headers, body = raw_exchange(world.base_url, raw_request(path, [], b"", method))

    assert status == 404
    assert headers["content-type"] == "application/json"
    assert set(json.loads(body)) == ENVELOPE
    assert json.loads(body)["code"] == "ERRGEN40451"


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_wrong_method_answers_in_the_envelope(world: World, method: str) -> None:
    path = "/api/v1/integration" + LOOK
    status, _, body = raw_exchange(world.base_url, raw_request(path, [], b"", method))

    assert (status, json.loads(body)["code"]) == (405, "ERRGEN40551")


def test_a_strange_host_header_answers_in_the_envelope(world: World) -> None:
    request = raw_request("/api/v1/integration" + LOOK, [], b"").replace(b"host: 127.0.0.1", b"host: <script>")
    status, _, body = raw_exchange(world.base_url, request)

    assert (status, json.loads(body)["refusal"]) == (400, "kernel.malformed_body")


def test_a_client_that_hangs_up_in_the_middle_harms_nobody(world: World, caplog: pytest.LogCaptureFixture) -> None:
    import socket

    import httpx

    url = httpx.URL(world.base_url)
    with socket.create_connection((url.host, url.port or 80)) as connection:
        connection.sendall(b"POST /api/v1/integration" + LOOK.encode() + b" HTTP/1.1\r\nhost: x\r\n")
        connection.sendall(b"content-length: 100\r\n\r\n{")

    assert world.institution.call(LOOK, {"redeem_code": "NOSUCHCODE12"}).status == 400
    assert "incident" not in caplog.text


def test_without_a_database_the_answer_is_503_with_a_moment_to_return(world: World, keyring: Keyring) -> None:
    gone = Database("postgresql://nobody@127.0.0.1:9/nothing", keyring)
    gone.close()
    with serving(application(replace(world.runtime, database=gone))) as base_url:
        client = PartnerClient(base_url, "any-client", "x" * 32, world.institution.http)
        answer = client.call(LOOK, {"redeem_code": "A"})

    assert (answer.status, answer.code) == (503, "ERRGEN50351")
    assert answer.headers["retry-after"] == "5"


def test_a_connection_lost_in_the_middle_is_503_and_the_next_request_works(world: World) -> None:
    with psycopg.connect(world.runtime.database.url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    answer = world.institution.call(LOOK, {"redeem_code": "NOSUCHCODE12"})

    assert answer.status in {400, 503}
    assert world.institution.call(LOOK, {"redeem_code": "NOSUCHCODE12"}).status == 400


def test_who_cannot_be_served_soon_is_told_to_come_back(world: World) -> None:
    runtime = replace(world.runtime, settings=replace(world.runtime.settings, pool_size=1))
    app = Litestar([api_router(runtime, patience_seconds=0.3)], openapi_config=None)
    with serving(app) as base_url, ThreadPoolExecutor(3) as pool:
        client = replace(world.institution, base_url=base_url)
        with psycopg.connect(runtime.database.url) as blocker:
            blocker.execute("LOCK TABLE partner.sign_key IN ACCESS EXCLUSIVE MODE")
            waiting = [pool.submit(client.call, LOOK, {"redeem_code": "NOSUCHCODE12"}) for _ in range(3)]
            finished = as_completed(waiting, timeout=15)
            told = [next(finished).result(), next(finished).result()]
            blocker.rollback()
        answers = sorted(future.result().status for future in waiting)

    assert {answer.refusal for answer in told} == {"api.come_back_later"}

    assert answers == [400, 503, 503]


@pytest.mark.parametrize(
    "error", [psycopg.errors.DeadlockDetected, psycopg.errors.AdminShutdown, psycopg.InterfaceError]
)
def test_what_the_database_could_not_do_now_may_be_asked_again(error: type[Exception]) -> None:
    assert as_refusal(error("details"), "POST").code == "api.come_back_later"


def test_a_mistake_of_ours_is_logged_by_place_and_never_by_words(caplog: pytest.LogCaptureFixture) -> None:
    nik = "3171234567890123"
    try:
        raise ValueError(f"duplicate key (nik)=({nik})")
    except ValueError as error:
        with caplog.at_level(logging.ERROR, "prakarsa.api"):
            refusal = as_refusal(error, "POST")
    response = failure(refusal)

    assert response.status_code == 500
    assert str(refusal.facts()["incident"]) in caplog.text
    assert "test_failures.py" in caplog.text
    assert nik not in caplog.text
    assert nik not in json.dumps(response.content)


def test_pages_keep_their_own_failures(world: World) -> None:
    response = world.institution.http.get(world.base_url + "/no-such-page")

    assert response.status_code == 404
    assert "success" not in response.text


def test_nothing_personal_is_logged_on_a_refused_purchase(world: World, caplog: pytest.LogCaptureFixture) -> None:
    card = world.cards[0]
    with caplog.at_level(logging.DEBUG):
        answer = world.platform.call(
            "/payment/send-otp",
            {
                "prakerja_id": card.number,
                "user_platform_id": "user-log",
                "course_code": world.courses[0].course_code,
                "schedule_code": "no-such-schedule",
                "amount": 1,
            },
        )

    shown = caplog.text + json.dumps(answer.body)
    for secret in (card.number, card.phone, card.email, card.name, world.platform.sign_key):
        assert secret not in shown


def test_the_answer_may_not_be_kept_by_anything_in_between(world: World) -> None:
    answer = world.institution.call(LOOK, {"redeem_code": "NOSUCHCODE12"})

    assert answer.headers["cache-control"] == "no-store"


def test_the_router_can_be_made_more_than_once(world: World) -> None:
    assert api_router(world.runtime) is not api_router(world.runtime)
    assert answer_of(world.institution.http.post(world.base_url + "/api/nothing")).status == 404
