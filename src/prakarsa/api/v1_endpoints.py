"""The addresses of v1 (partner-api 2.1 to 2.10 and one of ours): each reads a message, calls a verb, shows the end."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from prakarsa.api import v1_messages as v1
from prakarsa.api.refusals import PaymentTokenMissing, ScheduleNotNamed
from prakarsa.api.v1_codes import code_for
from prakarsa.attendance import actions as attendance
from prakarsa.attendance.model import RedeemStatus
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.kernel.words import LANGUAGES, partner_words, say
from prakarsa.partner.model import Partner, PartnerKind
from prakarsa.purchase import actions as purchase
from prakarsa.purchase.model import Authorization, Check, OtpOrder, Receipt, Verdict, VoidOrder

BOUGHT = msg("The course has been bought.")
CANCELLED = msg("The purchase has been cancelled.")
Sent = TypeVar("Sent", bound=Struct)


@dataclass(frozen=True, slots=True)
class Call(Generic[Sent]):
    """One verified request: who sent what, in which transaction, at which moment of the programme."""

    tx: Tx
    caller: Partner
    sent: Sent
    authorization: str
    base_url: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with something to know beside it: why what it shows cannot be acted on now."""

    data: dict[str, Any]
    beside: Refusal


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[Sent]):
    """An address, who may call it, what it reads, the verb behind it, and the sentence it answers with."""

    path: str
    caller: PartnerKind
    reads: type[Sent]
    act: Callable[[Call[Sent]], dict[str, Any] | Shown | Refusal | None]
    message: str = "OK"


def quota_schedule(call: Call[v1.QuotaSchedule]) -> dict[str, Any]:
    """P1: seats left of one schedule; why it cannot be sold here, where that is not a matter of seats or time."""
    sent = call.sent
    if not (sent.course_code and sent.schedule_code):
        raise ScheduleNotNamed
    seats = purchase.quota(call.tx, call.caller, sent.course_code, sent.schedule_code, now=call.now)
    return {"schedule_code": sent.schedule_code, "course_code": sent.course_code, "quota": seats}


def send_otp(call: Call[v1.SendOtp]) -> dict[str, Any] | Refusal:
    """P2: check a wish to buy and send the one-time code."""
    sent = call.sent
    order = OtpOrder(
        platform=call.caller,
        card_number=sent.prakerja_id,
        platform_user=sent.user_platform_id,
        course_code=sent.course_code,
        schedule_code=sent.schedule_code,
        amount_idr=sent.amount,
    )
    [token] = purchase.send_otp(call.tx, [order], now=call.now)
    if isinstance(token, Refusal):
        return token
    return {
        "payment_token": token.token,
        "expired_at": iso(token.expires_at),
        "phone_number": token.masked_phone,
    }


def explain(call: Call[v1.Explain]) -> dict[str, Any] | Refusal:
    """P6, ours: every condition of buying, without facts about the person. Nothing is reserved, nothing is sent."""
    sent = call.sent
    if sent.lang not in LANGUAGES:
        raise BadField("lang", msg("use id or en"))
    checks = purchase.explain_to_platform(
        call.tx,
        call.caller,
        sent.prakerja_id,
        sent.schedule_code,
        course_code=sent.course_code,
        amount_idr=sent.amount,
        platform_user=sent.user_platform_id or None,
        now=call.now,
    )
    if isinstance(checks, Refusal):
        return checks
    refused = any(check.refusal is not None for check in checks)
    return {
        "verdict": Verdict.REFUSED if refused else Verdict.PASS,
        "checks": [shown_check(check, sent.lang) for check in checks],
    }


def authorize(call: Call[v1.Authorize]) -> dict[str, Any] | Refusal:
    """P3: charge the card. The same invoice again gets the first answer."""
    sent = call.sent
    order = Authorization(
        platform=call.caller,
        token=payment_token(call.authorization),
        otp=sent.otp,
        invoice_code=sent.invoice_code,
        invoice_url=sent.invoice_url,
    )
    [receipt] = purchase.authorize(call.tx, [order], now=call.now)
    return receipt if isinstance(receipt, Refusal) else shown_receipt(receipt)


def payment_status(call: Call[v1.PaymentStatus]) -> dict[str, Any]:
    """P4: look a purchase of this platform up."""
    receipt = purchase.status(call.tx, call.caller, call.sent.invoice_code)
    return {"created_at": iso(receipt.purchased_at), **shown_receipt(receipt)}


