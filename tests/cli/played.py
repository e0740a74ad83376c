"""A programme that has been through everything once, played by the rooms' own verbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from prakarsa.card import actions as cards
from prakarsa.catalogue.model import Schedule
from prakarsa.complaint import actions as complaints
from prakarsa.disbursement import actions as disbursement
from prakarsa.disbursement.model import BatchAnswer, LineOutcome, Payer, PayoutFailure
from prakarsa.feedback import actions as feedback
from prakarsa.feedback.model import Stars
from prakarsa.gateways.simulators.population import Invented, generate
from prakarsa.hold import actions as holds
from prakarsa.hold.model import NewHold, Reason, Scope
from prakarsa.kernel.db import Tx
from prakarsa.people import actions as people
from prakarsa.people.model import NewStaff
from prakarsa.programme import actions as programme
from prakarsa.purchase.model import Purchase
from prakarsa.selection import actions as selection
from tests import worlds
from tests.conftest import NOW
from tests.people.applicants import TODAY
from tests.selection.wave4 import DRAWN, drawn, joined, open_wave, registered, registry_of, screen_all
from tests.worlds import HeldCard

WAVE = 4
SEATS = 12
ISSUED = DRAWN + timedelta(hours=1)
COMPLETED = NOW + timedelta(days=6)
AFTERWARDS = NOW + timedelta(days=10)
REVIEW = "Penjelasannya jelas dan latihannya berguna untuk pekerjaan saya sehari-hari."


@dataclass(frozen=True)
class Played:
    """Who and what is there to point at, as text and numbers only: the database may be a copy."""

    holders: tuple[HeldCard, ...]
    persons: tuple[str, ...]
    schedule_code: str
    course_code: str
    certificate: str


def play(tx: Tx) -> Played:
    """Forty people apply; twelve get cards; three buy, one of them cancels, one is certified, rates and is paid."""
    _wave(tx, list(generate(40, 7, TODAY)))
    holders = [holder_of(tx, person_id) for _, person_id in selection.winners(tx, WAVE)]
    course = worlds.a_class(tx, now=NOW)
    finished = _bought(tx, holders[0], course)
    worlds.cancel(tx, _bought(tx, holders[1], course), now=NOW)
    _bought(tx, holders[2], course)
    worlds.completed(tx, finished, now=COMPLETED)
    stars = Stars(instructor=5, facility=4, course=5)
    feedback.rate(tx, finished.person_id, finished.purchase_id, stars, REVIEW, now=COMPLETED)
    _pay(tx, finished.person_id)
    _hold(tx)
    _office(tx, finished.person_id)
    return Played(
        holders=tuple(holders),
        persons=tuple(people.person(tx, holder.person_id).public_id for holder in holders),
        schedule_code=course.schedule_code,
        course_code=course.course_code,
        certificate=str(tx.value("SELECT number FROM certificate.certificate")),
    )


def _wave(tx: Tx, invented: Sequence[Invented]) -> None:
    open_wave(tx, WAVE, quota=SEATS)
    joined(tx, registered(tx, invented), WAVE)
    screen_all(tx, registry_of(invented), WAVE)
    drawn(tx, WAVE)
    made = selection.decree(tx, WAVE, "SK-4/2020", by="staff/1", now=DRAWN)
    programme.fund(tx, WAVE, training_idr=made.training_total_idr, incentive_idr=made.incentive_total_idr, now=ISSUED)
    while cards.issue_wave(tx, WAVE, now=ISSUED):
        pass
    while selection.announce(tx, WAVE, now=ISSUED):
        pass


def holder_of(tx: Tx, person_id: int) -> HeldCard:
    """The card of somebody who has one."""
    card = cards.card_of_person(tx, person_id)
    assert card is not None
    return HeldCard(card.card_id, person_id, cards.number_of(tx, person_id))


def _bought(tx: Tx, holder: HeldCard, course: Schedule) -> Purchase:
    return worlds.a_purchase(tx, card=holder, of=course, now=NOW)


def _pay(tx: Tx, person_id: int) -> None:
    """The first instalment is paid, after a fault of the provider."""
    disbursement.link_account(tx, person_id, "BNI", "8000123456", now=COMPLETED)
    while disbursement.schedule_incentives(tx, now=COMPLETED):
        pass
    for day, failure in enumerate((PayoutFailure.PROVIDER_FAULT, None)):
        at = COMPLETED + timedelta(days=day)
        batch = disbursement.draft_batch(tx, payer=Payer("Kartu Prakerja", "0000000001"), now=at)
        assert batch is not None
        [line] = batch.lines
        outcome = LineOutcome(line.instruction_id, paid=failure is None, failure=failure)
        disbursement.settle(tx, batch.message_id, BatchAnswer(batch.message_id, (outcome,)), now=at)


def _hold(tx: Tx) -> None:
    new = NewHold(
        scope=Scope.PROGRAMME,
        reason=Reason.TECHNICAL,
        legal_basis="Permenko 11/2020 art. 36",
        basis_version="as of 2020-07-07",
        public_words="Sistem pembayaran diperiksa.",
        proportionality="All platforms pay through the same system.",
        notice_to="Semua platform",
        notice_at=AFTERWARDS,
        answer_by_at=AFTERWARDS + timedelta(days=7),
        starts_at=AFTERWARDS,
        ends_at=AFTERWARDS + timedelta(days=1),
        review_at=None,
    )
    placed = holds.place(tx, new, by="staff/1", second="staff/2", now=AFTERWARDS)
    holds.lift(tx, placed.hold_code, reason="Pemeriksaan selesai.", by="staff/1", now=AFTERWARDS + timedelta(hours=2))


def _office(tx: Tx, person_id: int) -> None:
    people.hire(tx, NewStaff("petugas@example.com", "Petugas Satu", "officer", "sembilan kuda laut menari"), now=NOW)
    words = "Sertifikat saya tidak muncul di dasbor sejak kemarin."
    asked = complaints.open_complaint(tx, person_id, "certificate", words, now=COMPLETED)
    complaints.answer(tx, asked.number, "Sertifikat Anda sudah terbit; silakan muat ulang.", "staff/1", now=COMPLETED)
