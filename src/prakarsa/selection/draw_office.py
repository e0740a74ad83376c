"""Verbs of the draw, in their order: commit, enter the seed, draw, publish, decree."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePhase
from prakarsa.selection import drawing, rules, store
from prakarsa.selection.drawing import Commitment, Entry, Head, Result
from prakarsa.selection.model import Decree, Draw, DrawResult
from prakarsa.selection.refusals import (
    AlreadyDecreed,
    BadDrawTerms,
    DecreeNumberTaken,
    ListChanged,
    NoSeed,
    NotAllScreened,
    NotCommitted,
    NotDrawnYet,
    SeedAlreadyEntered,
    WaveStillOpen,
)

_JOURNAL_CHUNK = 5_000


def commit_list(tx: Tx, wave_number: int, *, now: datetime) -> Draw:
    """Fix the list and the terms of a wave's draw by their digests, before a seed exists. Again: the same commitment.

    Raises WaveUnknown, WaveStillOpen, NotAllScreened, BadDrawTerms. Source: programme-rules 15, failure 17
    (published commitment and seed).
    """
    wave = programme.wave(tx, wave_number)
    if wave.phase(now) is not WavePhase.CLOSED:
        raise WaveStillOpen(wave_number, wave.closes_at)
    store.lock_wave(tx, wave.wave_id, alone=True)
    if earlier := store.draw(tx, wave_number):
        return earlier
    if waiting := store.count_waiting(tx, wave.wave_id):
        raise NotAllScreened(wave_number, waiting)
    terms = rules.draw_terms(wave, programme.terms_of(tx, wave, wave.opens_at))
    if problem := drawing.terms_problem(terms):
        raise BadDrawTerms(wave_number, problem)
    with store.entries(tx, wave.wave_id) as entries:
        commitment = drawing.commitment(entries, terms)
    store.insert_draw(tx, wave.wave_id, terms, commitment, now)
    facts = {
        "entries": commitment.entries,
        "list_sha256": commitment.list_sha256,
        "entries_sha256": commitment.entries_sha256,
    }
    journal.record(tx, [Event("draw.committed", f"wave/{wave_number}", facts=facts)], now=now)
    return _known(store.draw(tx, wave_number), wave_number)


def enter_seed(tx: Tx, wave_number: int, seed: str, source: str, *, now: datetime) -> Draw:
    """Enter the seed with its public source: once, strictly after the commitment. The same again changes nothing.

    Raises WaveUnknown, NotCommitted, BadSeed, SeedTooEarly, SeedAlreadyEntered.
    """
    wave = programme.wave(tx, wave_number)
    draw = _known(store.draw(tx, wave_number), wave_number)
    if (draw.seed, draw.seed_source) == (seed, source):
        return draw
    if draw.seeded_at is not None:
        raise SeedAlreadyEntered(wave_number, draw.seeded_at)
    rules.check_seed(seed, source, committed_at=draw.committed_at, now=now)
    entered = store.enter_seed(tx, wave.wave_id, seed, source, now)
    draw = _known(store.draw(tx, wave_number), wave_number)
    if entered:
        event = Event("draw.seeded", f"wave/{wave_number}", facts={"seed": seed, "source": source})
        journal.record(tx, [event], now=now)
    elif (draw.seed, draw.seed_source) != (seed, source):
        raise SeedAlreadyEntered(wave_number, draw.seeded_at or now)
    return draw


def run_draw(tx: Tx, wave_number: int, *, now: datetime) -> DrawResult:
    """Draw: the same list, terms and seed always give the same result. Again: the result that stands.

    The list is compared with the commitment first. Memory stays flat: the database ranks, the rule of
    `drawing.seats` reads the ranks as a stream, and the database writes every verdict in one statement.
    Raises WaveUnknown, NotCommitted, NoSeed, ListChanged.
    """
    wave = programme.wave(tx, wave_number)
    store.lock_wave(tx, wave.wave_id, alone=True)
    draw = _known(store.draw(tx, wave_number), wave_number)
    if draw.seed is None:
        raise NoSeed(wave_number)
    if draw.selected is not None:
        return DrawResult(wave_number, draw.entries, draw.selected)
    with store.entries(tx, wave.wave_id) as entries:
        commitment = drawing.commitment(entries, draw.terms)
    if commitment != Commitment(draw.entries, draw.list_sha256, draw.entries_sha256):
        raise ListChanged(wave_number)
    entries_of = store.count_groups(tx, wave.wave_id, draw.terms)
    with store.ranked_groups(tx, wave.wave_id, draw.terms, draw.seed) as ranked:
        last_places = drawing.last_places(ranked, entries_of, draw.terms)
    selected = store.write_results(tx, wave.wave_id, draw.terms, draw.seed, last_places, now)
    _record_verdicts(tx, wave.wave_id, wave_number, now)
    facts = {"entries": draw.entries, "selected": selected}
    journal.record(tx, [Event("draw.run", f"wave/{wave_number}", facts=facts)], now=now)
    return DrawResult(wave_number, draw.entries, selected)


def publish(tx: Tx, wave_number: int) -> Iterator[str]:
    """The public file of a draw, in pieces of text; memory stays flat. Its format: `drawing`.

    The transaction must stay open until the last piece. Raises WaveUnknown, NotCommitted, NotDrawnYet.
    """
    wave = programme.wave(tx, wave_number)
    draw = _known(store.draw(tx, wave_number), wave_number)
    if draw.drawn_at is None or draw.seed is None or draw.seed_source is None or draw.seeded_at is None:
        raise NotDrawnYet(wave_number)
    head = Head(
        wave=wave_number,
        terms=draw.terms,
        commitment=Commitment(draw.entries, draw.list_sha256, draw.entries_sha256),
        committed_at=draw.committed_at.astimezone(UTC).isoformat(),
        seed=draw.seed,
        seed_source=draw.seed_source,
        entered_at=draw.seeded_at.astimezone(UTC).isoformat(),
    )
    return drawing.published(head, _entries(tx, wave.wave_id), _results(tx, wave.wave_id))


def decree(tx: Tx, wave_number: int, number: str, *, by: str, now: datetime) -> Decree:
    """Decree the beneficiaries of a drawn wave: how many, and how much for each by the terms of now. Again: the same.

    Raises WaveUnknown, NotCommitted, NotDrawnYet, AlreadyDecreed, DecreeNumberTaken. Source: PMK 25/2020
    (programme-rules 4): amount for each person split into training, job-search incentive and survey incentive.
    """
    wave = programme.wave(tx, wave_number)
    draw = _known(store.draw(tx, wave_number), wave_number)
    if draw.selected is None:
        raise NotDrawnYet(wave_number)
    rules.check_decree_number(number)
    terms = programme.terms_of(tx, wave, now)
    new = Decree(
        wave_number=wave_number,
        number=number,
        decreed_at=now,
        decreed_by=by,
        persons=draw.selected,
        training_idr=terms.training_balance_idr,
        incentive_idr=terms.incentive_amount_idr * terms.incentive_count,
        survey_idr=terms.survey_amount_idr * terms.survey_count,
    )
    if not store.insert_decree(tx, wave.wave_id, new):
        earlier = store.decree(tx, wave_number)
        if earlier is None:
            raise DecreeNumberTaken(number)
        if earlier.number != number:
            raise AlreadyDecreed(wave_number, earlier.number)
        return earlier
    facts = {"number": number, "persons": new.persons, "total_idr": new.total_idr, "by": by}
    journal.record(tx, [Event("wave.decreed", f"wave/{wave_number}", facts=facts)], now=now)
    return new


def decree_of(tx: Tx, wave_number: int) -> Decree | None:
    """The decree of a wave, if there is one."""
    return store.decree(tx, wave_number)


def draw_of(tx: Tx, wave_number: int) -> Draw | None:
    """The draw of a wave as far as it has come: what the public page shows from the commitment on."""
    return store.draw(tx, wave_number)


def winners(tx: Tx, wave_number: int, after: int = 0, limit: int = 1_000) -> list[tuple[int, int]]:
    """One page of the selected: application id and person id, after an application id. Raises WaveUnknown."""
    return store.winners(tx, programme.wave(tx, wave_number).wave_id, after, limit)


def _known(draw: Draw | None, wave_number: int) -> Draw:
    if draw is None:
        raise NotCommitted(wave_number)
    return draw


def _record_verdicts(tx: Tx, wave_id: int, wave_number: int, now: datetime) -> None:
    with store.drawn_people(tx, wave_id) as drawn:
        while batch := list(islice(drawn, _JOURNAL_CHUNK)):
            journal.record(
                tx,
                [
                    Event(
                        f"application.{row.state}",
                        f"application/{row.public_id}",
                        row.person_id,
                        {"wave_number": wave_number, "place": row.place},
                    )
                    for row in batch
                ],
                now=now,
            )


def _entries(tx: Tx, wave_id: int) -> Iterator[Entry]:
    with store.entries(tx, wave_id) as rows:
        yield from rows


def _results(tx: Tx, wave_id: int) -> Iterator[Result]:
    with store.results(tx, wave_id) as rows:
        yield from rows
