"""The registries answer over real HTTP, and the client never takes half an answer for a whole one."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakarsa.gateways.registry import (
    INCOMPLETE,
    NO_ANSWER,
    OTHER_PERSON,
    UNREADABLE,
    CivilRegistryClient,
)
from prakarsa.gateways.simulators.population import Invented, generate, write_population
from prakarsa.gateways.simulators.registry import Register, registry_app
from prakarsa.kernel.refusals import BadSetting
from prakarsa.selection.model import CivilRegistry, RegistryRecord
from prakarsa.selection.refusals import RegistryUnavailable

TODAY = date(2020, 8, 10)
TOKEN = "a-token-for-tests"
SEARCH, ENROLLED = "/registry/sync/search", "/registry/sync/enrolled"
PEOPLE = list(generate(1200, 11, TODAY))
NOBODY = "3171991708450003"

App = Callable[[Any, Any, Any], Awaitable[None]]


@contextmanager
def served(app: App) -> Iterator[str]:
    """The application as a real server on a free port of this machine; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def population_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("population") / "people.jsonl"
    write_population(path, PEOPLE)
    return path


@pytest.fixture
def simulator(population_file: Path) -> App:
    """A fresh application: one may be served once at a time."""
    return registry_app(population_file, TOKEN)


@pytest.fixture(scope="module")
def address(population_file: Path) -> Iterator[str]:
    with served(registry_app(population_file, TOKEN)) as address:
        yield address


