"""A bank of our own making: takes pain.001 files over HTTP, decides every payment, answers with pain.002.

It moves no money and keeps its books in memory, so they are gone when its process ends. What becomes of a payment is
decided by the last four digits of the creditor's account number, see `ENDINGS`; every other account is paid.

`POST /payments`            a pain.001.001.09 file → 200 and pain.002.001.12. The same file again: the same answer.
                            400 unreadable or invalid; 409 another file under a used MsgId, or an EndToEndId that was
                            paid before with another amount or account; 413 too large; 415 not XML.
`GET /payments/{MsgId}`     the stored answer, or 404.
`GET /statement?after=N`    JSON: how much and how many were paid in all, and up to 1,000 of them from place N on.

All need the bearer token.
"""

import hashlib
from dataclasses import dataclass
from threading import Lock
from typing import Annotated

from litestar import Litestar, MediaType, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException, NotFoundException
from litestar.params import FromPath, HeaderParameter, QueryParameter, RawBody

from prakarsa.disbursement.model import PayoutBatch, PayoutFailure, PayoutLine
from prakarsa.disbursement.refusals import BadBankFile
from prakarsa.gateways.iso20022 import (
    MAX_BYTES,
    StatusLine,
    StatusReport,
    read_credit_transfer,
    status_report_xml,
)
from prakarsa.gateways.simulators.bearer import bearer_guard
from prakarsa.kernel.clock import Clock, SystemClock
from prakarsa.kernel.ids import mask

ENDINGS = {
    "0001": PayoutFailure.NOT_LINKED,
    "0002": PayoutFailure.NIK_MISMATCH,
    "0003": PayoutFailure.NIK_UNKNOWN,
    "0004": PayoutFailure.ACCOUNT_CLOSED,
    "0005": PayoutFailure.PHONE_CHANGED,
    "0006": PayoutFailure.ACCOUNT_INACTIVE,
    "0007": PayoutFailure.WALLET_NOT_UPGRADED,
    "0008": PayoutFailure.MONTHLY_LIMIT_EXCEEDED,
    "0009": PayoutFailure.BALANCE_LIMIT_FULL,
    "0010": PayoutFailure.ACCOUNT_UNKNOWN,
    # fails in the first file that names the account, is paid in every later one
    "0099": PayoutFailure.PROVIDER_FAULT,
}
PAGE = 1000
CREDITED, REJECTED, ALL_DONE, PARTLY = "ACCC", "RJCT", "ACSC", "PART"


