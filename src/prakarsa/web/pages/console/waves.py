"""Running a wave: plan, screen, commit, seed, draw, decree, issue."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.gateways import rounds
from prakarsa.gateways.outside import needed
from prakarsa.kernel.clock import JAKARTA
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import NothingHere
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePlan
from prakarsa.selection import actions as selection
from prakarsa.selection.model import State
from prakarsa.web.plumbing.errors import THIS_ADDRESS
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.patience import finished
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

Page = Response[str]
BESIDE = {"programme.wave_number_taken": "number", "programme.scheme_unknown": "scheme"}
SEED_BESIDE = {"selection.bad_seed": "seed"}
MOST_WAVES = 9_999
LATEST_YEAR = 2_199

COUNTED = {
    State.APPLIED: msg("Waiting to be screened"),
    State.EXCLUDED: msg("Excluded by the rules"),
    State.ELIGIBLE: msg("Waiting for the draw"),
    State.SELECTED: msg("Selected"),
    State.NOT_SELECTED: msg("Not selected"),
}
"""How the office calls the states of applications."""


class Waves(Controller):
    """Waves."""

    path = "/console/waves"

    @show("/")
    def every(self, visit: Here) -> Page:
        """Every wave, and the form for a new one."""
        return visit.page("console/waves.html", **_every(visit))

    @take("/")
    def plan(self, visit: Here) -> Page | Redirect:
        """Plan a wave; it opens and closes by the clock."""
        plan = _read_plan(visit)
        if plan is not None:
            try:
                with visit.transaction() as tx:
                    programme.open_wave(tx, plan, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.go("/console/waves?done=wave_opened")
        return visit.form_again("console/waves.html", **_every(visit))

    @show("/{number:str}")
    def one(self, visit: Here, number: Named) -> Page:
        """One wave: where it stands and the next step."""
        return visit.page("console/wave.html", **_one(visit, _number(number)))

    @take("/{number:str}/screen")
    def screen(self, visit: Here, number: Named) -> Redirect:
        """Compare the next applications with the registries."""
        wave, registry = _number(number), needed(visit.gateways.registry, "registry_url")
        done = finished(lambda tell: rounds.screen_wave(visit.runtime, registry, wave, actor=visit.actor, tell=tell))
        return visit.go(f"/console/waves/{wave}?done={'screened' if done else 'screening'}")

    @take("/{number:str}/commit")
    def commit(self, visit: Here, number: Named) -> Redirect:
        """Fix the list before any seed exists."""
        wave = _number(number)
        with visit.transaction() as tx:
            selection.commit_list(tx, wave, now=visit.now)
        return visit.go(f"/console/waves/{wave}?done=committed")

    @take("/{number:str}/seed")
    def seed(self, visit: Here, number: Named) -> Page | Redirect:
        """Enter the seed and where the public can look it up."""
        wave = _number(number)
        seed, source = visit.form.text("seed", longest=500), visit.form.text("source", longest=500)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    selection.enter_seed(tx, wave, seed, source, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal, SEED_BESIDE)
            else:
                return visit.go(f"/console/waves/{wave}?done=seeded")
        return visit.form_again("console/wave.html", **_one(visit, wave))

    @take("/{number:str}/draw")
    def draw(self, visit: Here, number: Named) -> Redirect:
        """Draw."""
        wave = _number(number)
        with visit.transaction() as tx:
            selection.run_draw(tx, wave, now=visit.now)
        return visit.go(f"/console/waves/{wave}?done=drawn")

    @take("/{number:str}/decree")
    def decree(self, visit: Here, number: Named) -> Page | Redirect:
        """Decree the beneficiaries."""
        wave = _number(number)
        decree_number = visit.form.text("decree_number", longest=100)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    selection.decree(tx, wave, decree_number, by=visit.actor, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                return visit.go(f"/console/waves/{wave}?done=decreed")
        return visit.form_again("console/wave.html", **_one(visit, wave))

    @take("/{number:str}/issue")
    def issue(self, visit: Here, number: Named) -> Redirect:
        """Fund the wave as decreed and give the next selected people their cards."""
        wave = _number(number)
        done = finished(lambda tell: rounds.issue_cards(visit.runtime, wave, actor=visit.actor, tell=tell))
        return visit.go(f"/console/waves/{wave}?done={'issued' if done else 'issuing'}")


def _number(text: str) -> int:
    """A wave's number in an address. Raises NothingHere."""
    number = number_in(text)
    if not 0 < number <= MOST_WAVES:
        raise NothingHere(THIS_ADDRESS)
    return number


def _read_plan(visit: Visit) -> WavePlan | None:
    form = visit.form
    number = form.whole("number", least=1, most=MOST_WAVES)
    scheme = form.text("scheme", longest=40)
    opens_at, closes_at = form.moment("opens_at"), form.moment("closes_at")
    quota = form.whole("quota", least=1, most=100_000_000)
    budget_year = form.whole("budget_year", least=2_020, most=LATEST_YEAR)
    if not form.sound or opens_at is None or closes_at is None:
        return None
    return WavePlan(
        number=number,
        scheme=scheme,
        opens_at=opens_at,
        closes_at=closes_at,
        quota=quota,
        budget_year=budget_year,
        region_quota={},
    )


def _every(visit: Visit) -> dict[str, Any]:
    with visit.transaction() as tx:
        waves = programme.waves(tx)
    return {
        "waves": waves[::-1],
        "next_number": max((wave.number for wave in waves), default=0) + 1,
        "schemes": sorted({wave.scheme for wave in waves} | {path.stem for path in programme.SCHEMES.glob("*.toml")}),
        "this_year": visit.now.astimezone(JAKARTA).year,
    }


def _one(visit: Visit, number: int) -> dict[str, Any]:
    with visit.transaction() as tx:
        return {
            "wave": programme.wave(tx, number),
            "counts": selection.counts(tx, number),
            "states": COUNTED,
            "draw": selection.draw_of(tx, number),
            "decree": selection.decree_of(tx, number),
        }
