"""Evidence: what a decision rests on, in kinds that can be looked at again."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import msgspec

from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import BadField, EvidenceUnfit

LONGEST = 500
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RUPIAH = re.compile(r"[0-9]{1,15}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")


class EvidenceKind(StrEnum):
    """What sort of thing a piece of evidence is, and so how its reference is written."""

    WEB_PAGE = "web_page"
    """An address that anybody could open on the day it was seen."""
    OUTSIDE_PRICE = "outside_price"
    """The same, with the price that stood there."""
    DOCUMENT = "document"
    """A file that is kept elsewhere, named by the SHA-256 of its bytes."""
    CLASS = "class"
    """A scheduled class, by its schedule code."""
    FINDING = "finding"
    """What a monitor or an assessor found, by its code."""
    JOURNAL = "journal"
    """What the journal says about a subject."""


EVIDENCE_WORDS = {
    EvidenceKind.WEB_PAGE: msg("a web page"),
    EvidenceKind.OUTSIDE_PRICE: msg("a price seen on a web page"),
    EvidenceKind.DOCUMENT: msg("a document by its SHA-256"),
    EvidenceKind.CLASS: msg("a scheduled class"),
    EvidenceKind.FINDING: msg("a finding"),
    EvidenceKind.JOURNAL: msg("a journal subject"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence, and the day somebody saw it. Only an outside price has a price."""

    kind: EvidenceKind
    reference: str
    seen_on: date
    note: str = ""
    price_idr: int | None = None


def check(evidence: Evidence, *, accepted: Collection[EvidenceKind], today: date) -> Evidence:
    """The evidence, if it is of an accepted kind and its reference can be looked at again. Raises EvidenceUnfit."""
    if evidence.kind not in accepted:
        raise EvidenceUnfit(evidence.kind, msg("it is of a kind that does not show this"))
    if evidence.seen_on > today:
        raise EvidenceUnfit(evidence.kind, msg("the day it was seen is in the future"))
    if (evidence.price_idr is not None) != (evidence.kind is EvidenceKind.OUTSIDE_PRICE):
        raise EvidenceUnfit(evidence.kind, msg("an outside price has a price, and nothing else has one"))
    if evidence.price_idr is not None and evidence.price_idr < 0:
        raise EvidenceUnfit(evidence.kind, msg("the price is below zero"))
    if len(evidence.note) > LONGEST or not (evidence.note or " ").isprintable():
        raise EvidenceUnfit(evidence.kind, msg("the note is longer than 500 printable characters"))
    if problem := _reference_problem(evidence.kind, evidence.reference):
        raise EvidenceUnfit(evidence.kind, problem)
    return evidence


def read(text: str) -> Evidence:
    """One piece as people type it: `kind:reference@day`, for an outside price `outside_price:address@day=rupiah`.

    Raises BadField, which says what is wrong. Whether it is fit is for `check` to say.
    """
    kind, separator, rest = text.strip().partition(":")
    if not separator or kind not in set(EvidenceKind):
        raise BadField(
            "evidence", msg("it begins with web_page:, outside_price:, document:, class:, finding: or journal:")
        )
    reference, separator, seen = rest.rpartition("@")
    day, _, price = seen.partition("=")
    if not separator or not reference:
        raise BadField("evidence", msg("it ends with @ and the day it was seen, such as @2020-08-15"))
    if not _DAY.fullmatch(day):
        raise BadField("evidence", msg("the day it was seen is written as 2020-08-15"))
    try:
        seen_on = date.fromisoformat(day)
    except ValueError as error:
        raise BadField("evidence", msg("the day it was seen is not in the calendar")) from error
    if price and not _RUPIAH.fullmatch(price):
        raise BadField("evidence", msg("the price is a whole number of rupiah, such as =250000"))
    return Evidence(EvidenceKind(kind), reference, seen_on, price_idr=int(price) if price else None)


def to_json(evidence: Sequence[Evidence]) -> str:
    """Evidence as it is stored."""
    return msgspec.json.encode(list(evidence)).decode()


def from_json(rows: Sequence[dict[str, Any]]) -> tuple[Evidence, ...]:
    """Evidence as it was stored."""
    return tuple(msgspec.convert(row, Evidence) for row in rows)


def _reference_problem(kind: EvidenceKind, reference: str) -> str:
    if kind in {EvidenceKind.WEB_PAGE, EvidenceKind.OUTSIDE_PRICE}:
        return "" if _is_address(reference) else msg("the reference is not an http or https address")
    if kind is EvidenceKind.DOCUMENT:
        return "" if _SHA256.fullmatch(reference) else msg("the reference is not a SHA-256 in 64 hexadecimal digits")
    return "" if _CODE.fullmatch(reference) else msg("the reference is not a code")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(text) <= LONGEST and text.isprintable()
