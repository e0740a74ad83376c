"""What must always be true of purchases (design, Invariants)."""

from prakarsa.journal.audit import recorded
from prakarsa.kernel.audit import Invariant, Problem, stated
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import msg
from prakarsa.programme import actions as programme
from prakarsa.purchase import clocks
from prakarsa.purchase.store import sql

BALANCE = msg("its balance is {balance_idr}, due is {due_idr}")
POSTED = msg("moved {posted_idr}, due is {due_idr}")


def _revoked_in_hold(tx: Tx) -> list[Problem]:
    """Where policy lets clocks stand still during a hold, no card may have been taken back in one."""
    return [
        Problem(f"card/{card_id}", {"hold_code": hold_code, "revoked_at": revoked_at})
        for card_id, wave_number, revoked_at, hold_code in tx.tuples(sql["audit_revoked_in_hold"])
        if programme.terms(tx, wave_number, revoked_at).deadline_pause_on_hold
    ]


def _revoked_too_early(tx: Tx) -> list[Problem]:
    return [
        Problem(f"card/{card_id}", {"revoked_at": revoked_at, "deadline_at": deadline_at})
        for card_id, revoked_at, deadline_at in clocks.revoked_too_early(tx)
    ]


INVARIANTS = (
    stated(
        msg("Seats sold are the live purchases of a class and never more than its seats"),
        msg("{seats_sold} sold, {live} live purchases, {seats} seats"),
        sql["audit_seats"],
    ),
    stated(
        msg("Every purchase took its price from its card once"),
        POSTED,
        sql["audit_charges"],
    ),
    stated(
        msg("Every cancelled purchase gave back exactly what it took, once"),
        POSTED,
        sql["audit_voids"],
    ),
    stated(
        msg("Every completed purchase was shared out between institution and platform, and no other was"),
        POSTED,
        sql["audit_earnings"],
    ),
    stated(
        msg("The balance of a card is its credit less its live purchases and what went back to the state"),
        BALANCE,
        sql["audit_cards"],
    ),
    stated(
        msg("The escrow of an institution is its live purchases that are not completed"),
        BALANCE,
        sql["audit_escrow"],
    ),
    stated(
        msg("The account of a partner is its shares of completed purchases"),
        BALANCE,
        sql["audit_partners"],
    ),
    stated(
        msg("No card has two live purchases of one course"),
        msg("{purchases} purchases of {course_code}"),
        sql["audit_twice"],
    ),
    stated(
        msg("A finished mass cancellation left no purchase, and counts exactly what it cancelled"),
        msg("{left} left, {counted} counted ({counted_idr}), {cancelled} cancelled ({cancelled_idr})"),
        sql["audit_cancellations"],
    ),
    stated(
        msg("What a mass cancellation took back was bought before it was confirmed, at its target, and not completed"),
        msg("cancelled by {cancellation_code}"),
        sql["audit_cancelled"],
    ),
    Invariant(
        msg("No card was taken back while a hold kept its owner from buying"),
        msg("taken back at {revoked_at}, during hold {hold_code}"),
        _revoked_in_hold,
    ),
    Invariant(
        msg("No card was taken back before its deadline, with every pause counted"),
        msg("taken back at {revoked_at}, its deadline was {deadline_at}"),
        _revoked_too_early,
    ),
    recorded(
        msg("Every purchase, cancellation, completion, code and refusal is in the journal"),
        sql["audit_states"],
        "purchase.made",
        "purchase.voided",
        "purchase.cancelled",
        "purchase.cancellation_planned",
        "purchase.cancellation_confirmed",
        "purchase.cancellation_withdrawn",
        "purchase.cancellation_finished",
        "purchase.completed",
        "purchase.code_sent",
        "purchase.refused",
    ),
)
