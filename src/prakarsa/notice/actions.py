"""Verbs of notices: `announcing` and `office` tell those concerned, `reporting` everybody; `probing` keeps watch."""

from prakarsa.notice.announcing import announce_holds
from prakarsa.notice.office import audience_size, count_deliveries, deliveries, discard, notice, notices, send, write
from prakarsa.notice.probing import (
    alarms,
    last_tried,
    newest_walks,
    probe_history,
    record_probe,
    standing_alarms,
    sweep_probes,
)
from prakarsa.notice.reporting import count_reach, public_history, status_report

__all__ = [
    "alarms",
    "announce_holds",
    "audience_size",
    "count_deliveries",
    "count_reach",
    "deliveries",
    "discard",
    "last_tried",
    "newest_walks",
    "notice",
    "notices",
    "probe_history",
    "public_history",
    "record_probe",
    "send",
    "standing_alarms",
    "status_report",
    "sweep_probes",
    "write",
]
