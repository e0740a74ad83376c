"""Certificates are issued once for what was attended, pay the partners, and verify anywhere."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from threading import Barrier

import pytest
from pypdf import PdfReader

from prakarsa.attendance import actions as attendance
from prakarsa.certificate import actions, badge, rules
from prakarsa.certificate.refusals import (
    BadCertificateNumber,
    CertificateRevoked,
    CertificateUnknown,
    RevocationNeedsReason,
)
from prakarsa.kernel.db import Database, Tx
from prakarsa.ledger import actions as ledger
from prakarsa.ledger.model import AccountKind
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Purchase
from tests.conftest import NOW
from tests.worlds import (
    BASE_URL,
    INSTITUTION,
    PLATFORM,
    PRICE_IDR,
    a_card,
    a_class,
    a_purchase,
    attend,
    attend_all,
    completed,
    deeds,
    messages_to,
)

DONE = NOW + timedelta(days=9)


def stands_at(tx: Tx, purchase: Purchase) -> Purchase:
    return next(p for p in purchases.my_purchases(tx, purchase.person_id) if p.purchase_id == purchase.purchase_id)


def partner_idr(tx: Tx, code: str) -> int:
    return ledger.balance_idr(tx, ledger.account(tx, AccountKind.PARTNER, code))


def test_a_complete_course_gives_one_certificate_and_pays_the_partners(tx: Tx) -> None:
    purchase = a_purchase(tx, meetings=3)
    before = partner_idr(tx, INSTITUTION), partner_idr(tx, PLATFORM)
    attend_all(tx, purchase, now=DONE)

    assert actions.issue_due(tx, BASE_URL, now=DONE + timedelta(minutes=5)) == 1
    assert actions.issue_due(tx, BASE_URL, now=DONE + timedelta(minutes=6)) == 0

    [certificate] = actions.my_certificates(tx, purchase.person_id)
    assert certificate.purchase_id == purchase.purchase_id
    assert certificate.valid
    assert (certificate.facts.person_name, certificate.facts.course_title) == (
        purchase.person_name,
        purchase.course_title,
    )
    assert certificate.facts.programme_name == "Kartu Prakerja"
    assert certificate.facts.completed_at == DONE
    assert certificate.verification_url == f"{BASE_URL}/certificates/{certificate.number}"
    assert stands_at(tx, purchase).completed_at == DONE + timedelta(minutes=5)
    paid = partner_idr(tx, INSTITUTION) - before[0], partner_idr(tx, PLATFORM) - before[1]
    assert paid == (PRICE_IDR * 9 // 10, PRICE_IDR // 10)
    assert ledger.verify(tx) == []
    assert deeds(tx, purchase.person_id)[-2:] == ["purchase.completed", "certificate.issued"]
    template, facts = messages_to(tx, purchase.person_id)[-1]
    assert template == "certificate.issued"
    assert (facts["number"], facts["url"]) == (certificate.number, certificate.verification_url)


def test_the_credential_verifies_with_the_published_keys_and_names_its_holder(tx: Tx) -> None:
    purchase = a_purchase(tx)
    completed(tx, purchase, now=DONE)
    [certificate] = actions.my_certificates(tx, purchase.person_id)

    verified = badge.verify(certificate.credential, actions.jwks(tx), now=DONE)

    assert verified.number == certificate.number
    assert verified.person_name == purchase.person_name
    assert verified.completed_at == DONE
    assert verified.belongs_to(
        tx.value("SELECT public_id FROM people.person WHERE person_id = %(id)s", id=purchase.person_id)
    )
    assert actions.public_key(tx, verified.key_id) in actions.jwks(tx)["keys"]
    assert actions.public_key(tx, verified.key_id + "x") is None
    assert actions.issuer(tx, BASE_URL, now=DONE)["id"] == verified.issuer_id


def test_one_key_signs_at_one_address_and_old_certificates_outlive_a_move(tx: Tx) -> None:
    first, second = a_purchase(tx), a_purchase(tx)
    completed(tx, first, now=DONE)
    attend_all(tx, second, now=DONE)
    actions.issue_due(tx, "https://moved.example/", now=DONE)

    found = [actions.my_certificates(tx, each.person_id)[0] for each in (first, second)]
    assert found[1].verification_url.startswith("https://moved.example/certificates/")
    assert found[0].verification_url.startswith(BASE_URL)
    keys = actions.jwks(tx)
    assert len(keys["keys"]) == 2
    for certificate in found:
        assert badge.verify(certificate.credential, keys).number == certificate.number


@pytest.mark.parametrize("steps", [(1,), (1, 2, 3), (1, 2, 999), (2, 3, 999)])
def test_nobody_gets_a_certificate_for_less_than_the_policy_asks(tx: Tx, steps: tuple[int, ...]) -> None:
    purchase = a_purchase(tx, meetings=3)
    attend(tx, purchase, *steps, now=DONE)

    actions.issue_due(tx, BASE_URL, now=DONE)

    assert actions.my_certificates(tx, purchase.person_id) == []
    assert stands_at(tx, purchase).completed_at is None
    assert actions.issue_due(tx, BASE_URL, now=DONE) == 0


def test_a_meeting_attended_after_the_final_test_has_completion_decided_again(tx: Tx) -> None:
    purchase = a_purchase(tx, meetings=2)
    attend(tx, purchase, 1, 999, now=DONE)
    assert actions.issue_due(tx, BASE_URL, now=DONE) == 1
    assert actions.my_certificates(tx, purchase.person_id) == []

    attend(tx, purchase, 2, now=DONE + timedelta(days=1))
    actions.issue_due(tx, BASE_URL, now=DONE + timedelta(days=1))

    assert len(actions.my_certificates(tx, purchase.person_id)) == 1


def test_two_courses_of_one_person_in_one_chunk_are_both_told(tx: Tx) -> None:
    card = a_card(tx)
    bought = [a_purchase(tx, card=card, of=a_class(tx)) for _ in range(2)]
    for purchase in bought:
        attend_all(tx, purchase, now=DONE)

    actions.issue_due(tx, BASE_URL, now=DONE)

    told = [facts["number"] for template, facts in messages_to(tx, card.person_id) if template == "certificate.issued"]
    assert sorted(map(str, told)) == sorted(c.number for c in actions.my_certificates(tx, card.person_id))
    assert len(told) == 2


@pytest.fixture
def forty_finished(database: Database) -> list[Purchase]:
    """Forty people of one class who have just finished, committed."""
    with database.transaction("test") as tx:
        of = a_class(tx)
        bought = [a_purchase(tx, of=of) for _ in range(40)]
        for purchase in bought:
            attend_all(tx, purchase, now=DONE)
    return bought


def test_workers_at_once_issue_each_certificate_once(database: Database, forty_finished: list[Purchase]) -> None:
    gate = Barrier(4)

    def work(_: int) -> int:
        gate.wait()
        decided = 0
        while True:
            with database.transaction("system/worker") as tx:
                done = actions.issue_due(tx, BASE_URL, now=DONE, chunk=7)
            decided += done
            if not done:
                return decided

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 40

    with database.transaction("test") as tx:
        assert actions.issue_due(tx, BASE_URL, now=DONE) == 0
        for purchase in forty_finished:
            assert len(actions.my_certificates(tx, purchase.person_id)) == 1
        keys = [key["kid"] for key in actions.jwks(tx)["keys"]]
        assert len([key for key in keys if key.startswith(BASE_URL)]) == 1
        assert ledger.verify(tx) == []


def test_a_worker_that_dies_leaves_its_chunk_to_the_next(database: Database) -> None:
    with database.transaction("test") as tx:
        purchase = a_purchase(tx)
        attend_all(tx, purchase, now=DONE)

    def die_at_work() -> None:
        with database.transaction("system/worker") as tx:
            assert actions.issue_due(tx, BASE_URL, now=DONE) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die_at_work()

    with database.transaction("system/worker") as tx:
        assert actions.my_certificates(tx, purchase.person_id) == []
        actions.issue_due(tx, BASE_URL, now=DONE)
        assert len(actions.my_certificates(tx, purchase.person_id)) == 1


def test_a_person_who_attends_while_a_worker_decides_is_not_overlooked(database: Database) -> None:
    with database.transaction("test") as tx:
        purchase = a_purchase(tx, meetings=2)
        attend(tx, purchase, 1, 999, now=DONE)

    def late_meeting() -> None:
        with database.transaction("test") as tx:
            from_card = purchase.card_id
            tx.run("SELECT FROM card.card WHERE card_id = %(id)s FOR NO KEY UPDATE", id=from_card)
            attend(tx, purchase, 2, now=DONE)

    with ThreadPoolExecutor(1) as pool:
        with database.transaction("system/worker") as tx:
            assert actions.issue_due(tx, BASE_URL, now=DONE) == 1
            waiting = pool.submit(late_meeting)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        waiting.result(timeout=10)

    with database.transaction("system/worker") as tx:
        assert attendance.attended(tx, purchase.purchase_id) == {1, 2, 999}
        assert actions.issue_due(tx, BASE_URL, now=DONE) == 1
        assert len(actions.my_certificates(tx, purchase.person_id)) == 1


def test_anyone_finds_a_certificate_however_its_number_is_typed(tx: Tx) -> None:
    purchase = a_purchase(tx)
    completed(tx, purchase, now=DONE)
    [certificate] = actions.my_certificates(tx, purchase.person_id)

    for typed in (certificate.number, certificate.number.lower().replace("-", " "), f" {certificate.number}\n"):
        assert actions.certificate(tx, typed) == certificate
    for mistyped in ("", "7KXDP", certificate.number[:-1], "\ud800", "\x00", "x" * 10_000):
        with pytest.raises(BadCertificateNumber):
            actions.certificate(tx, mistyped)
    with pytest.raises(CertificateUnknown):
        actions.certificate(tx, rules.certificate_number(2020, 1))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_paper_says_what_the_certificate_says(tx: Tx, language: str) -> None:
    purchase = a_purchase(tx)
    completed(tx, purchase, now=DONE)
    [certificate] = actions.my_certificates(tx, purchase.person_id)

    text = PdfReader(BytesIO(actions.paper_of(tx, certificate.number, language))).pages[0].extract_text()

    for fact in (certificate.number, purchase.person_name, purchase.course_title, certificate.verification_url):
        assert fact in text


def test_a_certificate_is_withdrawn_once_for_a_reason_and_its_owner_is_told(tx: Tx) -> None:
    purchase = a_purchase(tx)
    completed(tx, purchase, now=DONE)
    [certificate] = actions.my_certificates(tx, purchase.person_id)
    later = DONE + timedelta(days=30)
    for empty in ("", "  \n", "a\x00b"):
        with pytest.raises(RevocationNeedsReason):
            actions.revoke(tx, certificate.number, empty, now=later)

    withdrawn = actions.revoke(tx, certificate.number.lower(), "attended by another person", now=later)

    assert (withdrawn.valid, withdrawn.revoked_at, withdrawn.revoke_reason) == (
        False,
        later,
        "attended by another person",
    )
    assert deeds(tx, purchase.person_id)[-1] == "certificate.revoked"
    assert messages_to(tx, purchase.person_id)[-1][0] == "certificate.revoked"
    with pytest.raises(CertificateRevoked) as told:
        actions.revoke(tx, certificate.number, "again", now=later + timedelta(days=1))
    assert told.value.revoked_at == later
    with pytest.raises(CertificateRevoked):
        actions.paper_of(tx, certificate.number, "id")


def test_the_private_key_is_sealed_at_rest(tx: Tx) -> None:
    completed(tx, a_purchase(tx), now=DONE)
    [secret] = tx.values("SELECT secret_sealed FROM certificate.signing_key WHERE base_url = %(url)s", url=BASE_URL)

    assert len(bytes(secret)) > 64  # version, nonce, 64 hexadecimal digits, tag
    assert tx.keyring.open("certificate.key", bytes(secret))


def test_completion_is_dated_by_the_last_step_and_numbered_by_the_jakarta_year(tx: Tx) -> None:
    new_year = datetime(2020, 12, 31, 17, 30, tzinfo=NOW.tzinfo)  # 2021 in Jakarta
    purchase = a_purchase(tx)
    attend_all(tx, purchase, now=DONE)
    actions.issue_due(tx, BASE_URL, now=new_year)

    [certificate] = actions.my_certificates(tx, purchase.person_id)
    assert certificate.number.startswith("2021-")
    assert certificate.facts.completed_at == DONE
