"""What the catalogue says is on sale is exactly what the conditions of a payment let pass, in any world."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakarsa.catalogue import actions as catalogue
from prakarsa.catalogue import rules as conditions
from prakarsa.catalogue import store as courses
from prakarsa.catalogue.model import CourseMode
from prakarsa.hold.model import Capability, Scope
from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.keyring import Keyring
from prakarsa.partner import actions as partners
from prakarsa.partner.model import PartnerStatus
from prakarsa.programme import actions as programme
from prakarsa.purchase import refusals
from prakarsa.purchase.model import Verdict
from prakarsa.purchase.offers import Offers, Query, offer_checks, offer_page, purchasable
from tests import worlds
from tests.conftest import NOW

PLATFORMS = ("dp-a", "dp-b", "dp-c")
INSTITUTIONS = ("lp-a", "lp-b")
SETTINGS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


class Undo(Exception):
    """Ends a world."""


@contextmanager
def world(database: Database) -> Iterator[Tx]:
    """A transaction of which nothing stays."""
    with suppress(Undo), database.transaction("test") as tx:
        yield tx
        raise Undo


@dataclass(frozen=True)
class Class:
    """A class: when it begins, how long before that enrolment closes, how many of its two seats are sold."""

    starts_in: timedelta
    closes_before: timedelta
    sold: int
    province: str | None


CLASSES = st.just(Class(timedelta(days=3), timedelta(days=1), 0, None)) | st.builds(
    Class,
    starts_in=st.sampled_from(
        [timedelta(0), timedelta(hours=-1), timedelta(microseconds=1), timedelta(days=3), timedelta(days=20)]
    ),
    closes_before=st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(days=1), timedelta(days=3)]),
    sold=st.integers(0, 2),
    province=st.sampled_from([None, "31", "32"]),
)


@dataclass(frozen=True)
class Made:
    """A generated course."""

    institution: str
    state: str
    mode: CourseMode
    field: str
    price_idr: int
    facts: tuple[bool, ...]
    outside_price_idr: int | None
    listed: frozenset[str]
    classes: tuple[Class, ...]


FACTS = (
    "has_live_session",
    "free_elsewhere",
    "is_bundle",
    "tracks_completion",
    "has_curriculum",
    "has_evaluation",
    "has_presence_log",
    "expert_assessed",
)
GOOD = (True, False, False, True, True, True, True, True)
MADE = st.builds(
    Made,
    institution=st.sampled_from(INSTITUTIONS),
    state=st.sampled_from([*["approved"] * 8, "withdrawn", "draft"]),
    mode=st.sampled_from(CourseMode),
    field=st.sampled_from(["Kuliner", "Bahasa"]),
    price_idr=st.sampled_from([0, 100_000, 300_000]),
    facts=st.one_of(st.just(GOOD), st.tuples(*[st.booleans()] * len(FACTS))),
    outside_price_idr=st.sampled_from([None, None, 100_000, 1_000_000]),
    listed=st.frozensets(st.sampled_from(PLATFORMS)),
    classes=st.lists(CLASSES, max_size=2).map(tuple),
)
HOLDS = st.lists(
    st.one_of(
        st.just((Scope.PROGRAMME, "")),
        st.tuples(st.just(Scope.PLATFORM), st.sampled_from(PLATFORMS)),
        st.tuples(st.just(Scope.INSTITUTION), st.sampled_from(INSTITUTIONS)),
        st.tuples(st.just(Scope.COURSE), st.sampled_from(["c-0", "c-1", "c-2"])),
        st.tuples(st.just(Scope.SCHEDULE), st.sampled_from(["s-0-0", "s-1-0", "s-1-1"])),
    ),
    max_size=2,
)


COURSE = """
INSERT INTO catalogue.course (course_code, institution_id, title, field, mode, hours, meetings, price_idr, state,
       registered_at, decided_at, decided_by, outside_price_idr, has_live_session, free_elsewhere, is_bundle,
       tracks_completion, has_curriculum, has_evaluation, has_presence_log, expert_assessed)
