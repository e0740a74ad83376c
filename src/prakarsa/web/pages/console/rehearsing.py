"""Dry runs of a change, where courses stand under each rule set, and who leaves at a cut-over."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect
from markupsafe import Markup

from prakarsa.gateways import rehearsal_rounds
from prakarsa.kernel.refusal import Refusal
from prakarsa.partner import actions as partners
from prakarsa.partner.model import PartnerKind
from prakarsa.programme import actions as programme
from prakarsa.rehearsal import actions as rehearsal
from prakarsa.rehearsal.model import THING_WORDS, DryRun
from prakarsa.rehearsal.picture import HEADINGS, part_name, picture
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.patience import finished
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

PAGE = 20
LEAVERS = 50
BESIDE = {"rehearsal.gap_deadline_impossible": "due_at", "rehearsal.gap_deadline_set": "due_at"}


class DryRuns(Controller):
    """Trying a change out, as part of its page."""

    path = "/console/policy/{code:str}/dry-run"

    @show("/")
    def of_change(self, visit: Here, code: Named) -> Response[str]:
        """Dry runs of one change that were kept, and the button for another."""
        with visit.transaction() as tx:
            change = programme.change(tx, code)
            runs = rehearsal.kept_runs(tx, change_code=code, limit=PAGE)
        return visit.page("console/dry_runs.html", change=change, runs=runs)

    @take("/")
    def run(self, visit: Here, code: Named) -> Redirect:
        """Judge the whole catalogue under a change, and keep what was found. Nothing else changes."""
        with visit.runtime.database.snapshot(visit.actor) as tx:
            change, summary = rehearsal.dry_run(tx, code, now=visit.now)
        with visit.transaction() as tx:
            kept = rehearsal.keep(tx, change, summary, by=visit.actor, now=visit.now)
        return visit.go(f"/console/rehearsals/{kept.run_code}?done=rehearsed")


class Rehearsing(Controller):
    """Kept dry runs and the cut-over."""

    path = "/console/rehearsals"

    @show("/")
    def every(self, visit: Here) -> Response[str]:
        """Every kept dry run, and how many courses meet each rule set in force and to come."""
        with visit.transaction() as tx:
            runs = rehearsal.kept_runs(tx, before=number_in(visit.query("before")) or 2**62, limit=PAGE + 1)
            counts = rehearsal.standing_counts(tx)
        return visit.page(
            "console/rehearsals.html",
            runs=runs[:PAGE],
            older=runs[PAGE - 1].dry_run_id if len(runs) > PAGE else None,
            counts=counts,
        )

    @show("/{code:str}")
    def one(self, visit: Here, code: Named) -> Response[str]:
        """One dry run: the picture, who misses what, whom it touches, and its gap lists."""
        return visit.page("console/rehearsal.html", **_shown(visit, code))

    @take("/{code:str}/gaps")
    def make_gaps(self, visit: Here, code: Named) -> Response[str] | Redirect:
        """Make and mail the gap lists, as far as a person waits for."""
        with visit.transaction() as tx:
            kept = rehearsal.kept_run(tx, code)
        due_at = kept.gaps_due_at or visit.form.moment("due_at")
        if visit.form.sound and due_at is not None:
            try:
                done = finished(
                    lambda tell: rehearsal_rounds.make_gap_lists(
                        visit.runtime, code, due_at, actor=visit.actor, tell=tell
                    )
                )
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go(f"/console/rehearsals/{code}?done={'gaps_made' if done else 'gaps_making'}")
        return visit.form_again("console/rehearsal.html", **_shown(visit, code))


class CutOver(Controller):
    """Rule sets and who leaves sale under them."""

    path = "/console/cut-over"

    @show("/{code:str}")
    def leavers(self, visit: Here, code: Named) -> Response[str]:
        """Who leaves, at which moment, each with its causes; the others stay."""
        with visit.transaction() as tx:
            found = [each for each in rehearsal.standing_counts(tx) if each.rule_set == code]
            page = rehearsal.leavers(tx, code, after=number_in(visit.query("after")), limit=LEAVERS + 1)
        return visit.page(
            "console/cut_over.html",
            code=code[:20],
            count=found[0] if found else None,
            begins_at=rehearsal.begins_at(found[0].begins_on) if found and found[0].begins_on else None,
            leavers=page[:LEAVERS],
            after=page[LEAVERS - 1].course_id if len(page) > LEAVERS else None,
        )

    @show("/courses/{code:str}")
    def course(self, visit: Here, code: Named) -> Response[str]:
        """One course under each rule set."""
        with visit.transaction() as tx:
            standings = rehearsal.standings_of(tx, code)
        return visit.page("console/course_standings.html", code=code[:64], standings=standings)


def _shown(visit: Visit, code: str) -> dict[str, Any]:
    with visit.transaction() as tx:
        kept = rehearsal.kept_run(tx, code)
        names = {each.client_code: each.name for each in partners.partners(tx, PartnerKind.PLATFORM)}
        lists = rehearsal.gap_lists(tx, run_code=code, limit=PAGE)
    return {
        "run": kept,
        "lists": lists,
        "things": THING_WORDS,
        "picture": _picture(kept, visit.language, names),
        "headings": HEADINGS,
        "parts_of_catalogue": [
            (each, part_name(each, visit.language, names)) for each in kept.summary.shares if each.courses_before
        ],
    }


def _picture(kept: DryRun, language: str, names: dict[str, str]) -> Markup:
    # every text in it is escaped where it is drawn
    return Markup(picture(kept.summary, kept.change.title, language, names))  # noqa: S704  made by us, texts escaped
