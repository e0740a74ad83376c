"""Worlds to buy in: a good one in which a few things were bent.

State and moment of the card, money, seats, courses, sellers, earlier purchases, holds, rules. Each world is built with
a few statements inside a savepoint and rolled back, so hundreds take seconds.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg
from hypothesis import strategies as st

from prakarsa.catalogue.model import CourseMode, Schedule
from prakarsa.kernel.db import Tx
from prakarsa.partner.model import Partner
from tests import worlds
from tests.worlds import HeldCard

DAY = timedelta(days=1)
WAVES = {
    4: ("prakerja-2020", datetime(2020, 8, 16, 5, tzinfo=UTC)),
    12: ("prakerja-2020", datetime(2021, 3, 1, 5, tzinfo=UTC)),
    48: ("prakerja-2023", datetime(2023, 3, 1, 5, tzinfo=UTC)),
}


@dataclass(frozen=True)
class Stage:
    """What every world is bent from: one card per wave, a platform with a rival, a class and three courses more."""

    tx: Tx
    cards: dict[int, HeldCard]
    platform: Partner
    rival: Partner
    schedule: Schedule
    earlier: list[Schedule]


@dataclass(frozen=True)
class World:
    """One world as drawn: whose card, how long after being told, and everything that is bent."""

    wave: int
    days: float
    bends: Sequence["Bend"]

    @property
    def told_at(self) -> datetime:
        return WAVES[self.wave][1]

    @property
    def now(self) -> datetime:
        return self.told_at + self.days * DAY


Bend = Callable[[Stage, World], None]


@contextmanager
def undone(tx: Tx) -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with tx.connection.transaction(force_rollback=True):
        yield


def run(stage: Stage, query: LiteralString, **params: Any) -> None:
    stage.tx.run(query, **params)


# -- what can be bent ------------------------------------------------------------------------------------------------


def changed(query: LiteralString, **values: object) -> Bend:
    """One statement that knows the codes and moments of its world."""

    def bend(stage: Stage, world: World) -> None:
        run(
            stage,
            query,
            card=stage.cards[world.wave].card_id,
            course=stage.schedule.course_code,
            schedule=stage.schedule.schedule_code,
            platform=stage.platform.partner_id,
            rival=stage.rival.partner_id,
            now=world.now,
            **values,
        )

    return bend


REVOKED = changed("UPDATE card.card SET state = 'revoked', revoked_at = %(now)s WHERE card_id = %(card)s")
PROBE = changed("UPDATE card.card SET is_probe = true WHERE card_id = %(card)s")
SOLD_ELSEWHERE = changed(
    "INSERT INTO catalogue.listing (course_id, platform_id, listed_at) "
    "SELECT course_id, %(rival)s, %(now)s FROM catalogue.course WHERE course_code = %(course)s"
)
NOT_SOLD_HERE = changed("UPDATE catalogue.listing SET ended_at = listed_at WHERE platform_id = %(platform)s")


def balance(amount_idr: int) -> Bend:
    return changed(
        "UPDATE ledger.account SET balance_idr = %(idr)s FROM card.card"
        " WHERE card.account_id = account.account_id AND card_id = %(card)s",
        idr=amount_idr,
    )


def on_course(column: LiteralString, value: object) -> Bend:
    return changed(f"UPDATE catalogue.course SET {column} = %(v)s WHERE course_code = %(course)s", v=value)


def seats_sold(seats: int) -> Bend:
    return changed("UPDATE catalogue.schedule SET seats_sold = %(v)s WHERE schedule_code = %(schedule)s", v=seats)


def enrolment_closes(after: timedelta) -> Bend:
    return changed(
        "UPDATE catalogue.schedule SET enrolment_closes_at = %(now)s + %(v)s WHERE schedule_code = %(schedule)s",
        v=after,
    )


def begun(ago: timedelta) -> Bend:
    return changed(
        "UPDATE catalogue.schedule SET starts_at = %(now)s - %(v)s, enrolment_closes_at = %(now)s - %(v)s"
        " WHERE schedule_code = %(schedule)s",
        v=ago,
    )


def ended(code: str) -> Bend:
    return changed("UPDATE partner.partner SET status = 'ended' WHERE client_code = %(v)s", v=code)


def affiliated(platform: str) -> Bend:
    return changed(
        "INSERT INTO partner.affiliation (platform_id, institution_id) "
        "SELECT p.partner_id, i.partner_id FROM partner.partner p, partner.partner i "
        "WHERE p.client_code = %(v)s AND i.client_code = 'balai-satu'",
        v=platform,
    )


@dataclass(frozen=True)
class Earlier:
    """A purchase made before: which course, how many days after being told, and how far it has come."""

    place: int
    day: float
    state: str
    state_after: float


def bought(purchases: Sequence[Earlier]) -> Bend:
    def bend(stage: Stage, world: World) -> None:
        for each in purchases:
            at = world.told_at + each.day * DAY
            then = at + each.state_after * DAY
            run(
                stage,
                """
