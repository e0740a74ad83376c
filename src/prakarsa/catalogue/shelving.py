"""The shelf of this process: a copy of the catalogue in memory for the search, and when it is read anew.

Decision 0016. The copy answers "which, and how many"; what a page then shows is read from the database and decided
again, so nothing depends on this process's memory being right.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prakarsa.catalogue import choosing, rules, shelf_store
from prakarsa.catalogue.choosing import Choice, Partners, Query, Standing
from prakarsa.catalogue.shelf import Mask, Shelf, Stock, build, places_in, stock, union
from prakarsa.hold.model import Capability, Hold, Scope
from prakarsa.kernel.db import Tx
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms

FRESH_SECONDS = 1.0
"""How old seats and partners in memory may be."""
OLDEST_SECONDS = 300.0
"""How old the whole copy may be: ratings alone do not make a new edition."""
REST = 20
"""After reading the whole copy the process leaves it alone for so many times as long as that took."""
SMALL_SECONDS = 0.05
"""A copy that is read so quickly is read whenever it has changed."""
_DAY = timedelta(days=1)
_MOST_DATABASES = 4
_MOST_STEMS = 20_000


@dataclass(frozen=True, slots=True)
class _Copy:
    """The catalogue as it was read at some moment of this process's life, and how long reading it took."""

    shelf: Shelf
    planned: Stock
    at: float
    took: float


@dataclass(frozen=True, slots=True)
class _Pulse:
    """What is read every second beside it. Masks fit the shelf they were made with, so the two go together."""

    copy: _Copy
    full: frozenset[int]
    partners: Partners
    taught: Mask
    at: float


