"""A wave with invented applicants and a registry that knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from prakarsa.gateways.simulators.population import EXCLUDED_OCCUPATIONS, Invented
from prakarsa.kernel.db import Tx
from prakarsa.people import actions as people
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Wave, WavePlan
from prakarsa.selection import actions
from prakarsa.selection.model import Application, NewApplication, RegistryRecord
from prakarsa.selection.refusals import RegistryUnavailable
from tests.people.applicants import as_applicant

OPENS = datetime(2020, 8, 8, 5, 0, tzinfo=UTC)
CLOSES = datetime(2020, 8, 12, 5, 0, tzinfo=UTC)
APPLIED = OPENS + timedelta(days=1)
COMMITTED = CLOSES + timedelta(hours=1)
SEEDED = COMMITTED + timedelta(days=1)
DRAWN = SEEDED + timedelta(minutes=1)
SEED, SOURCE = "0831-2026-7719-4452", "State lottery of 13 August 2020, first prize, as printed in the gazette"


@dataclass
class Registry:
    """The registries' answers from memory; may be told to give none."""

    people: Mapping[str, Invented]
    unavailable: bool = False
    asked: list[int] = field(default_factory=list)

    def look_up(self, niks: Sequence[str]) -> Mapping[str, RegistryRecord]:
        self.asked.append(len(niks))
        if self.unavailable:
            raise RegistryUnavailable("civil registry", "HTTP 503")
        return {nik: record_of(self.people[nik]) for nik in niks}


def record_of(person: Invented) -> RegistryRecord:
    if not person.registered:
        return RegistryRecord(found=False, version="v7")
    return RegistryRecord(
        found=True,
        name=person.registered_name,
        birth_date=person.registered_birth_date,
        citizenship=person.citizenship,
        occupation=person.occupation,
        in_formal_education=person.in_formal_education,
        other_aid=person.other_aid,
        version="v7",
    )


def registry_of(invented: Sequence[Invented]) -> Registry:
    return Registry({person.nik: person for person in invented})


def open_wave(
    tx: Tx,
    number: int = 4,
    *,
    quota: int = 100,
    region_quota: Mapping[str, int] | None = None,
    opens_at: datetime = OPENS,
    closes_at: datetime = CLOSES,
    scheme: str = "prakerja-2020",
) -> Wave:
    programme.load_scheme(tx, scheme, author="staff/1", approver="staff/2", now=opens_at)
    plan = WavePlan(number, scheme, opens_at, closes_at, quota, 2020, region_quota or {})
    return programme.open_wave(tx, plan, now=opens_at)


def registered(tx: Tx, invented: Sequence[Invented], *, now: datetime = OPENS) -> list[int]:
    answers = people.register(tx, [as_applicant(person) for person in invented], now=now)
    ids = [answer for answer in answers if isinstance(answer, int)]
    assert len(ids) == len(invented)
    return ids


def joined(tx: Tx, person_ids: Sequence[int], number: int = 4, *, now: datetime = APPLIED) -> list[Application]:
    answers = actions.apply(tx, [NewApplication(person_id, number) for person_id in person_ids], now=now)
    applications = [answer for answer in answers if isinstance(answer, Application)]
    assert len(applications) == len(person_ids)
    return applications


def screen_all(tx: Tx, registry: Registry, number: int = 4, *, now: datetime = CLOSES, chunk: int = 500) -> int:
    done = 0
    while screened := actions.screen(tx, number, registry, now=now, chunk=chunk):
        done += screened
    return done


def drawn(tx: Tx, number: int = 4, *, seed: str = SEED) -> None:
    actions.commit_list(tx, number, now=COMMITTED)
    actions.enter_seed(tx, number, seed, SOURCE, now=SEEDED)
    actions.run_draw(tx, number, now=DRAWN)


def passes(person: Invented) -> bool:
    """Whether the rules of August 2020 let this person into the draw."""
    return (
        person.registered
        and person.registered_name == person.name
        and person.registered_birth_date == person.birth_date
        and person.birth_date <= date(2002, 8, 8)
        and person.citizenship == "ID"
        and not person.in_formal_education
        and not person.other_aid
        and person.occupation not in EXCLUDED_OCCUPATIONS
    )
