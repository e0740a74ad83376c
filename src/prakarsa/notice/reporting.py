"""What everybody may know: holds, what still works, when the next word comes, what probes met."""

from dataclasses import replace
from datetime import datetime, timedelta

from prakarsa.kernel.db import Tx
from prakarsa.notice import probe_store, status_store
from prakarsa.notice.probe_model import LONG
from prakarsa.notice.probing import MOST_ALARMS
from prakarsa.notice.status_model import ComingChange, PlatformNow, PublicHold, StatusReport
from prakarsa.partner import actions as partner
from prakarsa.partner.model import PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.programme.refusals import NoWaveYet, PolicyGap
from prakarsa.purchase.offers import Query, purchasable

MOST_LISTED = 100
MOST_PRIVATE = 10_001
PAGE = 30
COUNT_STANDS = timedelta(minutes=5)


def status_report(tx: Tx, now: datetime) -> StatusReport:
    """Where the programme stands at this moment.

    Holds are read as every purchase reads them; what can be bought comes from `purchasable`, the only source for
    catalogue, partners and probes; what takes a nation to count was counted by a worker.
    """
    listed, private = status_store.standing_counts(tx, now, MOST_PRIVATE)
    on_sale, off_sale, by_platform = _on_sale(tx, now)
    return StatusReport(
        at=now,
        in_force=tuple(status_store.holds(tx, "in_force", now, limit=MOST_LISTED)),
        holds_in_force=listed,
        private_holds=private,
        announced=tuple(status_store.holds(tx, "announced", now, limit=MOST_LISTED)),
        on_sale=on_sale,
        off_sale=off_sale,
        platforms=tuple(
            PlatformNow(platform.client_code, platform.name, by_platform.get(platform.client_code, 0))
            for platform in partner.partners(tx, PartnerKind.PLATFORM)
            if platform.active
        ),
        changes=tuple(
            ComingChange(change.change_code, change.title, change.effective_from, change.approved_at)
            for change in programme.upcoming_changes(tx, now)
            if change.approved_at is not None
        ),
        alarms=tuple(probe_store.alarms(tx, now - LONG, MOST_ALARMS)),
        probes=tuple(probe_store.history(tx, now - LONG)),
        events=tuple(status_store.events(tx, now, limit=PAGE)),
    )


def public_history(
    tx: Tx, now: datetime, *, before: int | None = None, limit: int = PAGE
) -> tuple[list[PublicHold], int | None]:
    """One page of holds that are over, newest first, and the id to go on behind, if there are more."""
    found = status_store.holds(tx, "over", now, before=before, limit=limit + 1)
    return found[:limit], found[limit - 1].hold_id if len(found) > limit else None


def count_reach(tx: Tx, *, now: datetime) -> int:
    """Count whom every public hold in force concerns, if that was not done within five minutes; how many holds."""
    return status_store.count_reach(tx, now, now - COUNT_STANDS)


def _on_sale(tx: Tx, now: datetime) -> tuple[int | None, int | None, dict[str, int]]:
    """Courses that can be bought now, those in the catalogue that cannot, and the former by platform."""
    query = Query(limit=1)
    try:
        offers = purchasable(tx, query, now=now)
        known = purchasable(tx, replace(query, include_refused=True), now=now)
    except (NoWaveYet, PolicyGap):
        return None, None, {}
    by_platform = {facet.value: facet.count for facet in offers.facets.get("platform", ())}
    return offers.total, max(known.total - offers.total, 0), by_platform
