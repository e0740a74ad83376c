"""Living through August and September 2020, day by day: people look, try, ask, come back or give up."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from prakarsa.card import actions as cards
from prakarsa.card.model import CardState
from prakarsa.cli.replay import calendar
from prakarsa.cli.replay.calendar import at
from prakarsa.cli.replay.market import Answer, Market, Order, Unexplained
from prakarsa.cli.replay.offer import Catalogue, Offered
from prakarsa.cli.replay.people import Intention, Wish
from prakarsa.cli.replay.tally import Tally
from prakarsa.cli.replay.world import Holder, StoryClock, Tell
from prakarsa.gateways import rounds
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.runtime import Runtime
from prakarsa.purchase.model import Receipt
from prakarsa.purchase.offers import Query, purchasable

ONE_DAY = timedelta(days=1)
ACTOR = "system/replay"
PAGE = 50


@dataclass
class Somebody:
    """A person on the way: what they mean to do and what has become of it."""

    intends: Intention
    holder: Holder
    visits: int = 0
    refusals: int = 0
    unexplained: int = 0
    wants: bool = False
    turned_away: bool = False
    waits: bool = False


@dataclass
class Visit:
    """One person's visit: the orders they would still try, and the refusals they met."""

    who: Somebody
    wishes: list[Wish] = field(default_factory=list)
    refused: int = 0
    back_on: date | None = None


