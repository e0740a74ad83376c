"""Ranks and seats: steps 1, 3, 4 and 5 of the draw."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import tee

AFFECTED, GENERAL = "affected", "general"
TIERS = (AFFECTED, GENERAL)
SELECTED, NOT_SELECTED = "selected", "not_selected"
NATIONAL = ""
"""The one region when no region has seats of its own."""

ID_SHAPE = re.compile(r"[0-9A-Za-z-]{1,64}")
REGION_SHAPE = re.compile(r"[0-9A-Za-z-]{1,16}")
MOST_SEATS = 10**9

Group = tuple[str, str]
"""A region that has seats of its own (or NATIONAL), and a tier."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One application as the public sees it."""

    id: str
    region: str
    tier: str


@dataclass(frozen=True, slots=True)
class DrawTerms:
    """How many seats there are, and for whom. `reserved_percent` is whole percent; `region_quota` may be empty."""

    quota: int
    reserved_percent: int
    region_quota: Mapping[str, int]

    def group(self, region: str, tier: str) -> Group:
        """Those among whom a better place is never passed over."""
        return (region if self.region_quota else NATIONAL, tier)


@dataclass(frozen=True, slots=True)
class Commitment:
    """What is fixed before the seed exists: how many entries, and both digests in hexadecimal."""

    entries: int
    list_sha256: str
    entries_sha256: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the draw gave one entry. Places begin at 1."""

    id: str
    place: int
    verdict: str


def terms_problem(terms: DrawTerms) -> str:
    """Why these terms cannot be drawn by; empty when they can."""
    if not 0 <= terms.quota <= MOST_SEATS:
        return f"quota must be between 0 and {MOST_SEATS}"
    if not 0 <= terms.reserved_percent <= 100:
        return "reserved_percent must be between 0 and 100"
    if any(not REGION_SHAPE.fullmatch(region) for region in terms.region_quota):
        return "region_quota names a region that cannot be one"
    if any(seats < 0 for seats in terms.region_quota.values()):
        return "region_quota gives a region less than no seats"
    if sum(terms.region_quota.values()) > terms.quota:
        return "region_quota gives more seats than quota"
    return ""


def canonical_terms(terms: DrawTerms) -> str:
    """The terms in the one spelling that is hashed."""
    return canonical(
        {
            "quota": terms.quota,
            "region_quota": dict(terms.region_quota),
            "reserved_percent": terms.reserved_percent,
        }
    )


def canonical(value: object) -> str:
    """JSON with sorted keys, no blanks, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def commitment(entries: Iterable[Entry], terms: DrawTerms) -> Commitment:
    """The commitment to entries that come sorted by id; memory stays flat. Raises ValueError when they do not."""
    ids, lines = hashlib.sha256(), hashlib.sha256()
    count, previous = 0, ""
    for entry in entries:
        if entry.id <= previous:
            raise ValueError(f"entries must come sorted by id, each once: {entry.id} after {previous}")
        ids.update((("\n" if count else "") + entry.id).encode())
        lines.update(f"{entry.id}|{entry.region}|{entry.tier}\n".encode())
        count, previous = count + 1, entry.id
    lines.update(canonical_terms(terms).encode())
    return Commitment(count, ids.hexdigest(), lines.hexdigest())


def rank(seed: str, public_id: str) -> bytes:
    """The digest that orders an entry: SHA-256 over the seed followed by the id, both in UTF-8."""
    return hashlib.sha256(seed.encode() + public_id.encode()).digest()


def seats(ranked: Iterable[Group], entries_of: Mapping[Group, int], terms: DrawTerms) -> Iterator[bool]:
    """For each entry in the order of places, whether it gets a seat (steps 4 and 5); memory stays flat.

    `ranked` gives each entry's group, `entries_of` how many entries each group has. Because those numbers are known,
    it is known beforehand how many reserved seats are taken and how many seats no region can fill, and one pass in
    the order of places does all steps.
    """
    own_seats = dict(terms.region_quota) or {NATIONAL: terms.quota}
    reserved: dict[str, int] = {}
    open_to_all: dict[str, int] = {}
    for region, number in own_seats.items():
        affected = entries_of.get((region, AFFECTED), 0)
        filled = min(number, affected + entries_of.get((region, GENERAL), 0))
        reserved[region] = min(-(-number * terms.reserved_percent // 100), affected)
        open_to_all[region] = filled - reserved[region]
    anywhere = terms.quota - sum(reserved.values()) - sum(open_to_all.values())

    for region, tier in ranked:
        if tier == AFFECTED and reserved.get(region, 0):
            reserved[region] -= 1
            yield True
        elif open_to_all.get(region, 0):
            open_to_all[region] -= 1
            yield True
        elif anywhere:
            anywhere -= 1
            yield True
        else:
            yield False


def draw(entries: Iterable[Entry], terms: DrawTerms, seed: str) -> list[Result]:
    """The whole draw, in the order of places. The order of `entries` does not matter.

    Raises ValueError when the terms cannot be drawn by.
    """
    if problem := terms_problem(terms):
        raise ValueError(problem)
    ranked = sorted(entries, key=lambda entry: (rank(seed, entry.id), entry.id))
    groups = [terms.group(entry.region, entry.tier) for entry in ranked]
    return [
        Result(entry.id, place, SELECTED if seated else NOT_SELECTED)
        for place, (entry, seated) in enumerate(zip(ranked, seats(groups, Counter(groups), terms), strict=True), 1)
    ]


def last_places(ranked: Iterable[Group], entries_of: Mapping[Group, int], terms: DrawTerms) -> dict[Group, int]:
    """The last place selected in each group that has one; everybody of the group up to that place is selected."""
    groups, again = tee(ranked)
    seated = enumerate(zip(groups, seats(again, entries_of, terms), strict=True), 1)
    return {group: place for place, (group, has_seat) in seated if has_seat}
