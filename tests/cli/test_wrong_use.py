"""Whatever is typed gets an answer: wrong use is 2, a refusal is 1 with its code, and nobody sees a traceback."""

import json
from pathlib import Path

import pytest

from prakarsa.kernel.db import Database
from prakarsa.people import actions as people
from tests import worlds
from tests.cli.program import Here, Program, bare_environment

OPEN = ("wave", "open", "9", "--scheme", "prakerja-2020", "--opens-at", "+1d", "--closes-at", "+2d", "--quota", "5")
FOUNDED = ("--author", "staff/1", "--approver", "staff/2")
PLACE = (
    "hold", "place", "--scope", "programme", "--reason", "technical", "--legal-basis", "art. 36",
    "--public-words", "Diperiksa.", "--notice-to", "Semua", "--basis-version", "2020", "--proportionality", "Semua.",
    "--second", "staff/2",
)  # fmt: skip
HUGE = "x" * 10_001


def swapped(words: tuple[str, ...], option: str, value: str) -> tuple[str, ...]:
    """The same command line with another value for one option."""
    place = words.index(option) + 1
    return (*words[:place], value, *words[place + 1 :])


@pytest.fixture(scope="module")
def installed(program: Program, database: Database) -> Program:
    """An installation with a closed wave, a course and a card."""
    with database.transaction("test") as tx:
        worlds.a_class(tx)
        worlds.a_platform(tx)
        worlds.a_card(tx)
    return program


WRONG_USE: list[tuple[str | bytes, ...]] = [
    ("no-such-command",),
    ("wave", "no-such-command"),
    ("wave", "list", "--no-such-option"),
    ("wave", "screen"),
    ("wave", "screen", "four"),
    ("wave", "screen", "0"),
    ("wave", "screen", "-1"),
    ("wave", "screen", "99999999999999999999999"),
    swapped(OPEN, "--opens-at", "tomorrow"),
    swapped(OPEN, "--opens-at", "0001-01-01"),
    swapped(OPEN, "--opens-at", "+1y"),
    swapped(OPEN, "--opens-at", ""),
    swapped(OPEN, "--quota", "0"),
    swapped(OPEN, "--quota", "1e9"),
    (*OPEN, "--region", "31"),
    (*OPEN, "--region", "31=-5"),
    (*OPEN, "--region", "Jakarta=5"),
    (*OPEN, "--budget-year", "0"),
    ("policy", "load"),
    ("policy", "load", "prakerja-2020", "--author", "staff/1"),
    ("policy", "revoke", "CHG-00000000"),
    ("policy", "revoke", "CHG-00000000", "--reason", "x", "--confirm"),
    ("policy", "show", "--wave", "x"),
    ("policy", "show", "--at", "2020-13-45"),
    ("hold", "place"),
    swapped(PLACE, "--scope", "galaxy"),
    swapped(PLACE, "--reason", "because"),
    (*PLACE, "--ends-at", "never"),
    ("catalogue", "import", "no-such-file.csv"),
    ("catalogue", "import", "/dev/zero"),
    ("draw", "verify", "/dev/zero"),
    ("catalogue", "search", "--mode", "telepathy"),
    ("catalogue", "search", "--limit", "100000"),
    ("partner", "register", "bank", "kode", "Nama"),
    ("partner", "register", "platform", "kode", "Nama", "--commission", "101"),
    ("partner", "key", "issue", "kode", "--overlap-days", "1000"),
    ("partner", "own", "a", "b", "--since", "yesterday"),
    ("staff", "add", "a@example.com", "--name", "A B", "--role", "king"),
    ("staff", "add", "a@example.com", "--name", "A B", "--role", "officer"),
    ("complaint", "open", "X", "--category", "weather", "--words", "kata"),
    ("simulate", "moon", "8000"),
    ("serve", "--port", "0"),
    ("explain", "--card", "1"),
    ("explain", "--card", HUGE, "--schedule", "KLS"),
    ("certificate", "verify", b"\xff\xfe\x80"),
    ("partner", "register", "platform", "kode", b"Nama \xc3\x28"),
]


@pytest.mark.parametrize("words", WRONG_USE, ids=[" ".join(str(word)[:20] for word in words) for words in WRONG_USE])
def test_wrong_use_is_2(installed: Program, here: Here, words: tuple[str | bytes, ...]) -> None:
    done = here.run(*words)
    assert done.code == 2, done
    assert done.err


