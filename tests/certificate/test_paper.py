"""The printed certificate says what it must, fits whatever it is given, and leads to its proof."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PageObject, PdfReader

from prakarsa.certificate.paper import NUMBER, SPELLING, TITLE, PaperFacts, paper, printable
from prakarsa.kernel.words import say

URL = "https://prakarsa.example/certificates/2020-88839-XLL62-LTN92"
FACTS = PaperFacts(
    number="2020-88839-XLL62-LTN92",
    programme_name="Program Kartu Prakarya",
    person_name="Siti Nurhaliza Wulandari",
    course_code="KRS-00123",
    course_title="Desain Grafis untuk Usaha Kecil",
    hours=24,
    institution_name="Lembaga Maju Bersama",
    completed_on=date(2020, 8, 17),
    issued_at=datetime(2020, 8, 18, 3, 0, tzinfo=UTC),
)


def only_page(pdf: bytes) -> PageObject:
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return page


def read(pdf: bytes) -> str:
    return " ".join(only_page(pdf).extract_text().split())


def qr_codes(pdf: bytes, dots_per_inch: int = 150) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(printed(pdf, dots_per_inch))]


def printed(pdf: bytes, dots_per_inch: int) -> Image.Image:
    document: Any = pypdfium2.PdfDocument(pdf)  # type: ignore[no-untyped-call]  # the library is only partly typed
    try:
        picture: Image.Image = document[0].render(scale=dots_per_inch / 72).to_pil()
        return picture
    finally:
        document.close()


def test_the_page_says_who_completed_what_where_and_when() -> None:
    text = read(paper(FACTS, URL))
    assert FACTS.person_name in text
    assert FACTS.course_title in text
    assert FACTS.course_code in text
    assert FACTS.institution_name in text
    assert FACTS.programme_name in text
    assert FACTS.number in text
    assert "17 Agustus 2020" in text
    assert re.search(r"\b24\b", text)
    assert URL in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_languages_are_on_the_page_and_the_chosen_one_leads(language: str) -> None:
    text = read(paper(FACTS, URL, language=language))
    other = "en" if language == "id" else "id"
    for words in (TITLE, NUMBER):
        assert 0 <= text.index(say(words, language)) <= text.rindex(say(words, other))
    assert ("17 August 2020" if language == "en" else "17 Agustus 2020") in text


def test_indonesian_leads_when_the_language_is_unknown() -> None:
    assert paper(FACTS, URL, language="xx") == paper(FACTS, URL)


@pytest.mark.parametrize("dots_per_inch", [96, 150, 300])
def test_a_telephone_reads_the_verification_address_from_the_printed_page(dots_per_inch: int) -> None:
    assert qr_codes(paper(FACTS, URL), dots_per_inch) == [URL]


def test_the_printed_address_can_be_followed() -> None:
    (link,) = only_page(paper(FACTS, URL)).annotations or []
    assert link.get_object()["/A"]["/URI"] == URL


def test_the_page_is_one_a4_sheet_laid_across() -> None:
    box = only_page(paper(FACTS, URL)).mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595)


def test_the_file_says_what_it_is_and_when_it_was_issued() -> None:
    reader = PdfReader(io.BytesIO(paper(FACTS, URL)))
    assert reader.metadata is not None
    assert reader.metadata.creation_date == FACTS.issued_at
    assert reader.metadata.title == f"{say(TITLE, 'id')} {FACTS.number}"
    assert str(reader.root_object["/Lang"]) == "id"


def test_the_same_facts_give_the_same_bytes() -> None:
    assert paper(FACTS, URL) == paper(replace(FACTS), URL)
    assert paper(FACTS, URL) != paper(replace(FACTS, hours=25), URL)


def test_a_paper_is_small_enough_to_send_to_a_cheap_phone() -> None:
    assert len(paper(FACTS, URL)) < 10_000


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("José Nuñez d'Ávila", "José Nuñez d'Ávila"),
        ("Jose\u0301  Nun\u0303ez\n", "José Nuñez"),
        ("Nuʼman “Budi” … – Šimun", "Nu'man “Budi” … – Šimun"),
        ("Đặng Thị Mỹ Lệ", "Dang Thi My Le"),
        ("Łukasz İlker Gümüş", "Lukasz Ilker Gümüs"),
        ("Жуков", "Zhukov"),
        ("王小明", "WangXiaoMing"),
        ("ꦤꦸꦂ", "nur"),
        ("Si\u00adti\u200b \u202eWulan\x00", "Siti Wulan"),
        ("\ue000", "-"),
        ("", "-"),
    ],
)
def test_a_name_is_kept_or_written_in_the_nearest_latin_letters(written: str, shown: str) -> None:
    assert printable(written) == shown
    assert shown in read(paper(replace(FACTS, person_name=written), URL))


def test_the_page_says_so_when_it_could_not_keep_the_spelling() -> None:
    assert say(SPELLING, "id") in read(paper(replace(FACTS, person_name="Đặng"), URL))
    assert say(SPELLING, "id") not in read(paper(replace(FACTS, person_name="  José\tNuñez "), URL))


@pytest.mark.parametrize("name", ["W" * 200, "Wulandari " * 20, "i" * 200, "😀" * 200, "王" * 200, "M. " * 66])
def test_the_longest_name_stays_whole_inside_its_place(name: str) -> None:
    pdf = paper(replace(FACTS, person_name=name, course_title=name, institution_name=name), URL)
    shown = printable(name).replace(" ", "")
    assert read(pdf).replace(" ", "").count(shown) == 3
    assert qr_codes(pdf) == [URL]
    assert not ink_beside_the_frame(pdf)


def ink_beside_the_frame(pdf: bytes) -> bool:
    """Whether anything but the frame is drawn between the edge of the sheet and the place for text."""
    pages = [printed(each, 72).convert("L") for each in (pdf, paper(FACTS, URL))]
    width, height = pages[0].size
    edges = [(0, 0, 60, height), (width - 60, 0, width, height), (0, 0, width, 45), (0, height - 45, width, height)]
    return any(pages[0].crop(edge).tobytes() != pages[1].crop(edge).tobytes() for edge in edges)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_no_text_ever_stops_a_certificate(name: str, title: str, institution: str) -> None:
    pdf = paper(replace(FACTS, person_name=name, course_title=title, institution_name=institution), URL)
    assert only_page(pdf)
    assert FACTS.number in read(pdf)
