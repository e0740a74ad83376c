"""Whether what somebody enters can be right, and who is free to register. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.words import LANGUAGES
from prakarsa.people.model import Education, NewPerson, Registration, Role, Situation
from prakarsa.people.nik import Nik, parse_nik, valid_kk
from prakarsa.people.refusals import (
    BadAddress,
    BadBirthDate,
    BadCitizenship,
    BadEducation,
    BadEmail,
    BadKk,
    BadLanguage,
    BadName,
    BadNik,
    BadPhone,
    BadRole,
    BadSituation,
    Barred,
    BirthDateDiffers,
    EmailTaken,
    NikTaken,
    PhoneTaken,
    WeakPassword,
)

CODE_MINUTES = 5
CODE_TRIES = 3
CODES_PER_HOUR = 5
SESSION_DAYS = 90
STAFF_SESSION_HOURS = 12
STAFF_TRIES = 5
STAFF_LOCK_MINUTES = 15

NAME_LONGEST = 100
OLDEST_YEARS = 120
PASSWORD_SHORTEST, PASSWORD_LONGEST = 12, 1_000

NAME_EMPTY = msg("it is empty")
NAME_TOO_LONG = msg("it is longer than 100 characters")
NAME_STRANGE = msg("it may hold letters, spaces, full stops, commas, apostrophes and hyphens only")
BORN_LATER = msg("it lies in the future")
BORN_LONG_AGO = msg("it is more than 120 years ago")
PHONE_CHARACTERS = msg("it may hold digits only, with + in front")
PHONE_ABROAD = msg("it does not begin with 08 or +628")
PHONE_LENGTH = msg("it has too few or too many digits")
EMAIL_LONG = msg("it is longer than 254 characters")
EMAIL_AT = msg("it needs exactly one @ with something before and after it")
EMAIL_LOCAL = msg("the part before the @ holds a sign that cannot stand there")
EMAIL_DOMAIN = msg("the part after the @ is not the name of a mail server")
PASSWORD_SHORT = msg("it is shorter than 12 characters")
PASSWORD_LONG = msg("it is longer than 1,000 characters")
PASSWORD_PLAIN = msg("it repeats one sign, or holds the e-mail address")
PASSWORD_STRANGE = msg("it holds a sign that cannot be typed")

BAR_WORDS = {
    "first_purchase_missed": msg("no course was bought before the first-purchase deadline"),
    "false_data": msg("the data given were false"),
    "used_by_another": msg("the account was used by another person"),
    "automation": msg("an automation tool was used on the account"),
}
"""Why somebody was barred, in words (programme-rules 10)."""

_NAME_SIGNS = " .,'’`/-"
_PHONE_DRESS = str.maketrans("", "", " -.()\u00a0")
_PHONE = re.compile(r"\+628[0-9]{8,11}")
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_COUNTRY = re.compile(r"[A-Z]{2}")
_EDUCATIONS, _SITUATIONS = frozenset(Education), frozenset(Situation)


Read = TypeVar("Read")


class Channel(StrEnum):
    """How a message travels."""

    SMS = "sms"
    EMAIL = "email"


def read_registration(new: NewPerson, today: date) -> Registration | list[Refusal]:
    """The registration with every text in its stored form, or every reason why it cannot be taken.

    `today` is the day in Jakarta. Source: the form of Permenaker 17/2020 and the identity check of programme-rules 2.
    A NIK keeps the birth date it was made from even when that was wrong; such a difference is refused here with the
    way to mend it, because the civil registry would be asked about the wrong person otherwise.
    """
    reasons: list[Refusal] = []
    name = _kept(reasons, read_name, new.name)
    nik = _kept(reasons, partial(read_nik, birth_date=new.birth_date, today=today), new.nik)
    kk = "".join(new.kk.split())
    if not valid_kk(kk) or (nik is not None and kk == nik.number):
        reasons.append(BadKk())
    phone = _kept(reasons, read_phone, new.phone)
    email = _kept(reasons, read_email, new.email)
    reasons += _choices_problems(new)
    if reasons or name is None or phone is None or email is None or nik is None:
        return reasons
    return Registration(
        name=name,
        birth_date=new.birth_date,
        sex=nik.sex,
        province_code=nik.province_code,
        nik=nik.number,
        kk=kk,
        phone=phone,
        email=email,
        education=new.education,
        situation=new.situation,
        in_formal_education=new.in_formal_education,
        citizenship=new.citizenship,
        language=new.language,
    )


def read_nik(text: str, *, birth_date: date, today: date) -> Nik:
    """The identity number of somebody born that day. Raises BadBirthDate, BadNik, BirthDateDiffers."""
    if birth_date > today:
        raise BadBirthDate(BORN_LATER)
    if birth_date.year < today.year - OLDEST_YEARS:
        raise BadBirthDate(BORN_LONG_AGO)
    try:
        nik = parse_nik("".join(text.split()), today)
    except ValueError as error:
        raise BadNik(str(error)) from error
    # the number holds two digits of the year, so its century is a guess and does not count
    written = (nik.birth_date.day, nik.birth_date.month, nik.birth_date.year % 100)
    if written != (birth_date.day, birth_date.month, birth_date.year % 100):
        raise BirthDateDiffers
    return nik


def read_name(text: str) -> str:
    """A name in its stored form: one space between words, composed letters. Raises BadName."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise BadName(NAME_EMPTY)
    if len(name) > NAME_LONGEST:
        raise BadName(NAME_TOO_LONG)
    if not _is_name(name):
        raise BadName(NAME_STRANGE)
    return name


