"""When a card's clocks run out. Pure."""

from datetime import datetime, time, timedelta

from prakarsa.kernel.clock import JAKARTA
from prakarsa.programme.model import Terms

LAST_SECOND = time(23, 59, 59)


def first_purchase_by(notified_at: datetime, terms: Terms) -> datetime:
    """The last second of the last day in Jakarta, before any pause: one instant for everyone told on that day.

    Source: Permenko 11/2020 art. 20(2); programme-rules 7.1.
    """
    last_day = notified_at.astimezone(JAKARTA).date() + timedelta(days=terms.first_purchase_deadline_days)
    return datetime.combine(last_day, LAST_SECOND, JAKARTA)


def balance_use_by(budget_year: int, terms: Terms) -> datetime:
    """The last second of the last day of use in the budget year. Source: Permenko 11/2020 art. 19(1)a."""
    month, day = (int(part) for part in terms.balance_use_by.split("-"))
    return datetime.combine(datetime(budget_year, month, day, tzinfo=JAKARTA).date(), LAST_SECOND, JAKARTA)