@pytest.fixture(scope="module")
def raw(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client


def a_client(
    address: str, *, token: str = TOKEN, timeout_seconds: float = 5, batch_size: int = 500
) -> CivilRegistryClient:
    return CivilRegistryClient(
        address, token, timeout_seconds=timeout_seconds, batch_size=batch_size, attempts=3, first_wait_seconds=0.01
    )


def a_search(*queries: Any, **header: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    return {
        "header": {
            "version": "1.0.0",
            "message_id": "m-1",
            "message_ts": now,
            "action": "search",
            "sender_id": "tests",
            "total_count": len(queries),
        }
        | header,
        "message": {
            "transaction_id": "t-1",
            "search_request": [
                {
                    "reference_id": f"r-{number}",
                    "timestamp": now,
                    "search_criteria": {"query_type": "idtype-value", "query": query},
                }
                for number, query in enumerate(queries)
            ],
        },
    }


def an_enrolled(query: Any, query_type: str = "expression") -> dict[str, Any]:
    return a_search() | {
        "message": {"transaction_id": "t-2", "enrolled_criteria": {"query_type": query_type, "query": query}}
    }


def expected(person: Invented) -> RegistryRecord:
    if not person.registered:
        return RegistryRecord(found=False)
    return RegistryRecord(
        found=True,
        name=person.registered_name,
        birth_date=person.registered_birth_date,
        citizenship=person.citizenship,
        occupation=person.occupation,
        in_formal_education=person.in_formal_education,
        other_aid=person.other_aid,
    )


def test_the_client_learns_what_the_registries_hold_about_everybody(address: str) -> None:
    with a_client(address, batch_size=500) as client:
        registry: CivilRegistry = client
        answers = registry.look_up([person.nik for person in PEOPLE])

    assert list(answers) == [person.nik for person in PEOPLE]
    assert [replace(answers[person.nik], version="") for person in PEOPLE] == [expected(person) for person in PEOPLE]
    assert len({record.version for record in answers.values()}) == 1
    assert "civil " in answers[PEOPLE[0].nik].version


def test_nobody_is_found_under_a_number_nobody_has_and_each_is_answered_once(address: str) -> None:
    known = PEOPLE[0].nik
    with a_client(address, batch_size=2) as client:
        answers = client.look_up([NOBODY, known, NOBODY, "not a number", known])

    assert {nik: record.found for nik, record in answers.items()} == {NOBODY: False, known: True, "not a number": False}


def test_asking_about_nobody_asks_nobody() -> None:
    with a_client("http://127.0.0.1:9") as client:
        assert client.look_up([]) == {}


def test_an_answer_has_the_shape_of_the_standard(raw: httpx.Client) -> None:
    person = next(person for person in PEOPLE if person.registered)
    response = raw.post(SEARCH, json=a_search({"type": "NIK", "value": person.nik}))
    answer = response.json()

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert answer["header"]["action"] == "on-search"
    assert answer["header"]["status"] == "succ"
    assert answer["header"]["total_count"] == answer["header"]["completed_count"] == 1
    assert answer["message"]["transaction_id"] == "t-1"
    assert answer["message"]["correlation_id"]
    (item,) = answer["message"]["search_response"]
    assert (item["reference_id"], item["status"]) == ("r-0", "succ")
    assert item["pagination"] == {"page_size": 1, "page_number": 1, "total_count": 1}
    (record,) = item["data"]["reg_records"]
    assert record["@type"] == "CRVS_Person"
    assert record["sex"] == person.sex
    assert {number["identifier_type"]: number["identifier_value"] for number in record["identifier"]} == {
        "NIK": person.nik,
        "KK": person.kk,
    }


def test_one_bad_question_is_rejected_and_its_neighbours_are_answered(raw: httpx.Client) -> None:
    good = {"type": "UIN", "value": PEOPLE[0].nik}
    body = a_search(good, {"type": "MOBILE", "value": "1"}, "text", {"type": "NIK", "value": 3171}, good)
    body["message"]["search_request"][4]["reference_id"] = "r-0"

    items = raw.post(SEARCH, json=body).json()["message"]["search_response"]

    assert [item["status"] for item in items] == ["succ", "rjct", "rjct", "rjct", "rjct"]
    assert {item["status_reason_code"] for item in items[1:4]} == {"rjct.search_criteria.invalid"}
    assert items[4]["status_reason_code"] == "rjct.reference_id.duplicate"


@pytest.mark.parametrize("form", ["predicate", "plain"])
def test_the_beneficiary_registry_names_each_programme_of_each_person(raw: httpx.Client, form: str) -> None:
    aided = [person for person in PEOPLE if person.other_aid]
    niks = [person.nik for person in [*aided, *PEOPLE[:5]]]
    forms: dict[str, dict[str, Any]] = {
        "predicate": {"$and": [{"person_identifier": {"in": niks}}]},
        "plain": {"attribute_name": "person_identifier", "operator": "in", "attribute_value": niks},
    }

    (item,) = raw.post(ENROLLED, json=an_enrolled(forms[form])).json()["message"]["search_response"]

    told = [
        (record["member"]["member_identifier"][0]["identifier_value"], programme["programme"]["programme_identifier"])
        for record in item["data"]["reg_records"]
        for programme in [record["programme_identifier"]]
    ]
    everybody = dict.fromkeys([*aided, *PEOPLE[:5]])
    assert told == [(person.nik, code) for person in everybody for code in person.other_aid]


@pytest.mark.parametrize(
    "criteria",
    [
        pytest.param(an_enrolled({"$and": []}), id="nothing asked"),
        pytest.param(an_enrolled({"$and": [{"person_identifier": {"in": [1, None]}}]}), id="numbers for numbers"),
        pytest.param(an_enrolled({"$and": [{"person_identifier": {"in": [NOBODY] * 1001}}]}), id="too many"),
        pytest.param(an_enrolled("{ everybody }", "graphql"), id="another language"),
    ],
)
def test_a_question_the_beneficiary_registry_does_not_know_is_rejected(
    raw: httpx.Client, criteria: dict[str, Any]
) -> None:
    (item,) = raw.post(ENROLLED, json=criteria).json()["message"]["search_response"]

    assert (item["status"], item["status_reason_code"]) == ("rjct", "rjct.search_criteria.invalid")


@pytest.mark.parametrize("path", [SEARCH, ENROLLED])
@pytest.mark.parametrize("brought", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}])
def test_only_the_bearer_of_the_token_is_answered(address: str, path: str, brought: dict[str, str]) -> None:
    response = httpx.post(address + path, headers=brought, json=a_search({"type": "NIK", "value": PEOPLE[0].nik}))

    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "err.request.unauthorized"
    assert PEOPLE[0].nik not in response.text


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in a_search({"type": "NIK", "value": NOBODY}).items() if key != name}


