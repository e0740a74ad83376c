"""The picture of a dry run: every number in words, every text escaped, in both languages, in any browser."""

from xml.etree import ElementTree

from prakarsa.rehearsal.model import Dimension, Share, Summary, Touched
from prakarsa.rehearsal.picture import MOST_PARTS, picture


def summary(*shares: Share) -> Summary:
    return Summary((), (), on_sale_before=10, on_sale_after=8, leaving=4, joining=2, shares=shares, touched=Touched())


def a_share(part: str, before: int = 10, kept: int = 6, dimension: Dimension = Dimension.FIELD) -> Share:
    return Share(dimension, part, before, kept, kept, 100, 60, 60)


def drawn(*shares: Share, title: str = "Aturan baru", language: str = "en") -> str:
    text = picture(summary(*shares), title, language, {"pasar-satu": "Pasar <Satu>"})
    ElementTree.fromstring(text)  # noqa: S314  a text of our own making
    return text


def test_it_says_in_numbers_what_the_bars_show() -> None:
    text = drawn(a_share("Kuliner"))
    assert "6 of 10 courses stay on sale, 4 leave, 2 come on sale" in text
    assert "6 / 10 · 60 %" in text


def test_it_stands_in_both_languages() -> None:
    price = a_share("100000", dimension=Dimension.PRICE)
    assert "Rp100,000" in drawn(price, language="en")
    assert "Rp100.000" in drawn(price, language="id")


def test_texts_of_partners_cannot_become_part_of_it() -> None:
    text = drawn(
        a_share('"><script>alert(1)</script>'),
        a_share("pasar-satu", dimension=Dimension.PLATFORM),
        title='<b onload="x">',
    )
    assert "<script>" not in text
    assert "Pasar &lt;Satu&gt;" in text
    assert "<b" not in text


def test_many_parts_are_put_together_so_that_it_stays_readable() -> None:
    text = drawn(*(a_share(f"Bidang {number}", before=100 - number) for number in range(40)))
    assert text.count("Bidang") == MOST_PARTS - 1
    assert "all others" in text


def test_parts_that_were_not_on_sale_are_left_out() -> None:
    assert "Kosong" not in drawn(a_share("Kosong", before=0, kept=0))
