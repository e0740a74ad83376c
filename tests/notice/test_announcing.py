"""Those a hold concerns are told once, in their language, and hear when it is over."""

from contextlib import suppress
from datetime import datetime, timedelta

import psycopg
import pytest

from prakarsa.hold import actions as holds
from prakarsa.hold.model import Capability, Scope
from prakarsa.kernel.db import Database, Tx
from prakarsa.notice import actions as notices
from prakarsa.partner import actions as partners
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import OtpOrder
from tests import worlds
from tests.conftest import NOW
from tests.notice.holds import WORDS, WORDS_EN, a_hold

BASE_URL = "https://prakarsa.example"
LATER = NOW + timedelta(minutes=20)


def announce(tx: Tx, *, now: datetime = NOW, chunk: int = 2_000) -> None:
    while notices.announce_holds(tx, base_url=BASE_URL, now=now, chunk=chunk):
        pass


def told(tx: Tx, person_id: int) -> list[str]:
    return [template for template, _ in worlds.messages_to(tx, person_id) if template.startswith("notice.")]


def words_to(tx: Tx, person_id: int) -> dict[str, object]:
    return [facts for template, facts in worlds.messages_to(tx, person_id) if template.startswith("notice.")][-1]


def code_of(tx: Tx, kind: str) -> str:
    return next(one.notice_code for one in notices.notices(tx) if one.kind == kind)


def turn_away(tx: Tx, card: worlds.HeldCard, *, now: datetime = NOW) -> str:
    """Somebody tries to buy while it is held; the course they wanted."""
    schedule = worlds.a_class(tx, now=NOW)
    order = OtpOrder(
        worlds.a_platform(tx),
        card.number,
        f"u-{card.card_id}",
        schedule.course_code,
        schedule.schedule_code,
        worlds.PRICE_IDR,
    )
    purchases.send_otp(tx, [order], now=now)
    return schedule.course_code


def test_a_hold_on_everything_reaches_everybody_who_can_still_buy_once(tx: Tx) -> None:
    cards = [worlds.a_card(tx) for _ in range(7)]
    a_hold(tx)

    announce(tx, chunk=2)
    announce(tx, now=LATER)

    assert [told(tx, card.person_id) for card in cards] == [["notice.selling_held"]] * 7
    assert notices.deliveries(tx, code_of(tx, "hold_placed")).people == 7


def test_people_read_their_own_language(tx: Tx) -> None:
    worlds.a_wave(tx)
    indonesian = worlds.a_card(tx, person_id=worlds.a_person(tx, language="id"))
    english = worlds.a_card(tx, person_id=worlds.a_person(tx, language="en"))
    a_hold(tx)

    announce(tx)

    assert words_to(tx, indonesian.person_id)["words"] == WORDS
    assert words_to(tx, english.person_id)["words"] == WORDS_EN


def test_who_gets_a_card_while_everything_is_held_is_told_as_well(tx: Tx) -> None:
    worlds.a_card(tx)
    a_hold(tx)
    announce(tx)
    late = worlds.a_card(tx)

    announce(tx, now=NOW + timedelta(minutes=5))
    assert told(tx, late.person_id) == []

    announce(tx, now=LATER)
    assert told(tx, late.person_id) == ["notice.selling_held"]


def test_a_narrow_hold_reaches_those_it_turned_away_and_nobody_else(tx: Tx) -> None:
    turned_away, other = worlds.a_card(tx), worlds.a_card(tx)
    worlds.an_institution(tx)
    a_hold(tx, Scope.INSTITUTION, worlds.INSTITUTION)
    announce(tx)

    turn_away(tx, turned_away, now=NOW + timedelta(minutes=1))
    turn_away(tx, turned_away, now=NOW + timedelta(minutes=2))
    announce(tx, now=LATER)

    assert told(tx, turned_away.person_id) == ["notice.offer_held"]
    assert told(tx, other.person_id) == []


