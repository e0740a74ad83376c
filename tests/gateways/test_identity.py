"""The identity check over real HTTP: decided once, by the person's own browser, told only server to server."""

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.attendance.identity import IdentityOutcome
from prakarsa.attendance.refusals import IdentityCheckOver, IdentityUnavailable
from prakarsa.gateways.identity import IdentityProviderClient
from prakarsa.gateways.simulators.identity import identity_app, origin_of
from tests.gateways.loopback import Stage, caller, serving

TOKEN = "identity-token"
BACK = "http://127.0.0.1:8000/verification/return"


class HeldClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.at = datetime(2020, 9, 20, 3, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with serving(stage) as url:
        yield stage, url


@pytest.fixture
def url(stage: tuple[Stage, str], clock: HeldClock) -> str:
    """A provider that knows no check yet."""
    stage[0].inside = identity_app(TOKEN, clock=clock)
    return stage[1]


@pytest.fixture(scope="module")
def clients(stage: tuple[Stage, str]) -> Iterator[tuple[IdentityProviderClient, httpx.Client, httpx.Client]]:
    with (
        IdentityProviderClient(stage[1], TOKEN) as provider,
        caller(stage[1], TOKEN) as server,
        caller(stage[1]) as browser,
    ):
        yield provider, server, browser


@pytest.fixture
def provider(url: str, clients: tuple[IdentityProviderClient, httpx.Client, httpx.Client]) -> IdentityProviderClient:
    return clients[0]


@pytest.fixture
def server(url: str, clients: tuple[IdentityProviderClient, httpx.Client, httpx.Client]) -> httpx.Client:
    """Our side, speaking without the client under test."""
    return clients[1]


@pytest.fixture
def browser(url: str, clients: tuple[IdentityProviderClient, httpx.Client, httpx.Client]) -> httpx.Client:
    return clients[2]


def asked(server: httpx.Client, **bent: object) -> httpx.Response:
    return server.post("/checks", json={"reference": "R-1", "subject": "S-1", "return_url": BACK} | bent)


@pytest.mark.parametrize("outcome", [IdentityOutcome.MATCH, IdentityOutcome.NO_MATCH])
def test_the_button_decides_and_sends_the_person_back(
    provider: IdentityProviderClient, browser: httpx.Client, outcome: IdentityOutcome
) -> None:
    check = provider.begin("R-1", BACK, "S-1")
    assert provider.result(check.check_id) is IdentityOutcome.PENDING

    assert f'name="scan" value="{outcome}"' in browser.get(check.url).text
    answer = browser.post(check.url, data={"scan": outcome.value})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{BACK}?check={check.check_id}"
    assert provider.result(check.check_id) is outcome


def test_the_first_decision_stands(provider: IdentityProviderClient, browser: httpx.Client) -> None:
    check = provider.begin("R-1", BACK)
    browser.post(check.url, data={"scan": "no_match"})

    again = browser.post(check.url, data={"scan": "match"})

    assert again.status_code == 303
    assert provider.result(check.check_id) is IdentityOutcome.NO_MATCH
    assert "sudah selesai" in browser.get(check.url).text


def test_after_fifteen_minutes_an_undecided_check_is_over(
    provider: IdentityProviderClient, browser: httpx.Client, clock: HeldClock
) -> None:
    check = provider.begin("R-1", BACK)
    clock.at += timedelta(minutes=15) - timedelta(seconds=1)
    assert browser.get(check.url).status_code == 200

    clock.at += timedelta(seconds=1)

    assert browser.get(check.url).status_code == 410
    assert browser.post(check.url, data={"scan": "match"}).status_code == 410
    with pytest.raises(IdentityCheckOver):
        provider.result(check.check_id)


def test_a_decided_check_keeps_its_result(
    provider: IdentityProviderClient, browser: httpx.Client, server: httpx.Client, clock: HeldClock
) -> None:
    check = provider.begin("R-1", BACK)
    browser.post(check.url, data={"scan": "match"})
    clock.at += timedelta(hours=20)

    assert provider.result(check.check_id) is IdentityOutcome.MATCH
    told = server.get(f"/checks/{check.check_id}/result")
    assert told.json() == {"status": "match", "decided_at": "2020-09-20T03:00:00+00:00"}


def test_old_checks_are_forgotten(provider: IdentityProviderClient, clock: HeldClock) -> None:
    old = provider.begin("R-1", BACK)
    clock.at += timedelta(days=2)
    provider.begin("R-2", BACK)

    with pytest.raises(IdentityCheckOver):
        provider.result(old.check_id)


def test_the_return_url_keeps_its_own_query_and_fragment(
    provider: IdentityProviderClient, browser: httpx.Client
) -> None:
    check = provider.begin("R-1", "http://localhost:8000/back?state=a%26b#top")

    back = browser.post(check.url, data={"scan": "match"}).headers["location"]

    assert back == f"http://localhost:8000/back?state=a%26b&check={check.check_id}#top"


@pytest.mark.parametrize(
    "return_url",
    [
        "https://evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "/back",
        "http://",
        "http://127.0.0.1@evil.example/",
        "http://evil.example\\@127.0.0.1/",
        "http://127.0.0.1\\.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://[::1/",
        "http://127.0.0.1/\r\nSet-Cookie: a=b",
        " http://127.0.0.1/",
        "http://127.0.0.1/\t",
        "http://１２７.0.0.1/",
    ],
)
def test_people_are_never_sent_to_a_place_that_is_not_allowed(server: httpx.Client, return_url: str) -> None:
    assert asked(server, return_url=return_url).status_code == 400


@pytest.mark.parametrize("return_url", ["http://127.0.0.1/", "https://localhost:8443/x", "http://[::1]:8000/x"])
def test_this_machine_is_allowed_unless_origins_are_named(server: httpx.Client, return_url: str) -> None:
    assert asked(server, return_url=return_url).status_code == 201


def test_named_origins_replace_this_machine() -> None:
    app = identity_app(TOKEN, allowed_origins=frozenset({"https://prakarsa.example"}))
    with serving(app) as url, caller(url, TOKEN) as server:
        assert asked(server, return_url="https://prakarsa.example:443/back").status_code == 201
        assert asked(server, return_url="http://prakarsa.example/back").status_code == 400
        assert asked(server, return_url="https://prakarsa.example:444/back").status_code == 400
        assert asked(server, return_url=BACK).status_code == 400


@given(st.text(max_size=60) | st.text("htps:/@\\.[]#?127lo ", max_size=60).map("http://".__add__))
def test_any_text_is_an_origin_or_is_not(text: str) -> None:
    origin = origin_of(text)

    assert origin is None or re.fullmatch(r"https?://\S+:\d+", origin)


def test_what_the_caller_sends_is_shown_as_text(server: httpx.Client, browser: httpx.Client) -> None:
    page = browser.get(asked(server, reference="<script>alert('&')</script>").json()["url"])

    assert "<script" not in page.text
    assert "&lt;script&gt;alert(&#39;&amp;&#39;)" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_the_page_speaks_indonesian_first_then_english(server: httpx.Client, browser: httpx.Client) -> None:
    page = browser.get(asked(server).json()["url"]).text

    assert '<html lang="id">' in page
    assert page.index("Pindai wajah saya") < page.index("Scan my face")
    assert "width=device-width" in page


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"reference": "R"}',
        b'{"reference": 1, "subject": "S", "return_url": "http://127.0.0.1/"}',
        b'{"reference": "", "subject": "S", "return_url": "http://127.0.0.1/"}',
        b'{"reference": "' + b"R" * 200 + b'", "subject": "S", "return_url": "http://127.0.0.1/"}',
        b'{"reference": "\\ud800", "subject": "S", "return_url": "http://127.0.0.1/"}',
        b'{"x":' + b"[" * 10_000,
        b'{"x":' + b"[" * 7_000 + b"]" * 7_000 + b"}",
        b" " * 20_000,
    ],
)
def test_an_order_that_cannot_be_read_gets_4xx(server: httpx.Client, body: bytes) -> None:
    answer = server.post("/checks", content=body, headers={"Content-Type": "application/json"})

    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("form", [b"", b"scan=maybe", b"scan=match&scan=no_match", b"\xff=\xff", b"a=1&" * 2000, b"{}"])
