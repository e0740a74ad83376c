"""Run 2, with Prakarsa: the rule is rehearsed, gaps are mended, what still fails is held, and everybody is told why.

Every step is a verb of the product, in the order in which an office would press the buttons.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from prakarsa.cli.replay import calendar, office
from prakarsa.cli.replay.calendar import at
from prakarsa.cli.replay.market import Order, Unexplained
from prakarsa.cli.replay.story import ONE_DAY, Run, Somebody, Visit
from prakarsa.cli.replay.world import CURATOR, LAWYER, OFFICER
from prakarsa.gateways import rehearsal_rounds, rounds
from prakarsa.hold import actions as holds
from prakarsa.hold.hearing_model import Outcome
from prakarsa.hold.model import Hold, NewHold, Reason, Scope
from prakarsa.hold.refusals import OfferHeld
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.refusal import Refusal
from prakarsa.partner import actions as partner
from prakarsa.partner.model import PartnerKind, Profile
from prakarsa.purchase import actions as purchases
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.gap_model import GapItem, GapOutcome
from prakarsa.rehearsal.model import Summary, Thing

CERTIFIED_ON = date(2020, 8, 21)
BASIS, BASIS_VERSION = "Permenko 11/2020 art. 30, 36, 37", "2020-08-04"
INSTITUTION_WORDS = (
    "Kontrak lembaga ini dengan platform belum ditunjukkan, sehingga kursusnya belum dapat dibeli.",
    "This institution has not shown its contract with a platform yet, so its courses cannot be bought.",
)
PLATFORM_WORDS = (
    "Sambungan platform ini sedang disertifikasi; kursus yang sama dapat dibeli di platform lain.",
    "This platform's connection is being certified; the same courses can be bought on other platforms.",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the rehearsal showed and what came of it."""

    leaving_by_dry_run: int
    on_sale_by_dry_run: int
    gap_lists: int
    gap_items: int
    gaps_closed: int
    left_at_cut_over: int = 0


