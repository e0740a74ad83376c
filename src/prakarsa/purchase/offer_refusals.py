"""Why there is nothing to buy: no class is planned, nothing is on sale; and why there is no answer."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import ClockEffect, Kind, Refusal, msg


@dataclass(eq=False)
class NoClassPlanned(Refusal):
    """The course meets every condition, but no class of it is planned as asked for."""

    course_title: str

    code = "purchase.no_class_planned"
    kind = Kind.CONFLICT
    title = msg("No class of the course {course_title} is planned")
    next_step = msg("Choose another course, another time or another place, or look again later.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class NothingOnSale(Refusal):
    """Not one course can be bought under the terms of this card's wave."""

    code = "purchase.nothing_on_sale"
    kind = Kind.CONFLICT
    title = msg("No course can be bought at this moment")
    next_step = msg("The catalogue names for every course why not, and the status page says when you hear more.")
    clock = ClockEffect.RUNS


@dataclass(eq=False)
class AskedTooOften(Refusal):
    """One platform asked about one card more often than anyone needs."""

    retry_after_seconds: int

    code = "purchase.asked_too_often"
    kind = Kind.TOO_MANY
    title = msg("This card was asked about too often")
    next_step = msg("Wait {retry_after_seconds} seconds, then ask again.")