class ReusedError(Exception):
    """An id the bank has seen came again with other content; the text says which."""


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment that moved money."""

    line: PayoutLine
    message_id: str
    paid_at: str


class SimulatedBank:
    """The bank's memory and its decisions. Safe to call from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._answers: dict[str, tuple[bytes, bytes]] = {}  # by MsgId: digest of the file, answer
        self._paid: dict[str, Paid] = {}  # by EndToEndId
        self._payments: list[Paid] = []  # in the order of payment
        self._paid_total_idr = 0
        self._faulted_in: dict[tuple[str, str], str] = {}  # provider and account: the MsgId that met the fault

    def receive(self, xml: bytes) -> bytes:
        """Decide the file once. Raises BadBankFile and ReusedError; then nothing is paid."""
        batch = read_credit_transfer(xml)
        digest = hashlib.sha256(xml).digest()
        with self._lock:
            if earlier := self._answers.get(batch.message_id):
                if earlier[0] != digest:
                    raise ReusedError("Another file was sent under this MsgId")
                return earlier[1]
            if any(self._paid_otherwise(line) for line in batch.lines):
                raise ReusedError("An EndToEndId was paid before with another amount or account")
            answer = self._decide(batch)
            self._answers[batch.message_id] = (digest, answer)
            return answer

    def answer(self, message_id: str) -> bytes | None:
        """The answer given to a file."""
        with self._lock:
            found = self._answers.get(message_id)
        return found[1] if found else None

    def statement(self, after: int) -> dict[str, object]:
        """What was paid in all, and a page of single payments."""
        with self._lock:
            page, count, total_idr = self._payments[after : after + PAGE], len(self._payments), self._paid_total_idr
        return {
            "paid_total_idr": total_idr,
            "paid_count": count,
            "payments": [_shown(paid) for paid in page],
            "next": after + PAGE if after + PAGE < count else None,
        }

    def _paid_otherwise(self, line: PayoutLine) -> bool:
        paid = self._paid.get(line.instruction_id)
        return paid is not None and _what(paid.line) != _what(line)

    def _decide(self, batch: PayoutBatch) -> bytes:
        now = self._clock.now()
        lines = []
        for line in batch.lines:
            failure = self._failure(line, batch.message_id)
            if failure is None and line.instruction_id not in self._paid:
                self._book(Paid(line, batch.message_id, now.isoformat()))
            lines.append(
                StatusLine(line.instruction_id, REJECTED, failure.iso_reason)
                if failure
                else StatusLine(line.instruction_id, CREDITED)
            )
        statuses = {line.status for line in lines}
        group_status = PARTLY if len(statuses) > 1 else ALL_DONE if CREDITED in statuses else REJECTED
        report_id = hashlib.sha256(batch.message_id.encode()).hexdigest()[:32]
        return status_report_xml(StatusReport(report_id, now, batch.message_id, group_status, None, tuple(lines)))

    def _book(self, paid: Paid) -> None:
        self._paid[paid.line.instruction_id] = paid
        self._payments.append(paid)
        self._paid_total_idr += paid.line.amount_idr

    def _failure(self, line: PayoutLine, message_id: str) -> PayoutFailure | None:
        if line.instruction_id in self._paid:
            return None
        failure = ENDINGS.get(line.account_number[-4:])
        if failure is PayoutFailure.PROVIDER_FAULT:
            met_in = self._faulted_in.setdefault((line.provider, line.account_number), message_id)
            return failure if met_in == message_id else None
        return failure


def bank_app(token: str, *, clock: Clock | None = None) -> Litestar:
    """The bank as a web application with an empty memory. `clock` dates its answers; real time by default."""
    return Litestar(
        route_handlers=[take_file, give_answer, give_statement],
        guards=[bearer_guard(token)],
        state=State({"bank": SimulatedBank(clock or SystemClock())}),
        request_max_body_size=MAX_BYTES,
        openapi_config=None,
        logging_config=None,
    )


@post("/payments", media_type=MediaType.XML, status_code=200, sync_to_thread=True)
def take_file(
    state: State, body: RawBody, content_type: Annotated[str, HeaderParameter(name="content-type")] = ""
) -> Response[bytes]:
    """Take a payment file and say what became of every payment."""
    if content_type.partition(";")[0].strip().lower() not in {"application/xml", "text/xml"}:
        raise HTTPException("Send the file as application/xml", status_code=415)
    bank: SimulatedBank = state.bank
    try:
        answer = bank.receive(body)
    except BadBankFile as error:
        raise ClientException(error.problem) from error
    except ReusedError as error:
        raise HTTPException(str(error), status_code=409) from error
    return Response(answer, media_type="application/xml")


@get("/payments/{message_id:str}", media_type=MediaType.XML, sync_to_thread=False)
def give_answer(state: State, message_id: FromPath[str]) -> Response[bytes]:
    """The stored answer to a file."""
    bank: SimulatedBank = state.bank
    answer = bank.answer(message_id)
    if answer is None:
        raise NotFoundException("No file of this MsgId was received")
    return Response(answer, media_type="application/xml")


@get("/statement", sync_to_thread=False)
def give_statement(state: State, after: Annotated[int, QueryParameter(ge=0)] = 0) -> dict[str, object]:
    """What was paid, for reconciliation."""
    bank: SimulatedBank = state.bank
    return bank.statement(after)


def _what(line: PayoutLine) -> tuple[int, str, str]:
    return line.amount_idr, line.provider, line.account_number


def _shown(paid: Paid) -> dict[str, object]:
    return {
        "instruction_id": paid.line.instruction_id,
        "amount_idr": paid.line.amount_idr,
        "provider": paid.line.provider,
        "account": mask(paid.line.account_number),
        "message_id": paid.message_id,
        "paid_at": paid.paid_at,
    }
