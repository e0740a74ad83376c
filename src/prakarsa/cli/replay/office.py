"""What the programme office and its partners do in both runs: adopt the rule, show a live session, hold, lift."""

import hashlib
from datetime import date
from typing import Protocol

from prakarsa.catalogue import actions as catalogue
from prakarsa.cli.replay import calendar
from prakarsa.cli.replay.offer import Offered
from prakarsa.cli.replay.world import CHANGE, CURATOR, LAWYER, OFFICER, StoryClock
from prakarsa.kernel.evidence import Evidence, EvidenceKind
from prakarsa.kernel.runtime import Runtime
from prakarsa.programme import actions as programme

LIVE = "has_live_session"


class Stage(Protocol):
    """Where the office acts."""

    runtime: Runtime
    clock: StoryClock


def propose(stage: Stage, *, first_day: date = calendar.IN_FORCE_ON) -> str:
    """Propose the change that ships with the product, in force from that day; its code."""
    text = programme.change_text(CHANGE).replace(calendar.IN_FORCE_ON.isoformat(), first_day.isoformat())
    with stage.runtime.database.transaction(LAWYER) as tx:
        return programme.propose(tx, text, author=LAWYER, now=stage.clock.moment).change_code


def approve(stage: Stage, change_code: str) -> None:
    """A second person lets the change count."""
    with stage.runtime.database.transaction(OFFICER) as tx:
        programme.approve(tx, change_code, by=OFFICER, now=stage.clock.moment)


def adopt(stage: Stage, *, first_day: date) -> None:
    """Both at once."""
    approve(stage, propose(stage, first_day=first_day))


def attest(stage: Stage, course: Offered) -> None:
    """A curator sees that the course has a live session now."""
    with stage.runtime.database.transaction(CURATOR) as tx:
        now = stage.clock.moment
        catalogue.attest(tx, course.course_code, LIVE, True, [shown(stage, course.course_code)], by=CURATOR, now=now)


def shown(stage: Stage, what: str) -> Evidence:
    """A document that shows it, named by its digest."""
    digest = hashlib.sha256(what.encode()).hexdigest()
    return Evidence(EvidenceKind.DOCUMENT, digest, calendar.day_of(stage.clock.moment))
