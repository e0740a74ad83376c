"""My surveys: which are open until when, answering one."""

from typing import Any

from litestar import Controller, Response
from litestar.response import Redirect

from prakarsa.feedback import surveying
from prakarsa.feedback.questions import questions
from prakarsa.feedback.survey_model import SurveyState
from prakarsa.kernel.refusal import Refusal, msg
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show, take
from prakarsa.web.plumbing.visit import Here, Named, Visit

STATE_WORDS = {
    SurveyState.NOT_OPEN: msg("not open yet"),
    SurveyState.OPEN: msg("open"),
    SurveyState.ANSWERED: msg("answered"),
    SurveyState.CLOSED: msg("closed"),
}


class Surveys(Controller):
    """Surveys of the signed-in person."""

    path = "/surveys"

    @show("/")
    def mine(self, visit: Here) -> Response[str]:
        """Every survey with its day and its deadline."""
        return visit.page("surveys.html", **_shown(visit))

    @take("/{number:str}")
    def answer(self, visit: Here, number: Named) -> Response[str] | Redirect:
        """Answer one."""
        wanted = number_in(number)
        chosen = {each.code: visit.form.option(each.code, set(each.choices)) for each in questions(wanted)}
        if visit.form.sound:
            try:
                with visit.transaction() as tx:
                    surveying.answer_survey(tx, visit.the_person().person_id, wanted, chosen, now=visit.now)
            except Refusal as refusal:
                visit.form.refuse(refusal)
            else:
                return visit.go("/surveys?done=survey_answered")
        return visit.form_again("surveys.html", **_shown(visit), answering=wanted)


def _shown(visit: Visit) -> dict[str, Any]:
    with visit.transaction() as tx:
        mine = surveying.my_surveys(tx, visit.the_person().person_id, now=visit.now)
    return {"surveys": mine, "questions": {each.number: questions(each.number) for each in mine}, "states": STATE_WORDS}
