"""The purchase room's SQL: locks, reads and writes over sets of orders."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from prakarsa.hold.model import Pause
from prakarsa.journal.store import to_json
from prakarsa.kernel.db import Tx, queries
from prakarsa.kernel.words import LANGUAGES, say
from prakarsa.purchase.messages import GIVEN_BACK
from prakarsa.purchase.model import Ask, Intent, Purchase, RefusedAttempt, Sale, Situation

sql = queries(__file__)


def situations(tx: Tx, asks: Sequence[Ask]) -> list[Situation]:
    """What each ask meets, in the order asked."""
    return tx.rows(
        Situation,
        sql["situations"],
        number_indexes=[ask.number_index for ask in asks],
        platform_ids=[ask.platform_id for ask in asks],
        platform_users=[ask.platform_user for ask in asks],
        schedule_codes=[ask.schedule_code for ask in asks],
    )


def pauses(tx: Tx, card_ids: Sequence[int], now: datetime) -> dict[int, list[Pause]]:
    """When each card's clocks of buying stood still. A cancelled purchase has no words: `GIVEN_BACK` says why."""
    found: dict[int, list[Pause]] = defaultdict(list)
    for card_id, starts_at, ends_at, cause, words, words_en in tx.tuples(
        sql["pauses"], card_ids=list(card_ids), now=now
    ):
        if words is None:
            words, words_en = (say(GIVEN_BACK, language) for language in LANGUAGES)
        found[card_id].append(Pause(starts_at, ends_at, cause, words, words_en))
    return found


def insert_intents(
    tx: Tx, rows: Sequence[tuple[int, bytes, bytes, int, str, int, int, datetime]], now: datetime
) -> None:
    """Wishes to buy: card, token digest, code digest, platform, platform user, schedule, amount, expiry."""
    names = (
        "card_ids",
        "token_digests",
        "otp_digests",
        "platform_ids",
        "platform_users",
        "schedule_ids",
        "amounts_idr",
        "expiries",
    )
    columns = dict(zip(names, (list(column) for column in zip(*rows, strict=True)), strict=True))
    tx.run(sql["insert_intents"], **columns, now=now)


def recent_intents(tx: Tx, card_ids: Sequence[int], since: datetime) -> dict[int, int]:
    """How many wishes each card has made since a moment."""
    return dict(tx.tuples(sql["recent_intents"], card_ids=list(card_ids), since=since))


def intents(tx: Tx, token_digests: Sequence[bytes]) -> dict[bytes, Intent]:
    """Wishes by the digest of their token."""
    found = tx.rows(Intent, sql["intents"], token_digests=list(token_digests))
    return {intent.token_digest: intent for intent in found}


def count_tries(tx: Tx, wrong: Sequence[Intent]) -> None:
    """One more wrong code for each of these."""
    tx.run(
        sql["count_tries"],
        card_ids=[intent.card_id for intent in wrong],
        intent_ids=[intent.intent_id for intent in wrong],
    )


def lock_schedules(tx: Tx, schedule_codes: Sequence[str]) -> None:
    """Lock seat counters in schedule order."""
    tx.values(sql["lock_schedules"], schedule_codes=list(schedule_codes))


def insert_sales(tx: Tx, sales: Sequence[Sale], now: datetime) -> None:
    """Decided purchases, and the tie between card and platform account."""
    columns = {
        "card_ids": [s.card_id for s in sales],
        "platform_ids": [s.platform_id for s in sales],
    }
    tx.run(
        sql["insert_purchases"],
        **columns,
        intent_ids=[s.intent_id for s in sales],
        institution_ids=[s.institution_id for s in sales],
        course_ids=[s.course_id for s in sales],
        schedule_ids=[s.schedule_id for s in sales],
        invoice_codes=[s.invoice_code for s in sales],
        invoice_urls=[s.invoice_url for s in sales],
        transaction_codes=[s.transaction_code for s in sales],
        redeem_codes=[s.redeem_code for s in sales],
        amounts_idr=[s.amount_idr for s in sales],
        now=now,
    )
    tx.run(sql["tie_accounts"], **columns, platform_users=[s.platform_user for s in sales])


def insert_refused(
    tx: Tx,
    rows: Sequence[tuple[int, int, int | None, str, dict[str, object], str | None]],
    now: datetime,
) -> None:
    """Attempts that were told no: card, platform, course, refusal code, facts, hold code."""
    tx.run(
        sql["insert_refused"],
        card_ids=[row[0] for row in rows],
        platform_ids=[row[1] for row in rows],
        course_ids=[row[2] for row in rows],
        codes=[row[3] for row in rows],
        facts=[to_json(row[4]) for row in rows],
        hold_codes=[row[5] for row in rows],
        now=now,
    )


