"""What a hold on taking part does: it refuses, and the windows of those it keeps out end later."""

from datetime import datetime, timedelta

from prakarsa.attendance import rules
from prakarsa.attendance.model import Bought, Ticket, Window
from prakarsa.hold import actions as hold
from prakarsa.hold.model import PAUSED_BY, Capability, Clock, Deadline
from prakarsa.hold.rules import as_refusal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme import actions as programme
from prakarsa.purchase import actions as purchases
from prakarsa.purchase.model import Purchase


def held(tx: Tx, purchase: Purchase, now: datetime) -> Refusal | None:
    """The hold that keeps this purchase's code from being used now, as its owner and the institution are told."""
    found = hold.standing(tx, Capability.REDEEMING, purchase.reach, now)
    return as_refusal(found) if found else None


def require_not_held(tx: Tx, bought: Bought, now: datetime) -> None:
    """Raises the refusal of the hold that keeps this person from taking part now, if there is one."""
    purchase = purchases.purchase(tx, bought.purchase_id)
    if purchase is not None and (refusal := held(tx, purchase, now)):
        raise refusal


def deadline_of(tx: Tx, ticket: Ticket, purchase: Purchase, sequence: int, now: datetime) -> Deadline | None:
    """When a step can be attended: from its start to its deadline, which holds have moved. None: at any time.

    Source: programme-rules 7.2, decision 0015.
    """
    terms = programme.terms(tx, purchase.wave_number, now)
    window = rules.window(
        ticket,
        sequence,
        before=timedelta(minutes=terms.redeem_window_before_minutes),
        after=timedelta(minutes=terms.redeem_window_after_minutes),
    )
    if window is None:
        return None
    pauses = []
    if terms.deadline_pause_on_hold:
        pauses = hold.pauses_for(tx, PAUSED_BY[Clock.REDEEM_WINDOW], purchase.reach, window.opens_at, now)
    return rules.moved(window, pauses, now)


def as_window(deadline: Deadline | None) -> Window | None:
    """The window as the rules of attending look at it."""
    return Window(deadline.starts_at, deadline.deadline_at) if deadline else None