VALUES (%(code)s, %(institution_id)s, %(title)s, %(field)s, %(mode)s, 8, 1, %(price_idr)s, %(state)s,
        %(now)s, %(now)s, 'staff/1', %(outside_price_idr)s, %(has_live_session)s, %(free_elsewhere)s, %(is_bundle)s,
        %(tracks_completion)s, %(has_curriculum)s, %(has_evaluation)s, %(has_presence_log)s, %(expert_assessed)s)
RETURNING course_id"""
LISTING = "INSERT INTO catalogue.listing VALUES (%(course_id)s, %(platform_id)s, %(now)s)"
SCHEDULE = """
INSERT INTO catalogue.schedule (schedule_code, course_id, starts_at, ends_at, enrolment_closes_at, seats, seats_sold,
       province_code)
VALUES (%(code)s, %(course_id)s, %(starts_at)s, %(ends_at)s, %(closes_at)s, 2, %(sold)s, %(province)s)"""


def build(tx: Tx, made: list[Made], owned: list[tuple[str, str]], ended: list[str]) -> None:
    """The partners, courses, listings and classes of a world, as they may come to stand over the years."""
    worlds.a_wave(tx)
    worlds.a_wave(tx, 3)
    ids = {code: worlds.a_platform(tx, code).partner_id for code in PLATFORMS}
    ids |= {code: worlds.an_institution(tx, code).partner_id for code in INSTITUTIONS}
    for owner, of in owned:
        partners.record_ownership(tx, owner, of, date(2020, 1, 1), now=NOW)
    for code in ended:
        partners.end(tx, code, "it ran out", now=NOW)
    for number, course in enumerate(made):
        facts = dict(zip(FACTS, course.facts, strict=True))
        course_id = tx.value(
            COURSE,
            code=f"c-{number}",
            institution_id=ids[course.institution],
            title=f"Kursus {number % 2}",
            field=course.field,
            mode=course.mode.value,
            price_idr=course.price_idr,
            state=course.state,
            outside_price_idr=course.outside_price_idr,
            now=NOW,
            **facts,
        )
        for platform in course.listed:
            tx.run(LISTING, course_id=course_id, platform_id=ids[platform], now=NOW)
        for place, each in enumerate(course.classes):
            starts_at = NOW + each.starts_in
            tx.run(
                SCHEDULE,
                code=f"s-{number}-{place}",
                course_id=course_id,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(days=1),
                closes_at=starts_at - each.closes_before,
                sold=each.sold,
                province=each.province,
            )


def place(tx: Tx, wanted: list[tuple[Scope, str]], made: list[Made]) -> None:
    there = {f"c-{n}" for n in range(len(made))} | {
        f"s-{n}-{p}" for n, c in enumerate(made) for p in range(len(c.classes))
    }
    for scope, target in wanted:
        if target in there or scope in {Scope.PROGRAMME, Scope.PLATFORM, Scope.INSTITUTION}:
            worlds.a_hold(tx, scope=scope, target=target or None)


@SETTINGS
@given(
    made=st.lists(MADE, min_size=1, max_size=3),
    owned=st.lists(st.tuples(st.sampled_from(PLATFORMS), st.sampled_from(INSTITUTIONS)), max_size=1),
    ended=st.lists(st.sampled_from([*PLATFORMS, *INSTITUTIONS]), max_size=1),
    held=HOLDS,
    wave=st.sampled_from([None, 3, 4]),
)
def test_an_offer_is_on_sale_exactly_when_every_check_of_a_payment_passes(
    database: Database,
    made: list[Made],
    owned: list[tuple[str, str]],
    ended: list[str],
    held: list[tuple[Scope, str]],
    wave: int | None,
) -> None:
    with world(database) as tx:
        build(tx, made, owned, ended)
        place(tx, held, made)

        def passes(code: str, platform: str) -> bool:
            checks = offer_checks(tx, code, platform, now=NOW, wave=wave)
            return all(check.verdict is Verdict.PASS for check in checks)

        sold = {
            (f"c-{number}", platform)
            for number, course in enumerate(made)
            for platform in PLATFORMS
            for place in range(len(course.classes))
            if passes(f"s-{number}-{place}", platform)
        }
        public = {f"c-{number}" for number, course in enumerate(made) if course.state != "draft"}

        def ask(**asked: object) -> Offers:
            return purchasable(tx, Query(limit=200, **asked), now=NOW, wave=wave)  # type: ignore[arg-type]  # asked fields

        for platform in PLATFORMS:
            answer = ask(platform=platform)
            assert {each.course_code for each in answer.page} == {code for code, at in sold if at == platform}
            assert answer.total == len(answer.page)
        everything = ask(include_refused=True)
        assert {each.course_code for each in everything.page} == public
        for each in everything.page:
            selling = {seller.client_code for seller in each.sellers if seller.refusal is None}
            assert selling == {at for code, at in sold if code == each.course_code}
            assert (each.refusal is None) == bool(selling)
        answer = ask()
        assert {each.course_code for each in answer.page} == {code for code, _ in sold}
        for facet in ("field", "mode", "platform", "province"):
            for counted in answer.facets[facet]:
                value = CourseMode(counted.value) if facet == "mode" else counted.value
                assert ask(**{facet: value}).total == counted.count, (facet, counted)
        for number, course in enumerate(made):
            if course.state == "draft":
                continue
            page = offer_page(tx, f"c-{number}", now=NOW, wave=wave)
            for of in page.classes:
                for seller in of.sellers:
                    assert (seller.refusal is None) == passes(of.schedule.schedule_code, seller.client_code)


@SETTINGS
@given(course=MADE)
def test_the_column_of_missed_conditions_is_what_the_rules_say(database: Database, course: Made) -> None:
    with world(database) as tx:
        build(tx, [course], [], [])
        kept = courses.courses_by_code(tx, ["c-0"])["c-0"]
        every = replace(
            programme.current_terms(tx, NOW),
            course_requires_interactive=True,
            course_free_equivalent_prohibited=True,
            course_bundles_allowed=False,
            course_completion_required=True,
            course_requires_expert=True,
            course_requires_curriculum=True,
            course_requires_evaluation=True,
            course_requires_presence_log=True,
        )
        standing = conditions.Standing(kept, PartnerStatus.ACTIVE, None, every)
        bits = sum(each.bit for each in conditions.CONDITIONS if each.bit and each.rule(standing) is not None)
        assert tx.value("SELECT misses FROM catalogue.course WHERE course_code = 'c-0'") == bits


@pytest.fixture
def elsewhere(database: Database, keyring: Keyring) -> Iterator[Database]:
    """Another process: a pool of its own. Both share this test's memory of the catalogue."""
    other = Database(database.url, keyring)
    other.open()
    yield other
    other.close()