@pytest.mark.parametrize("path", [SEARCH, ENROLLED])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"\xff\xfe{}", id="another encoding"),
        pytest.param(b"[" * 100_000, id="very deep"),
        pytest.param(httpx.Request("POST", "/", json=without("message")).content, id="no message"),
        pytest.param(httpx.Request("POST", "/", json=without("header")).content, id="no header"),
        pytest.param(httpx.Request("POST", "/", json=a_search()).content, id="no questions"),
        pytest.param(httpx.Request("POST", "/", json=a_search(*[{}] * 1001)).content, id="too many questions"),
        pytest.param(httpx.Request("POST", "/", json=a_search({}, action="subscribe")).content, id="another action"),
        pytest.param(httpx.Request("POST", "/", json=a_search({}, version="2.0.0")).content, id="another version"),
        pytest.param(httpx.Request("POST", "/", json=a_search({}, message_ts="soon")).content, id="no timestamp"),
        pytest.param(b"x" * 11_000_000, id="huge"),
    ],
)
def test_a_bad_message_is_refused_in_the_shape_of_the_standard(raw: httpx.Client, path: str, body: bytes) -> None:
    response = raw.post(path, content=body, headers={"Content-Type": "application/json"})

    assert 400 <= response.status_code < 500
    told = response.json()
    assert told["errors"] == [told["message"]["error"]]
    assert told["errors"][0]["code"].startswith("err.request.")
    assert told["message"]["ack_status"] == "ERR"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["type", "value", "$and", "in"]), inner),
    )
)
def test_no_question_breaks_the_registry(raw: httpx.Client, query: Any) -> None:
    assert raw.post(SEARCH, json=a_search(query)).status_code == 200
    assert raw.post(ENROLLED, json=an_enrolled(query)).status_code == 200


@pytest.mark.parametrize(("method", "path", "status"), [("GET", SEARCH, 405), ("POST", "/registry/search", 404)])
def test_other_addresses_and_methods_are_refused(raw: httpx.Client, method: str, path: str, status: int) -> None:
    response = raw.request(method, path)

    assert response.status_code == status
    assert response.json()["errors"]


