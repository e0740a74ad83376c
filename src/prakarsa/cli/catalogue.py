"""The catalogue: import sheets, curate courses, put them on sale, look."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue import sheet
from prakarsa.catalogue.facts import FACTS
from prakarsa.catalogue.model import Course, CourseMode, RowOutcome, RowReport, Value
from prakarsa.cli.arguments import CourseCode, InputFile, opened_file
from prakarsa.cli.hold import EvidenceOption
from prakarsa.cli.opening import one_transaction, opened, operator
from prakarsa.cli.output import Json, bar, picked, refusal_record, show_record, show_refusal, show_rows, words
from prakarsa.curation import actions as curation
from prakarsa.kernel.db import Tx
from prakarsa.kernel.evidence import read as read_evidence
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.runtime import Runtime
from prakarsa.programme import actions as programme
from prakarsa.purchase import actions as purchase
from prakarsa.purchase.offers import Query

group = typer.Typer(help="Courses, classes and who sells them.", no_args_is_help=True)
PlatformCode = Annotated[str, typer.Argument(metavar="PLATFORM", help="Client code of the platform.")]
Write = Callable[[Tx, Sequence[sheet.SheetRow]], list[RowReport]]
_RUPIAH = re.compile(r"[0-9]{1,12}")
_COURSE = (
    "course_code",
    "title",
    "field",
    "mode",
    "hours",
    "meetings",
    "price_idr",
    "institution_code",
    "institution_name",
    "state",
    "decided_by",
    "decision_reason",
)


@group.command("import")
def import_courses(file: InputFile, json: Json = False) -> None:
    """Import a sheet of courses (CSV): good rows are kept, each bad one is reported with its reason."""
    with opened() as runtime:

        def write(tx: Tx, rows: Sequence[sheet.SheetRow]) -> list[RowReport]:
            return catalogue.import_course_rows(tx, rows, now=runtime.clock.now())

        _show_import(_imported(runtime, file, sheet.COURSES, write), json=json)


@group.command()
def import_schedules(file: InputFile, json: Json = False) -> None:
    """Import a sheet of classes (CSV), as `import` does courses."""
    with opened() as runtime:
        with runtime.database.transaction(operator()) as tx:
            terms = programme.current_terms(tx, runtime.clock.now())

        def write(tx: Tx, rows: Sequence[sheet.SheetRow]) -> list[RowReport]:
            return catalogue.import_schedule_rows(tx, rows, terms, now=runtime.clock.now())

        _show_import(_imported(runtime, file, sheet.SCHEDULES, write), json=json)


@group.command()
def submit(course: CourseCode, json: Json = False) -> None:
    """Hand a draft in for assessment."""
    with one_transaction() as (tx, runtime):
        _show(catalogue.submit(tx, course, operator(), now=runtime.clock.now()), json=json)


@group.command()
def approve(course: CourseCode, json: Json = False) -> None:
    """Accept a submitted course that meets every condition, where no experts are asked for."""
    with one_transaction() as (tx, runtime):
        curation.check_not_in_round(tx, course)
        _show(catalogue.approve(tx, course, operator(), now=runtime.clock.now()), json=json)


@group.command()
def reject(
    course: CourseCode,
    reason: Annotated[str, typer.Option(help="Why; the institution reads it.")],
    json: Json = False,
) -> None:
    """Turn a submitted course down that is not being assessed."""
    with one_transaction() as (tx, runtime):
        curation.check_not_in_round(tx, course)
        _show(catalogue.reject(tx, course, operator(), reason=reason, now=runtime.clock.now()), json=json)


@group.command()
def reopen(
    course: CourseCode,
    reason: Annotated[str, typer.Option(help="Why; the institution reads it.")] = "",
    json: Json = False,
) -> None:
    """Send a course back to draft for correction; until it is approved again it is not on sale."""
    with one_transaction() as (tx, runtime):
        _show(catalogue.reopen(tx, course, operator(), reason=reason, now=runtime.clock.now()), json=json)


@group.command()
def withdraw(
    course: CourseCode,
    reason: Annotated[str, typer.Option(help="Why; the institution reads it.")] = "",
    json: Json = False,
) -> None:
    """Take a course out for good; those who bought it still finish it."""
    with one_transaction() as (tx, runtime):
        _show(catalogue.withdraw(tx, course, operator(), reason=reason, now=runtime.clock.now()), json=json)


@group.command()
def attest(
    course: CourseCode,
    fact: Annotated[str, typer.Argument(metavar="FACT", help=f"One of: {', '.join(FACTS)}.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="yes, no, or for a price whole rupiah or none.")],
    evidence: EvidenceOption = None,
    json: Json = False,
) -> None:
    """Say on evidence what is true of a course, whatever its state; a course that misses a condition leaves sale."""
    shown = [read_evidence(piece) for piece in evidence or ()]
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        found = catalogue.attest(tx, course, fact, _value(value), shown, by=operator(), now=now)
        checks = catalogue.conditions_of(tx, course, now=now)
    missed = [check.refusal.code for check in checks if check.refusal]
    known = getattr(found, fact)
    show_record({"course_code": course, "fact": fact, "value": known, "conditions_missed": missed}, json=json)


@group.command()
def attested(course: CourseCode, json: Json = False) -> None:
    """What was attested about a course, by whom, on what evidence, newest first."""
    with one_transaction() as (tx, _):
        found = catalogue.attestation_history(tx, catalogue.course(tx, course).course_id)
    rows = [
        picked(each, "fact", "value", "was", "attested_by", "attested_at")
        | {"evidence": [f"{piece.kind}:{piece.reference}@{piece.seen_on}" for piece in each.evidence]}
        for each in found
    ]
    show_rows(rows, json=json, empty=words(msg("Nothing was attested.")))


@group.command()
def list_on(course: CourseCode, platform: PlatformCode, json: Json = False) -> None:
    """Put an approved course on sale at a platform."""
    with one_transaction() as (tx, runtime):
        catalogue.list_course(tx, course, platform, now=runtime.clock.now())
    show_record({"course_code": course, "platform": platform, "on_sale": True}, json=json)


@group.command()
def unlist_from(course: CourseCode, platform: PlatformCode, json: Json = False) -> None:
    """Take a course off a platform."""
    with one_transaction() as (tx, runtime):
        catalogue.unlist(tx, course, platform, now=runtime.clock.now())
    show_record({"course_code": course, "platform": platform, "on_sale": False}, json=json)


@group.command()
def show(course: CourseCode, json: Json = False) -> None:
    """A course in any state, its classes, and every condition it must meet."""
    with one_transaction() as (tx, runtime):
        now = runtime.clock.now()
        record = picked(catalogue.course(tx, course), *_COURSE)
        classes = [
            picked(found, "schedule_code", "starts_at", "ends_at", "enrolment_closes_at", "seats", "seats_sold")
            for found in catalogue.schedules(tx, course)
        ]
        conditions = [
            {"condition": words(check.name), "met": check.passed, "refusal": _told(check.refusal, json=json)}
            for check in catalogue.conditions_of(tx, course, now=now)
        ]
    if json:
        show_record(record | {"schedules": classes, "conditions": conditions}, json=True)
        return
    show_record(record, json=False)
    show_rows(classes, json=False, title=words(msg("Classes")), empty=words(msg("No class is planned.")))
    show_rows(conditions, json=False, title=words(msg("Conditions")))


@group.command()
def search(
    text: Annotated[str, typer.Argument(help="Words of title, field or institution.")] = "",
    field: Annotated[str | None, typer.Option(help="Only this field.")] = None,
    mode: Annotated[CourseMode | None, typer.Option(help="Only this way of teaching.")] = None,
    min_price_idr: Annotated[int | None, typer.Option(min=0, max=10**12, help="Whole rupiah.")] = None,
    max_price_idr: Annotated[int | None, typer.Option(min=0, max=10**12, help="Whole rupiah.")] = None,
    platform: Annotated[str | None, typer.Option(help="Only on sale at this platform.")] = None,
    province: Annotated[str | None, typer.Option(help="Only classes that meet there: two digits.")] = None,
    starts_from: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Begins on or after.")] = None,
    starts_to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Begins on or before.")] = None,
    min_rating: Annotated[
        float | None, typer.Option(min=1, max=5, help="Rated at least so well, from 1 to 5, such as 4.5.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what cannot be bought now, with why.")] = False,
    wave: Annotated[int | None, typer.Option(help="Under the rules of this wave; the newest, unless given.")] = None,
    after: Annotated[str | None, typer.Option(help="Course code to go on after.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 20,
    json: Json = False,
) -> None:
    """Courses that can be bought now."""
    query = Query(
        text=text,
        field=field,
        mode=mode,
        min_price_idr=min_price_idr,
        max_price_idr=max_price_idr,
        platform=platform,
        province=province,
        starts_from=starts_from.date() if starts_from else None,
        starts_to=starts_to.date() if starts_to else None,
        min_rating_tenths=round(min_rating * 10) if min_rating else None,
        include_refused=everything,
        after=after,
        limit=limit,
    )
    with one_transaction() as (tx, runtime):
        found = purchase.purchasable(tx, query, now=runtime.clock.now(), wave=wave)
    names = ("course_code", "title", "field", "mode", "price_idr", "institution_name", "next_starts_at", "seats_left")
    rows = [
        picked(offer, *names)
        | {"sold_by": [seller.client_code for seller in offer.sellers if seller.refusal is None]}
        | ({"why_not": _told(offer.refusal, json=json)} if everything else {})
        for offer in found.page
    ]
    if found.everywhere:
        show_refusal(found.everywhere, json=False)
    none = msg("Nothing can be bought at the moment.") if found.everywhere else msg("No course fits.")
    show_rows(rows, json=json, empty=words(none))


def _imported(runtime: Runtime, path: Path, columns: sheet.Columns, write: Write) -> Iterator[RowReport]:
    """A report for each row, written a chunk at a time."""
    with opened_file(path) as file, bar(words(msg("Importing"))) as tell:
        for chunk in sheet.chunks(sheet.read(file, columns)):
            with runtime.database.transaction(operator()) as tx:
                reports = write(tx, chunk)
            tell(len(reports))
            yield from reports


def _show_import(reports: Iterator[RowReport], *, json: bool) -> None:
    """What became of the rows; exit code 1 when one was refused. On a screen, refused rows alone are worth a line."""
    counts: Counter[RowOutcome] = Counter()
    kept: list[RowReport] = []
    for report in reports:
        counts[report.outcome] += 1
        if json or report.outcome is RowOutcome.REFUSED:
            kept.append(report)
    if json:
        names = ("line", "course_code", "schedule_code", "outcome")
        rows = [picked(report, *names) | {"refusal": _told(report.refusal, json=True)} for report in kept]
        show_record({outcome.value: counts[outcome] for outcome in RowOutcome} | {"rows": rows}, json=True)
    else:
        if kept:
            show_rows([picked(r, "line", "course_code", "schedule_code", "refusal") for r in kept], json=False)
        show_record({outcome.value: counts[outcome] for outcome in RowOutcome}, json=False)
    if counts[RowOutcome.REFUSED]:
        raise typer.Exit(1)


def _told(refusal: Refusal | None, *, json: bool) -> Refusal | dict[str, object] | None:
    """A refusal inside a list: JSON needs it spelled out, a table words it by itself."""
    return refusal_record(refusal) if json and refusal else refusal


def _value(text: str) -> Value:
    known: dict[str, Value] = {"yes": True, "no": False, "none": None}
    if text in known:
        return known[text]
    if not _RUPIAH.fullmatch(text):
        raise typer.BadParameter("write yes, no, none or a whole number of rupiah")
    return int(text)


def _show(course: Course, *, json: bool) -> None:
    show_record(picked(course, *_COURSE), json=json)
