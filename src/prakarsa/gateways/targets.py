"""What a hold is aimed at, as somebody types it: shared by the console and the terminal."""

from dataclasses import dataclass

from prakarsa.card import actions as cards
from prakarsa.catalogue import actions as catalogue
from prakarsa.hold.model import PERSON_PARTY, Scope
from prakarsa.hold.refusals import TargetUnknown
from prakarsa.kernel.db import Tx
from prakarsa.kernel.ids import mask
from prakarsa.people import actions as people

LONGEST_ID = 15
"""Digits. A card number has sixteen, so a number and an id cannot be mistaken for each other."""


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a hold as the hold room knows it, the name the public knows it by, and whom it hits."""

    code: str | None
    name: str = ""
    party: str = ""


def aimed(tx: Tx, scope: Scope, typed: str) -> Target:
    """The target meant: a client code, course code, class code, public id of a person, or number or id of a card.

    Raises CourseUnknown, ScheduleUnknown, NothingHere (no such person), TargetUnknown (no such card; its number is
    masked).
    """
    if scope is Scope.COURSE:
        course = catalogue.course(tx, typed)
        return Target(typed, course.title, course.institution_code)
    if scope is Scope.SCHEDULE:
        course = catalogue.course(tx, catalogue.schedule(tx, typed).course_code)
        return Target(typed, f"{course.title} ({typed})", course.institution_code)
    if scope is Scope.PERSON:
        return Target(str(people.person_named(tx, typed).person_id))
    return _card(tx, typed) if scope is Scope.CARD else Target(typed or None)


def _card(tx: Tx, typed: str) -> Target:
    digits = typed.replace(" ", "")
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_ID:
        card = cards.cards(tx, [int(digits)]).get(int(digits))
    else:
        card = cards.card_of_number(tx, digits)
    if card is None:
        raise TargetUnknown(Scope.CARD, mask(digits))
    return Target(str(card.card_id), party=f"{PERSON_PARTY}{card.person_id}")
