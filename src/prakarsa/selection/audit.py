"""What must always be true of applications and draws (design, Invariants)."""

from collections import Counter
from dataclasses import dataclass
from itertools import tee

from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import Invariant, Problem, stated
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Wave
from prakarsa.selection import drawing, store
from prakarsa.selection.drawing import NOT_SELECTED, SELECTED, Commitment
from prakarsa.selection.model import Draw
from prakarsa.selection.store import sql

MOST_NAMED = 1_000
"""How many wrong verdicts of one draw are named: when the seats went wrong, most of them did."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    public_id: str
    region: str
    tier: str
    state: str


def _redrawn(tx: Tx) -> list[Problem]:
    """Repeat every draw from its list, terms and seed; memory stays flat."""
    waves = {wave.number: wave for wave in programme.waves(tx)}
    problems: list[Problem] = []
    for number, draw in sorted(store.draws(tx, list(waves)).items()):
        problems += _of_list(tx, waves[number], draw)
        if draw.drawn_at is not None:
            problems += tx.rows(Problem, sql["audit_places"], wave_id=waves[number].wave_id, seed=draw.seed)
            problems += _of_verdicts(tx, waves[number], draw)
    return problems


def _of_list(tx: Tx, wave: Wave, draw: Draw) -> list[Problem]:
    with store.entries(tx, wave.wave_id) as entries:
        found = drawing.commitment(entries, draw.terms)
    if found == Commitment(draw.entries, draw.list_sha256, draw.entries_sha256):
        return []
    return [Problem(f"wave/{wave.number}", {"problem": "its entries or terms are not those it was committed to"})]


def _of_verdicts(tx: Tx, wave: Wave, draw: Draw) -> list[Problem]:
    entries_of: Counter[drawing.Group] = Counter()
    for region, tier, count in tx.tuples(sql["audit_groups"], wave_id=wave.wave_id):
        entries_of[draw.terms.group(region, tier)] += count
    problems: list[Problem] = []
    with tx.stream(_Verdict, sql["audit_verdicts"], wave_id=wave.wave_id) as stream:
        rows, again = tee(stream)
        groups = (draw.terms.group(row.region, row.tier) for row in again)
        for row, seated in zip(rows, drawing.seats(groups, entries_of, draw.terms), strict=True):
            due = SELECTED if seated else NOT_SELECTED
            if row.state != due and len(problems) < MOST_NAMED:
                facts = {"problem": f"{row.state}, the draw gives {due}"}
                problems.append(Problem(f"application/{row.public_id}", facts))
    return problems


INVARIANTS = (
    Invariant(
        msg("Every draw, repeated from its list, terms and seed, gives the result that stands"), "{problem}", _redrawn
    ),
    stated(
        msg("Every draw stands as it was published"),
        msg("{kept} in the tables, {told} in the journal"),
        sql["audit_told"],
    ),
    stated(
        msg("Every decree is for as many people as were selected"),
        msg("decreed for {persons}, selected {selected}"),
        sql["audit_decree"],
    ),
    recorded(
        msg("Every application, verdict, draw and decree is in the journal"),
        sql["audit_states"],
        "application.received",
        "application.screened",
        "application.selected",
        "application.not_selected",
        "draw.committed",
        "draw.seeded",
        "draw.run",
        "wave.decreed",
    ),
)
