"""Batches the bank tests bend one field of."""

from datetime import UTC, datetime
from typing import Any

from prakarsa.disbursement.model import PayoutBatch, PayoutLine


def a_line(instruction_id: str = "INS-1", **bent: Any) -> PayoutLine:
    usual: dict[str, Any] = {
        "amount_idr": 600_000,
        "provider": "BNI",
        "account_number": "8000123456",
        "holder_name": "Siti Rahayu",
        "purpose": "Insentif 1",
    }
    return PayoutLine(instruction_id, **(usual | bent))


def a_batch(*lines: PayoutLine, message_id: str = "BATCH-1", **bent: Any) -> PayoutBatch:
    usual: dict[str, Any] = {
        "created_at": datetime(2020, 9, 20, 3, 0, tzinfo=UTC),
        "debtor_name": "Manajemen Pelaksana",
        "debtor_account": "0000000001",
    }
    return PayoutBatch(message_id, lines=lines or (a_line(),), **(usual | bent))
