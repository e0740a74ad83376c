"""Applying to a wave, and what became of one's applications."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.kernel.db import Tx
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.kernel.words import say
from prakarsa.people import actions as people
from prakarsa.people.model import EDUCATION_WORDS, SITUATION_WORDS, NewPerson
from prakarsa.programme import actions as programme
from prakarsa.programme.model import Wave, WavePhase
from prakarsa.programme.refusals import NoWaveYet
from prakarsa.selection import actions as selection
from prakarsa.selection.model import STATE_WORDS, Application, NewApplication
from prakarsa.web.plumbing.forms import Form
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Visit

Page = Response[str]
YES_NO = {"no": msg("No"), "yes": msg("Yes")}
OTHER_COUNTRY = "ZZ"  # ISO 3166-1 leaves this code to its users
CITIZENSHIPS = {"ID": msg("Indonesian"), OTHER_COUNTRY: msg("Another country")}
LABELS = {
    "name": msg("Full name"),
    "nik": msg("NIK (identity number)"),
    "kk": msg("KK (family card number)"),
    "birth_date": msg("Birth date"),
    "citizenship": msg("Citizenship"),
    "phone": msg("Mobile number"),
    "email": msg("E-mail address"),
    "education": msg("Last school finished"),
    "in_formal_education": msg("Are you at school or university now?"),
    "situation": msg("Your work situation"),
    "true_data": msg("What I have written is true, and I answer for it."),
}
BESIDE = {
    "people.bad_name": "name",
    "people.bad_birth_date": "birth_date",
    "people.birth_date_differs": "birth_date",
    "people.bad_nik": "nik",
    "people.nik_taken": "nik",
    "people.barred": "nik",
    "people.bad_kk": "kk",
    "people.bad_phone": "phone",
    "people.phone_taken": "phone",
    "people.bad_email": "email",
    "people.email_taken": "email",
    "people.bad_education": "education",
    "people.bad_situation": "situation",
    "people.bad_citizenship": "citizenship",
}
NOT_TICKED = msg("please tick this box; without it the application cannot be sent")


class Applying(Controller):
    """From the form to the result."""

    path = "/"

    @show("/apply")
    def form(self, visit: Here) -> Page:
        """The form, or when the next wave opens."""
        return visit.page("apply.html", **_shown(visit))

    @take("/apply")
    def apply(self, visit: Here) -> Page:
        """Register and join the open wave, in one transaction."""
        new = _read(visit.form, visit.language)
        for problem in people.problems(new, now=visit.now) if visit.form.sound else ():
            visit.form.refuse(problem, BESIDE)
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    (person_id,) = people.register(tx, [new], now=visit.now)
                    if isinstance(person_id, Refusal):
                        raise person_id
                    wave = _open_wave(tx, visit)
                    application = _join(tx, person_id, wave, visit)
            except Refusal as refusal:
                visit.form.refuse(refusal, BESIDE)
            else:
                return visit.page("applied.html", 201, wave=wave, application=application)
        return visit.form_again("apply.html", **_shown(visit))

    @show("/applications")
    def mine(self, visit: Here) -> Page:
        """Every application with its result and reasons."""
        with visit.transaction() as tx:
            mine = selection.my_applications(tx, visit.the_person().person_id)
            open_wave = programme.wave_open_at(tx, visit.now)
        joined = {application.wave_number for application in mine}
        return visit.page(
            "applications.html",
            applications=mine,
            states=STATE_WORDS,
            can_join=open_wave if open_wave is not None and open_wave.number not in joined else None,
        )

    @take("/applications")
    def join(self, visit: Here) -> Page | Redirect:
        """A registered person joins the open wave; nothing needs to be filled in again."""
        try:
            with visit.transaction() as tx:
                _join(tx, visit.the_person().person_id, _open_wave(tx, visit), visit)
        except Refusal as refusal:
            visit.form.refuse(refusal)
            return visit.form_again("apply.html", **_shown(visit))
        return visit.go("/applications?done=applied")


def _open_wave(tx: Tx, visit: Visit) -> Wave:
    """The wave that takes applications now. Raises what selection says when there is none."""
    wave = programme.wave_open_at(tx, visit.now)
    if wave is None:
        latest = [w for w in programme.waves(tx) if w.phase(visit.now) is WavePhase.CLOSED]
        if not latest:
            raise NoWaveYet
        return latest[-1]
    return wave


def _join(tx: Tx, person_id: int, wave: Wave, visit: Visit) -> Application:
    (outcome,) = selection.apply(tx, [NewApplication(person_id, wave.number)], now=visit.now)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def _read(form: Form, language: str) -> NewPerson:
    """The person as typed; what is wrong with the form itself is kept beside its fields."""
    new = NewPerson(
        name=form.text("name", longest=200),
        nik=form.text("nik", longest=40),
        kk=form.text("kk", longest=40),
        birth_date=form.day("birth_date"),
        citizenship=form.option("citizenship", CITIZENSHIPS),
        phone=form.text("phone", longest=40),
        email=form.text("email", longest=254),
        education=form.option("education", set(EDUCATION_WORDS)),
        in_formal_education=form.option("in_formal_education", YES_NO) == "yes",
        situation=form.option("situation", set(SITUATION_WORDS)),
        language=language,
    )
    if not form.ticked("true_data"):
        form.problems["true_data"] = NOT_TICKED
    return new


def _shown(visit: Visit) -> dict[str, Any]:
    with visit.transaction() as tx:
        waves = programme.waves(tx)
    return {
        "wave": next((wave for wave in waves if wave.phase(visit.now) is WavePhase.OPEN), None),
        "next_wave": next((wave for wave in waves if wave.phase(visit.now) is WavePhase.PLANNED), None),
        "labels": {name: say(text, visit.language) for name, text in LABELS.items()},
        "educations": EDUCATION_WORDS,
        "situations": SITUATION_WORDS,
        "citizenships": CITIZENSHIPS,
        "yes_no": YES_NO,
    }
