"""Codes and numbers that leave the house: unguessable, readable aloud, checkable.

Alphabets leave out look-alikes (0/O, 1/I) and vowels, so that no code spells a word.
"""

import secrets

READABLE = "23456789BCDFGHJKLMNPQRSTVWXZ"


def random_code(length: int, alphabet: str = READABLE) -> str:
    """A code of `length` characters, each drawn uniformly by the operating system's generator."""
    fair_below = 256 - 256 % len(alphabet)  # bytes above would favour the first characters
    code = ""
    while len(code) < length:
        code += "".join(alphabet[b % len(alphabet)] for b in secrets.token_bytes(length) if b < fair_below)
    return code[:length]


def luhn_digit(digits: str) -> str:
    """The check digit (ISO/IEC 7812-1, mod 10) that completes `digits`."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def luhn_holds(number: str) -> bool:
    """Whether the last digit of `number` is its check digit."""
    return number.isascii() and number.isdigit() and len(number) > 1 and luhn_digit(number[:-1]) == number[-1]


def random_card_number() -> str:
    """A 16-digit card number: 15 random digits, none leading zero, and the check digit."""
    body = str(secrets.randbelow(9 * 10**14) + 10**14)
    return body + luhn_digit(body)


def mask(text: str, shown: int = 4) -> str:
    """The text with all but its last characters hidden: how numbers appear on pages and in logs."""
    return "•" * max(len(text) - shown, 0) + text[-shown:]
