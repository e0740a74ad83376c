"""Building what both runs begin with: launch rules, partners, a catalogue, wave 4 from its opening to its cards."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from prakarsa.card import actions as cards
from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseMode, NewCourse, NewSchedule
from prakarsa.cli.replay import calendar
from prakarsa.cli.replay.calendar import at
from prakarsa.cli.replay.offer import Catalogue, Offered
from prakarsa.gateways import rounds
from prakarsa.gateways.simulators.population import Invented, generate
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.runtime import Runtime
from prakarsa.partner import actions as partner
from prakarsa.partner.model import NewPartner, PartnerKind, Profile
from prakarsa.people import actions as people
from prakarsa.people.model import NewPerson
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.selection import actions as selection
from prakarsa.selection.model import NewApplication, RegistryRecord

SCHEME = "prakerja-2020-launch"
CHANGE = "permenko-11-2020"
OFFICER, CURATOR, LAWYER = "staff/officer", "staff/curator", "staff/lawyer"
CHUNK = 1_000
FIRST_MEETING_ON = date(2020, 10, 5)
ADULT_BORN_BEFORE = date(2002, 1, 1)
Tell = Callable[[int], None]


class StoryClock:
    """A clock that stands where the story is."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment of the story."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a card of wave 4."""

    card_id: int
    person_id: int
    number: str
    phone: str


class _Agreeing:
    """A registry that knows everybody as they described themselves: who is excluded is not what this story is about."""

    def __init__(self) -> None:
        self._known: dict[str, Invented] = {}

    def learn(self, person: Invented) -> None:
        self._known[person.nik] = person

    def look_up(self, niks: Sequence[str]) -> Mapping[str, RegistryRecord]:
        """What it holds about these."""
        return {nik: self._record(self._known[nik]) for nik in niks}

    @staticmethod
    def _record(person: Invented) -> RegistryRecord:
        return RegistryRecord(
            found=True,
            name=person.name,
            birth_date=person.birth_date,
            citizenship=person.citizenship,
            occupation="BELUM/TIDAK BEKERJA",
            version="replay",
        )


def found(runtime: Runtime, clock: StoryClock, sold: Catalogue, places: int) -> None:
    """1 July: launch rules, the wave as planned, partners and courses."""
    clock.moment = at(calendar.FOUNDED_ON, 9)
    with runtime.database.transaction(OFFICER) as tx:
        programme.load_scheme(tx, SCHEME, author=LAWYER, approver=OFFICER, now=clock.moment)
        opens_at, closes_at = at(calendar.OPENED_ON, 12), at(calendar.CLOSED_ON, 12)
        plan = WavePlan(calendar.WAVE, SCHEME, opens_at, closes_at, places, 2020, {})
        programme.open_wave(tx, plan, now=clock.moment)
        _partners(tx, sold, clock.moment)
    for course in sold.courses:
        with runtime.database.transaction(CURATOR) as tx:
            _offer(tx, course, places, clock.moment)


def holders(runtime: Runtime, places: int) -> Iterator[Holder]:
    """Everybody with a card, in card order."""
    after = 0
    while True:
        with runtime.database.transaction("system/replay") as tx:
            page = cards.holders(tx, calendar.WAVE, after=after, limit=min(CHUNK, places))
        if not page:
            return
        after = page[-1].card_id
        for each in page:
            yield Holder(each.card_id, each.person_id, each.number, each.phone)


def _partners(tx: Tx, sold: Catalogue, now: datetime) -> None:
    for place, (code, name) in enumerate(sold.platforms, start=1):
        partner.register(tx, NewPartner(PartnerKind.PLATFORM, code, name, f"PKS-{place:02}/2020", 10), now=now)
        certified = None if code == sold.uncertified else date(2020, 6, 1)
        profile = Profile(provinces_served=34, integration_certified_on=certified)
        partner.set_profile(tx, code, profile, now=now)
        partner.set_contact(tx, code, f"mitra@{code}.example", "id", now=now)
    for place, each in enumerate(sold.institutions, start=1):
        new = NewPartner(PartnerKind.INSTITUTION, each.code, each.name, f"SK-LP-{place:03}/2020")
        partner.register(tx, new, now=now)
        contract = f"KTR-{place:03}/2020" if each.has_papers else None
        partner.set_profile(tx, each.code, Profile(platform_contract=contract), now=now)
        partner.set_contact(tx, each.code, f"mitra@{each.code}.example", "id", now=now)


def _offer(tx: Tx, course: Offered, places: int, now: datetime) -> None:
    """A course approved under the launch rules, listed, with one class that everybody could enter."""
    meetings = 1 if course.mode is CourseMode.SELF_PACED else 2
    new = NewCourse(
        course_code=course.course_code,
        institution_code=course.institution,
        title=course.title,
        field=course.field,
        description="",
        mode=course.mode,
        hours=12,
        meetings=meetings,
        price_idr=course.price_idr,
        has_live_session=course.interactive,
        tracks_completion=True,
        has_curriculum=True,
        has_evaluation=True,
        has_presence_log=True,
        expert_assessed=True,
    )
    catalogue.register_course(tx, new, now=now)
    catalogue.submit(tx, course.course_code, course.institution, now=now)
    catalogue.approve(tx, course.course_code, CURATOR, now=now)
    for platform in course.platforms:
        catalogue.list_course(tx, course.course_code, platform, now=now)
    begins, moments = at(FIRST_MEETING_ON, 9), {}
    if course.mode is not CourseMode.SELF_PACED:
        moments = {n: begins + timedelta(days=n - 1) for n in range(1, meetings + 1)}
        moments[999] = begins + timedelta(days=meetings)
    ends_at = begins + timedelta(days=30)
    schedule = NewSchedule(course.schedule_code, course.course_code, begins, ends_at, places + 1, moments)
    catalogue.add_schedule(tx, schedule, now=now)


def select(runtime: Runtime, clock: StoryClock, places: int, seed: int) -> None:
    """People apply, everybody is drawn (there is a place for each), cards are issued at noon of 16 August."""
    registry = _Agreeing()
    crowd = (each for each in generate(places * 3 + 100, seed, calendar.TOLD_ON) if _fits(each))
    clock.moment = at(calendar.OPENED_ON, 13)
    taken = 0
    while taken < places and (chunk := list(islice(crowd, min(CHUNK, places - taken)))):
        for each in chunk:
            registry.learn(each)
        with runtime.database.transaction("system/replay") as tx:
            taken += _applied(tx, chunk, clock.moment)
    clock.moment = at(calendar.CLOSED_ON, 18)
    rounds.screen_wave(runtime, registry, calendar.WAVE, actor=OFFICER)
    with runtime.database.transaction(OFFICER) as tx:
        selection.commit_list(tx, calendar.WAVE, now=clock.moment)
    clock.moment += timedelta(days=1)
    with runtime.database.transaction(OFFICER) as tx:
        selection.enter_seed(tx, calendar.WAVE, f"{seed:032x}", "the seed of this replay", now=clock.moment)
        selection.run_draw(tx, calendar.WAVE, now=clock.moment)
        selection.decree(tx, calendar.WAVE, "SK-PKP 4/2020", by="Pejabat", now=clock.moment)
    clock.moment = at(calendar.TOLD_ON, 12)
    rounds.issue_cards(runtime, calendar.WAVE, actor=OFFICER)


def _fits(person: Invented) -> bool:
    """Whether nothing that people say of themselves keeps them out."""
    return person.citizenship == "ID" and not person.in_formal_education and person.birth_date < ADULT_BORN_BEFORE


def _applied(tx: Tx, chunk: Sequence[Invented], now: datetime) -> int:
    """Register and apply; how many applications were taken."""
    known = people.register(tx, [_as_registered(each) for each in chunk], now=now)
    found = [each for each in known if isinstance(each, int)]
    answers = selection.apply(tx, [NewApplication(each, calendar.WAVE) for each in found], now=now)
    return sum(not isinstance(answer, Refusal) for answer in answers)


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
