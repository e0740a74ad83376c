"""Selection's SQL: applications, screening, the draw, the decree."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from prakarsa.kernel.db import Tx, queries
from prakarsa.kernel.ids import random_code
from prakarsa.kernel.refusal import Fact, Refusal
from prakarsa.programme.model import Wave
from prakarsa.selection import rules
from prakarsa.selection.drawing import Commitment, DrawTerms, Entry, Group, Result, canonical_terms
from prakarsa.selection.model import Applicant, Application, Decree, Draw, Screened, Standing, State, Tier

sql = queries(__file__)
_PUBLIC_ID_LENGTH = 12


class _Reason(msgspec.Struct):
    code: str
    facts: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class Row:
    """An application with what is needed to say why it was not selected."""

    application_id: int
    person_id: int
    state: State
    region: str
    tier: str
    reasons: tuple[Refusal, ...]
    place: int | None


@dataclass(frozen=True, slots=True)
class OwnRow(Row):
    """The same for its owner."""

    public_id: str
    wave_number: int
    applied_at: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the draw gave one person."""

    public_id: str
    person_id: int
    state: str
    place: int


def lock_applying(tx: Tx, *, alone: bool) -> None:
    """Keep lists for several waves from waiting for each other in a circle."""
    tx.run(sql["lock_applying"], alone=alone)


def lock_wave(tx: Tx, wave_id: int, *, alone: bool) -> None:
    """Share a wave with others who apply, or have it alone to close its list."""
    tx.run(sql["lock_wave"], wave_id=wave_id, alone=alone)


def standings(tx: Tx, wave: Wave, person_ids: Sequence[int]) -> dict[int, Standing]:
    """How registered people stand towards a wave, by person."""
    rows = tx.tuples(sql["standings"], wave_id=wave.wave_id, person_ids=list(person_ids))
    return {row[0]: _standing(wave, row) for row in rows}


def insert_applications(
    tx: Tx, wave: Wave, applicants: Sequence[tuple[Standing, Tier]], now: datetime
) -> list[Application]:
    """Add applications; those that met an earlier one are left out."""
    rows = tx.tuples(
        sql["insert_applications"],
        wave_id=wave.wave_id,
        now=now,
        public_ids=[random_code(_PUBLIC_ID_LENGTH) for _ in applicants],
        person_ids=[standing.person_id for standing, _ in applicants],
        regions=[standing.region for standing, _ in applicants],
        tiers=[tier.value for _, tier in applicants],
    )
    return [
        Application(application_id, public_id, wave.number, person_id, region, Tier(tier), now, State.APPLIED)
        for application_id, public_id, person_id, region, tier in rows
    ]


def claim_applicants(tx: Tx, wave_id: int, limit: int) -> list[Applicant]:
    """The next applications to screen, locked."""
    return tx.rows(Applicant, sql["claim_applicants"], wave_id=wave_id, limit=limit)


def lock_households(tx: Tx) -> None:
    """Decide about family cards one after the other."""
    tx.run(sql["lock_households"])


def household_places(tx: Tx, kk_indexes: Sequence[bytes]) -> dict[bytes, set[int]]:
    """Who of each family card was selected before or is on the list of a draw."""
    places: dict[bytes, set[int]] = {}
    for kk_index, person_id in tx.tuples(sql["household_places"], kk_indexes=list(set(kk_indexes))):
        places.setdefault(kk_index, set()).add(person_id)
    return places


def mark_screened(tx: Tx, screened: Sequence[Screened], now: datetime) -> None:
    """Write down how applications came out of screening."""
    tx.run(
        sql["mark_screened"],
        now=now,
        application_ids=[s.applicant.application_id for s in screened],
        states=[s.state.value for s in screened],
        reasons=[_reasons_json(s.reasons) for s in screened],
        versions=[s.registry_version for s in screened],
    )


def count_waiting(tx: Tx, wave_id: int) -> int:
    """How many applications are not screened."""
    return int(tx.value(sql["count_waiting"], wave_id=wave_id))


def counts(tx: Tx, wave_id: int) -> dict[State, int]:
    """How many applications stand where."""
    found = dict(tx.tuples(sql["counts"], wave_id=wave_id))
    return {state: found.get(state.value, 0) for state in State}


@contextmanager
def entries(tx: Tx, wave_id: int) -> Iterator[Iterator[Entry]]:
    """The list of the draw, sorted by id, one after another."""
    with tx.stream(Entry, sql["entries"], wave_id=wave_id) as rows:
        yield rows


def draws(tx: Tx, wave_numbers: Sequence[int]) -> dict[int, Draw]:
    """The draws of these waves as far as they have come."""
    return {
        number: Draw(number, DrawTerms(terms["quota"], terms["reserved_percent"], terms["region_quota"]), *rest)
        for number, terms, *rest in tx.tuples(sql["draws"], wave_numbers=list(wave_numbers))
    }


def draw(tx: Tx, wave_number: int) -> Draw | None:
    """The draw of a wave as far as it has come."""
    return draws(tx, [wave_number]).get(wave_number)


def insert_draw(tx: Tx, wave_id: int, terms: DrawTerms, commitment: Commitment, now: datetime) -> None:
    """Commit."""
    tx.run(
        sql["insert_draw"],
        wave_id=wave_id,
        terms=canonical_terms(terms),
        entries=commitment.entries,
        list_sha256=commitment.list_sha256,
        entries_sha256=commitment.entries_sha256,
        now=now,
    )


