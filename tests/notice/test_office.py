"""Words of the office leave once, to those they are meant for, after somebody has looked at them."""

from dataclasses import replace

import pytest

from prakarsa.kernel.db import Tx
from prakarsa.notice import actions as notices
from prakarsa.notice.model import Audience, NewNotice
from prakarsa.notice.refusals import (
    NobodyToTell,
    NoticeDiscarded,
    NoticeIncomplete,
    NoticeSentAlready,
    NoticeUnknown,
)
from prakarsa.partner import actions as partners
from tests import worlds
from tests.conftest import NOW
from tests.notice.test_announcing import announce, told, words_to

NEW = NewNotice(Audience.WAVE, "4", "Libur nasional", "National holiday", "Kelas diliburkan.", "Classes pause.")


def test_a_draft_tells_nobody_until_it_is_sent_and_then_everybody_once(tx: Tx) -> None:
    indonesian = worlds.a_card(tx)
    english = worlds.a_card(tx, person_id=worlds.a_person(tx, language="en"))
    draft = notices.write(tx, NEW, by="staff/1", now=NOW)
    announce(tx)
    assert notices.audience_size(tx, draft) == 2
    assert told(tx, indonesian.person_id) == []

    notices.send(tx, draft.notice_code, by="staff/1", now=NOW)
    announce(tx)
    announce(tx)

    assert told(tx, indonesian.person_id) == told(tx, english.person_id) == ["notice.office"]
    assert (words_to(tx, indonesian.person_id)["words"], words_to(tx, english.person_id)["title"]) == (
        "Kelas diliburkan.",
        "National holiday",
    )
    with pytest.raises(NoticeSentAlready):
        notices.send(tx, draft.notice_code, by="staff/2", now=NOW)


def test_e_mail_is_the_rule_and_sms_for_what_is_urgent(tx: Tx) -> None:
    worlds.a_card(tx)
    for urgent in (False, True):
        draft = notices.write(tx, replace(NEW, urgent=urgent), by="staff/1", now=NOW)
        notices.send(tx, draft.notice_code, by="staff/1", now=NOW)
        announce(tx)

    assert tx.tuples("SELECT channel, priority FROM journal.message WHERE template = 'notice.office' ORDER BY 1") == [
        ("email", 5),
        ("sms", 1),
    ]


@pytest.mark.parametrize("audience", [Audience.COURSE, Audience.INSTITUTION, Audience.SCHEDULE])
def test_those_who_are_learning_are_told(tx: Tx, audience: Audience) -> None:
    learning, elsewhere = worlds.a_purchase(tx), worlds.a_purchase(tx, institution="balai-dua")
    gone = worlds.a_purchase(tx)
    worlds.cancel(tx, gone)
    code = {
        Audience.COURSE: learning.course_code,
        Audience.INSTITUTION: worlds.INSTITUTION,
        Audience.SCHEDULE: learning.schedule_code,
    }[audience]
    draft = notices.write(tx, replace(NEW, audience=audience, audience_code=code), by="staff/1", now=NOW)
    notices.send(tx, draft.notice_code, by="staff/1", now=NOW)

    announce(tx)

    assert told(tx, learning.person_id) == ["notice.office"]
    assert told(tx, elsewhere.person_id) == told(tx, gone.person_id) == []


@pytest.mark.parametrize(
    ("audience", "expected"), [(Audience.PARTNERS, 2), (Audience.PLATFORMS, 1), (Audience.INSTITUTIONS, 1)]
)
def test_partners_are_told(tx: Tx, audience: Audience, expected: int) -> None:
    worlds.a_class(tx)
    for code in (worlds.PLATFORM, worlds.INSTITUTION):
        partners.set_contact(tx, code, f"{code}@example.com", "id", now=NOW)
    draft = notices.write(tx, replace(NEW, audience=audience, audience_code=""), by="staff/1", now=NOW)
    notices.send(tx, draft.notice_code, by="staff/1", now=NOW)

    announce(tx)

    counted = notices.deliveries(tx, draft.notice_code)
    assert (counted.partners, counted.queued, counted.people) == (expected, expected, 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"words_en": ""}, "words_en"),
        ({"words": "x" * 5_000}, "words"),
        ({"words": "x" * 400, "urgent": True}, "words"),
        ({"words": "\x00"}, "words"),
        ({"audience_code": "vier"}, "audience_code"),
        ({"audience_code": ""}, "audience_code"),
        ({"audience": Audience.COURSE, "audience_code": "a b"}, "audience_code"),
        ({"audience": Audience.PARTNERS}, "audience_code"),
        ({"audience": Audience.PARTNERS, "audience_code": "", "urgent": True}, "urgent"),
    ],
)
def test_a_notice_without_what_it_needs_is_refused(tx: Tx, change: dict[str, object], field: str) -> None:
    worlds.a_card(tx)
    with pytest.raises(NoticeIncomplete) as refusal:
        notices.write(tx, replace(NEW, **change), by="staff/1", now=NOW)  # type: ignore[arg-type]  # one field is bent

    assert refusal.value.field == field


@pytest.mark.parametrize("code", ["77", "0"])
def test_a_notice_to_nobody_is_refused(tx: Tx, code: str) -> None:
    worlds.a_wave(tx)
    with pytest.raises(NobodyToTell):
        notices.write(tx, replace(NEW, audience_code=code), by="staff/1", now=NOW)


def test_a_discarded_draft_is_never_sent(tx: Tx) -> None:
    card = worlds.a_card(tx)
    draft = notices.write(tx, NEW, by="staff/1", now=NOW)
    notices.discard(tx, draft.notice_code, now=NOW)

    with pytest.raises(NoticeDiscarded):
        notices.send(tx, draft.notice_code, by="staff/1", now=NOW)
    announce(tx)
    assert told(tx, card.person_id) == []


@pytest.mark.parametrize("code", ["NTC-NONE", "", "\x00", "é"])
def test_an_unknown_notice_is_told_so(tx: Tx, code: str) -> None:
    with pytest.raises(NoticeUnknown):
        notices.notice(tx, code)


def test_lists_turn_their_pages(tx: Tx) -> None:
    worlds.a_card(tx)
    written = [notices.write(tx, NEW, by="staff/1", now=NOW).notice_code for _ in range(5)]
    first = notices.notices(tx, limit=3)
    rest = notices.notices(tx, before=first[-1].notice_id, limit=3)

    assert [each.notice_code for each in [*first, *rest]] == written[::-1]