def test_those_who_were_told_hear_of_reviews_and_of_the_end(tx: Tx) -> None:
    card = worlds.a_card(tx)
    hold = a_hold(tx)
    announce(tx)
    late = worlds.a_card(tx)

    holds.review(
        tx,
        hold.hold_code,
        words="Dua mitra belum selesai.",
        next_review_at=NOW + timedelta(days=9),
        by="staff/3",
        now=NOW + timedelta(days=6),
    )
    announce(tx, now=NOW + timedelta(days=6))
    holds.lift(tx, hold.hold_code, reason="Semua mitra memenuhi syarat.", by="staff/1", now=NOW + timedelta(days=7))
    announce(tx, now=NOW + timedelta(days=7))
    announce(tx, now=NOW + timedelta(days=8))

    assert told(tx, card.person_id) == ["notice.selling_held", "notice.hold_reviewed", "notice.selling_again"]
    assert words_to(tx, card.person_id)["words"] == "Semua mitra memenuhi syarat."
    assert words_to(tx, card.person_id)["link"] == f"{BASE_URL}/card"
    assert told(tx, late.person_id)[-1] == "notice.selling_again"


def test_a_hold_that_is_over_before_anybody_was_told_is_not_announced(tx: Tx) -> None:
    card = worlds.a_card(tx)
    hold = a_hold(tx)
    holds.lift(tx, hold.hold_code, reason="Keliru.", by="staff/1", now=NOW + timedelta(minutes=1))

    announce(tx, now=LATER)

    assert told(tx, card.person_id) == []


def test_a_hold_on_taking_part_reaches_those_who_have_a_place(tx: Tx) -> None:
    learning = worlds.a_purchase(tx)
    elsewhere = worlds.a_purchase(tx, institution="balai-dua")
    without = worlds.a_card(tx)
    a_hold(tx, Scope.INSTITUTION, worlds.INSTITUTION, capability=Capability.REDEEMING)

    announce(tx)

    assert told(tx, learning.person_id) == ["notice.redeeming_held"]
    assert told(tx, elsewhere.person_id) == told(tx, without.person_id) == []


@pytest.mark.parametrize("scope", [Scope.SCHEDULE, Scope.COURSE, Scope.PLATFORM, Scope.PROGRAMME])
def test_a_hold_on_taking_part_is_told_at_every_scope(tx: Tx, scope: Scope) -> None:
    learning = worlds.a_purchase(tx)
    target = {
        Scope.SCHEDULE: learning.schedule_code,
        Scope.COURSE: learning.course_code,
        Scope.PLATFORM: learning.platform_code,
        Scope.PROGRAMME: None,
    }[scope]
    party = worlds.INSTITUTION if scope in {Scope.SCHEDULE, Scope.COURSE} else ""
    a_hold(tx, scope, target, party=party, capability=Capability.REDEEMING)

    announce(tx)

    assert told(tx, learning.person_id) == ["notice.redeeming_held"]


@pytest.mark.parametrize("scope", [Scope.INSTITUTION, Scope.PLATFORM, Scope.PROGRAMME])
def test_a_hold_on_payments_reaches_those_who_wait_for_theirs_and_nobody_else(tx: Tx, scope: Scope) -> None:
    bought = worlds.a_purchase(tx)
    target = {Scope.INSTITUTION: worlds.INSTITUTION, Scope.PLATFORM: worlds.PLATFORM, Scope.PROGRAMME: None}[scope]
    a_hold(tx, scope, target, capability=Capability.PAYOUT)

    announce(tx)

    assert told(tx, bought.person_id) == []


def test_partners_concerned_are_told_in_their_language(tx: Tx) -> None:
    worlds.a_class(tx)
    worlds.a_class(tx, institution="balai-dua", platform="toko-dua")
    partners.set_contact(tx, worlds.INSTITUTION, "balai@example.com", "id", now=NOW)
    partners.set_contact(tx, worlds.PLATFORM, "pasar@example.com", "en", now=NOW)
    partners.set_contact(tx, "toko-dua", "toko@example.com", "id", now=NOW)
    a_hold(tx, Scope.INSTITUTION, worlds.INSTITUTION)

    announce(tx)
    announce(tx, now=LATER)

    found = tx.tuples(
        "SELECT partner.client_code, message.language FROM notice.recipient JOIN journal.message USING (message_id)"
        " JOIN partner.partner USING (partner_id) ORDER BY 1"
    )
    assert found == [(worlds.INSTITUTION, "id"), (worlds.PLATFORM, "en")]


