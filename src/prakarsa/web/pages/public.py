"""Pages for everybody: the start, and every refusal explained."""

from dataclasses import fields

from litestar import Controller, Response

from prakarsa.hold import actions as holds
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.refusals import NothingHere
from prakarsa.kernel.words import LANGUAGES
from prakarsa.programme import actions as programme
from prakarsa.programme.model import WavePhase
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.templates import explain
from prakarsa.web.plumbing.visit import Here, Named

Page = Response[str]
ROOM_WORDS = {
    "api": msg("The partner interface"),
    "attendance": msg("Attendance and identity checks"),
    "card": msg("The card"),
    "catalogue": msg("Courses and classes"),
    "certificate": msg("Certificates"),
    "complaint": msg("Questions and complaints"),
    "disbursement": msg("Payments to people"),
    "feedback": msg("Ratings"),
    "hold": msg("Holds"),
    "kernel": msg("Every page and interface"),
    "ledger": msg("Accounts"),
    "notice": msg("Notices and status"),
    "partner": msg("Platforms and institutions"),
    "people": msg("Registering and signing in"),
    "programme": msg("Waves and rules"),
    "purchase": msg("Buying a course"),
    "rehearsal": msg("New rules and what they ask of courses"),
    "selection": msg("Applying and being selected"),
    "web": msg("These pages"),
}


class Public(Controller):
    """What anybody may read."""

    path = "/"

    @show("/")
    def home(self, visit: Here) -> Page:
        """What this is, which wave is open, whether everything works, and where to go."""
        with visit.transaction() as tx:
            waves = programme.waves(tx)
            standing = holds.in_force(tx, visit.now)
        return visit.page(
            "home.html",
            open_wave=next((wave for wave in waves if wave.phase(visit.now) is WavePhase.OPEN), None),
            next_wave=next((wave for wave in waves if wave.phase(visit.now) is WavePhase.PLANNED), None),
            last_wave=next((wave for wave in reversed(waves) if wave.phase(visit.now) is WavePhase.CLOSED), None),
            holds=standing,
        )

    @show("/errors")
    def errors(self, visit: Here) -> Page:
        """Every way any room or door says no, by room."""
        rooms: dict[str, list[type[Refusal]]] = {}
        for code in sorted(Refusal.every):
            rooms.setdefault(code.partition(".")[0], []).append(Refusal.every[code])
        return visit.page("errors.html", rooms=rooms, room_words=ROOM_WORDS)

    @show("/errors/{code:str}")
    def error(self, visit: Here, code: Named) -> Page:
        """One refusal in both languages, with its next step and what it does to a deadline."""
        if code not in Refusal.every:
            raise NothingHere(code[:100])
        kind = Refusal.every[code]
        return visit.page(
            "error.html",
            kind=kind,
            in_language={language: explain(code, language=language) for language in LANGUAGES},
            facts=[fact.name for fact in fields(kind)],
        )
