"""When a course is complete, and how its certificate is numbered.

Pure: the random bits, the attended sequences and the dated ratio arrive as arguments.
"""

import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

POST_TEST = 999
"""The sequence of the post-test (partner-api 4.3)."""

ALPHABET = "VX23456789CDFHJKLMNPRTW"
"""Twenty-three signs without vowels and without look-alikes (0 O Q, 1 I, 2 Z, 5 S, 6 G, 8 B).

A prime count lets one check sign notice every single wrong sign and every two signs swapped. Digits stand at their
own value, so those of the year count the same as those of the body.
"""

RANDOM_BITS = 128
"""How many fresh random bits a number is made from; folding them leaves a bias nobody can measure."""

_BODY_SIGNS = 14  # 23 ** 14 is more than 2 ** 63
_YEAR_DIGITS = 4
_GROUP = 5
_LONGEST_TYPED = 64
_DASHES_AND_SPACES = {"Pd", "Zs"}


@dataclass(frozen=True, slots=True)
class RequiredSequences:
    """What a schedule asks of a participant: meetings 1 to `meetings`, then the post-test (partner-api 4.6)."""

    meetings: int

    def __post_init__(self) -> None:
        if not 1 <= self.meetings < POST_TEST:
            raise ValueError(f"a schedule has 1 to {POST_TEST - 1} meetings, not {self.meetings}")

    @property
    def sequences(self) -> tuple[int, ...]:
        """Every required sequence, in the order of attending."""
        return (*range(1, self.meetings + 1), POST_TEST)


def is_complete(required: RequiredSequences, attended: Set[int], *, min_ratio: Fraction | Decimal | float = 1) -> bool:
    """Whether enough was attended for a certificate.

    The first meeting and the post-test are never waived; of all meetings at least `min_ratio` (0 to 1, programme-rules
    7.3 `attendance.min_ratio`) must be attended. Raises ValueError when the ratio is not between 0 and 1.
    """
    ratio = Fraction(str(min_ratio))  # through its text, so that 0.8 means four fifths and not the nearest binary
    if not 0 <= ratio <= 1:
        raise ValueError(f"the attendance ratio is between 0 and 1, not {min_ratio}")
    missing = missing_sequences(required, attended)
    if 1 in missing or POST_TEST in missing:
        return False
    return required.meetings - len(missing) >= ratio * required.meetings


def missing_sequences(required: RequiredSequences, attended: Set[int]) -> tuple[int, ...]:
    """The required sequences not attended, in order: what a page shows to someone who waits for a certificate."""
    return tuple(sequence for sequence in required.sequences if sequence not in attended)


def certificate_number(year: int, random_bits: int) -> str:
    """A public number such as `2020-88839-XLL62-LTN92`: 63 unguessable bits and a check sign.

    `random_bits` are fresh from `secrets.randbits(RANDOM_BITS)`. The last sign checks all the others, year included.
    Raises ValueError when the year has not four digits or there are not that many bits.
    """
    if not 1000 <= year <= 9999:
        raise ValueError(f"the year of a certificate has four digits: {year}")
    if not 0 <= random_bits < 2**RANDOM_BITS:
        raise ValueError(f"a certificate number is made from {RANDOM_BITS} random bits")
    body = ""
    for _ in range(_BODY_SIGNS):
        random_bits, value = divmod(random_bits, len(ALPHABET))
        body += ALPHABET[value]
    signs = f"{year}{body}"
    return _grouped(signs + _check_sign(signs))


def valid_number(text: str) -> bool:
    """Whether what a person typed is a certificate number whose check sign holds."""
    return canonical_number(text) is not None


def canonical_number(text: str) -> str | None:
    """What a person typed as a certificate number in its one written form, or None when it is not one.

    Small letters, spaces and missing or other dashes are forgiven; a wrong sign is not.
    """
    if len(text) > _LONGEST_TYPED:
        return None
    signs = "".join(sign for sign in text.strip() if unicodedata.category(sign) not in _DASHES_AND_SPACES).upper()
    year, body = signs[:_YEAR_DIGITS], signs[_YEAR_DIGITS:]
    if len(body) != _BODY_SIGNS + 1 or not (year.isascii() and year.isdigit()) or year < "1000":
        return None
    if not set(body) <= set(ALPHABET) or _check_sign(signs[:-1]) != signs[-1]:
        return None
    return _grouped(signs)


def _check_sign(signs: str) -> str:
    """The sign that brings the weighted sum to zero modulo 23; no two places have the same weight."""
    total = sum(weight * _value(sign) for weight, sign in enumerate(signs, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def _value(sign: str) -> int:
    return int(sign) if sign.isdigit() else ALPHABET.index(sign)


def _grouped(signs: str) -> str:
    year, body = signs[:_YEAR_DIGITS], signs[_YEAR_DIGITS:]
    groups = (body[start : start + _GROUP] for start in range(0, len(body), _GROUP))
    return "-".join((year, *groups))
