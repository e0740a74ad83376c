"""What surveys ask. A changed question is a new edition; answers name the edition they were given to."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import msg

EDITION = "2020-1"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers to choose from, by code."""

    code: str
    words: str
    choices: dict[str, str]


_YES_NO = {"yes": msg("Yes"), "no": msg("No")}
_HOW_MUCH = {
    "not_at_all": msg("Not at all"),
    "a_little": msg("A little"),
    "much": msg("Much"),
    "very_much": msg("Very much"),
}
_WORK = {
    "job_seeking": msg("I am looking for work"),
    "employed": msg("I work for wages"),
    "own_business": msg("I have a business of my own"),
    "studying": msg("I am at school or university"),
    "household": msg("I look after the household"),
}

_EVERY_TIME = (
    Question("work", msg("What do you do at the moment?"), _WORK),
    Question("used", msg("Do you use what you learned?"), _HOW_MUCH),
)
_FIRST = (
    Question("promised", msg("Did the course teach what was promised?"), _HOW_MUCH),
    Question("recommend", msg("Would you recommend the course to a friend?"), _YES_NO),
)
_LATER = (
    Question("income", msg("Do you earn more than before the course?"), _YES_NO),
    Question("learned_more", msg("Have you learned anything else since then?"), _YES_NO),
)


def questions(number: int) -> tuple[Question, ...]:
    """The questions of a person's nth survey."""
    return (*_EVERY_TIME, *(_FIRST if number == 1 else _LATER))
