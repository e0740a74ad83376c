"""A programme to act on, built by the rooms' own verbs: each test bends only what it is about.

What exists is found again, so builders may be called in any order and as often as needed within one database.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prakarsa.attendance import actions as attendance
from prakarsa.attendance.model import Bought, Proof
from prakarsa.card import actions as cards
from prakarsa.card import store as card_store
from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue.model import CourseMode, NewCourse, NewSchedule, Schedule
from prakarsa.certificate import actions as certificates
from prakarsa.gateways import targets
from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Hold, NewHold, Reason, Scope
from prakarsa.journal import actions as journal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.ids import random_card_number
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind, Transfer
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, Partner, PartnerKind
from prakarsa.partner.refusals import PartnerUnknown
from prakarsa.people import actions as people
from prakarsa.people.model import NewPerson
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Wave, WavePlan
from prakarsa.programme.refusals import WaveUnknown
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Authorization, OtpOrder, PaymentToken, Purchase, Receipt, VoidOrder
from tests.conftest import NOW

WAVE = 4
QUOTA = 1_000
BALANCE_IDR = 1_000_000
PRICE_IDR = 100_000
REDIRECT = "https://lp.example/callback?course=7"
BASE_URL = "https://prakarsa.example"
PLATFORM, INSTITUTION = "pasar-belajar", "balai-satu"


@dataclass(frozen=True)
class HeldCard:
    """A card, its number and its holder."""

    card_id: int
    person_id: int
    number: str


def a_wave(tx: Tx, number: int = WAVE, *, scheme: str = "prakerja-2020", now: datetime = NOW) -> Wave:
    """A wave that has closed, with its decreed money in its budgets."""
    try:
        return programme.wave(tx, number)
    except WaveUnknown:
        programme.load_scheme(tx, scheme, author="staff/1", approver="staff/2", now=now)
        opens_at = now - timedelta(days=8)
        plan = WavePlan(
            number=number,
            scheme=scheme,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(days=4),
            quota=QUOTA,
            budget_year=now.year,
            region_quota={},
        )
        wave = programme.open_wave(tx, plan, now=opens_at)
        programme.fund(tx, number, training_idr=QUOTA * BALANCE_IDR, incentive_idr=QUOTA * 2_400_000, now=now)
        return wave


def a_platform(tx: Tx, code: str = PLATFORM, *, commission_percent: int = 10) -> Partner:
    """A platform with an agreement."""
    return _partner(tx, NewPartner(PartnerKind.PLATFORM, code, f"Platform {code}", "PKS-1/2020", commission_percent))


def an_institution(tx: Tx, code: str = INSTITUTION) -> Partner:
    """A training institution with a decree and one registered return address."""
    return _partner(
        tx, NewPartner(PartnerKind.INSTITUTION, code, f"Lembaga {code}", "SK-1/2020", redirect_uris=(REDIRECT,))
    )


def a_person(tx: Tx, *, name: str = "Sari Melati Putri", language: str = "id", now: datetime = NOW) -> int:
    """Somebody nobody has seen before."""
    serial = secrets.randbelow(9_000) + 1_000
    born = date(1990, 1, 1) + timedelta(days=secrets.randbelow(3_000))
    unique = secrets.randbelow(10**9)
    new = NewPerson(
        name=name,
        birth_date=born,
        nik=f"317401{born.day + 40:02}{born:%m%y}{serial}",
        kk=f"317401010110{serial}",
        phone=f"081{unique:09}",
        email=f"peserta{unique}@example.com",
        education="sma",
        situation="job_seeker",
        language=language,
    )
    [answer] = people.register(tx, [new], now=now)
    assert isinstance(answer, int), answer
    return answer


def a_card(tx: Tx, *, person_id: int | None = None, wave: int = WAVE, now: datetime = NOW) -> HeldCard:
    """A card with its training balance, as issuing a wave gives it."""
    of_wave = a_wave(tx, wave)
    holder = a_person(tx, now=now) if person_id is None else person_id
    number = random_card_number()
    [account_id] = ledger.open_accounts(tx, AccountKind.CARD, [f"person/{holder}"])
    card_store.insert_cards(tx, of_wave.wave_id, [holder], [account_id], [number], now)
    credit = Transfer("wave_credit", f"wave/{wave}", of_wave.budget_account_id, account_id, BALANCE_IDR)
    ledger.post(tx, [credit], now=now)
    card = cards.card_of_person(tx, holder)
    assert card is not None
    return HeldCard(card.card_id, holder, number)


def a_class(
    tx: Tx,
    *,
    mode: CourseMode = CourseMode.WEBINAR,
    meetings: int = 1,
    starts_at: datetime | None = None,
    institution: str = INSTITUTION,
    platform: str = PLATFORM,
    price_idr: int = PRICE_IDR,
    seats: int = 100,
    post_test_at: datetime | None = None,
    now: datetime = NOW,
) -> Schedule:
    """A course on sale with one class of it, five days from now; meetings are a day apart."""
    a_wave(tx)
    code = f"CRS-{secrets.token_hex(4)}"
    new = NewCourse(
        course_code=code,
        institution_code=an_institution(tx, institution).client_code,
        title="Barista untuk pemula",
        field="Kuliner",
        description="Menyeduh kopi dengan alat rumahan.",
        mode=mode,
        hours=15,
        meetings=meetings,
        price_idr=price_idr,
        has_live_session=True,
        tracks_completion=True,
        has_curriculum=True,
        has_evaluation=True,
        has_presence_log=True,
        expert_assessed=True,
    )
    catalogue.register_course(tx, new, now=now)
    catalogue.submit(tx, code, by="staff/1", now=now)
    catalogue.approve(tx, code, by="staff/1", now=now)
    catalogue.list_course(tx, code, a_platform(tx, platform).client_code, now=now)
    begins = starts_at or now + timedelta(days=5)
    moments = {n: begins + timedelta(days=n - 1) for n in range(1, meetings + 1)}
    if post_test_at is not None:
        moments[999] = post_test_at
    given = {} if mode is CourseMode.SELF_PACED else moments
    return catalogue.add_schedule(
        tx, NewSchedule(None, code, begins, begins + timedelta(days=20), seats, given), now=now
    )


def a_hold(
    tx: Tx,
    *,
    scope: Scope = Scope.PROGRAMME,
    target: str | None = None,
    capability: Capability = Capability.SELLING,
    reason: Reason = Reason.COMPLIANCE_REVIEW,
    ends_after: timedelta | None = None,
    review_after: timedelta | None = timedelta(days=7),
    answer_after: timedelta | None = timedelta(days=7),
    by: str = "staff/1",
    second: str = "staff/2",
    now: datetime = NOW,
) -> Hold:
    """A hold with everything due process asks for, on a target of its scope: the one given, or a new one."""
    aimed = targets.aimed(tx, scope, target or _a_target(tx, scope))
    new = NewHold(
        scope=scope,
        capability=capability,
        target_code=aimed.code,
        target_name=aimed.name,
        party=aimed.party,
        reason=reason,
        legal_basis="Permenko 11/2020 art. 30(2)h",
        basis_version="as of 2020-07-07",
        public_words="Kelengkapan administrasi sedang diperiksa.",
        public_words_en="Administrative requirements are being checked.",
        evidence=(Evidence(EvidenceKind.FINDING, "FND-1", (now - timedelta(days=2)).date()),),
        proportionality="Nothing smaller would cover what was found.",
        notice_to="whoever it hits, by e-mail",
        notice_at=now,
        answer_by_at=now + answer_after if answer_after else None,
        starts_at=now,
        ends_at=now + ends_after if ends_after else None,
        review_at=now + review_after if review_after else None,
    )
    return holds.place(tx, new, by=by, second=second, now=now)


def _a_target(tx: Tx, scope: Scope) -> str:
    made: dict[Scope, Callable[[], str]] = {
        Scope.PROGRAMME: lambda: "",
        Scope.PLATFORM: lambda: a_platform(tx).client_code,
        Scope.INSTITUTION: lambda: an_institution(tx).client_code,
        Scope.COURSE: lambda: a_class(tx).course_code,
        Scope.SCHEDULE: lambda: a_class(tx).schedule_code,
        Scope.PERSON: lambda: people.person(tx, a_person(tx)).public_id,
        Scope.CARD: lambda: str(a_card(tx).card_id),
    }
    return made[scope]()


def a_purchase(
    tx: Tx,
    *,
    card: HeldCard | None = None,
    of: Schedule | None = None,
    mode: CourseMode = CourseMode.WEBINAR,
    meetings: int = 1,
    platform: str = PLATFORM,
    institution: str = INSTITUTION,
    now: datetime = NOW,
) -> Purchase:
    """A course place bought with a card, paid the whole way: wave budget, card, course escrow."""
    buyer = card or a_card(tx, now=now)
    schedule = of or a_class(tx, mode=mode, meetings=meetings, platform=platform, institution=institution, now=now)
    seller = a_platform(tx, platform)
    price_idr = catalogue.course(tx, schedule.course_code).price_idr
    wish = OtpOrder(
        seller, buyer.number, f"user-{buyer.card_id}", schedule.course_code, schedule.schedule_code, price_idr
    )
    [token] = purchases.send_otp(tx, [wish], now=now)
    assert isinstance(token, PaymentToken), token
    invoice = f"INV-{secrets.token_hex(6)}"
    paid = Authorization(seller, token.token, _otp_of(tx, buyer, now), invoice, f"https://dp.example/invoice/{invoice}")
    [receipt] = purchases.authorize(tx, [paid], now=now)
    assert isinstance(receipt, Receipt), receipt
    return next(p for p in purchases.my_purchases(tx, buyer.person_id) if p.invoice_code == invoice)


def cancel(tx: Tx, purchase: Purchase, *, now: datetime = NOW) -> None:
    """The platform takes the purchase back."""
    order = VoidOrder(a_platform(tx, purchase.platform_code), purchase.invoice_code, purchase.transaction_code)
    [receipt] = purchases.void(tx, [order], now=now)
    assert isinstance(receipt, Receipt), receipt


def messages_to(tx: Tx, person_id: int, *, now: datetime = NOW) -> list[tuple[str, dict[str, object]]]:
    """What waits to be sent to a person: templates and their facts, oldest first."""
    mine = set(tx.values("SELECT message_id FROM journal.message WHERE person_id = %(person_id)s", person_id=person_id))
    waiting = journal.claim(tx, limit=10_000, now=now + timedelta(days=3_650))
    return [(m.template, m.params) for m in sorted(waiting, key=lambda m: m.message_id) if m.message_id in mine]


def deeds(tx: Tx, person_id: int) -> list[str]:
    """What the journal says happened to a person, oldest first."""
    return [row.action for row in reversed(journal.timeline(tx, person_id))]


def _otp_of(tx: Tx, card: HeldCard, now: datetime) -> str:
    codes = [facts["otp"] for template, facts in messages_to(tx, card.person_id, now=now) if template == "purchase.otp"]
    return str(codes[-1])


def _partner(tx: Tx, new: NewPartner) -> Partner:
    try:
        return partners.partner(tx, new.client_code)
    except PartnerUnknown:
        return partners.register(tx, new, now=NOW)


def completed(tx: Tx, purchase: Purchase, *, now: datetime) -> None:
    """Everything attended, as the attendance room records it, and the certificate issued.

    The identity checks themselves are walked in tests/attendance.
    """
    attend_all(tx, purchase, now=now)
    while certificates.issue_due(tx, BASE_URL, now=now):
        pass


def attend_all(tx: Tx, purchase: Purchase, *, now: datetime) -> None:
    """Every meeting and the final test, each proved by a face."""
    attend(tx, purchase, *range(1, purchase.course_meetings + 1), 999, now=now)


def attend(tx: Tx, purchase: Purchase, *sequences: int, now: datetime) -> None:
    """These steps, each proved by a face."""
    bought = Bought(purchase.purchase_id, purchase.transaction_code, purchase.card_id, purchase.person_id)
    cards.lock(tx, [purchase.card_id])
    for sequence in sequences:
        attendance.attend(tx, bought, sequence, Proof.IDENTITY_CHECK, now=now)
