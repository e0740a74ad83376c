"""Speaking to the bank: payment files over HTTP, and certainty about what became of them."""

from types import TracebackType
from typing import Self
from urllib.parse import quote

import httpx

from prakarsa.disbursement.model import BatchAnswer, LineOutcome, PayoutBatch, PayoutFailure
from prakarsa.disbursement.refusals import BadBankFile, BankRefusedFile, BankUnavailable
from prakarsa.gateways.iso20022 import (
    MAX_BYTES,
    Message,
    StatusReport,
    credit_transfer_xml,
    read_status_report,
    validate,
)

_PAID = {"ACCC", "ACSC"}  # the money is on the person's account, or has left ours for good
_NOT_PAID = {"RJCT", "CANC"}
_TAKEN = {200, 202}
_DECLINED = {400, 409, 413, 415, 422}  # a verdict on the file; any other status leaves open whether the bank has it


class BankClient:
    """A bank that takes pain.001 files at `POST {base_url}/payments` and answers with pain.002.

    Implements `disbursement.model.Bank`. May be used from several threads; close it after use.
    `timeout_seconds` bounds every single wait for the bank, not the whole exchange.
    """

    def __init__(self, base_url: str, token: str, *, timeout_seconds: float) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/xml", "Accept-Encoding": "identity"},
            timeout=timeout_seconds,
            mounts={"all://127.0.0.1": None, "all://localhost": None},  # a proxy is no way to this machine
        )

    def pay(self, batch: PayoutBatch) -> BatchAnswer:
        """Have the batch paid, as `Bank.pay` promises.

        The file is checked against the official schema before it leaves. When the connection breaks after sending,
        or the answer cannot be read, the bank is asked for its stored answer before it is called unavailable.
        """
        file = credit_transfer_xml(batch)
        validate(file, Message.CREDIT_TRANSFER)
        try:
            status, body = self._exchange("POST", "/payments", file)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise BankUnavailable(batch.message_id, "no connection") from error
        except httpx.HTTPError:
            return self._stored_answer(batch)
        if status in _TAKEN:
            try:
                return answer_for(batch, read_status_report(body))
            except BadBankFile:
                return self._stored_answer(batch)
        if status in _DECLINED:
            raise BankRefusedFile(batch.message_id, status)
        return self._stored_answer(batch)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _stored_answer(self, batch: PayoutBatch) -> BatchAnswer:
        """What the bank holds for the file; by now it is unsure whether the file arrived."""
        try:
            status, body = self._exchange("GET", f"/payments/{quote(batch.message_id, safe='')}")
            if status != 200:
                raise BankUnavailable(batch.message_id, f"HTTP {status}")
            return answer_for(batch, read_status_report(body))
        except httpx.HTTPError as error:
            raise BankUnavailable(batch.message_id, "no answer") from error
        except BadBankFile as error:
            raise BankUnavailable(batch.message_id, "its answer cannot be read") from error

    def _exchange(self, method: str, path: str, file: bytes | None = None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/xml"} if file is not None else {}
        with self._http.stream(method, path, content=file, headers=headers) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MAX_BYTES:
                    raise BadBankFile(Message.STATUS_REPORT, f"it is larger than {MAX_BYTES} bytes")
            return response.status_code, bytes(body)


def answer_for(batch: PayoutBatch, report: StatusReport) -> BatchAnswer:
    """What the report decides about the batch; a payment that is only received or pending gets no outcome.

    A payment without a word of its own shares the fate of the file. Raises BadBankFile when the report is about
    another file or about payments that were not in this one.
    """
    spoken = {line.instruction_id: line for line in report.lines}
    asked = [line.instruction_id for line in batch.lines]
    if report.original_message_id != batch.message_id or not spoken.keys() <= set(asked):
        raise BadBankFile(Message.STATUS_REPORT, "it is about other payments")
    outcomes = []
    for instruction_id in asked:
        line = spoken.get(instruction_id)
        status = line.status if line else report.group_status
        if status in _PAID:
            outcomes.append(LineOutcome(instruction_id, paid=True, failure=None))
        elif status in _NOT_PAID:
            reason = (line.reason if line else None) or report.group_reason
            outcomes.append(LineOutcome(instruction_id, paid=False, failure=PayoutFailure.from_iso(reason)))
    return BatchAnswer(batch.message_id, tuple(outcomes))
