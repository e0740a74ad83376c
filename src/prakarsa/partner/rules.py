"""What a partner may be called and declare, how its status may change, which conditions it meets. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import BadField
from prakarsa.kernel.words import LANGUAGES
from prakarsa.partner.model import (
    LEGAL_FORM_WORDS,
    MOVES,
    Check,
    LegalForm,
    NewPartner,
    Partner,
    PartnerKind,
    PartnerMove,
    PartnerStatus,
    Profile,
)
from prakarsa.partner.refusals import (
    BasisMissing,
    CommissionAboveCap,
    IntegrationNotCertified,
    LegalFormUnfit,
    NoBusinessNumber,
    NoPlatformContract,
    NoTaxNumber,
    NotInForce,
    PartnerEnded,
    RedirectNotAllowed,
    StatusMoveRefused,
    TooFewProvinces,
    TooManyRedirects,
    TooYoung,
)

LONGEST_OVERLAP = timedelta(days=90)
"""How long an old key may stay valid beside its successor."""
MOST_KEYS = 5
MOST_REDIRECTS = 50
_CLIENT_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}")
_URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_LONGEST_TEXT = 200
_LONGEST_URI = 500
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")
_LONGEST_EMAIL = 254
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
PROVINCES = 34
"""Provinces of Indonesia in 2020, of which Permenko 11/2020 art. 36(3)a speaks."""
PLATFORM_FORMS = frozenset({LegalForm.GOVERNMENT, LegalForm.STATE_COMPANY, LegalForm.PRIVATE_COMPANY})
"""Permenko 11/2020 art. 36(2), (4): the state itself, or a limited company."""
WITHOUT_PERSONALITY = frozenset({LegalForm.PARTNERSHIP, LegalForm.PERSON})
NOT_DECLARED = msg("nothing was declared")
MOST_PROVINCES = 38
"""Provinces today; a platform may have users in all of them."""


class ConditionTerms(Protocol):
    """What the conditions below read of the terms in force (programme.model.Terms)."""

    @property
    def institution_pipeline(self) -> tuple[str, ...]:
        """Steps that institutions go through."""

    @property
    def institution_min_age_years(self) -> int:
        """How old a legal entity must be."""

    @property
    def institution_requires_platform_contract(self) -> bool:
        """Whether it must have signed with a platform."""

    @property
    def settlement_max_commission_percent(self) -> int | None:
        """The cap on commissions."""

    @property
    def platform_min_province_percent(self) -> int:
        """Share of provinces in which a platform must have users."""

    @property
    def platform_requires_certified_integration(self) -> bool:
        """Whether its integration must be certified."""


def client_code_fits(text: str) -> bool:
    """Whether a text can be a client code: a short ASCII slug (partner-api 1.3)."""
    return _CLIENT_CODE.fullmatch(text) is not None


def checked(new: NewPartner, max_commission_percent: int | None) -> NewPartner:
    """The partner with its texts tidied. Raises BadField, CommissionAboveCap, RedirectNotAllowed,
    TooManyRedirects.

    Source: partner-api 1.3; Permenko 11/2020 art. 40 for the commission, which only a platform earns.
    """
    if not client_code_fits(new.client_code):
        raise BadField("client_code", msg("use 2 to 40 lowercase letters, digits, dashes or underscores"))
    check_commission(new.kind, new.commission_percent, max_commission_percent)
    if len(new.redirect_uris) > MOST_REDIRECTS:
        raise TooManyRedirects(new.client_code, MOST_REDIRECTS)
    for uri in new.redirect_uris:
        check_redirect(uri)
    return NewPartner(
        kind=new.kind,
        client_code=new.client_code,
        name=tidy("name", new.name),
        basis=None if new.basis is None else tidy("basis", new.basis),
        commission_percent=new.commission_percent,
        redirect_uris=tuple(dict.fromkeys(new.redirect_uris)),
    )


def check_commission(kind: PartnerKind, percent: int, max_percent: int | None) -> None:
    """A commission is a whole percentage within the cap, and only a platform has one (Permenko 11/2020 art. 40).

    Raises BadField, CommissionAboveCap.
    """
    if not 0 <= percent <= 100:
        raise BadField("commission_percent", msg("use a whole number from 0 to 100"))
    if kind is PartnerKind.INSTITUTION and percent:
        raise BadField("commission_percent", msg("an institution earns no commission"))
    if max_percent is not None and percent > max_percent:
        raise CommissionAboveCap(percent, max_percent)


def same_partner(partner: Partner, new: NewPartner) -> bool:
    """Whether registering `new` says nothing that is not known of `partner`."""
    return (
        partner.kind is new.kind
        and partner.name == new.name
        and partner.commission_percent == new.commission_percent
        and new.basis in {None, partner.basis}
    )


def first_status(new: NewPartner) -> PartnerStatus:
    """Active with an agreement or decree (Permenko 11/2020 art. 30(1), 36(1)), else pending."""
    return PartnerStatus.ACTIVE if new.basis else PartnerStatus.PENDING


def after(partner: Partner, move: PartnerMove, basis: str | None = None) -> PartnerStatus:
    """The status after a move. Raises StatusMoveRefused, BasisMissing."""
    status = MOVES.get((partner.status, move))
    if status is None:
        raise StatusMoveRefused(partner.client_code, partner.status, move)
    if status is PartnerStatus.ACTIVE and not basis:
        raise BasisMissing(partner.client_code)
    return status


def check_may_sign(partner: Partner) -> None:
    """A partner whose agreement has ended gets no new key. Raises PartnerEnded."""
    if partner.status is PartnerStatus.ENDED:
        raise PartnerEnded(partner.client_code)


def check_overlap(overlap: timedelta) -> None:
    """An old key may live on for at most 90 days. Raises BadField."""
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise BadField("overlap", msg("use a time between nothing and 90 days"))


def check_since(since: date, today: date) -> None:
    """What has not happened yet is not recorded. Raises BadField."""
    if since > today:
        raise BadField("since", msg("the day is in the future"))


def check_redirect(uri: str) -> None:
    """People are sent back over TLS, or to the very machine they sit at. Raises RedirectNotAllowed.

    Source: partner-api 1.3 (registered call-backs); RFC 8252 7.3 for loopback addresses; RFC 6749 3.1.2 forbids
    fragments.
    """
    if problem := _redirect_problem(uri):
        raise RedirectNotAllowed(uri[:_LONGEST_URI].encode("ascii", "replace").decode(), problem)


def _redirect_problem(uri: str) -> str:
    if len(uri) > _LONGEST_URI or not _URI.fullmatch(uri):
        return msg("use at most 500 of the characters that RFC 3986 allows in an address")
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return msg("it is not a well-formed address")
    host = parts.hostname
    if not host or port == 0:
        return msg("it is not a well-formed address")
    if parts.username is not None or parts.password is not None:
        return msg("it holds a user name or password")
    if "#" in uri:
        return msg("it holds a fragment")
    if parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK):
        return ""
    return msg("it is not https")


def tidy(field: str, text: str) -> str:
    """One line of text with single blanks. Raises BadField for an empty, long or unprintable one."""
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST_TEXT or not line.isprintable():
        raise BadField(field, msg("use 1 to 200 printable characters"))
    return line


def read_email(text: str) -> str:
    """A mail address of an office in lower case. Raises BadField."""
    address = text.strip().lower()
    if len(address) > _LONGEST_EMAIL or not _EMAIL.fullmatch(address):
        raise BadField("email", msg("it is not a mail address"))
    return address


def read_language(text: str) -> str:
    """A language that the product speaks. Raises BadField."""
    if text not in LANGUAGES:
        raise BadField("language", msg("it is not a language that is spoken here"))
    return text


def checked_profile(profile: Profile, today: date) -> Profile:
    """The profile with its texts tidied. Raises BadField for the first field that cannot be right."""
    for field, day in (
        ("founded_on", profile.founded_on),
        ("integration_certified_on", profile.integration_certified_on),
    ):
        if day is not None and day > today:
            raise BadField(field, msg("the day is in the future"))
    if profile.provinces_served is not None and not 0 <= profile.provinces_served <= MOST_PROVINCES:
        raise BadField("provinces_served", msg("the number is out of range"))
    return replace(
        profile,
        business_number=_tidy_or_none("business_number", profile.business_number),
        tax_number=_tidy_or_none("tax_number", profile.tax_number),
        platform_contract=_tidy_or_none("platform_contract", profile.platform_contract),
    )


def _tidy_or_none(field: str, text: str | None) -> str | None:
    return tidy(field, text) if text else None


def path_down(edges: Iterable[tuple[str, str]], top: str, bottom: str) -> list[str]:
    """The shortest way from one partner down to another that it owns, both included; empty when it does not.

    The edges are pairs of owner and owned. Everybody stands at the end of the way to themselves.
    """
    below: dict[str, list[str]] = {}
    for owner, owned in edges:
        below.setdefault(owner, []).append(owned)
    ways = {top: [top]}
    frontier = [top]
    while frontier and bottom not in ways:
        found = {owned: [*ways[owner], owned] for owner in frontier for owned in below.get(owner, ())}
        fresh = {owned: way for owned, way in found.items() if owned not in ways}
        ways |= fresh
        frontier = list(fresh)
    return ways.get(bottom, [])


def institution_conditions(
    partner: Partner, profile: Profile, terms: ConditionTerms, *, on: date, listed: bool = False
) -> list[Check]:
    """Every condition of an institution, each passed or with its refusal; one that the terms do not ask for passes.

    `listed` says that a platform sells one of its courses, which shows a contract as well as its number does.
    Source: Permenko 11/2020 art. 30(1), 30(2)a, 30(3); the documents of 2023 (programme-rules 6.2).
    """
    asks_papers = bool(terms.institution_pipeline)
    contract = terms.institution_requires_platform_contract and not listed and profile.platform_contract is None
    return [
        Check(msg("The institution is decreed"), _in_force(partner)),
        Check(
            msg("It works with a platform"),
            NoPlatformContract(partner.client_code) if contract else None,
        ),
        Check(msg("It is a legal entity of the age asked for"), _old_enough(partner, profile, terms, on)),
        Check(
            msg("It has a business number"),
            NoBusinessNumber(partner.client_code) if asks_papers and profile.business_number is None else None,
        ),
        Check(
            msg("It has a tax number"),
            NoTaxNumber(partner.client_code) if asks_papers and profile.tax_number is None else None,
        ),
    ]


def platform_conditions(partner: Partner, profile: Profile, terms: ConditionTerms) -> list[Check]:
    """Every condition of a platform, each passed or with its refusal; one that the terms do not ask for passes.

    The legal form is asked for together with the provinces: both came with Permenko 11/2020 art. 36.
    Source: Permenko 11/2020 art. 36(1)-(4), 40 (programme-rules 6.3).
    """
    cap = terms.settlement_max_commission_percent
    dear = cap is not None and partner.commission_percent > cap
    asked = terms.platform_requires_certified_integration and profile.integration_certified_on is None
    return [
        Check(msg("The platform has an agreement"), _in_force(partner)),
        Check(
            msg("Its commission is within the limit"),
            CommissionAboveCap(partner.commission_percent, cap) if dear and cap is not None else None,
        ),
        Check(msg("It is of a legal form that may run a platform"), _platform_form(partner, profile, terms)),
        Check(msg("It has users in enough provinces"), _wide_enough(partner, profile, terms)),
        Check(
            msg("Its integration with the card is certified"),
            IntegrationNotCertified(partner.client_code) if asked else None,
        ),
    ]


def provinces_needed(min_percent: int) -> int:
    """The least whole number of provinces that is this share of all; at most all of them."""
    return min(PROVINCES, -(-PROVINCES * min_percent // 100))


def _in_force(partner: Partner) -> Refusal | None:
    return None if partner.active else NotInForce(partner.client_code, partner.status)


def _old_enough(partner: Partner, profile: Profile, terms: ConditionTerms, on: date) -> Refusal | None:
    """2023: a legal entity that is at least a year old (programme-rules 6.2)."""
    years = terms.institution_min_age_years
    if not years:
        return None
    if profile.legal_form is not None and profile.legal_form in WITHOUT_PERSONALITY:
        return LegalFormUnfit(partner.client_code, LEGAL_FORM_WORDS[profile.legal_form])
    if profile.founded_on is None or _years_after(profile.founded_on, years) > on:
        return TooYoung(partner.client_code, years)
    return None


def _platform_form(partner: Partner, profile: Profile, terms: ConditionTerms) -> Refusal | None:
    if not terms.platform_min_province_percent or profile.legal_form in PLATFORM_FORMS:
        return None
    declared = NOT_DECLARED if profile.legal_form is None else LEGAL_FORM_WORDS[profile.legal_form]
    return LegalFormUnfit(partner.client_code, declared)


def _wide_enough(partner: Partner, profile: Profile, terms: ConditionTerms) -> Refusal | None:
    needed = provinces_needed(terms.platform_min_province_percent)
    served = profile.provinces_served or 0
    return TooFewProvinces(partner.client_code, served, needed) if served < needed else None


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
