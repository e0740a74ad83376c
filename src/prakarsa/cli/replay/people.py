"""The people of the replay: what each of them means to do, the same in both runs.

A person looks for the first time on some day, wants some courses on some platform, comes back after some days when a
visit was in vain, and asks or does not ask. Nothing here knows which run it is in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from prakarsa.cli.replay import calendar
from prakarsa.cli.replay.offer import Offered

MOST_WISHES = 4
VISITS_FORESEEN = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """One course on one platform."""

    course: Offered
    platform: str


@dataclass(frozen=True, slots=True)
class Intention:
    """What one person means to do. `looks_on` is None for somebody who never looks."""

    number: int
    looks_on: date | None
    slot: int
    home: str
    wishes: tuple[Wish, ...]
    patience: int
    faithful: bool
    hears_on: date | None
    comes_back_after: tuple[int, ...]
    asks: tuple[bool, ...]
    choice: int

    def back(self, visits: int) -> timedelta:
        """How long until the next visit after one in vain."""
        return timedelta(days=self.comes_back_after[visits % VISITS_FORESEEN])

    def will_ask(self, refusals: int) -> bool:
        """Whether this refusal makes them ask somebody."""
        return self.asks[refusals % VISITS_FORESEEN]


def intend(number: int, seed: int, courses: list[Offered], platforms: list[str]) -> Intention:
    """The intentions of one person: the same for the same number, seed and catalogue."""
    dice = Random(f"{seed}/{number}")  # noqa: S311  a simulated person, not a secret
    looks = dice.randrange(100) >= calendar.NEVER_LOOK_PERCENT
    late = dice.randrange(1, 5) if dice.randrange(100) < calendar.TOLD_LATE_PERCENT else 0
    chosen_for = int(dice.expovariate(1 / calendar.MEAN_DAYS_OF_CHOOSING))
    first = min(late + chosen_for, calendar.LAST_FIRST_LOOK_DAYS)
    home = dice.choices(platforms, weights=range(2 * len(platforms), len(platforms), -1))[0]
    wishes = _wishes(dice, home, courses)
    hears = calendar.BACK_ON + timedelta(days=dice.randrange(14))
    # on the first day nobody can look before noon
    slot = dice.randrange(2, len(calendar.SLOTS)) if first == 0 else dice.randrange(len(calendar.SLOTS))
    return Intention(
        number=number,
        looks_on=calendar.TOLD_ON + timedelta(days=first) if looks else None,
        slot=slot,
        home=home,
        wishes=wishes,
        patience=dice.choice(calendar.PATIENCE),
        faithful=dice.randrange(100) < calendar.FAITHFUL_PERCENT,
        hears_on=hears if dice.randrange(100) < calendar.HEARS_PERCENT else None,
        comes_back_after=tuple(dice.choices((1, 2, 3, 4), weights=(5, 3, 1, 1), k=VISITS_FORESEEN)),
        asks=tuple(dice.randrange(100) < calendar.ASKS_PERCENT for _ in range(VISITS_FORESEEN)),
        choice=dice.randrange(10**6),
    )


def _wishes(dice: Random, home: str, courses: list[Offered]) -> tuple[Wish, ...]:
    """Courses somebody wants, the dearest wish first: popular ones more often, sold at home where there are any."""
    here = [course for course in courses if home in course.platforms] or courses
    wanted: dict[str, Wish] = {}
    for course in dice.choices(here, weights=[course.popularity for course in here], k=MOST_WISHES):
        platform = home if home in course.platforms else course.platforms[0]
        wanted.setdefault(course.course_code, Wish(course, platform))
    return tuple(wanted.values())