@dataclass
class _Bench:
    """What this process remembers of one database. Everything in it may be replaced, nothing in it ever changes."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    pulse: _Pulse | None = None
    stock: tuple[Shelf, frozenset[int], Stock] | None = None
    terms: tuple[tuple[int, int | None, datetime], Terms] | None = None
    stems: dict[str, str] = field(default_factory=dict)


_benches: OrderedDict[str, _Bench] = OrderedDict()
_benches_turn = threading.Lock()


def standing(tx: Tx, holds: Iterable[Hold], *, now: datetime, wave: int | None) -> Standing:
    """The shelf as it stands at a moment under the terms of a wave (None: the newest that has opened).

    A transaction that has written something is shown a copy of its own. Raises NoWaveYet, WaveUnknown, PolicyGap.
    """
    seen = shelf_store.edition(tx)
    bench = _Bench() if seen.writes else _bench_of(tx)
    pulse = _refreshed(tx, bench, seen, now)
    shelf = pulse.copy.shelf
    held = frozenset(
        shelf.schedule_ids.get(str(hold.target_code), 0)
        for hold in holds
        if hold.scope == Scope.SCHEDULE and hold.capability == Capability.SELLING and hold.in_force(now)
    )
    return Standing(
        shelf=shelf,
        taught=pulse.taught,
        open=_stock(bench, shelf, pulse.full | held, now),
        planned=pulse.copy.planned,
        partners=pulse.partners,
        terms=_terms(tx, bench, seen.policy, wave, now),
    )


def terms(tx: Tx, *, now: datetime, wave: int | None) -> Terms:
    """The terms offers are held to: those of a wave, or of the newest that has opened.

    Raises NoWaveYet, WaveUnknown, PolicyGap.
    """
    seen = shelf_store.edition(tx)
    return _terms(tx, _Bench() if seen.writes else _bench_of(tx), seen.policy, wave, now)


def found(tx: Tx, at: Standing, query: Query, holds: Sequence[Hold], *, now: datetime) -> Choice:
    """The courses that a query means, with their facets."""
    return choosing.choose(at, query, _stems(tx, query.text), holds, now)


def pages(tx: Tx, at: Standing, choice: Choice, after: str | None, size: int) -> Iterable[Sequence[int]]:
    """The ids of the courses chosen, in order of title, from behind a course on: one list of `size` after another."""
    start = 0
    if after is not None:
        last = at.shelf.places.get(after)
        if last is not None:
            start = last + 1
        else:
            known = shelf_store.title_of(tx, after)  # it may have left the shelf between two pages
            start = at.shelf.after(*known) if known else len(at.shelf.course_ids)
    places = places_in(choice.mask, start)
    while page := [at.shelf.course_ids[place] for place, _ in zip(places, range(size), strict=False)]:
        yield page


def _refreshed(tx: Tx, bench: _Bench, seen: shelf_store.Edition, now: datetime) -> _Pulse:
    """What there is, read anew if it is too old. One thread reads at a time; the others go on with what there is."""
    pulse = bench.pulse
    if pulse is not None and not _old(pulse) and not _outdated(pulse.copy, seen, now):
        return pulse
    if not bench.turn.acquire(blocking=pulse is None):
        assert pulse is not None
        return pulse
    try:
        pulse = bench.pulse  # somebody may have read it while we waited
        copy = pulse.copy if pulse is not None and not _outdated(pulse.copy, seen, now) else _read(tx, seen, now)
        if pulse is None or copy is not pulse.copy or _old(pulse):
            bench.pulse = pulse = _felt(tx, copy, now)
        return pulse
    finally:
        bench.turn.release()


def _old(pulse: _Pulse) -> bool:
    return time.monotonic() - pulse.at >= FRESH_SECONDS


def _outdated(copy: _Copy, seen: shelf_store.Edition, now: datetime) -> bool:
    """Whether the whole copy is to be read: never one that is older than the copy there is."""
    age = time.monotonic() - copy.at
    if now < copy.shelf.read_at - _DAY or age > OLDEST_SECONDS:
        return True
    return seen.edition > copy.shelf.edition and (copy.took < SMALL_SECONDS or age > REST * copy.took)


def _read(tx: Tx, seen: shelf_store.Edition, now: datetime) -> _Copy:
    # the edition was read before its contents: they can be newer than it says, never older
    began = time.monotonic()
    shelf = build(
        seen.edition,
        now,
        shelf_store.courses(tx),
        shelf_store.classes(tx, now - _DAY),
        shelf_store.listings(tx),
        shelf_store.institution_words(tx),
    )
    planned = stock(shelf, frozenset(), None)
    ended = time.monotonic()
    return _Copy(shelf, planned, ended, ended - began)


def _felt(tx: Tx, copy: _Copy, now: datetime) -> _Pulse:
    full = shelf_store.full_classes(tx, now - _DAY)
    partners = shelf_store.partners(tx)
    teaching = {partner_id for partner_id, each in partners.institutions.items() if each.active}
    taught = union(mask for partner_id, mask in copy.shelf.by_institution.items() if partner_id in teaching)
    return _Pulse(copy, full, partners, taught, time.monotonic())


def _stock(bench: _Bench, shelf: Shelf, shut: frozenset[int], now: datetime) -> Stock:
    at_us = int(now.timestamp() * 1_000_000)
    known = bench.stock
    if known and known[0] is shelf and known[1] == shut and known[2].from_us <= at_us <= known[2].until_us:
        return known[2]
    made = stock(shelf, shut, at_us)
    bench.stock = (shelf, shut, made)
    return made


def _terms(tx: Tx, bench: _Bench, policy: int, wave: int | None, now: datetime) -> Terms:
    """The terms, looked up once a second: within one they change only with the policy's edition."""
    key = (policy, wave, now.replace(microsecond=0))
    known = bench.terms
    if known is not None and known[0] == key:
        return known[1]
    terms = programme.current_terms(tx, now) if wave is None else programme.terms(tx, wave, now)
    bench.terms = (key, terms)
    return terms


def _stems(tx: Tx, text: str) -> dict[str, str]:
    words = rules.search_words(text.lower())
    remembered = _bench_of(tx).stems
    unknown = [word for word in words if word not in remembered]
    if unknown:
        if len(remembered) > _MOST_STEMS:
            remembered.clear()
        remembered.update(shelf_store.stems(tx, unknown))
    return {word: remembered.get(word, word) for word in words}


def _bench_of(tx: Tx) -> _Bench:
    info = tx.connection.info
    name = f"{info.host}:{info.port}/{info.dbname}"
    with _benches_turn:
        bench = _benches.setdefault(name, _Bench())
        _benches.move_to_end(name)
        while len(_benches) > _MOST_DATABASES:
            _benches.popitem(last=False)
        return bench
