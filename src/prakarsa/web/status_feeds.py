"""The public status for programs: one JSON document of our own, and an Atom feed (RFC 4287) of what was announced.

Atom suits announcements, which are a list of posts; the present state is no list of posts, so it has a document of its
own instead of being bent into one. Both are described in docs/status.md.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from prakarsa.hold.model import REASON_WORDS, Reason
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import LANGUAGES, say
from prakarsa.notice.probe_model import LONG, SHORT, Alarm, PlatformHistory
from prakarsa.notice.rules import xml_text
from prakarsa.notice.status_model import PublicEvent, PublicHold, StatusReport
from prakarsa.web import status_words as words

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/json"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TITLE = msg("Status of the programme")
SUBTITLE = msg("What is on hold, what still works, and when the next word comes")
OFFICE = msg("Programme office")
HELD_WORDS = msg("{words} Legal basis: {legal_basis}. From {starts_at}. The next word comes by {next_word_at}.")
CHANGE_TITLE = msg("New rules from {effective_on}: {title}")
CHANGE_WORDS = msg("The change {change_code} was approved at {approved_at} and counts from {effective_on}.")
ALARM_TITLE = msg("What is said to be on sale on {name} cannot be bought")
ALARM_WORDS = msg("Our probes were turned away three times in a row. We are looking into it.")
ALARM_OVER = msg("Our probes could buy again, or nothing is said to be on sale any more, since {over_at}.")


def status_json(report: StatusReport, base_url: str) -> dict[str, Any]:
    """The present state; words in every language, moments in UTC, shares in whole percent."""
    shares = {history.client_code: history for history in report.probes}
    return {
        "as_of": _iso(report.at),
        "updated_at": _iso_or_none(report.changed_at),
        "next_word_at": _iso_or_none(report.next_word_at),
        "page": f"{base_url}/status",
        "buying": {
            "held_by": report.everywhere.hold_code if report.everywhere else None,
            "courses_on_sale": report.on_sale,
            "courses_not_on_sale": report.off_sale,
            "platforms": [
                {
                    "code": platform.client_code,
                    "name": platform.name,
                    "courses_on_sale": platform.on_sale,
                    "could_buy_percent": _shares(shares.get(platform.client_code), report.at),
                }
                for platform in report.platforms
            ],
        },
        "holds_in_force": report.holds_in_force,
        "holds_on_people": report.private_holds,
        "holds": [_hold(hold, base_url) for hold in report.in_force],
        "announced": [_hold(hold, base_url) for hold in report.announced],
        "changes": [
            {"code": change.change_code, "title": change.title, "effective_from": change.effective_from.isoformat()}
            for change in report.changes
        ],
        "alarms": [_alarm(alarm) for alarm in report.alarms],
        "history": [_event(event) for event in report.events],
        "probes": [_probes(history) for history in report.probes],
    }


def status_atom(report: StatusReport, base_url: str, language: str) -> bytes:
    """What was announced, newest first, in one language."""
    e = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
    page, own = f"{base_url}/status", f"{base_url}/status.atom"
    entries = [_event_entry(e, event, page, language) for event in report.events]
    entries += [_change_entry(e, change, page, language) for change in report.changes]
    entries += [_alarm_entry(e, alarm, page, language) for alarm in report.alarms]
    entries.sort(key=lambda entry: str(entry.findtext(f"{{{ATOM}}}updated")), reverse=True)
    feed = e.feed(
        e.id(own if language == LANGUAGES[0] else f"{own}?lang={language}"),
        e.title(say(TITLE, language)),
        e.subtitle(say(SUBTITLE, language)),
        e.updated(_iso(report.changed_at or EPOCH)),
        e.author(e.name(say(OFFICE, language))),
        e.link(rel="self", type="application/atom+xml", href=f"{own}?lang={language}"),
        e.link(rel="alternate", type="text/html", href=page),
        e.link(rel="related", type=JSON_TYPE, href=f"{base_url}/status.json"),
        *entries,
    )
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


def _entry(e: Any, name: str, title: str, at: datetime, text: str, page: str, category: str) -> Any:
    return e.entry(
        e.id(f"{page}#{name}"),
        e.title(xml_text(title)),
        e.published(_iso(at)),
        e.updated(_iso(at)),
        e.link(rel="alternate", type="text/html", href=f"{page}#{name.partition('.')[0]}"),
        e.category(term=category),
        e.content(xml_text(text), type="text"),
    )


def _event_entry(e: Any, event: PublicEvent, page: str, language: str) -> Any:
    text = event.told_in(language)
    if event.kind != "over":
        text = say(
            HELD_WORDS,
            language,
            words=text,
            legal_basis=event.legal_basis,
            starts_at=event.starts_at,
            next_word_at=event.next_word_at,
        )
    name = f"{event.hold_code}.{event.kind}"
    return _entry(e, name, words.event_title(event, language), event.at, text, page, event.scope)


def _change_entry(e: Any, change: Any, page: str, language: str) -> Any:
    facts = {
        "title": change.title,
        "change_code": change.change_code,
        "approved_at": change.approved_at,
        "effective_on": change.effective_from,
    }
    title, text = say(CHANGE_TITLE, language, **facts), say(CHANGE_WORDS, language, **facts)
    return _entry(e, f"{change.change_code}.approved", title, change.approved_at, text, page, "policy")


def _alarm_entry(e: Any, alarm: Alarm, page: str, language: str) -> Any:
    text = say(ALARM_WORDS, language)
    if alarm.over_at is not None:
        text = f"{text} {say(ALARM_OVER, language, over_at=alarm.over_at)}"
    entry = _entry(
        e,
        f"alarm-{alarm.alarm_id}",
        say(ALARM_TITLE, language, name=alarm.name),
        alarm.raised_at,
        text,
        page,
        "probe",
    )
    entry.find(f"{{{ATOM}}}updated").text = _iso(alarm.over_at or alarm.raised_at)
    return entry


def _hold(hold: PublicHold, base_url: str) -> dict[str, Any]:
    reason = REASON_WORDS[Reason(hold.reason_code)] if hold.reason_code in set(Reason) else hold.reason_code
    return {
        "code": hold.hold_code,
        "scope": hold.scope,
        "capability": hold.capability,
        "target": hold.target_code,
        "name": hold.target_name,
        "reason": {"code": hold.reason_code, **_in_languages(lambda language: say(reason, language))},
        "legal_basis": hold.legal_basis,
        "basis_version": hold.basis_version,
        "headline": _in_languages(lambda language: words.headline(hold, language)),
        "words": _in_languages(hold.told_in),
        "affected": _in_languages(lambda language: words.affected(hold, language)),
        "still_works": _in_languages(lambda language: words.still_works(hold, language)),
        "deadline": _in_languages(lambda language: words.deadline(hold, language)),
        "placed_at": _iso(hold.placed_at),
        "starts_at": _iso(hold.starts_at),
        "ends_at": _iso_or_none(hold.ends_at),
        "review_at": _iso_or_none(hold.review_at),
        "next_word_at": _iso(hold.next_word_at),
        "last_review": {"at": _iso(hold.reviewed_at), "words": hold.review_words} if hold.reviewed_at else None,
        "reach": {
            "people": hold.people,
            "courses": hold.courses,
            "platforms": hold.platforms,
            "counted_at": _iso(hold.counted_at),
        }
        if hold.counted_at
        else None,
        "link": f"{base_url}/status#{hold.hold_code}",
    }


def _event(event: PublicEvent) -> dict[str, Any]:
    return {
        "hold": event.hold_code,
        "what": event.kind.partition("-")[0],
        "at": _iso(event.at),
        "headline": _in_languages(lambda language: words.headline(event, language)),
        "words": _in_languages(event.told_in),
    }


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {
        "platform": alarm.client_code,
        "raised_at": _iso(alarm.raised_at),
        "over_at": _iso_or_none(alarm.over_at),
        "course": alarm.course_code,
        "refusal": alarm.refusal_code,
        "trouble": alarm.problem,
        "headline": _in_languages(lambda language: say(ALARM_TITLE, language, name=alarm.name)),
    }


def _probes(history: PlatformHistory) -> dict[str, Any]:
    return {
        "platform": history.client_code,
        "hours": [
            {
                "hour_at": _iso(hour.hour_at),
                "minutes_said": hour.minutes_said,
                "minutes_could": hour.minutes_could,
                "walks": hour.walks,
                "mismatches": hour.mismatches,
                "slowest_ms": hour.slowest_ms,
            }
            for hour in history.hours
        ],
    }


def _shares(history: PlatformHistory | None, now: datetime) -> dict[str, int | None]:
    lengths: dict[str, timedelta] = {"last_24_hours": SHORT, "last_7_days": LONG}
    return {name: history.share_percent(now - length) if history else None for name, length in lengths.items()}


def _in_languages(told: Callable[[str], str]) -> dict[str, str]:
    return {language: told(language) for language in LANGUAGES}


def _iso(at: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _iso_or_none(at: datetime | None) -> str | None:
    return None if at is None else _iso(at)
