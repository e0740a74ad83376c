"""A certificate as a page to print: A4, in two languages, with a code that leads to the proof.

The page uses the fonts every PDF reader brings along, so it is a few kilobytes, costs milliseconds and needs no font
file. They hold the Latin letters of Western Europe (WinAnsi); any other letter is written with the nearest Latin ones,
and the page then says so: the badge and the verification page keep the person's own spelling.

The same facts give the same bytes.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import segno
from anyascii import anyascii
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue

from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import LANGUAGES, day, say

TITLE = msg("Certificate of Completion")
GIVEN_TO = msg("This certificate is given to")
HAS_COMPLETED = msg("who attended and completed the training")
HOURS = msg("{hours} hours of training")
HELD_BY = msg("held by")
COMPLETED_ON = msg("Completed on")
NUMBER = msg("Certificate number")
CHECK = msg("Check this certificate: scan the code or open")
SIGNED = msg("Valid without a handwritten signature: the programme has signed it electronically.")
SPELLING = msg("The name is written in Latin letters here; the page named above has its own spelling.")

_ENCODING = "windows-1252"
_WIDTH_MM, _HEIGHT_MM = 297.0, 210.0
_EDGE_MM = 26.0
_LINE_MM = _WIDTH_MM - 2 * _EDGE_MM
_QR_MM = 32.0
_FOOT_MM = 157.0
_MM_PER_POINT = 25.4 / 72
_LEADING = 1.2
_SHRINK = 0.94

_Colour = tuple[int, int, int]
_NAVY: _Colour = (17, 51, 84)
_GOLD: _Colour = (176, 141, 60)
_INK: _Colour = (34, 34, 34)
_GREY: _Colour = (96, 96, 96)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the page says. `completed_on` is the day in Jakarta; `issued_at` is UTC-aware and dates the file."""

    number: str
    programme_name: str
    person_name: str
    course_code: str
    course_title: str
    hours: int
    institution_name: str
    completed_on: date
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class _Voice:
    """How a piece of text looks."""

    family: str
    style: str
    points: float
    colour: _Colour


_PROGRAMME = _Voice("Helvetica", "B", 12, _GREY)
_HEADING = _Voice("Times", "B", 36, _NAVY)
_NAME = _Voice("Times", "B", 32, _INK)
_COURSE = _Voice("Helvetica", "B", 19, _NAVY)
_PLAIN = _Voice("Helvetica", "", 11, _INK)
_STRONG = _Voice("Helvetica", "B", 12, _INK)
_OTHER = _Voice("Helvetica", "I", 9, _GREY)
_SMALL = _Voice("Helvetica", "", 9, _INK)
_FINE = _Voice("Helvetica", "I", 8, _GREY)
_SIGNS = _Voice("Courier", "B", 14, _INK)


def paper(facts: PaperFacts, qr_url: str, *, language: str = "id") -> bytes:
    """The certificate as a PDF, `language` leading and the other one beneath it; Indonesian leads when it is unknown.

    `qr_url` is the verification address, held by the QR code and printed beside it. Any text fits: it is wrapped, then
    shrunk.
    """
    leading = language if language in LANGUAGES else LANGUAGES[0]
    other = next(each for each in LANGUAGES if each != leading)
    pdf = _blank_page(facts, leading)
    _frame(pdf)
    _body(pdf, facts, leading, other)
    _foot(pdf, facts, qr_url, leading, other)
    return bytes(pdf.output())


def printable(text: str) -> str:
    """The text in letters the page can show: one line, no control signs, other letters in their nearest Latin form."""
    return " ".join("".join(map(_nearest, _one_line(text))).split()) or "-"


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _nearest(letter: str) -> str:
    """The letter itself when the fonts have it, else the Latin letters nearest to it; nothing for a control sign."""
    if unicodedata.category(letter).startswith("C"):
        return ""
    try:
        letter.encode(_ENCODING)
    except UnicodeEncodeError:
        return anyascii(letter)
    return letter


def _blank_page(facts: PaperFacts, leading: str) -> FPDF:
    pdf = FPDF(orientation="landscape", format="A4")
    pdf.core_fonts_encoding = _ENCODING
    pdf.set_creation_date(facts.issued_at)
    pdf.set_lang(leading)
    pdf.set_title(f"{say(TITLE, leading)} {facts.number}")
    pdf.set_author(printable(facts.institution_name))
    pdf.set_subject(printable(facts.course_title))
    pdf.set_auto_page_break(False)
    pdf.add_page()
    return pdf


def _frame(pdf: FPDF) -> None:
    pdf.set_draw_color(*_NAVY)
    pdf.set_line_width(1.6)
    pdf.rect(9, 9, _WIDTH_MM - 18, _HEIGHT_MM - 18)
    pdf.set_draw_color(*_GOLD)
    pdf.set_line_width(0.4)
    pdf.rect(12, 12, _WIDTH_MM - 24, _HEIGHT_MM - 24)


