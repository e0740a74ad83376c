"""Platforms and institutions: registered once, signing with keys that can be changed without a gap."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prakarsa.kernel.db import Database, Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.refusals import BadField
from prakarsa.partner import actions, refusals, rules
from prakarsa.partner.model import MOVES, NewPartner, Partner, PartnerKind, PartnerMove, PartnerStatus

DECREE = "Decree 12/2020"


def new(code: str = "kelas-kita", **bent: object) -> NewPartner:
    fields = {"kind": PartnerKind.PLATFORM, "client_code": code, "name": "Kelas Kita", "basis": DECREE} | bent
    return NewPartner(**fields)  # type: ignore[arg-type]  # one bent field of a good default


def entries(tx: Tx, subject: str) -> list[str]:
    return tx.values("SELECT action FROM journal.entry WHERE subject = %(s)s ORDER BY entry_id", s=subject)


def test_registering_twice_gives_the_same_partner_and_one_journal_row(tx: Tx, now: datetime) -> None:
    first = actions.register(tx, new(), now=now)
    again = actions.register(tx, new(), now=now + timedelta(days=1))

    assert first == again
    assert first.active
    assert tx.value("SELECT kind FROM ledger.account WHERE account_id = %(id)s", id=first.account_id) == "partner"
    assert entries(tx, "partner/kelas-kita") == ["partner.registered"]


def test_a_taken_client_code_is_refused(tx: Tx, now: datetime) -> None:
    actions.register(tx, new(), now=now)
    with pytest.raises(refusals.ClientCodeTaken):
        actions.register(tx, new(name="Somebody Else"), now=now)


def test_a_thousand_partners_are_registered_at_once_and_a_bad_one_spoils_nothing(tx: Tx, now: datetime) -> None:
    wanted = [new(f"platform-{n}") for n in range(1_000)]
    wanted[500] = new("BAD CODE")
    wanted.append(new("platform-1", name="Another"))

    outcomes = actions.register_all(tx, wanted, now=now)

    assert [type(outcome) for outcome in outcomes].count(Partner) == 999
    assert isinstance(outcomes[500], BadField)
    assert isinstance(outcomes[1_000], refusals.ClientCodeTaken)
    assert len(actions.partners(tx, PartnerKind.PLATFORM)) == 999
    assert [p.client_code for p in actions.partners(tx, after="platform-97", limit=2)] == [
        "platform-970",
        "platform-971",
    ]


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("kelas-kita", True),
        ("myclient_code", True),
        ("a1", True),
        ("a" * 40, True),
        ("a", False),
        ("a" * 41, False),
        ("-kelas", False),
        ("Kelas", False),
        ("kelas kita", False),
        ("kelas\n", False),
        ("kélas", False),
        ("", False),
        ("kelas\x00", False),
    ],
)
def test_a_client_code_is_a_short_ascii_slug(code: str, fits: bool) -> None:
    assert rules.client_code_fits(code) is fits


@pytest.mark.parametrize(
    "bent",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "nul\x00"},
        {"name": "half \ud800"},
        {"basis": "  "},
        {"commission_percent": -1},
        {"commission_percent": 101},
        {"kind": PartnerKind.INSTITUTION, "commission_percent": 1},
    ],
)
def test_a_field_that_is_not_right_is_named(bent: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        rules.checked(replace(new(), **bent), None)


@pytest.mark.parametrize(("percent", "cap", "refused"), [(15, 15, False), (16, 15, True), (40, None, False)])
def test_commission_stays_within_the_cap_in_force(percent: int, cap: int | None, refused: bool) -> None:
    if refused:
        with pytest.raises(refusals.CommissionAboveCap):
            rules.checked(new(commission_percent=percent), cap)
    else:
        assert rules.checked(new(commission_percent=percent), cap).commission_percent == percent


def test_nobody_becomes_active_without_an_agreement_or_decree(tx: Tx, now: datetime) -> None:
    assert actions.register(tx, new(basis=None), now=now).status is PartnerStatus.PENDING
    with pytest.raises(refusals.BasisMissing):
        actions.activate(tx, "kelas-kita", "  ", now=now)

    active = actions.activate(tx, "kelas-kita", DECREE, now=now)

    assert (active.status, active.basis) == (PartnerStatus.ACTIVE, DECREE)
    assert entries(tx, "partner/kelas-kita") == ["partner.registered", "partner.activated"]


def test_an_agreement_may_be_replaced_only_while_one_is_in_force(tx: Tx, now: datetime) -> None:
    actions.register(tx, new(commission_percent=20), now=now)
    assert actions.amend(tx, "kelas-kita", "PKS 2", 15, now=now, max_commission_percent=15).commission_percent == 15
    with pytest.raises(refusals.CommissionAboveCap):
        actions.amend(tx, "kelas-kita", "PKS 3", 16, now=now, max_commission_percent=15)
    actions.end(tx, "kelas-kita", "ran out", now=now)
    with pytest.raises(refusals.StatusMoveRefused):
        actions.amend(tx, "kelas-kita", "PKS 4", 10, now=now)


@pytest.mark.parametrize("status", PartnerStatus)
@pytest.mark.parametrize("move", PartnerMove)
def test_status_moves_only_as_the_table_says(status: PartnerStatus, move: PartnerMove) -> None:
    partner = Partner(1, PartnerKind.PLATFORM, "p", "P", status, DECREE, 0, datetime(2020, 1, 1, tzinfo=UTC), 1)
    expected = MOVES.get((status, move))
    if expected is None:
        with pytest.raises(refusals.StatusMoveRefused):
            rules.after(partner, move, DECREE)
    else:
        assert rules.after(partner, move, DECREE) is expected


def test_an_unknown_client_code_is_refused_and_has_no_credentials(tx: Tx, now: datetime) -> None:
    for code in ("nobody", "no\x00body", "\ud800", "x" * 10_000):
        assert actions.keys_of(tx, code, now) is None
        for ask in (actions.partner, actions.keys, actions.redirects):
            with pytest.raises(refusals.PartnerUnknown):
                ask(tx, code)


def test_a_key_is_shown_once_and_kept_sealed(tx: Tx, now: datetime) -> None:
    partner = actions.register(tx, new(), now=now)
    secret = actions.issue_key(tx, "kelas-kita", now=now)

    assert re.fullmatch("[0-9a-f]{32}", secret)
    credentials = actions.keys_of(tx, "kelas-kita", now)
    assert credentials is not None
    assert (credentials.partner, credentials.secrets) == (partner, (secret,))
    assert secret not in repr(credentials)
    assert secret.encode() not in bytes(tx.value("SELECT secret_sealed FROM partner.sign_key"))
    assert secret not in "".join(tx.values("SELECT facts::text FROM journal.entry"))


def secrets_at(tx: Tx, moment: datetime) -> tuple[str, ...]:
    credentials = actions.keys_of(tx, "kelas-kita", moment)
    assert credentials is not None
    return credentials.secrets


def test_after_a_rotation_both_keys_work_until_the_overlap_ends(tx: Tx, now: datetime) -> None:
    actions.register(tx, new(), now=now)
    old = actions.issue_key(tx, "kelas-kita", now=now)
    later = now + timedelta(days=1)
    fresh = actions.issue_key(tx, "kelas-kita", now=later, overlap=timedelta(hours=2))

    assert secrets_at(tx, later) == (fresh, old)
    assert secrets_at(tx, later + timedelta(hours=2)) == (fresh,)


def test_a_second_rotation_never_lengthens_the_life_of_an_old_key(tx: Tx, now: datetime) -> None:
    actions.register(tx, new(), now=now)
    old = actions.issue_key(tx, "kelas-kita", now=now)
    actions.issue_key(tx, "kelas-kita", now=now, overlap=timedelta(hours=1))
    actions.issue_key(tx, "kelas-kita", now=now, overlap=timedelta(days=30))

    assert old not in secrets_at(tx, now + timedelta(hours=1))


def test_revoking_stops_every_key_or_one_at_once(tx: Tx, now: datetime) -> None:
    actions.register(tx, new(), now=now)
    old = actions.issue_key(tx, "kelas-kita", now=now)
    fresh = actions.issue_key(tx, "kelas-kita", now=now, overlap=timedelta(days=1))
    newest = actions.keys(tx, "kelas-kita")[0]

    assert actions.revoke_keys(tx, "kelas-kita", now=now, key_id=newest.key_id) == 1
    assert secrets_at(tx, now) == (old,)
    assert fresh not in secrets_at(tx, now)
    assert actions.revoke_keys(tx, "kelas-kita", now=now) == 1
    assert secrets_at(tx, now) == ()
    assert actions.revoke_keys(tx, "kelas-kita", now=now) == 0


def test_an_ended_partner_loses_its_keys_and_gets_no_new_one(tx: Tx, now: datetime) -> None:
    actions.register(tx, new(), now=now)
    actions.issue_key(tx, "kelas-kita", now=now)
    actions.end(tx, "kelas-kita", "agreement ran out", now=now)

    assert secrets_at(tx, now) == ()
    with pytest.raises(refusals.PartnerEnded):
        actions.issue_key(tx, "kelas-kita", now=now)


def test_no_more_than_five_keys_are_in_use(tx: Tx, now: datetime) -> None:
    actions.register(tx, new(), now=now)
    for _ in range(rules.MOST_KEYS):
        actions.issue_key(tx, "kelas-kita", now=now, overlap=timedelta(days=1))
    with pytest.raises(refusals.TooManyKeys):
        actions.issue_key(tx, "kelas-kita", now=now, overlap=timedelta(days=1))


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=91), timedelta.max, timedelta.min])
def test_an_overlap_is_between_nothing_and_ninety_days(tx: Tx, now: datetime, overlap: timedelta) -> None:
    actions.register(tx, new(), now=now)
    with pytest.raises(BadField):
        actions.issue_key(tx, "kelas-kita", now=now, overlap=overlap)


@pytest.mark.parametrize(
    ("uri", "allowed"),
    [
        ("https://lp.example/callback", True),
        ("https://lp.example:8443/a?b=c&d=e", True),
        ("http://127.0.0.1:9000/cb", True),
        ("http://localhost/cb", True),
        ("http://[::1]:8000/cb", True),
        ("HTTPS://LP.EXAMPLE/", True),
        ("http://lp.example/callback", False),
        ("http://127.0.0.1.evil.example/", False),
        ("http://localhost@evil.example/", False),
        ("https://user:pass@lp.example/", False),
        ("https://lp.example/#part", False),
        ("https://lp.example/#", False),
        ("https:///callback", False),
        ("https://", False),
        ("https://lp.example:99999/", False),
        ("https://lp.example:0/", False),
        ("https://[::1", False),
        ("https://lp.example\\@evil.example/", False),
        ("https://lp.example/a b", False),
        ("https://lp.example/\r\nSet-Cookie:a", False),
        ('https://lp.example/"><script>', False),
        ("https://lp.exämple/", False),
        ("https://lp.example/" + "a" * 500, False),
        ("javascript:alert(1)", False),
        ("data:text/html,hi", False),
        ("//lp.example/", False),
        ("lp.example/callback", False),
        ("", False),
        ("https://lp.example/\x00", False),
        ("https://\ud800/", False),
    ],
)
def test_people_are_sent_back_over_https_or_to_their_own_machine(uri: str, allowed: bool) -> None:
    if allowed:
        rules.check_redirect(uri)
    else:
        with pytest.raises(refusals.RedirectNotAllowed):
            rules.check_redirect(uri)


@given(st.text(max_size=60) | st.text(max_size=40).map("https://".__add__))
def test_any_address_gets_an_answer_that_can_be_shown(uri: str) -> None:
    try:
        rules.check_redirect(uri)
    except refusals.RedirectNotAllowed as refusal:
        str(refusal.facts()).encode()


def test_a_return_address_counts_only_character_by_character(tx: Tx, now: datetime) -> None:
    partner = actions.register(tx, new(redirect_uris=("https://lp.example/cb",)), now=now)
    actions.add_redirect(tx, "kelas-kita", "https://lp.example/two", now=now)
    actions.add_redirect(tx, "kelas-kita", "https://lp.example/two", now=now)

    assert actions.redirects(tx, "kelas-kita") == ["https://lp.example/cb", "https://lp.example/two"]
    assert actions.redirect_registered(tx, partner.partner_id, "https://lp.example/cb")
    for other in ("https://lp.example/cb/", "https://lp.example/cb?x=1", "https://LP.example/cb", "https://lp.example"):
        assert not actions.redirect_registered(tx, partner.partner_id, other)
    actions.remove_redirect(tx, "kelas-kita", "https://lp.example/cb", now=now)
    assert not actions.redirect_registered(tx, partner.partner_id, "https://lp.example/cb")
    assert entries(tx, "partner/kelas-kita")[1:] == ["partner.redirect_added", "partner.redirect_removed"]


def test_return_addresses_are_limited(tx: Tx, now: datetime) -> None:
    addresses = tuple(f"https://lp.example/{n}" for n in range(rules.MOST_REDIRECTS))
    actions.register(tx, new(redirect_uris=addresses), now=now)
    with pytest.raises(refusals.TooManyRedirects):
        actions.add_redirect(tx, "kelas-kita", "https://lp.example/more", now=now)


def family(tx: Tx, now: datetime, *codes: str) -> dict[str, int]:
    outcomes = actions.register_all(tx, [new(code) for code in codes], now=now)
    return {p.client_code: p.partner_id for p in outcomes if not isinstance(p, Refusal)}


SINCE = date(2020, 1, 1)


def test_affiliation_reaches_through_any_number_of_owners_both_ways(tx: Tx, now: datetime) -> None:
    ids = family(tx, now, "aa", "bb", "cc", "dd", "ee")
    for owner, owned in (("aa", "bb"), ("bb", "cc"), ("cc", "dd")):
        actions.record_ownership(tx, owner, owned, SINCE, now=now)

    assert actions.affiliated(tx, ids["aa"], ids["dd"])
    assert actions.affiliated(tx, ids["dd"], ids["aa"])
    assert not actions.affiliated(tx, ids["aa"], ids["ee"])
    actions.end_ownership(tx, "bb", "cc", now=now)
    assert not actions.affiliated(tx, ids["aa"], ids["dd"])
    assert [edge.owned_code for edge in actions.ownerships(tx)] == ["bb", "dd"]


def test_two_owners_of_one_institution_are_not_affiliated_with_each_other(tx: Tx, now: datetime) -> None:
    ids = family(tx, now, "aa", "bb", "cc")
    actions.record_ownership(tx, "aa", "cc", SINCE, now=now)
    actions.record_ownership(tx, "bb", "cc", SINCE, now=now)
    assert not actions.affiliated(tx, ids["aa"], ids["bb"])


def test_nobody_comes_to_own_itself(tx: Tx, now: datetime) -> None:
    family(tx, now, "aa", "bb", "cc")
    actions.record_ownership(tx, "aa", "bb", SINCE, now=now)
    actions.record_ownership(tx, "bb", "cc", SINCE, now=now)
    for owner, owned in (("cc", "aa"), ("bb", "aa"), ("aa", "aa")):
        with pytest.raises(refusals.OwnershipCycle):
            actions.record_ownership(tx, owner, owned, SINCE, now=now)


def test_ownership_is_not_recorded_for_a_day_to_come_nor_ended_twice(tx: Tx, now: datetime) -> None:
    family(tx, now, "aa", "bb")
    with pytest.raises(BadField):
        actions.record_ownership(tx, "aa", "bb", now.date() + timedelta(days=1), now=now)
    with pytest.raises(refusals.OwnershipUnknown):
        actions.end_ownership(tx, "aa", "bb", now=now)


@settings(deadline=None)
@given(edges=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=15))
def test_whatever_is_recorded_no_cycle_ever_forms(database: Database, edges: list[tuple[int, int]]) -> None:
    codes = [f"node-{n}" for n in range(6)]
    kept: set[tuple[int, int]] = set()
    with database.transaction("test") as tx:
        ids = family(tx, datetime(2020, 8, 16, tzinfo=UTC), *codes)
        for owner, owned in edges:
            try:
                actions.record_ownership(tx, codes[owner], codes[owned], SINCE, now=datetime(2020, 8, 16, tzinfo=UTC))
                kept.add((owner, owned))
            except refusals.OwnershipCycle:
                assert owner == owned or reaches(kept, owned, owner)
        for left in range(6):
            for right in range(6):
                related = left == right or reaches(kept, left, right) or reaches(kept, right, left)
                assert actions.affiliated(tx, ids[codes[left]], ids[codes[right]]) is related
        tx.connection.rollback()


def reaches(edges: set[tuple[int, int]], start: int, goal: int) -> bool:
    found, frontier = set[int](), {start}
    while frontier:
        frontier = {owned for owner, owned in edges if owner in frontier} - found
        found |= frontier
    return goal in found