INSERT INTO purchase.purchase (card_id, intent_id, platform_id, institution_id, course_id, schedule_id, invoice_code,
                               invoice_url, transaction_code, redeem_code, amount_idr, purchased_at, voided_at,
                               completed_at, rated_at)
SELECT %(card)s, %(intent)s, %(platform)s, institution_id, course_id, schedule_id, %(code)s, 'u', %(code)s, %(code)s,
       price_idr, %(at)s, %(voided)s, %(completed)s, %(rated)s
  FROM catalogue.schedule JOIN catalogue.course USING (course_id) WHERE schedule_code = %(schedule)s""",
                card=stage.cards[world.wave].card_id,
                intent=10**6 + each.place,
                platform=stage.platform.partner_id,
                code=secrets.token_hex(8),
                at=at,
                voided=then if each.state == "voided" else None,
                completed=then if each.state in {"completed", "rated"} else None,
                rated=then if each.state == "rated" else None,
                schedule=[stage.schedule, *stage.earlier][each.place].schedule_code,
            )

    return bend


@dataclass(frozen=True)
class Held:
    """A hold: how far it reaches, whether on this world's target, when it stood, whether it turned the card away."""

    scope: str
    capability: str
    ours: bool
    starts: float
    length: float
    lifted_after: float | None
    turned_away: bool


def held(holds: Sequence[Held]) -> Bend:
    def bend(stage: Stage, world: World) -> None:
        card = stage.cards[world.wave]
        targets = {
            "programme": None,
            "platform": stage.platform.client_code,
            "institution": "balai-satu",
            "course": stage.schedule.course_code,
            "schedule": stage.schedule.schedule_code,
            "card": str(card.card_id),
            "person": str(card.person_id),
        }
        for each in holds:
            starts_at = world.now + each.starts * DAY
            target = targets[each.scope]
            if target is not None and not each.ours:
                target = "999999999"
            lifted_at = starts_at + each.lifted_after * DAY if each.lifted_after is not None else None
            hold_id = stage.tx.value(
                """
INSERT INTO hold.hold (hold_code, scope, capability, target_code, target_name, reason_code, legal_basis, public_words,
                       notice_to, notice_at, placed_by, placed_at, starts_at, ends_at, lifted_at, lifted_by,
                       lift_reason)
VALUES (%(code)s, %(scope)s, %(capability)s, %(target)s, 'x', 'technical', 'art. 1', 'kata', 'all', %(at)s, 's', %(at)s,
        %(at)s, %(ends)s, %(lifted)s, %(by)s, %(by)s)
RETURNING hold_id""",
                code=f"HLD-{secrets.token_hex(4)}",
                scope=each.scope,
                capability=each.capability,
                target=target,
                at=starts_at,
                ends=starts_at + each.length * DAY,
                lifted=lifted_at,
                by="s" if lifted_at else None,
            )
            if each.turned_away and starts_at < world.now:
                run(
                    stage,
                    "INSERT INTO purchase.refused_attempt (card_id, at, platform_id, refusal_code, facts, hold_id) "
                    "VALUES (%(card)s, %(at)s, %(platform)s, 'hold.offer_held', '{}', %(hold)s)",
                    card=card.card_id,
                    at=starts_at + (world.now - starts_at) / 4,
                    platform=stage.platform.partner_id,
                    hold=hold_id,
                )

    return bend


def rule_changed(name: str, value: LiteralString, days: int) -> Bend:
    """An approved change of one parameter, from a day before or after the moment."""

    def bend(stage: Stage, world: World) -> None:
        approved_at = world.now - 30 * DAY
        run(
            stage,
            """
WITH change AS (
    INSERT INTO programme.change (change_code, scheme, title, file_text, author, proposed_at, approver, approved_at)
    VALUES (%(code)s, %(scheme)s, 'x', 'x', 'a', %(at)s, 'b', %(at)s)
    RETURNING change_id, scheme
)
INSERT INTO programme.amendment (change_id, scheme, name, value, effective_from, legal_basis, instrument, article,
                                 instrument_version, source)
SELECT change_id, scheme, %(name)s, %(value)s::jsonb, %(from)s, 'x', 'x', 'x', 'x', 'x' FROM change""",
            code=f"CHG-{secrets.token_hex(4)}",
            scheme=WAVES[world.wave][0],
            at=approved_at,
            name=name,
            value=value,
            **{"from": (world.now + days * DAY).date()},
        )

    return bend


