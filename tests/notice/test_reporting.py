"""The public status says what is held, whom it concerns and what still works, and nothing about single people."""

from dataclasses import asdict
from datetime import timedelta

from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Scope
from prakarsa.kernel.db import Tx
from prakarsa.notice import actions as notices
from tests import worlds
from tests.conftest import NOW
from tests.notice.holds import WEEK, WORDS, WORDS_EN, a_hold


def test_without_a_hold_everything_on_sale_is_counted(tx: Tx) -> None:
    worlds.a_class(tx)
    worlds.a_class(tx, platform="toko-dua")

    report = notices.status_report(tx, NOW)

    assert (report.on_sale, report.everywhere, report.next_word_at) == (2, None, None)
    assert {platform.client_code: platform.on_sale for platform in report.platforms} == {
        worlds.PLATFORM: 1,
        "toko-dua": 1,
    }


def test_a_hold_on_everything_leaves_nothing_on_sale_and_says_when_the_next_word_comes(tx: Tx) -> None:
    worlds.a_class(tx)
    for _ in range(3):
        worlds.a_card(tx)
    hold = a_hold(tx)
    notices.count_reach(tx, now=NOW)

    report = notices.status_report(tx, NOW)

    assert (report.on_sale, report.off_sale) == (0, 1)
    assert report.everywhere is not None
    assert (report.everywhere.hold_code, report.everywhere.people, report.everywhere.courses) == (hold.hold_code, 3, 1)
    assert report.next_word_at == NOW + WEEK
    assert report.everywhere.told_in("id") == WORDS
    assert report.everywhere.told_in("en") == WORDS_EN


def test_a_narrow_hold_leaves_the_rest_on_sale(tx: Tx) -> None:
    worlds.a_class(tx)
    worlds.a_class(tx, institution="balai-dua")
    a_hold(tx, Scope.INSTITUTION, "balai-dua")

    report = notices.status_report(tx, NOW)

    assert (report.on_sale, report.off_sale, report.everywhere) == (1, 1, None)


def test_what_a_hold_reaches_is_counted_for_every_capability(tx: Tx) -> None:
    bought = worlds.a_purchase(tx)
    a_hold(tx, Scope.INSTITUTION, worlds.INSTITUTION, capability=Capability.REDEEMING)
    a_hold(tx, Scope.PLATFORM, worlds.PLATFORM, capability=Capability.REDEEMING)
    a_hold(tx, Scope.COURSE, bought.course_code, party=worlds.INSTITUTION, capability=Capability.PAYOUT)
    a_hold(tx, Scope.SCHEDULE, bought.schedule_code, party=worlds.INSTITUTION)

    assert notices.count_reach(tx, now=NOW) == 4

    reached = {(hold.scope, hold.capability): hold.people for hold in notices.status_report(tx, NOW).in_force}
    assert reached == {
        ("institution", "redeeming"): 1,
        ("platform", "redeeming"): 1,
        ("course", "payout"): 0,
        ("schedule", "selling"): 0,
    }


def test_holds_on_people_are_counted_and_never_told(tx: Tx) -> None:
    card = worlds.a_card(tx)
    secret = "Laporan kartu hilang nomor 77"
    party = f"person/{card.person_id}"
    private = [
        a_hold(tx, Scope.CARD, str(card.card_id), party=party, name="kartu", words=secret, words_en=secret),
        a_hold(tx, Scope.PERSON, str(card.person_id), party=party, name="orang", words=secret, words_en=secret),
    ]
    ended = a_hold(tx, Scope.CARD, str(card.card_id), party=party, name="kartu", words=secret, words_en=secret)
    holds.lift(tx, ended.hold_code, reason=secret, by="staff/1", now=NOW)
    later = NOW + timedelta(minutes=1)
    notices.count_reach(tx, now=later)

    report = notices.status_report(tx, later)
    everything = repr(asdict(report)) + repr(notices.public_history(tx, later))

    assert report.private_holds == 2
    assert secret not in everything
    assert not [hold for hold in [*private, ended] if hold.hold_code in everything]


def test_the_history_turns_its_pages(tx: Tx) -> None:
    codes = []
    for place in range(5):
        hold = a_hold(tx, now=NOW + timedelta(minutes=place))
        holds.lift(tx, hold.hold_code, reason="Selesai.", by="staff/1", now=NOW + timedelta(minutes=place))
        codes.append(hold.hold_code)
    seen, before = [], None
    while True:
        page, before = notices.public_history(tx, NOW + WEEK, before=before, limit=2)
        seen += [hold.hold_code for hold in page]
        if before is None:
            break

    assert seen == codes[::-1]


def test_what_was_said_of_a_hold_is_listed_newest_first(tx: Tx) -> None:
    hold = a_hold(tx)
    holds.review(
        tx, hold.hold_code, words="Hampir selesai.", next_review_at=NOW + 2 * WEEK, by="staff/3", now=NOW + WEEK / 2
    )
    holds.lift(tx, hold.hold_code, reason="Selesai.", by="staff/1", now=NOW + WEEK)

    report = notices.status_report(tx, NOW + WEEK)

    assert [(event.kind.split("-")[0], event.words) for event in report.events] == [
        ("over", "Selesai."),
        ("reviewed", "Hampir selesai."),
        ("placed", WORDS),
    ]
    assert report.changed_at == NOW + WEEK
