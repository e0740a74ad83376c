"""Step two of buying: lock-read, decide, write, over a list of orders.

Orders that arrive together are committed together. Cards are locked first, then seat counters, then ledger accounts,
each in one fixed order, so no two batches can wait for each other.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from psycopg.errors import UniqueViolation

from prakarsa.card import actions as card
from prakarsa.catalogue import actions as catalogue
from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.keyring import same, token_digest
from prakarsa.kernel.refusal import Refusal
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.people import actions as people
from prakarsa.purchase import messages, payment_refusals, refusals, rules, store
from prakarsa.purchase.cases import Answered, cases_for, keep_refused
from prakarsa.purchase.model import Ask, Authorization, Intent, PaymentStatus, Purchase, Receipt, Sale, Situation
from prakarsa.purchase.wishing import OTP_PURPOSE


def authorize(tx: Tx, orders: Sequence[Authorization], *, now: datetime) -> list[Receipt | Refusal]:
    """Charge each card whose one-time code is right and whose course can be bought now.

    Acknowledged means paid: purchase, seat, transfer, redeem code, journal and messages are written together. The
    invoice is the idempotency key: asking again with the token it was paid with returns the first purchase as it
    stands now. One bad order never fails its neighbours. Source: partner-api 2.3; design, the hot path.
    """
    try:
        with tx.savepoint():
            return _authorize(tx, orders, now)
    except UniqueViolation as error:
        # two cards raced with one invoice code, or one platform account: the loser is told, the others go through
        if len(orders) > 1:
            return [answer for order in orders for answer in authorize(tx, [order], now=now)]
        return [_lost_race(orders[0], error)]


def _authorize(tx: Tx, orders: Sequence[Authorization], now: datetime) -> list[Receipt | Refusal]:
    digests = [token_digest(order.token) for order in orders]
    card.lock(tx, [intent.card_id for intent in store.intents(tx, digests).values()])
    wishes = store.intents(tx, digests)  # read again under the lock: tries may have been counted meanwhile
    store.lock_schedules(tx, [intent.schedule_code for intent in wishes.values()])
    by_invoice = store.by_invoice(tx, [(order.platform.partner_id, order.invoice_code) for order in orders])
    by_intent = store.by_intent(tx, list(wishes.values()))
    mine = [wishes.get(digest) for digest in digests]
    asked = [(i, wish) for i, wish in enumerate(mine) if wish is not None]
    cases = dict(zip((i for i, _ in asked), cases_for(tx, [_ask(wish) for _, wish in asked], now), strict=True))

    decisions = _Decisions(tx, now)
    for i, order in enumerate(orders):
        decisions.decide(order, mine[i], cases.get(i), by_invoice, by_intent)
    decisions.write()
    return decisions.answers


class _Decisions:
    """One batch being decided: answers in order, and what is to be written at the end."""

    def __init__(self, tx: Tx, now: datetime) -> None:
        self.answers: list[Receipt | Refusal] = []
        self._tx = tx
        self._now = now
        self._sold: dict[tuple[int, str], tuple[int, Receipt]] = {}
        self._sales: list[tuple[Sale, rules.Case]] = []
        self._seats_taken: Counter[int] = Counter()
        self._of_card: dict[int, list[Sale]] = defaultdict(list)
        self._of_account: dict[tuple[int, str], list[Sale]] = defaultdict(list)
        self._wrong: dict[int, list[Intent]] = {}
        self._refused: list[Answered] = []

    def decide(
        self,
        order: Authorization,
        wish: Intent | None,
        case: rules.Case | None,
        by_invoice: dict[tuple[int, str], Purchase],
        by_intent: dict[tuple[int, int], Purchase],
    ) -> None:
        """Answer one order, seeing what earlier orders of the batch have taken."""
        earlier = by_invoice.get((order.platform.partner_id, order.invoice_code))
        just_sold = self._sold.get((order.platform.partner_id, order.invoice_code))
        if wish is None or case is None or wish.platform_id != order.platform.partner_id:
            self.answers.append(payment_refusals.TokenUnknown())
        elif earlier is not None:
            own = (earlier.card_id, earlier.intent_id) == (wish.card_id, wish.intent_id)
            self.answers.append(receipt(earlier) if own else payment_refusals.InvoiceTaken(order.invoice_code))
        elif just_sold is not None:
            own = just_sold[0] == wish.intent_id
            self.answers.append(just_sold[1] if own else payment_refusals.InvoiceTaken(order.invoice_code))
        elif (wish.card_id, wish.intent_id) in by_intent or self._spent(wish):
            self.answers.append(payment_refusals.TokenSpent())
        elif (problem := self._code_problem(order, wish, case)) is not None:
            self.answers.append(problem)
        else:
            self._buy(order, wish, case)

    def write(self) -> None:
        """Write the whole batch."""
        for wrong in self._wrong.values():
            for wish in wrong:
                store.count_tries(self._tx, [wish])
        keep_refused(self._tx, self._refused, self._now)
        if self._sales:
            _write_sales(self._tx, self._sales, self._now)

    def _spent(self, wish: Intent) -> bool:
        return any(sale.intent_id == wish.intent_id and sale.card_id == wish.card_id for sale, _ in self._sales)

    def _code_problem(self, order: Authorization, wish: Intent, case: rules.Case) -> Refusal | None:
        assert case.terms is not None
        if self._now > wish.expires_at:
            return payment_refusals.OtpExpired(wish.expires_at)
        wrong = self._wrong.setdefault(wish.intent_id, [])
        tries_left = case.terms.otp_tries - wish.tries - len(wrong)
        if tries_left <= 0:
            return payment_refusals.OtpTriesUsedUp()
        if not same(self._tx.keyring.digest(OTP_PURPOSE, order.token, order.otp), wish.otp_digest):
            wrong.append(wish)
            return payment_refusals.OtpWrong(tries_left - 1)
        return None

    def _buy(self, order: Authorization, wish: Intent, case: rules.Case) -> None:
        case = replace(case, seen=self._after_neighbours(case))
        refusal = rules.first_refusal(case)
        if refusal is not None:
            self._refused.append(Answered(case.seen, order.platform.partner_id, refusal))
            self.answers.append(refusal)
            return
        sale = _sale(order, wish, case.seen)
        answer = Receipt(
            sale.invoice_code,
            sale.transaction_code,
            sale.amount_idr,
            PaymentStatus.SUCCESS,
            case.seen.person_name or "",
            self._now,
        )
        self._sales.append((sale, case))
        self._seats_taken[sale.schedule_id] += 1
        self._of_card[sale.card_id].append(sale)
        self._of_account[sale.platform_id, sale.platform_user].append(sale)
        self._sold[order.platform.partner_id, order.invoice_code] = (wish.intent_id, answer)
        self.answers.append(answer)

    def _after_neighbours(self, case: rules.Case) -> Situation:
        """What earlier sales of the batch left: seats by their number, the few of this card or account one by one."""
        seen, ask = case.seen, case.ask
        near = [*self._of_card.get(seen.card_id or 0, ())]
        account = self._of_account.get((ask.platform_id or 0, ask.platform_user or ""), ())
        near += [sale for sale in account if sale.card_id != seen.card_id]
        schedule_id = seen.schedule_id or 0
        others = self._seats_taken[schedule_id] - sum(sale.schedule_id == schedule_id for sale in near)
        if others and seen.seats_left is not None:
            seen = replace(seen, seats_left=seen.seats_left - others)
        for sale in near:
            seen = rules.after_sale(seen, ask, sale)
        return seen


def receipt(purchase: Purchase) -> Receipt:
    """What the platform may know of a purchase."""
    return Receipt(
        purchase.invoice_code,
        purchase.transaction_code,
        purchase.amount_idr,
        purchase.status,
        purchase.person_name,
        purchase.purchased_at,
    )


def _ask(wish: Intent) -> Ask:
    return Ask(
        wish.number_index,
        wish.platform_id,
        wish.platform_user,
        wish.course_code,
        wish.schedule_code,
        wish.amount_idr,
    )


def _sale(order: Authorization, wish: Intent, seen: Situation) -> Sale:
    assert seen.person_id is not None
    assert seen.account_id is not None
    assert seen.institution_id is not None
    assert seen.course_id is not None
    assert seen.schedule_id is not None
    return Sale(
        card_id=wish.card_id,
        person_id=seen.person_id,
        account_id=seen.account_id,
        intent_id=wish.intent_id,
        platform_id=wish.platform_id,
        platform_user=wish.platform_user,
        institution_id=seen.institution_id,
        institution_code=seen.institution_code or "",
        course_id=seen.course_id,
        course_title=seen.course_title or "",
        schedule_id=seen.schedule_id,
        invoice_code=order.invoice_code,
        invoice_url=order.invoice_url,
        transaction_code=random_code(16),
        redeem_code=random_code(12),
        amount_idr=wish.amount_idr,
    )


def _write_sales(tx: Tx, sold: Sequence[tuple[Sale, rules.Case]], now: datetime) -> None:
    sales = [sale for sale, _ in sold]
    store.insert_sales(tx, sales, now)
    seats: dict[int, int] = {}
    for sale in sales:
        seats[sale.schedule_id] = seats.get(sale.schedule_id, 0) + 1
    catalogue.take_seats(tx, seats)
    escrow = ledger.accounts(tx, AccountKind.COURSE_ESCROW, (sale.institution_code for sale in sales))
    ledger.post(
        tx,
        [
            Transfer(
                "purchase",
                f"purchase/{sale.transaction_code}",
                sale.account_id,
                escrow[sale.institution_code],
                sale.amount_idr,
            )
            for sale in sales
            if sale.amount_idr
        ],
        now=now,
    )
    journal.record(
        tx,
        [
            Event(
                "purchase.made",
                f"purchase/{sale.transaction_code}",
                sale.person_id,
                {"course_title": sale.course_title, "amount_idr": sale.amount_idr},
            )
            for sale in sales
        ],
        now=now,
    )
    contacts = people.contacts(tx, [sale.person_id for sale in sales])
    journal.tell(
        tx,
        [
            Message(
                sale.person_id,
                "email",
                messages.RECEIPT,
                contacts[sale.person_id].email,
                contacts[sale.person_id].language,
                {
                    "name": contacts[sale.person_id].name,
                    "course_title": sale.course_title,
                    "amount_idr": sale.amount_idr,
                    "redeem_code": sale.redeem_code,
                    "transaction_code": sale.transaction_code,
                },
            )
            for sale in sales
        ],
        now=now,
    )


def _lost_race(order: Authorization, error: UniqueViolation) -> Refusal:
    """The database had the last word; this only translates it for people."""
    constraint = error.diag.constraint_name
    if constraint == "invoice_once":
        return payment_refusals.InvoiceTaken(order.invoice_code)
    if constraint == "one_card_per_account":
        return refusals.AccountOfOtherCard()
    raise error
