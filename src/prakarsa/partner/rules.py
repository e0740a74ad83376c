"""What a partner may be called, where people may be sent back to, and how its status may change. Pure."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField
from prakarsa.partner.model import MOVES, NewPartner, Partner, PartnerKind, PartnerMove, PartnerStatus
from prakarsa.partner.refusals import (
    BasisMissing,
    CommissionAboveCap,
    PartnerEnded,
    RedirectNotAllowed,
    StatusMoveRefused,
    TooManyRedirects,
)

LONGEST_OVERLAP = timedelta(days=90)
"""How long an old key may stay valid beside its successor."""
MOST_KEYS = 5
MOST_REDIRECTS = 50
_CLIENT_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}")
_URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_LONGEST_TEXT = 200
_LONGEST_URI = 500
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


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
