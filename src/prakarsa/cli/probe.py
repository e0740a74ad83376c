"""Probes: whether what is said to be on sale can be bought, tried from wherever this command runs."""

import signal
import sys
import time
from typing import Annotated

import psycopg
import typer

from prakarsa.cli.opening import opened, operator
from prakarsa.cli.output import Json, errors, picked, show_rows, words
from prakarsa.kernel.refusal import msg
from prakarsa.kernel.refusals import DatabaseUnavailable
from prakarsa.kernel.runtime import Runtime
from prakarsa.notice import actions as notices
from prakarsa.notice.probe_model import LONG, OUTCOME_WORDS, SHORT, Alarm, Walk


def probe(
    once: Annotated[bool, typer.Option("--once", help="One round; exit code 1 when an alarm stands.")] = False,
    every: Annotated[int, typer.Option(min=1, max=3_600, help="Seconds from one round to the next.")] = 60,
    base_url: Annotated[str, typer.Option(help="Address to knock at; the one in the settings, unless given.")] = "",
    history: Annotated[bool, typer.Option("--history", help="Show what probes met, and try nothing.")] = False,
    json: Json = False,
) -> None:
    """Try on every platform to buy something that is said to be on sale, with a card that buys nothing.

    Goes on until stopped, one round a minute, and records what it met.
    """
    # libraries for the network are loaded only here, so that help needs none
    from prakarsa.cli.serving import quiet_libraries
    from prakarsa.gateways.prober import probe_platforms

    quiet_libraries()
    with opened() as runtime:
        if history:
            _show_history(runtime, json=json)
            return
        address = base_url or runtime.settings.base_url
        # as an exit, SIGTERM lets an embedded database be closed as well
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while True:
            began = time.monotonic()
            try:
                walks, alarms = probe_platforms(runtime, base_url=address, actor=operator())
            except (DatabaseUnavailable, psycopg.OperationalError) as error:
                if once:
                    raise
                errors.print(words(msg("The database is out of reach; trying again.")), markup=False)
                errors.print(type(error).__name__, markup=False, style="dim")
            else:
                _show(walks, alarms, json=json)
                if once:
                    raise typer.Exit(1 if alarms else 0)
            time.sleep(max(0.0, every - (time.monotonic() - began)))


def _show(walks: list[Walk], alarms: list[Alarm], *, json: bool) -> None:
    alarmed = {alarm.client_code for alarm in alarms}
    names = ("platform_code", "said", "course_code", "said_refusal")
    facts = ("refusal_code", "problem", "http_status", "latency_ms", "mismatch")
    rows = [
        picked(walk, *names)
        | {"outcome": walk.outcome.value if json else OUTCOME_WORDS[walk.outcome]}
        | picked(walk, *facts)
        | {"alarm": walk.platform_code in alarmed}
        for walk in walks
    ]
    show_rows(rows, json=json, empty=words(msg("There is no platform to walk yet.")))


def _show_history(runtime: Runtime, *, json: bool) -> None:
    now = runtime.clock.now()
    with runtime.database.transaction(operator()) as tx:
        found = notices.probe_history(tx, now - LONG)
    rows = [
        picked(each, "client_code", "name")
        | {
            "last_24_hours_percent": each.share_percent(now - SHORT),
            "last_7_days_percent": each.share_percent(now - LONG),
            "walks": sum(hour.walks for hour in each.hours),
            "mismatches": sum(hour.mismatches for hour in each.hours),
        }
        for each in found
    ]
    show_rows(rows, json=json, empty=words(msg("There is no platform to walk yet.")))