def enter_seed(tx: Tx, wave_id: int, seed: str, source: str, now: datetime) -> bool:
    """Enter the seed; False when one stands there already."""
    return tx.run(sql["enter_seed"], wave_id=wave_id, seed=seed, source=source, now=now) == 1


def count_groups(tx: Tx, wave_id: int, terms: DrawTerms) -> dict[Group, int]:
    """How many entries each group of the draw has."""
    numbers: dict[Group, int] = {}
    for region, tier, count in tx.tuples(sql["count_groups"], wave_id=wave_id):
        group = terms.group(region, tier)
        numbers[group] = numbers.get(group, 0) + int(count)
    return numbers


@contextmanager
def ranked_groups(tx: Tx, wave_id: int, terms: DrawTerms, seed: str) -> Iterator[Iterator[Group]]:
    """The group of every entry in the order of places, one after another."""
    with tx.stream(_GroupRow, sql["ranked_groups"], wave_id=wave_id, seed=seed) as rows:
        yield (terms.group(row.region, row.tier) for row in rows)


def write_results(
    tx: Tx, wave_id: int, terms: DrawTerms, seed: str, last_places: Mapping[Group, int], now: datetime
) -> int:
    """Rank, place and verdict of every entry, and the end of the draw; how many are selected."""
    tx.run(
        sql["write_results"],
        wave_id=wave_id,
        seed=seed,
        regional=bool(terms.region_quota),
        regions=[region for region, _ in last_places],
        tiers=[tier for _, tier in last_places],
        places=list(last_places.values()),
    )
    by_name = {"|".join(group): place for group, place in last_places.items()}
    return int(tx.value(sql["finish_draw"], wave_id=wave_id, last_places=_json(by_name), now=now))


@contextmanager
def drawn_people(tx: Tx, wave_id: int) -> Iterator[Iterator[Drawn]]:
    """What the draw gave each person, one after another."""
    with tx.stream(Drawn, sql["drawn_people"], wave_id=wave_id) as rows:
        yield rows


@contextmanager
def results(tx: Tx, wave_id: int) -> Iterator[Iterator[Result]]:
    """The result in the order of places, one after another."""
    with tx.stream(Result, sql["results"], wave_id=wave_id) as rows:
        yield rows


def decree(tx: Tx, wave_number: int) -> Decree | None:
    """The decree of a wave."""
    return tx.row(Decree, sql["decree"], wave_number=wave_number)


def insert_decree(tx: Tx, wave_id: int, decree: Decree) -> bool:
    """Keep a decree; False when the wave or the number has one already."""
    return (
        tx.run(
            sql["insert_decree"],
            wave_id=wave_id,
            number=decree.number,
            now=decree.decreed_at,
            by=decree.decreed_by,
            persons=decree.persons,
            training_idr=decree.training_idr,
            incentive_idr=decree.incentive_idr,
            survey_idr=decree.survey_idr,
        )
        == 1
    )


def winners(tx: Tx, wave_id: int, after: int, limit: int) -> list[tuple[int, int]]:
    """Application and person of the selected, by application."""
    rows = tx.tuples(sql["winners"], wave_id=wave_id, after=after, limit=limit)
    return [(application_id, person_id) for application_id, person_id in rows]


def claim_losers(tx: Tx, wave_id: int, limit: int) -> list[Row]:
    """The next people to tell that they were not selected, locked."""
    return [
        Row(application_id, person_id, State(state), region, tier, _reasons(reasons), place)
        for application_id, person_id, state, region, tier, reasons, place in tx.tuples(
            sql["claim_losers"], wave_id=wave_id, limit=limit
        )
    ]


def mark_announced(tx: Tx, application_ids: Sequence[int], now: datetime) -> None:
    """These have been told."""
    tx.run(sql["mark_announced"], application_ids=list(application_ids), now=now)


def of_person(tx: Tx, person_id: int) -> list[OwnRow]:
    """A person's applications, newest wave first."""
    return [
        OwnRow(
            application_id=application_id,
            person_id=person_id,
            state=State(state),
            region=region,
            tier=tier,
            reasons=_reasons(reasons),
            place=place,
            public_id=public_id,
            wave_number=number,
            applied_at=applied_at,
        )
        for application_id, public_id, number, applied_at, state, reasons, region, tier, place in tx.tuples(
            sql["of_person"], person_id=person_id
        )
    ]


class _GroupRow(msgspec.Struct):
    region: str
    tier: str


def _standing(wave: Wave, row: tuple[Any, ...]) -> Standing:
    person_id, region, situation, barred, granted, undecided, application_id, public_id, applied_region, *rest = row
    application = None
    if application_id is not None:
        tier, applied_at, state = rest
        application = Application(
            application_id, public_id, wave.number, person_id, applied_region, Tier(tier), applied_at, State(state)
        )
    return Standing(person_id, region, situation, barred, granted, undecided, application)


def _reasons_json(reasons: Sequence[Refusal]) -> str:
    return _json([_Reason(reason.code, reason.facts()) for reason in reasons])


def _reasons(stored: Sequence[Mapping[str, Any]]) -> tuple[Refusal, ...]:
    return tuple(rules.reason_from(reason["code"], reason["facts"]) for reason in stored)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
