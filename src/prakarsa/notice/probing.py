"""What probes met: kept, counted by the hour, and loud when what is said to be on sale cannot be bought."""

from datetime import datetime

from prakarsa.journal import actions as journal
from prakarsa.journal.model import Event
from prakarsa.kernel.db import Tx
from prakarsa.notice import probe_store, rules
from prakarsa.notice.probe_model import IN_A_ROW, RAW_KEPT, Alarm, LastTried, PlatformHistory, Said, Walk

SWEEP_CHUNK = 10_000
MOST_ALARMS = 50


def record_probe(tx: Tx, *walks: Walk, now: datetime) -> list[Alarm]:
    """Keep walks, count their hours, raise or end alarms; the alarms that stand.

    An alarm is raised when the last three tries to buy what was said to be on sale on one platform failed, and is over
    with the first that succeeds, or when nothing is said to be on sale any more. Source: programme-rules 15, failure 2.
    """
    if walks:
        probe_store.insert(tx, walks)
        probe_store.count_hours(
            tx, rules.hour_of(min(walk.at for walk in walks)), rules.hour_of(max(walk.at for walk in walks))
        )
        tried = {walk.platform_code for walk in walks if walk.said is not Said.NOT_ON_SALE and not walk.idle}
        _judge(tx, sorted(tried), now)
        _forget(tx, sorted({walk.platform_code for walk in walks} - tried), now)
    return standing_alarms(tx, now)


def probe_history(tx: Tx, since: datetime) -> list[PlatformHistory]:
    """What probes met at every platform since then, by the hour."""
    return probe_store.history(tx, since)


def last_tried(tx: Tx) -> dict[str, LastTried]:
    """By platform, the courses that were tried last; platforms nobody has walked are missing."""
    return probe_store.last_tried(tx)


def standing_alarms(tx: Tx, now: datetime) -> list[Alarm]:
    """Alarms that stand now, newest first."""
    return [alarm for alarm in probe_store.alarms(tx, now, MOST_ALARMS) if alarm.over_at is None]


def alarms(tx: Tx, since: datetime) -> list[Alarm]:
    """Alarms that stand or ended since then, newest first."""
    return probe_store.alarms(tx, since, MOST_ALARMS)


def newest_walks(tx: Tx, platform_code: str | None = None, *, before: int = 2**62, limit: int = 50) -> list[Walk]:
    """The newest walks along one platform's path, or along all, newest first."""
    return probe_store.newest_walks(tx, platform_code, before, limit)


def sweep_probes(tx: Tx, *, now: datetime) -> int:
    """Throw away walks older than seven days, one chunk; how many. Their hours stay."""
    return probe_store.sweep(tx, now - RAW_KEPT, SWEEP_CHUNK)


def _judge(tx: Tx, platform_codes: list[str], now: datetime) -> None:
    events = []
    for platform_id, tries in probe_store.newest_tries(tx, platform_codes, IN_A_ROW).items():
        newest_could, course_code, refusal_code, problem = tries[0]
        if newest_could:
            alarm_id = probe_store.end_alarm(tx, platform_id, now)
            events += [Event("alarm.over", f"alarm/{alarm_id}")] if alarm_id else []
        elif rules.alarming([could for could, _, _, _ in tries], IN_A_ROW):
            alarm_id = probe_store.raise_alarm(tx, platform_id, course_code, refusal_code, problem, now)
            facts = {"platform_id": platform_id, "course_code": course_code, "refusal": refusal_code}
            events += [Event("alarm.raised", f"alarm/{alarm_id}", facts=facts)] if alarm_id else []
    journal.record(tx, events, now=now)


def _forget(tx: Tx, platform_codes: list[str], now: datetime) -> None:
    """Nothing is said to be on sale there, so nothing is missing."""
    ended = [probe_store.end_alarm(tx, platform_id, now) for platform_id in probe_store.ids_of(tx, platform_codes)]
    journal.record(tx, [Event("alarm.over", f"alarm/{alarm_id}") for alarm_id in ended if alarm_id], now=now)
