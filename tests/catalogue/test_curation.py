"""A course is sold only after a named person found every condition of Permenko 11/2020 met."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from prakarsa.catalogue import actions, refusals, rules
from prakarsa.catalogue.model import MOVES, Course, CourseMode, CourseMove, CourseState
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import BadField
from prakarsa.partner import actions as partners
from prakarsa.partner.model import NewPartner, PartnerKind, PartnerStatus
from prakarsa.partner.refusals import CommissionAboveCap, PartnerUnknown
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms, WavePlan
from prakarsa.programme.refusals import NoWaveYet
from tests.catalogue.conftest import COURSE, OFFICER, on_sale, scheduled, stage
from tests.conftest import NOW


def kept(**bent: object) -> Course:
    fields = {name: getattr(COURSE, name) for name in COURSE.__dataclass_fields__ if name != "institution_code"}
    facts = {
        "course_id": 1,
        "institution_id": 2,
        "institution_code": "lp-nusa",
        "institution_name": "Pelatihan Nusa",
        "institution_status": PartnerStatus.ACTIVE,
        "state": CourseState.SUBMITTED,
        "registered_at": NOW,
        "decided_at": None,
        "decided_by": None,
        "decision_reason": None,
    }
    return Course(**(fields | facts | bent))


def missed(
    course: Course, terms: Terms, status: PartnerStatus = PartnerStatus.ACTIVE, sold_by: str | None = None
) -> list[str]:
    return [refusal.code for refusal in rules.missed(rules.conditions(course, status, sold_by, terms))]


def test_a_sound_course_meets_all_twelve_conditions(terms: Terms) -> None:
    checks = rules.conditions(kept(), PartnerStatus.ACTIVE, None, terms)
    assert len(checks) == 12
    assert all(check.passed for check in checks)


@pytest.mark.parametrize(
    ("bent", "code"),
    [
        ({"has_live_session": False}, "catalogue.not_interactive"),
        ({"mode": CourseMode.SELF_PACED, "has_live_session": False}, "catalogue.not_interactive"),
        ({"mode": CourseMode.IN_PERSON, "has_live_session": False}, None),
        ({"free_elsewhere": True}, "catalogue.free_elsewhere"),
        ({"outside_price_idr": 249_999}, "catalogue.price_above_outside"),
        ({"outside_price_idr": 250_000}, None),
        ({"outside_price_idr": 0}, "catalogue.price_above_outside"),
        ({"is_bundle": True}, "catalogue.bundle"),
        ({"tracks_completion": False}, "catalogue.completion_not_tracked"),
        ({"expert_assessed": False}, "catalogue.no_expert"),
        ({"has_curriculum": False}, "catalogue.no_curriculum"),
        ({"has_evaluation": False}, "catalogue.no_evaluation"),
        ({"has_presence_log": False}, "catalogue.no_presence_log"),
    ],
)
def test_each_missed_condition_gives_its_own_refusal(bent: dict[str, object], code: str | None, terms: Terms) -> None:
    assert missed(kept(**bent), terms) == ([code] if code else [])


@pytest.mark.parametrize("status", [PartnerStatus.PENDING, PartnerStatus.ENDED])
def test_the_institution_must_be_decreed(status: PartnerStatus, terms: Terms) -> None:
    assert missed(kept(), terms, status) == ["catalogue.institution_not_decreed"]


def test_an_affiliated_platform_is_named(terms: Terms) -> None:
    (refusal,) = rules.missed(rules.conditions(kept(), PartnerStatus.ACTIVE, "kelas-kita", terms))
    assert refusal.facts() == {"course_code": "barista-1", "platform": "kelas-kita"}


@pytest.mark.parametrize(
    ("bent", "parameter", "value"),
    [
        ({"has_live_session": False}, "course_requires_interactive", False),
        ({"free_elsewhere": True}, "course_free_equivalent_prohibited", False),
        ({"outside_price_idr": 1}, "course_free_equivalent_prohibited", False),
        ({"is_bundle": True}, "course_bundles_allowed", True),
        ({"expert_assessed": False}, "course_requires_expert", False),
    ],
)
def test_what_the_terms_do_not_demand_is_not_missed(
    bent: dict[str, object], parameter: str, value: bool, terms: Terms
) -> None:
    assert missed(kept(**bent), terms) != []
    assert missed(kept(**bent), replace(terms, **{parameter: value})) == []  # type: ignore[arg-type]  # bools all


def test_the_regulation_of_august_2020_throws_out_what_wave_3_could_sell(terms: Terms, terms_before: Terms) -> None:
    recorded_video = kept(mode=CourseMode.SELF_PACED, has_live_session=False, is_bundle=True, expert_assessed=False)
    assert missed(recorded_video, terms_before, sold_by="kelas-kita") == []
    assert missed(recorded_video, terms, sold_by="kelas-kita") == [
        "catalogue.not_interactive",
        "catalogue.bundle",
        "catalogue.affiliated_platform",
        "catalogue.no_expert",
    ]


def test_every_rule_of_a_condition_names_its_legal_basis() -> None:
    sources = ("Permenko 11/2020", "S-148", "programme-rules")
    for condition in rules.CONDITIONS:
        assert any(source in str(condition.rule.__doc__) for source in sources), condition.name


@pytest.mark.parametrize("state", CourseState)
@pytest.mark.parametrize("move", CourseMove)
def test_a_course_moves_only_as_the_table_says(state: CourseState, move: CourseMove) -> None:
    expected = MOVES.get((state, move))
    if expected is None:
        with pytest.raises(refusals.MoveRefused):
            rules.after(kept(state=state), move)
    else:
        assert rules.after(kept(state=state), move) is expected


def test_approval_names_the_person_and_lists_what_is_missed(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, replace(COURSE, is_bundle=True, has_curriculum=False), now=now)
    with pytest.raises(refusals.MoveRefused):
        actions.approve(tx, "barista-1", OFFICER, now=now, terms=terms)
    actions.submit(tx, "barista-1", "lp-nusa", now=now)

    with pytest.raises(refusals.ConditionsMissed) as caught:
        actions.approve(tx, "barista-1", OFFICER, now=now, terms=terms)
    assert caught.value.missed == "catalogue.bundle, catalogue.no_curriculum"

    actions.revise_course(tx, COURSE, now=now)
    with pytest.raises(BadField):
        actions.approve(tx, "barista-1", "  ", now=now, terms=terms)
    approved = actions.approve(tx, "barista-1", OFFICER, now=now, terms=terms)
    assert (approved.state, approved.decided_by, approved.decided_at) == (CourseState.APPROVED, OFFICER, now)


def test_a_rejected_course_is_reopened_corrected_and_approved(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    actions.submit(tx, "barista-1", "lp-nusa", now=now)
    rejected = actions.reject(tx, "barista-1", OFFICER, reason="The syllabus is thin", now=now)
    assert (rejected.decided_by, rejected.decision_reason) == (OFFICER, "The syllabus is thin")

    reopened = actions.reopen(tx, "barista-1", OFFICER, now=now)
    assert (reopened.state, reopened.decided_by) == (CourseState.DRAFT, None)
    actions.revise_course(tx, replace(COURSE, hours=20), now=now)
    actions.submit(tx, "barista-1", "lp-nusa", now=now)
    assert actions.approve(tx, "barista-1", OFFICER, now=now, terms=terms).hours == 20
    assert actions.withdraw(tx, "barista-1", OFFICER, now=now).state is CourseState.WITHDRAWN

    written = tx.values("SELECT action FROM journal.entry WHERE subject = 'course/barista-1' ORDER BY entry_id")
    assert [action.removeprefix("catalogue.course_") for action in written] == [
        "registered", "submit", "reject", "reopen", "changed", "submit", "approve", "withdraw",
    ]  # fmt: skip


def test_the_terms_of_the_newest_wave_decide_when_none_are_given(tx: Tx, now: datetime) -> None:
    stage(tx)
    actions.register_course(tx, replace(COURSE, is_bundle=True), now=now)
    actions.submit(tx, "barista-1", "lp-nusa", now=now)
    with pytest.raises(NoWaveYet):
        actions.approve(tx, "barista-1", OFFICER, now=now)

    programme.load_scheme(tx, "prakerja-2020", author="staff/1", approver="staff/2", now=now)
    opens = now - timedelta(days=8)
    programme.open_wave(tx, WavePlan(4, "prakerja-2020", opens, opens + timedelta(days=4), 800_000, 2020, {}), now=now)
    with pytest.raises(refusals.ConditionsMissed):
        actions.approve(tx, "barista-1", OFFICER, now=now)


@pytest.mark.parametrize(
    "bent",
    [
        {"course_code": ""},
        {"course_code": "has blank"},
        {"course_code": "a" * 65},
        {"course_code": "nul\x00"},
        {"title": " "},
        {"title": "x" * 201},
        {"title": "half \ud800"},
        {"field": "line\x07"},
        {"description": "x" * 5_001},
        {"description": "nul\x00"},
        {"hours": 0},
        {"hours": 10**9},
        {"meetings": 0},
        {"meetings": 11},
        {"price_idr": -1},
        {"price_idr": 10**30},
        {"outside_price_idr": -1},
        {"min_age_years": -1},
        {"min_age_years": 30, "max_age_years": 20},
        {"max_age_years": 200},
        {"min_education": "professor"},
    ],
)
def test_a_course_that_cannot_be_is_refused_by_field(tx: Tx, now: datetime, bent: dict[str, object]) -> None:
    stage(tx)
    with pytest.raises(BadField) as caught:
        actions.register_course(tx, replace(COURSE, **bent), now=now)  # type: ignore[arg-type]  # one bent field
    assert caught.value.field in bent


def test_only_a_known_institution_teaches(tx: Tx, now: datetime) -> None:
    stage(tx)
    for code in ("nobody", "no\x00body", "\ud800"):
        with pytest.raises(PartnerUnknown):
            actions.register_course(tx, replace(COURSE, institution_code=code), now=now)
    with pytest.raises(refusals.NotAnInstitution):
        actions.register_course(tx, replace(COURSE, institution_code="kelas-kita"), now=now)


def test_a_course_is_registered_once(tx: Tx, now: datetime) -> None:
    stage(tx)
    first = actions.register_course(tx, COURSE, now=now)
    assert actions.register_course(tx, replace(COURSE, title="  Barista   dasar "), now=now) == first
    with pytest.raises(refusals.CourseCodeTaken):
        actions.register_course(tx, replace(COURSE, price_idr=300_000), now=now)


def test_what_was_decided_on_is_not_changed(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    on_sale(tx, COURSE, terms)
    assert actions.revise_course(tx, COURSE, now=now).state is CourseState.APPROVED
    with pytest.raises(refusals.CourseNotEditable):
        actions.revise_course(tx, replace(COURSE, price_idr=1), now=now)


def test_a_course_stays_with_its_institution(tx: Tx, now: datetime) -> None:
    stage(tx)
    partners.register(tx, NewPartner(PartnerKind.INSTITUTION, "lp-lain", "Lain", basis="Decree 2"), now=now)
    actions.register_course(tx, COURSE, now=now)
    for bent in (replace(COURSE, institution_code="lp-lain"), replace(COURSE, institution_code="lp-lain", hours=1)):
        with pytest.raises(refusals.CourseCodeTaken):
            actions.revise_course(tx, bent, now=now)


def test_planned_classes_keep_the_way_of_teaching(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    actions.register_course(tx, COURSE, now=now)
    scheduled(tx, terms)
    with pytest.raises(refusals.SchedulesExist):
        actions.revise_course(tx, replace(COURSE, meetings=3), now=now)
    assert actions.revise_course(tx, replace(COURSE, hours=3), now=now).hours == 3


def test_listing_demands_an_approved_course_and_an_active_independent_platform(
    tx: Tx, now: datetime, terms: Terms
) -> None:
    stage(tx)
    partners.register(tx, NewPartner(PartnerKind.PLATFORM, "belum", "Belum"), now=now)
    partners.register(tx, NewPartner(PartnerKind.PLATFORM, "mahal", "Mahal", "PKS", commission_percent=16), now=now)

    def refused(platform: str, reason: type[Refusal]) -> None:
        with pytest.raises(reason):
            actions.list_course(tx, "barista-1", platform, now=now, terms=terms)

    actions.register_course(tx, COURSE, now=now)
    refused("kelas-kita", refusals.CourseNotApproved)
    actions.submit(tx, "barista-1", OFFICER, now=now)
    actions.approve(tx, "barista-1", OFFICER, now=now, terms=terms)
    refused("belum", refusals.PlatformInactive)
    refused("mahal", CommissionAboveCap)
    refused("lp-nusa", refusals.NotAPlatform)
    refused("nobody", PartnerUnknown)

    partners.register(tx, NewPartner(PartnerKind.PLATFORM, "induk", "Induk", "PKS"), now=now)
    partners.record_ownership(tx, "induk", "pintar", date(2020, 1, 1), now=now)
    partners.record_ownership(tx, "pintar", "lp-nusa", date(2020, 1, 1), now=now)
    refused("induk", refusals.AffiliatedPlatform)
    refused("pintar", refusals.AffiliatedPlatform)
    actions.list_course(tx, "barista-1", "kelas-kita", now=now, terms=terms)
    actions.list_course(tx, "barista-1", "pintar", now=now, terms=replace(terms, course_block_affiliated=False))

    partners.end(tx, "lp-nusa", "decree ran out", now=now)
    refused("kelas-kita", refusals.InstitutionNotDecreed)


def test_a_listing_ends_and_begins_again(tx: Tx, now: datetime, terms: Terms) -> None:
    stage(tx)
    on_sale(tx, COURSE, terms)
    actions.unlist(tx, "barista-1", "kelas-kita", now=now)
    with pytest.raises(refusals.NotListed):
        actions.unlist(tx, "barista-1", "kelas-kita", now=now)
    actions.list_course(tx, "barista-1", "kelas-kita", now=now, terms=terms)
    actions.list_course(tx, "barista-1", "kelas-kita", now=now, terms=terms)
    written = tx.values("SELECT action FROM journal.entry WHERE action LIKE 'catalogue.%%list%%' ORDER BY entry_id")
    assert written == ["catalogue.listed", "catalogue.unlisted", "catalogue.listed"]


def test_a_rehearsal_names_who_would_fall_out_and_why(tx: Tx, now: datetime, terms: Terms, terms_before: Terms) -> None:
    stage(tx)
    on_sale(tx, COURSE, terms_before)
    on_sale(tx, replace(COURSE, course_code="video-1", has_live_session=False), terms_before, "kelas-kita", "pintar")
    partners.record_ownership(tx, "pintar", "lp-nusa", date(2020, 1, 1), now=now)

    found = {
        each.course.course_code: [c.refusal.code for c in each.checks if c.refusal]
        for each in actions.assess(tx, terms)
    }

    assert found == {"barista-1": [], "video-1": ["catalogue.not_interactive", "catalogue.affiliated_platform"]}
    assert [each.course.course_code for each in actions.assess(tx, terms, after="barista-1")] == ["video-1"]
    assert [c.passed for c in actions.conditions_of(tx, "barista-1", now=now, terms=terms)] == [True] * 12


def test_courses_are_listed_by_page(tx: Tx, now: datetime) -> None:
    stage(tx)
    actions.register_courses(tx, [replace(COURSE, course_code=f"c-{n:02}") for n in range(7)], now=now)
    first = actions.courses(tx, state=CourseState.DRAFT, institution="lp-nusa", limit=5)
    rest = actions.courses(tx, after=first[-1].course_code, limit=5)
    assert [c.course_code for c in (*first, *rest)] == [f"c-{n:02}" for n in range(7)]
    assert actions.courses(tx, institution="\x00") == []
    with pytest.raises(BadField):
        actions.courses(tx, after="\x00")
