"""A partner's desk: whom to write to, and links that open for the right one, for a while."""

from datetime import timedelta

import pytest

from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusals import BadField
from prakarsa.partner import actions as partners
from prakarsa.partner.audit import INVARIANTS
from prakarsa.partner.refusals import PartnerUnknown
from tests import worlds
from tests.conftest import NOW

ADDRESS = "kurikulum@balai-satu.example"


@pytest.fixture
def code(tx: Tx) -> str:
    return worlds.an_institution(tx).client_code


def test_a_partner_is_written_to_where_and_in_the_language_it_said(tx: Tx, code: str) -> None:
    partners.set_contact(tx, code, " Kurikulum@Balai-Satu.example ", "en", now=NOW)
    found = partners.contacts_of(tx, [code, "nobody", "not a code"])
    assert {code: (c.email, c.language, c.name) for code, c in found.items()} == {
        code: (ADDRESS, "en", "Lembaga balai-satu")
    }


def test_an_address_is_never_stored_or_shown_readably(tx: Tx, code: str) -> None:
    contact = partners.set_contact(tx, code, ADDRESS, "id", now=NOW)
    assert ADDRESS not in repr(contact)
    assert ADDRESS.encode() not in bytes(tx.value("SELECT email_sealed FROM partner.contact"))
    assert not tx.value("SELECT count(*) FROM journal.entry WHERE facts::text LIKE '%%balai-satu.example%%'")


@pytest.mark.parametrize("email", ["", "a", "a@b", "a b@c.id", "a@b.id\nc@d.id", "x" * 250 + "@b.id", "a@b.id, c@d.id"])
def test_what_is_no_mail_address_is_refused(tx: Tx, code: str, email: str) -> None:
    with pytest.raises(BadField):
        partners.set_contact(tx, code, email, "id", now=NOW)


def test_an_unspoken_language_and_an_unknown_partner_are_refused(tx: Tx, code: str) -> None:
    with pytest.raises(BadField):
        partners.set_contact(tx, code, ADDRESS, "fr", now=NOW)
    with pytest.raises(PartnerUnknown):
        partners.set_contact(tx, "nobody", ADDRESS, "id", now=NOW)


def test_a_link_opens_its_own_desk_until_it_ends(tx: Tx, code: str) -> None:
    token = partners.issue_desk_link(tx, code, now=NOW)
    other = partners.issue_desk_link(tx, worlds.an_institution(tx, "balai-dua").client_code, now=NOW)
    opened = partners.desk_of(tx, token, NOW + timedelta(days=29))
    assert opened is not None
    assert opened.client_code == code
    assert other != token
    assert partners.desk_of(tx, token, NOW + timedelta(days=30)) is None


def test_a_link_lives_as_long_as_an_answer_is_awaited(tx: Tx, code: str) -> None:
    token = partners.issue_desk_link(tx, code, now=NOW, until=NOW + timedelta(days=60))
    assert partners.desk_of(tx, token, NOW + timedelta(days=59)) is not None


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "é" * 43, "x" * 10_000, "\x00" * 43])
def test_a_guessed_link_opens_nothing(tx: Tx, code: str, token: str) -> None:
    partners.issue_desk_link(tx, code, now=NOW)
    assert partners.desk_of(tx, token, NOW) is None


def test_a_copy_of_the_database_opens_no_desk(tx: Tx, code: str) -> None:
    token = partners.issue_desk_link(tx, code, now=NOW)
    kept = bytes(tx.value("SELECT token_digest FROM partner.desk_link"))
    assert token.encode() not in kept
    assert partners.desk_of(tx, kept.hex()[:43], NOW) is None


def test_a_new_address_ends_the_links_that_went_to_the_old_one(tx: Tx, code: str) -> None:
    partners.set_contact(tx, code, ADDRESS, "id", now=NOW)
    token = partners.issue_desk_link(tx, code, now=NOW)
    partners.set_contact(tx, code, ADDRESS, "en", now=NOW)
    assert partners.desk_of(tx, token, NOW) is not None
    partners.set_contact(tx, code, "baru@balai-satu.example", "en", now=NOW)
    assert partners.desk_of(tx, token, NOW) is None


def test_links_that_went_astray_are_stopped(tx: Tx, code: str) -> None:
    token = partners.issue_desk_link(tx, code, now=NOW)
    assert partners.end_desk_links(tx, code, now=NOW) == 1
    assert partners.desk_of(tx, token, NOW) is None


def test_a_server_whose_clock_is_a_little_behind_stops_links_too(tx: Tx, code: str) -> None:
    token = partners.issue_desk_link(tx, code, now=NOW)
    assert partners.end_desk_links(tx, code, now=NOW - timedelta(seconds=1)) == 1
    assert partners.desk_of(tx, token, NOW) is None


def test_every_link_is_in_the_journal(tx: Tx, code: str) -> None:
    partners.issue_desk_links(tx, [code, worlds.an_institution(tx, "balai-dua").client_code], now=NOW)
    assert [invariant.exceptions(tx) for invariant in INVARIANTS] == [[] for _ in INVARIANTS]
