"""Step one of buying: check the wish, send the person a one-time code, give the platform a token."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from prakarsa.card import actions as card
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel.db import Tx
from prakarsa.kernel.keyring import token_digest
from prakarsa.kernel.refusal import Refusal
from prakarsa.people import actions as people
from prakarsa.people.model import Contact
from prakarsa.purchase import messages, payment_refusals, rules, store
from prakarsa.purchase.cases import Answered, cases_for, keep_refused
from prakarsa.purchase.model import Ask, OtpOrder, PaymentToken

CODES_PER_HOUR = 30
"""How many one-time codes one card may ask for: with three tries each, guessing stays below one in ten thousand."""

OTP_PURPOSE = "purchase.otp"
_TOKEN_BYTES = 24


def send_otp(tx: Tx, orders: Sequence[OtpOrder], *, now: datetime) -> list[PaymentToken | Refusal]:
    """Check each wish to buy and send the person a one-time code; the platform gets a payment token.

    Nothing is reserved. Each answer stands for itself: a token, or the first refusal in the order of the rules. A probe
    gets a token like everybody, any number of times; its code is sent to nobody, and paying with it is refused.
    Source: partner-api 2.2; gap 4 (six digits, minutes and tries by policy).
    """
    asks = [
        Ask(
            card.number_index(tx, order.card_number),
            order.platform.partner_id,
            order.platform_user,
            order.course_code,
            order.schedule_code,
            order.amount_idr,
        )
        for order in orders
    ]
    cases = cases_for(tx, asks, now)
    card_ids = [case.seen.card_id for case in cases if case.seen.card_id is not None]
    recent = store.recent_intents(tx, card_ids, now - timedelta(hours=1))
    answers: list[PaymentToken | Refusal] = []
    granted: list[tuple[OtpOrder, rules.Case, str, PaymentToken]] = []
    refused: list[Answered] = []
    contacts = people.contacts(tx, [case.seen.person_id for case in cases if case.seen.person_id is not None])
    for order, case in zip(orders, cases, strict=True):
        refusal = rules.first_refusal_to_ask(case)
        asked_for = recent.get(case.seen.card_id or 0, 0)
        if refusal is None and asked_for >= CODES_PER_HOUR and not case.seen.is_probe:
            refusal = payment_refusals.TooManyCodes(3_600)
        if refusal is not None:
            refused.append(Answered(case.seen, order.platform.partner_id, refusal))
            answers.append(refusal)
            continue
        assert case.terms is not None
        assert case.seen.person_id is not None
        token = PaymentToken(
            secrets.token_urlsafe(_TOKEN_BYTES),
            now + timedelta(minutes=case.terms.otp_ttl_minutes),
            _masked(contacts[case.seen.person_id].phone),
        )
        granted.append((order, case, f"{secrets.randbelow(10**6):06d}", token))
        answers.append(token)
    if granted:
        _keep_intents(tx, granted, now)
        _send_codes(tx, granted, contacts, now)
    keep_refused(tx, refused, now)
    return answers


def _keep_intents(tx: Tx, granted: Sequence[tuple[OtpOrder, rules.Case, str, PaymentToken]], now: datetime) -> None:
    store.insert_intents(
        tx,
        [
            (
                case.seen.card_id or 0,
                token_digest(token.token),
                tx.keyring.digest(OTP_PURPOSE, token.token, otp),
                order.platform.partner_id,
                order.platform_user,
                case.seen.schedule_id or 0,
                order.amount_idr,
                token.expires_at,
            )
            for order, case, otp, token in granted
        ],
        now,
    )
    journal.record(
        tx,
        [
            Event(
                "purchase.code_sent",
                f"card/{case.seen.card_id}",
                case.seen.person_id,
                {"course_title": case.seen.course_title, "platform_code": order.platform.client_code},
            )
            for order, case, _, _ in granted
        ],
        now=now,
    )


def _send_codes(
    tx: Tx,
    granted: Sequence[tuple[OtpOrder, rules.Case, str, PaymentToken]],
    contacts: Mapping[int, Contact],
    now: datetime,
) -> None:
    journal.tell(
        tx,
        [
            Message(
                case.seen.person_id,
                "sms",
                messages.OTP,
                contacts[case.seen.person_id or 0].phone,
                contacts[case.seen.person_id or 0].language,
                {
                    "otp": otp,
                    "amount_idr": order.amount_idr,
                    "course_title": case.seen.course_title,
                    "platform_name": order.platform.name,
                    "expires_at": token.expires_at,
                },
                urgent=True,
            )
            for order, case, otp, token in granted
            if not case.seen.is_probe
        ],
        now=now,
    )


def _masked(phone: str) -> str:
    return f"{phone[:4]}••••{phone[-3:]}"