def test_a_partner_without_an_address_is_counted_and_not_asked_again(tx: Tx) -> None:
    worlds.a_class(tx)
    a_hold(tx, Scope.PLATFORM, worlds.PLATFORM)

    announce(tx)
    announce(tx, now=LATER)

    counted = notices.deliveries(tx, code_of(tx, "hold_placed"))
    assert (counted.partners, counted.without_address, counted.queued) == (1, 1, 0)


def test_a_hold_on_a_person_that_ends_by_itself_is_told_to_that_person_alone(tx: Tx) -> None:
    card, other = worlds.a_card(tx), worlds.a_card(tx)
    a_hold(
        tx,
        Scope.CARD,
        str(card.card_id),
        party=f"person/{card.person_id}",
        name="a card",
        ends_at=NOW + timedelta(days=2),
    )

    announce(tx, now=NOW + timedelta(days=1))
    assert told(tx, card.person_id) == []

    announce(tx, now=NOW + timedelta(days=2))
    announce(tx, now=NOW + timedelta(days=3))
    assert told(tx, card.person_id) == ["notice.hold_over"]
    assert told(tx, other.person_id) == []


def test_deliveries_follow_the_messages(tx: Tx) -> None:
    for _ in range(3):
        worlds.a_card(tx)
    a_hold(tx)
    announce(tx)
    tx.run(
        "UPDATE journal.message SET state = 'sent', sent_at = now(), params_sealed = NULL WHERE message_id ="
        " (SELECT min(message_id) FROM notice.recipient)"
    )
    tx.run(
        "UPDATE journal.message SET state = 'failed' WHERE message_id = (SELECT max(message_id) FROM notice.recipient)"
    )

    notices.count_deliveries(tx, now=NOW)

    kept = notices.notice(tx, code_of(tx, "hold_placed")).deliveries
    assert kept == notices.deliveries(tx, code_of(tx, "hold_placed"))
    assert (kept.people, kept.queued, kept.sent, kept.failed) == (3, 1, 1, 1)


def test_what_was_told_before_a_crash_is_not_told_again(database: Database) -> None:
    with database.transaction("test") as tx:
        cards = [worlds.a_card(tx) for _ in range(5)]
        a_hold(tx)
    with database.transaction("test") as tx:
        notices.announce_holds(tx, base_url=BASE_URL, now=NOW, chunk=2)
    with suppress(psycopg.errors.DivisionByZero), database.transaction("test") as tx:
        notices.announce_holds(tx, base_url=BASE_URL, now=NOW, chunk=2)
        tx.run("SELECT 1 / 0")  # the process dies before its chunk is committed
    with database.transaction("test") as tx:
        announce(tx, chunk=2)
        assert [told(tx, card.person_id) for card in cards] == [["notice.selling_held"]] * 5


def test_two_workers_tell_nobody_twice(database: Database) -> None:
    with database.transaction("test") as tx:
        cards = [worlds.a_card(tx) for _ in range(3)]
        a_hold(tx)
        notices.announce_holds(tx, base_url=BASE_URL, now=NOW, chunk=1)
    with database.transaction("one") as first, database.transaction("two") as second:
        assert notices.announce_holds(first, base_url=BASE_URL, now=NOW, chunk=1)
        assert notices.announce_holds(second, base_url=BASE_URL, now=NOW, chunk=1) == 0
    with database.transaction("test") as tx:
        announce(tx)
        assert [told(tx, card.person_id).count("notice.selling_held") for card in cards] == [1, 1, 1]
