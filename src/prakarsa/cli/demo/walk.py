"""One card's whole life, walked over the real HTTP doors while it is told."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pyotp

from prakarsa.card.model import CardHolder
from prakarsa.certificate import actions as certificate
from prakarsa.cli.demo import offer
from prakarsa.cli.demo.client import Browser, Outbox, PartnerClient, eventually
from prakarsa.cli.demo.narrator import Narrator
from prakarsa.cli.demo.refusals import StoryBroken
from prakarsa.cli.demo.world import Calendar, Key, World
from prakarsa.disbursement import actions as disbursement
from prakarsa.hold import actions as hold
from prakarsa.hold.model import Hold
from prakarsa.kernel.clock import JAKARTA, MovableClock
from prakarsa.kernel.ids import mask
from prakarsa.kernel.runtime import Runtime
from prakarsa.kernel.words import duration, moment, rupiah
from prakarsa.ledger import actions as ledger
from prakarsa.purchase import actions as purchase
from prakarsa.purchase.model import Purchase, PurchaseClock

_LANGUAGE = "en"
POST_TEST = 999


class Walk:
    """The story of two people: one who learns and is paid, one whom a hold keeps waiting."""

    def __init__(self, runtime: Runtime, world: World, narrator: Narrator, outbox: Outbox) -> None:
        assert isinstance(runtime.clock, MovableClock)
        self.runtime = runtime
        self.clock = runtime.clock
        self.world = world
        self.narrator = narrator
        self.outbox = outbox
        self.platform = self._client(world.platforms[0])
        self.institution = next(k for k in world.institutions if k.client_code == "rumah-kerja")

    @property
    def calendar(self) -> Calendar:
        """When things happen."""
        return self.world.calendar

    def buy_first_course(self, holder: CardHolder) -> Purchase:
        """Two signed steps and a code by SMS; then the same invoice again."""
        self.clock.move_to(self.calendar.announced_at + timedelta(hours=2))
        course = next(o for o in offer.OFFERS if o.course_code == offer.WALK_COURSE)
        classes = {"course_code": course.course_code, "schedule_code": self.world.walk_schedule}
        seats = self.platform.ask("payment/quota-schedule", classes)["quota"]
        self.narrator.tell(f"The platform asks for seats: {seats} left in “{course.title}”.")
        receipt = self._pay(holder, course.course_code, self.world.walk_schedule, course.price_idr, "INV-WALK-1")
        again = self._authorize(receipt["token"], receipt["otp"], "INV-WALK-1")
        if again != receipt["data"]:
            raise StoryBroken("sending the same invoice again", json.dumps(again))
        self.narrator.tell("The same invoice sent again brings the same answer and moves no money.")
        bought = self._purchases(holder)[0]
        self._tell_books("after the purchase")
        return bought

    def attend(self, holder: CardHolder, bought: Purchase) -> None:
        """Each meeting: the institution opens an identity check, the person consents and is checked."""
        person = self._signed_in(holder)
        school = self._client(self.institution)
        sequences = [*range(1, bought.course_meetings + 1), POST_TEST]
        for place, sequence in enumerate(sequences):
            self.clock.move_to(self.calendar.class_at + timedelta(days=place, minutes=-10))
            asked = {"redeem_code": bought.redeem_code, "sequence": sequence}
            opened = school.ask(
                "oauth/url-generate",
                {**asked, "redirect_uri": self.institution.redirect_uri, "email": "peserta@rumah-kerja.example"},
            )
            page = person.open(opened["url"])
            landed = self._scan(person, page)
            status = school.ask("payment/redeem-code/status", asked)
            if status["attendance_status"] != 1 or "status=success" not in landed:
                raise StoryBroken(f"attending meeting {sequence}", json.dumps(status))
            what = "the final test" if sequence == POST_TEST else f"meeting {sequence}"
            self.narrator.tell(f"{holder.name} attends {what}: consent, face check by the provider, recorded.")

    def certify(self, holder: CardHolder) -> str:
        """The certificate appears by itself and verifies three ways."""
        number: str = eventually("the certificate", lambda: self._certificate_number(holder))
        visitor = Browser(self.runtime.settings.base_url, _LANGUAGE)
        page = visitor.open(f"/certificates/{number}")
        paper = visitor.fetch(f"/certificates/{number}.pdf")
        credential = visitor.fetch(f"/certificates/{number}.jwt")
        if holder.name not in page.text_content() or not paper.content.startswith(b"%PDF") or credential.is_error:
            raise StoryBroken("checking the certificate", number)
        self.narrator.tell(
            f"Certificate {number}: public page, PDF with QR ({len(paper.content):,} bytes), "
            f"Open Badges 3.0 credential ({len(credential.content):,} bytes, signed with Ed25519)."
        )
        self._tell_books("after completion")
        return number

    def rate_and_be_paid(self, holder: CardHolder, bought: Purchase) -> None:
        """Rating, linking an account, and the first incentive through the bank."""
        self.clock.move_to(self.calendar.class_at + timedelta(days=bought.course_meetings + 1))
        person = self._signed_in(holder)
        address = f"/my-courses/{bought.purchase_id}"
        person.submit(
            person.open(address),
            "/rating",
            {"instructor": "5", "facility": "4", "course": "5", "review": "Pengajarnya sabar dan latihannya nyata."},
        )
        self.narrator.tell("The course is rated: instructor 5, facility 4, course 5, and a review.")
        person.submit(person.open("/payouts"), "/payouts/account", {"provider": "BNI", "account_number": "0123456781"})
        self.narrator.tell("A bank account is linked.")
        paid = eventually("the first incentive", lambda: self._paid_idr(holder))
        self.narrator.tell(
            f"pain.001 went to the bank, pain.002 came back: {rupiah(paid, _LANGUAGE)} paid; three more are scheduled."
        )
        self._tell_books("after the payment")

    def live_through_a_hold(self, waiting: CardHolder) -> None:
        """August 2020 in miniature: held, refused with cause and paused clock, lifted, bought, deadline moved."""
        self.clock.move_to(self.calendar.held_at)
        before = self._clock_of(waiting, self.calendar.held_at)
        self.narrator.tell(f"{waiting.name} has bought nothing yet. Deadline: {moment(before.deadline_at, _LANGUAGE)}.")
        placed = self._place_hold(self._console("officer"), self._console("colleague"))
        self.narrator.tell(
            f"One officer proposes to put payment on hold, a second one confirms ({placed.hold_code}): reason, legal "
            "basis, proportion, evidence, time to answer, review date."
        )
        seat = next(s for s in self.world.seats if s.course_code == offer.SECOND_COURSE)
        refused = self._refused_send(waiting, seat.course_code, seat.schedule_code, seat.amount_idr)
        self.narrator.quote("The platform is told", refused["message"])
        self.narrator.tell(f"Code {refused['code']}; deadline: {refused.get('deadline')}.")
        visitor = Browser(self.runtime.settings.base_url, _LANGUAGE)
        if placed.hold_code not in visitor.open("/status").text_content():
            raise StoryBroken("the public status page", "it does not name the hold")
        self.narrator.tell(f"The public status page names the hold: {self.runtime.settings.base_url}/status")

        self.clock.reset()
        held_for = self._lift_hold(self._console("admin"), placed)
        after = self._clock_of(waiting, self.clock.now())
        moved = after.deadline_at - before.deadline_at
        if moved != held_for:
            raise StoryBroken("the moved deadline", f"moved by {moved}, held for {held_for}")
        self.narrator.tell(
            f"The hold is lifted after {duration(held_for, _LANGUAGE)}. "
            f"The deadline moved by exactly that: {moment(after.deadline_at, _LANGUAGE)}."
        )
        self._pay(waiting, seat.course_code, seat.schedule_code, seat.amount_idr, "INV-WALK-2")
        self.narrator.tell("The same attempt now succeeds.")

    def _pay(self, holder: CardHolder, course: str, schedule: str, amount_idr: int, invoice: str) -> dict[str, Any]:
        self.outbox.skip()
        data = self.platform.ask("payment/send-otp", _order(holder, course, schedule, amount_idr))
        sms = self.outbox.wait_for("the code by SMS", _code_to(holder.phone))
        self.narrator.quote(f"SMS to {mask(holder.phone)}", str(sms["text"]).replace(sms["otp"], "••••••"))
        paid = self._authorize(data["payment_token"], sms["otp"], invoice)
        self.narrator.tell(
            f"{paid['prakerja_name']} paid {rupiah(paid['amount'], _LANGUAGE)}: {paid['status']}, "
            f"transaction {paid['transaction_code']}."
        )
        return {"token": data["payment_token"], "otp": sms["otp"], "data": paid}

    def _authorize(self, token: str, otp: str, invoice: str) -> dict[str, Any]:
        members = {"otp": otp, "invoice_code": invoice, "invoice_url": f"https://pasar-ilmu.example/invoice/{invoice}"}
        return self.platform.ask("payment/authorize", members, authorization=token)

    def _refused_send(self, holder: CardHolder, course: str, schedule: str, amount_idr: int) -> dict[str, Any]:
        status, envelope = self.platform.call("payment/send-otp", _order(holder, course, schedule, amount_idr))
        if envelope["success"]:
            raise StoryBroken("buying during a hold", f"{status}: it was allowed")
        return envelope

    def _signed_in(self, holder: CardHolder) -> Browser:
        browser = Browser(self.runtime.settings.base_url, _LANGUAGE)
        self.outbox.skip()
        page = browser.submit(browser.open("/sign-in"), "/sign-in", {"address": holder.phone})
        sms = self.outbox.wait_for("the sign-in code", _code_to(holder.phone))
        browser.submit(page, "/sign-in/code", {"otp": sms["otp"]})
        return browser

    def show_card(self, holder: CardHolder) -> None:
        """The holder signs in by a code and looks at the card."""
        page = self._signed_in(holder).open("/card")
        if mask(holder.number) not in page.text_content().replace(" ", ""):
            raise StoryBroken("looking at the card", " ".join(page.text_content().split())[:300])
        clock = self._clock_of(holder, self.clock.now())
        self.narrator.tell(
            f"{holder.name} signs in with a code by SMS and sees card {mask(holder.number)}, "
            f"first purchase due by {moment(clock.deadline_at, _LANGUAGE)}."
        )

    def _scan(self, person: Browser, page: Any) -> str:
        consent = page.forms[-1]
        provider = person.submit(page, consent.action.rsplit("/", 1)[1], {})
        return person.press_and_leave(provider, "scan", self.institution.redirect_uri)

    def _console(self, name: str) -> Browser:
        member = next(s for s in self.world.staff if s.email.startswith(f"{name}@"))
        browser = Browser(self.runtime.settings.base_url, _LANGUAGE)
        browser.submit(
            browser.open("/console/sign-in"),
            "/console/sign-in",
            {"email": member.email, "password": member.password, "totp": pyotp.TOTP(member.totp_secret).now()},
        )
        return browser

    def _place_hold(self, office: Browser, second: Browser) -> Hold:
        review_at = (self.calendar.held_at + timedelta(days=5)).astimezone(JAKARTA)
        office.submit(
            office.open("/console/holds"),
            "/console/holds",
            {
                "scope": "programme",
                "reason": "compliance_review",
                "capability": "selling",
                "legal_basis": "Permenko 11/2020 pasal 30(2)h",
                "basis_version": "4 Agustus 2020",
                "public_words": "Kelengkapan administrasi mitra sedang diperiksa. Kartu dan saldo Anda aman.",
                "public_words_en": "Partners' papers are being checked. Your card and balance are safe.",
                "proportionality": "Semua platform berjualan dengan perjanjian yang sama; jeda per kursus tidak cukup.",
                "evidence_kind_1": "finding",
                "evidence_1": "FND-2020-08",
                "notice_to": "Semua platform dan lembaga pelatihan, lewat surel",
                "review_at": f"{review_at:%Y-%m-%dT%H:%M}",
            },
        )
        with self.runtime.database.transaction("system/demo") as tx:
            waiting = hold.proposals(tx)
        if len(waiting) != 1:
            raise StoryBroken("proposing the hold", f"{len(waiting)} proposals wait")
        second.submit(second.open(f"/console/holds/proposals/{waiting[0].proposal_code}"), "/confirm", {})
        with self.runtime.database.transaction("system/demo") as tx:
            standing = hold.in_force(tx, self.clock.now())
        if len(standing) != 1:
            raise StoryBroken("placing the hold", f"{len(standing)} holds stand")
        return standing[0]

    def _lift_hold(self, office: Browser, placed: Hold) -> timedelta:
        address = f"/console/holds/{placed.hold_code}"
        office.submit(office.open(address), "/lift", {"lift_reason": "Semua mitra telah memenuhi syarat."})
        with self.runtime.database.transaction("system/demo") as tx:
            lifted_at = hold.hold(tx, placed.hold_code).lifted_at
        if lifted_at is None:
            raise StoryBroken("lifting the hold", placed.hold_code)
        return lifted_at - placed.starts_at

    def _purchases(self, holder: CardHolder) -> list[Purchase]:
        with self.runtime.database.transaction("system/demo") as tx:
            return purchase.my_purchases(tx, holder.person_id)

    def _certificate_number(self, holder: CardHolder) -> str | None:
        with self.runtime.database.transaction("system/demo") as tx:
            mine = certificate.my_certificates(tx, holder.person_id)
        return mine[0].number if mine else None

    def _paid_idr(self, holder: CardHolder) -> int:
        with self.runtime.database.transaction("system/demo") as tx:
            return sum(p.amount_idr for p in disbursement.my_payouts(tx, holder.person_id) if p.state == "paid")

    def _clock_of(self, holder: CardHolder, now: datetime) -> PurchaseClock:
        with self.runtime.database.transaction("system/demo") as tx:
            clock = purchase.clock_of(tx, holder.person_id, now)
        assert clock is not None
        return clock

    def _tell_books(self, when: str) -> None:
        with self.runtime.database.transaction("system/demo") as tx:
            problems, sums = ledger.verify(tx), ledger.balances(tx)
        if problems:
            raise StoryBroken("the books", problems[0].problem)
        told = ", ".join(f"{kind.replace('_', ' ')} {rupiah(total, _LANGUAGE)}" for kind, _, total in sums if total)
        self.narrator.tell(f"Books {when} (they add up to zero): {told}.")

    def _client(self, key: Key) -> PartnerClient:
        return PartnerClient(self.runtime.settings.base_url, key.client_code, key.sign_key)


def _order(holder: CardHolder, course: str, schedule: str, amount_idr: int) -> dict[str, Any]:
    return {
        "prakerja_id": holder.number,
        "user_platform_id": f"user-{holder.person_id}",
        "course_code": course,
        "schedule_code": schedule,
        "amount": amount_idr,
    }


def _code_to(phone: str) -> Callable[[dict[str, Any]], bool]:
    return lambda message: message["to"] == phone and "otp" in message
