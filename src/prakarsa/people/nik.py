"""What an identity number says about its holder: where and when it was given, and to a man or a woman.

A NIK has 16 digits: province 2, regency 2, district 2, birth date as ddmmyy with 40 added to the day for women,
serial 4 (PP 37/2007 art. 37). It is never changed, not even when the birth date it was made from is corrected, so a
difference between the two is a question for the registry and no proof of a lie. A family card number (KK) has the
same build with the day the card was made. Messages never repeat the number.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from prakarsa.kernel.refusal import msg
from prakarsa.people.provinces import PROVINCES

Sex = Literal["female", "male"]

LENGTH = 16
FEMALE_DAY_OFFSET = 40

WRONG_LENGTH = msg("it needs exactly 16 digits")
NOT_DIGITS = msg("it may hold digits only")
UNKNOWN_PROVINCE = msg("its first two digits are not the code of a province")
UNKNOWN_REGION = msg("its first six digits are not the code of a district")
IMPOSSIBLE_DATE = msg("digits 7 to 12 are not a birth date")
NO_SERIAL = msg("its last four digits cannot be 0000")


@dataclass(frozen=True, slots=True)
class Nik:
    """One identity number, read. Region codes are cumulative: 31, 3171, 317101."""

    number: str
    province_code: str
    regency_code: str
    district_code: str
    birth_date: date
    sex: Sex
    serial: int


def parse_nik(text: str, today: date) -> Nik:
    """Read a NIK, or raise ValueError with the reason.

    The number holds two digits of the year. Its century is the latest that puts the birth date on or before `today`,
    so someone past a hundred reads as a child; the registry, not the number, is the authority on age.
    """
    _check_shape(text)
    day = int(text[6:8])
    female = day > FEMALE_DAY_OFFSET
    return Nik(
        number=text,
        province_code=text[:2],
        regency_code=text[:4],
        district_code=text[:6],
        birth_date=_latest_date(day - FEMALE_DAY_OFFSET if female else day, int(text[8:10]), int(text[10:12]), today),
        sex="female" if female else "male",
        serial=int(text[12:]),
    )


def valid_kk(text: str) -> bool:
    """Whether the text has the build of a family card number: known province, a possible day, a serial."""
    try:
        _check_shape(text)
        date(2000 + int(text[10:12]), int(text[8:10]), int(text[6:8]))
    except ValueError:
        return False
    return True


def _check_shape(text: str) -> None:
    if len(text) != LENGTH:
        raise ValueError(WRONG_LENGTH)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(NOT_DIGITS)
    if text[:2] not in PROVINCES:
        raise ValueError(UNKNOWN_PROVINCE)
    if "00" in (text[2:4], text[4:6]):
        raise ValueError(UNKNOWN_REGION)
    if text[12:] == "0000":
        raise ValueError(NO_SERIAL)


def _latest_date(day: int, month: int, year_of_century: int, today: date) -> date:
    century = today.year - today.year % 100
    for year in (century + year_of_century, century - 100 + year_of_century):
        try:
            birth_date = date(year, month, day)
        except ValueError:
            continue
        if birth_date <= today:
            return birth_date
    raise ValueError(IMPOSSIBLE_DATE)