def _is_name(name: str) -> bool:
    signs_fit = all(sign.isalpha() or unicodedata.combining(sign) or sign in _NAME_SIGNS for sign in name)
    return signs_fit and name[0].isalpha()


def read_phone(text: str) -> str:
    """A mobile number as +628…, whichever way people write it (0812-…, 62812…, +62 812 …). Raises BadPhone."""
    number = text.strip().translate(_PHONE_DRESS)
    if not re.fullmatch(r"\+?[0-9]+", number):
        raise BadPhone(PHONE_CHARACTERS)
    for prefix in ("+62", "0062", "62", "0"):
        if number.startswith(prefix):
            number = "+62" + number.removeprefix(prefix).removeprefix("0")
            break
    if not number.startswith("+628"):
        raise BadPhone(PHONE_ABROAD)
    if not _PHONE.fullmatch(number):
        raise BadPhone(PHONE_LENGTH)
    return number


def read_email(text: str) -> str:
    """A mail address in lower case (RFC 5321 lengths, dot-atom before the @, a domain after it). Raises BadEmail."""
    address = text.strip().lower()
    if len(address) > 254:
        raise BadEmail(EMAIL_LONG)
    local, at, domain = address.partition("@")
    if not (local and at and domain) or "@" in domain:
        raise BadEmail(EMAIL_AT)
    if len(local) > 64 or not _LOCAL.fullmatch(local):
        raise BadEmail(EMAIL_LOCAL)
    if not _DOMAIN.fullmatch(domain):
        raise BadEmail(EMAIL_DOMAIN)
    return address


def read_address(text: str) -> tuple[Channel, str]:
    """What somebody signs in with: a phone number or a mail address, in its stored form. Raises BadAddress."""
    try:
        return (Channel.EMAIL, read_email(text)) if "@" in text else (Channel.SMS, read_phone(text))
    except (BadEmail, BadPhone) as error:
        raise BadAddress from error


def read_role(text: str) -> Role:
    """A role by its name. Raises BadRole."""
    try:
        return Role(text)
    except ValueError as error:
        raise BadRole(_known(Role)) from error


def check_password(password: str, email: str) -> None:
    """Twelve characters or more, not one sign repeated, not the owner's address. Raises WeakPassword.

    Length counts and composition rules do not (NIST SP 800-63B section 5.1.1.2).
    """
    if len(password) < PASSWORD_SHORTEST:
        raise WeakPassword(PASSWORD_SHORT)
    if len(password) > PASSWORD_LONGEST:
        raise WeakPassword(PASSWORD_LONG)
    if not password.isprintable():
        raise WeakPassword(PASSWORD_STRANGE)
    if len(set(password)) < 3 or email.partition("@")[0] in password.lower():
        raise WeakPassword(PASSWORD_PLAIN)


def age_years(birth_date: date, on: date) -> int:
    """Completed years on a day; someone born on 29 February completes a year on 1 March of other years."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


@dataclass(frozen=True, slots=True)
class Keys:
    """The blind indexes under which a person is known."""

    nik: bytes
    kk: bytes
    phone: bytes
    email: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of somebody who shares a NIK, phone or address with a registration."""

    person_id: int
    nik_index: bytes
    kk_index: bytes
    phone_index: bytes
    email_index: bytes
    name: str
    birth_date: date
    education: str
    situation: str
    in_formal_education: bool
    citizenship: str


class Directory:
    """Who is known already, by each key."""

    def __init__(self, known: Sequence[Known], barred: Mapping[bytes, str]) -> None:
        self._by_nik = {person.nik_index: person for person in known}
        self._phones = {person.phone_index for person in known}
        self._emails = {person.email_index for person in known}
        self._barred = barred

    def answer(self, registration: Registration, keys: Keys) -> int | Refusal | None:
        """The person if exactly this registration was taken before, a refusal if a key is taken, None if all are free.

        The language does not count: it may be chosen anew each time.
        """
        if keys.nik in self._barred:
            return Barred(bar_words(self._barred[keys.nik]))
        if person := self._by_nik.get(keys.nik):
            return person.person_id if _same_person(registration, keys, person) else NikTaken()
        if keys.phone in self._phones:
            return PhoneTaken()
        if keys.email in self._emails:
            return EmailTaken()
        return None


def bar_words(reason: str) -> str:
    """The reason for a bar in words; one we have no words for is shown as it is."""
    return BAR_WORDS.get(reason, reason)


def _same_person(registration: Registration, keys: Keys, known: Known) -> bool:
    return (
        keys == Keys(known.nik_index, known.kk_index, known.phone_index, known.email_index)
        and registration.name.casefold() == known.name.casefold()
        and registration.birth_date == known.birth_date
        and registration.education == known.education
        and registration.situation == known.situation
        and registration.in_formal_education == known.in_formal_education
        and registration.citizenship == known.citizenship
    )


def _kept(reasons: list[Refusal], read: Callable[[str], Read], text: str) -> Read | None:
    """What was read; a refusal is added to the reasons instead."""
    try:
        return read(text)
    except Refusal as reason:
        reasons.append(reason)
        return None


def _choices_problems(new: NewPerson) -> list[Refusal]:
    problems: list[Refusal] = []
    if new.education not in _EDUCATIONS:
        problems.append(BadEducation(_known(Education)))
    if new.situation not in _SITUATIONS:
        problems.append(BadSituation(_known(Situation)))
    if not _COUNTRY.fullmatch(new.citizenship):
        problems.append(BadCitizenship())
    if new.language not in LANGUAGES:
        problems.append(BadLanguage(", ".join(LANGUAGES)))
    return problems


def _known(choices: type[StrEnum]) -> str:
    return ", ".join(choices)
