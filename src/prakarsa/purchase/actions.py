"""Verbs of the purchase room: `wishing` and `authorizing` hold the two steps of buying, here is the rest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from prakarsa.card import actions as card
from prakarsa.catalogue import actions as catalogue
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.partner.model import Partner
from prakarsa.people import actions as people
from prakarsa.purchase import messages, payment_refusals, rules, store
from prakarsa.purchase.authorizing import authorize, receipt
from prakarsa.purchase.clocks import clock_of, clocks_of, revoke_overdue
from prakarsa.purchase.explaining import explain, explain_to_platform, keeps_from_buying, quota
from prakarsa.purchase.model import Purchase, Receipt, RefusedAttempt, VoidOrder
from prakarsa.purchase.offers import offer_checks, offer_page, purchasable
from prakarsa.purchase.wishing import send_otp

__all__ = [
    "authorize",
    "by_redeem_code",
    "clock_of",
    "clocks_of",
    "complete",
    "explain",
    "explain_to_platform",
    "keeps_from_buying",
    "mark_rated",
    "mark_redeemed",
    "my_purchases",
    "offer_checks",
    "offer_page",
    "purchasable",
    "purchase",
    "quota",
    "refused_attempts",
    "revoke_overdue",
    "send_otp",
    "status",
    "void",
]


def void(tx: Tx, orders: Sequence[VoidOrder], *, now: datetime) -> list[Receipt | Refusal]:
    """Cancel purchases: balance, seat and clock go back to what they were, exactly once each.

    Only the platform that sold may cancel, and only before the redeem code was used. Source: partner-api 2.5, gap 15.
    """
    found = store.by_transaction(tx, [order.transaction_code for order in orders])
    card.lock(tx, [purchase.card_id for purchase in found.values()])
    found = store.by_transaction(tx, list(found))  # read again under the lock
    answers: list[Receipt | Refusal] = []
    undone: dict[int, Purchase] = {}
    for order in orders:
        purchase = found.get(order.transaction_code)
        refusal = _why_not_void(order, purchase, undone, now)
        if refusal is not None or purchase is None:
            answers.append(refusal or payment_refusals.TransactionUnknown(order.transaction_code))
            continue
        undone[purchase.purchase_id] = purchase
        answers.append(receipt(purchase))
    if undone:
        _undo(tx, list(undone.values()), now)
    return answers


def status(tx: Tx, platform: Partner, invoice_code: str) -> Receipt:
    """The purchase of a platform's invoice as it stands now. Raises InvoiceUnknown. Source: partner-api 2.4."""
    found = store.by_invoice(tx, [(platform.partner_id, invoice_code)])
    if not found:
        raise payment_refusals.InvoiceUnknown(invoice_code)
    return receipt(next(iter(found.values())))


def my_purchases(tx: Tx, person_id: int) -> list[Purchase]:
    """A person's purchases, newest first."""
    return store.of_person(tx, person_id)


def refused_attempts(tx: Tx, person_id: int, *, limit: int = 50) -> list[RefusedAttempt]:
    """What a person was told no about, newest first."""
    return store.refused_attempts(tx, person_id, limit)


def purchase(tx: Tx, purchase_id: int) -> Purchase | None:
    """One purchase."""
    found = store.by_ids(tx, [purchase_id])
    return found[0] if found else None


def by_redeem_code(tx: Tx, redeem_code: str) -> Purchase | None:
    """The purchase a redeem code belongs to."""
    return store.by_redeem_code(tx, redeem_code)


def mark_redeemed(tx: Tx, purchase_id: int, *, now: datetime) -> bool:
    """The person took part for the first time: from now on it cannot be cancelled. False when it was cancelled."""
    return store.mark_redeemed(tx, purchase_id, now)


def mark_rated(tx: Tx, purchase_id: int, *, now: datetime) -> bool:
    """The person rated the completed course. False when it was rated before or is not completed."""
    return store.mark_rated(tx, purchase_id, now)


