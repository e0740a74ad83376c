"""A partner answers and appeals against a hold at its desk, and sees what became of it."""

from datetime import timedelta

from prakarsa.hold import actions as holds
from prakarsa.hold.hearing_model import Outcome
from prakarsa.hold.model import Scope
from prakarsa.partner import actions as partners
from tests import worlds
from tests.web.conftest import Served


def test_a_partner_answers_and_appeals_at_its_desk(served: Served) -> None:
    now = served.runtime.clock.now()
    with served.runtime.database.transaction("test") as tx:
        school, platform = worlds.an_institution(tx), worlds.a_platform(tx)
        partners.set_contact(tx, school.client_code, "kantor@lembaga.example", "id", now=now)
        token = partners.issue_desk_link(tx, school.client_code, now=now)
        mine = worlds.a_hold(tx, scope=Scope.INSTITUTION, now=now)
        theirs = worlds.a_hold(tx, scope=Scope.PLATFORM, target=platform.client_code, now=now)
        private = worlds.a_hold(tx, scope=Scope.CARD, now=now)
    desk, address = f"/desk/{token}", f"/desk/{token}/holds/{mine.hold_code}"
    browser = served.browser()

    shown = browser.get(desk)
    assert address in shown.text
    assert theirs.hold_code not in shown.text
    assert browser.get(f"{desk}/holds/{theirs.hold_code}").status_code == 403
    assert browser.get(f"{desk}/holds/{private.hold_code}").status_code == 404
    assert browser.get(f"{desk}/holds/HLD-X").status_code == 404
    assert browser.get(f"/desk/{'x' * 43}/holds/{mine.hold_code}").status_code in {401, 403, 404}
    assert "FND-1" in browser.get(address).text

    for bent in ({"words": ""}, {"kind": "song"}, {"evidence_1": "surat", "evidence_kind_1": "document"}):
        form = {"kind": "appeal", "words": "Temuan itu keliru."} | bent
        assert browser.post(address, form, seen_on=address).status_code == 400, bent
    answered = browser.post(address, {"kind": "answer", "words": "Sudah diperbaiki."}, seen_on=address)
    assert answered.headers["location"] == f"{address}?done=hold_answered"
    proof = {"evidence_kind_1": "web_page", "evidence_1": "https://lembaga.example/kelas"}
    appealed = browser.post(address, {"kind": "appeal", "words": "Temuan itu keliru."} | proof, seen_on=address)
    assert appealed.headers["location"] == f"{address}?done=hold_appealed"
    assert "https://lembaga.example/kelas" not in served.browser().get(f"/holds/{mine.hold_code}").text

    with served.runtime.database.transaction("test") as tx:
        [(appeal, overdue)] = holds.open_appeals(tx, served.runtime.clock.now())
        actor = tx.value("SELECT actor FROM journal.entry WHERE action = 'hold.appealed'")
        assert (appeal.party, overdue, actor) == (school.client_code, False, f"partner/{school.client_code}")
        holds.decide_appeal(
            tx,
            appeal.statement_code,
            outcome=Outcome.DISMISSED,
            words="Temuan itu benar; lihat kelas berikutnya.",
            by="staff/9",
            now=served.runtime.clock.now() + timedelta(minutes=1),
        )
    assert "Temuan itu benar; lihat kelas berikutnya." in browser.get(address).text
