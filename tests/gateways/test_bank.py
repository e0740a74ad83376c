"""Paying through the bank over real HTTP: once, whatever breaks on the way."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from prakarsa.disbursement.model import LineOutcome, PayoutBatch, PayoutFailure
from prakarsa.disbursement.refusals import BadBankFile, BankRefusedFile, BankUnavailable
from prakarsa.gateways.bank import BankClient, answer_for
from prakarsa.gateways.iso20022 import (
    Message,
    StatusLine,
    StatusReport,
    credit_transfer_xml,
    read_status_report,
    validate,
)
from prakarsa.gateways.simulators.bank import ENDINGS, bank_app
from tests.gateways.loopback import Stage, caller, serving
from tests.gateways.payouts import a_batch, a_line

TOKEN = "bank-token"
XML = {"Content-Type": "application/xml"}


class Breaking:
    """A bank whose line breaks: it takes the file, then says nothing, nonsense or an error instead of its answer."""

    def __init__(self, bank: Any, after_sending: str, *, also_asking: bool = False) -> None:
        self._bank, self._after_sending, self._also_asking = bank, after_sending, also_asking

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "GET" and not self._also_asking:
            await self._bank(scope, receive, send)
            return
        if scope["method"] == "POST":
            await self._bank(scope, receive, _unheard)
        if self._after_sending == "silence":
            await asyncio.sleep(2)
        status = 500 if self._after_sending == "error" else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"<html>gateway</html>"})


async def _unheard(_: Any) -> None:
    """The bank speaks and nobody hears it."""


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with serving(stage) as url:
        yield stage, url


@pytest.fixture
def bank_url(stage: tuple[Stage, str]) -> str:
    """A bank with empty books."""
    stage[0].inside = bank_app(TOKEN)
    return stage[1]


@pytest.fixture(scope="module")
def clients(stage: tuple[Stage, str]) -> Iterator[tuple[BankClient, httpx.Client]]:
    with BankClient(stage[1], TOKEN, timeout_seconds=5) as bank, caller(stage[1], TOKEN) as raw:
        yield bank, raw


@pytest.fixture
def bank(bank_url: str, clients: tuple[BankClient, httpx.Client]) -> BankClient:
    return clients[0]


@pytest.fixture
def raw(bank_url: str, clients: tuple[BankClient, httpx.Client]) -> httpx.Client:
    return clients[1]


def statement(raw: httpx.Client) -> tuple[int, int]:
    body = raw.get("/statement").json()
    return body["paid_count"], body["paid_total_idr"]


def test_payments_are_made_and_the_statement_says_so(bank: BankClient, raw: httpx.Client) -> None:
    answer = bank.pay(a_batch(a_line("A"), a_line("B", amount_idr=50_000, provider="OVO")))

    assert answer.outcomes == (LineOutcome("A", True, None), LineOutcome("B", True, None))
    assert statement(raw) == (2, 650_000)


@pytest.mark.parametrize(("ending", "failure"), ENDINGS.items(), ids=ENDINGS.values())
def test_each_magic_account_fails_for_its_cause_and_its_neighbour_is_paid(
    bank: BankClient, raw: httpx.Client, ending: str, failure: PayoutFailure
) -> None:
    answer = bank.pay(a_batch(a_line("A", account_number=f"800012{ending}"), a_line("B")))

    assert answer.outcomes == (LineOutcome("A", False, failure), LineOutcome("B", True, None))
    assert statement(raw) == (1, 600_000)


def test_every_failure_can_be_provoked() -> None:
    assert set(ENDINGS.values()) == set(PayoutFailure)


def test_a_providers_fault_passes_with_the_next_file(bank: BankClient, raw: httpx.Client) -> None:
    line = a_line("A", account_number="8000120099")

    assert bank.pay(a_batch(line, message_id="M1")).outcomes[0].failure is PayoutFailure.PROVIDER_FAULT
    assert bank.pay(a_batch(line, message_id="M1")).outcomes[0].failure is PayoutFailure.PROVIDER_FAULT
    assert bank.pay(a_batch(line, message_id="M2")).outcomes[0].paid
    assert statement(raw) == (1, 600_000)


def test_a_failed_payment_is_paid_once_the_account_is_changed(bank: BankClient) -> None:
    assert not bank.pay(a_batch(a_line("A", account_number="8000120004"), message_id="M1")).outcomes[0].paid
    assert bank.pay(a_batch(a_line("A", account_number="8000123456"), message_id="M2")).outcomes[0].paid


def test_the_same_file_again_moves_nothing_and_answers_the_same(bank: BankClient, raw: httpx.Client) -> None:
    batch = a_batch(a_line("A"), a_line("B", account_number="8000120004"))

    assert bank.pay(batch) == bank.pay(batch)
    assert statement(raw) == (1, 600_000)


def test_another_file_under_a_used_message_id_is_refused(bank: BankClient, raw: httpx.Client) -> None:
    bank.pay(a_batch(a_line("A"), message_id="M1"))

    with pytest.raises(BankRefusedFile) as refusal:
        bank.pay(a_batch(a_line("B"), message_id="M1"))
    assert refusal.value.status == 409
    assert statement(raw) == (1, 600_000)


def test_the_same_instruction_in_another_file_is_paid_once(bank: BankClient, raw: httpx.Client) -> None:
    bank.pay(a_batch(a_line("A"), message_id="M1"))
    answer = bank.pay(a_batch(a_line("A"), a_line("B"), message_id="M2"))

    assert [outcome.paid for outcome in answer.outcomes] == [True, True]
    assert statement(raw) == (2, 1_200_000)


def test_a_paid_instruction_with_another_amount_refuses_the_whole_file(bank: BankClient, raw: httpx.Client) -> None:
    bank.pay(a_batch(a_line("A"), message_id="M1"))

    with pytest.raises(BankRefusedFile):
        bank.pay(a_batch(a_line("B"), a_line("A", amount_idr=1), message_id="M2"))
    assert statement(raw) == (1, 600_000)


def test_the_stored_answer_can_be_asked_for(bank: BankClient, raw: httpx.Client) -> None:
    bank.pay(a_batch(message_id="M/1 ä".replace("/", "-")))

    answer = raw.get("/payments/M-1%20%C3%A4")
    validate(answer.content, Message.STATUS_REPORT)
    assert read_status_report(answer.content).original_message_id == "M-1 ä"
    assert raw.get("/payments/unknown").status_code == 404


@pytest.mark.parametrize("breakage", ["silence", "error", "nonsense"])
def test_when_the_line_breaks_after_sending_the_stored_answer_is_fetched(breakage: str) -> None:
    app = bank_app(TOKEN)
    with (
        serving(Breaking(app, breakage)) as broken_url,
        BankClient(broken_url, TOKEN, timeout_seconds=0.5) as broken,
    ):
        assert broken.pay(a_batch()).outcomes == (LineOutcome("INS-1", True, None),)


@pytest.mark.parametrize("breakage", ["silence", "error", "nonsense"])
def test_when_nothing_can_be_learnt_the_bank_is_unavailable_and_asking_again_pays_once(breakage: str) -> None:
    app = bank_app(TOKEN)
    with (
        serving(Breaking(app, breakage, also_asking=True)) as broken_url,
        serving(app) as sound_url,
        BankClient(broken_url, TOKEN, timeout_seconds=0.5) as broken,
        BankClient(sound_url, TOKEN, timeout_seconds=5) as sound,
    ):
        with pytest.raises(BankUnavailable):
            broken.pay(a_batch())
        assert sound.pay(a_batch()).outcomes[0].paid
        with caller(sound_url, TOKEN) as raw:
            assert statement(raw) == (1, 600_000)


def test_a_bank_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with BankClient(f"http://127.0.0.1:{port}", TOKEN, timeout_seconds=1) as client, pytest.raises(BankUnavailable):
        client.pay(a_batch())


def test_a_wrong_token_leaves_open_whether_an_earlier_try_arrived(bank_url: str) -> None:
    with BankClient(bank_url, "wrong", timeout_seconds=5) as client, pytest.raises(BankUnavailable):
        client.pay(a_batch())


def test_a_batch_that_is_no_valid_file_never_leaves(bank: BankClient, raw: httpx.Client) -> None:
    with pytest.raises(BadBankFile):
        bank.pay(a_batch(a_line("I" * 36)))
    assert statement(raw) == (0, 0)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        pytest.param(b"", XML, 400, id="empty"),
        pytest.param(b"<a/>", XML, 400, id="another document"),
        pytest.param(b"\xff\xfe\x00", XML, 400, id="not text"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', XML, 400, id="entity"),
        pytest.param(credit_transfer_xml(a_batch(a_line("I" * 36))), XML, 400, id="invalid by the schema"),
        pytest.param(credit_transfer_xml(a_batch(a_line(amount_idr=0))), XML, 400, id="nothing to pay"),
        pytest.param(credit_transfer_xml(a_batch()), {"Content-Type": "application/json"}, 415, id="called JSON"),
        pytest.param(credit_transfer_xml(a_batch()), {}, 415, id="called nothing"),
    ],
)
def test_what_is_not_a_payment_file_gets_4xx_and_pays_nobody(
    raw: httpx.Client, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert raw.post("/payments", content=body, headers=headers).status_code == status
    assert statement(raw) == (0, 0)


@pytest.mark.parametrize("token", ["x", "wrong", f"{TOKEN}x", "ü"])
@pytest.mark.parametrize(("method", "path"), [("POST", "/payments"), ("GET", "/payments/M"), ("GET", "/statement")])
def test_nobody_without_the_token_is_served(raw: httpx.Client, token: str, method: str, path: str) -> None:
    headers = {b"Authorization": f"Bearer {token}".encode()}

    assert raw.request(method, path, headers=headers).status_code == 401


def test_the_statement_is_paged_and_shows_no_whole_account(bank: BankClient, raw: httpx.Client) -> None:
    bank.pay(a_batch(*(a_line(f"I{number}") for number in range(1001))))

    first = raw.get("/statement").json()
    last = raw.get("/statement", params={"after": first["next"]}).json()

    assert (len(first["payments"]), len(last["payments"]), last["next"]) == (1000, 1, None)
    assert last["payments"][0]["account"].endswith("3456")
    assert "8000" not in last["payments"][0]["account"]
    assert raw.get("/statement", params={"after": "-1"}).status_code == 400


def a_report(
    batch: PayoutBatch, group_status: str | None, *lines: StatusLine, reason: str | None = None
) -> StatusReport:
    return StatusReport("R", datetime(2020, 9, 20, tzinfo=UTC), batch.message_id, group_status, reason, lines)


BATCH = a_batch(a_line("A"), a_line("B"))
PAID_A, PAID_B = LineOutcome("A", True, None), LineOutcome("B", True, None)


@pytest.mark.parametrize(
    ("report", "outcomes"),
    [
        pytest.param(a_report(BATCH, "ACSC"), (PAID_A, PAID_B), id="all paid in one word"),
        pytest.param(a_report(BATCH, "RCVD"), (), id="only received"),
        pytest.param(a_report(BATCH, None), (), id="nothing said"),
        pytest.param(
            a_report(BATCH, "PART", StatusLine("A", "ACSC"), StatusLine("B", "PDNG")), (PAID_A,), id="one waits"
        ),
        pytest.param(
            a_report(BATCH, "ACSC", StatusLine("B", "RJCT", "AC04")),
            (PAID_A, LineOutcome("B", False, PayoutFailure.ACCOUNT_CLOSED)),
            id="all but one",
        ),
        pytest.param(
            a_report(BATCH, "RJCT", reason="AM04"),
            (
                LineOutcome("A", False, PayoutFailure.PROVIDER_FAULT),
                LineOutcome("B", False, PayoutFailure.PROVIDER_FAULT),
            ),
            id="all declined",
        ),
    ],
)
def test_what_the_report_decides(report: StatusReport, outcomes: tuple[LineOutcome, ...]) -> None:
    assert answer_for(BATCH, report).outcomes == outcomes


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(a_report(a_batch(message_id="OTHER"), "ACSC"), id="another file"),
        pytest.param(a_report(BATCH, "ACSC", StatusLine("C", "ACSC")), id="a payment we did not send"),
    ],
)
def test_a_report_about_other_payments_decides_nothing(report: StatusReport) -> None:
    with pytest.raises(BadBankFile):
        answer_for(BATCH, report)
