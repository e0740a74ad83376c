"""Where the people of the replay buy: the product's own two steps, over lists of orders, with telephones that ring."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prakarsa.cli.replay.offer import Offered
from prakarsa.gateways.messages import Worded
from prakarsa.gateways.sending import send_batch
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.runtime import Runtime
from prakarsa.partner import actions as partner
from prakarsa.partner.model import PartnerKind
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Authorization, OtpOrder, PaymentToken, Receipt

LIST = 500


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody tries to buy one course on one platform."""

    number: int
    card_number: str
    phone: str
    course: Offered
    platform: str


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What a platform showed while the interface was off: no refusal of the product, which was never asked."""

    shown: str


Answer = Receipt | Refusal | Unexplained


class Phones:
    """Takes every message to its reader: keeps the newest code of each telephone, and counts the rest."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.carried: Counter[str] = Counter()

    def carry(self, messages: Sequence[Worded]) -> None:
        """Take them all."""
        for each in messages:
            self.carried[each.template] += 1
            if each.otp:
                self.codes[each.to] = each.otp


class Market:
    """The seven platforms, as far as a buyer sees them."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.phones = Phones()
        self._invoices = 0
        with runtime.database.transaction("system/replay") as tx:
            self._platforms = {each.client_code: each for each in partner.partners(tx, PartnerKind.PLATFORM)}

    def buy(self, orders: Sequence[Order], now: datetime) -> list[Answer]:
        """Both steps of buying for each order, one per card: paid, or why not."""
        answers: list[Answer] = []
        for start in range(0, len(orders), LIST):
            answers += self._buy(orders[start : start + LIST], now)
        return answers

    def deliver(self) -> None:
        """Take every waiting message to its reader."""
        while send_batch(self._runtime, self.phones):
            pass

    def _buy(self, orders: Sequence[Order], now: datetime) -> list[Answer]:
        with self._runtime.database.transaction("system/replay-platforms") as tx:
            tokens = purchases.send_otp(tx, [self._wish(order) for order in orders], now=now)
        self.deliver()
        granted = [
            (order, token) for order, token in zip(orders, tokens, strict=True) if isinstance(token, PaymentToken)
        ]
        with self._runtime.database.transaction("system/replay-platforms") as tx:
            receipts = iter(purchases.authorize(tx, [self._paid(*each) for each in granted], now=now))
        return [next(receipts) if isinstance(token, PaymentToken) else token for token in tokens]

    def _wish(self, order: Order) -> OtpOrder:
        return OtpOrder(
            self._platforms[order.platform],
            order.card_number,
            f"peserta-{order.number}",
            order.course.course_code,
            order.course.schedule_code,
            order.course.price_idr,
        )

    def _paid(self, order: Order, token: PaymentToken) -> Authorization:
        self._invoices += 1
        invoice = f"INV-{self._invoices:09}"
        address = f"https://{order.platform}.example/invoice/{invoice}"
        code = self.phones.codes.pop(order.phone, "")
        return Authorization(self._platforms[order.platform], token.token, code, invoice, address)
