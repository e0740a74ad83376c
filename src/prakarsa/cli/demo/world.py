"""Building the programme of the demonstration: partners, courses, a wave, applicants, the draw, the cards."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from prakarsa.attendance import actions as attendance
from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import POST_TEST, CourseMode, NewSchedule, RowOutcome
from prakarsa.cli.demo import offer
from prakarsa.cli.demo.narrator import Narrator
from prakarsa.cli.demo.refusals import StoryBroken
from prakarsa.cli.demo.stage import Stage
from prakarsa.curation import actions as curation
from prakarsa.gateways import rounds
from prakarsa.gateways.simulators.population import Invented
from prakarsa.kernel.clock import MovableClock
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.runtime import Runtime
from prakarsa.partner import actions as partner
from prakarsa.people import actions as people
from prakarsa.people.model import NewPerson, NewStaff
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.selection import actions as selection
from prakarsa.selection.model import CivilRegistry, NewApplication

WAVE = 4
SCHEME = "prakerja-2020"
CHUNK = 1_000
OFFICER = "staff/demo-officer"
SPARE_PLACES = 30
MOST_LISTED_CARDS = 100_000
CARD_SHARE = 3
"""One applicant in this many gets a card that can buy at once."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the story's events happen; it ends at the real present."""

    present: datetime

    @property
    def planned_at(self) -> datetime:
        """Partners, courses and the wave are set up."""
        return self.present - timedelta(days=21)

    @property
    def opens_at(self) -> datetime:
        """The wave opens."""
        return self.present - timedelta(days=20)

    @property
    def closes_at(self) -> datetime:
        """The wave closes, four days later as wave 4 did."""
        return self.present - timedelta(days=16)

    @property
    def announced_at(self) -> datetime:
        """Results are told and cards issued, four days after closing."""
        return self.present - timedelta(days=12)

    @property
    def class_at(self) -> datetime:
        """The first meeting of the walk's course."""
        return self.present - timedelta(days=9)

    @property
    def held_at(self) -> datetime:
        """Payment is put on hold."""
        return self.present - timedelta(days=3)


STAFF = (
    ("officer", "officer"),
    ("colleague", "officer"),
    ("curator", "curator"),
    ("assessor", "assessor"),
    ("second-assessor", "assessor"),
    ("third-assessor", "assessor"),
    ("monitor", "monitor"),
    ("finance", "finance"),
    ("auditor", "auditor"),
    ("admin", "admin"),
)
"""Who works in the office: name and role. A hold on the whole programme takes two of them."""


@dataclass(frozen=True, slots=True)
class Key:
    """A partner with its secret, as handed over once."""

    client_code: str
    sign_key: str
    name: str
    redirect_uri: str = ""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who can sign in to the console."""

    email: str
    password: str
    totp_secret: str
    role: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A class that can be bought now."""

    course_code: str
    schedule_code: str
    amount_idr: int
    seats: int
    institution: str


@dataclass(frozen=True, slots=True)
class World:
    """Everything the walk and the manifest need to know."""

    calendar: Calendar
    platforms: tuple[Key, ...]
    institutions: tuple[Key, ...]
    staff: tuple[StaffMember, ...]
    seats: tuple[Seat, ...]
    walk_schedule: str
    test_codes: tuple[tuple[str, str, str], ...]


