"""A class full of people, and the plan to cancel it."""

from dataclasses import replace
from datetime import date, timedelta

from prakarsa.attendance.audit import INVARIANTS as ATTENDANCE
from prakarsa.catalogue.model import Schedule
from prakarsa.hold.model import Reason, Scope
from prakarsa.kernel.audit import Problem
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.ledger.audit import INVARIANTS as LEDGER
from prakarsa.purchase import cancelling
from prakarsa.purchase.audit import INVARIANTS as PURCHASE
from prakarsa.purchase.cancelling_model import Cancellation, NewCancellation
from prakarsa.purchase.model import Purchase
from tests import worlds
from tests.conftest import NOW

PLANNER, CONFIRMER = "staff/7", "staff/8"
LATER = NOW + timedelta(days=2)


def the_plan(of: Schedule | str, scope: Scope = Scope.SCHEDULE, **changed: object) -> NewCancellation:
    """A holiday was announced: this class, or this target, is cancelled."""
    target = of.schedule_code if isinstance(of, Schedule) else of
    plan = NewCancellation(
        scope=scope,
        target_code=target,
        reason=Reason.HOLIDAY,
        legal_basis="Permenko 11/2020 art. 37",
        basis_version="2020-08-04",
        words="Kelas jatuh pada hari libur bersama.",
        words_en="The class falls on a common holiday.",
        next_step="Pilih kelas lain di katalog.",
        next_step_en="Choose another class in the catalogue.",
        notice_to="Balai Satu, by letter",
        closed_until_at=NOW + timedelta(days=60),
        review_at=NOW + timedelta(days=30),
        evidence=(Evidence(EvidenceKind.WEB_PAGE, "https://libur.example/2020", date(2020, 8, 16)),),
        proportionality="Only this target; every other course stays on sale.",
    )
    return replace(plan, **changed)  # type: ignore[arg-type]  # the fields are named by the tests


def confirmed(tx: Tx, plan: NewCancellation) -> Cancellation:
    """Planned by one and confirmed by another."""
    planned = cancelling.plan(tx, plan, by=PLANNER, now=LATER)
    return cancelling.confirm(tx, planned.cancellation_code, by=CONFIRMER, now=LATER)


def run_all(database: Database, code: str, *, chunk: int = 500) -> int:
    """Run to the end, a transaction per chunk."""
    total = 0
    while True:
        with database.transaction("test") as tx:
            done = cancelling.run(tx, code, now=LATER, chunk=chunk)
        if not done:
            return total
        total += done


def full_class(tx: Tx, people: int, **how: object) -> tuple[Schedule, list[Purchase]]:
    """A class with so many purchases."""
    schedule = worlds.a_class(tx, **how)  # type: ignore[arg-type]  # the fields are named by the tests
    return schedule, [worlds.a_purchase(tx, of=schedule) for _ in range(people)]


def broken(tx: Tx) -> list[tuple[str, Problem]]:
    """Every invariant of these rooms that does not hold."""
    invariants = (*LEDGER, *PURCHASE, *ATTENDANCE)
    return [(each.sentence, problem) for each in invariants for problem in each.exceptions(tx)]
