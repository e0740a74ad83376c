"""Why can't I buy? Every condition of buying, by the rules that decide a payment."""

from typing import Annotated

import typer

from prakarsa.cli.opening import one_transaction
from prakarsa.cli.output import Json, reader_language, refusal_record, show_rows, words
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.words import refusal_words
from prakarsa.purchase import actions as purchase
from prakarsa.purchase.model import Check, Verdict

VERDICT_WORDS = {
    Verdict.PASS: msg("pass"),
    Verdict.REFUSED: msg("refused"),
    Verdict.NOT_CHECKED: msg("not checked"),
}


def explain(
    card: Annotated[str, typer.Option(help="The 16 digits of the card.")],
    schedule: Annotated[str, typer.Option(help="Code of the class.")],
    platform: Annotated[str | None, typer.Option(help="Client code of the platform; any, unless given.")] = None,
    course: Annotated[str | None, typer.Option(help="Code of the course; the class's own, unless given.")] = None,
    json: Json = False,
) -> None:
    """Every check of buying a class with a card; exit code 1 when one refuses."""
    with one_transaction() as (tx, runtime):
        checks = purchase.explain(tx, card, schedule, platform, now=runtime.clock.now(), course_code=course)
    show_rows([_as_json(check) if json else _as_row(check) for check in checks], json=json)
    if any(check.verdict is Verdict.REFUSED for check in checks):
        raise typer.Exit(1)


def _as_json(check: Check) -> dict[str, object]:
    refusal = refusal_record(check.refusal) if check.refusal else None
    return {"check": words(check.name), "verdict": check.verdict.value, "refusal": refusal}


def _as_row(check: Check) -> dict[str, object]:
    told = refusal_words(check.refusal, reader_language()) if check.refusal else None
    why = f"{told.title}\n{told.next_step}\n{told.clock}" if told else ""
    return {words(msg("check")): words(check.name), "": words(VERDICT_WORDS[check.verdict]), words(msg("why")): why}