CONDITIONS: dict[LiteralString, object] = {
    "has_live_session": False,
    "free_elsewhere": True,
    "outside_price_idr": 1_000,
    "is_bundle": True,
    "tracks_completion": False,
    "expert_assessed": False,
    "has_curriculum": False,
    "has_evaluation": False,
    "has_presence_log": False,
}
CHANGES: dict[str, tuple[LiteralString, ...]] = {
    "course_requires_interactive": ("true", "false"),
    "course_bundles_allowed": ("true", "false"),
    "course_block_affiliated": ("true", "false"),
    "course_allow_affiliated_free": ("true", "false"),
    "course_delivery_modes": ('["self_paced"]', '["webinar"]'),
    "first_purchase_deadline_days": ("3", "60"),
    "next_purchase_deadline_days": ("2", "40"),
    "balance_last_purchase": ('"03-01"', '"08-20"', '"12-01"'),
    "deadline_pause_on_hold": ("false",),
    "purchase_sequential": ("true", "false"),
}

soon = st.floats(0, 14, allow_nan=False).map(lambda d: round(d, 3))
days = st.floats(0, 60, allow_nan=False).map(lambda d: round(d, 3))
earlier = st.lists(
    st.builds(
        Earlier,
        place=st.integers(0, 3),
        day=days,
        state=st.sampled_from(["open", "completed", "rated", "rated", "voided"]),
        state_after=days,
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda each: each.place,
)
holds = st.lists(
    st.builds(
        Held,
        scope=st.sampled_from(["programme", "platform", "institution", "course", "schedule", "card", "person"]),
        capability=st.sampled_from(["selling", "selling", "selling", "redeeming", "payout"]),
        ours=st.sampled_from([True, True, False]),
        starts=st.floats(-50, 2, allow_nan=False).map(lambda d: round(d, 3)),
        length=st.floats(0.5, 40, allow_nan=False).map(lambda d: round(d, 3)),
        lifted_after=st.none() | st.floats(0.1, 40, allow_nan=False).map(lambda d: round(d, 3)),
        turned_away=st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
bends = st.one_of(
    st.sampled_from([REVOKED, PROBE, SOLD_ELSEWHERE, NOT_SOLD_HERE]),
    st.sampled_from([0, worlds.PRICE_IDR - 1, worlds.PRICE_IDR]).map(balance),
    st.sampled_from(["draft", "withdrawn"]).map(lambda state: on_course("state", state)),
    st.sampled_from(list(CourseMode)).map(lambda mode: on_course("mode", mode.value)),
    st.sampled_from(list(CONDITIONS.items())).map(lambda fact: on_course(*fact)),
    st.just(on_course("price_idr", 0)),
    st.sampled_from([60, 5]).map(lambda age: on_course("min_age_years", age)),
    st.sampled_from(["sd", "sarjana"]).map(lambda level: on_course("min_education", level)),
    st.sampled_from([0, 2]).map(seats_sold),
    st.sampled_from([-DAY, DAY]).map(enrolment_closes),
    st.sampled_from([timedelta(seconds=1), timedelta()]).map(begun),
    st.sampled_from(["balai-satu", worlds.PLATFORM, "pasar-lain"]).map(ended),
    st.sampled_from([worlds.PLATFORM, "pasar-lain"]).map(affiliated),
    earlier.map(bought),
    earlier.map(bought),
    holds.map(held),
    holds.map(held),
    st.sampled_from([(name, value) for name, values in CHANGES.items() for value in values]).flatmap(
        lambda change: st.sampled_from([-10, 0, 1]).map(lambda d: rule_changed(*change, d))
    ),
)
a_world = st.builds(
    World,
    wave=st.sampled_from(list(WAVES)),
    days=st.one_of(soon, soon, soon, soon, days, st.integers(0, 400)),
    bends=st.lists(bends, max_size=4),
)


def build(stage: Stage, world: World) -> None:
    """The good world at that moment: the class begins in five days; then everything that is bent."""
    run(
        stage,
        "UPDATE catalogue.schedule SET starts_at = %(now)s + interval '5 days', ends_at = %(now)s + interval '9 days',"
        " enrolment_closes_at = %(now)s + interval '4 days'",
        now=world.now,
    )
    for bend in world.bends:
        try:
            with stage.tx.savepoint():
                bend(stage, world)
        except psycopg.IntegrityError:  # two bends that cannot both be true of one world: the first stands
            continue
