"""Two people are two, however their names are written."""

import pytest

from prakarsa.kernel.four_eyes import check_two
from prakarsa.kernel.refusals import SamePerson, SecondPersonNeeded


@pytest.mark.parametrize("second", ["staff/1", "Staff/1", " staff/1 ", "STAFF / 1", "\uff53taff/1", "staff/1\u00a0"])
def test_one_person_in_other_letters_is_still_one(second: str) -> None:
    with pytest.raises(SamePerson):
        check_two("an act", "staff/1", second)


@pytest.mark.parametrize("second", ["", "  ", "\u00a0"])
def test_nobody_is_no_second_person(second: str) -> None:
    with pytest.raises(SecondPersonNeeded):
        check_two("an act", "staff/1", second)


def test_two_people_are_enough() -> None:
    check_two("an act", "staff/1", "staff/11")