def test_what_somebody_else_committed_is_seen_by_the_next_search(database: Database, elsewhere: Database) -> None:
    def on_sale(**asked: object) -> set[str]:
        with database.transaction("test") as tx:
            return {each.course_code for each in purchasable(tx, Query(limit=200, **asked), now=NOW).page}  # type: ignore[arg-type]  # as above

    assert on_sale() == set()
    with elsewhere.transaction("test") as tx:
        first, second = worlds.a_class(tx, seats=3), worlds.a_class(tx)
    assert on_sale() == {first.course_code, second.course_code}

    with elsewhere.transaction("test") as tx:
        catalogue.take_seats(tx, {first.schedule_id: 3})
    assert on_sale() == {second.course_code}, "nothing sold out is shown, however old the copy in memory"

    with elsewhere.transaction("test") as tx:
        worlds.a_hold(tx, scope=Scope.COURSE, target=second.course_code)
    assert on_sale() == set()
    assert on_sale(include_refused=True) == {first.course_code, second.course_code}

    with elsewhere.transaction("test") as tx:
        third = worlds.a_class(tx)
        assert on_sale() == set(), "what is not committed is nobody's yet"
    assert on_sale() == {third.course_code}

    with elsewhere.transaction("test") as tx:
        catalogue.withdraw(tx, third.course_code, "staff/1", now=NOW)
    assert on_sale() == set()


