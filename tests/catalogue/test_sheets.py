"""Sheets come as people make them: every good row is kept, every bad one is told why."""

import csv
import io
import threading
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prakarsa.catalogue import actions, refusals, sheet, sheet_refusals
from prakarsa.catalogue.model import CourseState, RowOutcome, RowReport
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import BadField
from prakarsa.partner.refusals import PartnerUnknown
from prakarsa.programme.model import Terms
from tests.catalogue.conftest import COURSE, on_sale, stage
from tests.conftest import NOW

HEADER = [*sheet.COURSES.required, *sheet.COURSES.optional]
GOOD = {**{k: str(v) for k, v in asdict(COURSE).items() if v is not None}, "institution": "lp-nusa"}


def courses_csv(*rows: dict[str, str]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, HEADER, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**GOOD, **row} for row in rows)
    return file.getvalue()


def short(reports: list[RowReport]) -> list[tuple[int, str, str]]:
    return [(report.line, report.outcome.value, report.refusal.code if report.refusal else "") for report in reports]


def test_good_rows_are_kept_and_bad_ones_named_by_line_and_reason(tx: Tx, now: datetime) -> None:
    stage(tx)
    text = courses_csv(
        {"course_code": "a"},
        {"course_code": "b", "hours": "twelve"},
        {"course_code": "c", "description": "two\nlines"},
        {"course_code": "d", "institution": "nobody"},
        {"course_code": "e", "institution": "pintar"},
        {"course_code": "f", "price_idr": "250.000"},
        {"course_code": "g", "mode": "onlin"},
        {"course_code": "h", "is_bundle": "maybe"},
        {"course_code": "i i"},
    )
    reports = actions.import_courses(tx, text, now=now)

    assert short(reports) == [
        (2, "added", ""),
        (3, "refused", "kernel.bad_field"),
        (4, "added", ""),
        (6, "refused", "partner.unknown"),
        (7, "refused", "catalogue.not_an_institution"),
        (8, "refused", "kernel.bad_field"),
        (9, "refused", "kernel.bad_field"),
        (10, "refused", "kernel.bad_field"),
        (11, "refused", "kernel.bad_field"),
    ]
    fields = [report.refusal.field for report in reports if isinstance(report.refusal, BadField)]
    assert fields == ["hours", "price_idr", "mode", "is_bundle", "course_code"]
    assert isinstance(reports[3].refusal, PartnerUnknown)
    assert [course.course_code for course in actions.courses(tx)] == ["a", "c"]
    assert actions.course(tx, "c").description == "two\nlines"
    assert actions.course(tx, "a").has_live_session


def test_importing_again_changes_nothing_and_writes_no_journal_row(tx: Tx, now: datetime) -> None:
    stage(tx)
    text = courses_csv({"course_code": "a"}, {"course_code": "b"})
    actions.import_courses(tx, text, now=now)
    rows = tx.value("SELECT count(*) FROM journal.entry")
    assert [report.outcome for report in actions.import_courses(tx, text, now=now)] == [RowOutcome.UNCHANGED] * 2
    assert tx.value("SELECT count(*) FROM journal.entry") == rows


