"""Completion, and numbers that people read aloud and type."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.certificate.rules import (
    ALPHABET,
    POST_TEST,
    RANDOM_BITS,
    RequiredSequences,
    canonical_number,
    certificate_number,
    is_complete,
    missing_sequences,
    valid_number,
)
from prakarsa.kernel.ids import READABLE

years = st.integers(1000, 9999)
bits = st.integers(0, 2**RANDOM_BITS - 1)
numbers = st.builds(certificate_number, years, bits)


@given(numbers)
def test_every_number_is_valid_and_already_in_its_written_form(number: str) -> None:
    assert valid_number(number)
    assert canonical_number(number) == number


@given(numbers, st.data())
def test_any_single_changed_sign_is_refused(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, sign in enumerate(number) if sign != "-"]))
    sign = data.draw(st.sampled_from(ALPHABET + "01") | st.characters())
    if sign.upper() != number[place]:
        assert not valid_number(number[:place] + sign + number[place + 1 :])


@given(numbers, st.data())
def test_any_two_signs_swapped_are_refused(number: str, data: st.DataObject) -> None:
    signs = list(number.replace("-", ""))
    first, second = data.draw(st.lists(st.sampled_from(range(len(signs))), min_size=2, max_size=2, unique=True))
    if signs[first] != signs[second]:
        signs[first], signs[second] = signs[second], signs[first]
        assert not valid_number("".join(signs))


@given(numbers, st.data())
def test_a_lost_or_doubled_sign_is_refused(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, sign in enumerate(number) if sign != "-"]))
    assert not valid_number(number[:place] + number[place + 1 :])
    assert not valid_number(number[:place] + number[place] + number[place:])


@given(numbers, st.text("-–— \u00a0", max_size=12), st.data())
def test_small_letters_spaces_and_any_dashes_are_forgiven(number: str, noise: str, data: st.DataObject) -> None:
    typed = number.replace("-", "").lower()
    for sign in noise:
        place = data.draw(st.integers(0, len(typed)))
        typed = typed[:place] + sign + typed[place:]
    assert canonical_number(typed) == number


@given(st.text())
def test_anything_a_person_types_gets_an_answer(text: str) -> None:
    assert valid_number(text) == (canonical_number(text) is not None)


@pytest.mark.parametrize("text", ["", "-", "2020", "٢٠٢٠-7M38L-VTPHW-4587R", "2020-7M38L-VTPHW-4587R" * 1000])
def test_what_is_no_number_is_none(text: str) -> None:
    assert canonical_number(text) is None


def test_a_number_is_written_the_same_for_ever() -> None:
    """Printed papers must go on being valid: this one fixes the alphabet, the weights and the grouping."""
    assert certificate_number(2020, 2**127 + 987_654_321_987_654_321) == "2020-88839-XLL62-LTN92"


def test_the_alphabet_has_no_vowel_and_no_look_alike() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
    assert set(ALPHABET) <= set(READABLE)
    assert not set(ALPHABET) & set("AEIOUYQZSGB01")


def test_a_number_holds_more_than_sixty_bits_nobody_can_guess() -> None:
    assert len(ALPHABET) ** 14 > 2**60
    assert certificate_number(2020, 1) != certificate_number(2020, 2)


@pytest.mark.parametrize(("year", "random_bits"), [(999, 1), (10_000, 1), (2020, -1), (2020, 2**RANDOM_BITS)])
def test_a_number_is_never_made_from_too_little(year: int, random_bits: int) -> None:
    with pytest.raises(ValueError, match=r"digits|bits"):
        certificate_number(year, random_bits)


@pytest.mark.parametrize(
    ("meetings", "attended", "min_ratio", "complete"),
    [
        (1, {1, POST_TEST}, 1, True),
        (1, {1}, 1, False),
        (1, {POST_TEST}, 0, False),
        (3, {1, 2, 3, POST_TEST}, Decimal("1.0"), True),
        (3, {1, 2, POST_TEST}, Decimal("1.0"), False),
        (3, {1, 2, 3}, Decimal("1.0"), False),
        (3, {1, 3, POST_TEST}, Fraction(2, 3), True),
        (3, {2, 3, POST_TEST}, Fraction(2, 3), False),
        (5, {1, 2, 3, 4, POST_TEST}, 0.8, True),
        (10, {1, 2, 3, 4, 5, 6, 7, POST_TEST}, 0.7, True),
        (10, {1, 2, 3, 4, 5, 6, POST_TEST}, 0.7, False),
        (2, {1, 2, 3, 4, 998, POST_TEST}, 1, True),
        (3, set(), 0, False),
    ],
)
def test_a_course_is_complete_when_enough_meetings_and_the_post_test_were_attended(
    meetings: int, attended: set[int], min_ratio: Fraction | Decimal | float, complete: bool
) -> None:
    assert is_complete(RequiredSequences(meetings), attended, min_ratio=min_ratio) is complete


@given(st.integers(1, 40), st.sets(st.integers(1, 40) | st.just(POST_TEST)), st.integers(0, 100))
def test_the_ratio_is_exact_and_attending_more_never_undoes_completion(
    meetings: int, attended: set[int], percent: int
) -> None:
    required = RequiredSequences(meetings)
    complete = is_complete(required, attended, min_ratio=percent / 100)
    present = len({sequence for sequence in attended if sequence <= meetings})
    assert complete == ({1, POST_TEST} <= attended and present * 100 >= percent * meetings)
    assert not complete or is_complete(required, attended | {2}, min_ratio=percent / 100)
    assert is_complete(required, set(required.sequences))


@given(st.integers(1, 40), st.sets(st.integers(1, 40) | st.just(POST_TEST)))
def test_what_is_missing_completes_the_course(meetings: int, attended: set[int]) -> None:
    required = RequiredSequences(meetings)
    missing = missing_sequences(required, attended)
    assert list(missing) == sorted(missing)
    assert not attended & set(missing)
    assert is_complete(required, attended | set(missing))


@pytest.mark.parametrize("min_ratio", [80, -0.1, Decimal("NaN"), float("inf")])
def test_a_ratio_outside_nought_and_one_is_refused(min_ratio: Decimal | float) -> None:
    with pytest.raises(ValueError, match=r"ratio|Fraction"):
        is_complete(RequiredSequences(1), {1, POST_TEST}, min_ratio=min_ratio)


@pytest.mark.parametrize("meetings", [0, -1, POST_TEST])
def test_a_schedule_has_at_least_one_meeting_and_none_is_the_post_test(meetings: int) -> None:
    with pytest.raises(ValueError, match="meetings"):
        RequiredSequences(meetings)