@pytest.mark.parametrize("words", [WRONG_USE[0], WRONG_USE[4], swapped(OPEN, "--quota", "0"), *WRONG_USE[-3:]])
def test_wrong_use_leaves_the_process_with_2_and_no_traceback(
    installed: Program, words: tuple[str | bytes, ...]
) -> None:
    done = installed.run(*words)
    assert done.code == 2, done
    assert done.err
    assert "Traceback" not in done.err + done.out


def test_nothing_at_all_shows_what_there_is(installed: Program) -> None:
    done = installed.run()
    assert done.code == 2
    assert "audit" in done.out + done.err


REFUSED: list[tuple[str, tuple[str, ...]]] = [
    ("programme.bad_policy_file", ("policy", "load", "no-such-scheme", *FOUNDED)),
    ("programme.bad_policy_file", ("policy", "load", "/dev/zero", *FOUNDED)),
    ("programme.bad_policy_file", ("policy", "load", "/", *FOUNDED)),
    ("kernel.same_person", ("policy", "load", "prakerja-2020", "--author", "staff/1", "--approver", "staff/1")),
    ("programme.wave_unknown", ("policy", "show", "--wave", "77")),
    ("programme.wave_unknown", ("policy", "diff", "now", "2020-08-06", "--wave", "77")),
    ("programme.bad_policy_file", ("policy", "diff", "now", "no-such-side")),
    ("programme.parameter_unknown", ("policy", "history", "otp_trys")),
    ("programme.change_unknown", ("policy", "approve", "CHG-00000000")),
    ("programme.scheme_unknown", ("policy", "propose", "permenko-11-2020")),
    ("programme.wave_unknown", ("draw", "commit", "77")),
    ("programme.wave_unknown", ("wave", "decree", "77", "--number", "SK-1")),
    ("programme.scheme_unknown", swapped(OPEN, "--scheme", "prakerja-1920")),
    ("programme.wave_number_taken", ("wave", "open", "4", *OPEN[3:])),
    ("programme.bad_wave_plan", swapped(OPEN, "--closes-at", "2020-01-01")),
    ("programme.bad_wave_plan", (*OPEN, "--region", "31=4")),
    ("kernel.missing_setting", ("wave", "screen", "4")),
    ("kernel.missing_setting", ("payout", "send")),
    ("selection.not_committed", ("draw", "run", "4")),
    ("selection.not_committed", ("draw", "publish", "4")),
    ("selection.not_drawn_yet", ("wave", "announce", "4")),
    ("card.no_decree", ("wave", "issue", "4")),
    ("hold.incomplete", PLACE),
    ("hold.incomplete", (*PLACE, "--ends-at", "2020-01-01")),
    ("hold.incomplete", (*PLACE, "--target", "x", "--ends-at", "+1d")),
    ("hold.incomplete", (*swapped(PLACE, "--legal-basis", ""), "--ends-at", "+1d")),
    ("hold.incomplete", (*swapped(PLACE, "--basis-version", ""), "--ends-at", "+1d")),
    ("hold.incomplete", (*swapped(PLACE, "--proportionality", " "), "--ends-at", "+1d")),
    ("hold.incomplete", (*PLACE, "--ends-at", "+200d")),
    ("hold.incomplete", (*PLACE, "--ends-at", "+9d", "--answer-by", "+0d")),
    ("kernel.bad_field", (*PLACE, "--ends-at", "+1d", "--evidence", "rumour:x@2020-08-15")),
    ("kernel.bad_field", (*PLACE, "--ends-at", "+1d", "--evidence", "finding:FND-1")),
    ("kernel.bad_field", (*PLACE, "--ends-at", "+1d", "--evidence", "finding:FND-1@2020-02-30")),
    ("kernel.bad_field", (*PLACE, "--ends-at", "+1d", "--evidence", "outside_price:https://a.example@2020-02-03=x")),
    ("kernel.evidence_unfit", (*PLACE, "--ends-at", "+1d", "--evidence", "document:letter@2020-02-03")),
    ("hold.target_unknown", (*swapped(PLACE, "--scope", "card"), "--target", "1234567812345678", "--ends-at", "+1d")),
    ("kernel.nothing_here", (*swapped(PLACE, "--scope", "person"), "--target", "TIDAK-ADA", "--ends-at", "+1d")),
    ("catalogue.schedule_unknown", (*swapped(PLACE, "--scope", "schedule"), "--target", "x", "--ends-at", "+1d")),
    ("hold.proposal_unknown", ("hold", "confirm", "HPR-XXXX")),
    ("hold.proposal_unknown", ("hold", "reject", "HPR-XXXX", "--reason", "Tidak perlu")),
    ("hold.unknown", ("hold", "show", "HLD-XXXX")),
    ("hold.unknown", ("hold", "review", "HLD-XXXX", "--words", "Tetap.", "--next-at", "+3d")),
    ("hold.unknown", ("hold", "appeal", "HLD-XXXX", "--party", "x", "--words", "Salah.")),
    ("hold.appeal_unknown", ("hold", "decide", "STM-XXXX", "--outcome", "upheld", "--words", "Benar.")),
    ("partner.unknown", (*swapped(PLACE, "--scope", "platform"), "--target", "tidak-ada", "--ends-at", "+1d")),
    ("catalogue.course_unknown", (*swapped(PLACE, "--scope", "course"), "--target", "tidak-ada", "--ends-at", "+1d")),
    ("hold.unknown", ("hold", "lift", "HLD-XXXX", "--reason", "Selesai")),
    ("catalogue.course_unknown", ("catalogue", "show", "tidak-ada")),
    ("catalogue.course_unknown", ("catalogue", "approve", "../../etc/passwd")),
    ("partner.unknown", ("partner", "key", "issue", "tidak-ada")),
    ("kernel.bad_field", ("partner", "register", "platform", "KODE BESAR", "Nama")),
    ("kernel.bad_field", ("partner", "list", "--after", "'; DROP TABLE")),
    ("kernel.nothing_here", ("card", "show", "TIDAK-ADA")),
    ("kernel.nothing_here", ("payout", "retry", "TIDAK-ADA")),
    ("kernel.nothing_here", ("complaint", "open", "TIDAK-ADA", "--category", "fraud", "--words", "Ada yang aneh.")),
    ("complaint.unknown", ("complaint", "answer", "C-0", "--words", "Jawaban yang cukup panjang.")),
    ("certificate.bad_number", ("certificate", "verify", "kira-kira")),
    ("certificate.revocation_needs_reason", ("certificate", "revoke", "2020-ABCDE", "--reason", " ")),
    ("kernel.nothing_here", ("staff", "dismiss", "tidak-ada@example.com")),
    ("partner.unknown", ("explain", "--card", "1", "--schedule", "X", "--platform", "tidak-ada")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words"), REFUSED, ids=[" ".join(words)[:60] for _, words in REFUSED])
def test_a_refusal_is_1_with_its_code(installed: Program, here: Here, code: str, words: tuple[str, ...]) -> None:
    assert here.refusal(*words) == code


@pytest.mark.parametrize(("code", "words"), REFUSED[::9], ids=[" ".join(words)[:60] for _, words in REFUSED[::9]])
def test_a_refusal_leaves_the_process_with_1_and_no_traceback(
    installed: Program, code: str, words: tuple[str, ...]
) -> None:
    assert installed.refusal(*words) == code


def test_a_refusal_in_words_says_what_to_do_and_what_the_deadline_does(installed: Program) -> None:
    english = installed.run("hold", "lift", "HLD-XXXX", "--reason", "Selesai", settings={"PRAKARSA_LANGUAGE": "en"})
    assert (english.code, english.out) == (1, "")
    assert english.err.startswith("Refused: ")
    assert "(hold.unknown)" in english.err
    indonesian = installed.run("hold", "lift", "HLD-XXXX", "--reason", "Selesai", settings={"PRAKARSA_LANGUAGE": "id"})
    assert indonesian.err != english.err
    assert "(hold.unknown)" in indonesian.err


def test_an_unknown_card_is_explained_not_refused(installed: Program) -> None:
    done = installed.run("explain", "--card", "0000", "--schedule", "'; --", "--json")
    assert done.code == 1
    refused = [each["refusal"]["code"] for each in done.json if each["verdict"] == "refused"]
    assert refused == ["purchase.card_unknown", "purchase.schedule_unknown"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "catalogue.sheet_empty"),
        (b"\xff\xfe\x00\x01", "catalogue.sheet_not_utf8"),
        ("course_code,titlé\n".encode("latin-1"), "catalogue.sheet_not_utf8"),
        (b"course_code;institution;title\nA;B;C\n", "catalogue.sheet_delimiter"),
        (b"a,b,c\n1,2,3\n", "catalogue.sheet_columns"),
        (b"\x00" * 200_000, None),
        (b"x" * 5_000_000, None),
    ],
    ids=["empty", "no text", "latin-1", "semicolons", "columns", "zeros", "one endless line"],
)
def test_a_sheet_that_is_none_is_refused_as_a_whole(installed: Program, content: bytes, code: str | None) -> None:
    path = installed.home / "sheet.csv"
    path.write_bytes(content)
    found = installed.refusal("catalogue", "import", path)
    assert found == code if code else found.startswith("catalogue.")


