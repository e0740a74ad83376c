"""A dry run says what each thing meets and misses, on which evidence, whom it would touch, and changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prakarsa.catalogue import rules as catalogue_rules
from prakarsa.catalogue.model import CourseMode
from prakarsa.kernel.db import Tx
from prakarsa.partner import actions as partners
from prakarsa.programme.model import Terms
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal import report, rules
from prakarsa.rehearsal.model import Dimension, Finding, Summary, Thing, Verdict
from prakarsa.rehearsal.refusals import DryRunUnknown
from tests import worlds
from tests.conftest import NOW
from tests.rehearsal.catalogues import a_course, august, lax, strict


def findings(tx: Tx, **after: object) -> tuple[dict[tuple[str, str], Finding], Summary]:
    found: dict[tuple[str, str], Finding] = {}
    summary = rehearsal.rehearse(
        tx, august(tx, **after), now=NOW, each=lambda page: found.update({(f.code, f.condition): f for f in page})
    )
    return found, summary


def missed_by(found: dict[tuple[str, str], Finding], code: str) -> list[str]:
    return [f.condition for f in found.values() if f.code == code and f.verdict is Verdict.MISSED]


@pytest.mark.parametrize(
    ("bent", "condition"),
    [
        ({"has_live_session": False}, "Online training is interactive"),
        ({"free_elsewhere": True}, "The same training is not free elsewhere"),
        ({"outside_price_idr": 150_000}, "It costs no more than the same training elsewhere"),
        ({"is_bundle": True}, "It is one course, not a bundle"),
        ({"tracks_completion": False}, "Completion is recorded"),
        ({"expert_assessed": False}, "An expert has assessed it"),
        ({"has_curriculum": False}, "Curriculum, syllabus and lesson plan exist"),
        ({"has_evaluation": False}, "Learning is evaluated"),
        ({"has_presence_log": False}, "Attendance or progress is recorded"),
    ],
)
def test_a_course_misses_exactly_the_condition_it_lacks(tx: Tx, bent: dict[str, object], condition: str) -> None:
    sound, lacking = a_course(tx), a_course(tx, **bent)
    found, summary = findings(tx)
    assert missed_by(found, sound.course_code) == []
    assert missed_by(found, lacking.course_code) == [condition]
    assert found[lacking.course_code, condition].newly
    assert (summary.on_sale_before, summary.on_sale_after, summary.leaving) == (2, 1, 1)


def test_what_the_new_rules_do_not_ask_is_said_apart_from_what_is_met(tx: Tx) -> None:
    course = a_course(tx, expert_assessed=False)
    found, _ = findings(tx, course_requires_expert=False)
    assert found[course.course_code, "An expert has assessed it"].verdict is Verdict.NOT_ASKED
    assert found[course.course_code, "Learning is evaluated"].verdict is Verdict.MET


def test_a_way_of_teaching_that_is_not_admitted_takes_the_course_off_sale(tx: Tx) -> None:
    course = a_course(tx, mode=CourseMode.IN_PERSON, has_live_session=False)
    found, summary = findings(tx, course_delivery_modes=("webinar",))
    assert missed_by(found, course.course_code) == ["The way of teaching is admitted"]
    assert summary.leaving == 1


def test_a_course_of_ones_own_entity_leaves_that_platform_and_stays_on_others(tx: Tx) -> None:
    worlds.a_platform(tx, "pasar-satu")
    worlds.an_institution(tx, "balai-tengah")
    alone = a_course(tx, institution="balai-anak", platforms=("pasar-satu",))
    both = a_course(tx, institution="balai-anak", platforms=("pasar-satu", "pasar-dua"))
    partners.record_ownership(tx, "pasar-satu", "balai-tengah", NOW.date(), now=NOW)
    partners.record_ownership(tx, "balai-tengah", "balai-anak", NOW.date(), now=NOW)

    found, summary = findings(tx)

    condition = "No platform sells courses of its own entity"
    assert missed_by(found, alone.course_code) == missed_by(found, both.course_code) == [condition]
    shown = [report.in_words(each, "en") for each in found[both.course_code, condition].shown]
    assert shown == ["sold on pasar-dua, pasar-satu", "ownership: pasar-satu > balai-tengah > balai-anak"]
    assert summary.leaving == 1
    shares = {share.part: share for share in summary.shares if share.dimension is Dimension.PLATFORM}
    assert (shares["pasar-satu"].courses_after, shares["pasar-dua"].courses_after) == (0, 1)


def test_free_courses_of_ones_own_entity_stay(tx: Tx) -> None:
    a_course(tx, institution="balai-anak", platforms=("pasar-satu",), price_idr=0)
    partners.record_ownership(tx, "pasar-satu", "balai-anak", NOW.date(), now=NOW)
    assert findings(tx)[1].leaving == 0


def test_a_platform_whose_commission_is_above_the_new_cap_is_named(tx: Tx) -> None:
    worlds.a_platform(tx, "pasar-mahal", commission_percent=20)
    found, summary = findings(tx, settlement_max_commission_percent=15)
    assert "Its commission is within the limit" in missed_by(found, "pasar-mahal")
    counts = {count.thing: count for count in summary.things}
    assert counts[Thing.PLATFORM].missing == 1


def test_evidence_of_a_live_class_names_the_next_one(tx: Tx) -> None:
    course = a_course(tx, starts_at=NOW + timedelta(days=3))
    found, _ = findings(tx)
    shown = [report.in_words(each, "en") for each in found[course.course_code, "Online training is interactive"].shown]
    assert shown[0].startswith(f"next live class {course.course_code}-A on 19 August 2020")


def test_shares_say_what_remains_by_field_price_platform_and_mode(tx: Tx) -> None:
    a_course(tx, field="Kuliner", price_idr=90_000, seats=10)
    a_course(tx, field="Kuliner", price_idr=300_000, seats=30, has_live_session=False, mode=CourseMode.SELF_PACED)
    a_course(tx, field="Bahasa", price_idr=2_000_000, seats=5)
    shares = {(share.dimension, share.part): share for share in findings(tx)[1].shares}

    def figures(dimension: Dimension, part: str) -> tuple[int, int, int, int]:
        share = shares[dimension, part]
        return share.courses_before, share.courses_kept, share.seats_before, share.seats_kept

    assert figures(Dimension.FIELD, "Kuliner") == (2, 1, 40, 10)
    assert figures(Dimension.FIELD, "Bahasa") == (1, 1, 5, 5)
    assert figures(Dimension.PRICE, "100000") == (1, 1, 10, 10)
    assert figures(Dimension.PRICE, "500000") == (1, 0, 30, 0)
    assert figures(Dimension.PRICE, "-1") == (1, 1, 5, 5)
    assert figures(Dimension.MODE, "self_paced") == (1, 0, 30, 0)
    assert figures(Dimension.PLATFORM, worlds.PLATFORM) == (3, 2, 45, 15)


def test_what_only_the_change_brings_on_sale_is_not_counted_as_staying(tx: Tx) -> None:
    a_course(tx, mode=CourseMode.IN_PERSON, has_live_session=False)
    a_course(tx, is_bundle=True)
    change = august(tx)
    turned = replace(change, before=replace(change.before, course_delivery_modes=("webinar",)))
    summary = rehearsal.rehearse(tx, turned, now=NOW)
    assert (summary.on_sale_before, summary.leaving, summary.joining, summary.on_sale_after) == (1, 1, 1, 1)
    modes = {share.part: share for share in summary.shares if share.dimension is Dimension.MODE}
    assert (modes["in_person"].courses_kept, modes["in_person"].courses_after) == (0, 1)


def test_whom_it_touches_is_counted(tx: Tx) -> None:
    leaving = worlds.a_class(tx, seats=7, institution="balai-dua")
    buyer, idle = worlds.a_card(tx), worlds.a_card(tx)
    worlds.a_purchase(tx, card=buyer, of=leaving)
    touched = findings(tx, course_delivery_modes=("in_person",))[1].touched
    assert (touched.cards, touched.cards_idr) == (2, 2 * worlds.BALANCE_IDR - worlds.PRICE_IDR)
    assert (touched.first_clocks, touched.next_clocks) == (1, 0)
    assert (touched.classes, touched.unsold_seats, touched.in_training) == (1, 6, 1)
    assert (touched.sales, touched.sales_idr) == (1, worlds.PRICE_IDR)
    assert idle.card_id != buyer.card_id


def test_a_dry_run_changes_nothing(tx: Tx) -> None:
    a_course(tx, has_live_session=False)
    change = august(tx)
    before = tx.value("SELECT count(*) FROM journal.entry"), tx.value("SELECT max(xmin::text) FROM catalogue.course")
    rehearsal.rehearse(tx, change, now=NOW)
    after = tx.value("SELECT count(*) FROM journal.entry"), tx.value("SELECT max(xmin::text) FROM catalogue.course")
    assert before == after


def test_a_kept_dry_run_is_read_back_as_it_was(tx: Tx) -> None:
    a_course(tx, has_live_session=False)
    change = august(tx)
    summary = rehearsal.rehearse(tx, change, now=NOW)
    kept = rehearsal.keep(tx, change, summary, by="staff/1", now=NOW)
    assert (kept.change, kept.summary, kept.ran_by, kept.ran_at) == (change, summary, "staff/1", NOW)
    assert rehearsal.kept_runs(tx) == [kept]


@pytest.mark.parametrize("code", ["", "DRY-1", "é", "\x00", "x" * 5_000])
def test_a_dry_run_nobody_kept_is_refused(tx: Tx, code: str) -> None:
    with pytest.raises(DryRunUnknown):
        rehearsal.kept_run(tx, code)


def test_what_a_partner_wrote_cannot_become_a_formula_in_the_sheet(tx: Tx) -> None:
    course = a_course(tx, title="=HYPERLINK(1)")
    found, _ = findings(tx)
    row = report.row(report.record(found[course.course_code, "Learning is evaluated"], "en"), "en")
    assert row[2] == "'=HYPERLINK(1)"
    assert len(row) == len(report.COLUMNS)


ASKS = [
    "course_requires_interactive",
    "course_free_equivalent_prohibited",
    "course_bundles_allowed",
    "course_block_affiliated",
    "course_requires_expert",
    "course_completion_required",
    "course_requires_curriculum",
    "course_requires_evaluation",
    "course_requires_presence_log",
    "course_allow_affiliated_free",
]


@pytest.fixture(scope="module")
def terms_of_wave_4() -> Terms:
    """Any complete terms; the property bends what it is about."""
    names = Terms.__dataclass_fields__
    base = {name: None for name in names if names[name].default is names["course_requires_expert"].default}
    return Terms(**base | dict.fromkeys(ASKS, True))  # type: ignore[arg-type]  # the others are not looked at


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=10, max_size=10), st.lists(st.booleans(), min_size=10, max_size=10))
def test_two_sets_of_terms_have_one_code_exactly_when_they_ask_the_same(
    terms_of_wave_4: Terms, left: list[bool], right: list[bool]
) -> None:
    def asked(terms: Terms) -> tuple[object, ...]:
        block = terms.course_block_affiliated
        return catalogue_rules.demanded(terms), block, block and terms.course_allow_affiliated_free

    a = replace(terms_of_wave_4, **dict(zip(ASKS, left, strict=True)))
    b = replace(terms_of_wave_4, **dict(zip(ASKS, right, strict=True)))
    assert (rules.rule_set_code(a) == rules.rule_set_code(b)) == (asked(a) == asked(b))


def test_the_rules_of_april_and_august_have_different_codes(tx: Tx) -> None:
    assert rules.rule_set_code(lax(tx)) != rules.rule_set_code(strict(tx))
    assert rules.rule_set_code(replace(strict(tx), incentive_count=1)) == rules.rule_set_code(strict(tx))


def test_rules_with_a_pipeline_name_the_steps_an_institution_has_not_passed(tx: Tx) -> None:
    code = a_course(tx).institution_code
    found, _ = findings(tx, institution_pipeline=("due_diligence", "governance"))
    missing = found[code, "It has passed every step of approval"]
    assert missing.newly
    assert missing.refusal is not None
    assert missing.refusal.facts() == {"institution": code, "steps": "due_diligence, governance"}
