"""What a review may hold, and how ratings add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.feedback import rules
from prakarsa.feedback.model import CourseTotal, Ratable, Stars
from prakarsa.feedback.refusals import (
    AlreadyRated,
    CourseNotCompleted,
    NotYourPurchase,
    ReviewNotReadable,
    ReviewTooLong,
    ReviewTooShort,
    StarsOutOfRange,
)
from prakarsa.kernel.refusal import Refusal
from tests.conftest import NOW

FINE = Stars(5, 4, 3)


@pytest.mark.parametrize(
    ("found", "stars", "expected"),
    [
        pytest.param(Ratable(1, "TRX", NOW, None), FINE, None, id="completed"),
        pytest.param(None, FINE, NotYourPurchase, id="not one's own"),
        pytest.param(Ratable(1, "TRX", None, None), FINE, CourseNotCompleted, id="not completed"),
        pytest.param(Ratable(1, "TRX", NOW, NOW), FINE, AlreadyRated, id="rated before"),
        pytest.param(Ratable(1, "TRX", NOW, None), Stars(0, 4, 3), StarsOutOfRange, id="no star"),
        pytest.param(Ratable(1, "TRX", NOW, None), Stars(5, 6, 3), StarsOutOfRange, id="six stars"),
        pytest.param(Ratable(1, "TRX", NOW, None), Stars(5, 4, -1), StarsOutOfRange, id="less than nothing"),
    ],
)
def test_who_may_rate(found: Ratable | None, stars: Stars, expected: type[Refusal] | None) -> None:
    assert type(rules.refusal_to_rate(1, found, stars)) is (expected or type(None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ReviewTooShort),
        (" " * 50, ReviewTooShort),
        ("  123456789  ", ReviewTooShort),
        ("x" * 2_001, ReviewTooLong),
        ("bagus\x00sekali ya", ReviewNotReadable),
        ("bagus\x1b[31m sekali", ReviewNotReadable),
        ("bagus\tsekali ya", ReviewNotReadable),
        ("bagus sekali \ud800", ReviewNotReadable),
        ("bagus sekali \u202eya", ReviewNotReadable),
    ],
)
def test_reviews_that_are_not_taken(text: str, expected: type[Refusal]) -> None:
    with pytest.raises(expected):
        rules.read_review(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1234567890", "1234567890"),
        ("  Pengajarnya sabar 👍🏽.  ", "Pengajarnya sabar 👍🏽."),
        ("Baris satu\r\nbaris dua", "Baris satu\nbaris dua"),
        ("x" * 2_000, "x" * 2_000),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_reviews_are_kept_as_written(text: str, kept: str) -> None:
    assert rules.read_review(text) == kept


@given(st.text(max_size=3_000))
def test_any_text_is_kept_or_refused_with_a_reason(text: str) -> None:
    try:
        kept = rules.read_review(text)
    except Refusal:
        return
    assert 10 <= len(kept) <= 2_000
    kept.encode()


@given(stars=st.lists(st.integers(1, 5), min_size=1, max_size=50))
def test_an_average_in_tenths_is_off_by_half_a_tenth_at_most(stars: list[int]) -> None:
    total = CourseTotal(1, len(stars), sum(stars), sum(stars), sum(stars))
    tenths = rules.averages(total).course_tenths

    assert abs(tenths * len(stars) - 10 * sum(stars)) * 2 <= len(stars)
    assert 10 <= tenths <= 50


@pytest.mark.parametrize(
    ("name", "masked"),
    [("Sari Melati Putri", "S••• M••• P•••"), ("Budi", "B•••"), ("A B C D E", "A••• B••• C•••"), ("", "")],
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert rules.masked_name(name) == masked