@pytest.mark.parametrize("content", ["", "scheme = ", 'scheme = "x"\ntitle = "y"\n', "\ufeff", "a = 1\n" * 50_000])
def test_a_scheme_that_is_none_is_refused(installed: Program, content: str) -> None:
    path = installed.home / "scheme.toml"
    path.write_text(content, encoding="utf-8")
    assert installed.refusal("policy", "load", path, *FOUNDED) in {
        "programme.bad_policy_file",
        "programme.policy_entry_wrong",
    }


def test_loading_policy_twice_is_quiet(installed: Program) -> None:
    before = (installed.answer("policy", "schemes"), installed.answer("journal", "seal"))
    first, second = (
        installed.answer("policy", "load", "prakerja-2020", *FOUNDED),
        installed.answer("policy", "load", "prakerja-2020", *FOUNDED),
    )
    assert first == second
    assert installed.answer("policy", "schemes") == before[0]
    assert installed.answer("journal", "seal") == {"entries_sealed": 0}


def test_a_password_comes_by_every_way_but_the_command_line(installed: Program) -> None:
    add = ("staff", "add", "--name", "Petugas Dua", "--role", "auditor")
    by_pipe = installed.answer(*add, "dua@example.com", "--password-stdin", typed="sembilan kuda laut menari\n")
    assert len(by_pipe["totp_secret"]) == 32
    assert by_pipe["totp_uri"].startswith("otpauth://totp/")
    by_setting = {"PRAKARSA_STAFF_PASSWORD": "sembilan kuda laut menari"}
    installed.answer(*add, "tiga@example.com", settings=by_setting)
    assert installed.refusal(*add, "dua@example.com", settings=by_setting) == "people.staff_taken"
    assert installed.refusal(*add, "empat@example.com", "--password-stdin", typed="pendek\n") == "people.weak_password"
    assert (
        installed.refusal(*add, "lima@example.com", "--password-stdin", typed=b"\xff\xfe\n") == "people.weak_password"
    )
    listed = installed.answer("staff", "list")
    assert [each["email"] for each in listed] == ["dua@example.com", "tiga@example.com"]
    installed.answer("staff", "dismiss", "tiga@example.com")
    assert len(installed.answer("staff", "list")) == 1