def by_invoice(tx: Tx, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Purchase]:
    """Purchases by (platform, invoice code)."""
    found = tx.rows(
        Purchase,
        sql["purchases_by_invoice"],
        platform_ids=[platform_id for platform_id, _ in keys],
        invoice_codes=[invoice_code for _, invoice_code in keys],
    )
    return {(p.platform_id, p.invoice_code): p for p in found}


def by_intent(tx: Tx, wishes: Sequence[Intent]) -> dict[tuple[int, int], Purchase]:
    """Purchases that grew out of these wishes, by (card, intent)."""
    found = tx.rows(
        Purchase,
        sql["purchases_by_intent"],
        card_ids=[intent.card_id for intent in wishes],
        intent_ids=[intent.intent_id for intent in wishes],
    )
    return {(p.card_id, p.intent_id): p for p in found}


def by_transaction(tx: Tx, codes: Sequence[str]) -> dict[str, Purchase]:
    """Purchases by transaction code."""
    found = tx.rows(Purchase, sql["purchases_by_transaction"], transaction_codes=list(codes))
    return {p.transaction_code: p for p in found}


def by_ids(tx: Tx, purchase_ids: Sequence[int]) -> list[Purchase]:
    """Purchases by id, in card order."""
    return tx.rows(Purchase, sql["purchases_by_id"], purchase_ids=list(purchase_ids))


def by_redeem_code(tx: Tx, redeem_code: str) -> Purchase | None:
    """The purchase a redeem code belongs to."""
    return tx.row(Purchase, sql["purchase_by_redeem_code"], redeem_code=redeem_code)


def of_person(tx: Tx, person_id: int) -> list[Purchase]:
    """A person's purchases, newest first."""
    return tx.rows(Purchase, sql["purchases_of_person"], person_id=person_id)


def mark_voided(tx: Tx, purchase_ids: Sequence[int], now: datetime) -> None:
    """Cancelled."""
    tx.run(sql["mark_voided"], purchase_ids=list(purchase_ids), now=now)


def mark_redeemed(tx: Tx, purchase_id: int, now: datetime) -> bool:
    """Taken part for the first time; False when the purchase was cancelled."""
    return tx.run(sql["mark_redeemed"], purchase_id=purchase_id, now=now) == 1


def mark_completed(tx: Tx, purchase_ids: Sequence[int], now: datetime) -> list[int]:
    """Completed; which of them were not before."""
    return tx.values(sql["mark_completed"], purchase_ids=list(purchase_ids), now=now)


def mark_rated(tx: Tx, purchase_id: int, now: datetime) -> bool:
    """Rated; False when it was rated before or is not completed."""
    return tx.run(sql["mark_rated"], purchase_id=purchase_id, now=now) == 1


def refused_attempts(tx: Tx, person_id: int, limit: int) -> list[RefusedAttempt]:
    """A person's refused attempts, newest first."""
    return tx.rows(RefusedAttempt, sql["refused_attempts"], person_id=person_id, limit=limit)


def quota(tx: Tx, schedule_code: str) -> tuple[str, int] | None:
    """The course code and the seats left of a schedule."""
    rows = tx.tuples(sql["quota"], schedule_code=schedule_code)
    return rows[0] if rows else None


def overdue_candidates(tx: Tx, told_before: datetime, after: int, limit: int) -> list[tuple[int, datetime, int]]:
    """Active cards of people told before a moment that have bought nothing: card, moment told, wave number."""
    return tx.tuples(sql["overdue_candidates"], told_before=told_before, after=after, limit=limit)


def revoked_cards(tx: Tx, after: int, limit: int) -> list[tuple[int, datetime, int, datetime]]:
    """Cards that were taken back, in card order: card, moment told, wave number, moment taken back."""
    return tx.tuples(sql["revoked_cards"], after=after, limit=limit)


def courses_of_card(tx: Tx, card_id: int) -> tuple[bool, bool, bool, datetime | None]:
    """Whether a card is a probe's, has a live purchase, has one that is not completed; when the last was completed."""
    rows = tx.tuples(sql["courses_of_card"], card_id=card_id)
    is_probe, has_purchase, has_open_course, last_completed_at = rows[0]
    return is_probe, has_purchase, has_open_course, last_completed_at


def cards_that_bought(tx: Tx, card_ids: Sequence[int]) -> set[int]:
    """Which of these cards have bought anything that was not cancelled."""
    return set(tx.values(sql["cards_that_bought"], card_ids=list(card_ids)))
