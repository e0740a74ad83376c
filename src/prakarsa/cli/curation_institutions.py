"""Institutions on their way in: apply, decide the steps, hand in again, decree; what they declare about themselves."""

from datetime import date
from typing import Annotated

import typer

from prakarsa.cli.arguments import ClientCode, read_day
from prakarsa.cli.curation_courses import Pairs, read_pairs
from prakarsa.cli.curation_shared import deadline, of_application
from prakarsa.cli.hold import EvidenceOption
from prakarsa.cli.opening import one_transaction, operator
from prakarsa.cli.output import Json, picked, refusal_record, show_record, show_rows, words
from prakarsa.curation import actions as curation
from prakarsa.curation.model import APPLICATION_WORDS, Application, Decision, Step
from prakarsa.kernel.evidence import read as read_evidence
from prakarsa.partner import actions as partners
from prakarsa.partner.model import LegalForm, Profile

group = typer.Typer(help="Institutions on their way in.", no_args_is_help=True)
ApplicationCode = Annotated[str, typer.Argument(metavar="APPLICATION", help="Code of the application.")]
StepName = Annotated[Step, typer.Argument(metavar="STEP", help="The step that is open.")]
Why = Annotated[str, typer.Option(help="Why; the institution reads it.")]
Day = Annotated[date | None, typer.Option(parser=read_day, metavar="DAY", help="A day such as 2020-08-15.")]


@group.command()
def apply(
    code: ClientCode,
    in_person: Annotated[bool, typer.Option("--in-person", help="Somebody teaches in a room.")] = False,
    json: Json = False,
) -> None:
    """Open an application with the steps that the rules in force ask for."""
    with one_transaction() as (tx, runtime):
        _show(curation.apply(tx, code, in_person=in_person, by=operator(), now=runtime.clock.now()), json=json)


@group.command("list")
def list_applications(
    everything: Annotated[bool, typer.Option("--all", help="Also those that ended.")] = False,
    late: Annotated[bool, typer.Option("--overdue", help="Only those past their day.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 50,
    json: Json = False,
) -> None:
    """Applications by the day they are due."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        found = curation.applications(tx, open_only=not everything, overdue_at=now if late else None, limit=limit)
    show_rows([of_application(each) | deadline(each.due_at, now) for each in found], json=json)


@group.command()
def show(code: ApplicationCode, json: Json = False) -> None:
    """An application with every step it took."""
    with one_transaction() as (tx, _):
        _show(curation.application(tx, code), json=json)


@group.command("pass")
def pass_step(
    code: ApplicationCode, step: StepName, reason: Why, evidence: EvidenceOption = None, json: Json = False
) -> None:
    """Pass the open step; the next one opens."""
    decision = Decision(reason, [read_evidence(piece) for piece in evidence or ()])
    with one_transaction() as (tx, runtime):
        _show(curation.pass_step(tx, code, step, decision, by=operator(), now=runtime.clock.now()), json=json)


@group.command("reject")
def reject_step(
    code: ApplicationCode,
    step: StepName,
    reason: Why,
    mend: Pairs = None,
    evidence: EvidenceOption = None,
    json: Json = False,
) -> None:
    """Reject the open step and say item by item what to mend."""
    decision = Decision(reason, [read_evidence(piece) for piece in evidence or ()], read_pairs(mend))
    with one_transaction() as (tx, runtime):
        _show(curation.reject_step(tx, code, step, decision, by=operator(), now=runtime.clock.now()), json=json)


@group.command()
def resubmit(code: ApplicationCode, answer: Pairs = None, json: Json = False) -> None:
    """Answer every item and hand the step in again."""
    with one_transaction() as (tx, runtime):
        found = curation.resubmit(tx, code, read_pairs(answer), by=operator(), now=runtime.clock.now())
    _show(found, json=json)


@group.command()
def withdraw(code: ApplicationCode, reason: Why, json: Json = False) -> None:
    """Take an application back."""
    with one_transaction() as (tx, runtime):
        _show(curation.withdraw(tx, code, reason=reason, by=operator(), now=runtime.clock.now()), json=json)


@group.command()
def decree(
    code: ClientCode,
    basis: Annotated[str, typer.Option(help="Number of the decree.")],
    json: Json = False,
) -> None:
    """Make an institution active under a decree, once every step is passed and every condition met."""
    with one_transaction() as (tx, runtime):
        found = curation.decree(tx, code, basis, by=operator(), now=runtime.clock.now())
    show_record(picked(found, "client_code", "name", "status", "basis"), json=json)


@group.command()
def conditions(code: ClientCode, json: Json = False) -> None:
    """Every condition of an institution, met or missed."""
    with one_transaction() as (tx, runtime):
        found = curation.conditions_of(tx, code, now=runtime.clock.now())
    rows = [
        {
            "condition": words(check.name),
            "met": check.passed,
            "refusal": refusal_record(check.refusal) if json and check.refusal else check.refusal,
        }
        for check in found
    ]
    show_rows(rows, json=json)


@group.command()
def profile(
    code: ClientCode,
    legal_form: Annotated[LegalForm | None, typer.Option(help="What sort of body it is in law.")] = None,
    founded_on: Day = None,
    business_number: Annotated[str | None, typer.Option(help="Business number (NIB).")] = None,
    tax_number: Annotated[str | None, typer.Option(help="Tax number (NPWP).")] = None,
    provinces: Annotated[int | None, typer.Option(min=0, max=38, help="Provinces with users.")] = None,
    certified_on: Day = None,
    platform_contract: Annotated[str | None, typer.Option(help="Number of the contract with a platform.")] = None,
    json: Json = False,
) -> None:
    """What a platform or institution declares about itself; what is given replaces what was known."""
    given = {
        "legal_form": legal_form,
        "founded_on": founded_on,
        "business_number": business_number,
        "tax_number": tax_number,
        "provinces_served": provinces,
        "integration_certified_on": certified_on,
        "platform_contract": platform_contract,
    }
    with one_transaction() as (tx, runtime):
        known = picked(partners.profile(tx, code), *given)
        wanted = Profile(**known | {name: value for name, value in given.items() if value is not None})
        kept = partners.set_profile(tx, code, wanted, now=runtime.clock.now())
    show_record({"client_code": code} | picked(kept, *given), json=json)


def _show(found: Application, *, json: bool) -> None:
    steps = [
        picked(each, "step", "attempt", "opened_at", "outcome", "reason", "decided_by", "decided_at")
        | {
            "to_mend": {mend.item: mend.words for mend in each.mends},
            "answers": {mend.item: mend.answer for mend in each.mends if mend.answer},
            "evidence": [f"{piece.kind}:{piece.reference}@{piece.seen_on}" for piece in each.evidence],
        }
        for each in found.taken
    ]
    names = ("application_code", "institution_code", "institution_name", "state", "opened_by", "opened_at", "due_at")
    record = picked(found, *names) | {"stands": words(APPLICATION_WORDS[found.state])}
    record["steps"] = {step.value: state.value for step, state in found.states().items()}
    if json:
        show_record(record | {"taken": steps}, json=True)
        return
    show_record(record, json=False)
    show_rows(steps, json=False)
