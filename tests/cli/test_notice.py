"""Notices and probes from the terminal."""

from prakarsa.kernel.db import Database
from tests import worlds
from tests.cli.program import Here
from tests.conftest import NOW
from tests.notice.holds import a_hold

WRITE = (
    "notice", "write", "--audience", "wave", "--title", "Libur", "--title-en", "Holiday", "--text", "Kelas libur.",
    "--text-en", "Classes pause.",
)  # fmt: skip


def test_before_there_is_a_wave_nothing_is_probed(here: Here) -> None:
    assert here.answer("probe", "--once") == []
    assert here.answer("notice", "list") == []


def test_those_a_hold_concerns_are_told_and_counted(here: Here, database: Database) -> None:
    with database.transaction("test") as tx:
        worlds.a_card(tx)
        a_hold(tx, now=NOW)

    assert here.answer("notice", "spread")["steps"] > 0

    [listed] = here.answer("notice", "list")
    assert (listed["people"], listed["queued"], listed["failed"]) == (1, 1, 0)
    shown = here.answer("notice", "show", listed["notice_code"])
    assert (shown["kind"], shown["people"], shown["hold_code"]) == ("hold_placed", 1, listed["about"])
    assert here.run("notice", "list").code == 0


def test_words_of_the_office_are_kept_sent_and_discarded(here: Here) -> None:
    kept = here.answer(*WRITE, "--code", "4")
    assert kept["would_reach"] == 1
    assert here.answer("notice", "send", kept["notice_code"])["sent_at"]
    assert here.refusal("notice", "send", kept["notice_code"]) == "notice.sent_already"
    other = here.answer(*WRITE, "--code", "4")
    assert here.answer("notice", "discard", other["notice_code"])["discarded_at"]
    assert here.refusal("notice", "send", other["notice_code"]) == "notice.discarded"
    assert here.refusal(*WRITE, "--code", "99") == "notice.nobody_to_tell"
    assert here.refusal(*WRITE) == "notice.incomplete"
    assert here.refusal("notice", "show", "NTC-X") == "notice.unknown"


def test_a_probe_that_finds_nobody_at_home_says_so(here: Here, database: Database) -> None:
    with database.transaction("test") as tx:
        worlds.a_class(tx)

    [walk] = here.answer("probe", "--once", "--base-url", "http://127.0.0.1:9")

    assert (walk["outcome"], walk["problem"], walk["mismatch"]) == ("failed", "no_catalogue", True)
    [history] = here.answer("probe", "--history")
    assert (history["walks"], history["last_24_hours_percent"]) == (1, None)