def test_the_last_person_of_a_file_is_found_with_or_without_a_line_end(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    write_population(path, PEOPLE[:2])
    path.write_bytes(path.read_bytes().rstrip())

    assert [Register(path).find(person.nik) for person in PEOPLE[:2]] == PEOPLE[:2]


def test_an_empty_population_holds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "nobody.jsonl"
    write_population(path, [])
    with served(registry_app(path, TOKEN)) as address, a_client(address) as client:
        assert not client.look_up([NOBODY])[NOBODY].found


class Troubled:
    """The simulator behind a bad line: the first `times` requests meet `trouble`."""

    def __init__(self, app: App, trouble: App, times: int) -> None:
        self.app, self.trouble, self.times, self.asked = app, trouble, times, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.asked += 1
            if self.asked <= self.times:
                return await self.trouble(scope, receive, send)
        await self.app(scope, receive, send)
        return None


def answering(status: int, body: bytes = b"") -> App:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": body})

    return answer


async def slowly(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(0.6)
    await answering(200)(scope, receive, send)


@pytest.mark.parametrize(
    "trouble", [answering(503), answering(500), answering(429), slowly], ids=["503", "500", "429", "too slow"]
)
def test_passing_trouble_is_outlived(simulator: App, trouble: App) -> None:
    app = Troubled(simulator, trouble, times=2)
    with served(app) as address, a_client(address, timeout_seconds=0.3) as client:
        assert client.look_up([PEOPLE[0].nik])[PEOPLE[0].nik].name == PEOPLE[0].registered_name

    assert app.asked == 2 + 2


@pytest.mark.parametrize(
    ("trouble", "problem", "asked"),
    [
        pytest.param(answering(503), "HTTP 503", 3, id="down"),
        pytest.param(slowly, NO_ANSWER, 3, id="too slow"),
        pytest.param(answering(401), "HTTP 401", 1, id="locked out"),
        pytest.param(answering(302), "HTTP 302", 1, id="moved"),
        pytest.param(answering(200, b"<html>"), UNREADABLE, 1, id="a page"),
        pytest.param(answering(200, b"{}"), UNREADABLE, 1, id="an empty object"),
    ],
)
def test_lasting_trouble_is_refused_after_bounded_asking(
    simulator: App, trouble: App, problem: str, asked: int
) -> None:
    app = Troubled(simulator, trouble, times=100)
    with (
        served(app) as address,
        a_client(address, timeout_seconds=0.3) as client,
        pytest.raises(RegistryUnavailable) as refused,
    ):
        client.look_up([PEOPLE[0].nik])

    assert refused.value.facts() == {"registry": "civil registry", "problem": problem}
    assert app.asked == asked


def test_a_registry_that_is_not_there_is_a_refusal() -> None:
    with a_client("http://127.0.0.1:9") as client, pytest.raises(RegistryUnavailable) as refused:
        client.look_up([NOBODY])

    assert refused.value.problem == NO_ANSWER


def test_the_wrong_token_is_a_refusal(address: str) -> None:
    with a_client(address, token="wrong") as client, pytest.raises(RegistryUnavailable) as refused:
        client.look_up([NOBODY])

    assert refused.value.problem == "HTTP 401"


def test_an_address_that_is_none_is_a_bad_setting() -> None:
    with pytest.raises(BadSetting):
        a_client("registry.example")


def rewriting(app: App, rewrite: Callable[[bytes], bytes]) -> App:
    """The simulator with its answers changed on the way."""

    async def changed(scope: Any, receive: Any, send: Any) -> None:
        async def pass_on(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
            if message["type"] == "http.response.body":
                message["body"] = rewrite(message["body"])
            await send(message)

        await app(scope, receive, pass_on if scope["type"] == "http" else send)

    return changed


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(b'"reference_id":"1"', b'"reference_id":"9"', INCOMPLETE, id="one left out"),
        pytest.param(b'"status":"succ","data"', b'"status":"rjct","data"', INCOMPLETE, id="rejected"),
        pytest.param(b'"status":"succ","data"', b'"status":"pdng","data"', INCOMPLETE, id="pending"),
        pytest.param(b'"total_count":1}', b'"total_count":2}', INCOMPLETE, id="a page of several"),
        pytest.param(PEOPLE[0].nik.encode(), PEOPLE[1].nik.encode(), OTHER_PERSON, id="somebody else"),
    ],
)
def test_half_an_answer_judges_nobody(simulator: App, old: bytes, new: bytes, problem: str) -> None:
    app = rewriting(simulator, lambda body: body.replace(old, new))
    with served(app) as address, a_client(address) as client, pytest.raises(RegistryUnavailable) as refused:
        client.look_up([PEOPLE[0].nik, PEOPLE[2].nik])

    assert refused.value.problem == problem


def test_two_people_under_one_number_are_nobody(simulator: App) -> None:
    def twice(body: bytes) -> bytes:
        answer = httpx.Response(200, content=body).json()
        for item in answer["message"]["search_response"]:
            item["data"]["reg_records"] *= 2
        return httpx.Request("POST", "/", json=answer).content

    app = rewriting(simulator, lambda body: twice(body).replace(b'"total_count":1', b'"total_count":2'))
    with served(app) as address, a_client(address) as client:
        assert not client.look_up([PEOPLE[0].nik])[PEOPLE[0].nik].found
