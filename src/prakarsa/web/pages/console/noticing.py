"""Who was told what, and what became of it; words of the office, looked at before they leave."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.kernel.refusal import Refusal
from prakarsa.kernel.words import LANGUAGES
from prakarsa.notice import actions as notices
from prakarsa.notice.model import AUDIENCE_WORDS, KIND_WORDS, Audience, NewNotice
from prakarsa.notice.rules import TITLE_LONGEST, WORDS_LONGEST
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

PAGE = 30
BESIDE = {"notice.nobody_to_tell": "audience_code"}


class Noticing(Controller):
    """Notices."""

    path = "/console/notices"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """One page of notices with their deliveries, and the form for words of the office."""
        return visit.page("console/notices.html", **_shown(visit))

    @take("/")
    def write(self, visit: Here) -> Response[str] | Redirect:
        """Keep a draft, and look at it before it leaves."""
        new = _read(visit)
        if new is not None:
            try:
                with visit.transaction() as tx:
                    draft = notices.write(tx, new, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                field = getattr(refusal, "field", "")
                visit.form.refuse(refusal, BESIDE | ({refusal.code: field} if field in visit.form.values else {}))
            else:
                return visit.go(f"/console/notices/{draft.notice_code}?done=notice_kept")
        return visit.form_again("console/notices.html", **_shown(visit))

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One notice: a draft as its readers will see it and how many they are, or what became of one that was sent."""
        with visit.transaction() as tx:
            found = notices.notice(tx, code)
            return visit.page(
                "console/notice.html",
                notice=found,
                counted=notices.deliveries(tx, code),
                size=notices.audience_size(tx, found) if found.is_draft else None,
                kinds=KIND_WORDS,
                audiences=AUDIENCE_WORDS,
                languages=LANGUAGES,
            )

    @take("/{code:str}/send")
    def send(self, visit: Here, code: Named) -> Redirect:
        """Let a draft go, once."""
        with visit.transaction() as tx:
            notices.send(tx, code, by=visit.actor, now=visit.now)
        return visit.go(f"/console/notices/{code}?done=notice_sent")

    @take("/{code:str}/discard")
    def discard(self, visit: Here, code: Named) -> Redirect:
        """Throw a draft away."""
        with visit.transaction() as tx:
            notices.discard(tx, code, now=visit.now)
        return visit.go("/console/notices?done=notice_discarded")


def _read(visit: Visit) -> NewNotice | None:
    """The notice as typed; None when something about the form is wrong."""
    form = visit.form
    audience = form.option("audience", set(Audience))
    code = form.text("audience_code", longest=64, needed=False)
    title, title_en = (form.text(name, longest=TITLE_LONGEST) for name in ("title", "title_en"))
    words, words_en = (form.text(name, longest=WORDS_LONGEST) for name in ("words", "words_en"))
    if not form.sound:
        return None
    return NewNotice(Audience(audience), code, title, title_en, words, words_en, form.ticked("urgent"))


def _shown(visit: Visit) -> dict[str, Any]:
    before = number_in(visit.query("before")) or 2**62
    with visit.transaction() as tx:
        found = notices.notices(tx, before=before, limit=PAGE + 1)
    return {
        "notices": found[:PAGE],
        "before": found[PAGE - 1].notice_id if len(found) > PAGE else None,
        "kinds": KIND_WORDS,
        "audiences": AUDIENCE_WORDS,
        "titles": TITLE_LONGEST,
        "longest": WORDS_LONGEST,
    }