def test_what_has_ended_is_not_shown_a_moment_later(database: Database) -> None:
    with database.transaction("test") as tx:
        schedule = worlds.a_class(tx)
    for moment, shown in (
        (schedule.enrolment_closes_at, True),
        (schedule.enrolment_closes_at + timedelta(microseconds=1), False),
        (schedule.enrolment_closes_at - timedelta(days=2), True),
    ):
        with database.transaction("test") as tx:
            codes = {each.course_code for each in purchasable(tx, Query(limit=200), now=moment).page}
        assert (schedule.course_code in codes) is shown


def test_the_terms_of_the_wave_asked_for_decide(tx: Tx) -> None:
    worlds.a_wave(tx)
    worlds.a_wave(tx, 3)
    schedule = worlds.a_class(tx)
    tx.connection.execute("UPDATE catalogue.course SET has_live_session = false")
    assert purchasable(tx, Query(), now=NOW, wave=4).page == ()
    told = purchasable(tx, Query(include_refused=True), now=NOW).page[0].refusal
    assert isinstance(told, refusals.CourseMissesCondition)
    earlier = purchasable(tx, Query(), now=datetime(2020, 7, 1, tzinfo=NOW.tzinfo), wave=3)
    assert schedule.course_code in {each.course_code for each in earlier.page}


@pytest.mark.parametrize(("price_idr", "sellers"), [(100_000, ["dp-b"]), (0, ["dp-a", "dp-b"])])
def test_a_platform_sells_no_paid_course_of_its_own_entity(
    database: Database, price_idr: int, sellers: list[str]
) -> None:
    soon = Class(timedelta(days=3), timedelta(days=1), 0, "31")
    course = Made(
        "lp-a", "approved", CourseMode.WEBINAR, "Kuliner", price_idr, GOOD, None, frozenset({"dp-a", "dp-b"}), (soon,)
    )
    with world(database) as tx:
        build(tx, [course], [("dp-a", "lp-a")], [])
        answer = purchasable(tx, Query(), now=NOW)
        mine = next(each for each in answer.page if each.course_code == "c-0")
        assert [seller.client_code for seller in mine.sellers if seller.refusal is None] == sellers
        assert purchasable(tx, Query(platform="dp-a", text="kursus"), now=NOW).total == sellers.count("dp-a")


def test_holds_on_other_things_keep_nobody_from_buying(tx: Tx) -> None:
    schedule = worlds.a_class(tx)
    worlds.a_hold(tx, scope=Scope.PROGRAMME, capability=Capability.PAYOUT)
    worlds.a_hold(tx, scope=Scope.COURSE, target=schedule.course_code, capability=Capability.REDEEMING)
    assert schedule.course_code in {each.course_code for each in purchasable(tx, Query(), now=NOW).page}


def test_a_check_without_a_card_says_nothing_about_cards(tx: Tx) -> None:
    schedule = worlds.a_class(tx)
    names = {check.name for check in offer_checks(tx, schedule.schedule_code, worlds.PLATFORM, now=NOW)}
    assert "A seat is left" in names
    assert not {name for name in names if "card" in name or "balance" in name}
    refused = [check.refusal for check in offer_checks(tx, "no-such-class", None, now=NOW) if check.refusal]
    assert [type(refusal) for refusal in refused] == [refusals.ScheduleUnknown]
