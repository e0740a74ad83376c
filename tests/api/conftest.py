"""A small programme behind the real door: two platforms, two institutions, courses on sale, cards that can buy."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from litestar import Litestar

from prakarsa.attendance import actions as attendance
from prakarsa.card import store as card_store
from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseMode, NewCourse, NewSchedule
from prakarsa.cli.serving import build_app
from prakarsa.gateways.outside import reach_outside
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.ids import random_card_number
from prakarsa.kernel.keyring import Keyring
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.settings import Settings
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.partner import actions as partner
from prakarsa.partner.model import NewPartner, PartnerKind
from prakarsa.people import actions as people
from prakarsa.people.model import NewPerson
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from tests.api.client import Answer, PartnerClient
from tests.conftest import NOW
from tests.gateways.loopback import NO_TLS, serving

WAVE = 4
BALANCE_IDR = 1_000_000
REDIRECT = "https://lp.example/callback"
PLATFORMS = ("pasar-belajar", "toko-ilmu")
INSTITUTIONS = ("balai-satu", "balai-dua")


class HandClock:
    """Programme time that a test sets."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class HeldCard:
    """A card and how its holder is reached."""

    number: str
    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Offer:
    """A course with one class that can be bought."""

    course_code: str
    schedule_code: str
    amount_idr: int
    institution: str
    starts_at: datetime