def test_words_of_strangers_do_not_steer_the_terminal(installed: Program) -> None:
    steering = "Diperiksa \x1b[31m sampai besok."
    assert installed.refusal(*swapped(PLACE, "--public-words", steering), "--ends-at", "+1d") == "hold.incomplete"
    words = "Diperiksa [/bold] [link=x] sampai besok."
    placed = installed.answer(*swapped(PLACE, "--public-words", words), "--ends-at", "+1d")
    status = installed.run("status")
    assert status.code == 0
    assert "\x1b" not in status.out
    assert "[/bold]" in status.out
    installed.answer("hold", "lift", placed["hold_code"], "--reason", "[/]")
    assert installed.run("hold", "list", "--all").code == 0


def test_a_complaint_is_taken_and_answered(installed: Program, database: Database) -> None:
    with database.transaction("test") as tx:
        person = people.person(tx, worlds.a_person(tx)).public_id
    asked = installed.answer(
        "complaint", "open", person, "--category", "fraud", "--words", "Ada yang memakai kartu saya."
    )
    assert [each["number"] for each in installed.answer("complaint", "list")] == [asked["number"]]
    answered = installed.answer("complaint", "answer", asked["number"], "--words", "Kartu Anda sudah kami periksa.")
    assert answered["answered_by"].startswith("cli/")
    assert installed.answer("complaint", "list") == []
    assert installed.refusal("card", "show", person) == "card.none"


def test_an_unreachable_database_is_a_refusal(tmp_path: Path) -> None:
    nowhere = {"PRAKARSA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    program = Program(tmp_path, bare_environment(tmp_path) | nowhere)
    assert program.refusal("wave", "list") == "kernel.database_unavailable"


def test_a_bad_setting_is_a_refusal(installed: Program) -> None:
    bad = {"PRAKARSA_POOL_SIZE": "many", "PRAKARSA_SECRET_KEY": "short", "PRAKARSA_DATABASE_URL": "rahasia"}
    for name, value in bad.items():
        refused = installed.run("wave", "list", settings={name: value})
        assert refused.code == 1
        assert "(kernel.bad_setting)" in refused.err
        assert "rahasia" not in refused.err


def test_output_is_one_json_document_whatever_else_happens(installed: Program) -> None:
    for words in (("status",), ("wave", "list"), ("policy", "show"), ("partner", "list"), ("hold", "list", "--all")):
        done = installed.run(*words, "--json")
        assert done.code == 0
        json.loads(done.out)
        assert done.err == ""