def void(call: Call[v1.Void]) -> Refusal | None:
    """P5: take a purchase back."""
    order = VoidOrder(call.caller, call.sent.invoice_code, call.sent.transaction_code)
    [receipt] = purchase.void(call.tx, [order], now=call.now)
    return receipt if isinstance(receipt, Refusal) else None


def redeem_status(call: Call[v1.RedeemCode]) -> dict[str, Any] | Shown:
    """L1: where a redeem code and one meeting of it stand; during a hold on taking part, with the hold beside it."""
    sent = call.sent
    status = attendance.redeem_status(call.tx, call.caller, sent.redeem_code, sent.sequence, now=call.now)
    return Shown(shown_code(status), status.held) if status.held else shown_code(status)


def commit(call: Call[v1.RedeemCode]) -> dict[str, Any]:
    """L2: the old way to redeem, without an identity check."""
    return shown_code(attendance.commit(call.tx, call.caller, call.sent.redeem_code, now=call.now))


def url_generate(call: Call[v1.UrlGenerate]) -> dict[str, Any]:
    """L3: an address where the participant's identity is checked for one meeting."""
    sent = call.sent
    opened = attendance.open_verification(
        call.tx,
        call.caller,
        sent.redeem_code,
        sent.sequence,
        sent.email,
        sent.redirect_uri,
        call.base_url,
        now=call.now,
    )
    course = {"type": opened.course_type, "learning_method": opened.learning_method}
    return {"url": opened.url, "state": opened.state, "course": course}


def reset(call: Call[v1.RedeemCode]) -> dict[str, Any]:
    """L4: let a test code start over."""
    return shown_code(attendance.reset_test_code(call.tx, call.caller, call.sent.redeem_code, now=call.now))


def payment_token(authorization: str) -> str:
    """The token in `Payment <token>`. Raises PaymentTokenMissing."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "payment" or not token or " " in token:
        raise PaymentTokenMissing
    return token


def shown_receipt(receipt: Receipt) -> dict[str, Any]:
    """A purchase as P3 and P4 show it."""
    return {
        "invoice_code": receipt.invoice_code,
        "transaction_code": receipt.transaction_code,
        "amount": receipt.amount_idr,
        "status": receipt.status,
        "prakerja_name": receipt.person_name,
    }


def shown_check(check: Check, language: str) -> dict[str, Any]:
    """One condition of buying as P6 shows it: a refused one with its number and in words for partners."""
    shown = {"name": say(check.name, language), "verdict": check.verdict}
    if check.refusal is None:
        return shown
    words = partner_words(check.refusal, language)
    return shown | {
        "code": code_for(check.refusal),
        "refusal": check.refusal.code,
        "title": words.title,
        "next_step": words.next_step,
        "deadline": check.refusal.clock.value,
        "clock": words.clock,
    }


def shown_code(status: RedeemStatus) -> dict[str, Any]:
    """A redeem code as L1, L2 and L4 show it: the fourteen members of partner-api 2.6.2."""
    return {field.name: getattr(status, field.name) for field in fields(status) if field.name != "held"}


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC ending in Z, whole seconds (partner-api 1.9)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


PLATFORM, INSTITUTION = PartnerKind.PLATFORM, PartnerKind.INSTITUTION
BASE_PATH = "/api/v1/integration"
ENDPOINTS: tuple[Endpoint[Any], ...] = (
    Endpoint("/payment/quota-schedule", PLATFORM, v1.QuotaSchedule, quota_schedule),
    Endpoint("/payment/send-otp", PLATFORM, v1.SendOtp, send_otp),
    Endpoint("/payment/explain", PLATFORM, v1.Explain, explain),
    Endpoint("/payment/authorize", PLATFORM, v1.Authorize, authorize, BOUGHT),
    Endpoint("/payment/status", PLATFORM, v1.PaymentStatus, payment_status),
    Endpoint("/payment/void", PLATFORM, v1.Void, void, CANCELLED),
    Endpoint("/payment/redeem-code/status", INSTITUTION, v1.RedeemCode, redeem_status),
    Endpoint("/payment/redeem-code/commit", INSTITUTION, v1.RedeemCode, commit),
    Endpoint("/oauth/url-generate", INSTITUTION, v1.UrlGenerate, url_generate),
    Endpoint("/payment/redeem-code/reset", INSTITUTION, v1.RedeemCode, reset),
)
