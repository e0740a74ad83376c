"""Verbs of selection for people: apply, screen, tell, look up. The verbs of the draw are in `draw_office`."""

from collections.abc import Sequence
from datetime import datetime

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event, Message, Template
from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.words import refusal_words
from prakarsa.people import actions as people
from prakarsa.people.model import Contact
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Terms, Wave
from prakarsa.selection import messages, rules, store
from prakarsa.selection.draw_office import (
    commit_list,
    decree,
    decree_of,
    draw_of,
    enter_seed,
    publish,
    run_draw,
    winners,
)
from prakarsa.selection.model import (
    Applicant,
    Application,
    CivilRegistry,
    Draw,
    MyApplication,
    NewApplication,
    RegistryRecord,
    Screened,
    Standing,
    State,
)
from prakarsa.selection.refusals import NotDrawnYet, NotRegistered, RegistryUnavailable, WaveClosed

__all__ = [
    "announce",
    "apply",
    "commit_list",
    "counts",
    "decree",
    "decree_of",
    "draw_of",
    "enter_seed",
    "my_applications",
    "publish",
    "run_draw",
    "screen",
    "winners",
]


def apply(tx: Tx, applications: Sequence[NewApplication], *, now: datetime) -> list[Application | Refusal]:
    """Join waves: for each, in order, the application or the reason why not. One bad row fails no other.

    Applying again to the same wave gives the first application, also when the wave has closed meanwhile.
    Refusals: programme.wave_unknown, selection.wave_not_open_yet, selection.wave_closed, selection.not_registered,
    people.barred, selection.prior_grant, selection.still_in_wave. Source: programme-rules 2 and 4.
    """
    wave_numbers = dict.fromkeys(new.wave_number for new in applications)
    store.lock_applying(tx, alone=len(wave_numbers) > 1)
    answers: dict[NewApplication, Application | Refusal] = {}
    for wave_number in wave_numbers:
        person_ids = list(dict.fromkeys(new.person_id for new in applications if new.wave_number == wave_number))
        for person_id, answer in _apply_to_wave(tx, wave_number, person_ids, now).items():
            answers[NewApplication(person_id, wave_number)] = answer
    return [answers[new] for new in applications]


def screen(tx: Tx, wave_number: int, registry: CivilRegistry, *, now: datetime, chunk: int = 500) -> int:
    """Check the next applications of a wave against the registries and the rules; how many. Run until it returns 0.

    Each becomes eligible, or excluded with every reason. One question to the registry for the chunk; when it cannot
    answer, RegistryUnavailable is raised and the chunk stays as it was. Safe to run again and beside itself.
    Where a family card has a limit, its members get places in the order of applying.
    Source: programme-rules 3 and 4 (exclusions before the draw), 15 (each answer's data version is kept).
    """
    wave = programme.wave(tx, wave_number)
    applicants = store.claim_applicants(tx, wave.wave_id, chunk)
    if not applicants:
        return 0
    terms = programme.terms_of(tx, wave, wave.opens_at)
    records = _records(tx, applicants, registry)
    screened = _judge(tx, applicants, records, terms)
    store.mark_screened(tx, screened, now)
    journal.record(tx, [_screened_event(result, wave_number) for result in screened], now=now)
    return len(screened)


def announce(tx: Tx, wave_number: int, *, now: datetime, chunk: int = 2_000, channel: str = "sms") -> int:
    """Tell the next people who were not selected why; how many. Run until it returns 0.

    Each is told once, however often this runs. Those who are selected are told when their card is issued.
    `channel` is "sms" or "email". Raises NotDrawnYet. Source: programme-rules 4 (notification, reason shown).
    """
    wave = programme.wave(tx, wave_number)
    draw = store.draw(tx, wave_number)
    if draw is None or draw.drawn_at is None:
        raise NotDrawnYet(wave_number)
    losers = store.claim_losers(tx, wave.wave_id, chunk)
    if not losers:
        return 0
    contacts = people.contacts(tx, [loser.person_id for loser in losers])
    journal.tell(tx, [_bad_news(loser, draw, contacts[loser.person_id], channel) for loser in losers], now=now)
    store.mark_announced(tx, [loser.application_id for loser in losers], now)
    journal.record(tx, [Event("wave.announced", f"wave/{wave_number}", facts={"people": len(losers)})], now=now)
    return len(losers)


def my_applications(tx: Tx, person_id: int) -> list[MyApplication]:
    """A person's applications, newest wave first, each with every reason why it was not selected."""
    rows = store.of_person(tx, person_id)
    draws = store.draws(tx, [row.wave_number for row in rows if row.place is not None])
    return [_as_owner_sees(row, draws.get(row.wave_number)) for row in rows]


def counts(tx: Tx, wave_number: int) -> dict[State, int]:
    """How many applications of a wave stand where. Raises WaveUnknown."""
    return store.counts(tx, programme.wave(tx, wave_number).wave_id)


