"""What is counted in a run."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from prakarsa.cli.replay import calendar


@dataclass
class Tally:
    """Counts of one run; people are named by their number."""

    bought_on: dict[int, date] = field(default_factory=dict)
    tried_in_vain: dict[int, set[date]] = field(default_factory=dict)
    blocked_per_day: Counter[date] = field(default_factory=Counter)
    waited_per_day: Counter[date] = field(default_factory=Counter)
    refused_with: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    answered: int = 0
    gave_up: set[int] = field(default_factory=set)
    revoked: dict[int, date] = field(default_factory=dict)
    moved: dict[int, timedelta] = field(default_factory=dict)
    courses_bought: set[str] = field(default_factory=set)
    on_sale_while_shut: int = 0
    courses: int = 0
    told_of_holds: int = 0
    holds: int = 0
    broken: list[str] = field(default_factory=list)

    def in_vain(self, number: int, on: date, code: str) -> None:
        """Somebody tried and was refused."""
        self.tried_in_vain.setdefault(number, set()).add(on)
        self.refused_with[code] += 1

    def bought(self, number: int, at: datetime, course_code: str) -> None:
        """Somebody bought."""
        self.bought_on[number] = calendar.day_of(at)
        self.courses_bought.add(course_code)

    @property
    def empty_handed(self) -> set[int]:
        """Those who tried between 20 and 31 August and had bought nothing by its end."""
        shut = calendar.days(calendar.SHUT_ON, calendar.BACK_ON - timedelta(days=1))
        return {
            number
            for number, tried in self.tried_in_vain.items()
            if tried & set(shut) and self.bought_on.get(number, date.max) >= calendar.BACK_ON
        }

    @property
    def revoked_because_of_it(self) -> set[int]:
        """Those whose card was taken although they had tried to buy."""
        return set(self.revoked) & set(self.tried_in_vain)

    def numbers(self) -> dict[str, Any]:
        """The row of figures that stands in the comparison."""
        window = calendar.days(calendar.SHUT_ON, calendar.BACK_ON - timedelta(days=1))
        hours = [moved.total_seconds() / 3_600 for moved in self.moved.values()]
        return {
            "days_lost": sum(self.blocked_per_day.values()),
            "empty_handed": len(self.empty_handed),
            "gave_up": len(self.gave_up),
            "revoked": len(self.revoked),
            "revoked_because_of_it": len(self.revoked_because_of_it),
            "questions": self.asked,
            "questions_unanswered": self.asked - self.answered,
            "courses": self.courses,
            "courses_on_sale_20_to_31_august": self.on_sale_while_shut,
            "courses_bought": len(self.courses_bought),
            "purchases": len(self.bought_on),
            "purchases_20_to_31_august": sum(on in window for on in self.bought_on.values()),
            "days_waited_by_choice": sum(self.waited_per_day.values()),
            "deadlines_moved": len(hours),
            "deadline_moved_mean_hours": round(sum(hours) / len(hours)) if hours else 0,
            "deadline_moved_most_hours": round(max(hours, default=0)),
            "holds": self.holds,
            "notices_of_holds": self.told_of_holds,
            "refused_with": dict(sorted(self.refused_with.items())),
            "invariants_broken": self.broken,
        }

    def per_day(self) -> list[dict[str, Any]]:
        """Each day of the story: bought, blocked."""
        bought = Counter(self.bought_on.values())
        return [
            {"day": day.isoformat(), "bought": bought[day], "blocked": self.blocked_per_day[day]}
            for day in calendar.days(calendar.TOLD_ON, calendar.LAST_DAY)
        ]
