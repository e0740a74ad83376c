"""Who belongs with whom is a table that always says what the graph of ownership says."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prakarsa.kernel.db import Database, Tx
from prakarsa.partner import actions, audit, refusals
from prakarsa.partner.model import NewPartner, PartnerKind

SINCE = date(2020, 1, 1)
NOW = datetime(2020, 8, 16, tzinfo=UTC)
PLATFORMS, INSTITUTIONS = ("dp-a", "dp-b", "dp-c"), ("lp-a", "lp-b", "lp-c")


def a_family(tx: Tx) -> dict[str, int]:
    wanted = [NewPartner(PartnerKind.PLATFORM, code, code, "PKS-1") for code in PLATFORMS]
    wanted += [NewPartner(PartnerKind.INSTITUTION, code, code, "SK-1") for code in INSTITUTIONS]
    actions.register_all(tx, wanted, now=NOW)
    return {code: actions.partner(tx, code).partner_id for code in (*PLATFORMS, *INSTITUTIONS)}


def kept(tx: Tx) -> set[tuple[int, int]]:
    return set(tx.tuples("SELECT platform_id, institution_id FROM partner.affiliation"))  # type: ignore[arg-type]  # two whole numbers


def test_a_platform_belongs_with_what_it_owns_and_with_its_owners_at_any_depth(tx: Tx) -> None:
    ids = a_family(tx)
    for owner, owned in (("dp-a", "lp-a"), ("lp-a", "dp-b"), ("dp-b", "lp-b")):
        actions.record_ownership(tx, owner, owned, SINCE, now=NOW)
    named = {(ids[dp], ids[lp]) for dp, lp in (("dp-a", "lp-a"), ("dp-a", "lp-b"), ("dp-b", "lp-a"), ("dp-b", "lp-b"))}
    assert kept(tx) == named

    actions.end_ownership(tx, "lp-a", "dp-b", now=NOW)

    assert kept(tx) == {(ids["dp-a"], ids["lp-a"]), (ids["dp-b"], ids["lp-b"])}


def test_cyclic_ownership_is_refused_with_the_path(tx: Tx) -> None:
    a_family(tx)
    actions.record_ownership(tx, "dp-a", "lp-a", SINCE, now=NOW)
    actions.record_ownership(tx, "lp-a", "dp-b", SINCE, now=NOW)

    with pytest.raises(refusals.OwnershipCycle) as refused:
        actions.record_ownership(tx, "dp-b", "dp-a", SINCE, now=NOW)
    assert refused.value.path == "dp-a > lp-a > dp-b > dp-a"
    with pytest.raises(refusals.OwnershipCycle) as refused:
        actions.record_ownership(tx, "dp-c", "dp-c", SINCE, now=NOW)
    assert refused.value.path == "dp-c > dp-c"


@settings(deadline=None)
@given(deeds=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=15))
def test_whatever_is_recorded_and_ended_the_table_agrees(
    database: Database, deeds: list[tuple[int, int, bool]]
) -> None:
    codes = (*PLATFORMS, *INSTITUTIONS)
    with database.transaction("test") as tx:
        ids = a_family(tx)
        for owner, owned, recorded in deeds:
            try:
                if recorded:
                    actions.record_ownership(tx, codes[owner], codes[owned], SINCE, now=NOW)
                else:
                    actions.end_ownership(tx, codes[owner], codes[owned], now=NOW)
            except (refusals.OwnershipCycle, refusals.OwnershipUnknown):
                pass
        pairs = [(ids[dp], ids[lp]) for dp in PLATFORMS for lp in INSTITUTIONS]
        assert kept(tx) == actions.affiliated_pairs(tx, pairs)
        assert not any(invariant.exceptions(tx) for invariant in audit.INVARIANTS)
        tx.connection.rollback()