def complete(tx: Tx, purchase_ids: Sequence[int], *, now: datetime) -> list[Purchase]:
    """Courses were completed: the fee leaves escrow, the platform's commission and the institution's share are earned.

    Each purchase completes once; which did is returned. Source: programme-rules 15 failure 7 (paid only against
    completion); Permenko 11/2020 art. 40 (commission).
    """
    fresh = set(store.mark_completed(tx, purchase_ids, now))
    done = [purchase for purchase in store.by_ids(tx, purchase_ids) if purchase.purchase_id in fresh]
    escrow = ledger.accounts(tx, AccountKind.COURSE_ESCROW, (p.institution_code for p in done))
    partners = ledger.accounts(
        tx, AccountKind.PARTNER, (code for p in done for code in (p.institution_code, p.platform_code))
    )
    ledger.post(tx, [t for p in done for t in _earnings(p, escrow, partners)], now=now)
    journal.record(
        tx,
        [
            Event("purchase.completed", f"purchase/{p.transaction_code}", p.person_id, {"course_title": p.course_title})
            for p in done
        ],
        now=now,
    )
    return done


def _why_not_void(order: VoidOrder, purchase: Purchase | None, undone: Iterable[int], now: datetime) -> Refusal | None:
    if purchase is None or purchase.platform_id != order.platform.partner_id:
        return payment_refusals.TransactionUnknown(order.transaction_code)
    if purchase.invoice_code != order.invoice_code:
        return payment_refusals.InvoiceMismatch(order.invoice_code, order.transaction_code)
    if purchase.voided_at is not None or purchase.purchase_id in undone:
        return payment_refusals.VoidedAlready(purchase.voided_at or now)
    begun_at = purchase.redeemed_at or purchase.completed_at
    return payment_refusals.RedeemedAlready(begun_at) if begun_at is not None else None


def _undo(tx: Tx, purchases: Sequence[Purchase], now: datetime) -> None:
    store.mark_voided(tx, [purchase.purchase_id for purchase in purchases], now)
    seats: dict[int, int] = {}
    for purchase in purchases:
        seats[purchase.schedule_id] = seats.get(purchase.schedule_id, 0) + 1
    catalogue.give_back_seats(tx, seats)
    escrow = ledger.accounts(tx, AccountKind.COURSE_ESCROW, (p.institution_code for p in purchases))
    ledger.post(
        tx,
        [
            Transfer(
                "void",
                f"purchase/{purchase.transaction_code}",
                escrow[purchase.institution_code],
                purchase.account_id,
                purchase.amount_idr,
            )
            for purchase in purchases
            if purchase.amount_idr
        ],
        now=now,
    )
    journal.record(
        tx,
        [
            Event("purchase.voided", f"purchase/{p.transaction_code}", p.person_id, {"course_title": p.course_title})
            for p in purchases
        ],
        now=now,
    )
    contacts = people.contacts(tx, [purchase.person_id for purchase in purchases])
    journal.tell(
        tx,
        [
            Message(
                p.person_id,
                "email",
                messages.VOIDED,
                contacts[p.person_id].email,
                contacts[p.person_id].language,
                {
                    "name": contacts[p.person_id].name,
                    "course_title": p.course_title,
                    "amount_idr": p.amount_idr,
                },
            )
            for p in purchases
        ],
        now=now,
    )


def _earnings(purchase: Purchase, escrow: Mapping[str, int], partners: Mapping[str, int]) -> list[Transfer]:
    commission_idr = rules.commission_idr(purchase.amount_idr, purchase.commission_percent)
    reference = f"purchase/{purchase.transaction_code}"
    shares = (
        ("course_fee", purchase.institution_code, purchase.amount_idr - commission_idr),
        ("commission", purchase.platform_code, commission_idr),
    )
    return [
        Transfer(reason, reference, escrow[purchase.institution_code], partners[code], amount_idr)
        for reason, code, amount_idr in shares
        if amount_idr
    ]