@dataclass
class World:
    """What tests act on."""

    runtime: Runtime
    clock: HandClock
    base_url: str
    platform: PartnerClient
    second_platform: PartnerClient
    institution: PartnerClient
    second_institution: PartnerClient
    courses: list[Offer]
    cards: list[HeldCard]
    _users: Iterator[int] = field(default_factory=lambda: count(1))
    _invoices: Iterator[int] = field(default_factory=lambda: count(1))

    def order(self, card: HeldCard, offer: Offer, **changes: Any) -> dict[str, Any]:
        """The members of send-otp for one card and one offer."""
        members = {
            "prakerja_id": card.number,
            "user_platform_id": f"user-{card.number[-6:]}",
            "course_code": offer.course_code,
            "schedule_code": offer.schedule_code,
            "amount": offer.amount_idr,
        }
        return members | changes

    def ask(self, card: HeldCard, offer: Offer, *, at: PartnerClient | None = None) -> tuple[str, str]:
        """Send-otp: the payment token, and the code from the holder's phone."""
        answer = (at or self.platform).call("/payment/send-otp", self.order(card, offer))
        assert answer.status == 200, answer
        return answer.data["payment_token"], self.newest_otp(card)

    def buy(
        self, card: HeldCard, offer: Offer, *, at: PartnerClient | None = None, invoice: str | None = None
    ) -> dict[str, Any]:
        """Both steps; the data of the receipt."""
        token, otp = self.ask(card, offer, at=at)
        answer = self.authorize(token, otp, invoice or f"INV-{next(self._invoices)}", at=at)
        assert answer.status == 200, answer
        return answer.data

    def authorize(self, token: str, otp: str, invoice: str | int, *, at: PartnerClient | None = None) -> Answer:
        """The second step alone."""
        body = {"otp": otp, "invoice_url": f"https://dp.example/invoice/{invoice}", "invoice_code": invoice}
        return (at or self.platform).call("/payment/authorize", body, token=token)

    def newest_otp(self, card: HeldCard) -> str:
        """What the holder reads on the phone."""
        return self.newest_otps()[card.phone]

    def newest_otps(self) -> dict[str, str]:
        """What every holder reads, by phone."""
        with self.runtime.database.transaction("test") as tx:
            waiting = journal.claim(tx, limit=100_000, now=self.clock.moment + timedelta(days=365))
        codes = sorted((m for m in waiting if m.template == "purchase.otp"), key=lambda message: message.message_id)
        return {message.address: str(message.params["otp"]) for message in codes}

    def redeem_code(self, transaction_code: str) -> str:
        """What the holder reads in the dashboard."""
        return str(
            self.value("SELECT redeem_code FROM purchase.purchase WHERE transaction_code = %s", transaction_code)
        )

    def balance_idr(self, card: HeldCard) -> int:
        """What is left on the card."""
        with self.runtime.database.transaction("test") as tx:
            return int(
                tx.value(
                    "SELECT balance_idr FROM card.card JOIN ledger.account USING (account_id) "
                    "WHERE number_index = %(index)s",
                    index=card_store.number_index(tx, card.number),
                )
            )

    def test_codes(self, institution: PartnerClient) -> dict[str, str]:
        """An institution's test codes by case."""
        with self.runtime.database.transaction("test") as tx:
            partner_id = partner.partner(tx, institution.client_code).partner_id
            made = attendance.issue_test_codes(tx, partner_id, now=self.clock.moment)
        return {code.case: code.redeem_code for code in made}

    def rotate_key(self, client_code: str) -> str:
        """A new key; the old one stays valid for an hour."""
        with self.runtime.database.transaction("test") as tx:
            return partner.issue_key(tx, client_code, now=self.clock.moment, overlap=timedelta(hours=1))

    def value(self, query: str, *params: Any) -> Any:
        """One value, read on the side."""
        with psycopg.connect(self.runtime.database.url) as connection:
            row = connection.execute(query.encode(), params).fetchone()
            return row[0] if row else None

    def fingerprint(self) -> dict[str, str]:
        """A digest of every row of every table."""
        with psycopg.connect(self.runtime.database.url) as connection:
            tables = connection.execute(
                "SELECT schemaname || '.' || tablename FROM pg_tables "
                "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchall()
            digest = "SELECT coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM {} t"
            return {
                name: str((connection.execute(digest.format(name).encode()).fetchone() or ("",))[0])
                for (name,) in tables
            }


def application(runtime: Runtime) -> Litestar:
    """The door in the application that the product serves; no outsider is named, and none is needed here."""
    with reach_outside(runtime.settings) as outside:
        return build_app(runtime, outside)


@pytest.fixture(scope="module")
def runtime(database: Database, keyring: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    """An open installation in August 2020."""
    home: Path = tmp_path_factory.mktemp("home")
    return Runtime(Settings(home=home), keyring, HandClock(NOW), database)


@pytest.fixture(scope="module")
def world(runtime: Runtime) -> Iterator[World]:
    """The programme, served over real HTTP for one test module."""
    with runtime.database.transaction("test") as tx:
        keys = _partners(tx)
        _wave(tx)
        courses = _courses(tx)
        cards = issue_cards(tx, 12)
    with serving(application(runtime)) as base_url, httpx.Client(verify=NO_TLS, trust_env=False, timeout=60) as http:
        first, second, third, fourth = (
            PartnerClient(base_url, code, keys[code], http) for code in (*PLATFORMS, *INSTITUTIONS)
        )
        assert isinstance(runtime.clock, HandClock)
        yield World(runtime, runtime.clock, base_url, first, second, third, fourth, courses, cards)


@pytest.fixture
def timeless_world(world: World) -> Iterator[World]:
    """The same world through a door that does not look at the clock."""
    settings = replace(world.runtime.settings, signature_window_seconds=0)
    runtime = replace(world.runtime, settings=settings)
    with serving(application(runtime)) as base_url:
        clients = {
            name: replace(getattr(world, name), base_url=base_url)
            for name in ("platform", "second_platform", "institution", "second_institution")
        }
        yield replace(world, runtime=runtime, base_url=base_url, **clients)


def _partners(tx: Tx) -> dict[str, str]:
    keys = {}
    for code in PLATFORMS:
        new = NewPartner(PartnerKind.PLATFORM, code, f"Platform {code}", basis="PKS-1/2020", commission_percent=10)
        partner.register(tx, new, now=NOW)
        keys[code] = partner.issue_key(tx, code, now=NOW)
    for code in INSTITUTIONS:
        new = NewPartner(PartnerKind.INSTITUTION, code, f"Lembaga {code}", basis="SK-1/2020", redirect_uris=(REDIRECT,))
        partner.register(tx, new, now=NOW)
        keys[code] = partner.issue_key(tx, code, now=NOW)
    return keys


def _wave(tx: Tx) -> None:
    programme.load_scheme(tx, "prakerja-2020", author="staff/1", approver="staff/2", now=NOW)
    plan = WavePlan(
        number=WAVE,
        scheme="prakerja-2020",
        opens_at=NOW - timedelta(days=8),
        closes_at=NOW - timedelta(days=4),
        quota=1_000,
        region_quota={},
        budget_year=2020,
    )
    programme.open_wave(tx, plan, now=NOW)
    programme.fund(tx, WAVE, training_idr=1_000 * BALANCE_IDR, incentive_idr=1_000 * 2_400_000, now=NOW)


def _courses(tx: Tx) -> list[Offer]:
    return [
        open_course(tx, "CRS-WEB", INSTITUTIONS[0], CourseMode.WEBINAR, 250_000, 50, PLATFORMS),
        open_course(tx, "CRS-SELF", INSTITUTIONS[1], CourseMode.SELF_PACED, 150_000, 999_999, PLATFORMS),
        open_course(tx, "CRS-ONE", INSTITUTIONS[0], CourseMode.WEBINAR, 100_000, 1, PLATFORMS[:1]),
        open_course(tx, "CRS-DEAR", INSTITUTIONS[1], CourseMode.WEBINAR, 1_000_001, 10, PLATFORMS),
    ]


def open_course(
    tx: Tx, code: str, institution: str, mode: CourseMode, price_idr: int, seats: int, platforms: tuple[str, ...]
) -> Offer:
    self_paced = mode is CourseMode.SELF_PACED
    catalogue.register_course(
        tx,
        NewCourse(
            course_code=code,
            institution_code=institution,
            title=f"Pelatihan {code}",
            field="Bisnis",
            mode=mode,
            hours=15,
            meetings=1 if self_paced else 3,
            price_idr=price_idr,
            has_live_session=True,
            tracks_completion=True,
            has_curriculum=True,
            has_evaluation=True,
            has_presence_log=True,
            expert_assessed=True,
        ),
        now=NOW,
    )
    catalogue.submit(tx, code, by="staff/1", now=NOW)
    catalogue.approve(tx, code, by="staff/1", now=NOW)
    for platform in platforms:
        catalogue.list_course(tx, code, platform, now=NOW)
    starts_at = NOW + timedelta(days=5)
    meetings = {} if self_paced else {n: starts_at + timedelta(days=n - 1) for n in (1, 2, 3)}
    schedule = NewSchedule(f"SCH-{code}", code, starts_at, starts_at + timedelta(days=20), seats, meetings)
    catalogue.add_schedule(tx, schedule, now=NOW)
    return Offer(code, f"SCH-{code}", price_idr, institution, starts_at)


def issue_cards(tx: Tx, number: int, *, first: int = 0) -> list[HeldCard]:
    """People with cards, as if a draw had been held: what leads to a card is another room's tale."""
    wave = programme.wave(tx, WAVE)
    new = [_person(index) for index in range(first, first + number)]
    person_ids = [person_id for person_id in people.register(tx, new, now=NOW) if isinstance(person_id, int)]
    assert len(person_ids) == number
    accounts = ledger.open_accounts(tx, AccountKind.CARD, [f"person/{person_id}" for person_id in person_ids])
    numbers = [random_card_number() for _ in person_ids]
    card_store.insert_cards(tx, wave.wave_id, person_ids, accounts, numbers, NOW)
    credits_ = [Transfer("wave_credit", "wave/4", wave.budget_account_id, account, BALANCE_IDR) for account in accounts]
    ledger.post(tx, credits_, now=NOW)
    contacts = people.contacts(tx, person_ids)
    return [
        HeldCard(card_number, contacts[person_id].name, contacts[person_id].phone, contacts[person_id].email)
        for card_number, person_id in zip(numbers, person_ids, strict=True)
    ]


def _person(index: int) -> NewPerson:
    birth = date(1992, 3, 1) + timedelta(days=7 * index)
    return NewPerson(
        name=f"Sari Melati {chr(65 + index % 26)}",
        birth_date=birth,
        nik=f"317401{birth.day + 40:02}{birth:%m%y}{index + 1:04}",
        kk=f"317401010110{index + 1:04}",
        phone=f"08121000{index:04}",
        email=f"peserta{index}@example.com",
        education="sma",
        situation="job_seeker",
    )