class Builder:
    """Builds the world in programme time, one transaction per step, one chunk at a time where people are many."""

    def __init__(
        self, runtime: Runtime, stage: Stage, narrator: Narrator, calendar: Calendar, people_count: int
    ) -> None:
        assert isinstance(runtime.clock, MovableClock)
        self.runtime = runtime
        self.clock = runtime.clock
        self.stage = stage
        self.narrator = narrator
        self.calendar = calendar
        self.people_count = people_count

    @property
    def places(self) -> int:
        """How many people the wave selects."""
        return min(self.people_count // CARD_SHARE + SPARE_PLACES, self.people_count)

    @contextmanager
    def at(self, moment: datetime, actor: str) -> Iterator[tuple[Tx, datetime]]:
        """One transaction at a moment of the story."""
        self.clock.move_to(moment)
        with self.runtime.database.transaction(actor) as tx:
            yield tx, moment

    def set_up(self) -> World:
        """Policy, wave, staff, partners, courses and classes."""
        calendar = self.calendar
        with self.at(calendar.planned_at, "staff/demo") as (tx, now):
            for scheme in (SCHEME, "prakerja-2023"):
                programme.load_scheme(tx, scheme, author="staff/demo", approver="staff/demo-officer", now=now)
            year = calendar.present.year + (calendar.present.month == 12)
            plan = WavePlan(WAVE, SCHEME, calendar.opens_at, calendar.closes_at, self.places, year, {})
            programme.open_wave(tx, plan, now=now)
            # the next wave is open while the demonstration is served, so that visitors can apply
            following = replace(
                plan, number=WAVE + 1, opens_at=calendar.present, closes_at=calendar.present + timedelta(days=4)
            )
            programme.open_wave(tx, following, now=now)
            cap = programme.current_terms(tx, now).settlement_max_commission_percent
            callback_base = "http://127.0.0.1:9"
            institutions = offer.institutions(callback_base)
            for new in (*offer.PLATFORMS, *institutions):
                partner.register(tx, new, now=now, max_commission_percent=cap)
                partner.set_contact(tx, new.client_code, f"mitra@{new.client_code}.example", "id", now=now)
                partner.set_profile(tx, new.client_code, offer.profile(new.kind), now=now)
            partner.record_ownership(tx, offer.OWNER, offer.OWNED, calendar.planned_at.date(), now=now)
            keys = {
                p.client_code: partner.issue_key(tx, p.client_code, now=now) for p in (*offer.PLATFORMS, *institutions)
            }
            staff = tuple(self._hire(tx, role, now, name) for name, role in STAFF)
        with self.at(calendar.planned_at + timedelta(hours=1), "staff/demo-curator") as (tx, now):
            curation.load_indicators(tx, "course", by="staff/demo-curator", now=now)
            seats, walk_schedule = self._courses(tx, now)
            codes = tuple(
                (new.client_code, code.redeem_code, code.case)
                for new in institutions
                for code in attendance.issue_test_codes(tx, partner.partner(tx, new.client_code).partner_id, now=now)
            )
        return World(
            calendar,
            tuple(
                Key(p.client_code, keys[p.client_code], p.name) for p in offer.PLATFORMS if p.client_code != offer.OWNER
            ),
            tuple(Key(p.client_code, keys[p.client_code], p.name, p.redirect_uris[0]) for p in institutions),
            staff,
            seats,
            walk_schedule,
            codes,
        )

    def apply_all(self, applicants: Iterator[Invented]) -> int:
        """Everybody registers and applies while the wave is open; how many applications were taken."""
        taken, chunk_no = 0, 0
        wave_length = self.calendar.closes_at - self.calendar.opens_at
        with self.narrator.counting("applications taken", self.people_count) as counter:
            while chunk := list(islice(applicants, CHUNK)):
                chunk_no += 1
                share = min(chunk_no * CHUNK / (self.people_count + CHUNK), 0.99)
                with self.at(self.calendar.opens_at + wave_length * share, "system/demo-applicants") as (tx, now):
                    taken += len(_apply(tx, chunk, now))
                counter.add(len(chunk))
        return taken

    def screen_all(self, registry: CivilRegistry) -> None:
        """Ask the registries about everybody, chunk by chunk."""
        self.clock.move_to(self.calendar.closes_at + timedelta(minutes=10))
        with self.narrator.counting("applications screened against the registries", self.people_count) as counter:
            rounds.screen_wave(self.runtime, registry, WAVE, actor=OFFICER, tell=counter.add)

    def issue_all(self) -> int:
        """Cards for everybody selected; how many."""
        self.clock.move_to(self.calendar.announced_at)
        with self.narrator.counting("cards issued and credited", self.places) as counter:
            return rounds.issue_cards(self.runtime, WAVE, actor=OFFICER, tell=counter.add)

    def tell_the_others(self) -> int:
        """A message with the reason to everybody who was not selected; how many."""
        return rounds.announce_wave(self.runtime, WAVE, actor=OFFICER)

    def _hire(self, tx: Tx, role: str, now: datetime, name: str) -> StaffMember:
        email, password = f"{name}@prakarsa.example", secrets.token_urlsafe(15)
        secret = people.hire(tx, NewStaff(email, f"Demo {name.title()}", role, password), now=now)
        return StaffMember(email, password, secret, role)

    def _courses(self, tx: Tx, now: datetime) -> tuple[tuple[Seat, ...], str]:
        for row in catalogue.import_courses(tx, offer.course_sheet(), now=now):
            if row.outcome is not RowOutcome.ADDED:
                raise StoryBroken("importing courses", f"line {row.line}: {row.refusal}")
        seats: list[Seat] = []
        walk_schedule = ""
        for each in offer.OFFERS:
            catalogue.submit(tx, each.course_code, each.institution, now=now)
            catalogue.approve(tx, each.course_code, "Demo Curator", now=now)
            for platform in offer.PLATFORMS:
                if (platform.client_code, each.institution) != (offer.OWNER, offer.OWNED):
                    catalogue.list_course(tx, each.course_code, platform.client_code, now=now)
            if each.course_code == offer.WALK_COURSE:
                walk_schedule = self._open_class(tx, each, self.calendar.class_at, 100, now).schedule_code
            many = max(500, self.places)
            places = offer.SMALL_SEATS if each.course_code == offer.SMALL_COURSE else many
            seats.append(self._open_class(tx, each, self.calendar.present + timedelta(days=10), places, now))
        return tuple(seats), walk_schedule

    def _open_class(self, tx: Tx, of: offer.Offer, first_at: datetime, seats: int, now: datetime) -> Seat:
        meetings = {n: first_at + timedelta(days=n - 1) for n in range(1, of.meetings + 1)}
        meetings[POST_TEST] = first_at + timedelta(days=of.meetings)
        ends_at = meetings[POST_TEST] + timedelta(hours=3)
        new = NewSchedule(
            None, of.course_code, first_at, ends_at, seats, {} if of.mode is CourseMode.SELF_PACED else meetings
        )
        opened = catalogue.add_schedule(tx, new, now=now)
        return Seat(of.course_code, opened.schedule_code, of.price_idr, seats, of.institution)


def _apply(tx: Tx, chunk: Sequence[Invented], now: datetime) -> list[int]:
    """Register and apply; the ids of those whose application was taken."""
    known = people.register(tx, [_as_registered(person) for person in chunk], now=now)
    person_ids = [outcome for outcome in known if isinstance(outcome, int)]
    taken = selection.apply(tx, [NewApplication(person_id, WAVE) for person_id in person_ids], now=now)
    return [i for i, outcome in zip(person_ids, taken, strict=True) if not isinstance(outcome, Refusal)]


def _as_registered(person: Invented) -> NewPerson:
    return NewPerson(
        name=person.name,
        birth_date=person.birth_date,
        nik=person.nik,
        kk=person.kk,
        phone=person.phone,
        email=person.email,
        education=person.education,
        situation=person.situation,
        in_formal_education=person.in_formal_education,
        citizenship=person.citizenship,
    )