class WithPrakarsa(Run):
    """The week as it could have been."""

    prepared: Prepared | None = None

    def prepare(self) -> None:
        """Rehearse, tell partners what is missing, decide their answers, approve by two, record the cut-over."""
        self.clock.moment = at(calendar.REHEARSED_ON, 10)
        change_code = office.propose(self)
        summary, run_code = self._dry_run(change_code)
        items = self._gap_lists(run_code)
        closed = 0
        for day in calendar.days(calendar.REHEARSED_ON + ONE_DAY, calendar.GAPS_DUE_ON):
            closed += self._gaps_of_the_day(items, day)
        self.clock.moment = at(calendar.GAPS_DUE_ON, 16)
        office.approve(self, change_code)
        self.prepared = Prepared(
            summary.leaving, summary.on_sale_after, len({item.list_code for item in items}), len(items), closed
        )

    def morning(self, day: date) -> None:
        """Hold what still fails, lift what no longer does, tell those concerned."""
        if day == calendar.TOLD_ON:
            self._place_holds()
        for course in self.sold.courses:
            if course.mended_on == day:
                office.attest(self, course)
        for each in self.sold.institutions:
            if each.papers_on == day:
                self._papers_came(each.code, "Kontrak sudah ditunjukkan.")
        if day == CERTIFIED_ON:
            self._papers_came(self.sold.uncertified, "Sambungan sudah disertifikasi.")
        self._hear_an_appeal(day)
        rehearsal_rounds.follow_standings(self.runtime, actor="system/replay")
        if day == calendar.TOLD_ON:
            self._see_the_cut_over()
        rounds.tell_those_concerned(self.runtime, actor="system/replay")
        if calendar.SHUT_ON <= day < calendar.BACK_ON:
            on_sale = self.on_sale(self.clock.moment)
            self.tally.on_sale_while_shut = min(self.tally.on_sale_while_shut or on_sale, on_sale)

    def shut(self, now: datetime) -> bool:
        """Whether nothing can be bought: asked of the product every evening."""
        return self.on_sale(now) == 0

    def refused(self, visit: Visit, order: Order, answer: Refusal | Unexplained, now: datetime) -> None:
        """Told why and until when: wait for it, or try the next wish, or whatever is on sale."""
        who = visit.who
        if who.intends.will_ask(who.refusals):
            self._ask(order, now)
        if isinstance(answer, OfferHeld):
            who.turned_away = True
            if who.intends.faithful and visit.refused == 1:
                visit.wishes.clear()
                who.waits = True
                visit.back_on = calendar.day_of(answer.next_word_at) + ONE_DAY
                return
        if not visit.wishes and visit.refused <= len(who.intends.wishes):
            visit.wishes += self.something_else(visit, now)

    def left(self, visit: Visit, now: datetime) -> None:
        """Whoever does not wait for something comes back after some days."""
        if visit.back_on is None:
            visit.back_on = calendar.day_of(now) + visit.who.intends.back(visit.who.visits)

    def settled(self, somebody: Somebody, now: datetime) -> None:
        """By how much the clock of somebody whom a hold turned away had moved when they bought."""
        if not somebody.turned_away:
            return
        with self.runtime.database.transaction("system/replay") as tx:
            clock = purchases.clock_of(tx, somebody.holder.person_id, now)
        if clock is not None and clock.paused:
            self.tally.moved[somebody.intends.number] = clock.paused

    def _ask(self, order: Order, now: datetime) -> None:
        """A person asks why; the answer comes from the same rules, at once."""
        self.tally.asked += 1
        schedule_code = order.course.schedule_code
        with self.runtime.database.transaction("system/replay") as tx:
            checks = purchases.explain(tx, order.card_number, schedule_code, order.platform, now=now)
        self.tally.answered += any(check.refusal is not None for check in checks)

    def _dry_run(self, change_code: str) -> tuple[Summary, str]:
        now = self.clock.moment
        with self.runtime.database.snapshot(LAWYER) as tx:
            change, summary = rehearsal.dry_run(tx, change_code, wave=calendar.WAVE, now=now)
        with self.runtime.database.transaction(LAWYER) as tx:
            kept = rehearsal.keep(tx, change, summary, by=LAWYER, now=now)
        return summary, kept.run_code

    def _gap_lists(self, run_code: str) -> list[GapItem]:
        """One list and one letter for every partner that misses something; all their items."""
        rehearsal_rounds.make_gap_lists(self.runtime, run_code, at(calendar.GAPS_DUE_ON, 23, 59), actor=LAWYER)
        items: list[GapItem] = []
        before = 2**62
        while True:
            with self.runtime.database.transaction(LAWYER) as tx:
                lists = rehearsal.gap_lists(tx, run_code=run_code, before=before)
                for each in lists:
                    items += [found.item for found in rehearsal.gap_items(tx, each, limit=500)]
            if not lists:
                return items
            before = lists[-1].gap_list_id

    def _gaps_of_the_day(self, items: list[GapItem], day: date) -> int:
        """Partners answer with evidence; a curator decides the same evening. How many gaps are closed."""
        closed = 0
        for item in items:
            course = self._offered.get(item.thing_code)
            if item.thing is not Thing.COURSE or course is None or course.mended_on != day:
                continue
            self.clock.moment = at(day, 15)
            evidence = office.shown(self, item.item_code)
            words = "Sesi langsung sudah dijadwalkan."
            with self.runtime.database.transaction(f"partner/{item.partner_code}") as tx:
                rehearsal.answer_gap(
                    tx,
                    item.item_code,
                    partner_code=item.partner_code,
                    words=words,
                    evidence=[evidence],
                    now=self.clock.moment,
                )
            self.clock.moment = at(day, 19)
            with self.runtime.database.transaction(CURATOR) as tx:
                rehearsal.decide_gap(
                    tx,
                    item.item_code,
                    outcome=GapOutcome.ACCEPTED,
                    words="",
                    by=CURATOR,
                    now=self.clock.moment,
                )
            closed += 1
        return closed

    def _see_the_cut_over(self) -> None:
        """How many courses are off sale under the new rule when the first card can buy, each with its cause."""
        with self.runtime.database.transaction("system/replay") as tx:
            counts = rehearsal.standing_counts(tx)
        assert self.prepared is not None
        left = sum(each.misses for each in counts if each.in_force and calendar.WAVE in each.waves)
        self.prepared = replace(self.prepared, left_at_cut_over=left)

    def _place_holds(self) -> None:
        """Only where papers are still missing: institutions one by one, and one platform."""
        for each in self.sold.institutions:
            if not each.has_papers:
                self._hold(Scope.INSTITUTION, each.code, INSTITUTION_WORDS, at(calendar.HELD_UNTIL, 23, 59))
        self._hold(Scope.PLATFORM, self.sold.uncertified, PLATFORM_WORDS, at(CERTIFIED_ON + ONE_DAY, 23, 59))

    def _hold(self, scope: Scope, code: str, words: tuple[str, str], ends_at: datetime) -> None:
        now = self.clock.moment
        new = NewHold(
            scope=scope,
            reason=Reason.SCHEME_CHANGE,
            legal_basis=BASIS,
            basis_version=BASIS_VERSION,
            public_words=words[0],
            public_words_en=words[1],
            notice_to="Mitra yang bersangkutan, melalui surat",
            notice_at=now,
            starts_at=now,
            ends_at=ends_at,
            review_at=None,
            target_code=code,
            evidence=(Evidence(EvidenceKind.JOURNAL, f"partner/{code}", calendar.day_of(now)),),
            proportionality="Hanya mitra ini; semua yang lain tetap dijual.",
            answer_by_at=now + timedelta(days=7),
        )
        with self.runtime.database.transaction(LAWYER) as tx:
            holds.place(tx, new, by=LAWYER, second=OFFICER, now=now)
        self.tally.holds += 1

    def _papers_came(self, code: str, reason: str) -> None:
        """The partner shows its papers, and its hold is lifted the same morning."""
        now = self.clock.moment
        today = calendar.day_of(now)
        with self.runtime.database.transaction(OFFICER) as tx:
            known = partner.partner(tx, code)
            profile = Profile(platform_contract=f"KTR-{code}")
            if known.kind is PartnerKind.PLATFORM:
                profile = Profile(provinces_served=34, integration_certified_on=today)
            partner.set_profile(tx, code, profile, now=now)
            for hold in self._standing(code):
                holds.lift(tx, hold.hold_code, reason=reason, by=OFFICER, now=now)

    def _standing(self, code: str) -> list[Hold]:
        with self.runtime.database.transaction("system/replay") as tx:
            return [hold for hold in holds.in_force(tx, self.clock.moment) if hold.target_code == code]

    def _hear_an_appeal(self, day: date) -> None:
        """The first institution held appeals on the second day; somebody else decides on the third."""
        held = next(each.code for each in self.sold.institutions if not each.has_papers)
        now = self.clock.moment
        if day == calendar.TOLD_ON + ONE_DAY:
            for hold in self._standing(held):
                with self.runtime.database.transaction(f"partner/{held}") as tx:
                    holds.appeal(tx, hold.hold_code, party=held, words="Kontrak kami sedang ditandatangani.", now=now)
        if day == calendar.TOLD_ON + 2 * ONE_DAY:
            with self.runtime.database.transaction("staff/judge") as tx:
                for each, _ in holds.open_appeals(tx, now):
                    words = "Tanpa kontrak kursus tidak dapat dijual; setelah ditunjukkan, penangguhan dicabut."
                    code = each.statement_code
                    holds.decide_appeal(tx, code, outcome=Outcome.DISMISSED, words=words, by="staff/judge", now=now)