def test_other_content_replaces_only_what_is_not_decided_on(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.import_courses(tx, courses_csv({"course_code": "a"}, {"course_code": "b"}), now=now)
    actions.submit(tx, "b", "lp-nusa", now=now)
    on_sale(tx, replace(COURSE, course_code="c"), terms)

    dearer = [{"course_code": code, "price_idr": "300000"} for code in "abc"]
    reports = actions.import_courses(tx, courses_csv(*dearer), now=now)

    assert short(reports) == [(2, "updated", ""), (3, "updated", ""), (4, "refused", "catalogue.course_not_editable")]
    assert [actions.course(tx, code).price_idr for code in "abc"] == [300_000, 300_000, 250_000]
    assert actions.course(tx, "b").state is CourseState.SUBMITTED
    facts = tx.value(
        "SELECT facts FROM journal.entry WHERE action = 'catalogue.course_changed' AND subject = 'course/a'"
    )
    assert facts == {"price_idr": [250_000, 300_000]}


def test_a_code_twice_in_one_sheet_acts_in_the_order_of_the_rows(tx: Tx, now: datetime) -> None:
    stage(tx)
    text = courses_csv({"course_code": "a"}, {"course_code": "a"}, {"course_code": "a", "hours": "3"})
    reports = actions.import_courses(tx, text, now=now)
    assert [report.outcome for report in reports] == [RowOutcome.ADDED, RowOutcome.UNCHANGED, RowOutcome.UPDATED]
    assert actions.course(tx, "a").hours == 3


@pytest.mark.parametrize(
    "text",
    [
        courses_csv({"course_code": "a"}).encode("utf-8-sig"),
        courses_csv({"course_code": "a"}).replace("\r\n", "\n"),
        courses_csv({"course_code": "a"}) + "\r\n" * 5 + "," * (len(HEADER) - 1) + "\r\n",
        courses_csv({"course_code": "a"}).rstrip("\r\n"),
        courses_csv({"course_code": "a"}).replace("course_code", " Course_Code ", 1),
        io.BytesIO(courses_csv({"course_code": "a"}).encode()),
    ],
)
def test_a_sheet_as_spreadsheets_save_it_is_understood(tx: Tx, now: datetime, text: sheet.Source) -> None:
    stage(tx)
    assert short(actions.import_courses(tx, text, now=now)) == [(2, "added", "")]


@pytest.mark.parametrize(
    ("text", "refusal", "facts"),
    [
        ("", sheet_refusals.SheetEmpty, {}),
        ("\n\n", sheet_refusals.SheetEmpty, {}),
        (b"\xef\xbb\xbf", sheet_refusals.SheetEmpty, {}),
        (courses_csv().encode("utf-16"), sheet_refusals.SheetNotUtf8, {}),
        (courses_csv().encode("utf-16-le"), sheet_refusals.SheetNotUtf8, {}),
        (b"kursus_\xe9,title\n", sheet_refusals.SheetNotUtf8, {}),
        (courses_csv().replace(",", ";"), sheet_refusals.SheetDelimiter, {"found": "semicolons"}),
        (courses_csv().replace(",", "\t"), sheet_refusals.SheetDelimiter, {"found": "tabs"}),
        (courses_csv().replace("title,", ""), sheet_refusals.SheetColumns, {"missing": "title"}),
        (courses_csv().replace("is_bundle", "bundel"), sheet_refusals.SheetColumns, {"unknown": "bundel"}),
        (courses_csv().replace("is_bundle", "hours"), sheet_refusals.SheetColumns, {"twice": "hours"}),
        ('"course_code', sheet_refusals.RowUnreadable, {}),
        ("PK\x03\x04\x14\x00\x06", sheet_refusals.SheetNotUtf8, {}),
    ],
)
def test_a_file_that_is_not_this_sheet_is_refused_as_a_whole(
    tx: Tx, now: datetime, text: sheet.Source, refusal: type[Refusal], facts: dict[str, str]
) -> None:
    with pytest.raises(refusal) as caught:
        actions.import_courses(tx, text, now=now)
    assert facts.items() <= caught.value.facts().items()


def test_rows_around_a_broken_one_are_kept(tx: Tx, now: datetime) -> None:
    stage(tx)
    lines = courses_csv({"course_code": "a"}, {"course_code": "b"}, {"course_code": "c"}).encode().splitlines(True)
    broken = [
        b"only,three,cells\r\n",
        lines[1].replace(b"Barista dasar", b"Caf\xe9"),
        lines[1].replace(b"Barista dasar", b"Bar\x00ista"),
        lines[1].replace(b"Barista dasar", b'"Bar"ista'),
        lines[1].replace(b"Barista dasar", b"x" * 70_000),
        lines[1].replace(b"a,", b"z,", 1).replace(b"Barista dasar", b"x" * 60_000),
    ]
    reports = actions.import_courses(tx, b"".join([*lines[:2], *broken, *lines[2:]]), now=now)

    assert short(reports) == [
        (2, "added", ""),
        (3, "refused", "catalogue.row_cells"),
        (4, "refused", "kernel.bad_field"),
        (5, "refused", "kernel.bad_field"),
        (6, "refused", "catalogue.row_unreadable"),
        (7, "refused", "catalogue.row_unreadable"),
        (8, "refused", "kernel.bad_field"),
        (9, "added", ""),
        (10, "added", ""),
    ]


def test_a_quotation_mark_left_open_costs_what_follows_it_and_is_told(tx: Tx, now: datetime) -> None:
    stage(tx)
    lines = courses_csv({"course_code": "a"}, {"course_code": "b"}).splitlines(True)
    text = lines[0] + lines[1] + lines[2].replace("Barista", '"Barista')
    assert short(actions.import_courses(tx, text, now=now)) == [
        (2, "added", ""),
        (3, "refused", "catalogue.row_unreadable"),
    ]


@given(st.binary(max_size=400) | st.text(max_size=200))
def test_any_file_gets_an_answer(blob: bytes | str) -> None:
    for columns in (sheet.COURSES, sheet.SCHEDULES):
        header = ",".join(columns.required) + "\n"
        for source in (blob, header.encode() + blob if isinstance(blob, bytes) else header + blob):
            try:
                rows = list(sheet.read(source, columns))
            except Refusal:
                continue
            parse = sheet.course_of if columns is sheet.COURSES else sheet.schedule_of
            for row in rows:
                draft = sheet.attempt(row, parse)
                if isinstance(draft, Refusal):
                    str(draft.facts()).encode()


class Endless(io.RawIOBase):
    """A file of a hundred thousand rows that is never in memory as a whole."""

    def __init__(self, rows: int) -> None:
        self._lines = self._make(rows)
        self.given = 0

    @staticmethod
    def _make(rows: int) -> Iterator[bytes]:
        yield (",".join(HEADER) + "\n").encode()
        sample = courses_csv({"course_code": "CODE"}).splitlines()[1]
        for number in range(rows):
            yield (sample.replace("CODE", f"c-{number}") + "\n").encode()

    def readline(self, size: int | None = -1, /) -> bytes:
        self.given += 1
        return next(self._lines, b"")


def test_a_hundred_thousand_rows_are_read_in_flat_memory() -> None:
    tracemalloc.start()
    count = 0
    for chunk in sheet.chunks(sheet.read(Endless(100_000), sheet.COURSES)):  # type: ignore[arg-type]  # has readline
        count += len(chunk)
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 20_000_000


def test_a_long_import_continues_where_it_was_broken_off(database: Database) -> None:
    def run(until: int) -> Counter[RowOutcome]:
        outcomes: Counter[RowOutcome] = Counter()
        rows = sheet.read(Endless(3_000), sheet.COURSES)  # type: ignore[arg-type]  # has readline
        for number, chunk in enumerate(sheet.chunks(rows, 500)):
            if number == until:
                break
            with database.transaction("test") as tx:
                outcomes.update(report.outcome for report in actions.import_course_rows(tx, chunk, now=NOW))
        return outcomes

    with database.transaction("test") as tx:
        stage(tx)
    assert run(2) == {RowOutcome.ADDED: 1_000}
    assert run(99) == {RowOutcome.UNCHANGED: 1_000, RowOutcome.ADDED: 2_000}


def test_two_imports_of_one_sheet_at_once_add_each_course_once(database: Database) -> None:
    text = courses_csv(*({"course_code": f"twin-{n}"} for n in range(300)))
    backwards = courses_csv(*({"course_code": f"twin-{n}"} for n in reversed(range(300))))
    outcomes: Counter[RowOutcome] = Counter()
    gate = threading.Barrier(4)

    def run(source: str) -> None:
        gate.wait()
        with database.transaction("test") as tx:
            outcomes.update(report.outcome for report in actions.import_courses(tx, source, now=NOW))

    with database.transaction("test") as tx:
        stage(tx)
    threads = [threading.Thread(target=run, args=(source,)) for source in (text, backwards) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {RowOutcome.ADDED: 300, RowOutcome.UNCHANGED: 900}


SCHEDULE_HEADER = "schedule_code,course_code,starts_at,ends_at,seats,meeting_1,meeting_2,post_test\n"
CLASS_ROW = "sep,barista-1,2020-09-01 09:00,2020-09-08 09:00,10,2020-09-01 09:00,2020-09-07 09:00,\n"


def test_schedules_are_read_in_jakarta_time_and_imported_once(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    offset = CLASS_ROW.replace("sep", "utc").replace("2020-09-01 09:00", "2020-09-01T02:00Z")
    text = SCHEDULE_HEADER + CLASS_ROW + offset

    reports = actions.import_schedules(tx, text, now=now, terms=terms)

    assert [(r.line, r.course_code, r.schedule_code, r.outcome) for r in reports] == [
        (2, "barista-1", "sep", RowOutcome.ADDED),
        (3, "barista-1", "utc", RowOutcome.ADDED),
    ]
    first, second = actions.schedules(tx, "barista-1")
    assert first.starts_at == second.starts_at == first.meetings[1]
    again = actions.import_schedules(tx, text, now=now + timedelta(days=90), terms=terms)
    assert [report.outcome for report in again] == [RowOutcome.UNCHANGED] * 2


def test_a_class_without_a_code_is_found_again_by_its_course_and_times(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    text = SCHEDULE_HEADER + CLASS_ROW.replace("sep", "")
    (added,) = actions.import_schedules(tx, text, now=now, terms=terms)
    (again,) = actions.import_schedules(tx, text, now=now, terms=terms)
    assert (added.outcome, again.outcome) == (RowOutcome.ADDED, RowOutcome.UNCHANGED)
    assert added.schedule_code == again.schedule_code
    assert len(str(added.schedule_code)) == 16


def test_a_class_changes_only_while_no_seat_of_it_is_sold(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    actions.import_schedules(tx, SCHEDULE_HEADER + CLASS_ROW, now=now, terms=terms)
    moved = SCHEDULE_HEADER + CLASS_ROW.replace("2020-09-07", "2020-09-06")
    assert short(actions.import_schedules(tx, moved, now=now, terms=terms)) == [(2, "updated", "")]
    (kept,) = actions.schedules(tx, "barista-1")
    assert kept.meetings[2].day == 6

    actions.take_seats(tx, {kept.schedule_id: 1})
    back = actions.import_schedules(tx, SCHEDULE_HEADER + CLASS_ROW, now=now, terms=terms)
    assert short(back) == [(2, "refused", "catalogue.schedule_sold")]


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("barista-1", "nothing", refusals.CourseUnknown),
        ("barista-1", "no thing", refusals.CourseUnknown),
        ("2020-09-08 09:00", "2020-08-08 09:00", refusals.ScheduleImpossible),
        ("2020-09-08 09:00", "8 September", BadField),
        ("2020-09-08 09:00", "0001-01-01", refusals.ScheduleImpossible),
        ("2020-09-08 09:00", "9999-12-31T23:59-12:00", refusals.ScheduleImpossible),
        ("2020-09-01", "2019-09-01", refusals.ScheduleImpossible),
        (",10,", ",0,", refusals.ScheduleImpossible),
        (",10,", ",ten,", BadField),
        (",10,", ",,", BadField),
        ("sep", "s e p", BadField),
        ("2020-09-07 09:00", "", refusals.ScheduleImpossible),
    ],
)
def test_a_row_that_is_no_class_is_refused_precisely(
    tx: Tx, now: datetime, terms: Terms, old: str, new: str, refusal: type[Refusal]
) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    good = CLASS_ROW.replace("sep", "good")
    reports = actions.import_schedules(tx, SCHEDULE_HEADER + CLASS_ROW.replace(old, new) + good, now=now, terms=terms)
    assert [report.outcome for report in reports] == [RowOutcome.REFUSED, RowOutcome.ADDED]
    assert type(reports[0].refusal) is refusal
