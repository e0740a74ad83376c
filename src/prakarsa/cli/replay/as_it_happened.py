"""Run 1, as it happened: one switch, no reason, the clock running.

The switch stood outside anything people could see: the payment interface answered nobody, and each platform made its
own words of that. So while it is off no order reaches the product, and what people saw is counted here. Before and
after, the product sells by its own rules: there is no hold, no notice, no answer to a question.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from prakarsa.cli.replay import calendar, office
from prakarsa.cli.replay.calendar import at
from prakarsa.cli.replay.market import Answer, Order, Unexplained
from prakarsa.cli.replay.story import Run, Visit
from prakarsa.kernel.refusal import Refusal

EVE = calendar.BACK_ON - timedelta(days=1)


class AsItHappened(Run):
    """The week as it was."""

    def morning(self, day: date) -> None:
        """Partners are checked behind closed doors; on the last day the new rule is put in."""
        if day == EVE:
            for course in self.sold.courses:
                if course.mended_on is not None:
                    office.attest(self, course)
            office.adopt(self, first_day=calendar.BACK_ON)

    def shut(self, now: datetime) -> bool:
        """From the morning of 20 August to the end of the month."""
        return at(calendar.SHUT_ON) <= now < at(calendar.BACK_ON)

    def try_to_buy(self, orders: Sequence[Order], now: datetime) -> list[Answer]:
        """While the switch is off, every platform shows one of two sentences."""
        if self.shut(now):
            shown = calendar.REFUSED_WITH
            return [Unexplained(shown[(order.number + len(order.platform)) % len(shown)]) for order in orders]
        return super().try_to_buy(orders, now)

    def refused(self, visit: Visit, order: Order, answer: Refusal | Unexplained, now: datetime) -> None:
        """One try is enough when the interface is dead; else people look at the next course on the platform's page."""
        if visit.who.intends.will_ask(visit.who.refusals):
            self.tally.asked += 1
        if self.shut(now):
            visit.wishes.clear()
            visit.who.unexplained += 1
        elif visit.refused == len(visit.who.intends.wishes):
            visit.wishes += self.something_else(visit, now)

    def left(self, visit: Visit, now: datetime) -> None:
        """Come back after some days, until patience ends."""
        who = visit.who
        if who.unexplained >= who.intends.patience:
            self.give_up(who)
        else:
            visit.back_on = calendar.day_of(now) + who.intends.back(who.visits)
