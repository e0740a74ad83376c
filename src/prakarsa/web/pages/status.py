"""The public status: what is on hold in plain words, what still works, when the next word comes, what probes met."""

import hashlib
import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from litestar import Controller, Response

from prakarsa.hold.model import REASON_WORDS
from prakarsa.kernel.db import Database
from prakarsa.kernel.words import LANGUAGES
from prakarsa.notice import actions as notices
from prakarsa.notice.probe_model import LONG, SHORT
from prakarsa.notice.status_model import StatusReport
from prakarsa.web import status_words
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.visit import Here, Visit
from prakarsa.web.status_feeds import ATOM_TYPE, JSON_TYPE, status_atom, status_json

FRESH_SECONDS = 15
"""How long caches on the way may keep a feed."""
SHORT_BARS, LONG_BARS = 24, 28


@dataclass(frozen=True, slots=True)
class _Seen:
    second: int
    report: StatusReport


_seen: WeakKeyDictionary[Database, _Seen] = WeakKeyDictionary()
_turn = threading.Lock()


class Status(Controller):
    """Is everything working?"""

    path = "/"

    @show("/status")
    def status(self, visit: Here) -> Response[str]:
        """Holds in force, what can be bought, changes to come, what probes met, and every hold there was."""
        report = report_of(visit)
        with visit.transaction() as tx:
            over, before = notices.public_history(tx, visit.now, before=number_in(visit.query("before")) or None)
        return visit.page(
            "status.html",
            report=report,
            over=over,
            before=before,
            reason_words=REASON_WORDS,
            short=SHORT,
            long=LONG,
            strips={
                history.client_code: {
                    "short": status_words.strip(history, visit.now, length=SHORT, bars=SHORT_BARS),
                    "long": status_words.strip(history, visit.now, length=LONG, bars=LONG_BARS),
                }
                for history in report.probes
            },
            words={
                name: partial(getattr(status_words, name), language=visit.language)
                for name in ("headline", "affected", "still_works", "deadline")
            },
        )

    @show("/status.json")
    def as_json(self, visit: Here) -> Response[Any]:
        """The same for programs."""
        told = status_json(report_of(visit), visit.runtime.settings.base_url)
        at = told.pop("as_of")
        tag = _tag(json.dumps(told, sort_keys=True).encode())  # a later moment alone is no news
        body = json.dumps({"as_of": at, **told}, ensure_ascii=False, indent=1).encode()
        return _feed(visit, body, JSON_TYPE, tag, report_of(visit).at)

    @show("/status.atom")
    def as_atom(self, visit: Here) -> Response[Any]:
        """What was announced, as a feed; `?lang=en` for English."""
        asked = visit.query("lang")
        report = report_of(visit)
        body = status_atom(report, visit.runtime.settings.base_url, asked if asked in LANGUAGES else LANGUAGES[0])
        return _feed(visit, body, ATOM_TYPE, _tag(body), report.changed_at)


def report_of(visit: Visit) -> StatusReport:
    """The report of this second, made once in it however many ask: a nation that looks at once costs one look."""
    database, second = visit.runtime.database, int(visit.now.timestamp())
    with _turn:
        seen = _seen.get(database)
        if seen is None or seen.second != second:
            with visit.transaction() as tx:
                seen = _seen[database] = _Seen(second, notices.status_report(tx, visit.now))
        return seen.report


def _feed(visit: Visit, body: bytes, media_type: str, tag: str, changed_at: datetime | None) -> Response[Any]:
    """A feed that anybody may keep for a moment, or the word that it has not changed."""
    response: Response[Any] = visit.file(body, media_type)
    response.headers.pop("Vary", None)  # the address alone says what it is
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.headers["ETag"] = tag
    if changed_at is not None:
        response.headers["Last-Modified"] = format_datetime(
            changed_at.astimezone(UTC).replace(microsecond=0), usegmt=True
        )
    if _known(visit, tag, changed_at):
        response.status_code = 304
        response.content = b""
    return response


def _known(visit: Visit, tag: str, changed_at: datetime | None) -> bool:
    """Whether the asker has this version already (RFC 9110, 13.1)."""
    headers = visit.request.headers
    if tags := headers.get("if-none-match", ""):
        return tags.strip() == "*" or tag in {each.strip() for each in tags.split(",")}
    since = headers.get("if-modified-since", "")
    if not since or changed_at is None:
        return False
    try:
        return changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError, OverflowError):
        return False


def _tag(body: bytes) -> str:
    return f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