def test_a_press_that_cannot_be_read_gets_4xx_and_decides_nothing(
    provider: IdentityProviderClient, browser: httpx.Client, form: bytes
) -> None:
    check = provider.begin("R-1", BACK)

    answer = browser.post(check.url, content=form, headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert 400 <= answer.status_code < 500
    assert provider.result(check.check_id) is IdentityOutcome.PENDING


def test_unknown_checks_are_pages_for_people_and_404_for_servers(
    provider: IdentityProviderClient, browser: httpx.Client
) -> None:
    assert "tidak ditemukan" in browser.get("/checks/nope").text
    assert browser.post("/checks/nope", data={"scan": "match"}).status_code == 404
    with pytest.raises(IdentityCheckOver):
        provider.result("nope")
    with pytest.raises(IdentityCheckOver):
        provider.result("../../x?y=#z")


@pytest.mark.parametrize("token", ["x", "wrong", f"{TOKEN}x"])
def test_only_the_server_with_the_token_opens_and_asks(url: str, server: httpx.Client, token: str) -> None:
    check_id = asked(server).json()["check_id"]
    headers = {"Authorization": f"Bearer {token}"}

    assert server.post("/checks", json={}, headers=headers).status_code == 401
    assert server.get(f"/checks/{check_id}/result", headers=headers).status_code == 401
    with IdentityProviderClient(url, token) as stranger, pytest.raises(IdentityUnavailable):
        stranger.begin("R-1", BACK)


def test_a_provider_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with IdentityProviderClient(f"http://127.0.0.1:{port}", TOKEN, timeout_seconds=1) as client:
        with pytest.raises(IdentityUnavailable):
            client.begin("R-1", BACK)
        with pytest.raises(IdentityUnavailable):
            client.result("C")


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b'{"check_id": "", "url": "http://x/"}', b'{"check_id": "C", "url": "javascript:x"}', b" " * 99_999],
)
def test_an_answer_that_cannot_be_read_is_no_answer(body: bytes) -> None:
    async def odd(_scope: object, _receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 201, "headers": []})  # type: ignore[operator]  # plain ASGI
        await send({"type": "http.response.body", "body": body})  # type: ignore[operator]  # plain ASGI

    with serving(odd) as url, IdentityProviderClient(url, TOKEN) as client, pytest.raises(IdentityUnavailable):
        client.begin("R-1", BACK)
