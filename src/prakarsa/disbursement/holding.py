"""What a hold on payments does: they wait, and until when an account can be linked moves."""

from datetime import datetime

from prakarsa.card import actions as cards
from prakarsa.disbursement import rules, store
from prakarsa.hold import actions as hold
from prakarsa.hold.model import PAUSED_BY, Capability, Clock, Deadline, Reach
from prakarsa.hold.rules import as_refusal
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.programme import actions as programme
from prakarsa.purchase import actions as purchases


def why_held(tx: Tx, person_id: int, *, now: datetime) -> Refusal | None:
    """The hold that keeps a person's promised payments from being sent, if there is one. They leave when it ends."""
    found = hold.standing(tx, Capability.PAYOUT, _reach(tx, person_id), now)
    return as_refusal(found) if found else None


def linking_deadline(tx: Tx, person_id: int, *, now: datetime) -> Deadline | None:
    """Until when a person can link an account, moved by the holds that kept payments from them; None: at any time.

    The last second of the day `payout_link_by` in the budget year of the card's wave. Source: programme-rules 9 [R15].
    """
    card = cards.card_of_person(tx, person_id)
    if card is None:
        return None
    wave = programme.wave(tx, card.wave_number)
    terms = programme.terms_of(tx, wave, now)
    if terms.payout_link_by is None:
        return None
    pauses = []
    if terms.deadline_pause_on_hold:
        pauses = hold.pauses_for(tx, PAUSED_BY[Clock.LINKING], _reach(tx, person_id), card.notified_at, now)
    return rules.linking_deadline(wave.budget_year, terms.payout_link_by, pauses, card.notified_at, now)


def _reach(tx: Tx, person_id: int) -> Reach:
    """What a person's incentives touch: the person, the card, and all that the purchase touches that earns them."""
    standing = store.standing(tx, person_id)
    earned_by = standing.purchase_id if standing else None
    purchase = purchases.purchase(tx, earned_by) if earned_by is not None else None
    if purchase is not None:
        return purchase.reach
    card = cards.card_of_person(tx, person_id)
    return Reach(person_id=person_id, card_id=card.card_id if card else None)
