"""When things happened in 2020, and what the replay assumes where the reports say nothing.

The first part is the founding story (docs/replay.md names its sources); the second is modelled and may be argued about.
"""

from datetime import UTC, date, datetime, time, timedelta

from prakarsa.kernel.clock import JAKARTA


def at(on: date, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of that day on the Jakarta clock, in UTC."""
    return datetime.combine(on, time(hour, minute), JAKARTA).astimezone(UTC)


# what is reported
WAVE = 4
PLATFORMS = 7
OPENED_ON = date(2020, 8, 8)
CLOSED_ON = date(2020, 8, 12)
TOLD_ON = date(2020, 8, 16)
SHUT_ON = date(2020, 8, 20)
"""From that morning nobody could buy on any platform."""
BACK_ON = date(2020, 9, 1)
"""The office aimed at the end of August."""
REFUSED_WITH = ("paket kursus tidak ditemukan", "API dan token tidak valid")
"""What the platforms showed: course package not found, API and token not valid."""

# what is modelled: the office
FOUNDED_ON = date(2020, 7, 1)
"""Launch rules, partners and courses exist."""
REHEARSED_ON = date(2020, 7, 20)
"""The office drafts the regulation itself: 18 days before it is in force the draft is rehearsed."""
GAPS_DUE_ON = date(2020, 8, 5)
IN_FORCE_ON = date(2020, 8, 7)
HELD_FROM = TOLD_ON
HELD_UNTIL = date(2020, 8, 31)
"""The end of narrow holds, unless the papers come earlier."""
LAST_DAY = date(2020, 9, 30)
SLOTS = ((7, 30), (12, 0), (18, 30), (21, 0))
"""When people look: hours and minutes of a day."""

# what is modelled: partners
NOT_INTERACTIVE_PERCENT = 40
"""Courses without a live session, which the new rule asks for."""
MENDED_IN_TIME_PERCENT = 70
MENDED_LATE_PERCENT = 15
"""The rest is never mended."""
WITHOUT_PAPERS_PERCENT = 10
"""Institutions whose contract with a platform is not shown by the deadline."""

# what is modelled: people
NEVER_LOOK_PERCENT = 8
TOLD_LATE_PERCENT = 30
"""Reported: some saw card and balance only after days. How many is modelled."""
MEAN_DAYS_OF_CHOOSING = 7.0
LAST_FIRST_LOOK_DAYS = 28
PATIENCE = (2, 3, 3, 4, 4, 5, 6, 8, 12, 99)
"""Visits in vain, with no reason given, after which somebody stops trying: one of these, equally likely."""
HEARS_PERCENT = 50
"""Of those who stopped, how many hear by themselves that buying works again."""
FAITHFUL_PERCENT = 15
"""People who want one course and wait for it, when they are told until when."""
ASKS_PERCENT = 40
"""How often somebody who is refused asks somebody why."""


def day_of(moment: datetime) -> date:
    """The day in Jakarta."""
    return moment.astimezone(JAKARTA).date()


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
