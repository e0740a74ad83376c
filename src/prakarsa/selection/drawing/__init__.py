"""The draw, as a stranger can repeat it. Needs nothing but the Python standard library; this folder may be used alone.

What is drawn from. Every eligible application is an entry: a public id, a region (province code) and a tier
(`affected` or `general`). Ids are ASCII and are sorted as bytes.

1. Commitment, before the seed exists.
   `list_sha256` is SHA-256 over the sorted ids joined by newlines (0x0A), no newline at the end.
   `entries_sha256` is SHA-256 over the sorted lines `id|region|tier`, each followed by a newline, and then the
   canonical terms: `{"quota":Q,"region_quota":{...},"reserved_percent":P}`, JSON with sorted keys, no blanks, ASCII.
   So neither the list, nor a region or tier, nor the number of seats can be changed after the seed is known.
2. Seed. A text from a public source that nobody could know at the commitment, entered once, after it.
3. Rank. Each entry's digest is SHA-256 over the seed (UTF-8) followed by its id. The smallest digest (compared as
   bytes) has place 1. Should two digests be equal, the smaller id comes first.
4. Seats. `region_quota` gives each region its seats; when it is empty, all entries are one region with `quota` seats.
   Region by region:
   a. the reserved seats, `reserved_percent` of the region's seats rounded up, go to entries of tier `affected` by
      place, as far as there are any;
   b. every other seat of the region goes to its remaining entries of both tiers by place.
5. Seats that regions could not fill, and seats of `quota` given to no region, go to the entries still without a seat,
   wherever they are, by place.

Within one region and tier a better place is therefore never passed over for a worse one.
"""

# relative imports, so that the folder works wherever it is copied to
from .lottery import (
    AFFECTED,
    GENERAL,
    NATIONAL,
    NOT_SELECTED,
    SELECTED,
    TIERS,
    Commitment,
    DrawTerms,
    Entry,
    Group,
    Result,
    canonical_terms,
    commitment,
    draw,
    last_places,
    rank,
    seats,
    terms_problem,
)
from .published import FORMAT, Head, published, verify_document, verify_file

__all__ = [
    "AFFECTED",
    "FORMAT",
    "GENERAL",
    "NATIONAL",
    "NOT_SELECTED",
    "SELECTED",
    "TIERS",
    "Commitment",
    "DrawTerms",
    "Entry",
    "Group",
    "Head",
    "Result",
    "canonical_terms",
    "commitment",
    "draw",
    "last_places",
    "published",
    "rank",
    "seats",
    "terms_problem",
    "verify_document",
    "verify_file",
]
