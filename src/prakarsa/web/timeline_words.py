"""The journal in plain words: one sentence for each thing that can happen to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from prakarsa.certificate.rules import POST_TEST
from prakarsa.journal.model import TimelineRow
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import RefusalWords, say
from prakarsa.web.plumbing.templates import explain, fact_as_told

REFUSED = "purchase.refused"
REVOKED = "card.revoked"
SCREENED = "application.screened"

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "person.registered": msg("You registered."),
        "person.code_sent": msg("A sign-in code was sent to you."),
        "person.signed_in": msg("You signed in."),
        "person.signed_out": msg("You signed out."),
        "person.barred": msg("You may not join the programme again."),
        "application.received": msg("You applied to wave {wave_number}."),
        SCREENED: msg("Your data for wave {wave_number} were compared with the registries."),
        "application.selected": msg("You were selected in wave {wave_number}: place {place} in the draw."),
        "application.not_selected": msg("The draw of wave {wave_number} did not select you: place {place}."),
        "card.issued": msg("Your card was issued with {balance_idr}. First purchase by {deadline_at}."),
        REVOKED: msg("Your card ended: no course was bought by {deadline_at}."),
        "purchase.code_sent": msg("A payment code for {course_title} was sent to you."),
        "purchase.made": msg("You bought {course_title} for {amount_idr}."),
        "purchase.voided": msg("The purchase of {course_title} was cancelled; the money is back on your card."),
        "purchase.cancelled": msg(
            "The programme office cancelled {course_title} ({cancellation}). {amount_idr} is back on your card, and "
            "the time since {bought_at} does not count."
        ),
        "purchase.completed": msg("You completed {course_title}."),
        REFUSED: msg("You could not buy {course_title}."),
        "attendance.consented": msg("You agreed to an identity check ({step})."),
        "attendance.checked": msg("The identity check ended: {outcome} ({step})."),
        "attendance.attended": msg("Your attendance was recorded ({step})."),
        "certificate.issued": msg("Your certificate for {course_title} was issued."),
        "certificate.revoked": msg("A certificate of yours was withdrawn: {reason}"),
        "feedback.rated": msg("You rated a course."),
        "feedback.survey_answered": msg("You answered survey {number}."),
        "payout.account_linked": msg("You linked an account for payments."),
        "payout.scheduled": msg("Payment {number} of {out_of}, {amount_idr}, was scheduled for {due_at}."),
        "payout.sent": msg("A payment of {amount_idr} was sent to {provider}."),
        "payout.paid": msg("A payment of {amount_idr} arrived at {provider}."),
        "payout.delayed": msg("A payment of {amount_idr} is late; we try again from {next_attempt_at}."),
        "payout.failed": msg("A payment of {amount_idr} did not arrive at {provider}."),
        "payout.retried": msg("You asked us to send a payment of {amount_idr} again."),
        "payout.cancelled": msg("A payment of {amount_idr} will not be made."),
        "hold.placed": msg("Your card or account was put on hold ({hold_code}). Your card page says why."),
        "hold.lifted": msg("The hold {hold_code} on your card or account ended."),
        "hold.reviewed": msg("The hold {hold_code} was reviewed and stays; next word by {next_review_at}."),
        "hold.answered": msg("You answered the hold {hold_code}."),
        "hold.appealed": msg("You appealed against the hold {hold_code}; a decision is due by {due_at}."),
        "hold.appeal_decided": msg("Your appeal against the hold {hold_code} was decided."),
        "complaint.opened": msg("You asked us a question."),
        "complaint.answered": msg("We answered your question."),
    }
)


FINAL_TEST = msg("final test")
MEETING = msg("meeting {number}")
OUTCOMES = {"match": msg("your face was recognised"), "no_match": msg("your face was not recognised")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline; `refusal` and `code` are there when something was refused."""

    at: datetime
    sentence: str
    mood: str
    code: str = ""
    refusal: RefusalWords | None = None


_SAD = frozenset(
    {REVOKED, "person.barred", "payout.failed", "payout.cancelled", "application.not_selected", "certificate.revoked"}
)


def line(row: TimelineRow, language: str) -> Line:
    """A journal row in the reader's words; one that has no sentence yet is shown by its name."""
    facts = _facts(row, language)
    sentence = say(SENTENCES.get(row.action, row.action), language, **facts)
    if row.action == REFUSED:
        told = row.facts.get("facts")
        return _with_refusal(row, sentence, str(row.facts.get("refusal", "")), told, language)
    if row.action == SCREENED and row.facts.get("reasons"):
        return _with_refusal(row, sentence, str(row.facts["reasons"][0]), None, language)
    return Line(row.at, sentence, "bad" if row.action in _SAD else "")


def _facts(row: TimelineRow, language: str) -> dict[str, object]:
    """The facts of a row as its sentence names them."""
    facts = {name: fact_as_told(name, value) for name, value in row.facts.items()}
    sequence = facts.get("sequence")
    facts["step"] = say(FINAL_TEST, language) if sequence == POST_TEST else say(MEETING, language, number=sequence)
    facts["outcome"] = OUTCOMES.get(str(facts.get("outcome")), "")
    return facts


def _with_refusal(row: TimelineRow, sentence: str, code: str, facts: object, language: str) -> Line:
    words = explain(code, facts if isinstance(facts, dict) else {}, language=language)
    return Line(row.at, sentence, "bad", code, words)