def _body(pdf: FPDF, facts: PaperFacts, leading: str, other: str) -> None:
    """The sentence in the middle of the page, top to bottom."""
    _write(pdf, facts.programme_name, _PROGRAMME, top=19, height=7)
    _write(pdf, say(TITLE, leading), _HEADING, top=27, height=16)
    _write(pdf, say(TITLE, other), _OTHER, top=43, height=5)
    _write(pdf, say(GIVEN_TO, leading), _PLAIN, top=54, height=6)
    _write(pdf, say(GIVEN_TO, other), _OTHER, top=59.5, height=5)
    _write(pdf, facts.person_name, _NAME, top=66, height=27)
    pdf.line(_WIDTH_MM / 2 - 50, 95, _WIDTH_MM / 2 + 50, 95)
    _write(pdf, say(HAS_COMPLETED, leading), _PLAIN, top=98, height=6)
    _write(pdf, say(HAS_COMPLETED, other), _OTHER, top=103.5, height=5)
    _write(pdf, facts.course_title, _COURSE, top=110, height=17)
    hours = f"{say(HOURS, leading, hours=facts.hours)} / {say(HOURS, other, hours=facts.hours)} · {facts.course_code}"
    _write(pdf, hours, _SMALL, top=127.5, height=5)
    _write(pdf, f"{say(HELD_BY, leading)} / {say(HELD_BY, other)}", _OTHER, top=134, height=5)
    _write(pdf, facts.institution_name, _STRONG, top=139.5, height=9)


def _foot(pdf: FPDF, facts: PaperFacts, qr_url: str, leading: str, other: str) -> None:
    """The proof on the left, day and number on the right."""
    _qr_code(pdf, qr_url)
    beside, width = _EDGE_MM + _QR_MM + 4, 128.0
    _write(pdf, say(CHECK, leading), _SMALL, _FOOT_MM, 5, beside, width, Align.L)
    _write(pdf, say(CHECK, other), _FINE, _FOOT_MM + 4.5, 4.5, beside, width, Align.L)
    _write(pdf, qr_url, _SMALL, _FOOT_MM + 10, 6, beside, width, Align.L)
    pdf.link(beside, _FOOT_MM + 10, width, 6, qr_url)
    _write(pdf, say(SIGNED, leading), _FINE, _FOOT_MM + 17, 4, beside, width, Align.L)
    _write(pdf, say(SIGNED, other), _FINE, _FOOT_MM + 21, 4, beside, width, Align.L)
    if printable(facts.person_name) != _one_line(facts.person_name):
        _write(pdf, say(SPELLING, leading), _FINE, _FOOT_MM + 25.5, 4, beside, width, Align.L)
        _write(pdf, say(SPELLING, other), _FINE, _FOOT_MM + 29.5, 4, beside, width, Align.L)
    right, width = 196.0, _WIDTH_MM - _EDGE_MM - 196.0
    for top, label, value, voice in (
        (_FOOT_MM, COMPLETED_ON, day(facts.completed_on, leading), _STRONG),
        (_FOOT_MM + 16, NUMBER, facts.number, _SIGNS),
    ):
        _write(pdf, f"{say(label, leading)} / {say(label, other)}", _FINE, top, 4.5, right, width, Align.R)
        _write(pdf, value, voice, top + 5, 7, right, width, Align.R)


def _write(
    pdf: FPDF,
    text: str,
    voice: _Voice,
    top: float,
    height: float,
    left: float = _EDGE_MM,
    width: float = _LINE_MM,
    align: Align = Align.C,
) -> None:
    """Put text in the middle of its box (millimetres), in as many lines and as small as it takes to stay inside."""
    text = printable(text)
    pdf.set_text_color(*voice.colour)
    pdf.set_font(voice.family, voice.style, voice.points)
    if pdf.get_string_width(text) + 2 * pdf.c_margin <= width:
        pdf.set_xy(left, top)
        pdf.cell(width, height, text, align=align)
        return
    lines, line = _wrapped(pdf, text, voice, width, height)
    pdf.set_xy(left, top + (height - lines * line) / 2)
    pdf.multi_cell(width, line, text, align=align)


def _wrapped(pdf: FPDF, text: str, voice: _Voice, width: float, height: float) -> tuple[int, float]:
    """How many lines the text takes, and how high each is, in the largest type that stays inside; sets that type."""
    area = pdf.get_string_width(text) * voice.points * _MM_PER_POINT * _LEADING
    points = voice.points * min(1.0, (width * height / area) ** 0.5)  # any larger and the text outgrows the whole box
    while True:
        pdf.set_font(voice.family, voice.style, points)
        line = points * _MM_PER_POINT * _LEADING
        lines = cast("list[str]", pdf.multi_cell(width, line, text, dry_run=True, output=MethodReturnValue.LINES))
        if len(lines) * line <= height:
            return len(lines), line
        points *= _SHRINK


def _qr_code(pdf: FPDF, qr_url: str) -> None:
    """The code as drawn squares, one rectangle for each dark run, so that it prints sharp at any size."""
    code = segno.make(qr_url, micro=False, error="m")
    rows = [bytes(row) for row in code.matrix]
    module = _QR_MM / len(rows)
    pdf.set_fill_color(0, 0, 0)
    for place, row in enumerate(rows):
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            top = _FOOT_MM + place * module
            pdf.rect(_EDGE_MM + start * module, top, (end - start) * module, module, style="F")
            start = row.find(1, end)