def _apply_to_wave(
    tx: Tx, wave_number: int, person_ids: Sequence[int], now: datetime
) -> dict[int, Application | Refusal]:
    try:
        wave = programme.wave(tx, wave_number)
        terms = programme.terms_of(tx, wave, wave.opens_at)
    except Refusal as refusal:
        return dict.fromkeys(person_ids, refusal)
    # whoever closes the list waits for us, so that nobody slips in behind a commitment
    store.lock_wave(tx, wave.wave_id, alone=False)
    closed = store.draw(tx, wave_number) is not None
    answers: dict[int, Application | Refusal] = {}
    waiting = list(person_ids)
    while waiting:
        standings = store.standings(tx, wave, waiting)
        free: list[Standing] = []
        for person_id in waiting:
            answer = _answer(wave, standings.get(person_id), person_id, terms, now, closed=closed)
            if isinstance(answer, Standing):
                free.append(answer)
            else:
                answers[person_id] = answer
        joining = [(standing, rules.tier_of(standing.situation)) for standing in free]
        added = store.insert_applications(tx, wave, joining, now) if joining else []
        answers |= {application.person_id: application for application in added}
        journal.record(tx, [_applied_event(application) for application in added], now=now)
        waiting = [standing.person_id for standing in free if standing.person_id not in answers]
    return answers


def _answer(
    wave: Wave, standing: Standing | None, person_id: int, terms: Terms, now: datetime, *, closed: bool
) -> Application | Refusal | Standing:
    """The earlier application, the reason why not, or the standing of somebody who is free to join."""
    if standing is None:
        return NotRegistered(person_id)
    if standing.application is not None:
        return standing.application
    if closed:
        return WaveClosed(wave.number, wave.closes_at)
    return rules.application_refusal(wave, standing, terms, now) or standing


def _records(tx: Tx, applicants: Sequence[Applicant], registry: CivilRegistry) -> dict[int, RegistryRecord]:
    """What the registries hold about each person. Raises RegistryUnavailable."""
    niks = people.niks(tx, [applicant.person_id for applicant in applicants])
    answers = registry.look_up(list(niks.values()))
    if missing := [nik for nik in niks.values() if nik not in answers]:
        raise RegistryUnavailable("registry", f"{len(missing)} of {len(niks)} questions have no answer")
    return {person_id: answers[nik] for person_id, nik in niks.items()}


def _judge(tx: Tx, applicants: Sequence[Applicant], records: dict[int, RegistryRecord], terms: Terms) -> list[Screened]:
    places: dict[bytes, set[int]] = {}
    if terms.eligibility_max_per_kk is not None:
        store.lock_households(tx)
        places = store.household_places(tx, [applicant.kk_index for applicant in applicants])
    screened: list[Screened] = []
    for applicant in applicants:
        record = records[applicant.person_id]
        holders = places.setdefault(applicant.kk_index, set())
        family = rules.Family(len(holders - {applicant.person_id}))
        result = Screened(applicant, tuple(rules.screening_reasons(applicant, record, terms, family)), record.version)
        if result.state is State.ELIGIBLE:
            holders.add(applicant.person_id)
        screened.append(result)
    return screened


def _as_owner_sees(row: store.OwnRow, draw: Draw | None) -> MyApplication:
    return MyApplication(
        application_id=row.application_id,
        public_id=row.public_id,
        wave_number=row.wave_number,
        applied_at=row.applied_at,
        state=row.state,
        reasons=_why_not(row, draw),
        place=row.place,
        entries=draw.entries if draw else None,
    )


def _why_not(row: store.Row, draw: Draw | None) -> tuple[Refusal, ...]:
    if row.state is State.NOT_SELECTED and draw is not None and row.place is not None:
        return (rules.not_drawn(draw, row.region, row.tier, row.place),)
    return row.reasons


def _bad_news(loser: store.Row, draw: Draw, contact: Contact, channel: str) -> Message:
    address = contact.email if channel == "email" else contact.phone
    params: dict[str, object] = {"name": contact.name, "wave_number": draw.wave_number}
    template: Template = messages.EXCLUDED
    if loser.state is State.NOT_SELECTED and loser.place is not None:
        template = messages.NOT_DRAWN
        params |= rules.not_drawn(draw, loser.region, loser.tier, loser.place).facts()
    else:
        params["reasons"] = "; ".join(refusal_words(reason, contact.language).title for reason in loser.reasons)
    return Message(loser.person_id, channel, template, address, contact.language, params)


def _applied_event(application: Application) -> Event:
    facts = {"wave_number": application.wave_number, "region": application.region, "tier": application.tier.value}
    return Event("application.received", f"application/{application.public_id}", application.person_id, facts)


def _screened_event(screened: Screened, wave_number: int) -> Event:
    facts = {
        "wave_number": wave_number,
        "state": screened.state.value,
        "reasons": [reason.code for reason in screened.reasons],
        "registry_version": screened.registry_version,
    }
    applicant = screened.applicant
    return Event("application.screened", f"application/{applicant.public_id}", applicant.person_id, facts)
