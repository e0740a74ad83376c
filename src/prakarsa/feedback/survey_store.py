"""The SQL of surveys."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from prakarsa.feedback.survey_model import NewSurvey, Survey
from prakarsa.kernel.db import Tx, queries

sql = queries(__file__)


def insert_surveys(tx: Tx, new: Sequence[NewSurvey]) -> None:
    """Open surveys; those that were opened before stay as they are."""
    tx.run(
        sql["insert_surveys"],
        person_ids=[each.person_id for each in new],
        numbers=[each.number for each in new],
        out_ofs=[each.out_of for each in new],
        wave_numbers=[each.wave_number for each in new],
        purchase_ids=[each.purchase_id for each in new],
        opens=[each.opens_at for each in new],
    )


def lock_surveys(tx: Tx, person_id: int) -> list[Survey]:
    """A person's surveys in their order, locked so that one is answered once."""
    return tx.rows(Survey, sql["lock_surveys"], person_id=person_id)


def surveys(tx: Tx, person_id: int) -> list[Survey]:
    """A person's surveys in their order."""
    return tx.rows(Survey, sql["surveys"], person_id=person_id)


def keep_answers(tx: Tx, survey: Survey, edition: str, answers: dict[str, str], now: datetime) -> None:
    """A survey was answered."""
    tx.run(
        sql["keep_answers"],
        person_id=survey.person_id,
        number=survey.number,
        edition=edition,
        answers=msgspec.json.encode(answers).decode(),
        now=now,
    )


def lock_unpromised(tx: Tx, limit: int) -> list[Survey]:
    """Answered surveys whose payment is not promised yet, oldest first; what another worker holds is passed by."""
    return tx.rows(Survey, sql["lock_unpromised"], limit=limit)


def mark_promised(tx: Tx, promised: Sequence[Survey], now: datetime) -> None:
    """Their payment is promised."""
    tx.run(
        sql["mark_promised"],
        person_ids=[each.person_id for each in promised],
        numbers=[each.number for each in promised],
        now=now,
    )
