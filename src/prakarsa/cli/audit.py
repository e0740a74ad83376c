"""Audit: every invariant of every room, checked again."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Any

import typer

import prakarsa
from prakarsa.attendance.audit import INVARIANTS as OF_ATTENDANCE
from prakarsa.card.audit import INVARIANTS as OF_CARDS
from prakarsa.catalogue.audit import INVARIANTS as OF_COURSES
from prakarsa.certificate.audit import INVARIANTS as OF_CERTIFICATES
from prakarsa.cli.opening import opened, operator
from prakarsa.cli.output import Json, bar, lines, show_record, words
from prakarsa.complaint.audit import INVARIANTS as OF_COMPLAINTS
from prakarsa.curation.audit import INVARIANTS as OF_CURATION
from prakarsa.disbursement.audit import INVARIANTS as OF_PAYMENTS
from prakarsa.feedback.audit import INVARIANTS as OF_RATINGS
from prakarsa.gateways import rounds
from prakarsa.hold.audit import INVARIANTS as OF_HOLDS
from prakarsa.journal.audit import INVARIANTS as OF_JOURNAL
from prakarsa.kernel.audit import Invariant, Problem, unworded
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.runtime import Runtime
from prakarsa.ledger.audit import INVARIANTS as OF_BOOKS
from prakarsa.notice.audit import INVARIANTS as OF_NOTICES
from prakarsa.partner.audit import INVARIANTS as OF_PARTNERS
from prakarsa.people.audit import INVARIANTS as OF_PEOPLE
from prakarsa.programme.audit import INVARIANTS as OF_WAVES
from prakarsa.purchase.audit import INVARIANTS as OF_PURCHASES
from prakarsa.rehearsal.audit import INVARIANTS as OF_REHEARSALS
from prakarsa.selection.audit import INVARIANTS as OF_DRAWS

group = typer.Typer(help="Checks that everything is as it must be.", no_args_is_help=True)
SHOWN = 20
"""Exceptions of each invariant that a screen shows; --json has all."""
OF_REFUSALS = (
    Invariant(
        msg("Every refusal says in Indonesian and English what is the matter and what to do"),
        "{problem}",
        lambda _: unworded(_every_refusal()),
    ),
)
INVARIANTS = (
    *OF_BOOKS,
    *OF_JOURNAL,
    *OF_WAVES,
    *OF_PEOPLE,
    *OF_PARTNERS,
    *OF_HOLDS,
    *OF_COURSES,
    *OF_CURATION,
    *OF_DRAWS,
    *OF_CARDS,
    *OF_PURCHASES,
    *OF_ATTENDANCE,
    *OF_CERTIFICATES,
    *OF_RATINGS,
    *OF_PAYMENTS,
    *OF_REHEARSALS,
    *OF_COMPLAINTS,
    *OF_NOTICES,
    *OF_REFUSALS,
)


@group.callback()
def audit() -> None:
    """Checks that everything is as it must be."""


@group.command()
def verify(json: Json = False) -> None:
    """Seal the journal, then check every invariant at one moment; exit code 1 names those that are broken."""
    with opened() as runtime, bar(words(msg("Checking")), len(INVARIANTS)) as tell:
        found = _checked(runtime, tell)
    broken = sum(1 for _, problems in found if problems)
    if json:
        rows = [_record(invariant, problems) for invariant, problems in found]
        show_record({"holds": not broken, "broken": broken, "invariants": rows}, json=True)
    else:
        for invariant, problems in found:
            lines(_told(invariant, problems))
        lines([words(msg("{holding} of {count} invariants hold."), holding=len(found) - broken, count=len(found))])
    if broken:
        raise typer.Exit(1)


def verify_everything(runtime: Runtime, say_line: Callable[[str], None]) -> list[str]:
    """The same for another command: each invariant is said with its outcome; every exception comes back in words."""
    found = _checked(runtime, lambda _: None)
    for invariant, problems in found:
        for line in _told(invariant, problems):
            say_line(line)
    return [
        f"{words(invariant.sentence)}: {_exception(invariant, problem)}"
        for invariant, problems in found
        for problem in problems
    ]


def _checked(runtime: Runtime, tell: Callable[[int], None]) -> list[tuple[Invariant, Sequence[Problem]]]:
    rounds.seal_journal_entries(runtime, actor=operator())
    found: list[tuple[Invariant, Sequence[Problem]]] = []
    with runtime.database.snapshot(operator()) as tx:
        for invariant in INVARIANTS:
            found.append((invariant, invariant.exceptions(tx)))
            tell(1)
    return found


def _record(invariant: Invariant, problems: Sequence[Problem]) -> dict[str, Any]:
    exceptions = [
        {"subject": problem.subject, "problem": words(invariant.words, **problem.facts), "facts": problem.facts}
        for problem in problems
    ]
    return {"invariant": words(invariant.sentence), "holds": not problems, "exceptions": exceptions}


def _told(invariant: Invariant, problems: Sequence[Problem]) -> list[str]:
    told = [f"{'✗' if problems else '✓'} {words(invariant.sentence)}"]
    told += [f"    {_exception(invariant, problem)}" for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        more = words(msg("and {count} more"), count=len(problems) - SHOWN)
        told.append(f"    {more}")
    return told


def _exception(invariant: Invariant, problem: Problem) -> str:
    return f"{problem.subject}: {words(invariant.words, **problem.facts)}"


def _every_refusal() -> list[type[Refusal]]:
    """Every refusal there is, those of doors that this command does not use included."""
    for module in pkgutil.walk_packages(prakarsa.__path__, "prakarsa."):
        if module.name.endswith("refusals"):
            importlib.import_module(module.name)
    return list(Refusal.every.values())
