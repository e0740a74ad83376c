"""When a card's clocks run out. Pure."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from prakarsa.kernel.clock import JAKARTA
from prakarsa.programme.model import Terms

LAST_SECOND = time(23, 59, 59)


def day_ends_at(on: date) -> datetime:
    """The last second of a day in Jakarta: one instant for everyone."""
    return datetime.combine(on, LAST_SECOND, JAKARTA)


def day_of_year_ends_at(year: int, month_day: str) -> datetime:
    """The last second of a day of a year that terms write as "12-15"."""
    month, day = (int(part) for part in month_day.split("-"))
    return day_ends_at(date(year, month, min(day, monthrange(year, month)[1])))


def first_purchase_by(notified_at: datetime, terms: Terms) -> datetime:
    """The last second of the last day in Jakarta, before any pause: one instant for everyone told on that day.

    Source: Permenko 11/2020 art. 20(2); programme-rules 7.1.
    """
    return day_ends_at(_days_after(notified_at, terms.first_purchase_deadline_days))


def next_purchase_by(completed_at: datetime, terms: Terms) -> datetime | None:
    """The last second in which the course after a completed one can be bought, before any pause; None: no such clock.

    Source: programme-rules 7.1 (15 days after the previous course is completed, 2023).
    """
    days = terms.next_purchase_deadline_days
    return None if days is None else day_ends_at(_days_after(completed_at, days))


def balance_use_by(budget_year: int, terms: Terms) -> datetime:
    """The last second of the last day of use in the budget year. Source: Permenko 11/2020 art. 19(1)a."""
    return day_of_year_ends_at(budget_year, terms.balance_use_by)


def last_purchase_by(budget_year: int, terms: Terms) -> datetime | None:
    """The last second of the last day of buying in the budget year; None where only the last day of use is set.

    Source: programme-rules 5 (30 November 2021 for all waves).
    """
    last = terms.balance_last_purchase
    return None if last is None else day_of_year_ends_at(budget_year, last)


def _days_after(moment: datetime, days: int) -> date:
    return moment.astimezone(JAKARTA).date() + timedelta(days=days)