class Run(ABC):
    """One of the two runs: everything that is the same in both."""

    def __init__(self, runtime: Runtime, clock: StoryClock, sold: Catalogue) -> None:
        self.runtime = runtime
        self.clock = clock
        self.sold = sold
        self.tally = Tally(courses=len(sold.courses))
        self.market = Market(runtime)
        self._offered = {course.course_code: course for course in sold.courses}
        self._pages: dict[tuple[str, datetime], list[Offered]] = {}
        self._agenda: dict[tuple[date, int], list[Somebody]] = defaultdict(list)
        self._by_card: dict[int, Somebody] = {}
        self._wanting: dict[int, Somebody] = {}

    def prepare(self) -> None:  # noqa: B027  one of the two offices prepares nothing
        """What the office does before anybody has a card."""

    def morning(self, day: date) -> None:  # noqa: B027  one of the two offices does nothing
        """What the office does on a day."""

    @abstractmethod
    def shut(self, now: datetime) -> bool:
        """Whether nobody can buy anything anywhere."""

    @abstractmethod
    def refused(self, visit: Visit, order: Order, answer: Refusal | Unexplained, now: datetime) -> None:
        """What somebody does who was refused."""

    @abstractmethod
    def left(self, visit: Visit, now: datetime) -> None:
        """What somebody does who leaves without a course."""

    def invite(self, holders: Iterable[Holder], intentions: Iterable[Intention]) -> None:
        """Everybody with a card, and what they mean to do."""
        for holder, intends in zip(holders, intentions, strict=True):
            somebody = Somebody(intends, holder)
            self._by_card[holder.card_id] = somebody
            if intends.looks_on is not None:
                self.expect(somebody, intends.looks_on)

    def live(self, tell: Tell) -> None:
        """Every day from the announcement on."""
        for day in calendar.days(calendar.TOLD_ON, calendar.LAST_DAY):
            # the cards were told of at noon
            self.clock.moment = at(day, 12, 30) if day == calendar.TOLD_ON else at(day, 6)
            self.morning(day)
            for slot, (hour, minute) in enumerate(calendar.SLOTS):
                if visitors := self._agenda.pop((day, slot), []):
                    self.clock.moment = at(day, hour, minute)
                    self._visit(visitors, day)
            self.clock.moment = at(day, 23, 30)
            self._count_the_day(day)
            self.clock.moment = at(day + ONE_DAY, 0, 30)
            self._take_back(day + ONE_DAY)
            self.market.deliver()
            tell(1)

    def expect(self, somebody: Somebody, day: date) -> None:
        """Somebody will look on that day."""
        if day <= calendar.LAST_DAY:
            self._agenda[day, somebody.intends.slot].append(somebody)

    def give_up(self, somebody: Somebody) -> None:
        """Somebody no longer tries, unless they hear by themselves that it works again."""
        number = somebody.intends.number
        self.tally.gave_up.add(number)
        self._wanting.pop(number, None)
        if somebody.intends.hears_on is not None:
            somebody.unexplained = 0
            self.expect(somebody, max(somebody.intends.hears_on, calendar.day_of(self.clock.moment) + ONE_DAY))

    def _visit(self, visitors: Sequence[Somebody], day: date) -> None:
        """Everybody tries one wish after another until they have bought or want no more today."""
        now = self.clock.moment
        visits = [Visit(each, list(each.intends.wishes)) for each in visitors]
        for somebody in visitors:
            somebody.visits += 1
            somebody.waits = False
            self._wanting[somebody.intends.number] = somebody
        while visits:
            orders = [self.order_for(visit, visit.wishes.pop(0)) for visit in visits]
            going_on = []
            for visit, order, answer in zip(visits, orders, self.try_to_buy(orders, now), strict=True):
                if isinstance(answer, Receipt):
                    self._bought(visit.who, order, now)
                    continue
                visit.who.refusals += 1
                visit.refused += 1
                self.tally.in_vain(order.number, day, answer.shown if isinstance(answer, Unexplained) else answer.code)
                self.refused(visit, order, answer, now)
                if visit.wishes:
                    going_on.append(visit)
                else:
                    self._leave(visit, now)
            visits = going_on

    def try_to_buy(self, orders: Sequence[Order], now: datetime) -> list[Answer]:
        """What becomes of these orders."""
        return self.market.buy(orders, now)

    def something_else(self, visit: Visit, now: datetime) -> list[Wish]:
        """What the platform's own page offers to somebody whose wishes are all refused: asked of `purchasable`."""
        home = visit.who.intends.home
        if (home, now) not in self._pages:
            with self.runtime.database.transaction(ACTOR) as tx:
                page = purchasable(tx, Query(platform=home, limit=PAGE), now=now, wave=calendar.WAVE).page
            self._pages = {key: kept for key, kept in self._pages.items() if key[1] == now}
            self._pages[home, now] = [self._offered[offer.course_code] for offer in page]
        offered = self._pages[home, now]
        return [Wish(offered[visit.who.intends.choice % len(offered)], home)] if offered else []

    def on_sale(self, now: datetime) -> int:
        """How many courses somebody of this wave can buy at that moment."""
        with self.runtime.database.transaction(ACTOR) as tx:
            return purchasable(tx, Query(limit=1), now=now, wave=calendar.WAVE).total

    def order_for(self, visit: Visit, wish: Wish) -> Order:
        """A wish as an order."""
        who = visit.who
        return Order(who.intends.number, who.holder.number, who.holder.phone, wish.course, wish.platform)

    def _bought(self, somebody: Somebody, order: Order, now: datetime) -> None:
        self._wanting.pop(order.number, None)
        self.tally.bought(order.number, now, order.course.course_code)
        self.settled(somebody, now)

    def settled(self, somebody: Somebody, now: datetime) -> None:  # noqa: B027  only one run keeps count
        """Somebody has bought."""

    def _leave(self, visit: Visit, now: datetime) -> None:
        self.left(visit, now)
        if visit.back_on is not None:
            self.expect(visit.who, visit.back_on)

    def _count_the_day(self, day: date) -> None:
        """A day is lost for somebody who wants to buy when nothing at all can be bought."""
        waiting = [each for each in self._wanting.values() if each.waits]
        self.tally.waited_per_day[day] += len(waiting)
        if self._wanting and self.shut(self.clock.moment):
            self.tally.blocked_per_day[day] += len(self._wanting)

    def _take_back(self, on: date) -> None:
        if not rounds.revoke_overdue_cards(self.runtime, actor=ACTOR):
            return
        still = [card_id for card_id, each in self._by_card.items() if each.intends.number not in self.tally.revoked]
        with self.runtime.database.transaction(ACTOR) as tx:
            for start in range(0, len(still), 5_000):
                for card in cards.cards(tx, still[start : start + 5_000]).values():
                    if card.state == CardState.REVOKED:
                        number = self._by_card[card.card_id].intends.number
                        self.tally.revoked[number] = on
                        self._wanting.pop(number, None)
